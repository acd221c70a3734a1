"""A plan to test with, and the ways through its form."""

from datetime import date

from fivewhys.models.commands import AddCountermeasure, CountermeasureFacts
from fivewhys.models.tree import Tree
from fivewhys.models.values import Countermeasure
from fivewhys.store.store import Store
from tests.screens.driving import Desk, named

TODAY = date(2026, 12, 2)
ROOT = "No rule says who orders the forms"
BLOCK = "The till blocks the sale until the form has this year's date"


def planned(store: Store, tree: Tree, text: str = BLOCK, **facts: object) -> Countermeasure:
    """Something that is done about the root."""
    given = CountermeasureFacts.model_validate({"owner": "Bo", **facts})
    command = AddCountermeasure(cause=named(tree, ROOT).id, text=text, facts=given)
    return store.apply(store.refresh(tree), command).countermeasures(command.cause)[-1]


def only(store: Store) -> Countermeasure:
    """The one thing that is done in S-1."""
    (item,) = store.numbered(1).all_countermeasures()
    return item


async def at_root(desk: Desk) -> None:
    """Put the tree's cursor on the root."""
    await desk.press("escape", "home", "down", "down")


async def at_field(desk: Desk, name: str) -> None:
    """Go to a field with Tab."""
    for _ in range(12):
        focused = desk.app.focused
        if focused is not None and focused.id in (name, f"field-{name}"):
            return
        await desk.press("tab")
    raise AssertionError(f"no way to the field {name}\n{desk.text}")

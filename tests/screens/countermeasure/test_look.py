"""The form, the lists and the small forms on every screen."""

from datetime import date
from pathlib import Path

import pytest

from fivewhys.models.commands import (
    AddCountermeasure,
    AddMeasure,
    CountermeasureFacts,
    MeasureFacts,
    NewPerson,
    PlanCheck,
    SetPart,
    SetProgress,
)
from fivewhys.models.plan_words import (
    Means,
    MeasureKind,
    Progress,
)
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part
from fivewhys.store.store import Store
from tests.screens.conftest import begun
from tests.screens.countermeasure.planning import at_field, at_root, planned
from tests.screens.driving import Desk, grow, meeting, named
from tests.screens.test_details import in_view
from tests.screens.test_golden import BOOKS, looks_like, named_size


async def test_every_field_can_be_reached_on_a_small_screen(
    database: Path, ines: Store, tree: Tree
) -> None:
    item = planned(ines, tree)
    for number in range(6):
        measure = AddMeasure(countermeasure=item.id, definition=f"measure {number}")
        ines.apply(ines.numbered(1), measure)
    async with meeting(database, (60, 20)) as desk:
        await at_root(desk)
        await desk.press("F")
        for name in ("due", "means", "ready", "notes"):
            await at_field(desk, name)
            await desk.until(lambda: in_view(desk), "the field is out of view")
            if name == "ready":
                await desk.sees("1 □ It is planned", "5 □ What customers will notice")
        await desk.press("shift+tab", *["down"] * 5)
        await desk.sees("measure 5")
        await desk.press(*["up"] * 5)
        await desk.sees("measure 0")


@pytest.fixture
def books(ines: Store) -> Tree:
    """The worked example with a root, and a plan in long sentences."""
    people = (NewPerson(name="Ines", role="host"), NewPerson(name="Bo", role="till"))
    tree = grow(ines, begun(ines, "customers are angry", people=people), BOOKS)
    root = named(tree, "The pile has no date on it")
    tree = ines.apply(tree, SetPart(cause=root.id, part=Part.ROOT, reason="Ours to write"))
    text = (
        "Every pile of forms carries the year on a coloured sheet, and whoever opens a new box "
        "takes the old pile away and signs for it on the sheet beside the till"
    )
    facts = CountermeasureFacts(
        owner="Bo", due=date(2026, 11, 20), means=Means.STANDARDISE, ready_plan=True
    )
    tree = ines.apply(tree, AddCountermeasure(cause=root.id, text=text, facts=facts))
    (item,) = tree.all_countermeasures()
    done = SetProgress(countermeasure=item.id, progress=Progress.DONE, on=date(2025, 11, 20))
    tree = ines.apply(tree, done)
    share = "Share of piles at all tills that carry this year's sheet, counted by the shift lead"
    measure = MeasureFacts(kind=MeasureKind.PROCESS, baseline="0 of 12", target="12 of 12", days=30)
    tree = ines.apply(tree, AddMeasure(countermeasure=item.id, definition=share, facts=measure))
    (added,) = tree.measures(item)
    command = PlanCheck(measure=added.id, due=date(2027, 1, 15), checked_by="Dana")
    return ines.apply(tree, command)


async def at_pile(desk: Desk) -> None:
    """Put the tree's cursor on the root of the worked example."""
    await desk.press("escape", "home", *["down"] * 5)
    await desk.reads("#beside", "The pile has no date on it")


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=named_size)
async def test_the_form(database: Path, size: tuple[int, int]) -> None:
    async with meeting(database, size) as desk:
        await at_pile(desk)
        await desk.press("f")
        await looks_like(desk, f"countermeasure-new-{named_size(size)}")
        await desk.press("escape", "F")
        await looks_like(desk, f"countermeasure-{named_size(size)}")


@pytest.mark.usefixtures("books")
async def test_the_form_in_plain_characters(database: Path) -> None:
    async with meeting(database, (80, 24), ascii_only=True) as desk:
        await at_pile(desk)
        await looks_like(desk, "tree-plan-ascii-80x24")
        await desk.press("F")
        await looks_like(desk, "countermeasure-ascii-80x24")


@pytest.mark.usefixtures("books")
async def test_the_tree_the_lists_and_the_small_forms(database: Path) -> None:
    async with meeting(database, (80, 24)) as desk:
        await at_pile(desk)
        await looks_like(desk, "tree-plan-80x24")
        await desk.press("F")
        await at_field(desk, "means")
        await desk.press("enter")
        await looks_like(desk, "means-80x24")
        await desk.press("escape")
        await at_field(desk, "measures")
        await looks_like(desk, "measures-80x24")
        await desk.press("enter")
        await looks_like(desk, "measure-80x24")
        await desk.press("escape", "down", "enter")
        await looks_like(desk, "check-80x24")
        await desk.press("escape", "escape", "f3", "c")
        await looks_like(desk, "plan-80x24")

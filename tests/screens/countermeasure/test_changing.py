"""Changing, deleting and undoing what will be done about a cause."""

from datetime import date
from pathlib import Path

from fivewhys.models.commands import (
    CountermeasureFacts,
    EditCountermeasure,
)
from fivewhys.models.tree import Tree
from fivewhys.store.store import Store
from tests.screens.conftest import OpenStore
from tests.screens.countermeasure.planning import at_field, at_root, only, planned
from tests.screens.driving import meeting


async def test_only_what_was_changed_is_changed(
    database: Path, ines: Store, tree: Tree, open_store: OpenStore
) -> None:
    item = planned(ines, tree, due=date(2026, 12, 4), notes="by hand\nat first")
    bo = open_store("Bo")
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.press("F")
        await desk.sees("S-1  Countermeasure", "2026-12-04", "Fri 4 Dec 2026", "by hand")
        # Meanwhile another person says who does it.
        edit = EditCountermeasure(countermeasure=item.id, facts=CountermeasureFacts(owner="Rosa"))
        bo.apply(bo.numbered(1), edit)
        await at_field(desk, "due")
        await desk.press("ctrl+u")
        await desk.type("10 Dec")
        await desk.press("escape")
        await desk.sees("Kept.")
        changed = only(ines)
        assert (changed.owner, changed.due) == ("Rosa", date(2026, 12, 10))
        assert changed.notes == "by hand\nat first"
        await desk.press("u")
        assert only(ines).due == date(2026, 12, 4)
        history = ines.history(tree.session.id)
        await desk.press("F", "ctrl+s")
        assert ines.history(tree.session.id) == history


async def test_esc_says_what_cannot_be_saved_and_a_second_one_leaves_it(
    database: Path, ines: Store, tree: Tree
) -> None:
    item = planned(ines, tree)
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.press("F", "tab", "tab")
        await desk.type("soon")
        await desk.press("escape")
        await desk.sees("“soon” is no day.")
        assert desk.hint.startswith("That is not saved yet. Mend it, or Esc again")
        await desk.press("escape")
        await desk.sees("In the tree")
        await desk.press("F")
        await desk.misses("soon")
    assert only(ines) == item


async def test_it_is_deleted_and_undo_brings_it_back(
    database: Path, ines: Store, tree: Tree
) -> None:
    item = planned(ines, tree)
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.press("F", "ctrl+r")
        await desk.misses("→1")
        assert desk.hint == "Deleted. Undo brings it back."
        assert not ines.numbered(1).all_countermeasures()
        await desk.press("u")
        await desk.sees("→1")
    assert only(ines) == item


async def test_undo_in_the_form_keeps_what_it_holds(
    database: Path, ines: Store, tree: Tree
) -> None:
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.burst("f", *"Block it")
        await at_field(desk, "measures")
        # A measure needs something to measure: the form saves it first.
        await desk.press("a", "escape")
        await desk.sees("S-1  Countermeasure")
        assert only(ines).text == "Block it"
        await desk.press("ctrl+z")
        await desk.sees("S-1  New countermeasure", "Undid: countermeasure: Block it", "Block it")
        assert not ines.numbered(1).all_countermeasures()
        await desk.press("ctrl+s")
        await desk.sees("Kept.")
    assert only(ines).text == "Block it"


async def test_undo_in_the_form_never_reaches_behind_it(
    database: Path, ines: Store, tree: Tree
) -> None:
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.press("f", "tab", "ctrl+z")
        await desk.sees("Nothing of this countermeasure is left to undo here.")
        assert ines.numbered(1) == ines.refresh(tree)
        await desk.press("escape")
    planned(ines, tree)
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.press("F", "tab", "ctrl+z")
        await desk.sees("S-1  New countermeasure", "Undid: countermeasure")
        # First what the field held when it was new, then nothing more.
        await desk.press("ctrl+z", "ctrl+z")
        await desk.sees("Nothing of this countermeasure is left to undo here.")
        assert ines.numbered(1).causes == tree.causes


async def test_undo_among_several_never_reaches_behind_them(
    database: Path, ines: Store, tree: Tree
) -> None:
    planned(ines, tree, "One thing")
    planned(ines, tree, "Another thing")
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.press("F")
        await desk.sees("One thing", "Another thing")
        await desk.press("u", "u", "u")
        await desk.sees("No step of yours in the plan is left to undo here.")
    assert ines.numbered(1).causes == tree.causes


async def test_several_are_listed_opened_added_and_deleted(
    database: Path, ines: Store, tree: Tree
) -> None:
    planned(ines, tree, "first", due=date(2026, 12, 1))
    planned(ines, tree, "second", owner="")
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.sees("ROOT  · →2")
        await desk.press("F")
        await desk.sees("What we do about it", "Bo · due yesterday, overdue · planned")
        await desk.sees("no owner · no date · idea")
        await desk.burst("2", *" and more", "ctrl+s")
        await desk.sees("second and more")
        await desk.burst("f", *"third", "ctrl+s")
        await desk.sees("3  third")
        await desk.press("home", "d")
        await desk.misses("first")
        await desk.press("u")
        await desk.sees("Undid: delete countermeasure: first", "1  first")
        await desk.press("escape")
        await desk.sees("→3")
    texts = [item.text for item in ines.numbered(1).all_countermeasures()]
    assert texts == ["first", "second and more", "third"]

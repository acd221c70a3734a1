"""What, who and by when, typed in front of ten people, and what it works by."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from fivewhys.models.plan_words import (
    CountermeasureKind,
    Means,
    Progress,
    Ready,
)
from fivewhys.models.tree import Tree
from fivewhys.store.store import Store
from tests.screens.countermeasure.planning import BLOCK, TODAY, at_field, at_root, only, planned
from tests.screens.driving import meeting


async def test_what_who_and_when_typed_in_one_go(database: Path, ines: Store, tree: Tree) -> None:
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.burst("f", *BLOCK, "enter", *"bo", "enter", *"friday", "enter", "k", "e")
        await desk.sees("Enter saves", "ROOT  · →1")
        # The keys after the last Enter were the tree's again.
        assert desk.box == "overcharged"
        await desk.press("escape", "j")
        beside = desk.told("#beside")
        assert "What we do about it f adds, F opens" in beside
        assert f"→ {BLOCK} Bo · due Fri 4 Dec · planned" in beside
    item = only(ines)
    assert (item.text, item.owner, item.due) == (BLOCK, "Bo", date(2026, 12, 4))
    assert (item.progress, item.kind) == (Progress.PLANNED, CountermeasureKind.PREVENT)
    assert item.means is None


async def test_from_the_answer_and_back_to_it(database: Path, ines: Store, tree: Tree) -> None:
    async with meeting(database) as desk:
        await desk.sees("Why: not told?")
        await desk.burst(*"nobody wro", "ctrl+f", *"Write a letter", "ctrl+s", *"te it")
        await desk.sees("Because", "Kept. Undo takes it back.")
        assert desk.box == "nobody wrote it"
        await desk.press("ctrl+u", "ctrl+z")
        assert desk.hint == "Undid: countermeasure: Write a letter"
    assert not ines.numbered(1).all_countermeasures()


async def test_the_day_that_was_understood_stands_beside(database: Path, tree: Tree) -> None:
    async with meeting(database, (80, 24)) as desk:
        await desk.press("ctrl+f", "enter")
        assert desk.hint.startswith("In the room: Ines, Bo. ")
        await desk.press("enter")
        await desk.type("in 2 weeks")
        await desk.sees("Wed 16 Dec 2026")
        await desk.type(" and a half")
        await desk.sees("not a day yet")


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("home", CountermeasureKind.CONTAIN),
        ("down", CountermeasureKind.CORRECT),
        ("end", CountermeasureKind.CORRECT),
    ],
)
async def test_what_it_is_for_follows_from_where_it_is(
    database: Path, ines: Store, tree: Tree, key: str, kind: CountermeasureKind
) -> None:
    async with meeting(database) as desk:
        await desk.press("escape", "home", key, "f")
        await desk.type("Refund")
        await desk.press("ctrl+s")
        await desk.sees("Kept.")
    assert (only(ines).kind, only(ines).progress) == (kind, Progress.IDEA)


async def test_what_is_not_understood_is_told_and_loses_nothing(
    database: Path, ines: Store, tree: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.press("ctrl+f", "ctrl+s")
        assert desk.hint == "Say in a few words what will be done; all the rest may wait."
        await desk.burst(*"Refund", "enter", "enter", *"soon", "enter")
        assert desk.hint.startswith("Due: “soon” is no day. Write for example friday")
        await desk.sees("Refund", "soon")
        await desk.press("backspace", "backspace", "backspace", "backspace")
        await desk.until(lambda: desk.hint == "By when? Enter saves.")
        await desk.burst(*"tomorrow", "enter")
        await desk.sees("Kept.")
    assert only(ines).due == TODAY + timedelta(days=1)


async def test_owners_are_offered(database: Path, ines: Store, tree: Tree) -> None:
    planned(ines, tree, owner="Till team")
    async with meeting(database, (80, 24)) as desk:
        await desk.burst("ctrl+f", *"Refund", "enter")
        await desk.press("t")
        await desk.until(lambda: "ill team" in desk.row_with("Owner"))
        await desk.press("right", "ctrl+s")
        await desk.sees("Kept.")
    assert {item.owner for item in ines.numbered(1).all_countermeasures()} == {"Till team"}


async def test_what_it_seems_to_work_by_is_offered_and_one_key_takes_it(
    database: Path, ines: Store, tree: Tree
) -> None:
    async with meeting(database, (80, 24)) as desk:
        await at_root(desk)
        await desk.burst("f", *BLOCK)
        await desk.sees("Suggested: it works by “it cannot be done wrong, stronger”.")
        await desk.sees("suggested: it cannot be done wrong")
        await at_field(desk, "means")
        await desk.press("enter")
        await desk.sees("Stronger: it works even when nobody thinks of it")
        assert "suggested by what is written" in desk.row_with("it cannot be done wrong")
        await desk.press("escape", "ctrl+t", "ctrl+s")
        await desk.sees("Kept.")
    assert only(ines).means is Means.FORCING


async def test_values_are_changed_by_arrows_by_key_and_by_mouse(
    database: Path, ines: Store, tree: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.burst("ctrl+f", *"Refund")
        await at_field(desk, "kind")
        await desk.press("right", "right")
        await desk.sees("< detect >  notices it sooner")
        await desk.press("left", "enter")
        await desk.sees("What is it for?")
        await desk.burst("5")
        await desk.sees("< acknowledge >  owns up to the customers")
        await desk.pilot.click("#field-means")
        await desk.sees("What does it work by?")
        await desk.press("down", "end", "up", "enter")
        await desk.sees("< training >")
        await desk.pilot.click("#field-ready", offset=(2, 1))
        await desk.press("3", "down", "space", "1", "1", "ctrl+s")
        await desk.sees("Kept.")
    item = only(ines)
    assert (item.kind, item.means) == (CountermeasureKind.ACKNOWLEDGE, Means.TRAINING)
    assert item.not_ready == (Ready.PLAN, Ready.IMPACT)

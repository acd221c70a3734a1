"""The history of a session on the screen: newest first, by day, narrowed, and gone from."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from fivewhys.models.commands import (
    AddEvidence,
    Answer,
    DeleteCause,
    EditCause,
    SetPart,
    SetStatus,
)
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part, Status
from fivewhys.screens import session_history
from fivewhys.screens.look import shown
from fivewhys.screens.widgets.history_list import HistoryList
from fivewhys.screens.widgets.why_tree import WhyTree
from fivewhys.store.store import Store
from fivewhys.text import clean
from tests.reports.hostile import HOSTILE
from tests.screens.conftest import OpenStore, begun
from tests.screens.driving import Desk, grow, meeting, named, sitting
from tests.screens.test_golden import looks_like
from tests.screens.test_hostile import harmless, without_spaces

FORM = "The price form is incorrect"
OLD = "It is last year's form with last year's pricing"


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_history, "local_today", lambda: date(2026, 11, 21))


def clock(*stores: Store) -> None:
    """Let each change come a quarter of an hour after the one before, over three days."""
    moments = _moments()
    for store in stores:
        store._now = lambda: next(moments)


def _moments() -> Iterator[datetime]:
    for day in (19, 20, 21):
        start = datetime(2026, 11, day, 9, tzinfo=UTC)
        yield from (start + timedelta(minutes=15 * step) for step in range(4 if day < 21 else 99))


@pytest.fixture
def worked(open_store: OpenStore) -> Tree:
    """A session in which two people worked on three days."""
    ines, bo = open_store("Ines"), open_store("Bo")
    clock(ines, bo)
    tree = grow(ines, begun(ines), f"They are overcharged\n  The form is wrong\n    {OLD}")
    wrong = named(tree, "The form is wrong").id
    tree = bo.apply(tree, EditCause(cause=wrong, text=FORM))
    tree = bo.apply(tree, AddEvidence(cause=wrong, text="The sticker said 12.90"))
    tree = ines.apply(tree, SetStatus(cause=wrong, status=Status.VERIFIED))
    tree = ines.apply(tree, SetPart(cause=named(tree, OLD).id, part=Part.ROOT, reason="ours"))
    tree = ines.apply(tree, EditCause(cause=wrong, text="The price form is out of date"))
    undone = ines.undo(tree)
    assert undone is not None
    return undone.tree


def listed(desk: Desk) -> list[str]:
    """What stands in the list."""
    return [" ".join(row.split()) for row in desk.part("#changes") if row.strip()]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_it_looks_like_this(database: Path, worked: Tree, size: tuple[int, int]) -> None:
    async with sitting(database, size) as desk:
        await desk.press("f6")
        await desk.press("down", "down", "down", "down")
        await looks_like(desk, f"history-{size[0]}x{size[1]}")


async def test_it_tells_who_did_what_and_what_stood_there(database: Path, worked: Tree) -> None:
    async with sitting(database, (120, 40)) as desk:
        await desk.press("f6")
        await desk.sees("S-1  History", "Today, 21 November 2026", "Yesterday, 20 November 2026")
        await desk.reads("#change", "Ines took back: reworded the answer")
        await desk.reads("#change", "before: The price form is out of date after: The price form")
        await desk.press("end")
        await desk.reads("#change", "Ines started the session with the problem")
        assert listed(desk)[-1].startswith("09:15 Ines started the session")
        assert "19 November 2026" in desk.text


async def test_days_are_no_places_for_the_cursor(database: Path, worked: Tree) -> None:
    async with sitting(database, (80, 24)) as desk:
        await desk.press("f6")
        shown = desk.app.screen.query_one(HistoryList)
        seen = [shown.cursor]
        for _ in range(len(shown.lines)):
            await desk.press("down")
            seen.append(shown.cursor)
        for _ in range(len(shown.lines)):
            await desk.press("up")
            seen.append(shown.cursor)
        for key in ("home", "pagedown", "pageup", "end", "home"):
            await desk.press(key)
            seen.append(shown.cursor)
        assert all(hasattr(shown.lines[place], "words") for place in seen)
        assert {0, *seen} | {shown.lines.index(one) for one in shown.lines} == set(
            range(len(shown.lines))
        )
        assert seen[0] == seen[-1] == 1


async def test_it_is_narrowed_to_a_person_and_a_cause(database: Path, worked: Tree) -> None:
    async with sitting(database, (120, 40)) as desk:
        await desk.press("f6")
        await desk.press("p")
        await desk.sees("Whose changes?", "everybody", "Bo")
        await desk.press("2")
        await desk.sees("S-1  History · Bo")
        await desk.until(lambda: len(listed(desk)) == 3)
        assert "added evidence for" in listed(desk)[1]
        await desk.press("escape")
        await desk.until(lambda: len(listed(desk)) > 6)
        await desk.press("end", "up", "c")
        await desk.sees("History · “They are overcharged”")
        await desk.until(lambda: len(listed(desk)) == 2)
        assert listed(desk)[1].startswith(
            "09:45 Ines answered “They are overcharged” to why of “custo"
        )
        await desk.press("c")
        await desk.until(lambda: len(listed(desk)) > 6)
        await desk.press("end", "c")
        await desk.sees("History · “customers are angry”")
        await desk.press("escape", "escape")
        await desk.sees("Five Whys")


async def test_enter_goes_to_the_cause_where_it_is_still_there(
    database: Path, ines: Store, worked: Tree
) -> None:
    ines.apply(worked, DeleteCause(cause=named(worked, OLD).id))
    async with sitting(database, (120, 40)) as desk:
        await desk.press("f6", "enter")
        assert desk.hint == "That cause is not in the tree any more."
        await desk.press("down", "enter")
        await desk.sees("S-1  customers are angry")
        tree = desk.app.screen.query_one(WhyTree)
        await desk.until(lambda: tree.has_focus and tree.cursor == named(worked, FORM).id)
        await desk.press("q")
        await desk.sees("S-1  History")


async def test_from_the_meeting_it_leads_back_into_it(database: Path, worked: Tree) -> None:
    async with meeting(database, (120, 40)) as desk:
        await desk.type("half an ans")
        await desk.press("f6")
        await desk.sees("S-1  History")
        await desk.press("down", "down", "enter")
        await desk.sees("S-1  customers are angry")
        tree = desk.app.screen.query_one(WhyTree)
        await desk.until(lambda: tree.has_focus and tree.cursor == named(worked, OLD).id)
        # In the tree, it begins with the cause under the cursor.
        await desk.press("f6")
        await desk.sees(f"S-1  History · “{OLD}”")
        await desk.until(lambda: len([row for row in listed(desk) if "Ines" in row]) == 2)
        await desk.press("q", "escape")
        await desk.until(lambda: desk.box == "half an ans")


async def test_from_the_summary_it_leads_to_the_cause(database: Path, worked: Tree) -> None:
    async with meeting(database, (120, 40)) as desk:
        await desk.press("f3", "f6")
        await desk.sees("S-1  History")
        await desk.press("q")
        await desk.sees("S-1  Summary")
        await desk.press("f6", "enter")
        await desk.sees("Why is the price form incorrect?")


async def test_what_others_do_meanwhile_comes(
    database: Path, open_store: OpenStore, worked: Tree
) -> None:
    async with sitting(database, (120, 40)) as desk:
        await desk.press("f6", "down")
        bo = open_store("Bo")
        bo.apply(worked, EditCause(cause=worked.problem.id, text="customers leave"))
        await desk.reads("#changes", "Bo reworded the problem “customers leave”")
        # The cursor stays at the change that it was at.
        await desk.reads("#change", "Ines reworded the answer “The price form is out of date”")


async def test_a_long_history_is_read_as_one_goes_back(
    database: Path, ines: Store, angry: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_history, "FIRST_PAGE", 20)
    monkeypatch.setattr(session_history, "PAGE", 30)
    tree = ines.apply(angry, Answer(parent=angry.problem.id, text="overcharged"))
    for number in range(150):
        tree = ines.apply(tree, EditCause(cause=tree.problem.id, text=f"wording {number}"))
    async with sitting(database, (80, 24)) as desk:
        await desk.press("f6")
        await desk.sees("wording 149")
        shown = desk.app.screen.query_one(HistoryList)
        first = "Ines started the session with the problem"
        await desk.press_until("end", lambda: _tells(desk, without_spaces(first)))
        assert len(shown.lines) == 153
        # What is rare is looked for to the beginning.
        await desk.press("up", "c")
        await desk.until(lambda: len(shown.lines) == 2)
        await desk.press("home")
        await desk.sees("“overcharged”")


def _tells(desk: Desk, wanted: str) -> bool:
    return wanted in without_spaces(desk.told("#change"))


async def test_hostile_words_stand_there_as_they_are(
    database: Path, ines: Store, angry: Tree
) -> None:
    tree, texts = angry, [clean(text) for text in [*HOSTILE[:8], *HOSTILE[-3:]]]
    for text in texts:
        tree = ines.apply(tree, EditCause(cause=tree.problem.id, text=text))
    async with sitting(database, (120, 40)) as desk:
        await desk.press("f6")
        for text in reversed(texts):
            wanted = without_spaces(shown(text))
            await desk.until(partial(_tells, desk, wanted))
            harmless(desk)
            await desk.press("down")


async def test_a_person_can_be_called_anything(
    database: Path, open_store: OpenStore, angry: Tree
) -> None:
    strange = open_store("[/foo] x[/]")
    strange.apply(angry, EditCause(cause=angry.problem.id, text="[b]they[/b] left"))
    async with sitting(database, (120, 40)) as desk:
        await desk.press("f6", "p")
        await desk.sees("Whose changes?")
        await desk.press("2")
        await desk.sees("S-1  History · [/foo] x[/]", "reworded the problem “[b]they[/b] left”")

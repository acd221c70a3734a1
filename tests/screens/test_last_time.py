"""“Last time we said …”: what earlier sessions at this place left to do, told first."""

import threading
from datetime import date, timedelta
from pathlib import Path

import pytest

from fivewhys.models.commands import AddCountermeasure, CountermeasureFacts, SetProgress
from fivewhys.models.plan_words import Progress
from fivewhys.models.tree import Tree
from fivewhys.screens import follow_view, sitting
from fivewhys.screens.widgets import last_time
from fivewhys.store.store import Store
from tests.screens.conftest import begun
from tests.screens.driving import grow, meeting, named
from tests.screens.driving import sitting as at_desk
from tests.screens.test_golden import looks_like

TODAY = date(2026, 3, 12)


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (follow_view, sitting):
        name = "today" if module is sitting else "local_today"
        monkeypatch.setattr(module, name, lambda: TODAY)


def promise(store: Store, tree: Tree, text: str, owner: str = "", due: int | None = None) -> Tree:
    day = None if due is None else TODAY + timedelta(due)
    facts = CountermeasureFacts(owner=owner, due=day)
    cause = tree.children(tree.problem.id)[0]
    return store.apply(tree, AddCountermeasure(cause=cause, text=text, facts=facts))


@pytest.fixture
def earlier(ines: Store) -> Tree:
    """An earlier session in Lyon, with what was promised there."""
    tree = grow(ines, begun(ines, "customers are angry", site="Lyon"), "old forms")
    tree = promise(ines, tree, "reorder rule for forms", "Ana", -9)
    tree = promise(ines, tree, "a date on the pile", "Bo", 4)
    tree = promise(ines, tree, "tell the till")
    tree = promise(ines, tree, "a sheet for the new manager", "Dana", -80)
    (sheet,) = [i for i in tree.all_countermeasures() if i.text.startswith("a sheet")]
    tree = ines.apply(tree, SetProgress(countermeasure=sheet.id, progress=Progress.DONE, on=TODAY))
    return ines.apply(
        tree,
        SetProgress(
            countermeasure=sheet.id, progress=Progress.NOT_EFFECTIVE, reason="nobody found it"
        ),
    )


async def test_a_session_at_the_same_place_begins_with_it(
    database: Path, ines: Store, earlier: Tree
) -> None:
    begun(ines, "customers are angry once more", site="lyon")
    async with meeting(database, (120, 40), number=2) as desk:
        await desk.reads("#beside", "Last time we said …")
        told = desk.told("#beside")
        for words in (
            "! reorder rule for forms (S-1 · Lyon): Ana, 9 days overdue",
            "a date on the pile (S-1 · Lyon): Bo, planned, due Mon 16 Mar",
            "tell the till (S-1 · Lyon): idea, no date yet",
            "a sheet for the new manager (S-1 · Lyon): Dana, it did not help: nobody found it",
            "F8 follows up",
        ):
            assert words in told
        # It stands first, and goes with the first answer.
        assert told.startswith(last_time.TITLE)
        await desk.type("old forms again\r")
        await desk.press("up")
        await desk.reads("#beside", "Answers so far")
        assert last_time.TITLE not in desk.text


async def test_it_comes_once_the_place_is_filled_in(
    database: Path, ines: Store, earlier: Tree
) -> None:
    begun(ines, "customers are angry once more")
    async with meeting(database, (120, 40), number=2) as desk:
        assert last_time.TITLE not in desk.text
        await desk.press("f2")
        await desk.sees("The facts")
        desk.app.screen.query_one("#field-site").focus()
        await desk.settled()
        await desk.type("Lyon")
        await desk.press("ctrl+s")
        await desk.reads("#beside", "Last time we said …")


async def test_f8_follows_up_what_was_said_there(
    database: Path, ines: Store, earlier: Tree
) -> None:
    elsewhere = grow(ines, begun(ines, "line 3 stands still", site="Trento"), "no grease")
    promise(ines, elsewhere, "a round in the calendar")
    begun(ines, "customers are angry once more", site="Lyon")
    async with meeting(database, (120, 40), number=3) as desk:
        await desk.type("half an ans")
        await desk.press("f8")
        await desk.sees("Follow-up · Lyon", "reorder rule for forms")
        await desk.misses("a round in the calendar")
        await desk.press("s", "4")
        await desk.sees("done today")
        # A search is left first; what it was opened for is no filter to be lifted.
        await desk.press("slash", *"grease", "escape")
        await desk.sees("Follow-up · Lyon", "reorder rule for forms")
        await desk.misses("a round in the calendar")
        await desk.press("escape")
        await desk.sees("Why are customers angry once more?")
        # What was done there is told anew, and the draft is still in the box.
        await desk.until(lambda: "reorder rule" not in desk.told("#beside"))
        assert desk.box == "half an ans"


async def test_the_first_question_does_not_wait_for_it(
    database: Path, ines: Store, earlier: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(ines, "customers are angry once more", site="Lyon")
    reading = threading.Event()
    read = Store.last_time

    def slow(store: Store, tree: Tree) -> object:
        assert reading.wait(10)
        return read(store, tree)

    monkeypatch.setattr(Store, "last_time", slow)
    async with meeting(database, (80, 24), number=2) as desk:
        await desk.sees("Why are customers angry once more?")
        await desk.type("the")
        assert last_time.TITLE not in desk.text
        reading.set()
        await desk.reads("#beside", "Last time we said …")
        assert desk.box == "the"


async def test_a_session_without_a_place_begins_as_ever(
    database: Path, ines: Store, earlier: Tree
) -> None:
    begun(ines, "customers are angry once more", site="Trento")
    async with meeting(database, (80, 24), number=2) as desk:
        await desk.restless(0.05)
        assert last_time.TITLE not in desk.text
        await desk.sees("none yet")


async def test_screens(
    database: Path, ines: Store, earlier: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(ines, "customers are angry once more", site="Lyon")
    async with meeting(database, (80, 24), number=2) as desk:
        await desk.reads("#beside", "reorder rule")
        await looks_like(desk, "last-time-80x24")
    async with at_desk(database, (80, 24)) as desk:
        await desk.press("f")
        await desk.reads("#views", "open 3 overdue 1 week 1 checks 0 no effect 1 closed all tell 0")
        await looks_like(desk, "follow-up-80x24")
        assert named(earlier, "old forms")
        await desk.press("s")
        await desk.sees("How far is it?")
        await looks_like(desk, "follow-up-state-80x24")

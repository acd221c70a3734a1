"""The follow-up: what was promised over all sessions, seen in views and changed in place."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from fivewhys.models.commands import (
    AddCountermeasure,
    AddMeasure,
    CountermeasureFacts,
    EditCountermeasure,
    MeasureFacts,
    PlanCheck,
    SetPart,
    SetProgress,
)
from fivewhys.models.follow_up import View
from fivewhys.models.plan_words import MeasureKind, Progress
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part
from fivewhys.screens import follow_view
from fivewhys.screens.asking import AskLine, Offer
from fivewhys.screens.widgets.choices import Choice
from fivewhys.store.store import Store
from tests.screens.conftest import begun
from tests.screens.driving import Desk, grow, named, sitting

TODAY = date(2026, 3, 12)

LONG = (
    "The order sheet goes out with the catalogue and names the post that orders, not the person "
    "who holds it, so that an empty post is noticed on the first of the month"
)


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow_view, "local_today", lambda: TODAY)


@pytest.fixture
def bo(database: Path) -> Iterator[Store]:
    """The history as it was written on that day."""
    moment = datetime(2026, 3, 12, 9, tzinfo=UTC)
    with closing(Store(database, "Ines", lambda: moment)) as store:
        yield store


def promise(
    store: Store,
    tree: Tree,
    cause: str,
    text: str,
    owner: str = "",
    due: int | None = None,
    progress: Progress | None = None,
) -> Tree:
    """Say what will be done about a cause, and until when: days from today."""
    day = None if due is None else TODAY + timedelta(due)
    facts = CountermeasureFacts(owner=owner, due=day)
    key = named(tree, cause).id
    return store.apply(
        tree, AddCountermeasure(cause=key, text=text, facts=facts, progress=progress)
    )


def stands(tree: Tree, text: str) -> Progress:
    """Where a countermeasure stands in the history."""
    return next(item.progress for item in tree.all_countermeasures() if item.text == text)


@pytest.fixture
def books(bo: Store) -> Tree:
    """Two sessions with what is done about their causes."""
    tree = grow(bo, begun(bo, "customers are angry", site="Lyon", department="Books"), "old forms")
    tree = bo.apply(tree, SetPart(cause=named(tree, "old forms").id, part=Part.ROOT))
    tree = promise(bo, tree, "old forms", LONG, "Ana", -65)
    tree = promise(bo, tree, "old forms", "date on the pile", "Bo", 4)
    tree = promise(bo, tree, "old forms", "say sorry at the till")
    other = grow(bo, begun(bo, "line 3 stands still", site="Trento"), "no grease")
    other = promise(bo, other, "no grease", "round in the calendar", "Chidi", 40)
    key = next(iter(other.all_countermeasures())).id
    bo.apply(other, SetProgress(countermeasure=key, progress=Progress.DONE, on=TODAY))
    return tree


def listed(desk: Desk) -> list[str]:
    """What the list shows, by the beginnings of its texts."""
    rows = desk.part("#actions")[::2]
    return [row[3:].split("  ")[0] for row in rows if row.strip()]


async def opened(desk: Desk) -> None:
    await desk.press("f")
    await desk.sees("Follow-up")
    await desk.reads("#views", "open")


async def test_it_shows_what_is_open_with_late_ones_first(database: Path, books: Tree) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await desk.reads("#views", "open 3 overdue 1 this week 1")
        await desk.reads("#views", "closed 1 all 4 to tell 1")
        assert [words[:12] for words in listed(desk)] == [
            "The order sh", "date on the ", "say sorry at",
        ]  # fmt: skip
        assert "! " in desk.row_with("The order")
        assert "2 months overdue" in desk.row_with("The order")
        assert "due Mon 16 Mar" in desk.row_with("date on")
        assert "no date" in desk.row_with("say sorry")
        for words in ("Ana", "planned", "S-1 Lyon", "for: old forms"):
            assert words in desk.row_with("for: old")
        # Beside the list stands all of it.
        assert LONG in desk.told("#action")
        assert "customers are angry" in desk.told("#action")


async def test_keys_and_clicks_change_the_view(database: Path, books: Tree) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await desk.press("right")
        assert len(listed(desk)) == 1
        await desk.press("right")
        assert listed(desk) == ["date on the pile"]
        await desk.press("left", "left", "left")
        await desk.sees("customers are angry", "not told yet")
        await desk.press("6")
        assert listed(desk) == ["round in the calendar"]
        await desk.sees("done today")
        await desk.press("7")
        assert len(listed(desk)) == 4
        column = desk.part("#views")[0].index("overdue")
        await desk.pilot.click("#views", offset=(column, 0))
        await desk.settled()
        assert len(listed(desk)) == 1


async def test_an_empty_view_says_what_that_means(database: Path) -> None:
    async with sitting(database, (80, 24)) as desk:
        await opened(desk)
        for key, words in enumerate(
            (
                "Nothing waits to be done.",
                "Nothing is overdue.",
                "Nothing falls due within a week.",
                "No check is due within a week.",
                "Nothing was found without effect",
                "Nothing is closed yet.",
                "No countermeasure yet.",
                "Nobody waits to be told",
            ),
            1,
        ):
            await desk.press(str(key))
            await desk.reads("#empty", words)
        # Keys that need a line do nothing.
        await desk.press("1", "s", "d", "o", "g", "enter", "down", "end", "pagedown", "u", "U")
        await desk.sees("Follow-up")


async def test_states_are_set_in_place_and_taken_back(
    database: Path, bo: Store, books: Tree
) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await desk.press("down", "s")
        await desk.sees("How far is it? date on the pile")
        await desk.press("3")
        assert "in progress" in desk.part("#actions")[3]
        assert stands(bo.refresh(books), "date on the pile") is Progress.IN_PROGRESS
        await desk.press("s")
        await desk.press("4")
        # It stays under the cursor, though the view no longer lists it.
        assert listed(desk)[1] == "date on the pile"
        await desk.sees("Done, though its readiness list is not ticked off.")
        await desk.reads("#views", "open 2")
        tree = bo.refresh(books)
        item = next(i for i in tree.all_countermeasures() if i.text == "date on the pile")
        assert item.done_on == TODAY
        await desk.press("u")
        assert "Undid: done" in desk.hint
        await desk.reads("#views", "open 3")
        assert stands(bo.refresh(books), "date on the pile") is Progress.IN_PROGRESS
        await desk.press("U")
        assert stands(bo.refresh(books), "date on the pile") is Progress.DONE
        await desk.press("ctrl+z", "ctrl+z", "u")
        assert desk.hint == "Nothing was changed here."
        assert stands(bo.refresh(books), "date on the pile") is Progress.PLANNED


async def test_rejecting_asks_for_the_reason(database: Path, bo: Store, books: Tree) -> None:
    async with sitting(database, (80, 24)) as desk:
        await opened(desk)
        await desk.press("down", "s", "7")
        await desk.sees("Why is it rejected?")
        await desk.press("enter")
        await desk.sees("Say it in a few words")
        await desk.type("the pile is gone\r")
        await desk.sees("Reason: the pile is gone")
        assert stands(bo.refresh(books), "date on the pile") is Progress.REJECTED
        await desk.press("s", "escape")
        await desk.misses("How far is it?")


async def test_effective_is_refused_in_words(database: Path, bo: Store, books: Tree) -> None:
    async with sitting(database, (80, 24)) as desk:
        await opened(desk)
        await desk.press("6", "s", "5")
        await desk.sees("Not effective yet.")
        await desk.press("1", "s", "5")
        await desk.sees("Only what was done can be effective.")


async def test_keys_typed_fast_land_in_order(database: Path, bo: Store, books: Tree) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await desk.burst("down", "d", *"friday", "enter", "o", *"Dana", "enter", "s", "3", "down")
        await desk.until(lambda: "Dana" in desk.text and "in progress" in desk.text)
        item = next(
            i for i in bo.refresh(books).all_countermeasures() if i.text == "date on the pile"
        )
        assert (item.due, item.owner, item.progress) == (
            TODAY + timedelta(1), "Dana", Progress.IN_PROGRESS,
        )  # fmt: skip


async def test_a_day_is_said_back_before_it_is_taken(
    database: Path, bo: Store, books: Tree
) -> None:
    async with sitting(database, (80, 24)) as desk:
        await opened(desk)
        await desk.press("d")
        await desk.sees("Until when?", "2026-01-06")
        await desk.type("in 2 weeks")
        await desk.sees("Thursday, 26 March 2026", "in 14 days")
        await desk.press("ctrl+u")
        await desk.type("banana\r")
        await desk.sees("“banana” is no day.")
        await desk.press("ctrl+u", "enter")
        await desk.sees("no date")
        (late, *_) = [i for i in bo.refresh(books).all_countermeasures() if i.text == LONG]
        assert late.due is None


async def test_owners_are_offered(database: Path, bo: Store, books: Tree) -> None:
    async with sitting(database, (80, 24)) as desk:
        await opened(desk)
        await desk.press("end", "o")
        await desk.sees("Who does it?", "nobody yet", "Chidi")
        await desk.type("chi")
        await desk.press("down", "enter")
        await desk.sees("Chidi ")
        assert "Chidi" in desk.part("#actions")[5]
        # An idea that has an owner and no date is still one.
        assert "idea" in desk.part("#actions")[5]


async def test_the_list_is_narrowed_to_owner_place_and_words(
    database: Path, bo: Store, books: Tree
) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await desk.press("7", "w")
        await desk.sees("Whose are listed?", "everybody's")
        await desk.type("bo\r")
        await desk.until(lambda: listed(desk) == ["date on the pile"])
        await desk.reads("#views", "all 1")
        assert "Bo" in desk.rows[0]
        await desk.press("escape")
        await desk.until(lambda: len(listed(desk)) == 4)
        await desk.press("p")
        await desk.sees("Which place is listed?", "department")
        await desk.type("tren\r")
        await desk.until(lambda: listed(desk) == ["round in the calendar"])
        await desk.press("escape")
        await desk.until(lambda: len(listed(desk)) == 4)
        await desk.type("calendar S-2\r")
        await desk.until(lambda: listed(desk) == ["round in the calendar"])
        await desk.press("/")
        await desk.type(" zebra")
        await desk.reads("#empty", "Nothing here is like that. Esc lists all.")
        await desk.press("escape")
        await desk.until(lambda: len(listed(desk)) == 4)
        await desk.press("escape")
        await desk.sees("Five Whys")


async def test_g_goes_to_the_cause_and_back(database: Path, books: Tree) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await desk.press("down", "g")
        await desk.sees("Why are customers angry?")
        await desk.reads("#beside", "In the tree old forms")
        await desk.press("q")
        await desk.sees("Follow-up")
        assert listed(desk)[1] == "date on the pile"
        await desk.press("8")
        await desk.reads("#actions", "not told yet")
        await desk.press("enter")
        await desk.sees("Why are customers angry?")


async def test_what_others_change_appears(database: Path, bo: Store, books: Tree) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await desk.press("down")
        with closing(Store(database, "Bo")) as other:
            tree = other.tree(books.session.id)
            (item,) = [i for i in tree.all_countermeasures() if i.text == LONG]
            other.apply(
                tree, EditCountermeasure(countermeasure=item.id, text="a sheet for the post")
            )
        await desk.sees("a sheet for the post")
        # The cursor stays on its line.
        assert "date on the pile" in desk.told("#action")


async def test_the_list_comes_page_by_page(
    database: Path, bo: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow_view, "FIRST_PAGE", 5)
    monkeypatch.setattr(follow_view, "PAGE", 7)
    tree = grow(bo, begun(bo, "customers are angry"), "old forms")
    for number in range(20):
        tree = promise(bo, tree, "old forms", f"step {number}", due=number // 3)
    async with sitting(database, (80, 24)) as desk:
        await opened(desk)
        await desk.press_until("end", lambda: "step 19" in desk.text)
        await desk.press("home")
        for number in range(20):
            await desk.reads("#action", f"step {number} for: old forms")
            await desk.press("down")


async def test_checks_have_a_line_of_their_own(database: Path, bo: Store, books: Tree) -> None:
    (item,) = [i for i in books.all_countermeasures() if i.text == LONG]
    tree = bo.apply(
        bo.refresh(books),
        AddMeasure(
            countermeasure=item.id,
            definition="complaints a week",
            facts=MeasureFacts(kind=MeasureKind.OUTCOME),
        ),
    )
    measure = tree.measures(item)[0]
    for days in (-3, 3):
        tree = bo.apply(tree, PlanCheck(measure=measure.id, due=TODAY + timedelta(days)))
    async with sitting(database, (80, 24)) as desk:
        await opened(desk)
        await desk.press("4")
        assert len(listed(desk)) == 2
        await desk.sees("check 3 days overdue", "check Sun 15 Mar")
        await desk.press("down", "s", "3")
        assert len(listed(desk)) == 2
        assert [
            line
            for line in bo.follow_up(View.CHECKS, TODAY)
            if line.progress is not Progress.IN_PROGRESS
        ] == []


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (100, 30), (200, 50)])
async def test_it_works_at_every_size(database: Path, books: Tree, size: tuple[int, int]) -> None:
    async with sitting(database, size) as desk:
        await opened(desk)
        assert "The order" in desk.text
        assert "months overdue" in desk.text
        await desk.press("s")
        await desk.sees("idea")
        await desk.press("escape", "o")
        await desk.sees("Ana")


async def test_names_that_come_while_a_question_opens_do_no_harm(
    database: Path, bo: Store, books: Tree
) -> None:
    async with sitting(database, (80, 24)) as desk:
        await opened(desk)
        question = AskLine("Who?", lambda text: [Offer(Choice("x", "nobody"), text)])
        question.look_again()
        await desk.app.push_screen(question)
        await desk.sees("Who?", "nobody")

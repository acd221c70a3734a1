"""The review: its views, the sessions behind a figure, and how a figure is counted."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input

from fivewhys.models.commands import DeleteSession, EditCause
from fivewhys.models.tree import Tree
from fivewhys.review.figure import Figure
from fivewhys.screens import knowing, review, review_reading
from fivewhys.screens.review_lines import VIEWS
from fivewhys.screens.widgets.review_list import ReviewList
from fivewhys.store import counting, review_panels
from fivewhys.store.database import Database
from fivewhys.store.problems import StoreProblem
from fivewhys.store.review_panels import History
from fivewhys.store.store import Store
from tests.screens.conftest import OpenStore, begun
from tests.screens.driving import Desk, named, sitting
from tests.screens.reviewing import LIST, NOW, SHEET, TODAY, fill


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(review_reading, "now", lambda: NOW)
    monkeypatch.setattr(review_reading, "today", lambda: TODAY)
    monkeypatch.setattr(review, "today", lambda: TODAY)
    monkeypatch.setenv("FIVEWHYS_REVIEW_VIEWS", str(tmp_path / "views.json"))
    monkeypatch.setenv("FIVEWHYS_TARGETS", str(tmp_path / "targets.toml"))


@pytest.fixture
def trees(database: Path) -> list[Tree]:
    """The small history."""
    return fill(database)


async def opened(desk: Desk) -> None:
    """Open the review and wait for its first figures."""
    await desk.press("r")
    await desk.until(lambda: bool(desk.app.screen.query(ReviewList).first().lines))


def figures(desk: Desk) -> ReviewList:
    return desk.app.screen.query_one(ReviewList)


def under(desk: Desk) -> Figure:
    """The figure under the cursor."""
    spot = figures(desk).spot
    assert spot is not None
    assert spot.figure is not None
    return spot.figure


async def test_every_view_is_told_with_its_values(database: Path, trees: list[Tree]) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await desk.sees("2 of 2 shared root causes make 100 % of the bars, by sessions")
        await desk.sees("6 sessions", "80 % of all bars")
        row = desk.row_with("► No sheet says who orders")
        assert row.split()[-4:] == ["█" * row.count("█"), "3", "60", "%"]
        await desk.press("right")
        await desk.sees("3 sessions are minor; no pile of them outweighs a big one;")
        await desk.press("3")
        await desk.sees("Most at Harwick × Front desk: 2 sessions.")
        assert desk.row_with("Eastmere").split() == ["►", "Eastmere", "1", "2.0", "1", "0", "0"]
        assert desk.row_with(" Harwick  ").split() == ["Harwick", "▲3", "2.0", "1", "▲2", "0"]
        await desk.press("4")
        await desk.sees("3 of 6 sessions repeat a root cause found before")
        assert desk.row_with("2026-07").split() == ["2026-07", "0", "–", "–"]
        await desk.press("5")
        await desk.reads("#figure", "Targets: minor 5 days, moderate 2 days, major 1 day.")
        assert "24 hours" in desk.row_with("until acknowledged")
        await desk.press("6")
        await desk.sees("2 still to be done, 2 of them overdue")
        assert desk.row_with("Intermediate").split()[-2:] == ["44", "%"]
        await desk.press("7")
        await desk.sees("Evidence for 6 of 6 roots")
        assert desk.row_with("Bo ").split()[::2][:2] == ["Bo", "2"]
        # After the last view comes the first.
        await desk.press("right")
        await desk.sees("shared root causes")


async def test_the_cursor_goes_over_figures_and_not_over_headings(
    database: Path, trees: list[Tree]
) -> None:
    async with sitting(database, (80, 24)) as desk:
        await opened(desk)
        await desk.press("2")
        await desk.sees("With the same root cause")
        for name in ("small", "small_weight", "outweighs", "big", "big_weight", "small"):
            assert under(desk).name == name
            await desk.press("tab")
        await desk.press("shift+tab")
        await desk.press("home", "up")
        assert not figures(desk).lines[figures(desk).cursor].is_head
        await desk.press("end", "down")
        assert figures(desk).lines[figures(desk).cursor].name == "Sessions without a severity"
        # A column that the line has no figure in is the nearest one that it has.
        await desk.press("home", "shift+tab")
        assert under(desk).name == "big_weight"
        await desk.press("end")
        assert under(desk).name == "unsaid"
        assert under(desk).sessions == (6,)


class Finds:
    """A memory that takes the single root for one of the shared ones."""

    work = None
    is_current = True
    trouble = ""

    def __init__(self, trees: list[Tree]) -> None:
        roots = [tree.roots()[0].id for tree in trees]
        self.groups = {"1": frozenset({str(roots[2]), str(roots[5])})}
        self.may_go = threading.Event()

    def keep_up(self) -> None:
        """Nothing is to be read."""

    def patterns(self, progress: Callable[[float], None]) -> "Finds":
        """The history, once the test lets it be found."""
        progress(0.25)
        assert self.may_go.wait(30)
        progress(0.5)
        return self


async def test_suggestions_count_when_they_are_asked_for_and_are_told_apart(
    database: Path, trees: list[Tree], monkeypatch: pytest.MonkeyPatch
) -> None:
    finds = Finds(trees)
    monkeypatch.setattr(knowing, "memory_of", lambda _: finds)
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await desk.sees("s counts suggested ones too")
        await desk.press("s")
        # What is decided stays in sight meanwhile, and one can leave it.
        await desk.sees("Looking for what belongs together … 25 %", "► No sheet says who orders")
        await desk.press("x")
        await desk.sees("Left. s looks for it again.")
        finds.may_go.set()
        await desk.press("s")
        await desk.sees("1 is only suggested (?).", "Bars that are suggested")
        row = desk.row_with("? Each department keeps")
        assert row.split()[-3] == "3"
        await desk.press("2")
        await desk.sees("With the same root cause", "? Each department keeps")
        await desk.press("s")
        await desk.sees("Only what people decided and equal words count.")
        await desk.until(lambda: "? Each department" not in desk.text)
        await desk.press("1")
        await desk.sees("s counts suggested ones too")


async def test_columns_beyond_the_window_come_into_sight(database: Path, trees: list[Tree]) -> None:
    async with sitting(database, (60, 20)) as desk:
        await opened(desk)
        await desk.press("7")
        await desk.sees("read back")
        assert "depth" not in desk.told("#figures-head")
        await desk.press("shift+tab")
        assert under(desk).label == "Sessions"
        await desk.press("shift+tab")
        await desk.reads("#figures-head", "depth")
        assert under(desk).name == "depth"
        assert "…" in desk.told("#figures-head")


async def test_enter_lists_the_sessions_behind_and_one_opens(
    database: Path, trees: list[Tree], ines: Store
) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await desk.press("enter")
        await desk.sees("No sheet says who orders while the post is empty", "3 sessions", "S-5")
        assert [row.split()[0] for row in desk.part("#behind") if row] == ["S-5", "S-2", "S-1"]
        await desk.press("down")
        await desk.reads("#preview", "Books was late again in month 6 Eastmere")
        await desk.press("enter")
        await desk.sees("S-2  Books was late again in month 6")
        # What is done there counts when one is back.
        ines.apply(
            ines.tree(trees[1].session.id),
            EditCause(cause=named(trees[1], SHEET).id, text="Nobody reads the sheet"),
        )
        await desk.press("q")
        await desk.until(lambda: bool(desk.app.screen.query("#behind")))
        await desk.press("escape")
        await desk.until(lambda: len(figures(desk).lines) > 0 and len(under(desk).sessions) == 2)


async def test_the_list_is_called_what_it_holds(database: Path, trees: list[Tree]) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await desk.press("5")
        await desk.sees("until acknowledged")
        await desk.press("tab", "tab", "end")
        assert under(desk).label == "Within the target"
        assert under(desk).sessions
        await desk.press("enter")
        await desk.sees(": Not within the target")


async def test_what_others_change_is_read_again_where_the_cursor_is(
    database: Path, trees: list[Tree], ines: Store
) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await desk.press("down")
        line = figures(desk).line
        assert line is not None
        assert line.name == LIST
        ines.apply(ines.tree(trees[4].session.id), DeleteSession())
        await desk.sees("5 sessions")
        line = figures(desk).line
        assert line is not None
        assert line.name == LIST


async def test_f1_says_how_a_figure_is_counted(database: Path, trees: list[Tree]) -> None:
    async with sitting(database, (80, 24)) as desk:
        await opened(desk)
        await desk.press("6")
        await desk.sees("Overdue")
        await desk.press("down", "f1")
        await desk.sees("How it is counted", "Those still to be done whose day has passed.")
        await desk.sees("What was promised in the sessions asked about")
        await desk.press("f1")
        await desk.sees("Help", "Narrow to a site")
        await desk.press("escape", "escape")
        await desk.sees("1 Pareto")


async def test_the_pareto_weighs_and_the_map_looks_through_a_lens(
    database: Path, trees: list[Tree]
) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await desk.press("3", "w")
        await desk.sees("by severity times customers")
        assert desk.row_with("No sheet").split()[-3] == "375"
        await desk.press("c")
        await desk.sees("Sites beside what?")
        await desk.press("2")
        await desk.sees("By Customer behaviour")
        await desk.press("down", "tab")
        await desk.reads("#figure", "Average of North: 0.5")
        assert len(under(desk).sessions) == 1
        await desk.press("tab")
        await desk.reads("#figure", "Not listening: 1")
        await desk.press("c", "1")
        await desk.sees("By department.")


async def test_a_click_goes_to_a_figure_and_a_second_one_opens_it(
    database: Path, trees: list[Tree]
) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await desk.press("3")
        await desk.sees("Front desk")
        y = next(at for at, row in enumerate(desk.part("#figures")) if "Harwick" in row)
        head = desk.part("#figures-head")[0]
        await desk.pilot.click("#figures", offset=(head.index("Books") + 3, y - 1))
        await desk.until(lambda: under(desk).sessions == (2,))
        await desk.pilot.click("#figures", offset=(head.index("Front desk") + 5, y), times=2)
        await desk.sees("Harwick: Front desk", "S-4", "S-3")
        await desk.press("escape")
        column = desk.part("#review-views")[0].index("Clocks")
        await desk.pilot.click("#review-views", offset=(column, 0))
        await desk.sees("until acknowledged")


async def test_an_empty_history_and_one_session_say_so(database: Path, ines: Store) -> None:
    async with sitting(database, (80, 24)) as desk:
        await desk.press("r")
        for number in range(1, len(VIEWS) + 1):
            await desk.press(str(number))
            await desk.sees("No session yet.")
            told = desk.rows[-1]
            assert not {"Enter", "Tab", "c", "w", "s", "f", "t"} & set(told.split())
            assert "F1 " in told
        await desk.press("enter", "tab", "down", "f1", "escape")
        begun(ines)
        await desk.press("1")
        await desk.sees("There is one session so far.")
        for number in range(2, len(VIEWS) + 1):
            await desk.press(str(number))
            await desk.until(lambda: bool(figures(desk).lines) or "yet" in desk.text)
            assert "nan" not in desk.text.lower()
            assert "100 %" not in desk.text


async def test_the_screen_works_while_figures_are_read(
    database: Path, trees: list[Tree], monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go = threading.Event()
    read = review_reading.table_of

    def slowly(*asked: object) -> object:
        assert may_go.wait(30)
        return read(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(review_reading, "table_of", slowly)
    async with sitting(database, (80, 24)) as desk:
        await desk.press("r")
        await desk.sees("1 Pareto", "Reading …")
        await desk.press("4", "enter", "tab", "w", "6")
        await desk.sees("Reading …")
        await desk.press("v")
        await desk.sees("Which saved view?")
        assert isinstance(desk.app.focused, Input)
        await desk.press("escape")
        may_go.set()
        await desk.sees("still to be done, 2 of them overdue")
        await desk.press("1")
        await desk.sees("by severity times customers")


async def test_counting_says_how_far_it_is_and_can_be_left(
    database: Path, trees: list[Tree], monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go = threading.Event()
    count = counting.count_changed

    def slowly(
        database: Database, history: History, progress: Callable[[int, int], None] | None = None
    ) -> int:
        assert progress is not None
        progress(2, 6)
        assert may_go.wait(30)
        progress(3, 6)
        return count(database, history, progress)

    monkeypatch.setattr(counting, "count_changed", slowly)
    async with sitting(database, (80, 24)) as desk:
        await opened(desk)
        await desk.press("7")
        await desk.sees("Looking at the sessions … 2 of 6", "x leaves it")
        await desk.press("x")
        await desk.sees("Left. F5 goes on with it.")
        may_go.set()
        await desk.press("f5")
        await desk.sees("Evidence for 6 of 6 roots")


async def test_what_cannot_be_read_is_told_and_the_others_are_there(
    database: Path, trees: list[Tree], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise StoreProblem("The disk is away.")

    monkeypatch.setattr(review_panels.Review, "wounds", fails)
    async with sitting(database, (80, 24)) as desk:
        await opened(desk)
        await desk.press("2")
        await desk.sees("The disk is away. F5 looks again.")
        await desk.press("3")
        await desk.sees("Most at Harwick")


async def test_names_are_never_markup(database: Path, open_store: OpenStore) -> None:
    store = open_store()
    for _ in range(2):
        begun(store, "[/foo] is late", (), site="[b]x[/]", department="[$primary]", region="[/]")
    async with sitting(database, (120, 40)) as desk:
        await desk.press("r", "3")
        await desk.sees("[b]x[/]", "[$primary]")
        await desk.press("enter")
        await desk.sees("[/foo] is late")

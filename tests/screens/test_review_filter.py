"""Narrowing the review: periods as people write them, filters, and saved views."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivewhys.models.tree import Tree
from fivewhys.models.words import Severity
from fivewhys.review.period import ReviewFilter
from fivewhys.screens import review
from fivewhys.screens.review_filter import period_from, told
from fivewhys.screens.review_saved import Saved, read_saved, write_saved
from fivewhys.screens.widgets.review_list import ReviewList
from fivewhys.text import clean
from tests.screens.driving import Desk, sitting
from tests.screens.reviewing import TODAY, fill

names = st.text(max_size=20).map(clean).filter(bool)
several = st.lists(names, max_size=3).map(tuple)
days = st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1))
filters = st.builds(
    ReviewFilter,
    since=days,
    until=days,
    sites=several,
    owners=several,
    severities=st.lists(st.sampled_from([None, *Severity]), max_size=3).map(tuple),
    categories=st.lists(st.tuples(names, names), max_size=2).map(tuple),
    text=names | st.just(""),
)


@pytest.fixture
def views(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file with the person's saved views, which is not there yet."""
    path = tmp_path / "settings" / "views.json"
    monkeypatch.setenv("FIVEWHYS_REVIEW_VIEWS", str(path))
    monkeypatch.setattr(review, "today", lambda: TODAY)
    return path


@pytest.fixture
def trees(database: Path, views: Path) -> list[Tree]:
    """The small history."""
    return fill(database)


async def opened(desk: Desk) -> None:
    await desk.press("r")
    await desk.until(lambda: bool(desk.app.screen.query(ReviewList).first().lines))


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("2026-03", date(2026, 3, 1), date(2026, 3, 31)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2026-02 to 2026-04", date(2026, 2, 1), date(2026, 4, 30)),
        ("1 March to 30 June", date(2026, 3, 1), date(2026, 6, 30)),
        ("since 2026-03-05", date(2026, 3, 5), None),
        ("until 2026-03", None, date(2026, 3, 31)),
        ("2026-03-05", date(2026, 3, 5), None),
    ],
)
def test_a_period_is_read_as_people_write_it(
    words: str, since: date | None, until: date | None
) -> None:
    assert period_from(words, TODAY) == (since, until)


@pytest.mark.parametrize("words", ["2026-13", "0000", "June to May 2020", "soon", "to", "9999-12"])
def test_what_is_no_period_is_told_in_a_sentence(words: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        period_from(words, TODAY)


async def test_a_site_and_a_period_narrow_all_views(database: Path, trees: list[Tree]) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await desk.press("f", "1")
        await desk.sees("Which site?")
        await desk.type("harw\r")
        # A value leads back to the figures, as a period does.
        await desk.sees("Review · Harwick", "f narrows it further. Esc asks about everything.")
        await desk.press("f")
        await desk.sees("Narrow the review by what?", "Harwick")
        await desk.press("5")
        await desk.sees("Which severity?")
        await desk.type("minor\r")
        await desk.sees("Review · Harwick · minor", "2 sessions")
        await desk.press("t")
        await desk.type("2026-08\r")
        await desk.sees("Review · 2026-08-01 to 2026-08-31 · Harwick · minor", "1 session")
        # Chosen once more it is given up.
        await desk.press("f", "5")
        await desk.type("minor\r")
        await desk.sees("Review · 2026-08-01 to 2026-08-31 · Harwick")
        await desk.press("t")
        await desk.type("2020\r")
        await desk.sees("No session is within the period and the filters.")
        await desk.press("escape")
        await desk.sees("6 sessions")
        await desk.press("escape")
        await desk.sees("Five Whys")


async def test_filters_that_escape_took_away_come_back(
    database: Path, trees: list[Tree], views: Path
) -> None:
    async with sitting(database, (80, 24)) as desk:
        await opened(desk)
        await desk.press("u")
        await desk.sees("Nothing else was asked about before.")
        await desk.press("t")
        await desk.type("2026-06\r")
        await desk.press("f", "1")
        await desk.type("harw\r")
        await desk.sees("Review · 2026-06-01 to 2026-06-30 · Harwick", "1 session")
        await desk.press("escape")
        await desk.sees("Everything is asked about. u brings the filters back.", "6 sessions")
        await desk.press("u")
        await desk.sees("Review · 2026-06-01 to 2026-06-30 · Harwick", "Asked about as before.")
        # One Esc too many leaves; they can still be had.
        await desk.press("escape", "escape")
        await desk.sees("Five Whys")
    async with sitting(database, (80, 24)) as desk:
        await opened(desk)
        await desk.sees("6 sessions")
        await desk.press("u")
        await desk.sees("Review · 2026-06-01 to 2026-06-30 · Harwick", "1 session")


async def test_every_filter_can_be_chosen(database: Path, trees: list[Tree]) -> None:
    async with sitting(database, (80, 24)) as desk:
        await opened(desk)
        for key, words, sessions in (
            ("2", "South", "1 session"),
            ("3", "Front", "2 sessions"),
            ("4", "not said", "1 session"),
            ("6", "Not listening", "1 session"),
            ("7", "Ana", "3 sessions"),
            ("8", "Bo", "2 sessions"),
            ("9", "month 8", "1 session"),
        ):
            await desk.press("f", key)
            await desk.until(lambda: bool(desk.app.screen.query("#asked")))
            await desk.type(f"{words}\r")
            await desk.sees(sessions)
            await desk.press("escape")
            await desk.sees("6 sessions")


async def test_a_view_is_saved_shown_again_and_given_up(
    database: Path, trees: list[Tree], views: Path
) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await desk.press("f", "1")
        await desk.type("Solvia\r")
        await desk.press("v")
        await desk.sees("No view is saved yet.")
        await desk.type("The south\r")
        await desk.sees("Saved as “The south”.")
        await desk.press("escape")
        await desk.sees("6 sessions")
        await desk.press("v")
        await desk.sees("The south", "Solvia")
        await desk.press("enter")
        await desk.sees("Review · Solvia", "“The south”")
    assert read_saved(views)[0].views == {"The south": ReviewFilter(sites=("Solvia",))}
    async with sitting(database, (80, 24)) as desk:
        await desk.press("r")
        await desk.sees("Review · Solvia", "Narrowed as you left it.")
        await desk.press("v")
        await desk.type("the south")
        await desk.sees("give it up")
        await desk.press("down", "enter")
        await desk.sees("“The south” is given up.")
    assert read_saved(views)[0].views == {}


async def test_a_file_that_cannot_be_read_is_told_of(
    database: Path, trees: list[Tree], views: Path
) -> None:
    views.parent.mkdir()
    views.write_text('{"views": {"x": {"since": "soon"}}}', "utf-8")
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await desk.sees("holds no saved views that can be read")


@given(narrowed=filters, last=filters, name=names)
def test_what_is_saved_comes_back(
    tmp_path_factory: pytest.TempPathFactory, narrowed: ReviewFilter, last: ReviewFilter, name: str
) -> None:
    path = tmp_path_factory.mktemp("views") / "views.json"
    saved = Saved(last=last, before=narrowed).with_view(name, narrowed)
    assert write_saved(path, saved) == ""
    assert read_saved(path) == (saved, "")
    assert told(narrowed) == told(read_saved(path)[0].views[saved.called(name)])


@pytest.mark.parametrize("text", ["", "[]", "{", "null", '{"views": 3}', '{"views": {"a": []}}'])
def test_nothing_in_a_file_stops_the_review(tmp_path: Path, text: str) -> None:
    path = tmp_path / "views.json"
    path.write_text(text, "utf-8")
    saved, problem = read_saved(path)
    assert saved == Saved()
    assert problem.endswith(".")

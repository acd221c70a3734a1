"""The time line of a cause: in the order of days, in words, and as Markdown."""

import json
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from fivewhys.models.past import Past, PastCause, PastDeed, PastSession
from fivewhys.models.plan_words import CheckResult, CountermeasureKind, MeasureKind, Progress
from fivewhys.models.values import Check, Measure
from fivewhys.models.words import Kind, State, Status
from fivewhys.patterns.findings.moments import Done, Found, TimeLine
from fivewhys.patterns.findings.time_line import time_line
from fivewhys.patterns.overlay import causal_map
from fivewhys.reports import time_line as told
from fivewhys.reports.templates import Own
from fivewhys.reports.time_line_data import time_line_object
from tests.reports.hostile import HOSTILE, lines

TODAY = date(2026, 11, 21)


def held(
    number: int, on: date, text: str, *, is_root: bool = True
) -> tuple[PastSession, PastCause]:
    key = UUID(int=100 + number)
    session = PastSession(
        key, number, State.OPEN, f"problem {number}", "Lyon", "", "Post", None, on
    )
    cause = PastCause(
        UUID(int=number), key, UUID(int=200 + number), Kind.CAUSE, text, Status.OPEN, is_root, None
    )
    return session, cause


def deed(cause: int, text: str, progress: Progress, on: date | None = None) -> PastDeed:
    return PastDeed(
        UUID(int=300 + cause), UUID(int=cause), text, progress, "Ana", None, on,
        CountermeasureKind.PREVENT,
    )  # fmt: skip


def line_of(
    seen: list[tuple[PastSession, PastCause]], deeds: list[PastDeed], *, confirmed: bool = True
) -> TimeLine:
    seen = sorted(seen, key=lambda one: (one[0].on, one[0].number))
    causes: list[PastCause] = []
    for session, cause in seen:
        assert cause.parent_id
        problem = PastCause(
            cause.parent_id, session.id, None, Kind.PROBLEM, session.problem, Status.OPEN, False,
            None,
        )  # fmt: skip
        causes += [problem, cause]
    past = Past(tuple(session for session, _ in seen), tuple(causes), tuple(deeds))
    same = [[str(cause.id) for _, cause in seen]]
    graph = causal_map(past, same, same if confirmed else ())
    return time_line(graph, str(seen[0][1].id))


@pytest.fixture
def fixed() -> TimeLine:
    """Found, fixed, found again, and fixed once more."""
    return line_of(
        [
            held(1, date(2026, 1, 9), "forms were not ordered"),
            held(2, date(2026, 5, 9), "nobody ordered forms", is_root=False),
            held(3, date(2026, 5, 9), "forms were not ordered"),
        ],
        [
            deed(1, "Put it into the calendar", Progress.DONE, date(2026, 2, 4)),
            deed(3, "A rule for empty posts", Progress.EFFECTIVE, date(2026, 6, 1)),
        ],
    )


def test_all_stands_in_the_order_of_days(fixed: TimeLine) -> None:
    assert [(one.on, told.head(one)) for one in fixed.moments] == [
        (date(2026, 1, 9), "Found in S-1 · Lyon, Post · root"),
        (date(2026, 2, 4), "Done: “Put it into the calendar”"),
        (date(2026, 5, 9), "Found in S-2 · Lyon, Post · not as root"),
        (date(2026, 5, 9), "Found in S-3 · Lyon, Post · root"),
        (date(2026, 6, 1), "Done: “A rule for empty posts”"),
    ]
    first, second, third = fixed.found
    assert told.back(first) == ("The first time.",)
    assert told.back(second) == (
        "Back 94 days after “Put it into the calendar” was done (confirmed).",
    )
    assert told.back(third) == ("Again after 0 days.",)
    assert [told.effect(one.tried) for one in fixed.moments if isinstance(one, Done)] == [
        "Came back in S-2 · Lyon · May 2026, after 94 days, confirmed.",
        "Known to work.",
    ]
    assert told.summary(fixed) == (
        "3 sessions",
        "root in 2",
        "Jan 2026 to May 2026",
        "2 fixes",
        "back after 1 of them",
    )
    assert told.ending(fixed, TODAY) == "Not found for 196 days, since S-3."
    assert told.ending(fixed, date(2026, 1, 1)) == ""


def test_what_is_not_done_stands_with_its_session() -> None:
    line = line_of(
        [held(1, date(2026, 1, 9), "a"), held(2, date(2026, 1, 9), "a")],
        [deed(1, "some day", Progress.PLANNED), deed(2, "when?", Progress.DONE)],
    )
    assert [(told.when(one), told.head(one)) for one in line.moments] == [
        ("9 January 2026", "Found in S-1 · Lyon, Post · root"),
        ("not done", "Planned: “some day”"),
        ("9 January 2026", "Found in S-2 · Lyon, Post · root"),
        ("day not known", "Done: “when?”"),
    ]
    assert told.summary(line)[3] == "1 fix"


def test_as_markdown(fixed: TimeLine) -> None:
    page = told.time_line_md(fixed, TODAY)
    assert page.problems == ()
    assert page.text == (
        "# Time line of a cause\n\n"
        "**forms were not ordered**\n\n"
        "3 sessions · root in 2 · Jan 2026 to May 2026 · 2 fixes · back after 1 of them\n\n"
        "## 9 January 2026\n\n"
        "Found in S-1 · Lyon, Post · root.\n\n"
        "- The first time.\n"
        "- The problem: problem 1\n\n"
        "## 4 February 2026\n\n"
        "Done: “Put it into the calendar”.\n\n"
        "- Planned in S-1, Ana.\n"
        "- Came back in S-2 · Lyon · May 2026, after 94 days, confirmed.\n\n"
        "## 9 May 2026\n\n"
        "Found in S-2 · Lyon, Post · not as root.\n\n"
        "- Back 94 days after “Put it into the calendar” was done (confirmed).\n"
        "- In its words: “nobody ordered forms”\n"
        "- The problem: problem 2\n\n"
        "## 9 May 2026\n\n"
        "Found in S-3 · Lyon, Post · root.\n\n"
        "- Again after 0 days.\n"
        "- The problem: problem 3\n\n"
        "## 1 June 2026\n\n"
        "Done: “A rule for empty posts”.\n\n"
        "- Planned in S-3, Ana.\n"
        "- Known to work.\n\n"
        "## Since then\n\n"
        "Not found for 196 days, since S-3.\n"
    )


def check(
    number: int, of: Measure, on: date | None, result: CheckResult | None, value: str = ""
) -> Check:
    return Check(
        UUID(int=600 + number), of.session_id, of.cause_id, of.id, on or TODAY, on, result, value,
        "Dana" if result else "", "Ana", datetime(2026, 1, 1, 9, number, tzinfo=UTC),
    )  # fmt: skip


def measure(number: int, deed: int) -> Measure:
    return Measure(
        UUID(int=500 + number), UUID(int=101), UUID(int=deed), UUID(int=300 + deed), 0,
        MeasureKind.OUTCOME, "empty forms a month", "9", "0", None,
    )  # fmt: skip


def test_checks_stand_where_they_were_made(fixed: TimeLine) -> None:
    calendar, elsewhere = measure(1, 1), measure(2, 77)
    checks = [
        check(3, calendar, date(2026, 5, 9), CheckResult.NOT_MET, "4"),
        check(1, calendar, date(2026, 3, 1), CheckResult.MET, "0 of 40"),
        check(2, calendar, None, None),
        check(4, elsewhere, date(2026, 3, 1), CheckResult.MET),
    ]
    line = fixed.with_checks([calendar, elsewhere], checks)
    assert [told.head(one) for one in line.moments] == [
        "Found in S-1 · Lyon, Post · root",
        "Done: “Put it into the calendar”",
        "Checked: met (0 of 40)",
        "Found in S-2 · Lyon, Post · not as root",
        "Found in S-3 · Lyon, Post · root",
        "Checked: not met (4)",
        "Done: “A rule for empty posts”",
    ]
    assert line.with_checks([calendar, elsewhere], checks) == line
    assert line.with_checks([], []) == fixed
    assert told.summary(line)[-1] == "2 checks, 1 met"
    assert (
        "## 1 March 2026\n\nChecked: met (0 of 40).\n\n"
        "- Looked at: empty forms a month, target 0\n"
        "- Of “Put it into the calendar”, S-1, by Dana.\n\n"
    ) in told.time_line_md(line, TODAY).text
    data = time_line_object(line, TODAY)
    assert json.loads(json.dumps(data)) == data
    assert [(one["kind"], one["on"]) for one in data["moments"]] == [
        ("found", "2026-01-09"),
        ("done", "2026-02-04"),
        ("checked", "2026-03-01"),
        ("found", "2026-05-09"),
        ("found", "2026-05-09"),
        ("checked", "2026-05-09"),
        ("done", "2026-06-01"),
    ]
    first, put, looked, again, *_ = data["moments"]
    assert (first["gap_days"], first["session"], first["is_root"]) == (None, "S-1", True)
    assert (put["text"], put["outcome"], put["days"]) == (
        "Put it into the calendar",
        "came back",
        94,
    )
    assert (looked["result"], looked["value"], looked["of"]) == ("met", "0 of 40", put["text"])
    assert (again["gap_days"], again["came_back_after"]) == (120, [put["text"]])
    assert (data["quiet_days"], data["is_confirmed"]) == (196, True)


def test_what_is_suggested_is_said_to_be() -> None:
    line = line_of(
        [held(1, date(2026, 1, 9), "a"), held(2, date(2026, 2, 9), "b")], [], confirmed=False
    )
    page = told.time_line_md(line, TODAY)
    assert "Suggested: the program finds it alike" in page.text
    assert "Found in S-2 · Lyon, Post · root · suggested." in page.text
    own = Own({"time-line.md": "{{ view.text }}: {{ view.rows | length }}"})
    assert told.time_line_md(line, TODAY, own).text == "a: 2"


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.isprintable()])
def test_hostile_words_stay_words(text: str) -> None:
    line = line_of([held(1, date(2026, 1, 9), text)], [deed(1, text, Progress.IDEA)])
    page = MarkdownIt("commonmark", {"html": True}).parse(told.time_line_md(line, TODAY).text)
    parts = [part for one in page for part in one.children or ()]
    assert text in [part.content for part in parts]
    assert not [part for part in (*page, *parts) if part.type.startswith(("html", "link", "image"))]


@given(
    days=st.lists(st.dates(date(2025, 1, 1), date(2026, 6, 1)), min_size=1, max_size=5),
    done=st.lists(
        st.tuples(st.sampled_from(Progress), st.none() | st.dates(date(2025, 1, 1))), max_size=5
    ),
    text=lines,
)
def test_whatever_happened_it_is_told(
    days: list[date], done: list[tuple[Progress, date | None]], text: str
) -> None:
    deeds = [
        deed(number, text, progress, on)
        for number, (progress, on) in enumerate(done, 1)
        if number <= len(days)
    ]
    line = line_of([held(number, on, text) for number, on in enumerate(days, 1)], deeds)
    assert len(line.moments) == len(days) + len(deeds)
    assert [one.on for one in line.moments] == sorted(one.on for one in line.moments)
    assert told.time_line_md(line, TODAY).text
    for one in line.moments:
        assert told.head(one)
        if isinstance(one, Found) and one.after:
            assert all(again.deed.done_on for again in one.after)

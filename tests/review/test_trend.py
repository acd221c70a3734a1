"""Months, repeats, and repeats after a fix."""

from datetime import UTC, date
from zoneinfo import ZoneInfo

from tests.review.by_columns import trend
from tests.review.rows import at, fix, root, together

FORM = "The form is old"
DAYS = {1: "2026-01-10", 2: "2026-01-20", 3: "2026-03-05", 4: "2026-03-06"}
SESSIONS = {number: at(on) for number, on in DAYS.items()}
ROOTS = [root(number, number, FORM, DAYS[number]) for number in (1, 2, 3)] + [
    root(4, 4, "Only here", DAYS[4])
]


def test_the_first_is_no_repeat_and_the_others_are() -> None:
    found = trend(SESSIONS, together(ROOTS), UTC)
    assert found.repeats.sessions == (2, 3)
    assert (found.sessions.text, found.repeats.text) == ("4", "2 of 4")
    assert found.after_fix.text == "0 of 2"
    assert [
        (month.first_day, month.sessions.text, month.repeats.text) for month in found.months
    ] == [
        (date(2026, 1, 1), "2", "1 of 2"),
        (date(2026, 2, 1), "0", "none yet"),
        (date(2026, 3, 1), "2", "1 of 2"),
    ]


def test_after_a_fix_is_after_its_day_and_in_another_session() -> None:
    fixes = [fix(1, 1, FORM, "2026-02-01")]
    assert trend(SESSIONS, together(ROOTS, None, fixes), UTC).after_fix.sessions == (3,)
    on_the_day = [fix(1, 1, FORM, DAYS[3])]
    assert trend(SESSIONS, together(ROOTS, None, on_the_day), UTC).after_fix.sessions == ()
    own = [fix(3, 3, FORM, "2026-02-01")]
    assert trend(SESSIONS, together(ROOTS, None, own), UTC).after_fix.sessions == ()


def test_what_was_fixed_as_no_root_before_repeats_too() -> None:
    roots = [ROOTS[2]]
    fixes = [fix(50, 1, FORM, "2026-02-01")]
    found = trend(SESSIONS, together(roots, None, fixes), UTC)
    assert (found.repeats.sessions, found.after_fix.sessions) == ((3,), (3,))


def test_what_came_before_the_period_counts_as_before() -> None:
    found = trend({3: SESSIONS[3]}, together(ROOTS), UTC)
    assert found.repeats.text == "1 of 1"


def test_two_roots_of_one_session_in_equal_words_are_no_repeat() -> None:
    roots = [root(1, 1, FORM), root(2, 1, FORM)]
    assert trend({1: SESSIONS[1]}, together(roots), UTC).repeats.text == "0 of 1"


def test_months_are_those_of_the_persons_calendar() -> None:
    late = {1: at("2026-03-31 22:30")}
    months = trend(late, together([]), ZoneInfo("Europe/Berlin")).months
    assert [month.first_day for month in months] == [date(2026, 4, 1)]


def test_nothing() -> None:
    found = trend({}, together([]), UTC)
    assert (found.months, found.sessions.text, found.repeats.text) == ((), "0", "none yet")

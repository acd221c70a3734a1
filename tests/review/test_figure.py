"""A number as people read it: nothing to count is no number, and of few one says how many."""

from hypothesis import given
from hypothesis import strategies as st

from fivewhys.models.shares import percent
from fivewhys.review.figure import (
    Figure,
    Unit,
    count,
    share,
    share_text,
    time_text,
)


def test_nothing_to_count_is_neither_none_nor_all_of_it() -> None:
    figure = share("on_time", "Done on time", 0, 0, "How.")
    assert (figure.value, figure.text, figure.sessions) == (None, "none yet", ())


def test_few_are_told_as_so_many_of_so_many() -> None:
    assert share("x", "X", 2, 3, "How.").text == "2 of 3"
    assert share("x", "X", 9, 9, "How.").text == "9 of 9"
    assert share("x", "X", 9, 10, "How.").text == "90 % of 10"


def test_a_figure_names_each_session_once_and_in_order() -> None:
    figure = count("x", "X", [12, 3, 12], "How.")
    assert (figure.sessions, figure.value, figure.text) == ((3, 12), 2, "2")
    assert count("x", "X", [3, 3], "How.", 2).text == "2"


def test_numbers_and_times_read_as_people_say_them() -> None:
    assert Figure("x", "X", 4.5, Unit.NUMBER, "How.").text == "4.5"
    assert Figure("x", "X", 1234.0, Unit.COUNT, "How.").text == "1,234"
    assert Figure("x", "X", 3 * 86400.0, Unit.SECONDS, "How.").text == "3 days"
    assert [time_text(hours * 3600) for hours in (0, 0.25, 1, 1.5, 11.6, 47.9, 48)] == [
        *("0 hours", "0.2 hours", "1 hour", "1.5 hours", "12 hours", "48 hours", "2 days")
    ]


@given(part=st.integers(0, 10**7), whole=st.integers(0, 10**7))
def test_all_and_none_are_said_only_where_it_is_so(part: int, whole: int) -> None:
    part = min(part, whole)
    told = share_text(part, whole)
    if whole:
        assert (percent(part / whole) == 100) == (part == whole)
        assert (percent(part / whole) == 0) == (part == 0)
        assert told == share("x", "X", part, whole, "How.").text
    else:
        assert told == "none yet"

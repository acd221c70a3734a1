"""Days as people write them, seen from Friday 4 December 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivewhys.countermeasures.days import MOST_DAYS, NoDay, day_from, days_from, long_day, said
from fivewhys.models import commands

FRIDAY = date(2026, 12, 4)
WEDNESDAY = date(2026, 12, 2)

TO_COME = {
    "today": "2026-12-04",
    "tomorrow": "2026-12-05",
    "the day after tomorrow": "2026-12-06",
    "friday": "2026-12-11",
    "Friday": "2026-12-11",
    "by friday": "2026-12-11",
    "fri": "2026-12-11",
    "this friday": "2026-12-04",
    "next friday": "2026-12-11",
    "monday": "2026-12-07",
    "next monday": "2026-12-07",
    "in 2 weeks": "2026-12-18",
    "2 weeks": "2026-12-18",
    "2w": "2026-12-18",
    "in three weeks": "2026-12-25",
    "within 10 days": "2026-12-14",
    "a fortnight": "2026-12-18",
    "in two weeks’ time": "2026-12-18",
    "2 weeks from now": "2026-12-18",
    "in 2 months": "2027-02-04",
    "next week": "2026-12-11",
    "next month": "2027-01-04",
    "2026-12-31": "2026-12-31",
    "2027/1/5": "2027-01-05",
    "4 Dec": "2026-12-04",
    "31 Dec": "2026-12-31",
    "Dec 31st": "2026-12-31",
    "31st of December": "2026-12-31",
    "Thu 31 Dec": "2026-12-31",
    "31 December 2027": "2027-12-31",
    "1 dec 27": "2027-12-01",
    "3 March": "2027-03-03",
    "29 feb": "2028-02-29",
    "31.12.2026": "2026-12-31",
    "31.12.": "2026-12-31",
    "1.12.2027": "2027-12-01",
    "15/1": "2027-01-15",
    "15th": "2026-12-15",
    "the 3rd": "2027-01-03",
    "the 1st of next month": "2027-01-01",
    "end of month": "2026-12-31",
    "by the end of the month": "2026-12-31",
    "EOM": "2026-12-31",
    "end of next month": "2027-01-31",
    "end of February": "2027-02-28",
    "end of week": "2026-12-04",
    "end of next week": "2026-12-11",
    "end of the year": "2026-12-31",
    "end of quarter": "2026-12-31",
    "end of next quarter": "2027-03-31",
    "this month": "2026-12-31",
}

BEEN = {
    "today": "2026-12-04",
    "yesterday": "2026-12-03",
    "2 weeks ago": "2026-11-20",
    "friday": "2026-12-04",
    "monday": "2026-11-30",
    "last friday": "2026-11-27",
    "2026-01-01": "2026-01-01",
    "1 Dec": "2026-12-01",
    "31 Dec": "2025-12-31",
    "Thu 31 Dec": "2026-12-31",
    "1.12.": "2026-12-01",
    "15th": "2026-11-15",
    "31st": "2026-10-31",
    "tomorrow": "2026-12-05",
}

NONE = {
    "": "Write a day, for example friday, in 2 weeks, end of month or 2027-01-15.",
    "5": "“5” is no day yet. Write 5 Dec, or in 5 days.",
    "2026": "“2026” is no day yet. Write for example friday, in 2 weeks, end of month or "
    "2027-01-15.",
    "december": "“december” is no day yet. Write 1 December, or end of December.",
    "mar": "“mar” is no day yet. Write 1 March, or end of March.",
    "soon": "“soon” is no day. Write for example friday, in 2 weeks, end of month or 2027-01-15.",
    "[/foo]": "“[/foo]” is no day. Write for example friday, in 2 weeks, end of month or "
    "2027-01-15.",
    "14:00": "“14:00” is no day. Write for example friday, in 2 weeks, end of month or 2027-01-15.",
    "in 2 hours": "“in 2 hours” is no day. Write for example friday, in 2 weeks, end of month or "
    "2027-01-15.",
    "in -2 weeks": "“in -2 weeks” is no day. Write for example friday, in 2 weeks, end of month or "
    "2027-01-15.",
    "2026-13-01": "“2026-13-01” is not in the calendar. Write a day that is.",
    "31 Feb": "“31 Feb” is not in the calendar. Write a day that is.",
    "31.11.2027": "“31.11.2027” is not in the calendar. Write a day that is.",
    "1/2": "“1/2” could be 1 February or 2 January. Write the month as a word, for example 1 Feb.",
    "2026-01-01": "“2026-01-01” is past. Write a day to come, for example friday, in 2 weeks, end "
    "of month or 2027-01-15.",
    "yesterday": "“yesterday” is past. Write a day to come, for example friday, in 2 weeks, end of "
    "month or 2027-01-15.",
    "1 Dec": "“1 Dec” is past. Write a day to come, or 2027-12-01 for the one in 2027.",
    "tuesday 7 december": "“tuesday 7 december”: 7 December 2026 is a Monday. Write which of the "
    "two is meant.",
    "2206-12-01": "“2206-12-01” is in 2206. Write a day within 10 years.",
    "in 99999999 weeks": "“in 99999999 weeks” is no day. Write for example friday, in 2 weeks, end "
    "of month or 2027-01-15.",
}


@pytest.mark.parametrize(("text", "day"), TO_COME.items())
def test_days_to_come(text: str, day: str) -> None:
    assert day_from(text, FRIDAY) == date.fromisoformat(day)


@pytest.mark.parametrize(("text", "day"), BEEN.items())
def test_days_that_have_been(text: str, day: str) -> None:
    assert day_from(text, FRIDAY, past=True) == date.fromisoformat(day)


@pytest.mark.parametrize(("text", "sentence"), NONE.items())
def test_what_is_no_day_is_answered_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(NoDay) as raised:
        day_from(text, FRIDAY)
    assert str(raised.value) == sentence


def test_next_friday_is_that_of_next_week() -> None:
    assert day_from("friday", WEDNESDAY) == FRIDAY
    assert day_from("next friday", WEDNESDAY) == date(2026, 12, 11)
    assert day_from("next wednesday", WEDNESDAY) == date(2026, 12, 9)


def test_end_of_week_is_never_past() -> None:
    assert day_from("end of week", date(2026, 12, 5)) == date(2026, 12, 11)


def test_a_month_later_is_a_day_that_the_month_has() -> None:
    assert day_from("in 1 month", date(2027, 1, 31)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("text", "today", "past", "words"),
    [
        ("5", "2026-11-22", False, "5 Dec, or in 5 days"),
        ("22", "2026-11-22", False, "22 Nov, or in 22 days"),
        ("30", "2026-11-22", False, "30 Nov, or in 30 days"),
        ("31", "2026-11-22", False, "31 Dec, or in 31 days"),
        ("5", "2026-12-22", False, "5 Jan, or in 5 days"),
        ("30", "2027-01-31", False, "30 Mar, or in 30 days"),
        ("1", "2026-11-22", False, "1 Dec, or in 1 day"),
        ("5", "2026-11-22", True, "5 Nov, or 5 days ago"),
        ("25", "2026-11-22", True, "25 Oct, or 25 days ago"),
        ("31", "2026-11-22", True, "31 Oct, or 31 days ago"),
        ("30", "2027-03-01", True, "30 Jan, or 30 days ago"),
        ("1", "2026-11-22", True, "1 Nov, or 1 day ago"),
    ],
)
def test_a_number_alone_is_answered_with_a_day_that_is_taken(
    text: str, today: str, past: bool, words: str
) -> None:
    with pytest.raises(NoDay) as raised:
        day_from(text, date.fromisoformat(today), past=past)
    assert str(raised.value) == f"“{text}” is no day yet. Write {words}."


DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))


@given(DAYS, st.integers(-1000, 1000))
def test_what_is_told_is_read_again(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert day_from(said(day, today), today, past=True) == day
    assert day_from(day.isoformat(), today, past=True) == day
    assert day_from(long_day(day), today, past=True) == day


@given(DAYS, st.integers(1, 31), st.booleans())
def test_what_a_number_is_answered_with_can_be_written(
    today: date, number: int, past: bool
) -> None:
    with pytest.raises(NoDay) as raised:
        day_from(str(number), today, past=past)
    named, counted = str(raised.value).split("Write ")[1].rstrip(".").split(", or ")
    found = day_from(named, today, past=past)
    assert found.day == number
    assert (found <= today) if past else (found >= today)
    step = timedelta(-number if past else number)
    assert day_from(counted, today, past=past) == today + step


@given(DAYS, st.sampled_from([*TO_COME, *BEEN]))
def test_a_day_without_its_year_is_never_past_and_never_far(today: date, text: str) -> None:
    try:
        found = day_from(text, today)
    except NoDay:
        return
    assert found >= today
    assert "29" in text or any(map(str.isdigit, text)) or (found - today).days <= 366


@given(st.text(max_size=30) | st.from_regex(r"[0-9a-z ./,-]{0,16}", fullmatch=True), st.booleans())
def test_any_text_is_a_day_or_a_sentence(text: str, past: bool) -> None:
    try:
        day_from(text, FRIDAY, past=past)
    except NoDay as problem:
        sentence = str(problem)
    else:
        return
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("30", 30),
        ("30 days", 30),
        ("8 weeks", 56),
        ("8w", 56),
        ("3 months", 90),
        ("a quarter", 91),
        ("1 year", 365),
        ("three weeks", 21),
        ("week", 7),
        ("over 6 weeks", 42),
        ("3650", 3650),
    ],
)
def test_windows(text: str, days: int) -> None:
    assert days_from(text) == days


@pytest.mark.parametrize("text", ["", "soon", "two", "1.5 weeks", "-3", "²", "30 30", "3 parsecs"])
def test_no_window(text: str) -> None:
    with pytest.raises(NoDay, match="is no number of days"):
        days_from(text)


@pytest.mark.parametrize("text", ["0", "3651", "999999 years"])
def test_window_out_of_bounds(text: str) -> None:
    with pytest.raises(NoDay, match="write 1 to 3,650 days"):
        days_from(text)


def test_windows_are_those_that_a_measure_takes() -> None:
    assert MOST_DAYS == commands.MOST_DAYS


@given(st.text(max_size=20))
def test_any_text_is_a_window_or_a_sentence(text: str) -> None:
    try:
        days = days_from(text)
    except NoDay as problem:
        days, sentence = 1, str(problem)
    else:
        sentence = "."
    assert 1 <= days <= MOST_DAYS
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (-30, "Wed 4 Nov"),
        (-14, "Fri 20 Nov"),
        (-13, "13 days ago"),
        (-3, "3 days ago"),
        (-1, "yesterday"),
        (0, "today"),
        (1, "tomorrow"),
        (2, "Sun 6 Dec"),
        (7, "Fri 11 Dec"),
        (35, "Fri 8 Jan 2027"),
        (-365, "Thu 4 Dec 2025"),
    ],
)
def test_how_a_day_is_told(ahead: int, words: str) -> None:
    assert said(FRIDAY + timedelta(days=ahead), FRIDAY) == words


def test_examples_of_the_past_are_past() -> None:
    with pytest.raises(NoDay, match=r"is no day\. Write for example 6 months ago, 1 march or "):
        day_from("blah", FRIDAY, past=True)
    assert day_from("1 march", FRIDAY, past=True) < FRIDAY
    assert day_from("6 months ago", FRIDAY, past=True) < FRIDAY

"""Days as people write them, and as they are told: when something is due, over how many days."""

import re
from datetime import date

from fivewhys.countermeasures.day_words import (
    DAYS,
    DAYS_IN,
    DIGITS,
    NoDay,
    examples,
    long_day,
    number_of,
    own_reading,
    parsed,
    short_month,
    unit_of,
)
from fivewhys.text import clean

__all__ = [
    "MOST_DAYS",
    "MOST_YEARS",
    "NoDay",
    "day_from",
    "days_from",
    "long_day",
    "said",
    "short_month",
]

MOST_YEARS = 10
"""A day further ahead is a slip of the hand."""

MOST_DAYS = 365 * MOST_YEARS
"""The longest window of a measure, as `fivewhys.models.commands` has it."""

DAYS_COUNTED = 13
"""Days ago that are counted; of what is longer past the date tells more."""

_BEFORE = re.compile(r"^(?:(?:by|on|until|till|due|before|latest|the|no later than)\s+)+")


def day_from(text: str, today: date, *, past: bool = False) -> date:
    """The day that a person's words mean, seen from `today`. Raises NoDay.

    It is to come, or today: “friday” is the next one, on a Friday the one in a week; “next friday”
    is that of next week. With `past` it may have been, and what is written without its year or
    month is the one that has been: “friday” was the last one, today on a Friday. Three numbers with
    full stops are day, month and year; with slashes only where they cannot be read in two ways.

    >>> day_from("in 2 weeks", date(2026, 12, 4))
    datetime.date(2026, 12, 18)
    >>> day_from("end of month", date(2026, 12, 4))
    datetime.date(2026, 12, 31)
    >>> day_from("5", date(2026, 12, 4))
    Traceback (most recent call last):
        ...
    fivewhys.countermeasures.day_words.NoDay: “5” is no day yet. Write 5 Dec, or in 5 days.
    """
    words = f"“{clean(text)[:40]}”"
    plain = _BEFORE.sub("", clean(text).lower().replace("’", "'").rstrip(".!,"))
    if not plain:
        raise NoDay(f"Write a day, for example {examples(today, past)}.")
    try:
        found = own_reading(plain, words, today, past) or parsed(plain, today, past)
    except OverflowError:
        found = None
    if found is None:
        raise NoDay(f"{words} is no day. Write for example {examples(today, past)}.")
    if found < today and not past:
        raise NoDay(f"{words} is past. Write a day to come, for example {examples(today)}.")
    if abs(found.year - today.year) > MOST_YEARS:
        raise NoDay(f"{words} is in {found.year}. Write a day within {MOST_YEARS} years.")
    return found


def days_from(text: str) -> int:
    """How many days a person's words mean: 30, “8 weeks”, “3 months”. Raises NoDay.

    A month counts 30 days, a quarter 91 and a year 365.

    >>> days_from("30"), days_from("8 weeks"), days_from("3 months")
    (30, 56, 90)
    """
    words = f"“{clean(text)[:40]}”"
    plain = clean(text).lower().removeprefix("over ").removeprefix("for ").rstrip(".!")
    found = re.fullmatch(r"([0-9]{1,6}|[a-z]+)[ -]?([a-z]*)", plain)
    number = number_of(found[1]) if found else None
    unit = unit_of(found[2] or "day") if found else None
    if found and not found[2] and not DIGITS.fullmatch(found[1]):
        number, unit = 1, unit_of(found[1])
    if number is None or unit is None:
        raise NoDay(f"{words} is no number of days. Write for example 30, 8 weeks or 3 months.")
    days = number * DAYS_IN[unit]
    if not 1 <= days <= MOST_DAYS:
        raise NoDay(f"{words}: write 1 to {MOST_DAYS:,} days, for example 30, 8 weeks or 3 months.")
    return days


def said(day: date, today: date) -> str:
    """How a day is told: “today”, “3 days ago”, “Fri 4 Dec”, with its year where that differs.

    >>> said(date(2026, 12, 1), date(2026, 12, 4)), said(date(2027, 1, 8), date(2026, 12, 4))
    ('3 days ago', 'Fri 8 Jan 2027')
    """
    ahead = (day - today).days
    if ahead in (-1, 0, 1):
        return ("yesterday", "today", "tomorrow")[ahead + 1]
    if -DAYS_COUNTED <= ahead < 0:
        return f"{-ahead} days ago"
    year = "" if day.year == today.year else f" {day.year}"
    return f"{DAYS[day.weekday()][:3].title()} {day.day} {short_month(day)}{year}"

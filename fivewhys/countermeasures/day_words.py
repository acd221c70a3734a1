"""How days are written in English words and numbers: the reading behind `days`.

`dateparser` reads what is left once the words that it reads otherwise than people mean them are
dealt with: it makes the 4th of May of “5”, a day without its month of “december”, January of
“2026-13-01”, a time of “10.12.” and the year 2126 of “1 dec 26”. It is imported when it is first
needed, as that takes a fifth of a second.
"""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta

JUST_PASSED = 31
"""Days for which “1 Dec” still means the one that has been, and so is asked about."""

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_DAY_WORD = (
    r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:rs?(?:day)?)?"
    r"|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
)
_MONTH_WORD = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_NUMBERS |= {"seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}

DAYS_IN = {"day": 1, "d": 1, "week": 7, "w": 7, "fortnight": 14, "month": 30, "quarter": 91}
DAYS_IN |= {"m": 30, "year": 365, "y": 365}
"""How many days a word stands for where it is a window, which has no place in the calendar."""

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.?(?:\s?(\d{4}|\d{2}))?", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}|\d{2}))?", re.ASCII)
_OF_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)(?: of (this|the|next) month)?", re.ASCII)
_WEEKDAY = re.compile(rf"(?:(this|next|last|coming) )?({_DAY_WORD})")
_END = re.compile(
    r"(?:eo|(?:the )?end(?: of)?(?: the)? ?(?:(this|next) )?|this )"
    rf"(w(?:eek)?|m(?:onth)?|q(?:uarter)?|y(?:ear)?|{_MONTH_WORD})(?: (2\d{{3}}))?",
    re.ASCII,
)
_SPAN = re.compile(
    r"(?:in |within )?(\d+|[a-z]+) ?([a-z]+)(?: from (?:now|today)|'? time)?", re.ASCII
)
_DATE = re.compile(
    rf"(?:({_DAY_WORD}),? )?(?:(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH_WORD})"
    rf"|({_MONTH_WORD}) (\d{{1,2}})(?:st|nd|rd|th)?)(?:,? '?(\d{{4}}|\d{{2}}))?",
    re.ASCII,
)
DIGITS = re.compile("[0-9]+")
_WORDED = re.compile(r"[a-z]{3}")


class NoDay(ValueError):
    """A text is no day, or none that can be meant; the message says what to write."""


def short_month(day: date) -> str:
    """The month's short English name, whatever the machine's locale: “Dec”.

    >>> short_month(date(2026, 12, 4))
    'Dec'
    """
    return MONTHS[day.month - 1][:3].title()


def long_day(day: date) -> str:
    """The day as letters have it.

    >>> long_day(date(2026, 12, 4))
    '4 December 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1].title()} {day.year}"


def examples(today: date, past: bool = False) -> str:
    """What one could write instead, of days to come or of the past."""
    if past:
        return f"6 months ago, 1 march or {today.year}-01-15"
    return f"friday, in 2 weeks, end of month or {today.year + 1}-01-15"


def own_reading(text: str, said: str, today: date, past: bool) -> date | None:
    """The day that `text`, in small letters, means where `dateparser` would read it otherwise.

    `said` is the text as messages show it. Raises NoDay where it is half a day or none at all, and
    OverflowError where it lies beyond the calendar.
    """
    if text in ("today", "now"):
        return today
    if DIGITS.fullmatch(text):
        raise NoDay(_unfinished(text, said, today, past))
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]), said)
    if found := _DOTTED.fullmatch(text):
        return _in_year(int(found[2]), int(found[1]), found[3], said, today, past)
    if found := _SLASHED.fullmatch(text):
        return _slashed(found, said, today, past)
    if found := _OF_MONTH.fullmatch(text):
        return _day_of_month(int(found[1]), found[2] or "", said, today, past)
    if found := _WEEKDAY.fullmatch(text):
        return _weekday(_place(found[2], DAYS), found[1] or "", today, past)
    if found := _END.fullmatch(text):
        return _end(found, today)
    if found := _DATE.fullmatch(text):
        day, month = int(found[2] or found[5]), _place(found[3] or found[4], MONTHS) + 1
        return _on_weekday(found[1], month, day, found[6], said, today, past)
    if re.fullmatch(_MONTH_WORD, text):
        name = MONTHS[_place(text, MONTHS)].title()
        raise NoDay(f"{said} is no day yet. Write 1 {name}, or end of {name}.")
    if found := _SPAN.fullmatch(text):
        number, unit = number_of(found[1]), unit_of(found[2])
        if number is not None and unit:
            return _after(today, number, unit)
    return None


def parsed(text: str, today: date, past: bool) -> date | None:
    """The day that `dateparser` finds in a text of words."""
    # Numbers and signs alone it reads in the order of American dates; hours and less are no days.
    if (
        not text.isascii()
        or not _WORDED.search(text)
        or re.search(r"-\d|\d:\d|hour|minute|second|\bnoon|\bnow\b", text)
    ):
        return None
    import dateparser

    found = dateparser.parse(
        text,
        languages=["en"],
        settings={
            "RELATIVE_BASE": datetime.combine(today, time.min),
            "PREFER_DATES_FROM": "past" if past else "future",
            "REQUIRE_PARTS": ["day", "month"],
        },
    )
    return found.date() if found else None


def _unfinished(text: str, said: str, today: date, past: bool) -> str:
    """What to write for a number alone: days that are taken where it stands."""
    number = int(text) if len(text) <= 4 else 0
    if not 1 <= number <= 31:
        return f"{said} is no day yet. Write for example {examples(today, past)}."
    month = short_month(_day_of_month(number, "", said, today, past))
    days = f"{number} day{'' if number == 1 else 's'}"
    counted = f"{days} ago" if past else f"in {days}"
    return f"{said} is no day yet. Write {number} {month}, or {counted}."


def _day(year: int, month: int, day: int, said: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NoDay(f"{said} is not in the calendar. Write a day that is.") from None


def _in_year(month: int, day: int, year: str | None, said: str, today: date, past: bool) -> date:
    """The day with the year it was given, or else with the one that is meant."""
    if year:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day, said)
    # A leap year has every day there is.
    _day(2024, month, day, said)
    found = [
        date(year, month, day)
        for year in range(today.year - 8, today.year + 9)
        if 1 <= month <= 12 and day <= monthrange(year, month)[1]
    ]
    before = max(each for each in found if each <= today)
    if past or before == today:
        return before
    if (today - before).days <= JUST_PASSED:
        after = min(each for each in found if each > today)
        raise NoDay(f"{said} is past. Write a day to come, or {after} for the one in {after.year}.")
    return min(each for each in found if each > today)


def _slashed(found: re.Match[str], said: str, today: date, past: bool) -> date:
    first, second = int(found[1]), int(found[2])
    if first <= 12 and second <= 12 and first != second:
        months = [MONTHS[number - 1].title() for number in (first, second)]
        raise NoDay(
            f"{said} could be {first} {months[1]} or {second} {months[0]}. Write the month as a "
            f"word, for example {first} {months[1][:3]}."
        )
    day, month = (second, first) if second > 12 else (first, second)
    return _in_year(month, day, found[3], said, today, past)


def _day_of_month(day: int, which: str, said: str, today: date, past: bool) -> date:
    """“the 15th”: of this month, or the nearest month before or after that has it still to come."""
    months = 1 if which == "next" else 0
    step = -1 if past else 1
    for ahead in range(months, months + 3) if not which else [months]:
        first = _after(today.replace(day=1), step * ahead if not which else ahead, "month")
        if 1 <= day <= monthrange(first.year, first.month)[1]:
            found = first.replace(day=day)
            if which or (found <= today if past else found >= today):
                return found
    raise NoDay(f"{said} is not in the calendar. Write a day that is.")


def _weekday(weekday: int, which: str, today: date, past: bool) -> date:
    monday = today - timedelta(days=today.weekday())
    if which == "next":
        return monday + timedelta(days=7 + weekday)
    ahead = (weekday - today.weekday()) % 7
    if which == "last":
        return today - timedelta(days=7 - ahead)
    if which == "this":
        return today + timedelta(days=ahead)
    if past and which != "coming":
        return today - timedelta(days=-ahead % 7)
    return today + timedelta(days=ahead or 7)


def _end(found: re.Match[str], today: date) -> date:
    """The last day of a week (its Friday), month, quarter or year."""
    ahead = 1 if found[1] == "next" else 0
    what = found[2]
    if what in ("w", "week"):
        friday = today + timedelta(days=4 - today.weekday() + 7 * ahead)
        return friday if friday >= today else friday + timedelta(days=7)
    if what in ("y", "year"):
        return date(int(found[3] or today.year + ahead), 12, 31)
    if what in ("m", "month"):
        first = _after(today.replace(day=1), ahead, "month")
    elif what in ("q", "quarter"):
        last_month = (today.month + 2) // 3 * 3
        first = _after(today.replace(month=last_month, day=1), 3 * ahead, "month")
    else:
        month = _place(what, MONTHS) + 1
        year = int(found[3]) if found[3] else today.year + ahead + (month < today.month)
        first = date(year, month, 1)
    return first.replace(day=monthrange(first.year, first.month)[1])


def _after(day: date, number: int, unit: str) -> date:
    """`number` units later; at the end of a shorter month where it has no such day."""
    if unit in ("month", "m", "quarter", "year", "y"):
        months = number * {"month": 1, "m": 1, "quarter": 3}.get(unit, 12) + day.month - 1
        year, month = day.year + months // 12, months % 12 + 1
        if not 1 <= year <= 9999:
            raise OverflowError
        return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))
    return day + timedelta(days=number * DAYS_IN[unit])


def _on_weekday(
    word: str | None, month: int, day: int, year: str | None, said: str, today: date, past: bool
) -> date:
    """A date with its weekday, which may tell that this year is meant, and not the one before."""
    if not word:
        return _in_year(month, day, year, said, today, past)
    weekday = _place(word, DAYS)
    if not year and 1 <= day <= monthrange(today.year, month)[1]:
        found = date(today.year, month, day)
        if found.weekday() == weekday:
            return found
    found = _in_year(month, day, year, said, today, past)
    if found.weekday() != weekday:
        name = DAYS[found.weekday()].title()
        raise NoDay(f"{said}: {long_day(found)} is a {name}. Write which of the two is meant.")
    return found


def _place(word: str, names: tuple[str, ...]) -> int:
    return next(place for place, name in enumerate(names) if name.startswith(word[:3]))


def number_of(text: str) -> int | None:
    """The number that digits or a word up to twelve mean."""
    if DIGITS.fullmatch(text):
        return int(text) if len(text) <= 6 else None
    return _NUMBERS.get(text)


def unit_of(text: str) -> str | None:
    """The unit of `DAYS_IN` that a word means, also in the plural."""
    for unit in (text, text.removesuffix("s"), text.removesuffix("'"), text.removesuffix("s'")):
        if unit in DAYS_IN:
            return unit
    return None

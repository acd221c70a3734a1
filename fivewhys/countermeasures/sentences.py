"""Sentences that tell the same of one thing or of several."""

from collections.abc import Sequence
from datetime import date
from string import Template

from fivewhys.countermeasures.days import short_month
from fivewhys.text import excerpt

MOST_NAMED = 3
"""Things that one sentence names; the others are counted."""

_LONGEST_NAME = 60
_LONGEST_OF_SEVERAL = 40

Words = tuple[str, str]
"""The sentence about one thing, with $name and $more; and about several, with $count and $names."""


def told(found: Sequence[tuple[str, str]], words: Words) -> str:
    """The sentence about things: what each is called, and what more is said of it, or nothing.

    >>> told([("Block it", "")], ("“$name” has no owner.", "$count have none: $names."))
    '“Block it” has no owner.'
    """
    one, several = words
    if len(found) == 1:
        name, more = found[0]
        return Template(one).substitute(name=_short(name, _LONGEST_NAME), more=more)
    names = [
        f"“{_short(name, _LONGEST_OF_SEVERAL)}”" + (f" ({more})" if more else "")
        for name, more in found[:MOST_NAMED]
    ]
    if len(found) > MOST_NAMED:
        names.append(f"{len(found) - MOST_NAMED} more")
    return Template(several).substitute(count=len(found), names=listed_in_words(names))


def listed_in_words(words: Sequence[str]) -> str:
    """One or more words with commas and an “and”.

    >>> listed_in_words(["a", "b", "c"])
    'a, b and c'
    """
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def short_date(day: date) -> str:
    """A day with its year, in little room.

    >>> short_date(date(2026, 3, 3))
    '3 Mar 2026'
    """
    return f"{day.day} {short_month(day)} {day.year}"


def _short(text: str, longest: int) -> str:
    return excerpt(text, longest).rstrip(".")

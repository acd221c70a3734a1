"""The history of a session as lines of a list: days as headings, and what was done on each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from fivewhys.reports.history import Entry


@dataclass(frozen=True, slots=True)
class Day:
    """The heading over what was done on one day, where the person is."""

    on: date


Line: TypeAlias = Day | Entry


def day_of(entry: Entry) -> date:
    """The day of an entry where the person is."""
    return entry.at.astimezone().date()


def by_day(entries: Iterable[Entry], after: date | None = None) -> Iterator[Line]:
    """The entries, newest first, with a heading where another day begins than `after`."""
    for entry in entries:
        on = day_of(entry)
        if on != after:
            yield Day(on)
            after = on
        yield entry

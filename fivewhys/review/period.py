"""Which part of the history a review is about, and how its days fall into months.

A session belongs to the day on which its problem was noticed or, where nobody knows, on which the
session was opened: the day that people had on their own calendars, so a time zone is given.
Moments are seconds since 1 January 1970 (UTC), as whole numbers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property

from fivewhys.models.words import Severity

FIRST_DAY = date(1, 1, 2)
"""Days before it and after `LAST_DAY` have no midnight in every time zone."""
LAST_DAY = date(9999, 12, 30)
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """What a review is narrowed to; what is empty narrows nothing.

    Of several values of one kind a session has one, whatever its capitals; an empty text among
    them stands for sessions that do not say. A session is asked about where all of these hold.
    """

    since: date | None = None
    """The first day, as the person's calendar has it."""
    until: date | None = None
    """The last day, which belongs to the period."""
    sites: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    severities: tuple[Severity | None, ...] = ()
    """None for sessions that do not say."""
    categories: tuple[tuple[str, str], ...] = ()
    """A lens and a category of it, by their ids: a cause of the session carries one of them."""
    owners: tuple[str, ...] = ()
    """Somebody of these owns a countermeasure of the session that was not rejected."""
    facilitators: tuple[str, ...] = ()
    text: str = ""
    """Each word stands in the problem, the place, the facilitator or the session's short name."""


def midnight(day: date, zone: tzinfo | None = None) -> datetime:
    """When a day begins in a time zone, or in that of the machine for None; aware, in UTC.

    >>> midnight(date(2026, 3, 1), UTC)
    datetime.datetime(2026, 3, 1, 0, 0, tzinfo=datetime.timezone.utc)
    """
    day = min(max(day, FIRST_DAY), LAST_DAY)
    return datetime.combine(day, time(), zone).astimezone(UTC)


def days_since_1970(day: date) -> int:
    """The number of a day, as dividing a moment of it by the seconds of a day gives it."""
    return day.toordinal() - _EPOCH


def bounds(
    since: date | None, until: date | None, zone: tzinfo | None = None
) -> tuple[datetime | None, datetime | None]:
    """The first moment of a period and the first one after it, None where it has no end there."""
    start = midnight(since, zone) if since else None
    after = midnight(until + timedelta(days=1), zone) if until and until < LAST_DAY else None
    return start, after


@dataclass(frozen=True)
class Months:
    """The months that some moments fall into, without gaps, as calendars in one zone have them."""

    first: date
    """The first day of the first month."""
    count: int
    zone: tzinfo | None

    @staticmethod
    def of(moments: Iterable[int], zone: tzinfo | None = None) -> "Months":
        """From the month of the earliest moment to that of the latest; none for no moments."""
        moments = list(moments)
        if not moments:
            return Months(date(1970, 1, 1), 0, zone)
        first, last = (_local_day(at, zone) for at in (min(moments), max(moments)))
        count = 12 * (last.year - first.year) + last.month - first.month + 1
        return Months(first.replace(day=1), count, zone)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The first day of each month."""
        return tuple(_later(self.first, months) for months in range(self.count))

    @cached_property
    def starts(self) -> list[int]:
        """The first moment of each month."""
        return [int(midnight(day, self.zone).timestamp()) for day in self.days]


def _local_day(at: int, zone: tzinfo | None) -> date:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=at)
    if not FIRST_DAY <= moment.date() <= LAST_DAY:
        return moment.date()
    return moment.astimezone(zone).date()


def _later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)

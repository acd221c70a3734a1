"""Rows of sessions, causes and countermeasures, one named tuple for each."""

from bisect import bisect_right
from datetime import date
from typing import NamedTuple

from fivewhys.models.plan_words import CountermeasureKind, Means, Progress
from fivewhys.models.weighing import weight_of
from fivewhys.models.words import Severity
from fivewhys.review.counting import Counts
from fivewhys.review.period import Months
from fivewhys.review.rows import customers_in


def month_of(months: Months, at: int) -> int:
    """Which month a moment is in, counted from 0; it must be one of those."""
    return max(bisect_right(months.starts, at) - 1, 0)


class SessionRow(NamedTuple):
    """A session that is asked about."""

    number: int
    site: str
    department: str
    channel: str
    severity: Severity | None
    how_much: str
    """The fact of this name, in people's words."""

    @property
    def customers(self) -> int | None:
        """How many customers it hit, where its facts say so."""
        return customers_in(self.how_much)

    @property
    def weight(self) -> int:
        """Severity times customers; one customer at least was hit where nobody says how many."""
        return weight_of(self.severity) * (self.customers or 1)


class FoundRow(NamedTuple):
    """A cause that stands, of any session, asked about or not."""

    key: bytes
    """The bytes of its key: a hundred thousand UUIDs would take as long as all that is counted."""
    number: int
    at: int
    """When the problem of its session was noticed, or else when that session was opened."""
    words: int
    """The number that equal wordings share: `fivewhys.text.words_number`."""


class FixRow(NamedTuple):
    """Something that was done about a cause and could keep it from coming back."""

    action: bytes
    """The bytes of the countermeasure's key."""
    cause: bytes
    number: int
    words: int
    done_on: date


class ClockRow(NamedTuple):
    """When the steps of a session were reached; None where they were not, or nobody knows."""

    number: int
    severity: Severity | None
    since: int
    acknowledged: int | None
    root_found: int | None
    fixed: date | None
    told: int | None


class ActionRow(NamedTuple):
    """A countermeasure of a session that is asked about."""

    number: int
    kind: CountermeasureKind
    progress: Progress
    means: Means | None
    due: date | None
    done_on: date | None
    is_back: bool
    """Whether its cause was found again after it was done."""


class QualityRow(NamedTuple):
    """How the analysis of one session was made."""

    number: int
    at: int
    facilitator: str
    counts: Counts

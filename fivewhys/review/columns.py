"""The history as a review reads it: columns of numbers, the same place in each for one thing.

Named tuples, which the figures were first made of, take seconds at a hundred thousand sessions;
columns take milliseconds. Sessions go by their place in `Sessions`, and are told by their numbers.
A moment is whole seconds since 1 January 1970 (UTC), a day is days since then; words go by the
number of `fivewhys.text.words_number`, names by their place in one list of all names.

Each kind of rows also has a packed form, in which the store keeps it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fivewhys.models.plan_words import CountermeasureKind, Means, Progress
from fivewhys.models.weighing import weight_of
from fivewhys.models.words import Severity
from fivewhys.review.figure import Behind
from fivewhys.review.period import Months
from fivewhys.review.spelling import Spelling

Column = NDArray[Any]

FORM = 1
"""Counted up where rows are packed in another way, so that all are packed anew."""

NEVER = -(2**62)
"""Stands for a moment that was not reached, or that nobody knows."""

NO_WORDS = 2**63 - 1
"""Stands for the words of what is no cause."""

NO_DAY = -(2**31)
"""Stands for a day that nobody gave."""

UNKNOWN = -1
"""Stands for a word that nobody chose, or a number that nobody gave."""

_SPARSE = 8
"""Numbers of sessions for each session from which on a table of all would be too large."""

MOST = 2**31 - 1
"""A larger number of customers is told as this: nobody has so many."""


class Part(StrEnum):
    """A kind of rows."""

    SESSION = "session"
    COUNT = "count"
    ROOT = "root"
    """Root causes that stand."""
    CAUSE = "cause"
    """Causes that were not ruled out, roots among them."""
    ACTION = "action"
    CATEGORY = "category"
    """Causes that carry a category of a lens and were not ruled out."""


FACTS = ("site", "region", "department", "channel", "facilitator")
"""What sessions say of themselves in names."""

COUNTS = (
    *("causes", "roots", "with_evidence", "points", "questions", "answered", "legs", "blame"),
    "depth",
)
"""What is counted in each session: `fivewhys.review.counting.Counts`."""

_PACKED: dict[Part, np.dtype[Any]] = {
    Part.SESSION: np.dtype(
        [
            *(("number", "<i8"), ("seq", "<i8"), ("is_deleted", "i1"), ("at", "<i8")),
            *((name, "<i4") for name in FACTS),
            *(("severity", "i1"), ("customers", "<i4")),
            *((name, "<i8") for name in ("acknowledged", "root_found", "told")),
        ]
    ),
    Part.COUNT: np.dtype(
        [
            *(("number", "<i8"), ("seq", "<i8"), ("rules", "<i8")),
            *((name, "<i4") for name in COUNTS),
        ]
    ),
    Part.ROOT: np.dtype([("number", "<i8"), ("words", "<i8"), ("key", "V16")]),
    Part.CAUSE: np.dtype([("number", "<i8"), ("words", "<i8")]),
    Part.ACTION: np.dtype(
        [
            *(("number", "<i8"), ("words", "<i8"), ("cause", "V16")),
            *((name, "i1") for name in ("kind", "progress", "means")),
            *((name, "<i4") for name in ("owner", "due", "done_on")),
        ]
    ),
    Part.CATEGORY: np.dtype([("number", "<i8"), ("lens", "<i4"), ("category", "<i4")]),
}

SEVERITIES, KINDS, PROGRESS, MEANS = (
    *(tuple(Severity), tuple(CountermeasureKind), tuple(Progress), tuple(Means)),
)
"""Words by their codes, which are their places here."""


def pack(part: Part, rows: Sequence[tuple[Any, ...]]) -> bytes:
    """Rows of one kind, each with the values of its fields in their order, as bytes."""
    return np.array(rows, _PACKED[part]).tobytes()


def unpack(part: Part, contents: Iterable[bytes]) -> Column:
    """All rows of one kind, with a field for each of their values."""
    return np.frombuffer(b"".join(contents), _PACKED[part])


def fields(part: Part) -> tuple[str, ...]:
    """The names of the values of one kind of rows, in their order."""
    return _PACKED[part].names or ()


@dataclass(frozen=True)
class Sessions:
    """The sessions that are not deleted, in the order of their numbers."""

    rows: Column
    names: Sequence[str]

    @staticmethod
    def of(rows: Column, names: Sequence[str]) -> "Sessions":
        """Those of all rows that are not deleted."""
        is_deleted = rows["is_deleted"] != 0
        # They come in the order of their numbers.
        return Sessions(rows[~is_deleted] if is_deleted.any() else rows, names)

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def number(self) -> Column:
        """Their numbers, ascending."""
        return self["number"]

    @cached_property
    def at(self) -> Column:
        """When each problem was noticed or, where nobody knows, when the session was opened."""
        return self["at"]

    @property
    def everyone(self) -> Column:
        """All of them."""
        return np.ones(len(self), bool)

    @cached_property
    def age(self) -> Column:
        """The place of each among all in the order of their moments, then of their numbers."""
        age = np.empty(len(self), np.int64)
        age[np.argsort(self.at, kind="stable")] = np.arange(len(self))
        return age

    @cached_property
    def weight(self) -> Column:
        """Severity times customers; one customer at least was hit where nobody says how many."""
        # The code of an unknown severity is -1: the last.
        severity = np.array([*map(weight_of, SEVERITIES), weight_of(None)])
        weight: Column = severity[self.rows["severity"]] * np.maximum(self.rows["customers"], 1)
        return weight

    def __getitem__(self, name: str) -> Column:
        """One of their columns, close together."""
        return np.ascontiguousarray(self.rows[name])

    def places(self, numbers: Column) -> Column:
        """The place of each session with one of these numbers; -1 where it is not there."""
        table = self._place_of
        if table is None:
            return places_in(self.number, numbers)
        found: Column = table[np.clip(numbers, 0, len(table) - 1)]
        return found

    @cached_property
    def _place_of(self) -> Column | None:
        """The place of the session with each number; None where numbers are far between."""
        most = int(self.number[-1]) if len(self) else 0
        if most > _SPARSE * len(self) or (len(self) and self.number[0] < 1):
            return None
        # What lies outside is told as what stands at both ends: nowhere.
        table = np.full(most + 2, -1)
        table[self.number] = np.arange(len(self))
        return table

    def numbered(self, numbers: Iterable[int]) -> Column:
        """Which sessions have one of these numbers."""
        places = self.places(np.fromiter(numbers, np.int64))
        return among(len(self), places[places >= 0])

    def named(self, column: str, wanted: Iterable[str]) -> Column:
        """Which sessions have one of these names in a column, whatever their capitals."""
        found: Column = name_is(self.names, wanted)[self.rows[column]]
        return found

    def behind(self, which: Column) -> Behind:
        """The numbers of some sessions, told by a place for each or by yes and no for all.

        They are made when somebody asks for them.
        """
        number = self.number
        if which.dtype == bool:
            return Behind(int(np.count_nonzero(which)), lambda: number[which])
        return Behind(len(which), lambda: np.sort(number[which]))


@dataclass(frozen=True)
class Rows:
    """Rows of one kind that belong to sessions which are not deleted."""

    rows: Column
    session: Column
    """The place of the session of each."""

    @staticmethod
    def of(sessions: Sessions, rows: Column) -> "Rows":
        """Those of some sessions."""
        places = sessions.places(rows["number"])
        if len(places) and places.min() < 0:
            rows, places = rows[places >= 0], places[places >= 0]
        return Rows(rows, places)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, name: str) -> Column:
        """One of their columns, close together."""
        return np.ascontiguousarray(self.rows[name])

    def where(self, which: Column) -> "Rows":
        """Some of them."""
        return Rows(self.rows[which], self.session[which])


def name_is(names: Sequence[str], wanted: Iterable[str]) -> Column:
    """Of all names, which are one of these, whatever their capitals."""
    folded = {name.casefold() for name in wanted}
    return np.fromiter((name.casefold() in folded for name in names), bool, len(names))


def places_in(ordered: Column, values: Column) -> Column:
    """Where each of some values stands among those in order; -1 where it does not."""
    if not len(ordered):
        return np.full(len(values), -1)
    # Looking up what is in order takes half as long, the ordering included.
    order = np.argsort(values)
    places = np.empty(len(values), np.int64)
    places[order] = np.searchsorted(ordered, values[order])
    places[places == len(ordered)] = 0
    return np.where(ordered[places] == values, places, -1)


def among(length: int, places: Column) -> Column:
    """Of so many things, which have one of these places."""
    found = np.zeros(length, bool)
    found[places] = True
    return found


def most_used(names: Sequence[str], column: Column, most: int) -> list[str]:
    """The names of a column, so many at most, those used most first; an empty one left out."""
    found, times = np.unique(column, return_counts=True)
    told = zip(times.tolist(), (names[one] for one in found.tolist()), strict=True)
    return [name for _, name in sorted(told, key=lambda one: (-one[0], one[1])) if name][:most]


def many(groups: Column, length: int, which: Column | None = None) -> Column:
    """How many things each of `length` groups has; of those that are `which`, if that is given."""
    return np.bincount(groups if which is None else groups[which], minlength=length)


def in_groups(sessions: Sessions, group: Column, session: Column) -> Callable[[int], Behind]:
    """What gives the sessions behind each group; the two tell the pairs of these, each once."""
    # Figures keep these as long as they are shown, so they are as narrow as can be.
    held = session[np.argsort(group, kind="stable")].astype(np.int32)
    ends = np.cumsum(np.bincount(group))

    def behind(one: int) -> Behind:
        if one >= len(ends):
            return sessions.behind(held[:0])
        return sessions.behind(held[ends[one - 1] if one else 0 : ends[one]])

    return behind


def in_months(at: Column, zone: tzinfo | None) -> tuple[Months, Column]:
    """The months that some moments fall into, and which of them each is in."""
    months = Months.of((int(at.min()), int(at.max())) if len(at) else (), zone)
    return months, np.maximum(np.searchsorted(months.starts, at, "right") - 1, 0)


def folded(
    names: Sequence[str], column: Column, spelled: Spelling
) -> tuple[Column, dict[str, int]]:
    """What stands for each name of a column whatever its capitals, as its place among these."""
    found, times = np.unique(column, return_counts=True)
    different: dict[str, int] = {}
    place = np.zeros(len(names), np.int64)
    # Few names are written in a few ways; each is looked at once.
    for one, number in zip(found.tolist(), times.tolist(), strict=True):
        place[one] = different.setdefault(spelled(names[one], number), len(different))
    return place[column], different


def middle(values: Column) -> float:
    """The middle of some values in order, or what lies between the two in the middle."""
    both = values[(len(values) - 1) // 2 : len(values) // 2 + 1]
    return int(both[0]) if len(both) == 1 else int(both.sum()) / 2

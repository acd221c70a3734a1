"""One figure of the review: a number, what it counts, and the sessions behind it.

Nothing to count is no number: no share of nothing is 0 %, nor 100 %. Of few, people are told “2 of
3”, since one session more or less would change the per cent beyond all meaning.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any, overload

import numpy as np

from fivewhys.models.shares import percent

FEW = 10
"""Below so many a share is told as “2 of 3”."""

DAY = 24 * 60 * 60


class Behind(Sequence[int]):
    """The numbers of the sessions behind a figure, each once, in order.

    How many they are is known; which they are is worked out once somebody asks: of hundreds of
    figures a few are opened.
    """

    def __init__(self, length: int, read: Callable[[], Any]) -> None:
        """`read` gives an array of `length` numbers in order."""
        self._length = length
        self._read: Callable[[], Any] | None = read
        self._numbers: tuple[int, ...] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        """All of them."""
        if self._read is not None:
            # The tuple first: another thread may look at the same figure.
            self._numbers = tuple(self._read().tolist())
            self._read = None
        return self._numbers

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[int, ...]: ...
    def __getitem__(self, place: int | slice) -> int | tuple[int, ...]:
        return self.numbers[place]

    def __iter__(self) -> Iterator[int]:
        return iter(self.numbers)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Behind):
            return self.numbers == other.numbers
        return self.numbers == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.numbers)

    def __repr__(self) -> str:
        return repr(self.numbers)


def together(several: Sequence[Sequence[int]]) -> Behind:
    """The sessions behind several figures, none of which is behind two of them."""
    return Behind(
        sum(map(len, several)),
        lambda: np.array(sorted(chain.from_iterable(several)), np.int64),
    )


class Unit(StrEnum):
    """What the number of a figure is."""

    COUNT = "count"
    SHARE = "share"
    """From 0 to 1."""
    SECONDS = "seconds"
    NUMBER = "number"
    """A mean or a weight."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its meaning."""

    name: str
    """Its name in data, for example `overdue`."""
    label: str
    """What people read beside it."""
    value: float | None
    """None where there is nothing to count yet."""
    unit: Unit
    about: str
    """How it is counted, in whole sentences."""
    of: int = 0
    """How many things the number was made from: the whole of a share, the values of a median."""
    sessions: Sequence[int] = ()
    """The numbers of the sessions behind it, each once, in order."""
    opens: str = ""
    """What these sessions are, where that is not what `label` says."""

    @property
    def text(self) -> str:
        """The number as people read it: “2 of 3”, “67 % of 120”, “3 days”, “none yet”."""
        if self.value is None:
            return "none yet"
        if self.unit is Unit.SHARE:
            return share_text(round(self.value * self.of), self.of)
        if self.unit is Unit.SECONDS:
            return time_text(self.value)
        return f"{self.value:,.1f}" if self.unit is Unit.NUMBER else f"{int(self.value):,}"


def count(name: str, label: str, sessions: Iterable[int], about: str, things: int = -1) -> Figure:
    """So many things; so many sessions, unless `things` says how many they are."""
    behind = numbers(sessions)
    number = len(behind) if things < 0 else things
    return Figure(name, label, number, Unit.COUNT, about, number, behind)


def share(
    name: str,
    label: str,
    part: int,
    whole: int,
    about: str,
    sessions: Iterable[int] = (),
    opens: str = "",
) -> Figure:
    """A part of a whole; no number where the whole is nothing."""
    value = part / whole if whole else None
    return Figure(name, label, value, Unit.SHARE, about, whole, numbers(sessions), opens)


def numbers(sessions: Iterable[int]) -> Sequence[int]:
    """Numbers of sessions, each once, in order."""
    if isinstance(sessions, Behind):
        return sessions
    return tuple(sorted(set(sessions)))


def share_text(part: int, whole: int) -> str:
    """A share as people read it; 0 % and 100 % only where it is none, or all.

    >>> share_text(2, 3), share_text(80, 120), share_text(0, 0), share_text(999, 1000)
    ('2 of 3', '67 % of 120', 'none yet', '99 % of 1,000')
    """
    if not whole:
        return "none yet"
    if whole < FEW:
        return f"{part:,} of {whole:,}"
    return f"{percent(part / whole)} % of {whole:,}"


def time_text(seconds: float) -> str:
    """How long something took, as people say it: hours below two days, then days.

    >>> time_text(90 * 60), time_text(36 * 3600), time_text(20.4 * 86400), time_text(0)
    ('1.5 hours', '36 hours', '20 days', '0 hours')
    """
    if seconds < 2 * DAY:
        hours = seconds / 3600
        told = f"{hours:.1f}" if hours < 10 and not hours.is_integer() else f"{hours:.0f}"
        return f"{told} {'hour' if told in ('1', '1.0') else 'hours'}"
    return f"{seconds / DAY:,.0f} days"

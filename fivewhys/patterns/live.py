"""What counts of a history, in columns: problems and causes by their places in one list.

What was ruled out is left out with all that is below it. A million causes as objects that refer to
each other take long to be gone through; as columns of numbers they do not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from fivewhys.models.past import Past, PastCause, PastDeed
from fivewhys.models.words import Status

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

T = TypeVar("T")
Number = TypeVar("Number", np.int64, np.bool_)

_OUT = -2


def column(numbers: Sequence[int]) -> Ints:
    """Some numbers as a column."""
    return np.array(numbers, np.int64)


def _joined(parts: Iterable[Sequence[T]]) -> list[T]:
    return [*chain.from_iterable(parts)]


def distinct(numbers: Ints) -> Ints:
    """Each of some numbers once, in their order; NumPy's own way takes many times as long."""
    ordered = np.sort(numbers)
    is_new = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=is_new[1:])
    return ordered[is_new]


def are_in(numbers: Ints, others: Ints) -> Bools:
    """Which numbers are among others; where both are many, NumPy's own way takes longer."""
    if not len(others):
        return np.zeros(len(numbers), bool)
    ordered = np.sort(others)
    at = np.minimum(np.searchsorted(ordered, numbers), len(ordered) - 1)
    return np.asarray(ordered[at] == numbers)


@dataclass(frozen=True, slots=True)
class Counted:
    """What counts of some causes; no parent lies outside them."""

    causes: Sequence[PastCause]
    """Each after its parent."""
    keys: Sequence[str]
    parents: Sequence[int]
    """The place of each one's parent, or -1 for a problem."""
    is_root: Sequence[bool]
    acted_on: Sequence[int]
    """For each countermeasure the place of its cause, or -1 where that does not count."""


def counted(causes: Iterable[PastCause], deeds: Iterable[PastDeed]) -> Counted:
    """What counts of `causes`, which stand each after its parent, and of what was done."""
    places: dict[int, int] = {}
    live: list[PastCause] = []
    parents: list[int] = []
    for cause in causes:
        if cause.status is Status.RULED_OUT:
            continue
        # A UUID takes long to be hashed, its number does not.
        parent = -1 if cause.parent_id is None else places.get(cause.parent_id.int, _OUT)
        if parent != _OUT:
            places[cause.id.int] = len(live)
            live.append(cause)
            parents.append(parent)
    return Counted(
        live,
        [str(cause.id) for cause in live],
        parents,
        [cause.is_root for cause in live],
        [places.get(deed.cause_id.int, -1) for deed in deeds],
    )


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What counts of sessions, one after the other; places count from where each begins."""

    causes: list[PastCause]
    keys: list[str]
    parents: Ints
    is_root: Bools
    acted_on: Ints
    sizes: Ints
    """How many causes each session has."""
    deeds: Ints
    """How many countermeasures each session has."""

    @classmethod
    def of(cls, parts: Sequence[Counted]) -> "Parts":
        """Those of some sessions."""
        return cls(
            _joined([part.causes for part in parts]),
            _joined([part.keys for part in parts]),
            column(_joined([part.parents for part in parts])),
            np.array(_joined([part.is_root for part in parts]), bool),
            column(_joined([part.acted_on for part in parts])),
            column([len(part.keys) for part in parts]),
            column([len(part.acted_on) for part in parts]),
        )

    def spliced(self, begin: int, end: int, other: "Parts") -> "Parts":
        """The same with `other` in place of the sessions from `begin` up to `end`."""
        causes = int(self.sizes[:begin].sum()), int(self.sizes[:end].sum())
        deeds = int(self.deeds[:begin].sum()), int(self.deeds[:end].sum())
        return Parts(
            list_with(self.causes, *causes, other.causes),
            list_with(self.keys, *causes, other.keys),
            column_with(self.parents, *causes, other.parents),
            column_with(self.is_root, *causes, other.is_root),
            column_with(self.acted_on, *deeds, other.acted_on),
            column_with(self.sizes, begin, end, other.sizes),
            column_with(self.deeds, begin, end, other.deeds),
        )


def list_with(some: Sequence[T], begin: int, end: int, others: Sequence[T]) -> list[T]:
    """The same with `others` in place of what stands from `begin` up to `end`."""
    return [*some[:begin], *others, *some[end:]]


def column_with(
    some: NDArray[Number], begin: int, end: int, others: NDArray[Number]
) -> NDArray[Number]:
    """The same for a column."""
    return np.concatenate([some[:begin], others, some[end:]])


def _moved(within: Ints, sizes: Ints, begins: Ints) -> Ints:
    """Places within sessions, of which each has so many, as places among all; -1 stays."""
    return np.where(within < 0, -1, within + np.repeat(begins, sizes))


class Live:
    """The columns of a history, from what counts of each of its sessions."""

    def __init__(self, past: Past, parts: Parts) -> None:
        """`parts` are in the order of the sessions."""
        self._take(past, parts)
        self.sessions: Ints = np.repeat(np.arange(len(parts.sizes)), parts.sizes)
        """The place of each one's session in `past.sessions`."""

    @classmethod
    def of(cls, past: Past) -> "Live":
        """The columns of a whole history."""
        found = cls.__new__(cls)
        found._take(past, Parts.of([counted(past.causes, past.deeds)]))
        ranks = {session.id.int: rank for rank, session in enumerate(past.sessions)}
        found.sessions = column([ranks[cause.session_id.int] for cause in found.causes])
        return found

    def _take(self, past: Past, parts: Parts) -> None:
        self.past = past
        self.causes: Sequence[PastCause] = parts.causes
        self.keys: Sequence[str] = parts.keys
        self.is_root: Bools = parts.is_root
        begins = np.cumsum(parts.sizes) - parts.sizes
        self.parents: Ints = _moved(parts.parents, parts.sizes, begins)
        """The place of each one's parent, or -1 for a problem."""
        self.acted_on: Ints = _moved(parts.acted_on, parts.deeds, begins)
        """For each of `past.deeds` the place of its cause, or -1 where that does not count."""

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def place_of(self) -> dict[str, int]:
        """The place of each key."""
        return {key: place for place, key in enumerate(self.keys)}

    @cached_property
    def session_list(self) -> list[int]:
        """`sessions`, to be looked at one by one."""
        found: list[int] = self.sessions.tolist()
        return found

    @cached_property
    def is_root_list(self) -> list[bool]:
        """`is_root`, to be looked at one by one."""
        found: list[bool] = self.is_root.tolist()
        return found

    @cached_property
    def depths(self) -> Ints:
        """How many whys below its problem each stands."""
        depths = (self.parents >= 0).astype(np.int64)
        above = self.parents.copy()
        # Each look takes the way that all have gone so far, so that deep chains take few.
        while (left := np.flatnonzero(above >= 0)).size:
            here = above[left]
            depths[left] += depths[here]
            above[left] = above[here]
        return depths

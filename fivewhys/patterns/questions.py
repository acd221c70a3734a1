"""What to ask people, in columns: which pairs are open, and in which order they are asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.contraction import Units
from fivewhys.patterns.likely import Calibration, Likely, in_words
from fivewhys.patterns.live import Bools, Ints

Numbers = NDArray[np.float64]

ROOT = 2.0
"""A cause that was called root counts as much as two that were not: roots are acted on."""


TOLD = 4.0
"""How much more an answer is worth that makes sure, or takes back, what findings tell already:
people read them and act on them."""

ALONE = -1


@dataclass(frozen=True, slots=True)
class Question:
    """A pair to be decided."""

    a: str
    b: str
    """The keys; `a` is the smaller."""
    score: float
    """The cosine."""
    probability: float
    likely: Likely
    is_skipped: bool
    """Whether somebody left it for later; such pairs come last."""
    worth: float
    """What the order goes by, within those that were skipped and those that were not."""

    @property
    def pair(self) -> tuple[str, str]:
        """Both keys."""
        return self.a, self.b


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of causes by their places among all keys in their order, `a` before `b`."""

    a: Ints
    b: Ints
    scores: Numbers

    def some(self, chosen: Ints | Bools) -> "Pairs":
        """These of them, in the order in which they are chosen."""
        return Pairs(self.a[chosen], self.b[chosen], self.scores[chosen])


@dataclass(frozen=True, slots=True, eq=False)
class Causes:
    """What makes it worth asking about causes, in the order of their keys."""

    keys: Sequence[str]
    sessions: Ints
    """A number for the session of each."""
    is_root: Bools
    weights: Ints
    """How much the problem of its session counts."""
    grouped: Ints
    """How many causes its proposed group has."""
    told: Ints
    """A number for the causes that findings take for one with it; `ALONE` where there are none."""


class Questions(Sequence[Question]):
    """Questions in the order in which they are asked; each is made when it is looked at."""

    def __init__(
        self,
        keys: Sequence[str],
        pairs: Pairs,
        probabilities: Numbers,
        is_skipped: Bools,
        worth: Numbers,
    ) -> None:
        self._keys = keys
        self._pairs = pairs
        self._probabilities = probabilities
        self._is_skipped = is_skipped
        self._worth = worth

    def __len__(self) -> int:
        return len(self._worth)

    @overload
    def __getitem__(self, at: int) -> Question: ...
    @overload
    def __getitem__(self, at: slice) -> list[Question]: ...
    def __getitem__(self, at: int | slice) -> Question | list[Question]:
        if isinstance(at, slice):
            return [self._made(place) for place in range(*at.indices(len(self)))]
        return self._made(range(len(self))[at])

    def __iter__(self) -> Iterator[Question]:
        return map(self._made, range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and [*self] == [*other]

    __hash__ = None  # type: ignore[assignment]  # two that are equal may be of different kinds

    @property
    def skipped(self) -> int:
        """How many of them somebody left for later; they come last."""
        return int(np.count_nonzero(self._is_skipped))

    def _made(self, place: int) -> Question:
        probability = float(self._probabilities[place])
        return Question(
            self._keys[self._pairs.a[place]],
            self._keys[self._pairs.b[place]],
            float(self._pairs.scores[place]),
            probability,
            in_words(probability),
            bool(self._is_skipped[place]),
            float(self._worth[place]),
        )


def questions(
    pairs: Pairs, causes: Causes, units: Units, decided: Ints, skipped: Ints, curve: Calibration
) -> Questions:
    """What to ask of `pairs`, the most useful first; see `queue.queue`.

    `units` has what is decided and what follows from it. `decided` and `skipped` are the pairs of
    which people said that, each as one number: a × how many causes there are + b.
    """
    count = len(causes.keys)
    unit_of = np.arange(count)
    sizes = np.ones(count, np.int64)
    for unit, rows in units.larger().items():
        unit_of[rows] = unit
        sizes[unit] = len(rows)
    pairs = pairs.some(
        (causes.sessions[pairs.a] != causes.sessions[pairs.b])
        & (unit_of[pairs.a] != unit_of[pairs.b])
        & ~np.isin(pairs.a * count + pairs.b, decided)
    )
    low = np.minimum(unit_of[pairs.a], unit_of[pairs.b])
    high = np.maximum(unit_of[pairs.a], unit_of[pairs.b])
    is_open = ~_are_barred(low, high, units.all_barred(), count)
    pairs, joined = pairs.some(is_open), (low * count + high)[is_open]
    put_off = np.unique(joined[np.isin(pairs.a * count + pairs.b, skipped)])
    chosen = _most_alike(pairs, joined, count)
    pairs, joined = pairs.some(chosen), joined[chosen]
    low, high = np.divmod(joined, count)
    is_skipped = np.isin(joined, put_off)
    probabilities = _logistic(curve.slope * (pairs.scores - curve.even))
    told = causes.told[pairs.a]
    # Severe problems count more, but a hundred small ones shall not wait for a big one.
    hangs = (1 + np.log2(causes.weights)) * np.where(causes.is_root, ROOT, 1.0)
    worth = (
        _bits(probabilities)
        * (hangs[pairs.a] + hangs[pairs.b])
        * (1 + np.log2(np.maximum(causes.grouped[pairs.a], causes.grouped[pairs.b])))
        * (1 + np.log2(sizes[low] * sizes[high]))
        * np.where((told != ALONE) & (told == causes.told[pairs.b]), TOLD, 1.0)
    )
    # Pairs are in the order of their keys, which tells apart what ties.
    order = np.argsort(-worth, kind="stable")
    order = order[np.argsort(is_skipped[order], kind="stable")]
    # What earlier answers would settle goes behind the others of its kind.
    follows = ~joins(count, low[order], high[order])
    order = order[np.argsort(2 * is_skipped[order] + follows, kind="stable")]
    return Questions(
        causes.keys, pairs.some(order), probabilities[order], is_skipped[order], worth[order]
    )


def _most_alike(pairs: Pairs, joined: Ints, count: int) -> Ints:
    """Of each two units, which go by one number, the most alike pair; in the order of the keys."""
    by_keys = np.argsort(pairs.a * count + pairs.b)
    order = by_keys[np.argsort(joined[by_keys], kind="stable")]
    is_new = np.diff(joined[order], prepend=-1) != 0
    begins = np.flatnonzero(is_new)
    best = np.maximum.reduceat(pairs.scores[order], begins) if len(begins) else pairs.scores
    is_best = pairs.scores[order] == best[np.cumsum(is_new) - 1]
    found = order[is_best]
    found = found[np.diff(joined[found], prepend=-1) != 0]
    is_found = np.zeros(len(joined), bool)
    is_found[found] = True
    return by_keys[is_found[by_keys]]


def joins(count: int, a: Ints, b: Ints) -> Bools:
    """Which pairs of `count` things join what no earlier pair did, directly or by others.

    They are the edges of the least spanning forest where an edge weighs what its place is; each
    round joins every set with the one that its first pair leads to (O. Borůvka, 1926).
    """
    found = np.zeros(len(a), bool)
    left = np.arange(len(a))
    while len(left):
        first = np.full(count, len(found))
        # The last of what is written to one place counts.
        for ends in (a, b):
            earlier = np.full(count, len(found))
            earlier[ends[::-1]] = left[::-1]
            first = np.minimum(first, earlier)
        sets = np.flatnonzero(first < len(found))
        at = np.searchsorted(left, first[sets])
        above = np.arange(count)
        above[sets] = np.where(a[at] == sets, b[at], a[at])
        # Two that chose the same pair would go round each other.
        is_pair = (above[above[sets]] == sets) & (sets < above[sets])
        above[sets[is_pair]] = sets[is_pair]
        while not np.array_equal(further := above[above], above):
            above = further
        found[first[sets]] = True
        a, b = above[a], above[b]
        is_between = a != b
        left, a, b = left[is_between], a[is_between], b[is_between]
    return found


def _are_barred(low: Ints, high: Ints, barred: Mapping[int, set[int]], count: int) -> Bools:
    """Which units must not be the same, of those that pairs would join."""
    apart = [unit * count + other for unit, others in barred.items() for other in others]
    return np.isin(low * count + high, np.array(apart, np.int64))


def _logistic(x: Numbers) -> Numbers:
    grown = np.exp(-np.abs(x))
    return np.asarray(np.where(x < 0, grown, 1.0) / (1 + grown))


def _bits(probabilities: Numbers) -> Numbers:
    """What a yes or no tells that is expected with these probabilities (Shannon's entropy)."""
    found = np.zeros(len(probabilities))
    for part in (probabilities, 1 - probabilities):
        np.subtract(found, part * np.log2(part, where=part > 0, out=np.zeros_like(part)), out=found)
    return found

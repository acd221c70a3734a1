"""Which problems lie downstream of each node of a graph, in time and memory that stay small.

A node that leads to one effect alone reaches what its effect reaches, so only the joints, where
several ways part, need sets of their own. Joints that form a loop reach the same, so loops are
condensed (networkx). How many problems a set has at most is known for all sets at once; of the few
that matter the problems are looked for. Where that is asked of too many, they are counted for all:
as bits of whole numbers, swept through the condensed joints block by block of problems, so that a
million causes take little more memory than ten thousand do.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.findings.knots import levels, untied
from fivewhys.patterns.live import Bools, Ints, distinct

_BITS_AT_ONCE = 1_600_000_000
"""Bits that all sets of one block take together at most: 200 MB, at a million causes."""
_LEAST_BLOCK = 256
"""Problems in a block at least, however many sets there are."""
_NONE = -1
_MOST_KEPT = 2_000_000
"""Places of problems that are kept, of 4 bytes each."""
_MOST_WALKS = 2_000
"""Sets that are counted one by one before all are counted at once."""


class Downstream:
    """What lies downstream of each of `count` nodes, over the chosen `problems` among them.

    Edges lead from `tails` to `heads`, each named once. Nodes that reach the same share one set;
    sets go by numbers, those below by smaller ones.
    """

    def __init__(self, count: int, tails: Ints, heads: Ints, problems: Ints, weights: Ints) -> None:
        """Make ready, in time that grows with nodes and edges.

        Every way along the edges ends at a node from which none leads. `weights` say how much each
        problem counts.
        """
        joints = _joints(count, tails, heads)
        is_parting = joints[tails] == tails
        tails, heads = tails[is_parting], joints[heads[is_parting]]
        knots = untied(count, tails, heads)
        joints = knots[joints]
        tails, heads = np.divmod(distinct(knots[tails] * count + knots[heads]), count)
        is_loose = tails != heads
        tails, heads = tails[is_loose], heads[is_loose]
        level = levels(count, tails, heads)
        is_set = np.zeros(count, bool)
        for some in (tails, heads, joints[problems]):
            is_set[some] = True
        order = np.flatnonzero(is_set)
        order = order[np.argsort(level[order], kind="stable")]
        number = np.full(count, len(order))
        number[order] = np.arange(len(order))
        self.sets: Ints = number[joints]
        """The set of each node; one with nothing in it where no problem lies downstream."""
        self._count = len(order) + 1
        turn = np.argsort(number[tails], kind="stable")
        self._tails, self._heads = number[tails[turn]], number[heads[turn]]
        self._levels = np.flatnonzero(np.diff(level[tails[turn]], prepend=0)).tolist()
        """Where the edges from each level begin; those to them come before."""
        self._homes: Ints = self.sets[problems]
        """The set of each problem, which is an end."""
        held = np.full(self._count, _NONE)
        held[self._homes] = np.arange(len(problems))
        is_end = np.ones(self._count, bool)
        is_end[self._tails] = False
        leads_on = ~is_end[self._heads]
        self._below = _Lists(self._count, self._tails[leads_on], self._heads[leads_on])
        """For each set those right below it that are no ends."""
        holds = held[self._heads] != _NONE
        self._inside = _Lists(
            self._count,
            np.concatenate([self._homes, self._tails[holds]]),
            np.concatenate([np.arange(len(problems)), held[self._heads[holds]]]),
        )
        """For each set the problems that it has beside those of the sets in `_below`."""
        self._weights = weights
        self._exact: dict[int, tuple[int, int]] = {}
        self._places: dict[int, NDArray[np.int32]] = {}
        self._kept = 0

    def __len__(self) -> int:
        return self._count

    def most(self, weights: Ints) -> Ints:
        """How much the problems of each set weigh at most; 0 only where they do weigh nothing."""
        found = np.bincount(self._homes, weights, minlength=len(self)).astype(np.int64)
        whole = int(found.sum())
        for begin, end in pairwise([*self._levels, len(self._tails)]):
            tails, heads = self._tails[begin:end], self._heads[begin:end]
            first = int(tails[0])
            more = np.bincount(tails - first, found[heads]).astype(np.int64)
            np.minimum(more, whole, out=found[first : first + len(more)])
        return found

    def counts(self, number: int) -> tuple[int, int]:
        """How many problems a set has, and how much they weigh."""
        known = self._exact.get(number)
        if known is None:
            if len(self._exact) == _MOST_WALKS:
                self._exact = dict(enumerate(self._all()))
                return self._exact[number]
            places = self.problems(number)
            known = self._exact[number] = len(places), int(self._weights[places].sum())
        return known

    def problems(self, number: int) -> NDArray[np.int32]:
        """The places of the problems of a set, in order; all below it is gone through, once."""
        known = self._places.get(number)
        if known is None:
            inside = set[int]().union(*self._inside.each(self.walk([number], ())))
            known = np.sort(np.fromiter(inside, np.int32, len(inside)))
            if self._kept + len(known) <= _MOST_KEPT:
                self._places[number] = known
                self._kept += len(known)
        return known

    def left(self, number: int, passed: set[int], covered: set[int]) -> set[int]:
        """The places of the problems of a set, but those in `covered`.

        What lies in the sets `passed`, which has with each all below it, is covered.
        """
        return set[int]().union(*self._inside.each(self.walk([number], passed))) - covered

    def walk(self, sets: Iterable[int], passed: Collection[int]) -> set[int]:
        """Sets and all below them, ends aside, but those in `passed`, which has all below each."""
        begins, below = self._below.begins, self._below.values
        found = {number for number in sets if number not in passed}
        waiting = [*found]
        while waiting:
            one = waiting.pop()
            for number in below[begins[one] : begins[one + 1]]:
                if number not in found and number not in passed:
                    found.add(number)
                    waiting.append(number)
        return found

    def _all(self) -> Iterator[tuple[int, int]]:
        """What `counts` gives, for all sets in their order."""
        numbers, weighed = np.zeros((2, len(self)), np.int64)
        for weight in distinct(self._weights).tolist():
            for bits in self._sweep(self._weights == weight):
                found = np.array([held.bit_count() for held in bits], np.int64)
                numbers += found
                weighed += weight * found
        return zip(numbers.tolist(), weighed.tolist(), strict=True)

    def _sweep(self, chosen: Bools) -> Iterator[list[int]]:
        """All sets as bits of the chosen problems, a block after the other."""
        size = max(_LEAST_BLOCK, _BITS_AT_ONCE // len(self))
        places = np.flatnonzero(chosen).tolist()
        for start in range(0, len(places), size):
            bits = [0] * len(self)
            place_of = {place: 1 << at for at, place in enumerate(places[start : start + size])}
            everyone = range(len(self))
            lists = zip(self._below.each(everyone), self._inside.each(everyone), strict=True)
            for number, (lower, inside) in enumerate(lists):
                held = 0
                for place in inside:
                    held |= place_of.get(place, 0)
                for other in lower:
                    held |= bits[other]
                bits[number] = held
            yield bits


class _Lists:
    """For each of the numbers below `count` the values that it is the key of, in their order."""

    def __init__(self, count: int, keys: Ints, values: Ints) -> None:
        turn = np.argsort(keys, kind="stable")
        self.begins: list[int] = np.searchsorted(keys[turn], np.arange(count + 1)).tolist()
        """Where those of each number begin among all; those of the next follow."""
        self.values: list[int] = values[turn].tolist()

    def each(self, numbers: Iterable[int]) -> list[list[int]]:
        """The values of some numbers."""
        begins, values = self.begins, self.values
        return [values[begins[number] : begins[number + 1]] for number in numbers]


def _joints(count: int, tails: Ints, heads: Ints) -> Ints:
    """For each node the first one downstream, itself too, from which not just one edge leads."""
    found = np.arange(count)
    is_only = np.bincount(tails, minlength=count)[tails] == 1
    found[tails[is_only]] = heads[is_only]
    # Each look takes the way that all have gone so far, so that long ways take few.
    while True:
        further = found[found]
        if np.array_equal(further, found):
            return found
        found = further

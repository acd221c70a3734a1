"""Which problems lie downstream of each node of a graph, in time and memory that stay small.

A node that leads to one effect alone reaches what its effect reaches, so only the joints, where
several ways part, need sets of their own. Joints that form a loop reach the same, so loops are
condensed (networkx). The sets are bits of whole numbers, swept through the condensed joints block
by block of problems, so that a million causes take little more memory than ten thousand do.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping

import networkx as nx

from fivewhys.models.past import PastSession

_BITS_AT_ONCE = 1_600_000_000
"""Bits that all sets of one block take together at most: 200 MB, at a million causes."""
_LEAST_BLOCK = 256
"""Problems in a block at least, however many sets there are."""


class Downstream:
    """What lies downstream of each node, counted over chosen problems.

    Nodes that reach the same share one set; sets go by numbers, those below by smaller ones.
    """

    def __init__(
        self,
        effects: Mapping[Hashable, Collection[Hashable]],
        problems: Mapping[Hashable, PastSession],
    ) -> None:
        """Make ready, in time that grows with nodes and edges.

        `effects` has each node with what it leads to, `problems` those nodes that count, best by
        weight. Every way along the effects ends at a node that has none.
        """
        self._effects = effects
        self._problems = tuple(problems.values())
        self._joints = _joints(effects)
        self._sets: dict[Hashable, int] = {}
        self._below: list[tuple[int, ...]] = []
        """For each set those right below it."""
        self._condense()
        self._homes = [self._sets[node] for node in problems]
        """The set of each problem."""
        self._own = [0] * len(self._below)
        """How many problems each set has beside those of the sets below."""
        for home in self._homes:
            self._own[home] += 1

    def set_of(self, node: Hashable) -> int:
        """The number of the set of a node."""
        return self._sets[self._joints[node]]

    def counts(self, weigh: Callable[[PastSession], int]) -> tuple[list[int], list[int]]:
        """How many problems each set has, and how much they weigh."""
        numbers = [0] * len(self._below)
        weights = [0] * len(self._below)
        for start, end, bits in self._sweep():
            masks: dict[int, int] = {}
            for place in range(start, end):
                each = weigh(self._problems[place])
                masks[each] = masks.get(each, 0) | 1 << (place - start)
            # Of problems sorted by weight nearly every block has one weight, so this is one count.
            for each, mask in masks.items():
                for number, held in enumerate(bits):
                    if held:
                        found = (held & mask).bit_count()
                        numbers[number] += found
                        weights[number] += each * found
        return numbers, weights

    def members(self, numbers: Iterable[int]) -> dict[int, tuple[PastSession, ...]]:
        """The problems of some sets, in the order in which they were given."""
        wanted: dict[int, list[PastSession]] = {number: [] for number in numbers}
        for start, _, bits in self._sweep():
            for number, held in wanted.items():
                held += [self._problems[start + place] for place in _places(bits[number])]
        return {number: tuple(held) for number, held in wanted.items()}

    def gain(self, node: Hashable, covered: Collection[int]) -> int:
        """How many problems a node reaches beside those of the sets in `covered`.

        With each set, `covered` holds all below it.
        """
        return sum(self._own[number] for number in self._walk(node, covered))

    def cover(self, node: Hashable, covered: set[int]) -> None:
        """Add to `covered` all that a node reaches."""
        covered.update(self._walk(node, covered))

    def _walk(self, node: Hashable, covered: Collection[int]) -> set[int]:
        first = self.set_of(node)
        if first in covered:
            return set()
        found = {first}
        waiting = [first]
        while waiting:
            for number in self._below[waiting.pop()]:
                if number not in found and number not in covered:
                    found.add(number)
                    waiting.append(number)
        return found

    def _condense(self) -> None:
        """Give each joint its set, what is below first."""
        parting: nx.DiGraph[Hashable] = nx.DiGraph()
        ends = []
        for node, joint in self._joints.items():
            if node != joint:
                continue
            if effects := self._effects[node]:
                parting.add_edges_from((node, self._joints[effect]) for effect in effects)
            else:
                ends.append(node)
        # Ends are most of the joints, and no loop holds one: networkx need not see them.
        parting.remove_nodes_from(ends)
        for node in ends:
            self._sets[node] = len(self._below)
            self._below.append(())
        loose = nx.condensation(parting)
        for component in reversed(list(nx.topological_sort(loose))):
            nodes = loose.nodes[component]["members"]
            lower = {self._joints[effect] for node in nodes for effect in self._effects[node]}
            below = {self._sets[node] for node in lower - nodes}
            for node in nodes:
                self._sets[node] = len(self._below)
            self._below.append(tuple(below))

    def _sweep(self) -> Iterator[tuple[int, int, list[int]]]:
        """All sets as bits, a block of problems after the other: (start, end, bits)."""
        size = max(_LEAST_BLOCK, _BITS_AT_ONCE // max(1, len(self._below)))
        for start in range(0, len(self._problems), size):
            end = min(start + size, len(self._problems))
            bits = [0] * len(self._below)
            for place in range(start, end):
                bits[self._homes[place]] |= 1 << (place - start)
            for number, lower in enumerate(self._below):
                if lower:
                    held = bits[number]
                    for other in lower:
                        held |= bits[other]
                    bits[number] = held
            yield start, end, bits


def _joints(effects: Mapping[Hashable, Collection[Hashable]]) -> dict[Hashable, Hashable]:
    """For each node the first one downstream that has several effects, or none."""
    found: dict[Hashable, Hashable] = {}
    for node in effects:
        passed = []
        here = node
        while here not in found:
            following = effects[here]
            if len(following) != 1:
                found[here] = here
                break
            passed.append(here)
            (here,) = following
        joint = found[here]
        for each in passed:
            found[each] = joint
    return found


def _places(bits: int) -> Iterator[int]:
    """The places of the bits that are set."""
    # One pass over the digits: shifting a whole number of many bits copies it each time.
    for place, digit in enumerate(reversed(f"{bits:b}")):
        if digit == "1":
            yield place

"""The nodes of the causal map and its edges, in columns: which causes are one, and what follows."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.edges import Edges
from fivewhys.patterns.live import Bools, Ints, Live, distinct

NONE = -1


class Nodes:
    """What is one among `live`: a node for each problem and for each set of causes.

    Nodes go by numbers from 0, in the order of the causes that were found first. `groups` and
    `confirmed` are places of causes that are one; confirmed sets stay whole.
    """

    def __init__(
        self,
        live: Live,
        groups: Iterable[Sequence[int]],
        confirmed: Iterable[Sequence[int]],
    ) -> None:
        self.live = live
        self.numbers, labels = _labels(live, groups, confirmed)
        """The number of each cause's confirmed set; `NONE` where it is in none."""
        order = np.lexsort((live.sessions, labels))
        begins = np.flatnonzero(np.diff(labels[order], prepend=-1))
        firsts = order[begins]
        turn = np.argsort(firsts)
        sizes = np.diff(begins, append=len(order))
        self.heads: Ints = firsts[turn]
        """The place of each node's first cause."""
        self.sizes: Ints = sizes[turn]
        """How many causes each node has."""
        self.members: Ints = order[_runs(begins[turn], self.sizes)]
        """The places of the causes, node by node, each node's in the order of their sessions."""
        self.begins: Ints = np.cumsum(self.sizes) - self.sizes
        """Where each node's begin among them."""
        self.of: Ints = np.empty(len(live), np.int64)
        """The node of each cause, by its place."""
        self.of[self.members] = np.repeat(np.arange(len(self)), self.sizes)

    def __len__(self) -> int:
        return len(self.heads)

    def members_of(self, node: int) -> list[int]:
        """The places of a node's causes, in the order of their sessions."""
        begin = self.begins[node]
        found: list[int] = self.members[begin : begin + self.sizes[node]].tolist()
        return found

    @cached_property
    def keys(self) -> list[str]:
        """The key of each node."""
        keys = self.live.keys
        return [keys[place] for place in self.heads.tolist()]

    @cached_property
    def place_of(self) -> dict[str, int]:
        """The number of each node by its key."""
        return {key: node for node, key in enumerate(self.keys)}

    @cached_property
    def is_problem(self) -> Bools:
        """Which nodes are problems."""
        return self.live.parents[self.heads] < 0

    @cached_property
    def is_root(self) -> Bools:
        """Which nodes some session called root."""
        return self._over(np.logical_or, self.live.is_root).astype(bool)

    @cached_property
    def depths(self) -> Ints:
        """How many whys below its problem each node stands at most."""
        return self._over(np.maximum, self.live.depths)

    @cached_property
    def is_confirmed(self) -> Bools:
        """Whether all causes of a node are the same by decision or equal words."""
        least = self._over(np.minimum, self.numbers)
        is_one = (least == self._over(np.maximum, self.numbers)) & (least != NONE)
        found: Bools = is_one | (self.sizes == 1)
        return found

    @cached_property
    def is_shared(self) -> Bools:
        """Which nodes stand for causes of two or more sessions."""
        sessions = self.live.sessions
        lasts = self.members[self.begins + self.sizes - 1]
        found: Bools = sessions[self.heads] != sessions[lasts]
        return found

    def confirmed_alone(self) -> "Nodes":
        """The nodes where only what is confirmed is one."""
        order = np.argsort(self.numbers, kind="stable")
        order = order[np.searchsorted(self.numbers[order], 0) :]
        begins = np.flatnonzero(np.diff(self.numbers[order], prepend=NONE))
        return Nodes(self.live, (), [some.tolist() for some in np.split(order, begins[1:])])

    @cached_property
    def found_in(self) -> Ints:
        """In how many sessions each node stands."""
        return self._sessions_of(np.arange(len(self.members)))

    @cached_property
    def root_in(self) -> Ints:
        """In how many sessions each node was called root."""
        return self._sessions_of(np.flatnonzero(self.live.is_root[self.members]))

    @cached_property
    def cores(self) -> Ints:
        """The place of the cause that each node is about: of its largest confirmed set.

        A set is the larger, the more sessions called it root, and then, the more found it. Where
        nothing is confirmed, the first root stands for the node, or else its first cause.
        """
        cores = self.heads.copy()
        if self.is_confirmed.all():
            return cores
        rows = np.flatnonzero(~self.is_confirmed[self.of[self.members]])
        places = self.members[rows]
        nodes, roots = self.of[places], self.live.is_root[places]
        # The last of what is written to one node counts.
        cores[nodes[roots][::-1]] = places[roots][::-1]
        places = places[self.numbers[places] != NONE]
        nodes, roots = self.of[places], self.live.is_root[places]
        _, first, of_set = np.unique(
            nodes * len(self.live) + self.numbers[places], return_index=True, return_inverse=True
        )
        sessions = of_set * len(self.live) + self.live.sessions[places]
        found_in, root_in = (
            np.bincount(distinct(some) // len(self.live), minlength=len(first))
            for some in (sessions, sessions[roots])
        )
        order = np.lexsort((-first, found_in, root_in))
        cores[nodes[first[order]]] = places[first[order]]
        return cores

    @cached_property
    def core_list(self) -> list[int]:
        """`cores`, to be looked at one by one."""
        found: list[int] = self.cores.tolist()
        return found

    @cached_property
    def is_core(self) -> list[bool]:
        """Of the cause at each place, whether it is the same as the core of its node."""
        cores = self.cores[self.of]
        is_same = (self.numbers != NONE) & (self.numbers == self.numbers[cores])
        found: list[bool] = (is_same | (cores == np.arange(len(cores)))).tolist()
        return found

    @cached_property
    def number_list(self) -> list[int]:
        """`numbers`, to be looked at one by one."""
        found: list[int] = self.numbers.tolist()
        return found

    @cached_property
    def edges(self) -> Edges:
        """What leads to what."""
        return Edges(len(self), self.live.parents, self.of)

    def _sessions_of(self, rows: Ints) -> Ints:
        """In how many sessions the causes of each node stand, those in these rows of all members.

        A node's causes are in the order of their sessions.
        """
        places = self.members[rows]
        nodes, sessions = self.of[places], self.live.sessions[places]
        is_new = (np.diff(nodes, prepend=NONE) != 0) | (np.diff(sessions, prepend=NONE) != 0)
        return np.bincount(nodes[is_new], minlength=len(self))

    def _over(self, by: np.ufunc, of_causes: NDArray[np.generic]) -> Ints:
        """One value for each node from those of its causes."""
        if not len(self):
            return np.empty(0, np.int64)
        found: Ints = by.reduceat(of_causes[self.members], self.begins)
        return found


def _labels(
    live: Live, groups: Iterable[Sequence[int]], confirmed: Iterable[Sequence[int]]
) -> tuple[Ints, Ints]:
    """The number of each cause's confirmed set, and a label that causes share which are one."""
    count = len(live)
    is_cause = (live.parents >= 0).tolist()
    labels: list[int] = [NONE] * count
    taken = 0
    for taken, group in enumerate(groups):
        for place in group:
            if labels[place] == NONE and is_cause[place]:
                labels[place] = taken
    numbers = np.full(count, NONE, np.int64)
    for number, members in enumerate(confirmed):
        found = [place for place in members if is_cause[place]]
        if len(found) < 2:
            continue
        votes = Counter(labels[place] for place in found)
        del votes[NONE]
        taken += 1
        label = max(votes, key=lambda label: (votes[label], -label)) if votes else taken
        for place in found:
            labels[place] = label
        numbers[found] = number
    every = np.array(labels, np.int64)
    return numbers, np.where(every == NONE, taken + 1 + np.arange(count), every)


def _runs(begins: Ints, sizes: Ints) -> Ints:
    """The numbers begin, begin + 1, … of each run, one run after the other."""
    ends = np.cumsum(sizes)
    total = int(ends[-1]) if len(ends) else 0
    found: Ints = np.arange(total) + np.repeat(begins - ends + sizes, sizes)
    return found

"""The edges of the causal map, in columns."""

import numpy as np

from fivewhys.patterns.live import Ints


class Edges:
    """The edges of the map, in the order in which they were said first."""

    def __init__(self, nodes: int, parents: Ints, node_of: Ints) -> None:
        """`parents` are places of causes, each with its node in `node_of`; -1 is none."""
        said = np.flatnonzero(parents >= 0)
        causes, effects = node_of[said], node_of[parents[said]]
        # A cause that a session gives for the same cause is no edge: nothing explains itself.
        is_edge = causes != effects
        said, causes, effects = said[is_edge], causes[is_edge], effects[is_edge]
        _, first, edge = np.unique(causes * nodes + effects, return_index=True, return_inverse=True)
        turn = np.argsort(first)
        self.causes: Ints = causes[first[turn]]
        self.effects: Ints = effects[first[turn]]
        place = np.empty(len(turn), np.int64)
        place[turn] = np.arange(len(turn))
        by_edge = np.argsort(place[edge], kind="stable")
        self._said: Ints = said[by_edge]
        self._said_begins = np.searchsorted(place[edge][by_edge], np.arange(len(turn) + 1))
        everyone = np.arange(nodes + 1)
        self._out = np.argsort(self.causes, kind="stable")
        self.out_begins: Ints = np.searchsorted(self.causes[self._out], everyone)
        self._in = np.argsort(self.effects, kind="stable")
        self.in_begins: Ints = np.searchsorted(self.effects[self._in], everyone)

    def __len__(self) -> int:
        return len(self.causes)

    def from_(self, node: int) -> list[int]:
        """The edges that lead from a node."""
        found: list[int] = self._out[self.out_begins[node] : self.out_begins[node + 1]].tolist()
        return found

    def to(self, node: int) -> list[int]:
        """The edges that lead to a node."""
        found: list[int] = self._in[self.in_begins[node] : self.in_begins[node + 1]].tolist()
        return found

    def said(self, edge: int) -> list[int]:
        """The places of the causes that say so."""
        begin, end = self._said_begins[edge : edge + 2]
        found: list[int] = self._said[begin:end].tolist()
        return found

"""Which units lie near which: neighbours of texts, told for the units that the texts stand in.

Equal words are compared once, or else a sentence that was said fifty times would see nothing but
itself.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.contraction import Units
from fivewhys.patterns.near import Near
from fivewhys.patterns.nearest import nearest
from fivewhys.patterns.neighbours import NEIGHBOURS, NONE, Floats, Progress, all_neighbours


class Vectors(Protocol):
    """Unit vectors by their rows, in memory or read where they are asked for."""

    def __getitem__(self, rows: int | list[int] | NDArray[np.int64], /) -> Floats:
        """One vector, or several, (n, dimensions)."""


class NearUnits:
    """The units near a unit: those of the nearest texts whose cosine is above `threshold`.

    `known` has the neighbours of all wordings. Without it, before it is asked, the neighbours of
    all units are found, or of a few. Those of the others are then known as far as they are
    neighbours of the few.
    """

    def __init__(
        self,
        vectors: Vectors,
        words: NDArray[np.int64],
        units: Units,
        threshold: float,
        known: Near | None = None,
    ) -> None:
        self._units = units
        self._threshold = threshold
        _, first, text_of = np.unique(words, return_index=True, return_inverse=True)
        order = np.argsort(first)
        place = np.empty_like(order)
        place[order] = np.arange(len(order))
        self._first = first[order]
        """The first row of each text, in the order of rows."""
        self._text_of = place[text_of]
        is_each_once = len(first) == len(words)
        self._vectors = vectors
        self._unit_of: list[int] = self._first.tolist()
        for unit, rows in units.larger().items():
            for row in rows:
                if self._first[self._text_of[row]] == row:
                    self._unit_of[self._text_of[row]] = unit
        self._others: dict[int, list[int]] = {}
        """Further units with the same text: people called them different."""
        if not is_each_once:
            self._find_others()
        self._all: NDArray[np.signedinteger[Any]] | None = None
        if known is not None:
            self._all = self._told(known, words)
        self._some: dict[int, list[int]] = {}
        self._near: dict[int, list[int]] = {}

    def find_all(self, progress: Progress | None = None) -> None:
        """Find the neighbours of all units."""
        if self._all is None:
            vectors = self._vectors[self._first]
            self._all = all_neighbours(vectors, self._threshold, NEIGHBOURS, progress).rows

    def find(self, units: Iterable[int]) -> None:
        """Find the neighbours of these units."""
        if self._all is not None:
            return
        texts = sorted({text for unit in units for text in self._texts(unit)})
        vectors = self._vectors[self._first]
        whole = [(np.arange(len(vectors)), vectors)]
        rows, scores = nearest(vectors[texts], whole, NEIGHBOURS + 1)
        of: dict[int, list[int]] = {}
        for text, near, reached in zip(texts, rows, scores > self._threshold, strict=True):
            of[text] = [row for row in near[reached].tolist() if row != text]
        self._some = {text: list(near) for text, near in of.items()}
        for text, near in of.items():
            for row in near:
                if row not in of:
                    self._some.setdefault(row, []).append(text)

    def near(self, unit: int) -> Sequence[int]:
        """The units near this one; nearest first, one text after the other."""
        known = self._near.get(unit)
        if known is None:
            known = self._near[unit] = self._found(unit)
        return known

    def _found(self, unit: int) -> list[int]:
        found: dict[int, None] = {}
        for text in self._texts(unit):
            if self._all is None:
                near = self._some.get(text, [])
            else:
                rows = self._all[text]
                near = rows[rows != NONE].tolist()
            for other in (text, *near):
                found[self._unit_of[other]] = None
                if other in self._others:
                    found.update(dict.fromkeys(self._others[other]))
        found.pop(unit, None)
        return list(found)

    def _told(self, known: Near, words: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each text its neighbours as texts, or `NONE`, out of what is known."""
        order = np.argsort(known.words)
        row_of = order[np.searchsorted(known.words[order], words[self._first])]
        text_of = np.full(len(known.words), NONE)
        text_of[row_of] = np.arange(len(row_of))
        rows = known.rows[row_of]
        counts = (rows != NONE) & (known.scores[row_of] > self._threshold)
        return np.where(counts, text_of[rows], NONE)

    def _texts(self, unit: int) -> list[int]:
        rows = self._units.rows(unit)
        if len(rows) == 1:
            return [int(self._text_of[unit])]
        texts: list[int] = self._text_of[list(rows)].tolist()
        return list(dict.fromkeys(texts))

    def _find_others(self) -> None:
        is_first = np.zeros(len(self._text_of), bool)
        is_first[self._first] = True
        for row in np.flatnonzero(~is_first).tolist():
            text, unit = int(self._text_of[row]), self._units.unit(row)
            others = self._others.setdefault(text, [])
            if unit != self._units.unit(int(self._first[text])) and unit not in others:
                others.append(unit)

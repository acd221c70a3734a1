"""Which units lie near which: neighbours of texts, told for the units that the texts stand in.

Equal words are compared once, or else a sentence that was said fifty times would see nothing but
itself.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.contraction import Units
from fivewhys.patterns.equal_words import EqualWords
from fivewhys.patterns.near import Near
from fivewhys.patterns.nearest import nearest
from fivewhys.patterns.neighbours import NEIGHBOURS, Floats, Progress


class Vectors(Protocol):
    """Unit vectors by their rows, in memory or read where they are asked for."""

    def __getitem__(self, rows: int | list[int] | NDArray[np.int64], /) -> Floats:
        """One vector, or several, (n, dimensions)."""


class NearUnits:
    """The units near a unit: those of the nearest texts whose cosine is above `threshold`.

    `known` has the neighbours of all wordings, and of no others. Without it, before it is asked,
    the neighbours of all units are found, or of a few. Those of the others are then known as far as
    they are neighbours of the few.
    """

    def __init__(
        self,
        vectors: Vectors,
        said: EqualWords,
        units: Units,
        threshold: float,
        known: Near | None = None,
    ) -> None:
        self._vectors, self._said = vectors, said
        self._units = units
        self._threshold = threshold
        unit_of = units.of_rows()
        self._unit_of: list[int] = unit_of[said.first].tolist()
        self._others: dict[int, list[int]] = {}
        """Further units with the same text: people called them different."""
        for row in np.flatnonzero(unit_of != unit_of[said.first[said.of]]).tolist():
            others = self._others.setdefault(int(said.of[row]), [])
            if unit_of[row] not in others:
                others.append(int(unit_of[row]))
        self._known = known
        self._some: dict[int, list[int]] = {}
        self._near: dict[int, list[int]] = {}

    def find_all(self, progress: Progress | None = None) -> None:
        """Find the neighbours of all units."""
        if self._known is None:
            self._known = Near(self._threshold)
            self._known.bring(
                self._said.numbers, lambda _: self._vectors[self._said.first], progress
            )

    def find(self, units: Iterable[int]) -> None:
        """Find the neighbours of these units."""
        if self._known is not None:
            return
        texts = sorted({text for unit in units for text in self._texts(unit)})
        vectors = self._vectors[self._said.first]
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
            if self._known is None:
                near = self._some.get(text, [])
            else:
                is_near = self._known.scores[text] > self._threshold
                near = self._known.rows[text][is_near].tolist()
            for other in (text, *near):
                found[self._unit_of[other]] = None
                if other in self._others:
                    found.update(dict.fromkeys(self._others[other]))
        found.pop(unit, None)
        return list(found)

    def _texts(self, unit: int) -> list[int]:
        rows = self._units.rows(unit)
        if len(rows) == 1:
            return [int(self._said.of[unit])]
        texts: list[int] = self._said.of[[*rows]].tolist()
        return list(dict.fromkeys(texts))

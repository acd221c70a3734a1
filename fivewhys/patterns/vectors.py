"""Vectors out of several indexes in one array, each read once."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.encoder import DIMENSIONS
from fivewhys.patterns.live import Ints, are_in, column, distinct
from fivewhys.patterns.recall import Recall

_STEP = np.float32(1 / 32767)
_ROOM = 1.1
"""How much more room is made than is needed, so that a few more are not all copied."""


class Gathered:
    """The vectors of wordings by their numbers, kept in memory (768 bytes each) once they are read.

    `key_of` gives the key of a number in the indexes.
    """

    def __init__(self, key_of: Callable[[int], str]) -> None:
        self._key_of = key_of
        self._numbers = np.empty(0, np.int64)
        """Those that were read, in order."""
        self._rows = np.empty(0, np.int64)
        """Where the vector of each is."""
        self._vectors = np.empty((0, DIMENSIONS), np.int16)
        """In steps of `_STEP`, with room for more: half as large as they are, as exact as in the
        index, and turned into numbers twice as fast as from there."""

    def missing(self, numbers: Sequence[int] | Ints) -> list[int]:
        """Those of `numbers` that were not read yet, each once."""
        wanted = distinct(np.asarray(numbers, np.int64))
        if len(self._numbers):
            wanted = wanted[self._numbers[self._at(wanted)] != wanted]
        found: list[int] = wanted.tolist()
        return found

    def read(self, recalls: Sequence[Recall], numbers: Sequence[int]) -> None:
        """Read these numbers, each from the first index that has it. Raises KeyError."""
        left = self.missing(numbers)
        for recall in recalls:
            keys = [*map(self._key_of, left)]
            if recall is not recalls[-1]:
                here = [at for at, key in enumerate(keys) if key in recall]
                keys = [keys[at] for at in here]
                some = [left[at] for at in here]
            else:
                some = left
            self._take(some, recall.vectors(keys))
            left = self.missing(left)
        if left:
            raise KeyError(left[0])

    def of(self, numbers: Sequence[int] | Ints) -> NDArray[np.float32]:
        """The unit vectors of `numbers`, all of them read: (n, dimensions)."""
        rows = self._rows[self._at(np.asarray(numbers, np.int64))]
        found = self._vectors[rows].astype(np.float32)
        found *= _STEP
        return found

    def by_rows(self, numbers: Ints) -> "ByRows":
        """The vectors of `numbers` by their places among them, read where they are asked for."""
        return ByRows(self, numbers)

    def keep_only(self, numbers: Ints) -> None:
        """Forget all but these, each once, where that gives back much room."""
        if len(self._numbers) > 2 * len(numbers) + 1000:
            kept = are_in(self._numbers, numbers)
            self._vectors = self._vectors[self._rows[kept]]
            self._numbers, self._rows = self._numbers[kept], np.arange(np.count_nonzero(kept))

    def _at(self, numbers: Ints) -> Ints:
        """The places of numbers that were read, among all of them."""
        at = np.searchsorted(self._numbers, numbers)
        found: Ints = np.minimum(at, max(0, len(self._numbers) - 1))
        return found

    def _take(self, numbers: Sequence[int], vectors: NDArray[np.float32]) -> None:
        taken = len(self._numbers)
        rows = taken + np.arange(len(numbers))
        if taken + len(rows) > len(self._vectors):
            room = np.empty((int((taken + len(rows)) * _ROOM), DIMENSIONS), np.int16)
            room[:taken] = self._vectors[:taken]
            self._vectors = room
        self._vectors[rows] = np.clip(np.round(vectors / _STEP), -32767, 32767)
        every = np.concatenate([self._numbers, column(numbers)])
        order = np.argsort(every)
        self._numbers = every[order]
        self._rows = np.concatenate([self._rows, rows])[order]


class ByRows:
    """Vectors of a table by rows of one's own."""

    def __init__(self, table: Gathered, numbers: Ints) -> None:
        self._table, self._numbers = table, numbers

    def __getitem__(self, rows: int | list[int] | NDArray[np.int64], /) -> NDArray[np.float32]:
        return self._table.of(self._numbers[rows])

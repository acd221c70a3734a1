"""Vectors out of several indexes in one array, each read once."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.encoder import DIMENSIONS
from fivewhys.patterns.live import Ints, column, distinct
from fivewhys.patterns.recall import Recall


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
        self._vectors = np.empty((0, DIMENSIONS), np.float16)

    def missing(self, numbers: Sequence[int]) -> list[int]:
        """Those of `numbers` that were not read yet, each once."""
        wanted = distinct(column(numbers))
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

    def of(self, numbers: Sequence[int]) -> NDArray[np.float32]:
        """The unit vectors of `numbers`, all of them read: (n, dimensions)."""
        rows = self._rows[self._at(column(numbers))]
        return self._vectors[rows].astype(np.float32)

    def by_rows(self, numbers: Sequence[int]) -> "ByRows":
        """The vectors of `numbers` by their places among them, read where they are asked for."""
        return ByRows(self, numbers)

    def keep_only(self, numbers: Sequence[int]) -> None:
        """Forget all others, where that gives back much room."""
        if len(self._numbers) > 2 * len(set(numbers)) + 1000:
            kept = np.isin(self._numbers, column(numbers))
            self._vectors = self._vectors[self._rows[kept]]
            self._numbers, self._rows = self._numbers[kept], np.arange(np.count_nonzero(kept))

    def _at(self, numbers: Ints) -> Ints:
        """The places of numbers that were read, among all of them."""
        at = np.searchsorted(self._numbers, numbers)
        found: Ints = np.minimum(at, max(0, len(self._numbers) - 1))
        return found

    def _take(self, numbers: Sequence[int], vectors: NDArray[np.float32]) -> None:
        rows = len(self._vectors) + np.arange(len(numbers))
        every = np.concatenate([self._numbers, column(numbers)])
        order = np.argsort(every)
        self._numbers = every[order]
        self._rows = np.concatenate([self._rows, rows])[order]
        self._vectors = np.concatenate([self._vectors, vectors.astype(np.float16)])


class ByRows:
    """Vectors of a table by rows of one's own."""

    def __init__(self, table: Gathered, numbers: Sequence[int]) -> None:
        self._table, self._numbers = table, numbers

    def __getitem__(self, rows: int | list[int] | NDArray[np.int64], /) -> NDArray[np.float32]:
        if isinstance(rows, int):
            one: NDArray[np.float32] = self._table.of([self._numbers[rows]])[0]
            return one
        return self._table.of([self._numbers[row] for row in rows])

"""Vectors out of several indexes in one array, each read once."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.encoder import DIMENSIONS
from fivewhys.patterns.recall import Recall


class Gathered:
    """The vectors of wordings by their numbers, kept in memory (768 bytes each) once they are read.

    `key_of` gives the key of a number in the indexes.
    """

    def __init__(self, key_of: Callable[[int], str]) -> None:
        self._key_of = key_of
        self._row_of: dict[int, int] = {}
        self._vectors = np.empty((0, DIMENSIONS), np.float16)

    def missing(self, numbers: Sequence[int]) -> list[int]:
        """Those of `numbers` that were not read yet, each once."""
        return [number for number in dict.fromkeys(numbers) if number not in self._row_of]

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
        rows = [self._row_of[number] for number in numbers]
        return self._vectors[rows].astype(np.float32)

    def keep_only(self, numbers: Sequence[int]) -> None:
        """Forget all others, where that gives back much room."""
        if len(self._row_of) > 2 * len(set(numbers)) + 1000:
            kept = list(dict.fromkeys(number for number in numbers if number in self._row_of))
            self._vectors = self._vectors[[self._row_of[number] for number in kept]]
            self._row_of = {number: row for row, number in enumerate(kept)}

    def _take(self, numbers: Sequence[int], vectors: NDArray[np.float32]) -> None:
        count = len(self._row_of)
        self._row_of |= {number: count + at for at, number in enumerate(numbers)}
        self._vectors = np.concatenate([self._vectors, vectors.astype(np.float16)])

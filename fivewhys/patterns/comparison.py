"""What an index knows beside what it should know: how a stale one is brought up to date."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.current import Current
from fivewhys.patterns.keys import ids_of


class Comparison:
    """Compares an index as it is now with the keys that should be there, told part by part."""

    def __init__(self, current: Current) -> None:
        with current.lock:
            self._lock, self._index = current.lock, current.look()
            self._known = np.empty(0, np.int64) if self._index is None else self._index.there()
        self._met: list[NDArray[np.int64]] = [np.empty(0, np.int64)]

    def wanting(self, keys: Sequence[str], numbers: Sequence[int]) -> NDArray[np.bool_]:
        """Which of `keys` are unknown or have other words.

        `numbers` are the `fivewhys.text.words_number` of their texts.
        """
        if self._index is None or not keys:
            return np.ones(len(keys), np.bool_)
        with self._lock:
            rows = self._index.find(ids_of(keys))
        is_known = rows >= 0
        self._met.append(rows[is_known])
        is_same = self._index.numbers(rows[is_known]) == np.asarray(numbers, np.int64)[is_known]
        is_wanting = ~is_known
        is_wanting[is_known] = ~is_same
        return is_wanting

    def left_over(self) -> Iterator[str]:
        """Keys that are known but were not among those told."""
        index = self._index
        if index is not None:
            for row in np.setdiff1d(self._known, np.concatenate(self._met)).tolist():
                yield index.key(row)

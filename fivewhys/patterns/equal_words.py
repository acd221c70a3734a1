"""Which causes have the same words, in columns."""

from functools import cached_property

import numpy as np

from fivewhys.patterns.live import Ints


class EqualWords:
    """Causes by their `words`, which are `text.words_number` of each: equal for equal words."""

    def __init__(self, words: Ints) -> None:
        self.words = words
        self._order = np.argsort(words, kind="stable")
        ordered = words[self._order]
        is_new = np.ones(len(words), bool)
        np.not_equal(ordered[1:], ordered[:-1], out=is_new[1:])
        self._begins = np.flatnonzero(is_new)
        self.numbers: Ints = ordered[self._begins]
        """The words, each once, in order."""
        self.first: Ints = self._order[self._begins]
        """The first cause of each wording."""
        self.of: Ints = np.empty(len(words), np.int64)
        """The place of each cause's words among `numbers`."""
        self.of[self._order] = np.cumsum(is_new) - 1

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def several(self) -> list[list[int]]:
        """The causes of each wording that occurs more than once, smallest first."""
        ends = np.append(self._begins[1:], len(self.words))
        is_often = ends - self._begins > 1
        begins, ends = self._begins[is_often], ends[is_often]
        return [
            self._order[begin:end].tolist()
            for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)
        ]

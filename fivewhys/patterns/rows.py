"""The causes of a history in the order of their keys, in columns."""

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from fivewhys.patterns.equal_words import EqualWords
from fivewhys.patterns.live import Ints, Live, column
from fivewhys.patterns.places import Places


class Rows:
    """The causes of `live` that are no problems, each in a row."""

    def __init__(self, live: Live, words: Ints) -> None:
        """`words` are the numbers of the words of all that is live."""
        self.live = live
        """The problems and causes that count, in columns."""
        places: list[int] = np.flatnonzero(live.parents >= 0).tolist()
        places.sort(key=live.keys.__getitem__)
        self.places: Ints = column(places)
        """Where each is among what is live."""
        self.keys: Sequence[str] = [live.keys[place] for place in places]
        """In order."""
        self.said = EqualWords(words[self.places])
        """Their words."""

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def row_of(self) -> Places:
        """The row of each key."""
        return Places(self.keys)

    def pairs(self, pairs: Iterable[tuple[str, str]]) -> list[tuple[int, int]]:
        """Pairs of keys as rows, without those of which one is not here."""
        row_of = self.row_of
        return [(row_of[a], row_of[b]) for a, b in pairs if a in row_of and b in row_of]

"""Which wordings lie near which, kept up to date while wordings come and go.

All are compared with all once, which takes a minute at 100,000; after that, only what is new.
"""

from collections.abc import Callable, Sequence

import numpy as np

from fivewhys.patterns.live import Bools, Ints, are_in, distinct
from fivewhys.patterns.neighbours import NEIGHBOURS, NONE, Floats, Progress, all_neighbours
from fivewhys.patterns.second_look import CROWD

VectorsOf = Callable[[Sequence[int]], Floats]
"""The unit vectors of wordings, by their numbers: (n, dimensions)."""

CROWD_FLOOR = 0.4
"""What lies further away than this cosine counts as that far when it is asked how crowded it is:
it says nothing any more, and of neighbours below it none is kept."""

_MOST_NEW = 0.3
"""The share of new wordings from which on it is quicker to compare all with all."""
_BLOCK = 1024
"""Vectors that are compared with new ones at once: as many as the cache holds."""
_DIGITS = 5


class Near:
    """For each wording the nearest others whose cosine is above `least`, at most `k`.

    `least` is at most `CROWD_FLOOR`, whatever is asked for.

    Wordings go by the numbers of their words. What `bring` gives is the same as if all had been
    compared anew, but for which of equally near ones stand first.
    """

    def __init__(self, least: float, k: int = NEIGHBOURS) -> None:
        self.least = min(least, CROWD_FLOOR)
        self._k = k
        self.words: Ints = np.empty(0, np.int64)
        """The wordings in their order, each in a row."""
        self.rows = np.empty((0, k), np.int32)
        """The rows of each one's neighbours, nearest first; `NONE` where there are no more."""
        self.scores = np.empty((0, k), np.float32)
        """Their cosines, -1 where there are no more."""

    def bring(self, words: Ints, vectors_of: VectorsOf, progress: Progress | None = None) -> None:
        """Let `words`, each once and in their order, be the wordings from now on.

        `progress` is told the share done, and ends the work by raising; all is as before then.
        """
        if np.array_equal(words, self.words):
            return
        new = np.flatnonzero(~are_in(words, self.words))
        is_kept = are_in(self.words, words)
        asked = self._bereft(is_kept)
        if len(new) + len(asked) >= _MOST_NEW * len(words):
            found = all_neighbours(vectors_of(words.tolist()), self.least, self._k, progress)
            self.words, self.rows, self.scores = words, found.rows, found.scores
            return
        place = np.searchsorted(words, self.words[is_kept]).astype(np.int32)
        # The last is where `NONE` leads.
        place_of = np.full(len(self.words) + 1, NONE, np.int32)
        place_of[:-1][is_kept] = place
        old_rows, old_scores = self.rows[is_kept], self.scores[is_kept]
        new_rows = place_of[old_rows]
        has_gone = (new_rows == NONE) & (old_rows != NONE)
        rows = np.full((len(words), self._k), NONE, np.int32)
        scores = np.full(rows.shape, -1, np.float32)
        rows[place], scores[place] = new_rows, np.where(has_gone, np.float32(-1), old_scores)
        asked = np.concatenate([place_of[asked].astype(np.int64), new])
        rows[asked], scores[asked] = NONE, -1
        lines = place[has_gone.any(axis=1)].astype(np.int64)
        met = self._met(words, asked, len(new), scores, vectors_of)
        lines = distinct(np.concatenate([lines, met[0]]))
        _sort_in(rows, scores, lines, met)
        self.words, self.rows, self.scores = words, rows, scores

    def pairs(self, least: float) -> tuple[Ints, Ints, Floats]:
        """The rows of every pair of neighbours from this cosine on, each pair once; cosines.

        They are rounded, as their last digits hang on what else was compared at the same time.
        """
        flat = np.flatnonzero(self.scores.reshape(-1) >= least)
        line, other = flat // self._k, self.rows.reshape(-1)[flat]
        codes = np.minimum(line, other) * len(self.words) + np.maximum(line, other)
        order = np.argsort(codes)
        codes = codes[order]
        is_first = np.ones(len(codes), bool)
        np.not_equal(codes[1:], codes[:-1], out=is_first[1:])
        low, high = np.divmod(codes[is_first], len(self.words))
        cosines = self.scores.reshape(-1)[flat[order[is_first]]]
        return low, high, np.round(cosines, _DIGITS)

    def crowds(self, groups: Ints) -> Floats:
        """How crowded it is around each wording, in the order of the rows: the mean cosine of the
        nearest that are not in its own of `groups`, which has a number for each row.

        Where all neighbours are of its own group, nothing is said to be near beside it.
        """
        is_other = (self.rows != NONE) & (groups[self.rows] != groups[:, None])
        is_counted = is_other & (np.cumsum(is_other, axis=1, dtype=np.int8) <= CROWD)
        beyond = np.where(is_counted, np.maximum(self.scores - CROWD_FLOOR, 0), 0)
        found: Floats = (CROWD_FLOOR + beyond.sum(axis=1) / CROWD).astype(np.float32)
        return found

    def _bereft(self, is_kept: Bools) -> Ints:
        """The rows that are kept whose neighbours are not all, where there may have been more."""
        if is_kept.all() or not len(self.rows):
            return np.empty(0, np.int64)
        has_gone = (self.rows != NONE) & ~is_kept[self.rows]
        found: Ints = np.flatnonzero(is_kept & has_gone.any(axis=1) & (self.rows[:, -1] != NONE))
        return found

    def _met(
        self, words: Ints, asked: Ints, new: int, scores: Floats, vectors_of: VectorsOf
    ) -> tuple[Ints, Ints, Floats]:
        """Lines, the rows that they met, and the cosines that count for them.

        The lines `asked` meet all. Each other line meets those of them that are `new`, the last:
        the others it has met before, and one that it met twice would push another out.
        """
        first_new = len(asked) - new
        queries = vectors_of(words[asked].tolist())
        edge = np.maximum(scores[:, -1], np.float32(self.least))
        edge[asked] = np.inf
        lines, rows, found = [], [], []
        for begin in range(0, len(words), _BLOCK):
            end = min(begin + _BLOCK, len(words))
            product = queries @ vectors_of(words[begin:end].tolist()).T
            inside = np.flatnonzero((asked >= begin) & (asked < end))
            product[inside, asked[inside] - begin] = -2
            at, other = np.nonzero(product > self.least)
            lines.append(asked[at])
            rows.append(other + begin)
            found.append(product[at, other])
            at, other = np.nonzero(product[first_new:] > edge[begin:end])
            lines.append(other + begin)
            rows.append(asked[first_new + at])
            found.append(product[first_new + at, other])
        return np.concatenate(lines), np.concatenate(rows), np.concatenate(found)


def _sort_in(
    rows: np.ndarray[tuple[int, ...], np.dtype[np.int32]],
    scores: Floats,
    lines: Ints,
    met: tuple[Ints, Ints, Floats],
) -> None:
    """Keep of what `lines` have and have met the nearest, of equally near ones the first rows."""
    k = rows.shape[1]
    at, place = np.nonzero(rows[lines] != NONE)
    line = np.concatenate([lines[at], met[0]])
    row = np.concatenate([rows[lines[at], place], met[1]])
    score = np.concatenate([scores[lines[at], place], met[2]])
    order = np.lexsort((row, -score, line))
    line, row, score = line[order], row[order], score[order]
    rank = np.arange(len(line)) - np.searchsorted(line, line)
    is_kept = rank < k
    rows[lines], scores[lines] = NONE, -1
    rows[line[is_kept], rank[is_kept]] = row[is_kept]
    scores[line[is_kept], rank[is_kept]] = score[is_kept]

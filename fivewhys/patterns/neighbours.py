"""The near neighbours of every vector among all of them: the ground that grouping stands on."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Rows = NDArray[np.int32]

Progress = Callable[[float], None]
"""Told how much is done, from 0 to 1. An exception that it raises ends the work."""

NEIGHBOURS = 20
"""Neighbours of each vector: few enough to keep at a million, enough to meet every group near."""

NONE = -1
"""In place of a row where a vector has fewer neighbours."""

_BLOCK = 1024
"""Vectors that are compared with as many others at once: 4 MB of scores, which the cache holds."""
_WAITING = 8 * _BLOCK
"""Scores of a block that may wait until they are sorted in."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """For each vector its neighbours' rows, nearest first, and their cosines; two (n, k) arrays."""

    rows: Rows
    scores: Floats
    """-1 where there is no neighbour."""


def all_neighbours(
    vectors: Floats, least: float, k: int = NEIGHBOURS, progress: Progress | None = None
) -> Neighbours:
    """For each of the unit `vectors` the `k` nearest others whose cosine is above `least`.

    Each pair is compared once. 100,000 vectors of 384 numbers take about a minute of one core.
    """
    rows = np.full((len(vectors), k), NONE, np.int32)
    scores = np.full((len(vectors), k), -1, np.float32)
    starts = range(0, len(vectors), _BLOCK)
    blocks = [_Block(begin, rows, scores, least) for begin in starts]
    parts = [vectors[begin : begin + _BLOCK] for begin in starts]
    # Taking new room for each product would take as long as the product.
    room = np.empty(_BLOCK * _BLOCK, np.float32)
    done, pairs = 0, len(blocks) * (len(blocks) + 1) / 2
    for number, part in enumerate(parts):
        for other in range(number, len(parts)):
            shape = len(part), len(parts[other])
            product = room[: shape[0] * shape[1]].reshape(shape)
            np.matmul(part, parts[other].T, out=product)
            if other == number:
                np.fill_diagonal(product, -2)
            else:
                blocks[other].meet(product, number * _BLOCK, axis=1)
            blocks[number].meet(product, other * _BLOCK, axis=0)
            done += 1
            if progress is not None and done % 16 == 0:
                progress(done / pairs)
    for block in blocks:
        block.sort_in()
    return Neighbours(rows, scores)


class _Block:
    """The neighbours that some vectors have met so far; they are written where all are."""

    def __init__(self, begin: int, rows: Rows, scores: Floats, least: float) -> None:
        self._rows = rows[begin : begin + _BLOCK]
        self._scores = scores[begin : begin + _BLOCK]
        self._least = np.float32(least)
        self._edge = np.full((len(self._rows), 1), self._least)
        """What a score must beat to count."""
        self._waiting: list[tuple[NDArray[np.int64], NDArray[np.int64], Floats]] = []
        self._count = 0

    def meet(self, scores: Floats, begin: int, axis: int) -> None:
        """The cosines of this block's vectors, which stand along `axis`, with those from row
        `begin` on, which stand along the other.
        """
        edge = self._edge.T if axis else self._edge
        beyond = np.flatnonzero(scores > edge)
        at = np.divmod(beyond, scores.shape[1])
        line, other = at[axis], at[1 - axis]
        self._waiting.append((line, other + begin, scores.reshape(-1)[beyond]))
        self._count += len(line)
        if self._count > _WAITING:
            self.sort_in()

    def sort_in(self) -> None:
        """Keep of all that was met the nearest; of equally near ones the first."""
        count, k = self._rows.shape
        kept = np.nonzero(self._rows != NONE)
        line = np.concatenate([kept[0], *(part[0] for part in self._waiting)])
        row = np.concatenate([self._rows[kept], *(part[1] for part in self._waiting)])
        score = np.concatenate([self._scores[kept], *(part[2] for part in self._waiting)])
        self._waiting, self._count = [], 0
        order = np.lexsort((row, -score, line))
        line, row, score = line[order], row[order], score[order]
        place = np.arange(len(line)) - np.searchsorted(line, np.arange(count))[line]
        is_kept = place < k
        at = line[is_kept], place[is_kept]
        self._rows[at], self._scores[at] = row[is_kept], score[is_kept]
        self._edge = np.maximum(self._scores[:, -1:], self._least)

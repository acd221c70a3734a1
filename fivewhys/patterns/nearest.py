"""The nearest of many vectors to many others, by matrix products of blocks that fit the cache."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

_BLOCK = 1024
_WAITING = 4 * _BLOCK
"""Scores that a block of queries may have met before they are sorted in."""


class _Best:
    """The `k` highest scores that each of `count` queries has met, and the rows they belong to."""

    def __init__(self, count: int, k: int) -> None:
        self._k = k
        self._scores = np.full((count, k), -np.inf, np.float32)
        self._rows = np.full((count, k), -1, np.int64)
        self._waiting: list[tuple[Rows, Rows, Floats]] = []
        self._met = 0

    def meet(self, scores: Floats, rows: Rows, is_beyond: NDArray[np.bool_]) -> None:
        """Scores of all queries with `rows`; `is_beyond` is room for as many truth values."""
        if not self._met and scores.shape[1] > 4 * self._k:
            # So early most would count: the best of each at once, not one by one.
            chosen = np.argpartition(scores, -self._k, axis=1)[:, -self._k :]
            self._scores[:] = np.take_along_axis(scores, chosen, 1)
            self._rows[:] = rows[chosen]
        else:
            edge = self._scores.min(axis=1, keepdims=True)
            np.greater(scores, edge, out=is_beyond)
            hits = np.flatnonzero(is_beyond)
            queries, columns = np.divmod(hits, scores.shape[1])
            self._waiting.append((queries, rows[columns], scores.reshape(-1)[hits]))
            if sum(len(part[0]) for part in self._waiting) > _WAITING:
                self._sort_in()
        self._met += 1

    def ranked(self) -> tuple[Rows, Floats]:
        """Rows and scores of each query, the highest first; -1 where there were fewer than `k`."""
        self._sort_in()
        order = np.argsort(-self._scores, axis=1, kind="stable")
        rows = np.take_along_axis(self._rows, order, 1)
        return rows, np.take_along_axis(self._scores, order, 1)

    def _sort_in(self) -> None:
        if not self._waiting:
            return
        count = len(self._scores)
        known = np.repeat(np.arange(count), self._k)
        queries = np.concatenate([known, *(part[0] for part in self._waiting)])
        rows = np.concatenate([self._rows.reshape(-1), *(part[1] for part in self._waiting)])
        scores = np.concatenate([self._scores.reshape(-1), *(part[2] for part in self._waiting)])
        self._waiting = []
        # One number that sorts by query and, within it, from the highest score (1) to the lowest
        # (-1, or the -9 of a place that nothing took).
        order = np.argsort(16.0 * queries - np.maximum(scores, -9))
        starts = np.searchsorted(queries[order], np.arange(count))
        chosen = order[starts[:, None] + np.arange(self._k)]
        self._scores, self._rows = scores[chosen], rows[chosen]


def nearest(
    queries: Floats, parts: Iterable[tuple[Rows, NDArray[np.floating]]], k: int
) -> tuple[Rows, Floats]:
    """For each unit vector the `k` rows with the highest cosine, and these: two (n, k), best first.

    `parts` are rows with their unit vectors. Where there are fewer than `k`, rows are -1.
    """
    blocks = [queries[begin : begin + _BLOCK] for begin in range(0, len(queries), _BLOCK)]
    best = [_Best(len(block), k) for block in blocks]
    room = _Room()
    for numbers, vectors in parts:
        for begin in range(0, len(numbers), _BLOCK):
            rows = numbers[begin : begin + _BLOCK]
            some = np.asarray(vectors[begin : begin + _BLOCK], np.float32)
            for found, block in zip(best, blocks, strict=True):
                scores, is_beyond = room.product(block, some)
                found.meet(scores, rows, is_beyond)
    return _joined((found.ranked() for found in best), k)


class _Room:
    """Room for one product; taking new room for each would take as long as the product."""

    def __init__(self) -> None:
        self._scores = np.empty(_BLOCK * _BLOCK, np.float32)
        self._is_beyond = np.empty(_BLOCK * _BLOCK, np.bool_)

    def product(self, queries: Floats, rows: Floats) -> tuple[Floats, NDArray[np.bool_]]:
        """The cosines of all pairs, and room for as many truth values."""
        shape = len(queries), len(rows)
        size = shape[0] * shape[1]
        scores = self._scores[:size].reshape(shape)
        np.matmul(queries, rows.T, out=scores)
        return scores, self._is_beyond[:size].reshape(shape)


def _joined(parts: Iterator[tuple[Rows, Floats]], k: int) -> tuple[Rows, Floats]:
    found = list(parts)
    if not found:
        return np.empty((0, k), np.int64), np.empty((0, k), np.float32)
    return np.concatenate([rows for rows, _ in found]), np.concatenate([of for _, of in found])

"""Short codes of vectors, one bit for each dimension, and the rows whose codes are nearest.

The bit of a dimension says whether its value is above zero. The share of bits in which two codes
differ estimates the angle between the vectors (Charikar 2002), well enough to pick the few hundred
rows among a million that are worth an exact look.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.encoder import DIMENSIONS

Words = NDArray[np.uint64]
Rows = NDArray[np.int64]

WORDS = DIMENSIONS // 64
"""64-bit words of a code."""

BLOCK = 1 << 15
"""Rows whose codes lie together: a plane of them takes 256 KiB, which the processor keeps near."""

_FIRST = WORDS // 2
"""Words that are compared for all rows; at most 255 bits, so that their counts fit in a byte."""

_HIGHEST = 64 * _FIRST

_SECOND_LOOK = 64
"""One row in so many is worth comparing whole."""

_SAMPLE = 16
"""Every so manyth row is looked at to guess how near the nearest are."""


def sign_codes(vectors: NDArray[np.floating]) -> Words:
    """The codes of vectors, (n, `DIMENSIONS`) → (n, `WORDS`)."""
    return np.packbits(vectors > 0, axis=1, bitorder="little").view("<u8")


class Codes:
    """The codes of many rows, block by block in bit-plane order: first words, second words …

    Rows are only ever added behind the others, so that one thread may search while another adds.
    """

    def __init__(self) -> None:
        self._blocks: list[Words] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def extend(self, codes: Words) -> None:
        """Add the codes of the next rows."""
        while len(codes):
            number, begin = divmod(self._count, BLOCK)
            if number == len(self._blocks):
                self._blocks.append(np.empty((WORDS, BLOCK), np.uint64))
            some, codes = codes[: BLOCK - begin], codes[BLOCK - begin :]
            self._blocks[number][:, begin : begin + len(some)] = some.T
            self._count += len(some)

    def of(self, rows: Rows) -> Words:
        """The codes of these rows, (n, `WORDS`)."""
        found = np.empty((len(rows), WORDS), np.uint64)
        for at, block, inside in self._parted(rows):
            found[at] = block[:, inside].T
        return found

    def nearest(self, code: Words, wanted: int, is_there: NDArray[np.bool_]) -> Rows:
        """Rows that differ from `code` in the fewest bits, in the order of rows.

        They are at least `wanted`, or all that are there, and at most four times as many: of rows
        that are equally far, the first are taken.
        """
        count = min(self._count, len(is_there))
        if count <= wanted:
            return np.flatnonzero(is_there[:count])
        halves = self._first_halves(code, count)
        rows = _lowest(halves, is_there[:count], max(8 * wanted, count // _SECOND_LOOK))
        bits = halves[rows].astype(np.uint16)
        for at, block, inside in self._parted(rows):
            for word in range(_FIRST, WORDS):
                bits[at] += np.bitwise_count(block[word][inside] ^ code[word])
        if len(rows) > wanted:
            edge = np.partition(bits, wanted - 1)[wanted - 1]
            near, even = np.flatnonzero(bits < edge), np.flatnonzero(bits == edge)
            rows = np.sort(rows[np.concatenate([near, even[: 4 * wanted - len(near)]])])
        return rows

    def _first_halves(self, code: Words, count: int) -> NDArray[np.uint8]:
        """In how many bits of its first words each of the first `count` rows differs."""
        bits = np.empty(count, np.uint8)
        differing, more = np.empty(BLOCK, np.uint64), np.empty(BLOCK, np.uint8)
        for number in range(-(-count // BLOCK)):
            block, begin = self._blocks[number], number * BLOCK
            size = min(BLOCK, count - begin)
            into = bits[begin : begin + size]
            for word in range(_FIRST):
                np.bitwise_xor(block[word, :size], code[word], out=differing[:size])
                if word:
                    np.bitwise_count(differing[:size], out=more[:size])
                    into += more[:size]
                else:
                    np.bitwise_count(differing[:size], out=into)
        return bits

    def _parted(self, rows: Rows) -> list[tuple[slice, Words, Rows]]:
        """Where the rows of each block stand in `rows`, the block, and the rows within it."""
        if len(rows) and np.any(rows[1:] < rows[:-1]):
            return [
                (slice(at, at + 1), self._blocks[row // BLOCK], rows[at : at + 1] % BLOCK)
                for at, row in enumerate(rows.tolist())
            ]
        edges = np.searchsorted(rows, np.arange(len(self._blocks) + 1) * BLOCK).tolist()
        return [
            (slice(begin, end), self._blocks[number], rows[begin:end] - number * BLOCK)
            for number, (begin, end) in enumerate(pairwise(edges))
            if end > begin
        ]


def _lowest(bits: NDArray[np.uint8], is_there: NDArray[np.bool_], wanted: int) -> Rows:
    """Rows that are there with the lowest of `bits`: at least `wanted`, where there are so many."""
    # A full sort of a million would take longer than all the rest; a sample tells nearly as well.
    of_sample = np.cumsum(np.bincount(bits[::_SAMPLE], minlength=_HIGHEST + 1)) * _SAMPLE
    edge = int(np.searchsorted(of_sample, wanted))
    while True:
        while edge < _HIGHEST and np.count_nonzero(bits <= edge) < wanted:
            edge += 1
        rows = np.flatnonzero(bits <= edge)
        rows = rows[is_there[rows]]
        if len(rows) >= wanted or edge >= _HIGHEST:
            return rows
        # Many rows are gone.
        edge += 4

"""Texts as vectors in which causes that mean the same lie close together.

A small transformer (6 layers, 384 wide) whose weights come with the package, in one byte each;
`data/MODEL_CARD.md` says where they come from and how good they are. Only numpy is needed. The
weights are loaded when the first text is encoded (about 50 MB in memory).
"""

import json
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from fivewhys.patterns.pieces import Pieces

Floats = NDArray[np.float32]

DIMENSIONS = 384

MOST_PIECES = 128
"""Word pieces of a text that are read; the rest is left out (about 90 words)."""

HEADS = 12

WITHIN = 4 * DIMENSIONS
"""Numbers between the two products of a feed-forward."""

BATCH_PIECES = 512
"""Word pieces that are worked on at once: enough for the processor, few enough for its cache."""

FEW, FILLED_UP = 64, 4
"""Word pieces up to which a matrix is taken block by block, and what their number is filled up to.

BLAS copies a whole matrix to a place of its own before it multiplies, but not a small one: the
matrices of a sentence of 12 pieces take 7 ms in blocks and 10 ms whole, and 15 take longer than 16.
"""

BLOCK = 32
"""Outputs of a block: those of one head, and few enough that nothing is copied."""

_ONE, _EPSILON = np.float32(1), np.float32(1e-12)
_MEAN = np.full(DIMENSIONS, 1 / DIMENSIONS, np.float32)
_MOST = np.float32(80)
"""What a score is cut at, above and below, so that its exponential is a number and not nought."""

_CUBE = 0.7978845608 * 0.044715
_INSIDE = np.float32(_CUBE ** (1 / 3))
_LINE = np.float32(0.7978845608 / _CUBE ** (1 / 3))
"""The linear unit takes the hyperbolic tangent of 0.798 x + 0.036 x³. For `_INSIDE` times x, that
is its cube and `_LINE` times itself; what is inside is put to the weights, once for all."""
_TILE = 32
"""Rows of which the linear unit is taken at once: they stay in the cache from step to step."""


def encode(texts: Sequence[str]) -> Floats:
    """Unit vectors of `texts`: one row of `DIMENSIONS` numbers each, in the same order.

    A text without any words has a vector too, which is close to no cause.

    >>> same, other = encode(["Nobody ordered the forms", "The forms came late"])
    >>> same.shape
    (384,)
    """
    return _encoder().encode(texts)


def name() -> str:
    """The encoder's name and version, which is kept with every vector."""
    return str(_about()["name"])


def load() -> None:
    """Read the weights now, so that the first text does not wait for them."""
    _encoder()


def _batches(pieces: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Rows of about the same length together, so that little is padded."""
    batch: list[int] = []
    for row in sorted(range(len(pieces)), key=lambda row: len(pieces[row])):
        if batch and (len(batch) + 1) * len(pieces[row]) > BATCH_PIECES:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


class Encoder:
    """The weights, and the way from word pieces to a vector.

    `weights` holds a matrix as int8 with a scale for each row (`NAME.scale`); rows are outputs.
    """

    def __init__(self, weights: Mapping[str, NDArray[Any]], pieces: Pieces) -> None:
        self.pieces = pieces
        # Word pieces stay in bytes: a text needs a few rows of them.
        self._words, self._words_scale = weights["w.weight"], weights["w.weight.scale"]
        self._positions = _whole(weights, "p.weight") + weights["ty"].astype(np.float32)
        self._start = weights["ln.weight"], weights["ln.bias"]
        count = 1 + max(int(key.split(".")[1]) for key in weights if key.startswith("layers."))
        # All matrices lie in one place, which the system can give in large pages.
        matrices = len("qkvo") * DIMENSIONS**2 + 2 * DIMENSIONS * WITHIN
        room = np.empty((count, matrices), np.float32)
        self._layers = [_Layer(weights, f"layers.{at}.", room[at]) for at in range(count)]

    def encode(self, texts: Sequence[str]) -> Floats:
        """Unit vectors of `texts`, a row each."""
        pieces = [self.pieces.numbers(text, MOST_PIECES) for text in texts]
        vectors = np.empty((len(texts), DIMENSIONS), np.float32)

        def fill(batch: list[int]) -> None:
            vectors[batch] = self.forward([pieces[row] for row in batch])

        batches = list(_batches(pieces))
        if len(batches) < 2:
            for batch in batches:
                fill(batch)
        else:
            with ThreadPoolExecutor(min(len(batches), os.cpu_count() or 1)) as threads:
                list(threads.map(fill, batches))
        return vectors

    def forward(self, pieces: Sequence[Sequence[int]]) -> Floats:
        """Unit vectors of texts that are given as numbers of word pieces."""
        count, longest = len(pieces), max(map(len, pieces))
        if count * longest <= FEW:
            longest = min(MOST_PIECES, -(-longest // FILLED_UP) * FILLED_UP)
        lengths = np.array([len(row) for row in pieces])
        numbers = np.zeros((count, longest), np.int64)
        for row, of_text in enumerate(pieces):
            numbers[row, : len(of_text)] = of_text
        is_there = np.arange(longest) < lengths[:, None]
        hidden = self._words[numbers] * self._words_scale[numbers].reshape(count, longest, 1)
        hidden += self._positions[:longest]
        rows = hidden.reshape(-1, DIMENSIONS)
        _norm(rows, *self._start)
        # What is padded must not be looked at.
        is_padded = not is_there.all()
        mask = np.where(is_there, 0, -np.inf).astype(np.float32)[:, None, None, :]
        for layer in self._layers:
            rows = layer.forward(rows, count, mask if is_padded else None)
        hidden = rows.reshape(count, longest, DIMENSIONS)
        if is_padded:
            hidden *= is_there[:, :, None]
        vectors = hidden.sum(axis=1) / lengths[:, None].astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors, np.float32)


class _Layer:
    """Attention and feed-forward, each with its norm after it."""

    def __init__(self, weights: Mapping[str, NDArray[Any]], prefix: str, room: Floats) -> None:
        """`room` is filled with the matrices."""
        # One product for query, key and value is quicker than three. The scores are divided by
        # the root of a head's width: once for all, here.
        by = {"q": (DIMENSIONS // HEADS) ** -0.5, "i": _INSIDE, "d": 0.5 / _INSIDE}
        made, begin = [], 0
        for parts in ("qkv", "o", "i", "d"):
            width = WITHIN if parts == "d" else DIMENSIONS
            size = (WITHIN if parts == "i" else len(parts) * DIMENSIONS) * width
            into = room[begin : begin + size].reshape(len(parts), -1, width, BLOCK)
            bias = []
            for part, blocks in zip(parts, into, strict=True):
                name, scale = f"{prefix}{part}", np.float32(by.get(part, 1))
                _fill(blocks, weights, f"{name}.weight", scale)
                bias.append(weights[f"{name}.bias"] * (1 if part == "d" else scale))
            made.append(_Linear(into.reshape(-1, width, BLOCK), np.concatenate(bias)))
            begin += size
        self._three, self._out, self._up, self._down = made
        self._first = weights[f"{prefix}ln1.weight"], weights[f"{prefix}ln1.bias"]
        self._second = weights[f"{prefix}ln2.weight"], weights[f"{prefix}ln2.bias"]

    def forward(self, rows: Floats, count: int, mask: Floats | None) -> Floats:
        """The rows of `count` texts, each as long as the others, one layer further."""
        length = len(rows) // count
        heads = self._three.of(rows).reshape(count, length, 3, HEADS, DIMENSIONS // HEADS)
        query, key, value = heads.transpose(2, 3, 0, 1, 4)
        scores = query @ key.swapaxes(2, 3)
        # The highest score is mostly taken off; to look for it takes longer than all the rest.
        np.minimum(scores, _MOST, out=scores)
        np.maximum(scores, -_MOST, out=scores)
        if mask is not None:
            scores += mask[:, 0]
        np.exp(scores, out=scores)
        scores /= np.add.reduce(scores, axis=-1, keepdims=True)
        seen = np.empty_like(rows)
        of_heads = seen.reshape(count, length, HEADS, DIMENSIONS // HEADS).transpose(2, 0, 1, 3)
        np.matmul(scores, value, out=of_heads)
        middle = self._out.of(seen)
        middle += rows
        _norm(middle, *self._first)
        up = self._up.of(middle)
        _unit(up)
        down = self._down.of(up)
        down += middle
        _norm(down, *self._second)
        return down


class _Linear:
    """A matrix in blocks of `BLOCK` outputs, (blocks, inputs, `BLOCK`), and its bias."""

    def __init__(self, blocks: Floats, bias: Floats) -> None:
        self._blocks, self._bias = blocks, bias

    def of(self, rows: Floats) -> Floats:
        """The outputs for each row."""
        count, width = rows.shape
        found = np.empty((count, len(self._bias)), np.float32)
        if count > FEW:
            np.matmul(rows, self._blocks.transpose(1, 0, 2).reshape(width, -1), out=found)
        else:
            in_blocks = found.reshape(count, -1, BLOCK).transpose(1, 0, 2)
            np.matmul(rows, self._blocks, out=in_blocks)
        found += self._bias
        return found


def _unit(x: Floats) -> None:
    """In place, twice the Gaussian error linear unit in its tanh form, as trained.

    (Hendrycks and Gimpel 2016.) `x` is `_INSIDE` times what it is taken of, and so is the result.
    """
    room = np.empty((min(_TILE, len(x)), x.shape[1]), np.float32)
    for begin in range(0, len(x), _TILE):
        some = x[begin : begin + _TILE]
        inner = room[: len(some)]
        np.multiply(some, some, out=inner)
        inner += _LINE
        inner *= some
        np.tanh(inner, out=inner)
        inner += _ONE
        some *= inner


def _norm(x: Floats, weight: Floats, bias: Floats) -> None:
    """Let each row have the mean 0 and the spread 1, in place, then times `weight` plus `bias`."""
    x -= (x @ _MEAN)[:, None]
    spread = np.einsum("ij,ij->i", x, x)
    spread /= np.float32(x.shape[1])
    spread += _EPSILON
    x *= (1 / np.sqrt(spread))[:, None]
    x *= weight
    x += bias


def _fill(blocks: Floats, weights: Mapping[str, NDArray[Any]], name: str, by: np.float32) -> None:
    """Put a matrix, times `by`, into its blocks."""
    in_bytes = weights[name].reshape(len(blocks), BLOCK, -1).transpose(0, 2, 1)
    scale = weights[f"{name}.scale"].astype(np.float32).reshape(len(blocks), 1, BLOCK)
    np.multiply(in_bytes, scale * by, out=blocks)


def _whole(weights: Mapping[str, NDArray[Any]], name: str) -> Floats:
    scale = weights[f"{name}.scale"].astype(np.float32).reshape(-1, 1)
    return np.asarray(weights[name].astype(np.float32) * scale)


_loading = threading.Lock()


def _encoder() -> Encoder:
    with _loading:
        return _load()


@cache
def _load() -> Encoder:
    # A matrix product that waits for a second core takes a hundred times as long where that core
    # is busy. Many texts are shared out to threads instead, each with its own products.
    threadpool_limits(1, "blas")
    folder = files("fivewhys.patterns") / "data"
    pieces = folder.joinpath("pieces.txt").read_text("utf-8").split("\n")
    with folder.joinpath("encoder.npz").open("rb") as file, np.load(file) as weights:
        return Encoder(weights, Pieces({piece: at for at, piece in enumerate(pieces)}))


@cache
def _about() -> dict[str, Any]:
    text = files("fivewhys.patterns").joinpath("data", "encoder.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found

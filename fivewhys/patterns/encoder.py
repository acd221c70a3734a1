"""Texts as vectors in which causes that mean the same lie close together.

A small transformer (6 layers, 384 wide) whose weights come with the package, in one byte each;
`data/MODEL_CARD.md` says where they come from and how good they are. Only numpy is needed. The
weights are loaded when the first text is encoded (about 45 MB in memory).
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

BATCH_PIECES = 1024
"""Word pieces that are worked on at once: enough for the processor, few enough for its cache."""

FEW, COLUMNS = 96, 16
"""Word pieces up to which a product is taken as columns, and what their number is filled up to.

Measured with weights that do not fit the processor's cache: 16 pieces at once take 0.7 ms as
columns and 1.1 ms as rows, and 15 take longer than 16.
"""

_EPSILON = np.float32(1e-12)


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
        self._norm = weights["ln.weight"], weights["ln.bias"]
        count = 1 + max(int(key.split(".")[1]) for key in weights if key.startswith("layers."))
        self._layers = [_Layer(weights, f"layers.{number}.") for number in range(count)]

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
        lengths = np.array([len(row) for row in pieces])
        numbers = np.zeros((count, longest), np.int64)
        for row, of_text in enumerate(pieces):
            numbers[row, : len(of_text)] = of_text
        is_there = np.arange(longest) < lengths[:, None]
        hidden = self._words[numbers] * self._words_scale[numbers].reshape(count, longest, 1)
        hidden = _normed(hidden + self._positions[:longest], *self._norm)
        # What is padded must not be looked at.
        is_padded = not is_there.all()
        mask = np.where(is_there, 0, -1e9).astype(np.float32)[:, None, None, :]
        for layer in self._layers:
            hidden = layer.forward(hidden, mask if is_padded else None)
        if is_padded:
            hidden = hidden * is_there[:, :, None]
        vectors = hidden.sum(axis=1) / lengths[:, None].astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors, np.float32)


class _Layer:
    """Attention and feed-forward, each with its norm after it."""

    def __init__(self, weights: Mapping[str, NDArray[Any]], prefix: str) -> None:
        # One product for query, key and value is quicker than three.
        self._qkv = np.concatenate([_whole(weights, f"{prefix}{part}.weight") for part in "qkv"])
        self._qkv_bias = np.concatenate([weights[f"{prefix}{part}.bias"] for part in "qkv"])
        # The scores are divided by the root of a head's width: once for all, here.
        scale = np.float32((DIMENSIONS // HEADS) ** -0.5)
        self._qkv[:DIMENSIONS] *= scale
        self._qkv_bias[:DIMENSIONS] *= scale
        self._out, self._out_bias = _linear(weights, f"{prefix}o")
        self._up, self._up_bias = _linear(weights, f"{prefix}i")
        self._down, self._down_bias = _linear(weights, f"{prefix}d")
        self._first = weights[f"{prefix}ln1.weight"], weights[f"{prefix}ln1.bias"]
        self._second = weights[f"{prefix}ln2.weight"], weights[f"{prefix}ln2.bias"]

    def forward(self, hidden: Floats, mask: Floats | None) -> Floats:
        count, length, width = hidden.shape
        flat = hidden.reshape(-1, width)
        three = _product(flat, self._qkv, self._qkv_bias)
        heads = three.reshape(count, length, 3, HEADS, width // HEADS)
        query, key, value = heads.transpose(2, 0, 3, 1, 4)
        scores = query @ key.transpose(0, 1, 3, 2)
        if mask is not None:
            scores += mask
        scores -= scores.max(axis=-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=-1, keepdims=True)
        seen = (scores @ value).transpose(0, 2, 1, 3).reshape(-1, width)
        out = _product(seen, self._out, self._out_bias)
        out += flat
        middle = _normed(out, *self._first)
        up = _product(middle, self._up, self._up_bias)
        down = _product(_gelu(up), self._down, self._down_bias)
        down += middle
        return _normed(down, *self._second).reshape(count, length, width)


def _product(x: Floats, weight: Floats, bias: Floats) -> Floats:
    """Rows of `x` times the rows of `weight`, plus `bias`."""
    count, width = x.shape
    if count > FEW:
        found = x @ weight.T
    else:
        columns = np.zeros((width, -(-count // COLUMNS) * COLUMNS), np.float32)
        columns[:, :count] = x.T
        found = np.ascontiguousarray((weight @ columns)[:, :count].T)
    found += bias
    return found


def _gelu(x: Floats) -> Floats:
    """The Gaussian error linear unit in its tanh form (Hendrycks and Gimpel 2016), as trained."""
    inner = x * x
    inner *= np.float32(0.044715 * 0.7978845608)
    inner += np.float32(0.7978845608)
    inner *= x
    np.tanh(inner, out=inner)
    inner += np.float32(1)
    inner *= x
    inner *= np.float32(0.5)
    return inner


def _normed(x: Floats, weight: Floats, bias: Floats) -> Floats:
    centred: Floats = x - x.mean(axis=-1, keepdims=True)
    spread = np.einsum("...i,...i->...", centred, centred)[..., None] / np.float32(x.shape[-1])
    centred *= 1 / np.sqrt(spread + _EPSILON)
    centred *= weight
    centred += bias
    return centred


def _whole(weights: Mapping[str, NDArray[Any]], name: str) -> Floats:
    scale = weights[f"{name}.scale"].astype(np.float32).reshape(-1, 1)
    return np.asarray(weights[name].astype(np.float32) * scale)


def _linear(weights: Mapping[str, NDArray[Any]], name: str) -> tuple[Floats, Floats]:
    return _whole(weights, f"{name}.weight"), weights[f"{name}.bias"]


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
        return Encoder(dict(weights), Pieces({piece: at for at, piece in enumerate(pieces)}))


@cache
def _about() -> dict[str, Any]:
    text = files("fivewhys.patterns").joinpath("data", "encoder.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found

"""The network that learns and the one that is shipped do the same sums."""

from typing import Any

import numpy as np
import pytest

from fivewhys.patterns.encoder import MOST_PIECES, Encoder
from fivewhys.patterns.pieces import END, START, Pieces

pytest.importorskip("jax", reason="only who makes the encoder anew has it")

from training import packing
from training.network import HEADS, LAYERS, WIDTH, pack, vectors

WORDS = [START, END, "the", "forms", "were", "not", "ordered", "late", "at", "all"]
TEXTS = ["the forms were not ordered", "late", "the forms were not ordered at all " * 4]


def some_weights() -> dict[str, Any]:
    chance = np.random.default_rng(3)

    def numbers(*shape: int) -> Any:
        return chance.normal(0, 0.05, shape).astype(np.float32)

    weights = {
        "w.weight": numbers(len(WORDS), WIDTH),
        "p.weight": numbers(MOST_PIECES, WIDTH),
        "ty": numbers(WIDTH),
        "ln.weight": 1 + numbers(WIDTH),
        "ln.bias": numbers(WIDTH),
    }
    shapes = dict.fromkeys("qkvo", (WIDTH, WIDTH)) | {
        "i": (4 * WIDTH, WIDTH),
        "d": (WIDTH, 4 * WIDTH),
    }
    for layer in range(LAYERS):
        for part, shape in shapes.items():
            weights[f"layers.{layer}.{part}.weight"] = numbers(*shape)
            weights[f"layers.{layer}.{part}.bias"] = numbers(shape[0])
        for part in ("ln1", "ln2"):
            weights[f"layers.{layer}.{part}.weight"] = 1 + numbers(WIDTH)
            weights[f"layers.{layer}.{part}.bias"] = numbers(WIDTH)
    assert WIDTH % HEADS == 0
    return weights


@pytest.mark.slow
def test_what_is_learned_is_what_is_shipped(tmp_path: Any) -> None:
    weights = some_weights()
    packing.write(tmp_path, weights, WORDS, {"name": "test"})
    pieces = Pieces({piece: at for at, piece in enumerate(WORDS)})
    with np.load(tmp_path / "encoder.npz") as packed:
        shipped = Encoder(dict(packed), pieces).encode(TEXTS)
    numbers = [pieces.numbers(text, MOST_PIECES) for text in TEXTS]
    learned = np.asarray(vectors(packing.read(tmp_path), pack(numbers), len(TEXTS)))
    np.testing.assert_allclose(shipped, learned, atol=2e-3)
    # One byte a weight changes little.
    whole = np.asarray(vectors(weights, pack(numbers), len(TEXTS)))
    assert (whole * learned).sum(axis=1).min() > 0.99


def test_texts_are_packed_whole() -> None:
    numbers = [[number] * length for number, length in enumerate([3, 60, 5, 64, 20], 1)]
    packed = pack(numbers)
    assert packed.numbers.shape == (8, 64)
    for text, of_text in enumerate(numbers):
        row, place = np.nonzero(packed.segment == text)
        assert len(set(row)) == 1
        assert list(packed.numbers[row, place]) == of_text
        assert list(packed.positions[row, place]) == list(range(len(of_text)))

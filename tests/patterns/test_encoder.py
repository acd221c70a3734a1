"""The encoder: vectors that tell the same cause from another, for any text."""

import subprocess
import sys
from importlib.resources import files
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from fivewhys.patterns import encode
from fivewhys.patterns.encoder import DIMENSIONS, HEADS, MOST_PIECES, Encoder
from fivewhys.patterns.pieces import Pieces

ORDERED = "The new forms were not ordered"
OTHER_WORDS = "Nobody placed the order for this year's price sheets"
LATE = "Forms were ordered late"


def test_rows_are_unit_vectors_in_the_order_of_the_texts() -> None:
    texts = [ORDERED, "A", "", "word " * 500, LATE]
    vectors = encode(texts)
    assert vectors.shape == (5, DIMENSIONS)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    for text, vector in zip(texts, vectors, strict=True):
        np.testing.assert_allclose(encode([text])[0], vector, atol=1e-4)


Matrix = NDArray[np.float64]


@pytest.fixture(scope="module")
def packaged() -> tuple[dict[str, NDArray[Any]], Pieces]:
    """The weights and the word pieces that come with the package."""
    folder = files("fivewhys.patterns") / "data"
    lines = folder.joinpath("pieces.txt").read_text("utf-8").split("\n")
    with folder.joinpath("encoder.npz").open("rb") as file, np.load(file) as weights:
        return dict(weights), Pieces({piece: at for at, piece in enumerate(lines)})


def plain(weights: dict[str, NDArray[Any]], numbers: list[int]) -> Matrix:
    """The vector of one text, step by step as the papers have it, in double precision."""

    def whole(name: str) -> Matrix:
        scale = weights[f"{name}.scale"].astype(np.float64).reshape(-1, 1)
        return np.asarray(weights[name] * scale)

    def linear(x: Matrix, name: str) -> Matrix:
        return np.asarray(x @ whole(f"{name}.weight").T + weights[f"{name}.bias"])

    def normed(x: Matrix, name: str) -> Matrix:
        centred = x - x.mean(axis=1, keepdims=True)
        unit = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-12)
        return np.asarray(unit * weights[f"{name}.weight"] + weights[f"{name}.bias"])

    x = whole("w.weight")[numbers] + whole("p.weight")[: len(numbers)] + weights["ty"]
    x = normed(x, "ln")
    width = DIMENSIONS // HEADS
    for number in range(1 + max(int(key.split(".")[1]) for key in weights if "layers" in key)):
        of = f"layers.{number}."
        query, key, value = (linear(x, of + part) for part in "qkv")
        seen = []
        for begin in range(0, DIMENSIONS, width):
            here = slice(begin, begin + width)
            scores = np.exp(query[:, here] @ key[:, here].T / np.sqrt(width))
            seen.append(scores / scores.sum(axis=1, keepdims=True) @ value[:, here])
        x = normed(x + linear(np.concatenate(seen, axis=1), of + "o"), of + "ln1")
        inner = linear(x, of + "i")
        inner *= (1 + np.tanh(np.sqrt(2 / np.pi) * (inner + 0.044715 * inner**3))) / 2
        x = normed(x + linear(inner, of + "d"), of + "ln2")
    mean = x.mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean))


def test_vectors_are_those_of_the_plain_sums(
    packaged: tuple[dict[str, NDArray[Any]], Pieces],
) -> None:
    weights, pieces = packaged
    texts = [ORDERED, OTHER_WORDS, LATE, "", "A", "so on " * 500, f"{ORDERED}. {OTHER_WORDS} again"]
    expected = [plain(weights, pieces.numbers(text, MOST_PIECES)) for text in texts]
    encoder = Encoder(weights, pieces)
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    np.testing.assert_allclose(alone, expected, atol=1e-5)
    np.testing.assert_allclose(encoder.encode(texts), expected, atol=1e-5)
    np.testing.assert_allclose(encoder.encode(texts * 12)[-len(texts) :], expected, atol=1e-5)


def test_no_texts_have_no_rows() -> None:
    assert encode([]).shape == (0, DIMENSIONS)


def test_other_words_for_the_same_cause_are_nearer_than_another_cause() -> None:
    same, other_words, late = encode([ORDERED, OTHER_WORDS, LATE])
    assert same @ other_words > same @ late


def test_capitals_and_accents_do_not_matter() -> None:
    one, two = encode(["The café order", "the cafe ORDER"])
    assert one @ two == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("新しい用紙が注文されなかった", "在庫の数え間違いがあった"),
        ("Форма не была заказана", "Счёт ушёл два раза"),
    ],
)
def test_another_script_is_not_all_the_same(one: str, other: str) -> None:
    first, second = encode([one, other])
    assert first @ second < 0.9


def test_many_texts_are_the_same_as_each_alone() -> None:
    texts = [
        f"{ORDERED} at desk {number} " + "again and again " * (number % 7) for number in range(150)
    ]
    together = encode(texts)
    alone = np.concatenate([encode([text]) for text in texts[:20]])
    np.testing.assert_allclose(together[:20], alone, atol=1e-4)


@settings(max_examples=30)
@given(st.text(max_size=200))
def test_any_text_has_a_vector(text: str) -> None:
    (vector,) = encode([text])
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-4)


def test_nothing_heavy_is_loaded_before_it_is_used() -> None:
    code = (
        "import sys, fivewhys.patterns\n"
        "print([name for name in ('numpy', 'networkx') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

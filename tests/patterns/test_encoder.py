"""The encoder: vectors that tell the same cause from another, for any text."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fivewhys.patterns import encode
from fivewhys.patterns.encoder import DIMENSIONS

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


@settings(max_examples=30, deadline=None)
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

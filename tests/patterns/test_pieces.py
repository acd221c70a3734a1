"""Word pieces: the same cutting that the encoder was trained with, in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivewhys.patterns.pieces import END, START, Pieces, words

KNOWN = [START, END, "the", "form", "##s", "order", "##ed", "not", "'", "t", "o", "##r"] + [
    f"[other {number}]" for number in range(200)
]
PIECES = Pieces({piece: number for number, piece in enumerate(KNOWN)})


def cut(text: str) -> list[str]:
    return [KNOWN[number] for number in PIECES.numbers(text, 128)[1:-1]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The forms", ["the", "form", "##s"]),
        ("not ordered", ["not", "order", "##ed"]),
        ("Not\tÓRDERED", ["not", "order", "##ed"]),
        ("not't", ["not", "'", "t"]),
        # The longest piece that fits comes first.
        ("or", ["o", "##r"]),
        ("", []),
    ],
)
def test_words_are_cut_into_the_longest_known_pieces(text: str, found: list[str]) -> None:
    assert cut(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The café's form", ["the", "cafe", "'", "s", "form"]),
        ("订单 late", ["订", "单", "late"]),
        ("a\u00a0b\u200bc", ["a", "bc"]),
        ("e-mail: 24.90 €", ["e", "-", "mail", ":", "24", ".", "90", "€"]),
    ],
)
def test_signs_and_chinese_stand_apart(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_unknown_words_differ_from_each_other() -> None:
    assert cut("форма") == cut("форма") != cut("заказ")
    assert cut("订单") != cut("价格")
    assert cut("x" * 300) != cut("y" * 300)


def test_a_long_text_is_read_from_its_beginning() -> None:
    numbers = PIECES.numbers("the forms " * 100, 10)
    assert len(numbers) == 10
    assert (KNOWN[numbers[0]], KNOWN[numbers[-1]]) == (START, END)


@given(st.text())
def test_any_text_can_be_cut(text: str) -> None:
    numbers = PIECES.numbers(text, 128)
    assert numbers == PIECES.numbers(text, 128)
    assert 2 <= len(numbers) <= 128
    assert all(0 <= number < len(KNOWN) for number in numbers)

"""Words as search compares them, how well texts answer, and what is shown of them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivewhys.models.found import excerpt
from fivewhys.models.searched import MOST_LETTERS, MOST_TERMS, asked, hits, indexed, pieces, scores

anything = st.text(max_size=60) | st.text(
    alphabet="aB é\u0301ß価格ガｶﾞ\u0e01\u0e32👩\u200d👧ı①Ⅳ'_-.", max_size=40
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The ÄRGER of Straße 5", ["the", "arger", "of", "strasse", "5"]),
        ("價格表 and POS端末", ["價格", "格表", "表", "and", "pos", "端末", "末"]),
        ("Łódź, Øre, æon, İzmir, ısı", ["lodz", "ore", "aeon", "izmir", "isi"]),
        ("ｶﾞス ガス", ["ガス", "ス", "ガス", "ス"]),
        ("हिन्दी", ["हिन्दी"]),
        ("x\u0304y don’t C# a_b", ["xy", "don", "t", "c", "a", "b"]),
        ("👩‍👧 5 €", ["👩", "👧", "5", "€"]),
        ("ﬁrst ½ Ⅳ", ["first", "1⁄2", "iv"]),
        ("", []),
        ("\u0301 -- !", []),
    ],
)
def test_words_are_cut_and_folded(text: str, words: list[str]) -> None:
    assert list(indexed(text)) == words


@given(anything)
def test_words_are_such_as_both_engines_take(text: str) -> None:
    for word in indexed(text):
        assert 0 < len(word) <= MOST_LETTERS
        assert all(letter.isalnum() or not letter.isascii() for letter in word)
        assert not any(letter.isspace() for letter in word)


@given(anything)
def test_every_piece_stands_where_it_says(text: str) -> None:
    at = 0
    for piece in pieces(text):
        assert at <= piece.start < piece.end <= len(text)
        at = piece.end


@given(anything)
def test_a_text_answers_itself(text: str) -> None:
    terms = asked(text)
    found = scores([text, ""], terms)
    if not terms:
        assert found is None
        return
    assert found is not None
    assert found[0] > 0 == found[1]
    marked = hits(text, terms)
    assert marked
    assert all(start < end for start, end in marked)
    assert all(one[1] <= other[0] for one, other in pairwise(marked))


def test_words_may_stand_in_several_texts_but_all_must_be_there() -> None:
    terms = asked("card slow")
    assert scores(["a card", "slow"], terms) is not None
    assert scores(["a card", "quick"], terms) is None
    assert scores([], terms) is None


def test_a_question_has_so_many_words_at_most() -> None:
    assert len(asked(" ".join(map(str, range(1000))))) == MOST_TERMS
    assert len(asked("card Card CARD")) == 1


def test_longer_and_rarer_answers_count_less() -> None:
    def score(text: str, question: str) -> float:
        (found,) = scores([text], asked(question)) or [0.0]
        return found

    assert score("card reader", "card") > score("card reader " + "and more " * 20, "card")
    assert score("a card", "card") > score("a cards", "card")
    assert score("the card reader", "card reader") > score("the reader card", "card reader")
    assert score("card card", "card") > score("card now", "card")


def test_overlapping_words_are_marked_as_one() -> None:
    assert hits("新しい価格表", asked("価格 格表")) == ((3, 6),)
    assert hits("cards", asked("car cards")) == ((0, 5),)
    # Where folding changed the length of a run, all of it is marked.
    assert hits("ｶﾞス", asked("ガ")) == ((0, 3),)


@given(st.text(alphabet="ab \n", max_size=200), st.integers(4, 60), st.data())
def test_an_excerpt_shows_what_was_found(text: str, length: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, max(0, len(text) - 1)))
    end = data.draw(st.integers(start, min(len(text), start + length // 3)))
    marked = ((start, end),) if end > start else ()
    shown, places = excerpt(text, marked, length)
    assert len(shown) <= length
    assert "\n" not in shown
    if marked:
        ((at, to),) = places
        assert shown[at:to] == text[start:end].replace("\n", " ")
    assert (shown.strip("…") in text.replace("\n", " ")) or not shown.strip("…")
    if len(text) <= length:
        assert len(shown) == len(text)

"""The second look: what stands apart comes before what is close to everything."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from fivewhys.patterns import Likely, Recall
from fivewhys.patterns.second_look import FIRST, MOST, WEIGHING, crowds, looked_again

Vectors = NDArray[np.float32]


def unit(rows: NDArray[np.float64]) -> Vectors:
    vectors: Vectors = (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)
    return vectors


def found(asked: Vectors, known: Vectors) -> tuple[Vectors, Vectors, NDArray[np.int64]]:
    """What a search hands over: cosines, vectors and words, the nearest first."""
    cosines = known @ asked
    order = np.argsort(-cosines, kind="stable")
    return cosines[order], known[order], order


def random_vectors(seed: int, count: int) -> tuple[Vectors, Vectors]:
    chance = np.random.default_rng(seed)
    known = unit(chance.normal(0.5, 1, (count, 24)))
    return unit(chance.normal(0.5, 1, 24)), known


def test_what_has_no_crowd_comes_before_what_is_close_to_everything() -> None:
    # All texts share the first direction; row 0 hardly strays from it, row 1 goes its own way.
    chance = np.random.default_rng(5)
    rows = chance.normal(0, 0.08, (60, 64))
    rows[:, 0] = 1
    rows[:, 1] = 0
    rows[0, 1:] = 0
    rows[1, 1] = 1.4
    asked = np.zeros(64)
    asked[:2] = 1, 0.75
    cosines, vectors, words = found(unit(asked), unit(rows))
    near = words.tolist().index
    assert cosines[near(0)] > cosines[near(1)] - 0.15
    order, scores = looked_again(cosines, vectors, words, own_words=-1, count=FIRST)
    assert words[order[0]] == 1
    assert scores[0] > scores[1]


@given(st.integers(0, 99), st.integers(0, 60), st.integers(1, 30))
def test_the_first_change_places_and_nothing_else(seed: int, known: int, count: int) -> None:
    cosines, vectors, words = found(*random_vectors(seed, known))
    order, scores = looked_again(cosines, vectors, words, own_words=-1, count=count)
    assert sorted(order.tolist()) == list(range(min(known, count)))
    assert (np.diff(scores) <= 0).all()
    assert ((scores >= -1) & (scores <= np.float32(MOST))).all()


@given(st.integers(0, 99))
def test_crowds_are_those_of_the_plain_sums(seed: int) -> None:
    asked, known = random_vectors(seed, 40)
    cosines, vectors, words = found(asked, known)
    around, around_each = crowds(cosines, vectors, words, np.arange(7), np.arange(40))
    assert around == pytest.approx(np.sort(known @ asked)[-10:].mean(), abs=1e-5)
    for place in range(7):
        others = np.delete(vectors, place, axis=0) @ vectors[place]
        best = np.sort([*others, cosines[place]])[-10:]
        assert around_each[place] == pytest.approx(best.mean(), abs=1e-5)


def test_a_wording_counts_once_however_often_it_was_said() -> None:
    cosines, vectors, words = found(*random_vectors(3, 40))
    often = np.repeat(np.arange(40), [30 if place == 2 else 1 for place in range(40)])
    once = crowds(cosines, vectors, words, np.arange(12), np.arange(40))
    places = np.arange(len(often))
    again = crowds(cosines[often], vectors[often], words[often], places[:41], places)
    assert again[0] == pytest.approx(once[0], abs=1e-6)
    first = [int(np.argmax(often == place)) for place in range(12)]
    np.testing.assert_allclose(again[1][first], once[1], atol=1e-6)


def test_equal_words_come_first_and_nothing_else_is_as_like() -> None:
    recall = Recall()
    known = ["The forms were not ordered!", "The forms were ordered", "the forms were not  ordered"]
    recall.add(["a", "b", "c"], known)
    first, second, third = recall.search("The forms were not ordered", k=3)
    assert {first.key, second.key} == {"a", "c"}
    assert first.score == second.score == 1
    assert first.likely is Likely.VERY
    assert third.score < 1


def test_more_may_be_asked_for_than_are_looked_at_again() -> None:
    recall = Recall()
    texts = [f"The {thing} was not checked" for thing in "abcdefghijklmnopqrstuvwxyz"]
    recall.add(texts, texts)
    matches = recall.search("Nobody checked the machine", k=50)
    assert sorted(match.key for match in matches) == texts
    assert [match.score for match in matches] == sorted(
        (match.score for match in matches), reverse=True
    )
    assert [match.key for match in recall.search("Nobody checked the machine", k=3)] == [
        match.key for match in recall.search("Nobody checked the machine", k=FIRST)[:3]
    ]


def test_crowds_speak_against_and_cosines_for() -> None:
    assert WEIGHING.cosine > 0 > max(WEIGHING.asked, WEIGHING.found)
    assert 0 < WEIGHING.least < 1

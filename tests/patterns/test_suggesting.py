"""What is told before anybody has said that it is the same."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivewhys.patterns.contraction import contracted
from fivewhys.patterns.encoder import encode
from fivewhys.patterns.equal_words import EqualWords
from fivewhys.patterns.grouping import regrouped
from fivewhys.patterns.linking import linked
from fivewhys.patterns.live import column
from fivewhys.patterns.near import Near
from fivewhys.patterns.neighbours import Floats
from fivewhys.patterns.stems import stems
from fivewhys.patterns.suggesting import Suggestions, Told
from fivewhys.text import words_number

Pair = tuple[str, str]

# Each key begins with the session.
OTHERS = {
    "01 a": "The stock room is locked on Sundays",
    "02 a": "Invoices leave the house with the wrong address",
    "03 a": "A bolt came loose on the conveyor",
    "04 a": "Patients wait in the corridor for their results",
    "05 a": "The cache is cleared at every deployment",
    "06 a": "Nobody answers the phone after five",
}
SAID = {
    **OTHERS,
    "1 a": "The connection pool was exhausted",
    "2 a": "Connections were exhausted",
    "3 a": "Nobody is assigned to add up the complaints from the tills",
    "4 a": "Adding up the complaints of the tills is nobody's task",
}


@cache
def vector(text: str) -> Floats:
    """That of a text, which several tests look at."""
    found: Floats = encode([text])[0]
    return found


def told(
    texts: Mapping[str, str],
    same: Iterable[Pair] = (),
    different: Iterable[Pair] = (),
    roots: Collection[str] = (),
) -> list[list[str]]:
    """What is told of these causes, each called by its session and a letter."""
    keys = sorted(texts)
    words = column([words_number(texts[key]) for key in keys])
    said = EqualWords(words)
    vectors = dict(zip(words.tolist(), [vector(texts[key]) for key in keys], strict=True))

    def vectors_of(numbers: Sequence[int]) -> Floats:
        return np.stack([vectors[number] for number in numbers])

    near = Near(0.5)
    near.bring(np.unique(words), vectors_of)
    row_of = {key: row for row, key in enumerate(keys)}
    grouped = regrouped(keys, vectors_of(words.tolist()), words, same, different) if keys else {}
    groups = [*grouped.values()]
    causes = Told(
        said,
        column([int(key.split()[0]) for key in keys]),
        np.array([key in roots for key in keys], bool),
        column([next(at for at, some in enumerate(groups) if key in some) for key in keys]),
        lambda row: texts[keys[row]],
    )
    units = contracted(row_of, said.several, same, different)
    found = Suggestions().of(causes, units, near, vectors_of)
    return [[keys[row] for row in rows] for rows in found]


def test_what_is_surely_alike_is_told_and_nothing_else() -> None:
    assert told(SAID) == [["1 a", "2 a"], ["3 a", "4 a"]]
    assert told(OTHERS) == []
    assert told({}) == []


def test_what_was_called_different_is_not_told() -> None:
    assert told(SAID, different=[("1 a", "2 a")]) == [["3 a", "4 a"]]


def test_what_stands_in_one_session_is_told_only_if_somebody_said_so() -> None:
    texts = {**SAID, "1 b": SAID["2 a"]}
    del texts["2 a"]
    assert told(texts) == [["3 a", "4 a"]]
    texts["5 a"] = "The pool of connections ran out"
    alone = [some for some in told(texts) if "5 a" in some]
    assert all(not {"1 a", "1 b"} <= set(some) for some in alone)
    (some,) = [some for some in told(texts, same=[("1 a", "1 b")]) if "5 a" in some]
    assert some == ["1 a", "1 b", "5 a"]


def test_all_that_people_called_the_same_is_told_with_the_wording_that_is_alike() -> None:
    texts = {**SAID, "7 a": "What we are told at the counter never meets on one page"}
    assert told(texts) == [["1 a", "2 a"], ["3 a", "4 a"]]
    assert told(texts, same=[("7 a", "3 a")]) == [["1 a", "2 a"], ["3 a", "4 a", "7 a"]]


@pytest.mark.parametrize(
    ("one", "other", "is_told"),
    [
        ("The alarm did not ring", "The alarm did not fire", False),
        ("The O-ring failed in the cold", "The O-ring failed", True),
        ("It was never done", "That was never done", False),
    ],
)
def test_texts_that_say_little_have_to_say_the_same(one: str, other: str, is_told: bool) -> None:
    assert told({**OTHERS, "1 a": one, "2 a": other}) == ([["1 a", "2 a"]] if is_told else [])


def test_two_roots_are_told_earlier() -> None:
    texts = {
        **OTHERS,
        "1 a": "The claims desk may settle up to 40 euro by itself, a sum that nobody has looked "
        "at since the depot was opened",
        "2 a": "The limit up to which the desk may pay on its own has no review date",
    }
    assert told(texts) == []
    assert told(texts, roots=["1 a"]) == []
    assert told(texts, roots=["1 a", "2 a"]) == [["1 a", "2 a"]]


def test_a_bridge_is_told_with_one_side_alone() -> None:
    odds = np.array([[0, 3, -9], [3, 0, 1], [-9, 1, 0]], float)
    assert linked([4, 5, 6], odds) == [[4, 5], [6]]
    odds[0, 2] = odds[2, 0] = -0.5
    assert linked([4, 5, 6], odds) == [[4, 5, 6]]


@given(st.integers(2, 9), st.integers(0, 999))
def test_sets_are_whole_and_hang_together(count: int, seed: int) -> None:
    drawn = np.random.default_rng(seed).normal(0, 2, (count, count))
    odds = drawn + drawn.T
    sets = linked(range(count), odds)
    assert sorted(unit for some in sets for unit in some) == list(range(count))
    for at, some in enumerate(sets):
        for other in sets[:at]:
            assert odds[np.ix_(some, other)].mean() <= 1e-9


def test_a_crowd_is_what_lies_near_beside_ones_own_group() -> None:
    vectors = np.zeros((30, 31), np.float32)
    vectors[:, 0] = np.sqrt(0.8)
    np.fill_diagonal(vectors[:, 1:], np.sqrt(0.2))
    near = Near(0.5)
    near.bring(np.arange(30), lambda some: vectors[[*some]])
    alone = np.arange(30)
    assert near.crowds(alone) == pytest.approx(0.8, abs=0.02)
    # Where all neighbours are of the own group, it is as empty as it can be.
    assert near.crowds(np.zeros(30, np.int64)) == pytest.approx(0.4)
    # Of the twenty nearest the first rows count, so that the last see enough of the others.
    halves = np.arange(30) // 15
    assert near.crowds(halves)[-5:] == pytest.approx(0.8, abs=0.02)
    assert (near.crowds(halves) <= near.crowds(alone)).all()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nobody ordered the new forms", {"order", "new", "form"}),
        ("Ordering: the NEW form’s order", {"order", "new", "form"}),
        ("It was not done", set()),
        ("The 2 pumps at 40 °C", {"2", "pump", "40"}),
    ],
)
def test_stems(text: str, found: set[str]) -> None:
    assert stems(text) == found

"""In which order people are asked whether two causes are the same."""

from uuid import UUID

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fivewhys.patterns.agreement import confirmed
from fivewhys.patterns.likely import BUILT_IN, Likely
from fivewhys.patterns.queue import Question, Standing, near_pairs, queue

Pair = tuple[str, str]

KEYS = "abcdefgh"
EVEN = BUILT_IN.even
"""About as likely the same as not."""

some_pairs = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)), max_size=6)
scored = st.lists(
    st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS), st.floats(0.4, 1)), max_size=20
)


def causes(**further: Standing) -> dict[str, Standing]:
    """A cause for each key, each in its own session, unless said otherwise."""
    plain = {key: Standing(UUID(int=number), number) for number, key in enumerate(KEYS)}
    return {**plain, **further}


def asked(questions: list[Question]) -> list[Pair]:
    """The pairs in their order."""
    return [question.pair for question in questions]


def test_a_question_says_how_likely_it_is() -> None:
    (question,) = queue([("b", "a", 0.99)], causes())
    assert question.pair == ("a", "b")
    assert question.likely is Likely.VERY
    assert question.probability > 0.8
    assert not question.is_skipped


def test_the_uncertain_come_first() -> None:
    pairs = [("a", "b", 0.95), ("c", "d", EVEN), ("e", "f", 0.45)]
    assert asked(queue(pairs, causes()))[0] == ("c", "d")


def test_roots_and_severe_problems_come_first() -> None:
    pairs = [("a", "b", EVEN), ("c", "d", EVEN), ("e", "f", EVEN)]
    there = causes(
        d=Standing(UUID(int=3), 3, is_root=True),
        f=Standing(UUID(int=5), 5, is_root=True, weight=27),
    )
    assert asked(queue(pairs, there)) == [("e", "f"), ("c", "d"), ("a", "b")]


def test_large_groups_come_first() -> None:
    pairs = [("a", "b", EVEN), ("c", "d", EVEN)]
    assert asked(queue(pairs, causes(), groups=[{"a"}, {"c", "d", "e", "f"}]))[0] == ("c", "d")


def test_what_findings_take_for_one_comes_first() -> None:
    likely = EVEN + 0.1
    pairs = [("a", "b", EVEN), ("c", "d", likely), ("e", "f", likely), ("g", "h", likely)]
    found = asked(queue(pairs, causes(), told=[{"f", "g", "h"}, {"c", "d"}]))
    assert found == [("c", "d"), ("g", "h"), ("a", "b"), ("e", "f")]


def test_an_answer_that_settles_more_comes_first() -> None:
    pairs = [("a", "b", EVEN), ("e", "f", EVEN)]
    assert asked(queue(pairs, causes(), same=[("f", "g"), ("g", "h")]))[0] == ("e", "f")


def test_what_follows_from_decisions_is_not_asked() -> None:
    pairs = [("a", "c", EVEN), ("c", "d", EVEN), ("a", "e", EVEN)]
    found = queue(pairs, causes(), same=[("a", "b"), ("b", "c")], different=[("b", "d")])
    assert asked(found) == [("a", "e")]


def test_equal_words_need_no_question() -> None:
    there = causes(a=Standing(UUID(int=0), 7), b=Standing(UUID(int=1), 7))
    assert queue([("a", "b", 1.0)], there) == []


def test_two_causes_of_one_session_are_not_asked_about() -> None:
    there = causes(b=Standing(UUID(int=0), 1))
    assert queue([("a", "b", EVEN)], there) == []


def test_of_two_sets_the_most_alike_pair_is_asked() -> None:
    pairs = [("a", "c", 0.6), ("b", "c", 0.7), ("a", "d", 0.65)]
    found = queue(pairs, causes(), same=[("a", "b"), ("c", "d")])
    assert asked(found) == [("b", "c")]


def test_skipped_pairs_come_last() -> None:
    pairs = [("a", "b", EVEN), ("c", "d", 0.9)]
    found = queue(pairs, causes(), skipped=[("b", "a")])
    assert asked(found) == [("c", "d"), ("a", "b")]
    assert found[1].is_skipped


def test_what_earlier_answers_would_settle_comes_behind() -> None:
    pairs = [("a", "b", EVEN), ("b", "c", EVEN), ("a", "c", EVEN), ("e", "f", 0.9)]
    assert set(asked(queue(pairs, causes()))[:3]) == {("a", "b"), ("a", "c"), ("e", "f")}
    assert asked(queue(pairs, causes()))[3] == ("b", "c")


@given(scored, some_pairs, some_pairs, some_pairs)
def test_decisions_are_honoured(
    pairs: list[tuple[str, str, float]],
    same: list[Pair],
    different: list[Pair],
    skipped: list[Pair],
) -> None:
    found = queue(pairs, causes(), (), (), same, different, skipped)
    decided = {frozenset(pair) for pair in (*same, *different)}
    given_pairs = {frozenset(pair[:2]) for pair in pairs}
    for question in found:
        assert frozenset(question.pair) not in decided
        assert frozenset(question.pair) in given_pairs
        assert question.a < question.b
    if not different:
        for members in confirmed(same):
            assert not any(set(question.pair) <= members for question in found)
    assert [question.is_skipped for question in found] == sorted(
        question.is_skipped for question in found
    )


@given(scored, some_pairs, some_pairs, some_pairs)
def test_the_order_of_what_is_given_does_not_matter(
    pairs: list[tuple[str, str, float]],
    same: list[Pair],
    different: list[Pair],
    skipped: list[Pair],
) -> None:
    found = queue(pairs, causes(), (), (), same, different, skipped)
    assert found == queue(
        [(b, a, score) for a, b, score in reversed(pairs)],
        causes(),
        (),
        (),
        same[::-1],
        different[::-1],
        skipped[::-1],
    )


def test_answering_always_comes_to_an_end() -> None:
    pairs = [(a, b, 0.5 + 0.001 * (ord(a) + ord(b))) for a in KEYS for b in KEYS if a < b]
    same: list[Pair] = []
    different: list[Pair] = []
    while found := queue(pairs, causes(), (), (), same, different):
        question = found[0]
        (same if len(same) < 4 else different).append(question.pair)
    # Four answers join five causes; the others are told apart set by set.
    assert len(same) == 4
    assert len(different) <= 6


def test_near_pairs_are_what_is_worth_a_look() -> None:
    vectors = np.array([[1, 0, 0], [0.8, 0.6, 0], [0, 0, 1], [0.8, 0.6, 0]], np.float32)
    there = {
        key: Standing(UUID(int=number), words)
        for number, (key, words) in enumerate([("d", 0), ("a", 1), ("c", 2), ("b", 1)])
    }
    assert [(a, b) for a, b, _ in near_pairs(there, vectors)] == [("a", "d")]

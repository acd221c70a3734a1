"""What decisions say together."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fivewhys.patterns.agreement import Contradiction, Pair, confirmed, contradictions, settled

pairs = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=12)


def test_decisions_connect_what_nobody_compared() -> None:
    assert confirmed([("b", "c"), ("a", "b"), ("x", "y")]) == [{"a", "b", "c"}, {"x", "y"}]


def test_a_cause_is_not_confirmed_by_itself() -> None:
    assert confirmed([("a", "a")]) == []


def test_a_contradiction_shows_the_way() -> None:
    found = contradictions([("a", "b"), ("c", "b"), ("c", "d")], [("d", "a"), ("a", "x")])
    assert found == [Contradiction(("a", "d"), ("a", "b", "c", "d"))]
    assert found[0].same == (("a", "b"), ("b", "c"), ("c", "d"))


def test_the_shortest_way_is_shown() -> None:
    same = [("a", "b"), ("b", "c"), ("c", "d"), ("a", "x"), ("x", "d")]
    assert contradictions(same, [("a", "d")])[0].path == ("a", "x", "d")


def test_without_a_way_nothing_contradicts() -> None:
    assert contradictions([("a", "b"), ("c", "d")], [("a", "c")]) == []


def test_equal_words_settle_it_unless_people_say_otherwise() -> None:
    words = {"a": 1, "b": 1, "c": 2, "d": 1}
    assert settled(words) == [{"a", "b", "d"}]
    assert settled(words, same=[("c", "b")]) == [{"a", "b", "c", "d"}]
    assert settled(words, same=[("c", "b")], different=[("c", "a")]) == [{"a", "d"}, {"b", "c"}]


@given(pairs, pairs, st.lists(st.integers(0, 4), min_size=8, max_size=8))
def test_what_is_settled_keeps_apart_what_people_call_different(
    same: list[Pair], different: list[Pair], numbers: list[int]
) -> None:
    words = dict(zip("abcdefgh", numbers, strict=True))
    found = settled(words, same, different)
    assert not any({a, b} <= part for part in found for a, b in different if a != b)
    turned = settled(words, [(b, a) for a, b in reversed(same)], different[::-1])
    assert found == turned


@given(pairs, pairs)
def test_the_order_of_decisions_does_not_matter(same: list[Pair], different: list[Pair]) -> None:
    turned = [(b, a) for a, b in reversed(same)]
    assert confirmed(same) == confirmed(turned)
    assert contradictions(same, different) == contradictions(turned, reversed(different))


@given(pairs, pairs)
def test_every_way_is_made_of_decisions(same: list[Pair], different: list[Pair]) -> None:
    said = {frozenset(pair) for pair in same}
    of = {key: number for number, part in enumerate(confirmed(same)) for key in part}
    found = contradictions(same, different)
    for one in found:
        assert (one.path[0], one.path[-1]) == one.different
        assert all(frozenset(step) in said for step in pairwise(one.path))
    joined = {
        (min(pair), max(pair))
        for pair in different
        if pair[0] != pair[1] and pair[0] in of and of[pair[0]] == of.get(pair[1])
    }
    assert {one.different for one in found} == joined

"""Which causes are the same: decisions first, then equal words where nobody said otherwise."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from fivewhys.models.same import components
from fivewhys.patterns.agreement import settled

Pairs = list[tuple[str, str]]


def found(words: str, same: Pairs | None = None, different: Pairs | None = None) -> list[str]:
    """Causes a, b, c … with these words, a letter each → the sets as words."""
    causes = dict(zip("abcdefgh", words, strict=False))
    return ["".join(sorted(part)) for part in components(causes, same or [], different or [])]


def test_equal_words_are_the_same() -> None:
    assert found("xyxz") == ["ac", "b", "d"]


def test_decisions_connect_over_others_and_over_equal_words() -> None:
    assert found("xyxz", same=[("a", "b"), ("b", "d")]) == ["abcd"]


def test_different_takes_equal_words_apart() -> None:
    assert found("xxx", different=[("a", "b")]) == ["ac", "b"]
    assert found("xxx", different=[("a", "b"), ("c", "a")]) == ["a", "bc"]
    assert found("xxx", different=[("a", "b"), ("b", "c"), ("c", "a")]) == ["a", "b", "c"]


def test_equal_words_go_where_people_put_them() -> None:
    assert found("xxx", same=[("b", "c")], different=[("a", "b")]) == ["a", "bc"]
    # Two sets in which somebody called any two different are not joined by other equal words.
    assert found("xyxy", same=[("a", "b")], different=[("a", "d")]) == ["abc", "d"]


def test_where_people_contradict_each_other_different_holds() -> None:
    same = [("b", "c"), ("a", "b")]
    assert found("xyz", same=same, different=[("c", "a")]) == ["ab", "c"]
    # It does not matter who comes first: the keys decide which *same* holds.
    assert found("xyz", same=same[::-1], different=[("a", "c")]) == ["ab", "c"]
    assert found("xyz", same=[("a", "b")], different=[("a", "b")]) == ["a", "b", "c"]


def test_causes_on_which_nobody_decided_change_nothing() -> None:
    # b = e may hold by their words or c = e, by way of b and d, but not both: d is not c.
    decided = {"same": [("b", "e")], "different": [("c", "d")]}
    assert found("zxyxy", **decided) == ["a", "bde", "c"]
    assert found("yxyxy", **decided) == ["ac", "bde"]


def test_what_is_deleted_connects_nothing() -> None:
    assert found("xy", same=[("a", "h"), ("h", "b")]) == ["a", "b"]


keys = st.sampled_from("abcdefgh")
pairs = st.lists(st.tuples(keys, keys).filter(lambda pair: pair[0] != pair[1]), max_size=6)


@given(words=st.text("xyz", min_size=8, max_size=8), same=pairs, different=pairs)
def test_whatever_is_decided(words: str, same: Pairs, different: Pairs) -> None:
    parts = found(words, same, different)
    assert sorted("".join(parts)) == list("abcdefgh")
    of = {key: part for part in parts for key in part}
    assert all(of[a] != of[b] for a, b in different)
    by_people = {key: part for part in found("abcdefgh", same) for key in part}
    if not any(by_people[a] == by_people[b] for a, b in different):
        assert all(of[a] == of[b] for a, b in same)
    # The order in which decisions come does not matter.
    assert found(words, same[::-1], different[::-1]) == parts
    # The groups go by the same rule.
    numbers = dict(zip("abcdefgh", map(ord, words), strict=True))
    sets = ["".join(sorted(part)) for part in settled(numbers, same, different)]
    assert sorted(sets) == [part for part in parts if len(part) > 1]
    # Equal words stand apart only for a reason.
    wording = dict(zip("abcdefgh", words, strict=True))
    apart = {frozenset((of[a], of[b])) for a, b in different}
    for a, b in combinations(wording, 2):
        if wording[a] == wording[b] and of[a] != of[b]:
            assert frozenset((of[a], of[b])) in apart


@given(words=st.text("wxyz", min_size=8, max_size=8), same=pairs, different=pairs)
def test_the_others_in_its_words_decide_nothing(words: str, same: Pairs, different: Pairs) -> None:
    named = {key for pair in (*same, *different) for key in pair}
    some = {key: word for key, word in zip("abcdefgh", words, strict=True) if key in named}
    parts = [set(part) & named for part in found(words, same, different)]
    assert components(some, same, different) == sorted(filter(None, parts), key=min)

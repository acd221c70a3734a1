"""Groups of the same cause."""

import random
from collections.abc import Collection, Iterable, Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fivewhys.patterns.agreement import contradictions, settled
from fivewhys.patterns.encoder import encode
from fivewhys.patterns.grouping import group, regrouped
from fivewhys.patterns.likely import TOGETHER
from fivewhys.patterns.neighbours import Floats

Pair = tuple[str, str]

KEYS = "abcdefghijkl"
pairs = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)), max_size=10)
chances = st.integers(0, 10_000).map(np.random.default_rng)


def unit(vectors: Iterable[Iterable[float]]) -> Floats:
    """These vectors at length 1."""
    found = np.array([[*one] for one in vectors], np.float32)
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)


def somewhere(chance: np.random.Generator, count: int) -> Floats:
    """Vectors around a few centres."""
    centres = chance.normal(size=(4, 8))
    near = chance.normal(scale=0.5, size=(count, 8))
    return unit(centres[chance.integers(4, size=count)] + near)


def as_sets(groups: Mapping[str, Collection[str]]) -> set[frozenset[str]]:
    """The groups without their names."""
    return {frozenset(members) for members in groups.values()}


def together(groups: Mapping[str, Collection[str]], a: str, b: str) -> bool:
    """Whether two causes stand in one group."""
    return any(a in members and b in members for members in groups.values())


# -- texts


TEXTS = {
    "1": "The new forms were not ordered",
    "2": "Nobody placed the order for the new forms",
    "3": "the new forms were NOT ordered!",
    "4": "The printer on the second floor jams",
    "5": "Nobody ordered the new forms",
    "6": "Agents were never trained on the booking screen",
}


def test_the_same_in_other_words_comes_together_and_the_rest_stays_alone() -> None:
    assert group(TEXTS) == [{"1", "2", "3", "5"}, {"4"}, {"6"}]


def test_the_order_of_texts_does_not_matter() -> None:
    keys = [*TEXTS]
    random.Random(5).shuffle(keys)
    assert group({key: TEXTS[key] for key in keys}) == group(TEXTS)


def test_equal_words_are_the_same_unless_decided_otherwise() -> None:
    texts = {"a": "Lens fogs", "b": "lens fogs.", "c": "Lens  FOGS"}
    assert group(texts) == [{"a", "b", "c"}]
    assert group(texts, different=[("a", "b")]) == [{"a", "c"}, {"b"}]
    assert group(texts, different=[("a", "b"), ("a", "c")]) == [{"b", "c"}, {"a"}]


def test_people_outrank_likeness_both_ways() -> None:
    found = group(TEXTS, same=[("4", "6")], different=[("2", "1"), ("1", "5")])
    assert {"4", "6"} in found
    assert not any({"1", "2"} <= members or {"1", "5"} <= members for members in found)


def test_nothing_and_unknown_keys() -> None:
    assert group({}) == []
    assert group({"a": ""}, same=[("a", "x")], different=[("y", "a"), ("a", "a")]) == [{"a"}]


def test_a_bridge_of_half_similar_texts_does_not_chain() -> None:
    """Each step of the way is close; its ends are not the same."""
    way = [
        "The new forms were not ordered",
        "The new forms were ordered too late",
        "The delivery of the new forms came too late",
        "The delivery of the new parts came too late",
        "The supplier delivered the parts too late",
        "The supplier delivered the wrong parts",
        "The supplier mixed up the labels of the parts",
        "The labels of the parts were mixed up in the store",
        "The labels in the store are hard to read",
        "The text on the labels is too small to read",
    ]
    vectors = encode(way)
    steps = (vectors[:-1] * vectors[1:]).sum(axis=1)
    assert np.count_nonzero(steps > TOGETHER) >= 7  # edges by likeness nearly connect them all
    found = group({f"{number}": text for number, text in enumerate(way)})
    assert max(map(len, found)) <= 4
    assert not any({"0", "9"} <= members for members in found)


# -- vectors


def test_two_groups_and_a_bridge_between_them_stay_two() -> None:
    """Connected components over the same edges would make one of all."""
    chance = np.random.default_rng(3)
    ends = np.eye(2, 32)
    steps = np.linspace(0, np.pi / 2, 9)[1:-1]
    bridge = [np.cos(angle) * ends[0] + np.sin(angle) * ends[1] for angle in steps]
    near = [ends[side] + chance.normal(scale=0.05, size=32) for side in (0, 1) for _ in range(20)]
    vectors = unit([*near, *bridge])
    assert min((vectors[at] @ vectors[at + 1]) for at in range(40, 46)) > 0.9
    keys = [f"{number:02}" for number in range(len(vectors))]
    found = regrouped(keys, vectors, range(len(keys)), threshold=0.6)
    assert together(found, "00", "19")
    assert together(found, "20", "39")
    assert not together(found, "00", "20")


def test_a_large_group_holds_though_each_sees_but_twenty_neighbours() -> None:
    chance = np.random.default_rng(4)
    vectors = unit(np.eye(1, 64)[[0] * 300] + chance.normal(scale=0.08, size=(300, 64)))
    keys = [f"{number:03}" for number in range(300)]
    assert as_sets(regrouped(keys, vectors, range(300))) == {frozenset(keys)}


@given(chances, pairs, pairs)
@settings(max_examples=80)
def test_decisions_always_hold(
    chance: np.random.Generator, same: list[Pair], different: list[Pair]
) -> None:
    vectors, words = somewhere(chance, len(KEYS)), chance.integers(9, size=len(KEYS))
    found = regrouped(KEYS, vectors, words, same, different)
    assert sorted(key for members in found.values() for key in members) == [*KEYS]
    assert all(not together(found, a, b) for a, b in different if a != b)
    if not contradictions(same, different):
        assert all(together(found, a, b) for a, b in same)
    for part in settled(dict(zip(KEYS, words.tolist(), strict=True)), same, different):
        assert any(part <= members for members in found.values())


@given(chances, pairs, pairs, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_causes_and_decisions_does_not_matter(
    chance: np.random.Generator, same: list[Pair], different: list[Pair], other: random.Random
) -> None:
    vectors, words = somewhere(chance, len(KEYS)), chance.integers(20, size=len(KEYS))
    rows = [*range(len(KEYS))]
    other.shuffle(rows)
    turned = regrouped(
        [KEYS[row] for row in rows],
        vectors[rows],
        words[rows],
        [(b, a) for a, b in reversed(same)],
        [(b, a) for a, b in reversed(different)],
    )
    assert turned == regrouped(KEYS, vectors, words, same, different)


@given(chances, pairs, pairs, pairs, pairs, st.integers(1, len(KEYS)))
@settings(max_examples=80)
def test_decisions_hold_from_one_day_to_the_next(
    chance: np.random.Generator,
    same: list[Pair],
    different: list[Pair],
    more_same: list[Pair],
    more_different: list[Pair],
    known: int,
) -> None:
    vectors, words = somewhere(chance, len(KEYS)), chance.integers(20, size=len(KEYS))
    before = regrouped(KEYS[:known], vectors[:known], words[:known], same, different)
    # Two have gone since, others have come.
    there = [row for row in range(len(KEYS)) if row not in (0, 3)]
    keys = [KEYS[row] for row in there]
    found = regrouped(keys, vectors[there], words[there], more_same, more_different, before=before)
    assert sorted(key for members in found.values() for key in members) == keys
    assert all(not together(found, a, b) for a, b in more_different if a != b)
    if not contradictions(more_same, more_different):
        assert all(together(found, a, b) for a, b in more_same if {a, b} <= {*keys})


# -- from one day to the next


@pytest.fixture
def history() -> tuple[list[str], Floats]:
    """Twelve groups of five, close in themselves and far from each other."""
    chance = np.random.default_rng(8)
    vectors = unit(np.eye(12, 48).repeat(5, axis=0) + chance.normal(scale=0.05, size=(60, 48)))
    return [f"{number:02}" for number in range(60)], vectors


def test_nothing_new_changes_nothing(history: tuple[list[str], Floats]) -> None:
    keys, vectors = history
    before = regrouped(keys, vectors, range(60))
    assert len(before) == 12
    assert regrouped(keys, vectors, range(60), before=before) == before


def test_a_new_cause_joins_its_group_and_the_name_stays(
    history: tuple[list[str], Floats],
) -> None:
    keys, vectors = history
    # The new cause has the smallest key: a name made from scratch would change.
    before = regrouped(keys[1:], vectors[1:], range(59))
    found = regrouped(keys, vectors, range(60), before=before)
    assert found["01"] == {"00", "01", "02", "03", "04"}
    assert {name: found[name] for name in found if name != "01"} == {
        name: before[name] for name in before if name != "01"
    }


def test_a_group_that_falls_apart_leaves_its_name_to_the_larger_part(
    history: tuple[list[str], Floats],
) -> None:
    keys, vectors = history
    before = regrouped(keys, vectors, range(60))
    different = [(a, b) for a in ("00", "01") for b in ("02", "03", "04")]
    found = regrouped(keys, vectors, range(60), [("00", "01")], different, before=before)
    assert found["00"] == {"02", "03", "04"}
    assert {"00", "01"} in found.values()


def test_groups_that_people_join_have_the_name_of_the_larger(
    history: tuple[list[str], Floats],
) -> None:
    keys, vectors = history
    before = regrouped(keys[2:], vectors[2:], range(58))
    all_of_both = [("02", key) for key in keys[3:10]]
    found = regrouped(keys[2:], vectors[2:], range(58), all_of_both, before=before)
    assert found["05"] == {*keys[2:10]}
    assert "02" not in found


def test_a_decision_taken_back_is_looked_at_again(history: tuple[list[str], Floats]) -> None:
    keys, vectors = history
    joined = regrouped(keys, vectors, range(60), [("00", "59")])
    assert together(joined, "00", "59")
    found = regrouped(keys, vectors, range(60), before=joined, touched=["00", "59"])
    assert as_sets(found) == as_sets(regrouped(keys, vectors, range(60)))


def test_day_by_day_comes_to_about_the_same_as_at_once() -> None:
    chance = np.random.default_rng(11)
    vectors = unit(np.eye(30, 64).repeat(6, axis=0) + chance.normal(scale=0.09, size=(180, 64)))
    keys = [f"{number:03}" for number in chance.permutation(180)]
    order = np.argsort(keys)
    keys, vectors = [keys[row] for row in order], vectors[order]
    groups = regrouped(keys[:20], vectors[:20], range(20), threshold=0.53)
    for end in range(30, 181, 10):
        groups = regrouped(keys[:end], vectors[:end], range(end), before=groups, threshold=0.53)
    assert as_sets(groups) == as_sets(regrouped(keys, vectors, range(180), threshold=0.53))


def test_progress_grows_to_one_and_can_end_the_work(history: tuple[list[str], Floats]) -> None:
    keys, vectors = history
    told: list[float] = []
    regrouped(keys, vectors, range(60), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1

    class Enough(Exception):
        pass

    def stop(_: float) -> None:
        raise Enough

    with pytest.raises(Enough):
        regrouped(keys, vectors, range(60), progress=stop)

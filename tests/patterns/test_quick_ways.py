"""What is worked out in columns is what the plain ways give."""

import gc
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import networkx as nx
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from fivewhys.models.past import Past
from fivewhys.patterns.collecting import collecting_later
from fivewhys.patterns.findings import cover as cover_module
from fivewhys.patterns.findings import downstream, knots
from fivewhys.patterns.findings.cover import cover
from fivewhys.patterns.findings.everything import all_findings
from fivewhys.patterns.findings.loops import loops
from fivewhys.patterns.findings.reach import reach
from fivewhys.patterns.lasting import Lasting
from fivewhys.patterns.live import Live, column
from fivewhys.patterns.near import Near
from fivewhys.patterns.neighbours import NONE, all_neighbours
from fivewhys.patterns.nodes import Nodes
from fivewhys.patterns.overlay import Map, causal_map, map_of, only_confirmed
from fivewhys.patterns.places import Places, aligned
from fivewhys.patterns.questions import joins
from fivewhys.patterns.queue import Standing, queue
from tests.patterns.plain import plain_map, plain_queue
from tests.patterns.six_sessions import History, six_map
from tests.patterns.test_causal_map import histories
from tests.patterns.test_queue import KEYS, some_pairs

DAY = date(2026, 1, 1)

days = st.integers(0, 5)

Drawn = tuple[History, list[set[str]], list[set[str]]]
Vectors = NDArray[np.float32]


def told(graph: Map) -> tuple[object, ...]:
    """All that a graph says, in its order."""
    return (
        list(graph.nodes(data=True)),
        list(graph.edges(data=True)),
        {node: list(graph.predecessors(node)) for node in graph},
    )


@given(histories())
def test_the_map_is_the_plain_one(drawn: Drawn) -> None:
    history, groups, confirmed = drawn
    past = history.past()
    graph = causal_map(past, groups, confirmed)
    assert told(graph) == told(plain_map(past, groups, confirmed))
    sure = plain_map(past, [], confirmed)
    if not all(graph.nodes[node]["is_confirmed"] for node in graph):
        assert told(only_confirmed(graph)) == told(sure)


def test_a_map_is_a_graph_that_can_be_copied_and_changed() -> None:
    graph = six_map()
    node, other = list(graph)[:2]
    copied = graph.copy()
    assert nx.utils.graphs_equal(copied, graph)
    assert nx.utils.graphs_equal(graph.subgraph([*graph]), graph)
    assert {(b, a) for a, b in graph.reverse().edges} == {*graph.edges}
    links = graph.number_of_edges() - graph.degree(node)
    graph.remove_node(node)
    assert node not in graph
    assert list(graph) == list(copied)[1:]
    assert graph.number_of_edges() == links
    graph.add_edge(node, other, sessions=frozenset())
    assert list(graph)[-1] == node
    assert graph.has_edge(node, other)


@pytest.mark.parametrize(
    ("module", "name", "value"),
    [
        (downstream, "_MOST_WALKS", 0),
        (downstream, "_BITS_AT_ONCE", 1),
        (downstream, "_LEAST_BLOCK", 1),
        (cover_module, "_MOST_TRIES", 0),
        (knots, "_MOST_LOOKS", 1),
        (knots, "_MOST_KNOTS", 0),
    ],
)
def test_findings_are_the_same_however_they_are_worked_out(
    module: object, name: str, value: int
) -> None:
    @given(histories())
    @settings(max_examples=25)
    def check(drawn: Drawn) -> None:
        history, groups, confirmed = drawn
        found = []
        for is_changed in (False, True):
            graph = causal_map(history.past(), groups, confirmed)
            with pytest.MonkeyPatch.context() as patch:
                if is_changed:
                    patch.setattr(module, name, value)
                found.append((reach(graph), cover(graph, 1.0), loops(graph)))
        assert found[0] == found[1]

    check()


@given(histories(), st.data())
def test_what_lasts_of_a_map_is_what_is_found_anew(drawn: Drawn, data: st.DataObject) -> None:
    """People decide between one look and the next, and sessions come and go."""
    history, groups, confirmed = drawn
    for place, session in enumerate(history.sessions):
        history.sessions[place] = replace(session, on=DAY + timedelta(days=data.draw(days)))
    for cause in data.draw(st.lists(st.sampled_from(history.causes), max_size=4)):
        history.deed(cause, "a rule", DAY + timedelta(days=data.draw(days)))
    past = history.past()
    session_of = {cause.id: cause.session_id for cause in past.causes}
    lasting = None
    for _ in range(3):
        sessions = data.draw(st.lists(st.sampled_from(past.sessions), unique=True))
        ids = {session.id for session in sessions}
        some = Past(
            tuple([session for session in past.sessions if session.id in ids]),
            tuple([cause for cause in past.causes if cause.session_id in ids]),
            tuple([deed for deed in past.deeds if session_of[deed.cause_id] in ids]),
        )
        sure = [part for part in confirmed if data.draw(st.booleans())]
        unsure = [part for part in groups if data.draw(st.booleans())]
        places, parts = Live.of(some).place_of, (unsure, sure)
        unsure_places, sure_places = (
            [[places[key] for key in part if key in places] for part in sets] for sets in parts
        )
        lasting = Lasting(lasting)
        nodes = Nodes(Live.of(some), unsure_places, sure_places)
        assert all_findings(map_of(nodes, lasting)) == all_findings(causal_map(some, unsure, sure))


@given(st.sets(st.text("ab", max_size=9), max_size=600), st.sets(st.text("ab", max_size=9)))
def test_keys_have_their_places(before: set[str], changed: set[str]) -> None:
    then, now = sorted(before), sorted(before ^ changed)
    places = Places(then)
    assert {key: places[key] for key in then} == {key: at for at, key in enumerate(then)}
    assert all(key in places or key not in before for key in now)
    assert aligned(now, then).tolist() == [places.get(key, NONE) for key in now]


@given(histories(), st.integers(1, 5))
def test_the_first_that_are_reached_are_the_first_of_all(drawn: Drawn, most: int) -> None:
    history, groups, confirmed = drawn
    graph = causal_map(history.past(), groups, confirmed)
    assert reach(graph, most=most) == reach(graph)[:most]


edges = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30)


@given(edges)
def test_knots_are_the_strongly_connected_components(drawn: list[tuple[int, int]]) -> None:
    tails, heads = column([tail for tail, _ in drawn]), column([head for _, head in drawn])
    graph = nx.DiGraph(drawn)
    expected = [sorted(some) for some in nx.strongly_connected_components(graph) if len(some) > 1]
    found = knots.knots(10, tails, heads)
    assert found == sorted(expected)
    stands = knots.untied(10, tails, heads)
    assert all(len(set(stands[some].tolist())) == 1 for some in found)
    assert len(set(stands.tolist())) == 10 - sum(len(some) - 1 for some in found)


@given(edges)
def test_levels_are_the_longest_ways_to_an_end(drawn: list[tuple[int, int]]) -> None:
    upward = [(max(edge), min(edge)) for edge in drawn if edge[0] != edge[1]]
    graph = nx.DiGraph(upward)
    graph.add_nodes_from(range(10))
    found = knots.levels(10, column([a for a, _ in upward]), column([b for _, b in upward]))
    for node in graph:
        below = nx.descendants(graph, node) | {node}
        assert found[node] == nx.dag_longest_path_length(graph.subgraph(below))


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=25))
def test_what_joins_is_what_no_earlier_pair_joined(drawn: list[tuple[int, int]]) -> None:
    pairs = [pair for pair in drawn if pair[0] != pair[1]]
    graph: nx.Graph[int] = nx.empty_graph(8)
    expected = []
    for a, b in pairs:
        expected.append(not nx.has_path(graph, a, b))
        graph.add_edge(a, b)
    found = joins(8, column([a for a, _ in pairs]), column([b for _, b in pairs]))
    assert found.tolist() == expected


standing = st.builds(
    Standing,
    st.integers(0, 4).map(lambda number: UUID(int=number)),
    st.integers(0, 6),
    st.booleans(),
    st.sampled_from([1, 3, 9]),
)


@given(
    st.fixed_dictionaries(dict.fromkeys(KEYS, standing)),
    st.lists(
        st.tuples(
            st.sampled_from(f"{KEYS}x"), st.sampled_from(KEYS), st.sampled_from([0.6, 0.7, 0.8])
        ),
        max_size=20,
    ),
    st.sampled_from([[], [set("abc"), set("de")]]),
    st.sampled_from([[], [set("bcx"), set("ad")]]),
    some_pairs,
    some_pairs,
    some_pairs,
)
def test_the_queue_is_the_plain_one(
    causes: dict[str, Standing],
    pairs: list[tuple[str, str, float]],
    groups: list[set[str]],
    told: list[set[str]],
    same: list[tuple[str, str]],
    different: list[tuple[str, str]],
    skipped: list[tuple[str, str]],
) -> None:
    found = queue(pairs, causes, groups, told, same, different, skipped)
    expected = plain_queue(pairs, causes, groups, told, same, different, skipped)
    assert [(one.a, one.b, one.is_skipped) for one in found] == expected


def vectors(chance: np.random.Generator, count: int) -> Vectors:
    """Unit vectors in few dimensions, so that many lie near each other."""
    found = chance.standard_normal((count, 4)).astype(np.float32)
    unit: Vectors = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


@given(
    st.integers(0, 2**32),
    st.lists(st.sets(st.integers(0, 59)), min_size=1, max_size=5),
    st.integers(1, 6),
)
@example(seed=0, days=[{*range(9), 42, 12}, {*range(9), 12}], k=2)
def test_neighbours_are_kept_up_to_date(seed: int, days: list[set[int]], k: int) -> None:
    every = vectors(np.random.default_rng(seed), 60)
    look_up: Callable[..., Vectors] = lambda words: every[list(words)]  # noqa: E731
    near = Near(0.3, k)
    for day in days:
        words = column(sorted(day))
        near.bring(words, look_up)
        assert sorted(near.words.tolist()) == sorted(day)
        afresh = all_neighbours(look_up(words), 0.3, k)
        for row, word in enumerate(near.words.tolist()):
            other = sorted(day).index(word)
            expected = {
                words[at]: score
                for at, score in zip(afresh.rows[other], afresh.scores[other], strict=True)
                if at != NONE
            }
            found = {
                near.words[at]: score
                for at, score in zip(near.rows[row], near.scores[row], strict=True)
                if at != NONE
            }
            assert found == pytest.approx(expected, abs=1e-6)
            assert near.scores[row].tolist() == sorted(near.scores[row], reverse=True)
        low, high, scores = near.pairs(0.5)
        assert len({*zip(low.tolist(), high.tolist(), strict=True)}) == len(scores)
        assert (scores >= 0.5).all()


def test_nothing_is_made_of_a_map_before_it_is_looked_at() -> None:
    graph = six_map()
    nodes = graph.graph["ground"].nodes
    again = map_of(nodes)
    assert len(again) == len(graph)
    assert list(again) == list(graph)
    assert told(again) == told(graph)


def test_garbage_is_collected_again_afterwards() -> None:
    assert gc.isenabled()
    with collecting_later():
        with collecting_later():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    try:
        with collecting_later():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()

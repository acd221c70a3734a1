"""Sessions laid over each other: what becomes one node, which edges there are, what is left out."""

from datetime import date
from io import BytesIO

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivewhys.models.past import Past
from fivewhys.models.words import Kind, Status
from fivewhys.patterns.around import around, whole
from fivewhys.patterns.graphml import graphml
from fivewhys.patterns.overlay import (
    Map,
    causal_map,
    causes_of,
    ground,
    only_confirmed,
    sessions_of,
)
from fivewhys.text import clean
from tests.patterns.six_sessions import History, keys, six, six_map
from tests.reports.hostile import HOSTILE
from tests.work import work

DAY = date(2026, 1, 1)


def node(graph: Map, text: str) -> str:
    """The node that has a cause with this text."""
    return next(key for key in graph if text in {cause.text for cause in causes_of(graph, key)})


def names(graph: Map, cause: str, effect: str) -> set[str]:
    sessions = ground(graph).sessions
    return {
        sessions[key].name for key in sessions_of(graph, node(graph, cause), node(graph, effect))
    }


def test_the_same_cause_is_one_node_under_its_earliest_wording() -> None:
    graph = six_map()
    found = node(graph, "Nobody ordered the new price forms")
    assert found == str(causes_of(graph, found)[0].id)
    assert graph.nodes[found]["text"] == "The new forms were not ordered"
    assert [cause.text for cause in causes_of(graph, found)] == [
        "The new forms were not ordered",
        "Nobody ordered the new price forms",
        "No order for new ones had gone out",
    ]
    assert graph.nodes[found]["is_root"]
    assert graph.nodes[found]["depth"] == 3


def test_edges_lead_to_the_effect_and_say_who_says_so() -> None:
    graph = six_map()
    assert names(graph, "The new forms were not ordered", "The price form is last year's") == {
        "S-1",
        "S-2",
    }
    assert names(graph, "Nobody rings them back", "The same people ring again and again") == {"S-4"}
    assert names(graph, "The same people ring again and again", "Calls are not returned") == {"S-5"}


def test_what_was_ruled_out_is_left_out_with_all_below_it() -> None:
    graph = six_map()
    texts = {cause.text for key in graph for cause in causes_of(graph, key)}
    assert "The label could not be read" in texts
    assert not texts & {"The forms were not ordered in time", "A clerk was away"}


def test_problems_stay_apart_even_where_a_group_names_them() -> None:
    told = History()
    first, second = told.session("Angry", DAY), told.session("Angry", DAY)
    cause = told.why(first, "Angry")
    graph = causal_map(told.past(), [keys(first, second, cause)], [keys(first, second)])
    assert graph.number_of_nodes() == 3
    assert [graph.nodes[key]["kind"] for key in graph].count(Kind.PROBLEM) == 2


def test_a_node_is_confirmed_where_all_its_causes_are() -> None:
    graph = six_map()
    sure = {graph.nodes[key]["text"]: graph.nodes[key]["is_confirmed"] for key in graph}
    assert not sure["The new forms were not ordered"]
    assert not sure["The price form is last year's"]
    assert sure["Nobody rings them back"]
    assert sure["The label could not be read"]


def test_only_confirmed_causes_are_one_where_that_is_asked_for() -> None:
    graph = only_confirmed(six_map())
    forms = node(graph, "The new forms were not ordered")
    assert [cause.text for cause in causes_of(graph, forms)] == [
        "The new forms were not ordered",
        "Nobody ordered the new price forms",
    ]
    assert node(graph, "No order for new ones had gone out") != forms
    assert only_confirmed(graph) is graph


def test_a_confirmed_set_stays_whole_and_ties_no_groups_together() -> None:
    told = History()
    tops = [told.session(f"Problem {place}", DAY) for place in range(5)]
    a, b, c, d, e = (told.why(top, f"Cause {place}") for place, top in enumerate(tops))
    graph = causal_map(told.past(), [keys(a, b, c), keys(d, e)], [keys(c, b, d)])
    found = {frozenset(keys(*causes_of(graph, key))) for key in graph}
    assert frozenset(keys(a, b, c, d)) in found
    assert frozenset(keys(e)) in found


def test_decisions_alone_make_a_map() -> None:
    past, _, confirmed = six()
    graph = causal_map(past, confirmed=confirmed)
    assert node(graph, "Nobody rings them back") == node(graph, "Calls are not returned")


def test_nothing_explains_itself() -> None:
    told = History()
    first = told.why(told.session("Angry", DAY), "It is late")
    again = told.why(first, "It was late")
    graph = causal_map(told.past(), [keys(first, again)])
    assert graph.number_of_edges() == 1
    assert not list(graph.predecessors(str(first.id)))


def test_unknown_keys_are_passed_over() -> None:
    past, groups, confirmed = six()
    graph = causal_map(past, [{"x", "y"}, *groups], [*confirmed, {"z", "x"}])
    assert set(graph) == set(six_map())


def test_no_history_is_an_empty_map() -> None:
    assert causal_map(Past()).number_of_nodes() == 0


@st.composite
def histories(draw: st.DrawFn) -> tuple[History, list[set[str]], list[set[str]]]:
    """Small histories with groups at random."""
    told = History()
    for place in range(draw(st.integers(1, 4))):
        nodes = [told.session(f"Problem {place}", DAY)]
        for _ in range(draw(st.integers(0, 5))):
            above = nodes[draw(st.integers(0, len(nodes) - 1))]
            status = draw(st.sampled_from([Status.OPEN, Status.OPEN, Status.RULED_OUT]))
            nodes.append(
                told.why(
                    above, f"Cause {len(told.causes)}", root=draw(st.booleans()), status=status
                )
            )
    labels = st.lists(st.integers(0, 4), min_size=len(told.causes), max_size=len(told.causes))
    sets: list[list[set[str]]] = []
    for _ in range(2):
        cut: dict[int, set[str]] = {}
        for label, cause in zip(draw(labels), told.causes, strict=True):
            if label:
                cut.setdefault(label, set()).update(keys(cause))
        sets.append(list(cut.values()))
    return told, sets[0], sets[1]


@given(histories())
def test_each_cause_that_counts_is_in_one_node(
    told: tuple[History, list[set[str]], list[set[str]]],
) -> None:
    history, groups, confirmed = told
    graph = causal_map(history.past(), groups, confirmed)
    inside = [cause.id for key in graph for cause in causes_of(graph, key)]
    live: set[object] = set()
    for cause in history.causes:
        above = cause.parent_id is None or cause.parent_id in live
        if above and cause.status is not Status.RULED_OUT:
            live.add(cause.id)
    assert len(inside) == len(live)
    assert set(inside) == live
    for key in graph:
        problems = [cause for cause in causes_of(graph, key) if cause.kind is Kind.PROBLEM]
        assert bool(graph.out_degree(key)) == (not problems)


def wide(sessions: int) -> tuple[Past, list[set[str]]]:
    """Sessions of four causes each; the last two of each are shared by ten sessions."""
    told = History()
    shared: dict[tuple[int, int], set[str]] = {}
    for place in range(sessions):
        cause = told.session(f"Problem {place}", DAY)
        for depth in range(4):
            cause = told.why(cause, f"Cause {place} {depth}", root=depth == 3)
            if depth > 1:
                shared.setdefault((place // 10, depth), set()).update(keys(cause))
    return told.past(), list(shared.values())


def test_work_grows_with_the_history() -> None:
    past, groups = wide(1000)
    assert work(lambda: causal_map(past, groups)) < 30 * len(past.causes)


def test_around_a_cause_is_what_leads_to_it_and_what_it_leads_to() -> None:
    graph = six_map()
    second = node(graph, "Nobody ordered the new price forms")
    any_wording = str(causes_of(graph, second)[1].id)
    section = around(graph, any_wording, steps=2)
    assert section.centre == second
    assert [(box.side, box.text) for box in section.boxes] == [
        (0, "The new forms were not ordered"),
        (1, "The price form is last year's"),
        (1, "The stock of tickets was last year's"),
        (-1, "The post that orders was empty"),
        (2, "They are overcharged for this book"),
        (2, "Guests get a wrong bill"),
        (2, "Tickets had run out of date"),
        (-2, "No rule says who orders when a post is empty"),
    ]
    assert section.left_out == 1
    assert section.boxes[0].roots == 2
    assert not section.boxes[0].is_confirmed
    assert {(one.cause, one.effect) for one in section.arrows} <= set(graph.edges)
    assert len(section.arrows) == 7


def test_a_large_neighbourhood_is_cut_and_says_how_much_it_leaves_out() -> None:
    told = History()
    hub = told.why(told.session("Angry", DAY), "It is late")
    for place in range(50):
        told.why(hub, f"Cause {place}")
    section = around(causal_map(told.past()), str(hub.id), most=10)
    assert len(section.boxes) == 10
    assert section.left_out == 42


def test_a_cause_that_is_not_on_the_map_has_no_surroundings() -> None:
    with pytest.raises(KeyError):
        around(six_map(), "nothing")


def test_graphml_holds_the_whole_map() -> None:
    graph = six_map()
    back = nx.read_graphml(BytesIO(graphml(graph).encode()))
    assert back.is_directed()
    assert set(back) == set(graph)
    assert set(back.edges) == set(graph.edges)
    forms = back.nodes[node(graph, "The new forms were not ordered")]
    assert forms == {
        "label": "The new forms were not ordered",
        "kind": "cause",
        "sessions": "S-1, S-2, S-3",
        "count": 3,
        "sites": "Lyon, Turin",
        "roots": 2,
        "is_confirmed": False,
    }
    assert len(whole(graph).boxes) == len(graph)


@pytest.mark.parametrize("text", [*HOSTILE, "\x00\x1b]0;x\x07 \ufffe"])
def test_any_text_is_kept_in_graphml(text: str) -> None:
    told = History()
    told.why(told.session(text, DAY, site=text), text)
    back = nx.read_graphml(BytesIO(graphml(causal_map(told.past())).encode()))
    assert {data["label"] for _, data in back.nodes(data=True)} == {clean(text)}

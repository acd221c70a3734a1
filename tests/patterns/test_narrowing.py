"""The part of the map that is asked about."""

from datetime import date

import pytest

from fivewhys.models.words import Kind
from fivewhys.patterns.findings.scope import EVERYTHING, Scope
from fivewhys.patterns.narrowing import narrowed
from fivewhys.patterns.overlay import Map, causes_of, ground, is_confirmed, sessions_of, text_of
from tests.patterns.six_sessions import six_map

FORMS = "The new forms were not ordered"


def texts(graph: Map) -> set[str]:
    return {text_of(graph, node) for node in graph}


def test_everything_is_the_map_itself() -> None:
    graph = six_map()
    assert narrowed(graph, EVERYTHING) is graph


@pytest.mark.parametrize(
    ("scope", "problems"),
    [
        (Scope(site="LYON"), {"Customers are angry", "Tickets had run out of date"}),
        (Scope(since=date(2026, 6, 2)), {"A caller waited for 40 minutes", "A parcel was lost"}),
        (Scope(site="Lyon", since=date(2026, 4, 1)), {"Tickets had run out of date"}),
        (Scope(site="Nowhere"), set()),
    ],
)
def test_it_has_the_causes_of_the_sessions_asked_about(scope: Scope, problems: set[str]) -> None:
    graph = narrowed(six_map(), scope)
    assert {
        text_of(graph, node)
        for node, data in graph.nodes(data=True)
        if data["kind"] is Kind.PROBLEM
    } == problems
    asked = {session.id for session in ground(graph).past.sessions if scope.asks_about(session)}
    for node in graph:
        assert asked & {cause.session_id for cause in causes_of(graph, node)}


def test_what_other_sessions_say_of_the_same_stays_with_it() -> None:
    graph = narrowed(six_map(), Scope(site="Turin"))
    (forms,) = (node for node in graph if text_of(graph, node) == FORMS)
    said = [ground(graph).sessions[cause.session_id].name for cause in causes_of(graph, forms)]
    assert said == ["S-1", "S-2", "S-3"]
    (form,) = graph.successors(forms)
    assert len(sessions_of(graph, forms, form)) == 2


def test_with_roots_alone_what_lies_below_them_is_left_out() -> None:
    graph = six_map()
    roots = narrowed(graph, Scope(roots_only=True))
    # Of S-3, a cause between the two roots stays, and every problem.
    assert texts(roots) == texts(graph)
    shallow = narrowed(graph, Scope(site="Ghent", roots_only=True))
    assert "Nobody rings them back" in texts(shallow)
    graph = six_map()
    for node, data in graph.nodes(data=True):
        data["is_root"] = text_of(graph, node) == FORMS
    assert "No rule says who orders when a post is empty" not in texts(
        narrowed(graph, Scope(roots_only=True))
    )


def test_what_is_confirmed_alone_joins_less() -> None:
    graph = six_map()
    confirmed = narrowed(graph, Scope(confirmed_only=True))
    assert len(confirmed) > len(graph)
    assert is_confirmed(confirmed)
    assert not is_confirmed(graph)

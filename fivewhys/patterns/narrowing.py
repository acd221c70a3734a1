"""The part of a causal map that is asked about."""

from fivewhys.models.words import Kind
from fivewhys.patterns.findings.scope import Scope
from fivewhys.patterns.overlay import Map, causes_of, ground, only_confirmed


def narrowed(graph: Map, scope: Scope) -> Map:
    """The causes and problems of the sessions asked about, with the links between them.

    What other sessions say of the same causes stays with them. With roots alone, these and all
    that they lead to: what lies below them is left out. The map itself where nothing is narrowed.
    """
    if scope.confirmed_only:
        graph = only_confirmed(graph)
    kept = list(graph)
    if scope.roots_only:
        above = _led_to(graph)
        kept = [node for node in kept if node in above]
    asked = {session.id for session in ground(graph).past.sessions if scope.asks_about(session)}
    kept = [
        node for node in kept if any(cause.session_id in asked for cause in causes_of(graph, node))
    ]
    return graph if len(kept) == len(graph) else graph.subgraph(kept)


def _led_to(graph: Map) -> set[str]:
    """The problems, the roots, and all that these lead to."""
    found = {
        node
        for node, data in graph.nodes(data=True)
        if data["is_root"] or data["kind"] is Kind.PROBLEM
    }
    waiting = list(found)
    while waiting:
        new = set(graph.successors(waiting.pop())) - found
        found |= new
        waiting += new
    return found

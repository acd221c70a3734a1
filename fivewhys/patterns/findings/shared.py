"""Shared root causes: what several sessions ended at."""

from fivewhys.patterns.findings.scope import EVERYTHING, Scope
from fivewhys.patterns.findings.sightings import of_one_set, shared_nodes, sightings, tried
from fivewhys.patterns.findings.values import SharedRoot
from fivewhys.patterns.findings.weights import total
from fivewhys.patterns.overlay import Map, ground, only_confirmed


def shared_roots(graph: Map, scope: Scope = EVERYTHING) -> list[SharedRoot]:
    """The causes that are root in two or more sessions, at least one of them asked about.

    First what is root in most sessions, then what weighs most, then what was seen last. A finding
    is confirmed where it is confirmed that all of its roots are the same; each sighting says it
    for itself too, so “3 sessions, 2 of them confirmed” can be told.

    For example, S-1 and S-3 both call “The forms were not ordered” root, and S-2 says “Nobody
    ordered the forms” on its way to something deeper:

        roots = shared_roots(causal_map(past, groups))
        [seen.session.name for seen in roots[0].roots]    # ["S-1", "S-3"]
        [seen.session.name for seen in roots[0].others]   # ["S-2"]
    """
    if scope.confirmed_only:
        graph = only_confirmed(graph)
    base = ground(graph)
    found = []
    for node in shared_nodes(graph):
        if not graph.nodes[node]["is_root"]:
            continue
        seen = sightings(graph, node)
        roots = tuple(one for one in seen if one.cause.is_root)
        if len(roots) < 2 or not any(scope.asks_about(one.session) for one in roots):
            continue
        found.append(
            SharedRoot(
                key=node,
                text=roots[0].cause.text,
                roots=roots,
                others=tuple(one for one in seen if not one.cause.is_root),
                tried=tried(graph, node),
                weight=total(one.session for one in roots),
                is_confirmed=of_one_set(base, roots),
            )
        )
    # Sorted twice, since days cannot be negated: the sort keeps the order of what ties.
    found.sort(key=lambda one: one.last, reverse=True)
    found.sort(key=lambda one: (len(one.roots), one.weight), reverse=True)
    return found

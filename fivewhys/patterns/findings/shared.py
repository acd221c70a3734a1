"""Shared root causes: what several sessions ended at."""

import numpy as np

from fivewhys.patterns.collecting import collecting_later
from fivewhys.patterns.findings.scope import EVERYTHING, Scope
from fivewhys.patterns.findings.sightings import of_one_set, seen_at, tried
from fivewhys.patterns.findings.values import SharedRoot
from fivewhys.patterns.findings.weights import total
from fivewhys.patterns.overlay import Map, ground, only_confirmed


@collecting_later()
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
    nodes = base.nodes
    found = []
    for node in np.flatnonzero(nodes.root_in > 1).tolist():
        seen = seen_at(base, node).values()
        roots = tuple([one for one in seen if one.cause.is_root])
        if not any(scope.asks_about(one.session) for one in roots):
            continue
        key = nodes.keys[node]
        found.append(
            SharedRoot(
                key=key,
                text=roots[0].cause.text,
                roots=roots,
                others=tuple([one for one in seen if not one.cause.is_root]),
                tried=tried(graph, key),
                weight=total(one.session for one in roots),
                is_confirmed=of_one_set(base, roots),
            )
        )
    # Sorted twice, since days cannot be negated: the sort keeps the order of what ties.
    found.sort(key=lambda one: one.last, reverse=True)
    found.sort(key=lambda one: (len(one.roots), one.weight), reverse=True)
    return found

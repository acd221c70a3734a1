"""Shared root causes: what several sessions ended at."""

from functools import partial

import numpy as np

from fivewhys.patterns.collecting import collecting_later
from fivewhys.patterns.findings.scope import EVERYTHING, Scope
from fivewhys.patterns.findings.sightings import of_one_set, places_of, seen_at, tried_at
from fivewhys.patterns.findings.values import SharedRoot
from fivewhys.patterns.findings.weights import total
from fivewhys.patterns.overlay import Ground, Map, ground, only_confirmed


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
        told = base.lasting.of(nodes, node, "shared", partial(_told, base, node))
        if any(scope.asks_about(one.session) for one in told.roots):
            found.append(told)
    # Sorted twice, since days cannot be negated: the sort keeps the order of what ties.
    found.sort(key=lambda one: one.last, reverse=True)
    found.sort(key=lambda one: (len(one.roots), one.weight), reverse=True)
    return found


def _told(base: Ground, node: int) -> SharedRoot:
    nodes, is_root = base.nodes, base.nodes.live.is_root_list
    places, seen = places_of(base, node), seen_at(base, node)
    roots = tuple([one for one in seen if one.cause.is_root])
    return SharedRoot(
        key=nodes.keys[node],
        text=roots[0].cause.text,
        roots=roots,
        others=tuple([one for one in seen if not one.cause.is_root]),
        tried=tried_at(base, node),
        weight=total(one.session for one in roots),
        is_confirmed=of_one_set(base, [place for place in places if is_root[place]]),
    )

"""All findings at once: the one entry for reports, screens and the command line."""

from itertools import compress

import numpy as np

from fivewhys.patterns.collecting import collecting_later
from fivewhys.patterns.findings.back import came_back
from fivewhys.patterns.findings.contradicted import contradicted
from fivewhys.patterns.findings.cover import SHARE, cover
from fivewhys.patterns.findings.deeper import dug_deeper
from fivewhys.patterns.findings.loops import loops
from fivewhys.patterns.findings.reach import reach
from fivewhys.patterns.findings.scope import EVERYTHING, Scope
from fivewhys.patterns.findings.shared import shared_roots
from fivewhys.patterns.findings.values import Findings
from fivewhys.patterns.overlay import Map, ground, only_confirmed

MOST_REACH = 100
"""Causes that are listed by how much they reach; `reach` gives all."""


@collecting_later()
def all_findings(graph: Map, scope: Scope = EVERYTHING, *, share: float = SHARE) -> Findings:
    """All that `graph` tells about `scope`; `share` is what the few are to cover, from 0 to 1.

    A pure function of the map: the same map always gives the same findings.

        findings = all_findings(causal_map(past, groups, confirmed), Scope(site="Lyon"))
        findings.shared_roots[0].roots[0].session.name
    """
    base = ground(graph)
    if scope.confirmed_only:
        graph = only_confirmed(graph)
    asked = scope.asked(base.past.sessions)
    sessions = tuple(compress(base.past.sessions, asked))
    live, is_asked = base.nodes.live, np.array(asked, bool)
    return Findings(
        scope=scope,
        sessions=sessions,
        causes=int(np.count_nonzero((live.parents >= 0) & is_asked[live.sessions])),
        shared_roots=tuple(shared_roots(graph, scope)),
        reach=tuple(reach(graph, scope, most=MOST_REACH)),
        cover=cover(graph, share, scope),
        dug_deeper=tuple(dug_deeper(graph, scope)),
        loops=tuple(loops(graph, scope)),
        came_back=tuple(came_back(graph, scope)),
        contradicted=tuple(contradicted(graph, scope)),
    )

"""Came back after the fix: causes that were found again after something was done about them."""

from functools import partial

from fivewhys.patterns.collecting import collecting_later
from fivewhys.patterns.findings.scope import EVERYTHING, Scope
from fivewhys.patterns.findings.sightings import Afterwards
from fivewhys.patterns.findings.values import CameBack, Outcome, Sighting, Tried
from fivewhys.patterns.overlay import Ground, Map, ground, only_confirmed


@collecting_later()
def came_back(graph: Map, scope: Scope = EVERYTHING) -> list[CameBack]:
    """The countermeasures whose cause was found again, in another session, after they were done.

    Sessions count by their `on`, later than the countermeasure's `done_on`; on the same day the
    fix may not have been there yet. At least one of the sessions that found it again is asked
    about. What came back last stands first, then what came back soonest.

    For example, “A second key” was done on 4 April for “There is one key” of S-2, and S-5 of
    16 May says “Only the manager has the key”, in the same group:

        back = came_back(causal_map(past, groups))[0]
        back.tried.deed.text, back.again[0].session.name, back.days    # ("A second key", "S-5", 42)
    """
    if scope.confirmed_only:
        graph = only_confirmed(graph)
    base = ground(graph)
    nodes = base.nodes
    done = {int(nodes.of[place]) for place in base.deeds}
    found = []
    for node in sorted(done):
        if nodes.is_shared[node] and (not scope.roots_only or nodes.is_root[node]):
            told = base.lasting.of(nodes, node, "back", partial(_told, base, node))
            found += [
                one for one in told if any(scope.asks_about(seen.session) for seen in one.again)
            ]
    found.sort(key=lambda one: one.days)
    found.sort(key=lambda one: one.again[-1].session.on, reverse=True)
    return found


def _told(base: Ground, node: int) -> tuple[CameBack, ...]:
    """All that came back of a node."""
    afterwards = Afterwards(base, node)
    found = []
    for place in base.nodes.members_of(node):
        cause, session = base.live[place], base.session_at(place)
        for deed in base.deeds.get(place, ()):
            again = afterwards.of(place, deed)
            if not again:
                continue
            what = Tried(deed, session, Outcome.CAME_BACK, again[0])
            found.append(
                CameBack(
                    key=base.nodes.keys[node],
                    text=cause.text,
                    tried=what,
                    on=Sighting(session, cause, is_confirmed=True),
                    again=again,
                    days=what.days or 0,
                    is_confirmed=again[0].is_confirmed,
                )
            )
    return tuple(found)

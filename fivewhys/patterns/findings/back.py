"""Came back after the fix: causes that were found again after something was done about them."""

from fivewhys.patterns.findings.scope import EVERYTHING, Scope
from fivewhys.patterns.findings.sightings import seen_after, seen_at
from fivewhys.patterns.findings.values import CameBack, Outcome, Sighting, Tried
from fivewhys.patterns.overlay import Map, causes_of, ground, only_confirmed


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
    places = nodes.live.place_of_number
    done = {nodes.of[places[cause]] for cause in base.deeds if cause in places}
    found = []
    for node in sorted(done):
        if not nodes.is_shared[node] or (scope.roots_only and not nodes.is_root[node]):
            continue
        key = nodes.keys[node]
        all_seen = seen_at(base, node).values()
        for cause in causes_of(graph, key):
            for deed in base.deeds.get(cause.id.int, ()):
                again = seen_after(base, all_seen, cause, deed)
                if not any(scope.asks_about(seen.session) for seen in again):
                    continue
                session = base.session_of(cause)
                what = Tried(deed, session, Outcome.CAME_BACK, again[0])
                found.append(
                    CameBack(
                        key=key,
                        text=cause.text,
                        tried=what,
                        on=Sighting(session, cause, is_confirmed=True),
                        again=again,
                        days=what.days or 0,
                        is_confirmed=again[0].is_confirmed,
                    )
                )
    found.sort(key=lambda one: one.days)
    found.sort(key=lambda one: one.again[-1].session.on, reverse=True)
    return found

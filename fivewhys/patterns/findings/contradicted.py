"""Decisions that contradict each other: a = b and b = c were said, and a ≠ c too."""

from itertools import pairwise

from fivewhys.models.past import Decision, Sameness
from fivewhys.patterns.agreement import contradictions
from fivewhys.patterns.findings.scope import EVERYTHING, Scope
from fivewhys.patterns.findings.values import Contradicted, Saying, Sighting
from fivewhys.patterns.overlay import Map, ground


def contradicted(graph: Map, scope: Scope = EVERYTHING) -> list[Contradicted]:
    """The decisions *different* on causes that other decisions make the same.

    At least one of the sessions is asked about. Causes that do not count any more, and what was
    decided of them, are passed over.

    For example, of three causes somebody said that the first is the second and the second the
    third, and somebody else that the first is not the third:

        found = contradicted(causal_map(past, decisions=decisions))[0]
        [say.sameness for say in found.said]    # ["same", "same", "different"]
    """
    base = ground(graph)
    said = {_pair(str(one.a), str(one.b)): one for one in base.decisions}
    pairs = {
        sameness: [pair for pair, one in said.items() if one.sameness is sameness]
        for sameness in (Sameness.SAME, Sameness.DIFFERENT)
    }
    found = []
    for one in contradictions(pairs[Sameness.SAME], pairs[Sameness.DIFFERENT]):
        places = base.nodes.live.place_of
        if not all(key in places for key in one.path):
            continue
        first = places[one.path[0]]
        seen = {
            key: Sighting(base.session_at(at), base.live[at], base.is_same(first, at))
            for key in one.path
            for at in [places[key]]
        }
        if any(scope.asks_about(sighting.session) for sighting in seen.values()):
            ways = [*pairwise(one.path), (one.path[0], one.path[-1])]
            found.append(
                Contradicted(tuple([_saying(seen[a], seen[b], said[_pair(a, b)]) for a, b in ways]))
            )
    return found


def _saying(one: Sighting, other: Sighting, decision: Decision) -> Saying:
    return Saying(one, other, decision.sameness, decision.decided_by, decision.decided_at)


def _pair(a: str, b: str) -> tuple[str, str]:
    return min(a, b), max(a, b)

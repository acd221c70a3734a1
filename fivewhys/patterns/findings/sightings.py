"""Where a node of the causal map was seen, what was done about it, and what came of that."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from fivewhys.models.past import PastCause, PastDeed, PastSession
from fivewhys.models.plan_words import Progress
from fivewhys.models.recurrence import tested_since
from fivewhys.patterns.findings.values import Outcome, Sighting, Tried
from fivewhys.patterns.nodes import NONE
from fivewhys.patterns.overlay import Ground, Map, ground


def shared_nodes(graph: Map) -> Iterator[str]:
    """The nodes that stand for causes of two or more sessions, in the order of the map."""
    nodes = ground(graph).nodes
    return (nodes.keys[node] for node in np.flatnonzero(nodes.is_shared).tolist())


def sightings(graph: Map, node: str) -> tuple[Sighting, ...]:
    """Each session that has the cause, once, oldest first; a root stands for its session.

    Confirmed are those that are the same as `core_of` the node.
    """
    base = ground(graph)
    return seen_at(base, base.nodes.place_of[node])


def seen_at(base: Ground, node: int) -> tuple[Sighting, ...]:
    """The same for a node by its number."""

    def seen() -> tuple[Sighting, ...]:
        live, is_core = base.live, base.nodes.is_core
        return tuple(
            [
                Sighting(base.session_at(place), live[place], is_core[place])
                for place in places_of(base, node)
            ]
        )

    return base.lasting.of(base.nodes, node, "seen", seen)


def places_of(base: Ground, node: int) -> Sequence[int]:
    """The places of the same causes."""
    places = base.nodes.members_of(node)
    sessions = base.nodes.live.session_list
    if len({sessions[place] for place in places}) == len(places):
        return places
    is_root, is_core = base.nodes.live.is_root_list, base.nodes.is_core
    found: dict[int, int] = {}
    for place in places:
        other = found.setdefault(sessions[place], place)
        if (is_root[place], is_core[place]) > (is_root[other], is_core[other]):
            found[sessions[place]] = place
    return [*found.values()]


def tried(graph: Map, node: str) -> tuple[Tried, ...]:
    """What was planned or done about a cause, what was done first in front."""
    base = ground(graph)
    return tried_at(base, base.nodes.place_of[node])


def tried_at(base: Ground, node: int) -> tuple[Tried, ...]:
    """The same for a node by its number."""
    found = []
    afterwards: Afterwards | None = None
    for place in base.nodes.members_of(node) if base.deeds else ():
        for deed in base.deeds.get(place, ()):
            afterwards = afterwards or Afterwards(base, node)
            back = next(iter(afterwards.of(place, deed)), None)
            found.append(Tried(deed, base.session_at(place), _outcome(deed, back), back))
    return tuple(
        sorted(
            found, key=lambda one: (one.deed.done_on is None, one.deed.done_on or one.session.on)
        )
    )


class Afterwards:
    """Where other sessions saw a node after something was done about one of its causes."""

    def __init__(self, base: Ground, node: int) -> None:
        self._base = base
        self._places = places_of(base, node)
        self._ranks = [base.nodes.live.session_list[place] for place in self._places]
        self._days = [base.past.sessions[rank].on for rank in self._ranks]
        self._told: dict[int, tuple[Sighting, ...]] = {}
        """All sightings, by the number of the confirmed set that they are told for."""

    def of(self, place: int, deed: PastDeed) -> tuple[Sighting, ...]:
        """After `deed` was done for the cause at this place.

        A sighting is confirmed where it is the same as that cause by decision or equal words.
        """
        since = tested_since(deed)
        begin = len(self._days) if since is None else bisect_right(self._days, since)
        rank = self._base.nodes.live.session_list[place]
        own = bisect_left(self._ranks, rank)
        found = self._of_set(self._base.nodes.number_list[place])
        if begin <= own < len(self._ranks) and self._ranks[own] == rank:
            return (*found[begin:own], *found[own + 1 :])
        return found[begin:]

    def _of_set(self, number: int) -> tuple[Sighting, ...]:
        found = self._told.get(number)
        if found is None:
            base, numbers = self._base, self._base.nodes.number_list
            found = self._told[number] = tuple(
                [
                    Sighting(base.session_at(at), base.live[at], NONE != number == numbers[at])
                    for at in self._places
                ]
            )
        return found


def of_one_set(base: Ground, places: Iterable[int]) -> bool:
    """Whether it is confirmed that the causes at all of these places are the same."""
    first, *rest = places
    return all(base.is_same(first, other) for other in rest)


def core_of(graph: Map, node: str) -> PastCause:
    """The cause that a node is about: of its largest confirmed set, roots counted first."""
    nodes = ground(graph).nodes
    return nodes.live.causes[nodes.core_list[nodes.place_of[node]]]


def by_day(session: PastSession) -> tuple[object, int]:
    """What to sort sessions by, oldest first."""
    return session.on, session.number


_OUTCOME = {
    Progress.IDEA: Outcome.NOT_DONE,
    Progress.PLANNED: Outcome.NOT_DONE,
    Progress.IN_PROGRESS: Outcome.NOT_DONE,
    Progress.EFFECTIVE: Outcome.EFFECTIVE,
    Progress.NOT_EFFECTIVE: Outcome.NOT_EFFECTIVE,
    Progress.REJECTED: Outcome.REJECTED,
}


def _outcome(deed: PastDeed, back: Sighting | None) -> Outcome:
    if back is not None:
        return Outcome.CAME_BACK
    if deed.progress is Progress.DONE and deed.done_on and tested_since(deed) is None:
        return Outcome.TOLD
    if deed.progress is Progress.DONE:
        return Outcome.HELD if deed.done_on else Outcome.DONE
    return _OUTCOME[deed.progress]

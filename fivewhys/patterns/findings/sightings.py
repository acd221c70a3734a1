"""Where a node of the causal map was seen, what was done about it, and what came of that."""

from collections.abc import Container, Iterable, Iterator

import numpy as np

from fivewhys.models.past import PastCause, PastDeed, PastSession
from fivewhys.models.plan_words import Progress
from fivewhys.models.recurrence import tested_since
from fivewhys.patterns.findings.values import Outcome, Sighting, Tried
from fivewhys.patterns.overlay import Ground, Map, causes_of, ground


def shared_nodes(graph: Map) -> Iterator[str]:
    """The nodes that stand for causes of two or more sessions, in the order of the map."""
    nodes = ground(graph).nodes
    return (nodes.keys[node] for node in np.flatnonzero(nodes.is_shared).tolist())


def sightings(graph: Map, node: str) -> tuple[Sighting, ...]:
    """Each session that has the cause, once, oldest first; a root stands for its session.

    Confirmed are those that are the same as `core_of` the node.
    """
    base = ground(graph)
    return tuple(seen_at(base, base.nodes.place_of[node]).values())


def seen_at(base: Ground, node: int, only: Container[int] | None = None) -> dict[int, Sighting]:
    """The same for a node by its number, by the places of the sessions, or only some of these."""
    nodes, live = base.nodes, base.nodes.live
    begin = int(nodes.begins[node])
    end = begin + int(nodes.sizes[node])
    found: dict[int, Sighting] = {}
    for place, is_same in zip(
        nodes.members[begin:end].tolist(), nodes.is_core[begin:end], strict=True
    ):
        session = live.session_list[place]
        if only is None or session in only:
            seen = Sighting(live.past.sessions[session], live.causes[place], is_same)
            if session not in found or _rank(seen) > _rank(found[session]):
                found[session] = seen
    return found


def tried(graph: Map, node: str) -> tuple[Tried, ...]:
    """What was planned or done about a cause, what was done first in front."""
    base = ground(graph)
    if not base.deeds:
        return ()
    found = []
    seen: tuple[Sighting, ...] | None = None
    for cause in causes_of(graph, node):
        for deed in base.deeds.get(cause.id.int, ()):
            seen = seen or sightings(graph, node)
            back = next(iter(seen_after(base, seen, cause, deed)), None)
            outcome = _outcome(deed, back)
            found.append(Tried(deed, base.session_of(cause), outcome, back))
    return tuple(
        sorted(
            found, key=lambda one: (one.deed.done_on is None, one.deed.done_on or one.session.on)
        )
    )


def seen_after(
    base: Ground, seen: Iterable[Sighting], cause: PastCause, deed: PastDeed
) -> tuple[Sighting, ...]:
    """Those of the sightings of a cause, in other sessions, that came after `deed` was done.

    A sighting is confirmed where it is the same as `cause` by decision or equal words.
    """
    since = tested_since(deed)
    if since is None:
        return ()
    return tuple(
        Sighting(one.session, one.cause, base.is_same(cause.id, one.cause.id))
        for one in seen
        if one.session.on > since and one.session.id != cause.session_id
    )


def of_one_set(base: Ground, seen: Iterable[Sighting]) -> bool:
    """Whether it is confirmed that all of the sightings are of the same cause."""
    first, *rest = seen
    return all(base.is_same(first.cause.id, other.cause.id) for other in rest)


def core_of(graph: Map, node: str) -> PastCause:
    """The cause that a node is about: of its largest confirmed set, roots counted first."""
    nodes = ground(graph).nodes
    return nodes.live.causes[nodes.core_list[nodes.place_of[node]]]


def _rank(seen: Sighting) -> tuple[bool, bool]:
    return seen.cause.is_root, seen.is_confirmed


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

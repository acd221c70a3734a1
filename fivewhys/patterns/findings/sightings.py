"""Where a node of the causal map was seen, what was done about it, and what came of that."""

from collections.abc import Iterable, Iterator

from fivewhys.models.past import PastCause, PastDeed, PastSession
from fivewhys.models.plan_words import Progress
from fivewhys.models.recurrence import tested_since
from fivewhys.patterns.findings.values import Outcome, Sighting, Tried
from fivewhys.patterns.overlay import Ground, Map, causes_of, ground


def shared_nodes(graph: Map) -> Iterator[str]:
    """The nodes that stand for causes of two or more sessions, in the order of the map."""
    for node, data in graph.nodes(data=True):
        causes = data["causes"]
        # A node's causes are in the order of their sessions.
        if causes[0].session_id != causes[-1].session_id:
            yield node


def sightings(graph: Map, node: str) -> tuple[Sighting, ...]:
    """Each session that has the cause, once, oldest first; a root stands for its session.

    Confirmed are those that are the same as `core_of` the node.
    """
    base = ground(graph)
    core = core_of(graph, node)
    number = base.component.get(core.id)
    found: list[Sighting] = []
    for cause in causes_of(graph, node):
        is_same = cause is core or (number is not None and base.component.get(cause.id) == number)
        seen = Sighting(base.sessions[cause.session_id], cause, is_same)
        if not found or found[-1].session is not seen.session:
            found.append(seen)
        elif _rank(seen) > _rank(found[-1]):
            found[-1] = seen
    return tuple(found)


def tried(graph: Map, node: str) -> tuple[Tried, ...]:
    """What was planned or done about a cause, what was done first in front."""
    base = ground(graph)
    found = []
    for cause in causes_of(graph, node):
        for deed in base.deeds.get(cause.id, ()):
            back = next(iter(seen_after(graph, node, cause, deed)), None)
            outcome = _outcome(deed, back)
            found.append(Tried(deed, base.sessions[cause.session_id], outcome, back))
    return tuple(
        sorted(
            found, key=lambda one: (one.deed.done_on is None, one.deed.done_on or one.session.on)
        )
    )


def seen_after(graph: Map, node: str, cause: PastCause, deed: PastDeed) -> tuple[Sighting, ...]:
    """The other sessions that found a cause after `deed` on it was done, oldest first.

    A sighting is confirmed where it is the same as `cause` by decision or equal words.
    """
    since = tested_since(deed)
    if since is None:
        return ()
    base = ground(graph)
    return tuple(
        Sighting(seen.session, seen.cause, base.is_same(cause.id, seen.cause.id))
        for seen in sightings(graph, node)
        if seen.session.id != cause.session_id and seen.session.on > since
    )


def of_one_set(base: Ground, seen: Iterable[Sighting]) -> bool:
    """Whether it is confirmed that all of the sightings are of the same cause."""
    first, *rest = seen
    return all(base.is_same(first.cause.id, other.cause.id) for other in rest)


def core_of(graph: Map, node: str) -> PastCause:
    """The cause that a node is about: of its largest confirmed set, roots counted first."""
    causes = causes_of(graph, node)
    if len(causes) == 1 or graph.nodes[node]["is_confirmed"]:
        return causes[0]
    component = ground(graph).component
    sets: dict[int, list[PastCause]] = {}
    for cause in causes:
        number = component.get(cause.id)
        if number is not None:
            sets.setdefault(number, []).append(cause)
    if not sets:
        return next((cause for cause in causes if cause.is_root), causes[0])
    return max(sets.values(), key=_size)[0]


def _size(causes: Iterable[PastCause]) -> tuple[int, int]:
    """In how many sessions a set of causes is root, and in how many it stands."""
    roots = {cause.session_id for cause in causes if cause.is_root}
    return len(roots), len({cause.session_id for cause in causes})


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

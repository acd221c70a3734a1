"""The causal map: all sessions' trees laid over each other, with the same cause as one node.

`causal_map` makes a networkx graph whose edges lead from cause to effect. Its nodes are the
problems, which are never merged, and one for each cause however many sessions found it. What was
ruled out is left out with all that is below it. Which causes are the same is given: `groups` are
proposed by the program, `confirmed` are what people decided or what has equal words.

A node has these attributes:

- `kind`: `Kind.CAUSE` or `Kind.PROBLEM`
- `text`: its earliest wording
- `causes`: the `PastCause`s that it stands for, earliest first
- `depth`: how many whys below its problem it stands at most
- `is_root`: whether some session called it root
- `is_confirmed`: whether all of its causes are the same by decision or equal words

An edge has `sessions`, the keys of the sessions that say so. `ground` gives what the map was made
from.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

import networkx as nx

from fivewhys.models.past import Past, PastCause, PastDeed, PastSession
from fivewhys.models.words import Kind, Status

Map: TypeAlias = "nx.DiGraph[str]"
"""A causal map; its nodes are the keys of the causes that were found first."""

_GROUND = "ground"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a causal map was made from, and where each cause is in it."""

    past: Past
    live: tuple[PastCause, ...]
    """The problems and causes that count, each after its parent."""
    sessions: Mapping[UUID, PastSession]
    deeds: Mapping[UUID, tuple[PastDeed, ...]]
    """By cause."""
    merged: Mapping[str, str]
    """The node of each cause that is not the first of its node, both as keys."""
    component: Mapping[UUID, int]
    """Causes with the same number are the same by decision or equal words; others have none."""

    def node_of(self, cause: UUID) -> str:
        """The node of a cause or problem that counts."""
        key = str(cause)
        return self.merged.get(key, key)

    def is_same(self, a: UUID, b: UUID) -> bool:
        """Whether it is confirmed that two causes are the same."""
        return a == b or (
            (number := self.component.get(a)) is not None and number == self.component.get(b)
        )


def causal_map(
    past: Past,
    groups: Iterable[Collection[str]] = (),
    confirmed: Iterable[Collection[str]] = (),
) -> Map:
    """The causal map of `past`. Keys in `groups` and `confirmed` are `str` of the causes' ids.

    A confirmed set stays whole: where the proposed groups cut it, it goes where most of it is.
    Keys of problems, of causes ruled out and of causes that are not in `past` are passed over. A
    cause that a session gives for the same cause is no edge: nothing explains itself.

    >>> from fivewhys.models.past import Past
    >>> causal_map(Past()).number_of_nodes()
    0
    """
    # Everything goes by places in one list: a million UUIDs take long to be hashed in Python.
    live, parents = _live(past)
    keys = [str(cause.id) for cause in live]
    places = {key: place for place, key in enumerate(keys) if live[place].kind is Kind.CAUSE}
    numbers, labels = _labels(places, groups, confirmed)
    members: dict[int, list[int]] = {}
    for place, label in sorted(labels.items()):
        members.setdefault(label, []).append(place)
    ranks = {session.id: rank for rank, session in enumerate(past.sessions)}
    first_of = list(range(len(live)))
    together: dict[int, list[int]] = {}
    for same in members.values():
        if len(same) > 1:
            same.sort(key=lambda place: ranks[live[place].session_id])
            together[same[0]] = same
            for place in same:
                first_of[place] = same[0]
    graph: Map = nx.DiGraph()
    graph.add_nodes_from(_nodes(live, keys, parents, first_of, together, numbers))
    graph.add_edges_from(_edges(live, keys, parents, first_of))
    deeds: dict[UUID, list[PastDeed]] = {}
    for deed in past.deeds:
        deeds.setdefault(deed.cause_id, []).append(deed)
    graph.graph[_GROUND] = Ground(
        past=past,
        live=tuple(live),
        sessions={session.id: session for session in past.sessions},
        deeds={key: tuple(done) for key, done in deeds.items()},
        merged={keys[place]: keys[same[0]] for same in together.values() for place in same[1:]},
        component={live[place].id: number for place, number in numbers.items()},
    )
    return graph


def ground(graph: Map) -> Ground:
    """What `graph` was made from. Raises KeyError where it is not a causal map."""
    found: Ground = graph.graph[_GROUND]
    return found


def is_confirmed(graph: Map) -> bool:
    """Whether all that is one in `graph` is the same by decision or equal words."""
    return all(sure for _, sure in graph.nodes(data="is_confirmed"))


def only_confirmed(graph: Map) -> Map:
    """The map of the same history in which only confirmed causes are one; itself where all are."""
    if is_confirmed(graph):
        return graph
    base = ground(graph)
    sets: dict[int, list[str]] = {}
    for cause, number in base.component.items():
        sets.setdefault(number, []).append(str(cause))
    return causal_map(base.past, (), sets.values())


def causes_of(graph: Map, node: str) -> tuple[PastCause, ...]:
    """The causes that a node stands for, earliest first."""
    found: tuple[PastCause, ...] = graph.nodes[node]["causes"]
    return found


def text_of(graph: Map, node: str) -> str:
    """The earliest wording of a node."""
    found: str = graph.nodes[node]["text"]
    return found


def sessions_of(graph: Map, cause: str, effect: str) -> frozenset[UUID]:
    """The sessions that say that one node is a cause of the other."""
    found: frozenset[UUID] = graph.edges[cause, effect]["sessions"]
    return found


def _live(past: Past) -> tuple[list[PastCause], list[int]]:
    """What counts of a history, neither ruled out nor below something that is.

    Beside each the place of its parent, or -1 for a problem.
    """
    places: dict[int, int] = {}
    live: list[PastCause] = []
    parents: list[int] = []
    for cause in past.causes:
        if cause.status is Status.RULED_OUT:
            continue
        parent = -1 if cause.parent_id is None else places.get(cause.parent_id.int, -2)
        if parent > -2:
            places[cause.id.int] = len(live)
            live.append(cause)
            parents.append(parent)
    return live, parents


def _labels(
    places: Mapping[str, int],
    groups: Iterable[Collection[str]],
    confirmed: Iterable[Collection[str]],
) -> tuple[dict[int, int], dict[int, int]]:
    """The number of each confirmed cause's set, and a label for all causes that go together."""
    labels: dict[int, int] = {}
    taken = 0
    for group in groups:
        taken += 1
        for key in group:
            if key in places:
                labels.setdefault(places[key], taken)
    numbers: dict[int, int] = {}
    for number, members in enumerate(confirmed):
        found = [places[key] for key in members if key in places]
        if len(found) < 2:
            continue
        votes = Counter(labels[place] for place in found if place in labels)
        taken += 1
        label = max(votes, key=lambda label: (votes[label], -label)) if votes else taken
        for place in found:
            labels[place] = label
            numbers[place] = number
    return numbers, labels


def _nodes(
    live: Sequence[PastCause],
    keys: Sequence[str],
    parents: Sequence[int],
    first_of: Sequence[int],
    together: Mapping[int, Sequence[int]],
    numbers: Mapping[int, int],
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The nodes with their attributes."""
    depths: list[int] = []
    for parent in parents:
        depths.append(0 if parent < 0 else depths[parent] + 1)
    for place, cause in enumerate(live):
        if first_of[place] != place:
            continue
        same = together.get(place, (place,))
        sets = {numbers.get(other) for other in same} if len(same) > 1 else {0}
        yield (
            keys[place],
            {
                "kind": cause.kind,
                "text": cause.text,
                "causes": tuple([live[other] for other in same]),
                "depth": max([depths[other] for other in same]),
                "is_root": any(live[other].is_root for other in same),
                "is_confirmed": len(sets) == 1 and None not in sets,
            },
        )


def _edges(
    live: Sequence[PastCause],
    keys: Sequence[str],
    parents: Sequence[int],
    first_of: Sequence[int],
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The edges with their sessions; those that one session alone says share their set.

    That saves hundreds of megabytes at a million causes.
    """
    said: dict[int, frozenset[UUID]] = {}
    alone: frozenset[UUID] = frozenset()
    many = len(live)
    for place, cause in enumerate(live):
        if parents[place] < 0:
            alone = frozenset([cause.session_id])
            continue
        here, effect = first_of[place], first_of[parents[place]]
        if here == effect:
            continue
        edge = here * many + effect
        before = said.get(edge)
        said[edge] = alone if before is None else before | alone
    for edge, sessions in said.items():
        yield keys[edge // many], keys[edge % many], {"sessions": sessions}

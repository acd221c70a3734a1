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
from. The attributes of a node or edge are made when they are first looked at: for all of a million
causes, of which people look at a few, that would take 20 seconds and a gigabyte.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import UUID

import networkx as nx

from fivewhys.models.past import Decision, Past, PastCause, PastDeed, PastSession
from fivewhys.patterns.lasting import Lasting
from fivewhys.patterns.lazy import Lazy
from fivewhys.patterns.live import Live
from fivewhys.patterns.nodes import NONE, Nodes

if TYPE_CHECKING:
    from fivewhys.patterns.findings.reach import Reached

Map: TypeAlias = "nx.DiGraph[str]"
"""A causal map; its nodes are the keys of the causes that were found first."""

_GROUND = "ground"


class Ground:
    """What a causal map was made from, and where each cause is in it."""

    def __init__(self, nodes: Nodes, lasting: Lasting, decisions: Iterable[Decision] = ()) -> None:
        self.nodes = nodes
        """The same in columns."""
        self.decisions = tuple(decisions)
        """What people said of two causes each."""
        self.lasting = lasting
        """What was made of single nodes."""
        self.reached: Reached | None = None
        """What lies downstream, as it was asked for last."""

    @property
    def past(self) -> Past:
        """The history."""
        return self.nodes.live.past

    @property
    def live(self) -> Sequence[PastCause]:
        """The problems and causes that count, each after its parent."""
        return self.nodes.live.causes

    @cached_property
    def confirmed_alone(self) -> Map:
        """The map in which only what is confirmed is one."""
        return map_of(self.nodes.confirmed_alone(), decisions=self.decisions)

    @cached_property
    def sessions(self) -> Mapping[UUID, PastSession]:
        """The sessions by their ids."""
        return {session.id: session for session in self.past.sessions}

    @cached_property
    def deeds(self) -> Mapping[int, Sequence[PastDeed]]:
        """What was planned or done about causes that count, by their places."""
        deeds: dict[int, list[PastDeed]] = {}
        places: list[int] = self.nodes.live.acted_on.tolist()
        for place, deed in zip(places, self.past.deeds, strict=True):
            if place != NONE:
                deeds.setdefault(place, []).append(deed)
        return deeds

    @cached_property
    def merged(self) -> Mapping[str, str]:
        """The node of each cause that is not the first of its node, both as keys."""
        keys, nodes = self.nodes.live.keys, self.nodes
        return {
            keys[place]: keys[head]
            for place, head in enumerate(nodes.heads[nodes.of].tolist())
            if place != head
        }

    def session_at(self, place: int) -> PastSession:
        """The session that found the cause at a place."""
        return self.past.sessions[self.nodes.live.session_list[place]]

    def is_same(self, a: int, b: int) -> bool:
        """Whether it is confirmed that the causes at two places are the same."""
        numbers = self.nodes.number_list
        return a == b or NONE != numbers[a] == numbers[b]


def causal_map(
    past: Past,
    groups: Iterable[Collection[str]] = (),
    confirmed: Iterable[Collection[str]] = (),
    decisions: Iterable[Decision] = (),
) -> Map:
    """The causal map of `past`. Keys in `groups` and `confirmed` are `str` of the causes' ids.

    A confirmed set stays whole: where the proposed groups cut it, it goes where most of it is.
    Keys of problems, of causes ruled out and of causes that are not in `past` are passed over. A
    cause that a session gives for the same cause is no edge: nothing explains itself. `decisions`
    join and part nothing here; where they contradict each other, findings tell of it.

    >>> from fivewhys.models.past import Past
    >>> causal_map(Past()).number_of_nodes()
    0
    """
    live = Live.of(past)
    place_of = live.place_of

    def places(sets: Iterable[Collection[str]]) -> list[list[int]]:
        return [[place_of[key] for key in some if key in place_of] for some in sets]

    return map_of(Nodes(live, places(groups), places(confirmed)), decisions=decisions)


def map_of(nodes: Nodes, lasting: Lasting | None = None, decisions: Iterable[Decision] = ()) -> Map:
    """The causal map with these nodes; what is `lasting` was made of a map before."""
    live = nodes.live
    said: dict[int, dict[str, Any]] = {}

    def attributes(node: int) -> dict[str, Any]:
        first = live.causes[nodes.heads[node]]
        return {
            "kind": first.kind,
            "text": first.text,
            "causes": tuple([live.causes[place] for place in nodes.members_of(node)]),
            "depth": int(nodes.depths[node]),
            "is_root": bool(nodes.is_root[node]),
            "is_confirmed": bool(nodes.is_confirmed[node]),
        }

    def sessions(edge: int) -> dict[str, Any]:
        if edge not in said:
            keys = frozenset([live.causes[place].session_id for place in nodes.edges.said(edge)])
            said.setdefault(edge, {"sessions": keys})
        return said[edge]

    def effects(node: int) -> dict[str, dict[str, Any]]:
        edges = nodes.edges
        return {nodes.keys[edges.effects[edge]]: sessions(edge) for edge in edges.from_(node)}

    def causes(node: int) -> dict[str, dict[str, Any]]:
        edges = nodes.edges
        return {nodes.keys[edges.causes[edge]]: sessions(edge) for edge in edges.to(node)}

    graph: Map = nx.DiGraph()
    # These are all that a graph of networkx is; its views only read them.
    graph._node = Lazy(nodes, attributes)  # type: ignore[attr-defined]
    graph._adj = Lazy(nodes, effects)  # type: ignore[attr-defined]
    graph._pred = Lazy(nodes, causes)  # type: ignore[attr-defined]
    graph.graph[_GROUND] = Ground(nodes, lasting or Lasting(), decisions)
    return graph


def ground(graph: Map) -> Ground:
    """What `graph` was made from. Raises KeyError where it is not a causal map."""
    found: Ground = graph.graph[_GROUND]
    return found


def is_confirmed(graph: Map) -> bool:
    """Whether all that is one in `graph` is the same by decision or equal words."""
    return bool(ground(graph).nodes.is_confirmed.all())


def only_confirmed(graph: Map) -> Map:
    """The map of the same history in which only confirmed causes are one; itself where all are."""
    if is_confirmed(graph):
        return graph
    return ground(graph).confirmed_alone


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

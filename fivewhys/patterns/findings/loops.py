"""Loops across sessions: causes that feed each other though no single session shows it.

Only the strongly connected components of the map can hold loops. In each of them the shortest ones
are looked for, from the causes that most sessions found, with bounded work: a wrong suggestion can
tie half of a large history into one component, whose loops nobody could read.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from fivewhys.models.past import PastSession
from fivewhys.patterns.findings.knots import knots
from fivewhys.patterns.findings.scope import EVERYTHING, Scope
from fivewhys.patterns.findings.sightings import by_day
from fivewhys.patterns.findings.values import Link, Loop
from fivewhys.patterns.nodes import NONE, Nodes
from fivewhys.patterns.overlay import Ground, Map, ground, only_confirmed

MOST_LOOPS = 3
"""Loops told of one component: the shortest that were found."""
MOST_LINKS = 8
"""Links of a loop at most: people cannot follow longer ones."""
_MOST_WORK = 200_000
"""Edges looked at in one component at most."""

Way = tuple[int, ...]
"""Nodes of the map, each of which leads to the one after it, and the last to the first."""


def loops(graph: Map, scope: Scope = EVERYTHING) -> list[Loop]:
    """The loops that need two or more sessions, at least one of them asked about.

    Confirmed ones stand first, then short ones, then those that most sessions say. A loop is
    confirmed where one can go round it by confirmed causes alone.

    For example, S-1 says “Calls are not returned” leads to “The queue is long”, and S-6 says “The
    lines are always full” (the same as the second) leads to “Nobody rings back” (the same as the
    first):

        [[link.text for link in loop.links] for loop in loops(causal_map(past, groups))]
        # [["Calls are not returned", "The queue is long"]]
    """
    if scope.confirmed_only:
        graph = only_confirmed(graph)
    found = []
    base = ground(graph)
    nodes = base.nodes
    for part in knots(len(nodes), nodes.edges.causes, nodes.edges.effects):
        if scope.roots_only and not nodes.is_root[part].any():
            continue
        for way in _shortest(_Knot(nodes, part)):
            loop = _told(base, way)
            if any(scope.asks_about(session) for session in loop.sessions):
                found.append(loop)
    found.sort(key=lambda loop: (not loop.is_confirmed, len(loop.links), -len(loop.sessions)))
    return found


class _Knot:
    """Nodes that all lead to each other, by their numbers, and the edges between them."""

    def __init__(self, nodes: Nodes, inside: list[int]) -> None:
        edges = nodes.edges
        is_inside = np.zeros(len(nodes), bool)
        is_inside[inside] = True
        between = np.flatnonzero(is_inside[edges.causes] & is_inside[edges.effects])
        causes, effects = edges.causes[between].tolist(), edges.effects[between].tolist()
        self._nodes = nodes
        self._edges = dict(zip(zip(causes, effects, strict=True), between.tolist(), strict=True))
        self.effects: dict[int, list[int]] = {}
        """What each node leads to."""
        for cause, effect in zip(causes, effects, strict=True):
            self.effects.setdefault(cause, []).append(effect)
        # The keys tell apart what ties.
        self.nodes = sorted(inside, key=lambda node: (-nodes.sizes[node], nodes.keys[node]))
        """First what most sessions found."""

    def is_one_session_s(self, way: list[int]) -> bool:
        """Whether one session says all of it."""
        edges, sessions = self._nodes.edges, self._nodes.live.session_list
        said = (edges.said(self._edges[edge]) for edge in pairwise((*way, way[0])))
        return bool(set.intersection(*({sessions[place] for place in some} for some in said)))

    def turned(self, way: list[int]) -> Way:
        """The same loop, from its smallest key on, so that it is the same wherever it was begun."""
        first = min(range(len(way)), key=lambda at: self._nodes.keys[way[at]])
        return (*way[first:], *way[:first])

    def keys_of(self, way: Way) -> list[str]:
        """The keys of a loop."""
        return [self._nodes.keys[node] for node in way]


def _shortest(knot: _Knot) -> list[Way]:
    """The shortest loops of a knot that no session says alone."""
    found: dict[Way, None] = {}
    work = _MOST_WORK
    for start in knot.nodes:
        for way, looked_at in _ways(knot, start):
            work -= looked_at
            if way:
                found[knot.turned(way)] = None
        if work < 0:
            break
    return sorted(found, key=lambda way: (len(way), knot.keys_of(way)))[:MOST_LOOPS]


def _ways(knot: _Knot, start: int) -> Iterator[tuple[list[int], int]]:
    """The shortest loop through `start` that no session says alone, and the edges looked at."""
    way, looked_at = _round(knot, start)
    if not way or not knot.is_one_session_s(way):
        yield way, looked_at
        return
    yield [], looked_at
    # One session says all of it, so another way round is looked for, past each of its links.
    for edge in pairwise((*way, way[0])):
        other, looked_at = _round(knot, start, edge)
        yield ([] if other and knot.is_one_session_s(other) else other), looked_at


def _round(knot: _Knot, start: int, closed: tuple[int, int] | None = None) -> tuple[list[int], int]:
    """The shortest way from `start` back to it past the link `closed`, and its work.

    It is empty where there is none.
    """
    came_from: dict[int, int] = {}
    level, looked_at = [start], 0
    for _ in range(MOST_LINKS):
        following = []
        for node in level:
            for effect in knot.effects[node]:
                looked_at += 1
                if effect == start and (node, effect) != closed:
                    return _way_to(node, start, came_from), looked_at
                if effect not in came_from and (node, effect) != closed:
                    came_from[effect] = node
                    following.append(effect)
        level = following
    return [], looked_at


def _way_to(node: int, start: int, came_from: dict[int, int]) -> list[int]:
    way = [node]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]


def _told(base: Ground, way: Way) -> Loop:
    nodes = base.nodes
    links = []
    for node, effect in pairwise((*way, way[0])):
        said = _said(base, node, effect)
        sessions = sorted(((base.past.sessions[at], words) for at, words in said.items()), key=_day)
        links.append(
            Link(
                nodes.keys[node],
                base.live[nodes.heads[node]].text,
                base.live[nodes.heads[effect]].text,
                tuple(session for session, _ in sessions),
                tuple(words for _, words in sessions),
            )
        )
    return Loop(tuple(links), _is_confirmed(nodes, way))


def _day(said: tuple[PastSession, object]) -> tuple[object, int]:
    return by_day(said[0])


def _places(nodes: Nodes, node: int, effect: int) -> list[tuple[int, int]]:
    """The places of the causes of one node that lead to another, each with that of its effect."""
    parents = nodes.live.parents
    return [
        (place, int(parents[place]))
        for place in nodes.members_of(node)
        if parents[place] != NONE and nodes.of[parents[place]] == effect
    ]


def _said(base: Ground, node: int, effect: int) -> dict[int, tuple[str, str]]:
    """How each session that says so calls a cause and what it leads to, by the session's place."""
    sessions = base.nodes.live.session_list
    said: dict[int, tuple[str, str]] = {}
    for place, parent in _places(base.nodes, node, effect):
        said.setdefault(sessions[place], (base.live[place].text, base.live[parent].text))
    return said


def _is_confirmed(nodes: Nodes, way: Way) -> bool:
    """Whether one can go round by causes that are confirmed to be the same at each node."""
    numbers = nodes.number_list

    def same(place: int) -> tuple[bool, int]:
        is_alone = numbers[place] == NONE
        return is_alone, place if is_alone else numbers[place]

    first, *rest = (
        {(same(place), same(parent)) for place, parent in _places(nodes, node, effect)}
        for node, effect in pairwise((*way, way[0]))
    )
    ways: set[tuple[object, object]] = {*first}
    for links in rest:
        after: dict[object, list[object]] = {}
        for cause, effect in links:
            after.setdefault(cause, []).append(effect)
        ways = {(start, end) for start, here in ways for end in after.get(here, ())}
    return any(start == end for start, end in ways)

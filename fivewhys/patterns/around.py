"""The part of a causal map around one cause, or all of it, as a plain value.

Whoever draws it needs no graph: text, SVG, Mermaid and DOT are made from this alone.
"""

from collections.abc import Callable, Iterable, Iterator

from fivewhys.models.past import PastSession
from fivewhys.models.words import Kind
from fivewhys.patterns.findings.sightings import by_day
from fivewhys.patterns.overlay import Map, causes_of, ground, sessions_of, text_of
from fivewhys.patterns.section import Arrow, Box, Section

STEPS = 3
"""How far from the cause in the middle a drawing goes, in links either way."""
MOST_BOXES = 40
"""Boxes that a drawing has at most, so that it can still be read."""


def around(graph: Map, key: str, *, steps: int = STEPS, most: int = MOST_BOXES) -> Section:
    """What `key` leads to and what leads to it, `steps` links away at most.

    `key` is the key of any of the causes that the node stands for. Where there are more than
    `most` boxes, nearer ones come before farther ones, and of these first what most sessions
    found. Raises KeyError where the key is not on the map.
    """
    node = ground(graph).merged.get(key, key)
    if node not in graph:
        raise KeyError(key)
    sides = {node: 0}
    ways = ((graph.successors, 1), (graph.predecessors, -1))
    levels = {sign: [node] for _, sign in ways}
    left_out: set[str] = set()
    for step in range(1, steps + 1):
        for neighbours, sign in ways:
            found = _beyond(levels[sign], neighbours, sides)
            found.sort(key=lambda other: (-len(causes_of(graph, other)), other))
            room = max(0, most - len(sides))
            levels[sign] = found[:room]
            left_out.update(found[room:])
            sides |= dict.fromkeys(levels[sign], sign * step)
    for neighbours, sign in ways:
        left_out.update(_beyond(levels[sign], neighbours, sides))
    return _section(graph, node, sides, len(left_out - set(sides)))


def whole(graph: Map) -> Section:
    """All of the map, in no particular form; its boxes stand on no side."""
    return _section(graph, "", dict.fromkeys(graph, 0), 0)


def _beyond(
    level: Iterable[str], neighbours: Callable[[str], Iterator[str]], sides: dict[str, int]
) -> list[str]:
    """The neighbours of a level that have no side yet, each once."""
    return list(
        dict.fromkeys(other for node in level for other in neighbours(node) if other not in sides)
    )


def _section(graph: Map, centre: str, sides: dict[str, int], left_out: int) -> Section:
    boxes = tuple(_box(graph, node, side) for node, side in sides.items())
    sessions = ground(graph).sessions
    arrows = tuple(
        Arrow(node, effect, _ordered(sessions[key] for key in sessions_of(graph, node, effect)))
        for node in sides
        for effect in graph.successors(node)
        if effect in sides
    )
    return Section(centre, boxes, arrows, left_out)


def _box(graph: Map, node: str, side: int) -> Box:
    data = graph.nodes[node]
    base = ground(graph)
    causes = causes_of(graph, node)
    return Box(
        key=node,
        text=text_of(graph, node),
        is_problem=data["kind"] is Kind.PROBLEM,
        sessions=_ordered(base.sessions[cause.session_id] for cause in causes),
        roots=len({cause.session_id for cause in causes if cause.is_root}),
        is_confirmed=data["is_confirmed"],
        side=side,
    )


def _ordered(sessions: Iterable[PastSession]) -> tuple[PastSession, ...]:
    return tuple(sorted(dict.fromkeys(sessions), key=by_day))

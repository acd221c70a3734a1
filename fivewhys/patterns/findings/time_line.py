"""The time line of a node of the causal map."""

from fivewhys.patterns.findings.moments import TimeLine, in_order
from fivewhys.patterns.findings.sightings import core_of, sightings, tried
from fivewhys.patterns.overlay import Map, ground, only_confirmed


def time_line(graph: Map, key: str, *, confirmed_only: bool = False) -> TimeLine:
    """When the cause was found, and what was done about it between.

    `key` is the key of any of the causes that the node stands for. With `confirmed_only`,
    suggestions join nothing. Raises KeyError where the key is not on the map.
    """
    if confirmed_only:
        graph = only_confirmed(graph)
    node = ground(graph).merged.get(key, key)
    if node not in graph:
        raise KeyError(key)
    return in_order(core_of(graph, node).text, sightings(graph, node), tried(graph, node))

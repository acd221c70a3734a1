"""Graphs as columns: the knots in which nodes lead to each other, and levels without them.

What lies in no loop is peeled off in a few looks at all edges; networkx is asked about the rest.
"""

import networkx as nx
import numpy as np

from fivewhys.patterns.live import Bools, Ints

_MOST_LOOKS = 50
"""Looks at all edges after which the rest, long chains, is left to networkx."""

_MOST_KNOTS = 3
"""Knots that are looked for before networkx is asked: one can tie half of a large history."""


def core(count: int, tails: Ints, heads: Ints) -> Bools:
    """Of `count` nodes those with edges to and from others of them; all that is in a loop is."""
    is_left = np.zeros(count, bool)
    for _ in range(_MOST_LOOKS):
        leads, is_led_to = np.zeros((2, count), bool)
        leads[tails] = True
        is_led_to[heads] = True
        is_left = leads & is_led_to
        stays = is_left[tails] & is_left[heads]
        if stays.all():
            break
        tails, heads = tails[stays], heads[stays]
    return is_left


def knots(count: int, tails: Ints, heads: Ints) -> list[list[int]]:
    """The sets of two nodes or more in which each leads to all others."""
    found: list[list[int]] = []
    for _ in range(_MOST_KNOTS):
        is_inside = core(count, tails, heads)
        inside = is_inside[tails] & is_inside[heads]
        tails, heads = tails[inside], heads[inside]
        if not len(tails):
            return sorted(found)
        # The largest knot holds, as a rule, what most leads to.
        hub = int(
            np.argmax(np.bincount(tails, minlength=count) * np.bincount(heads, minlength=count))
        )
        knot = _led_to(count, tails, heads, hub) & _led_to(count, heads, tails, hub)
        if np.count_nonzero(knot) > 1:
            found.append(np.flatnonzero(knot).tolist())
        is_left = ~(knot[tails] | knot[heads])
        tails, heads = tails[is_left], heads[is_left]
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_edges_from(zip(tails.tolist(), heads.tolist(), strict=True))
    rest = (sorted(part) for part in nx.strongly_connected_components(graph))
    return sorted([*found, *(part for part in rest if len(part) > 1)])


def _led_to(count: int, tails: Ints, heads: Ints, start: int) -> Bools:
    """What a node leads to, with itself."""
    found = np.zeros(count, bool)
    found[start] = True
    while True:
        new = heads[found[tails] & ~found[heads]]
        if not len(new):
            return found
        found[new] = True


def untied(count: int, tails: Ints, heads: Ints) -> Ints:
    """For each node one that stands for its knot; itself where it is in none."""
    found = np.arange(count)
    for part in knots(count, tails, heads):
        found[part] = part[0]
    return found


def levels(count: int, tails: Ints, heads: Ints) -> Ints:
    """How many edges lead from each node to an end at most, where there are no knots."""
    found = np.zeros(count, np.int64)
    level = 0
    while len(tails):
        is_left = np.zeros(count, bool)
        is_left[tails] = True
        level += 1
        # What leads to something that is left lies further up.
        stays = is_left[heads]
        found[tails] = level
        tails, heads = tails[stays], heads[stays]
    return found

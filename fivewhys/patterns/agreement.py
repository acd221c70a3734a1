"""What people's decisions say together: which causes are the same, and where they contradict.

Only here are causes joined through others: *same* is a person's word on two causes, and whoever
says a = b and b = c has said a = c. Likeness is never passed on like that.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from fivewhys.patterns.contraction import contracted

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two causes that were decided to be different, though other decisions make them the same."""

    different: Pair
    """The two, the smaller key first."""
    path: tuple[str, ...]
    """The way from the one to the other over causes that were called the same: a, b, c says a = b
    and b = c. No way is shorter, and in whatever order the decisions come it is the same one."""

    @property
    def same(self) -> tuple[Pair, ...]:
        """The decisions on the way, each with its smaller key first. Any of them may be wrong."""
        return tuple(_sorted(a, b) for a, b in pairwise(self.path))


def confirmed(pairs: Iterable[Pair]) -> list[set[str]]:
    """The sets of causes that decisions *same* connect; those of two or more causes alone.

    The largest come first, of one size the one with the smallest key. Nothing else is looked at,
    neither *different* nor equal words: `settled` does that.

    >>> [sorted(found) for found in confirmed([("a", "b"), ("d", "e"), ("b", "c")])]
    [['a', 'b', 'c'], ['d', 'e']]
    """
    found = [set(part) for part in nx.connected_components(_graph(pairs)) if len(part) > 1]
    return sorted(found, key=lambda part: (-len(part), min(part)))


def settled(
    words: Mapping[str, int], same: Iterable[Pair] = (), different: Iterable[Pair] = ()
) -> list[set[str]]:
    """The sets of causes that decisions or equal words make the same; two or more causes each.

    `words` has the `text.words_number` of every cause that counts. What was decided to be
    different is never in one set: equal words give way, and where *same* and *different*
    contradict each other, *different* holds. So every set lies within one proposed group.

    >>> [sorted(found) for found in settled({"a": 1, "b": 1, "c": 2}, different=[("a", "b")])]
    []
    """
    keys = sorted(words)
    row_of = {key: row for row, key in enumerate(keys)}
    equal: dict[int, list[int]] = {}
    for key, row in row_of.items():
        equal.setdefault(words[key], []).append(row)
    units = contracted(row_of, equal.values(), same, different)
    found = [{keys[row] for row in rows} for rows in units.larger().values()]
    return sorted(found, key=lambda part: (-len(part), min(part)))


def contradictions(same: Iterable[Pair], different: Iterable[Pair]) -> list[Contradiction]:
    """Pairs decided to be different that decisions *same* connect, in the order of their keys.

    >>> contradictions([("a", "b"), ("b", "c")], [("c", "a")])
    [Contradiction(different=('a', 'c'), path=('a', 'b', 'c'))]
    """
    graph = _graph(same)
    component = {
        key: number for number, part in enumerate(nx.connected_components(graph)) for key in part
    }
    found = []
    for a, b in sorted({_sorted(*pair) for pair in different}):
        if a in component and component[a] == component.get(b) and a != b:
            found.append(Contradiction((a, b), tuple(nx.shortest_path(graph, a, b))))
    return found


def _graph(pairs: Iterable[Pair]) -> "nx.Graph[str]":
    # In the order of the keys, so that the shortest path is the same whatever was decided first.
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from(sorted({_sorted(a, b) for a, b in pairs if a != b}))
    return graph


def _sorted(a: str, b: str) -> Pair:
    return (a, b) if a <= b else (b, a)

"""Each chain read back from its root: root, therefore effect, therefore … problem."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause

REPEATED = 12
"""Effects that a chain repeats from an earlier one before it refers to it instead: whole chains
read best, and real ones are shorter than this."""


@dataclass(frozen=True, slots=True)
class Chain:
    """The effects of one root, up to the problem."""

    root: Cause
    effects: tuple[Cause, ...]
    joins: int
    """The earlier chain that goes on from the last effect, or 0: that effect is the problem."""


def chains(tree: Tree) -> Iterator[Chain]:
    """The chain of every root, in the tree's order, counted from 1."""
    depths = {cause.id: depth for cause, depth in tree.walk()}
    told: dict[UUID, int] = {}
    for number, root in enumerate(tree.roots(), 1):
        effects = []
        node = root
        joins = 0
        while node.parent_id is not None and not joins:
            told.setdefault(node.id, number)
            node = tree.causes[node.parent_id]
            effects.append(node)
            earlier = told.get(node.id, 0)
            if earlier and depths[node.id] > REPEATED:
                joins = earlier
        yield Chain(root, tuple(effects), joins)

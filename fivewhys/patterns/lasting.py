"""What was made of the nodes of a map, kept for the next map as long as nothing changes at them.

After one more session a large history is what it was but for a few nodes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import is_
from typing import Any, TypeVar

from fivewhys.models.past import PastCause
from fivewhys.patterns.nodes import NONE, Nodes

T = TypeVar("T")


@dataclass(slots=True)
class _Kept:
    """What was made of one node, and all that it hangs on."""

    causes: Sequence[PastCause]
    """Whatever changes in a session, its causes are read anew: they are other objects then."""
    sets: Sequence[int]
    """Which of them are confirmed to be the same: those with the same number, but for `NONE`."""
    made: dict[str, Any] = field(default_factory=dict)


class Lasting:
    """What was made of nodes; of what was kept `before`, as much as still holds."""

    def __init__(self, before: "Lasting | None" = None) -> None:
        self._before = {} if before is None else before._now
        self._now: dict[str, _Kept] = {}
        self._places: dict[int, _Kept] = {}

    def of(self, nodes: Nodes, node: int, name: str, make: Callable[[], T]) -> T:
        """What `make` gives for a node, made once; it hangs on the node's causes, their sessions
        and which of them are confirmed, and on nothing else. `name` tells apart what is made.
        """
        kept = self._places.get(node)
        if kept is None:
            kept = self._places[node] = self._found(nodes, node)
        if name not in kept.made:
            kept.made[name] = make()
        made: T = kept.made[name]
        return made

    def _found(self, nodes: Nodes, node: int) -> _Kept:
        places = nodes.members_of(node)
        key, live = nodes.live.keys[places[0]], nodes.live.causes
        kept = _Kept([live[place] for place in places], _sets(nodes, places))
        known = self._before.get(key)
        if (
            known is not None
            and len(known.causes) == len(kept.causes)
            and all(map(is_, known.causes, kept.causes))
            and known.sets == kept.sets
        ):
            kept = known
        self._now[key] = kept
        return kept


def _sets(nodes: Nodes, places: Sequence[int]) -> Sequence[int]:
    """The confirmed set of each of some causes, by numbers that are the same on the next map."""
    numbers = [nodes.number_list[place] for place in places]
    if max(numbers) == NONE:
        return ()
    names = {NONE: NONE}
    return [names.setdefault(number, len(names)) for number in numbers]

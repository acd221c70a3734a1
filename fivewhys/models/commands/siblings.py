"""Making room for a row among its siblings, whatever they are; `positions` says where."""

from collections.abc import Sequence

from fivewhys.models.commands.positions import room_at
from fivewhys.models.delta import Operation, changed
from fivewhys.models.values import Cause, Countermeasure, Evidence, Measure, Parked

Sibling = Cause | Evidence | Parked | Countermeasure | Measure


def room_among(siblings: Sequence[Sibling], place: int) -> tuple[int, list[Operation]]:
    """A position at `place` among `siblings`, and what moves these if there is no gap."""
    now = [sibling.position for sibling in siblings]
    room, positions = room_at(now, place)
    # Comparing each of 10,000 would take ten times as long as the rest of an answer's plan.
    if positions is now:
        return room, []
    return room, [
        operation
        for sibling, position in zip(siblings, positions, strict=True)
        for operation in changed(sibling, position=position)
    ]


def room_after(siblings: Sequence[Sibling]) -> tuple[int, list[Operation]]:
    """A position after `siblings`, and what moves these together if the numbers end there."""
    return room_among(siblings, len(siblings))

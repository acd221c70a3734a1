"""Where rows stand among their siblings. It knows numbers alone, neither trees nor commands."""

GAP = 1024
"""Distance between the positions of siblings, so that one can be put between two without others."""

FARTHEST = 2**53 - 1
"""No position or number is farther from 0: every program that reads JSON keeps it exactly."""


def room_at(positions: list[int], place: int) -> tuple[int, list[int]]:
    """A position at `place` among `positions`, and these, moved apart only if there is no gap."""
    low = positions[place - 1] if place else 0
    high = positions[place] if place < len(positions) else low + 2 * GAP
    room = (low + high) // 2
    if high - low > 1 and abs(room) <= FARTHEST:
        return room, positions
    spread = [GAP * (index + 1) for index in range(len(positions) + 1)]
    return spread[place], spread[:place] + spread[place + 1 :]

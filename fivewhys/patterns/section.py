"""A part of the causal map as boxes and arrows: what every drawing of it is made from."""

from dataclasses import dataclass

from fivewhys.models.past import PastSession


@dataclass(frozen=True, slots=True)
class Box:
    """A cause or a problem of the map."""

    key: str
    text: str
    is_problem: bool
    sessions: tuple[PastSession, ...]
    """The sessions that have it, oldest first."""
    roots: int
    """How many of them called it root."""
    is_confirmed: bool
    """Whether all that it stands for is the same by decision or equal words."""
    side: int
    """How many links it is away from the cause in the middle: below 0 what leads to it, above 0
    what it leads to."""

    @property
    def is_shared(self) -> bool:
        """Whether several sessions found it."""
        return len(self.sessions) > 1


@dataclass(frozen=True, slots=True)
class Arrow:
    """One box leading to another, by the keys of both."""

    cause: str
    effect: str
    sessions: tuple[PastSession, ...]
    """The sessions that say so, oldest first."""


@dataclass(frozen=True, slots=True)
class Section:
    """Boxes and the arrows between them."""

    centre: str
    """The key of the box in the middle; empty for the whole map."""
    boxes: tuple[Box, ...]
    """The one in the middle first, then by distance."""
    arrows: tuple[Arrow, ...]
    left_out: int
    """How many more boxes the next links lead to."""

    def by_key(self) -> dict[str, Box]:
        """Each box by its key."""
        return {box.key: box for box in self.boxes}

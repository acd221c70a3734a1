"""What screens ask of `fivewhys.memory.Memory`, in the parts in which they need it."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from fivewhys.screens.seen_words import SeenBefore

if TYPE_CHECKING:
    from fivewhys.patterns.findings.scope import Scope
    from fivewhys.patterns.findings.values import Findings
    from fivewhys.patterns.overlay import Map
    from fivewhys.patterns.queue import Question

Progress = Callable[[float], None]


class Work(Protocol):
    """How far the reading of the history is, in different wordings."""

    @property
    def done(self) -> int:
        """What is read."""

    @property
    def of(self) -> int:
        """What was to be read."""

    @property
    def is_paused(self) -> bool:
        """Whether a person has put it off."""


class Reads(Protocol):
    """Reads the history, so that all of it is known."""

    @property
    def work(self) -> Work | None:
        """What is being read now, where it is much; None where nothing is left to do."""

    @property
    def is_current(self) -> bool:
        """Whether everything that was there at the last look is known."""


class Remembers(Reads, Protocol):
    """What finds causes of earlier sessions."""

    def similar(self, text: str, k: int = 5, besides: UUID | None = None) -> Sequence[SeenBefore]:
        """Causes that may be what `text` says, nearest first, none of the session `besides`."""


class Known(Protocol):
    """All sessions with the groups of their causes."""

    @property
    def groups(self) -> Mapping[str, frozenset[str]]:
        """The proposed groups of causes, which go by `str` of their ids; those of one too."""

    @property
    def map(self) -> "Map":
        """The causal map with the proposed groups."""

    def findings(self, scope: "Scope | None" = None) -> "Findings":
        """All that the map tells about `scope`."""


class Memory(Reads, Protocol):
    """What all sessions say, kept ready."""

    @property
    def trouble(self) -> str:
        """What keeps it from reading, as a sentence."""

    def keep_up(self) -> None:
        """Begin reading, if that was not done before; returns at once."""

    def pause(self) -> None:
        """Read nothing but what is new."""

    def resume(self) -> None:
        """Go on reading."""

    def patterns(self, progress: Progress | None = None) -> Known:
        """The history as it is now."""

    @property
    def latest(self) -> Known | None:
        """The history as it was at the last look, if there was one; at once."""

    def questions(self, progress: Progress | None = None) -> "Sequence[Question]":
        """What to ask people, the most useful first."""

"""A memory for tests of the screens: it finds what a test wants, when it wants."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from fivewhys.memory import Seen, Work
from fivewhys.models.values import Appearance
from fivewhys.patterns.likely import Likely
from fivewhys.store.store import Store


@dataclass
class Known:
    """Finds causes by words that a text has, in the order in which they were told."""

    store: Store
    causes: list[tuple[str, UUID, Likely]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    is_current: bool = True
    work: Work | None = None
    free: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.free.set()

    def knows(self, word: str, cause: UUID, likely: Likely = Likely.VERY) -> None:
        """A text with `word` in it is like this cause."""
        self.causes.append((word, cause, likely))

    def similar(self, text: str, k: int = 5, besides: UUID | None = None) -> Sequence[Seen]:
        """What it was told, once it is let."""
        self.asked.append(text)
        assert self.free.wait(10)
        if not self.is_current:
            return []
        found = [(key, likely) for word, key, likely in self.causes if word in text]
        contexts = self.store.context(key for key, _ in found)
        again = self.store.alike(contexts)
        return [
            Seen(contexts[key], 0.9, likely, _others(again.get(key, {}), besides))
            for key, likely in found
            if key in contexts and contexts[key].session.id != besides
        ][:k]


def _others(found: dict[UUID, Appearance], besides: UUID | None) -> tuple[Appearance, ...]:
    sessions = {seen.session_id: seen for seen in found.values() if seen.session_id != besides}
    return tuple(sorted(sessions.values(), key=lambda seen: (seen.on, seen.number)))

"""The history that a command works on, and the options that hold for every command."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fivewhys import settings
from fivewhys.cli.printing import fail

if TYPE_CHECKING:
    from fivewhys.models.values import SessionLine
    from fivewhys.store.store import Store


@dataclass(frozen=True, slots=True)
class Chosen:
    """The options that hold for every command."""

    database: str | None
    ascii_only: bool

    @property
    def where(self) -> str:
        """The file or address of the history."""
        return settings.database(self.database)

    @property
    def is_begun(self) -> bool:
        """Whether there is a history: looking at a file must not make it."""
        return "://" in self.where or Path(self.where).exists()

    @property
    def shown(self) -> str:
        """How to name the history to a person: without a password."""
        from fivewhys.store.engine import shown

        return shown(self.where)

    @property
    def nothing(self) -> str:
        """What to say where there are no sessions."""
        begin = "To begin one: fivewhys. To look around: fivewhys demo"
        return f"No sessions in {self.shown} yet. {begin}"

    def written(self, text: str) -> str:
        """`text` in the characters that the person asked for."""
        if not self.ascii_only:
            return text
        from fivewhys.reports.escape import plain_ascii

        return plain_ascii(text)


@contextmanager
def history(chosen: Chosen) -> "Iterator[Store]":
    """The history, begun if there is none."""
    from fivewhys.store.store import Store

    with closing(Store(chosen.where, settings.actor())) as store:
        yield store


@contextmanager
def begun_history(chosen: Chosen) -> "Iterator[Store]":
    """The history, where there is one."""
    if not chosen.is_begun:
        fail(f"There is no history at {chosen.where} yet. To begin one: fivewhys")
    with history(chosen) as store:
        yield store


def all_lines(store: "Store", search: str = "") -> "Iterator[SessionLine]":
    """Every session of the library, newest first, read in pages."""
    before = None
    while page := store.library(search, before, limit=1000):
        yield from page
        before = page[-1].number

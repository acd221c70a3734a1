"""The history that a command works on, and the options that hold for every command."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from fivewhys import settings
from fivewhys.cli.printing import fail
from fivewhys.cli.waiting import line

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
        """Whether there is a history: looking at a file must not make it, nor fill an empty one."""
        if "://" in self.where:
            return True
        path = Path(self.where)
        return path.exists() and not (path.is_file() and path.stat().st_size == 0)

    @property
    def shown(self) -> str:
        """How to name the history to a person: without a password."""
        from fivewhys.store.engine import shown

        return shown(self.where)

    @property
    def nothing(self) -> str:
        """What to say where there are no sessions."""
        begin = f"To begin one: {self.program}. To look around: fivewhys demo"
        return f"No sessions in {self.shown} yet. {begin}"

    @property
    def program(self) -> str:
        """The command that opens this history."""
        if not self.database:
            return "fivewhys"
        import shlex

        return f"fivewhys --database {shlex.quote(self.shown)}"

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

    with line(chosen.written) as tell:
        opened = Store(chosen.where, settings.actor(), tell=lambda stage: tell(stage.words))
    with closing(opened) as store:
        yield store


@contextmanager
def begun_history(chosen: Chosen) -> "Iterator[Store]":
    """The history, where there is one."""
    if not chosen.is_begun:
        fail_without_history(chosen)
    with history(chosen) as store:
        yield store


def fail_without_history(chosen: Chosen) -> NoReturn:
    """Say that there is no history, which for one that was named may be a slip of the finger."""
    if not chosen.database:
        fail(f"There is no history at {chosen.shown} yet. To begin one: {chosen.program}")
    fail(
        f"There is no history at {chosen.shown}. See that the path is right; to begin one there: "
        f"{chosen.program}"
    )


def all_lines(store: "Store", search: str = "") -> "Iterator[SessionLine]":
    """Every session of the library, newest first, read in pages."""
    before = None
    while page := store.library(search, before, limit=1000):
        yield from page
        before = page[-1].number

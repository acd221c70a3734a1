"""The memory of a history, read before a command asks it, while a person sees how far that is."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import typer

from fivewhys.cli.history import Chosen, begun_history
from fivewhys.cli.printing import CANCELLED, fail, say
from fivewhys.cli.waiting import line

if TYPE_CHECKING:
    from fivewhys.memory import Memory
    from fivewhys.store.store import Store

T = TypeVar("T")

LOOK_SECONDS = 0.05
"""How often to ask how far the reading is."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A history with the memory of it, which holds everything that is there."""

    store: "Store"
    memory: "Memory"
    tell: Callable[[str], None]
    """Shows what is being done, to a person who waits."""

    def asked(self, ask: Callable[[], T]) -> T:
        """What `ask` finds; once more where that has shown that not everything was read."""
        found = ask()
        while not self.memory.is_current:
            self.memory.look()
            _read(self.memory, self.tell)
            found = ask()
        return found


@contextmanager
def remembered(chosen: Chosen) -> Iterator[Remembered]:
    """The chosen history with all that it says read: new causes take a while, known ones none.

    Ctrl+C ends it in one line. What was read until then is kept beside the history.
    """
    from fivewhys.memory import Memory, beside

    with begun_history(chosen) as store, closing(Memory(store, beside(chosen.where))) as memory:
        try:
            with line(chosen.written) as tell:
                _read(memory, tell)
                yield Remembered(store, memory, tell)
        except KeyboardInterrupt:
            say("Cancelled. What was read so far is kept.")
            raise typer.Exit(CANCELLED) from None


def _read(memory: "Memory", tell: Callable[[str], None]) -> None:
    """Wait until everything is read, or fail with a sentence."""
    memory.keep_up()
    while not memory.is_current:
        if memory.trouble:
            fail(f"What the sessions say cannot be read: {memory.trouble.removesuffix('.')}.")
        work = memory.work
        counted = f"{work.done:,} of {work.of:,} causes" if work else "the history"
        tell(f"Reading {counted} …")
        time.sleep(LOOK_SECONDS)

"""Reading in a thread, so that the screen goes on meanwhile."""

import asyncio
from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from fivewhys.store.problems import StoreProblem


class NewestRead:
    """One read at a time; of those asked for meanwhile, only the newest is done.

    What was read is taken on the screen's own thread, unless something newer was asked by then.
    """

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen
        self._next: tuple[Callable[[], Any], Callable[[Any], None]] | None = None
        self._works = False
        self._number = 0

    @property
    def works(self) -> bool:
        """Whether something is being read."""
        return self._works

    def ask(self, read: Callable[[], Any], take: Callable[[Any], None]) -> None:
        """Do `read` in a thread and give what it found to `take`."""
        self._number += 1
        self._next = (read, take)
        if not self._works:
            self._works = True
            self._screen.run_worker(self._work())

    def forget(self) -> None:
        """Take nothing of what was asked so far."""
        self._number += 1
        self._next = None

    @property
    def _is_there(self) -> bool:
        """Whether the screen has its widgets still: those of one that closes go first.

        It is not attached any more from the moment at which the program is asked to end.
        """
        app = self._screen.app
        return app.is_running and self._screen.is_attached and self._screen in app.screen_stack

    async def _work(self) -> None:
        try:
            while self._next is not None:
                (read, take), self._next = self._next, None
                number = self._number
                try:
                    found = await asyncio.to_thread(read)
                except StoreProblem as problem:
                    self._screen.notify(str(problem), severity="error", timeout=15, markup=False)
                    continue
                if number == self._number and self._is_there:
                    take(found)
        finally:
            self._works = False

"""Reading that takes seconds: in a thread, with how far it is in words, and ended by a key.

Whoever reads says how far it is; where nobody wants it any more, saying so ends it.
"""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual.screen import Screen

from fivewhys.store.problems import StoreProblem

Tell = Callable[["Stage"], None]
"""Takes how far the work is. Raises `Ended` where nobody waits for it any more."""


class Ended(Exception):
    """Nobody waits for this any more."""


@dataclass(frozen=True, slots=True)
class Stage:
    """How far some work is."""

    words: str
    """What is being done, for example “Reading the history … 1,200 of 9,000”."""
    share: float | None = None
    """The part of it that is done, from 0 to 1, where that is known."""
    can_pause: bool = False
    is_paused: bool = False


class LongRead:
    """One long piece of reading for a screen; what begins newly ends what went before."""

    def __init__(self, screen: Screen[Any], fail: Callable[[str], None]) -> None:
        """`fail` is told, on the screen's own thread, what went wrong in a sentence."""
        self._screen = screen
        self._fail = fail
        self._number = 0
        self._stage: Stage | None = None

    @property
    def stage(self) -> Stage | None:
        """How far it is; None where nothing is being read."""
        return self._stage

    def begin(self, read: Callable[[Tell], Any], take: Callable[[Any], None]) -> None:
        """Do `read` in a thread, and give what it found to `take` on the screen's own thread."""
        self._number += 1
        number = self._number
        self._stage = Stage("Reading …")

        def tell(stage: Stage) -> None:
            if number != self._number:
                raise Ended
            self._stage = stage

        loop = asyncio.get_running_loop()

        def run() -> None:
            found: Any = None
            problem = ""
            try:
                found = read(tell)
            except Ended:
                return
            except StoreProblem as error:
                problem = str(error)
            except Exception as error:  # a meeting goes on without it, and hears why
                problem = f"That did not work: {str(error) or type(error).__name__}"
            # Nobody waits at the end of the program.
            if not loop.is_closed():
                loop.call_soon_threadsafe(finish, found, problem)

        def finish(found: Any, problem: str) -> None:
            if number != self._number or not self._is_there:
                return
            self._stage = None
            if problem:
                self._fail(problem)
            else:
                take(found)

        # A thread of the pool would keep the program from ending until it is done.
        threading.Thread(target=run, name="long read", daemon=True).start()

    def end(self) -> None:
        """Take nothing of what is being read; it ends as soon as it says how far it is."""
        self._number += 1
        self._stage = None

    @property
    def _is_there(self) -> bool:
        app = self._screen.app
        return app.is_running and self._screen in app.screen_stack

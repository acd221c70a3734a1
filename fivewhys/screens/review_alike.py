"""What the program finds alike over all sessions, looked for in a thread for the review."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from textual.screen import Screen

from fivewhys.review.shared import Suggested, suggested_by
from fivewhys.screens import knowing
from fivewhys.screens.long_read import LongRead, Stage, Tell


class Alike:
    """Looks for groups of root causes that nobody has decided on."""

    def __init__(self, screen: Screen[Any], take: Callable[[Suggested], None]) -> None:
        """`take` hears what was found, on the screen's own thread."""
        self._screen, self._take = screen, take
        self._reading = LongRead(screen, self._failed)

    @property
    def stage(self) -> Stage | None:
        """How far that is; None where nothing is looked for."""
        return self._reading.stage

    def begin(self) -> None:
        """Look for them in the history as it is now: a first time takes long."""
        memory = knowing.memory_of(self._screen.app)

        def read(tell: Tell) -> Suggested:
            # Pausing belongs to the screens that are about this alone.
            groups = knowing.read_groups(
                memory, lambda stage: tell(replace(stage, can_pause=False, is_paused=False))
            )
            return suggested_by(groups)

        self._reading.begin(read, self._take)

    def end(self) -> bool:
        """Look for them no more; says whether that was being done."""
        was_looking = self.stage is not None
        self._reading.end()
        return was_looking

    def _failed(self, problem: str) -> None:
        self._screen.notify(problem, severity="error", timeout=15, markup=False)

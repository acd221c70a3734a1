"""What people wait for in one frame, and the rest in the next."""

from collections.abc import Callable
from contextlib import ExitStack

from textual.screen import Screen

GATHERING_SECONDS = 0.003
"""How long the widgets take to tell what changed for an answer, all of them together."""


class TwoFrames:
    """Holds a frame of a screen back until what matters most is in it; the rest comes after it."""

    def __init__(self, screen: Screen[None], draw_rest: Callable[[], None]) -> None:
        self._screen = screen
        self._draw_rest = draw_rest
        self._is_gathering = False
        self._is_behind = False
        """Whether the rest is still as it was before."""
        self._soon: list[Callable[[], object]] = []

    def gather(self) -> None:
        """Let what is drawn from now on come in one frame, in half the time of two.

        Each widget tells the screen by itself, a moment later, that it changed.
        """
        app, waiting = self._screen.app, ExitStack()
        waiting.enter_context(app.batch_update())
        self._is_gathering = True

        def draw() -> None:
            waiting.close()
            self._is_gathering = False
            self._screen.check_idle()
            self._screen.call_after_refresh(self._go_on)

        # The app's timer, for the screen may be gone by then.
        app.set_timer(GATHERING_SECONDS, draw)

    def draw_rest(self) -> None:
        """Draw the rest: after the frame that is held back, or at once where none is."""
        self._is_behind = True
        if not self._is_gathering:
            self.catch_up()

    def draw_rest_now(self) -> None:
        """Draw the rest in the same frame."""
        self._is_behind = True
        self.catch_up()

    def catch_up(self) -> None:
        """Draw the rest now, if it is still to be drawn."""
        if self._is_behind:
            self._is_behind = False
            self._draw_rest()

    def soon(self, act: Callable[[], object]) -> None:
        """Do this once the frame is on the screen; not at all where the program is left before."""
        if self._is_gathering:
            self._soon.append(act)
        else:
            self._screen.call_after_refresh(act)

    def _go_on(self) -> None:
        self.catch_up()
        waiting, self._soon = self._soon, []
        for act in waiting:
            act()

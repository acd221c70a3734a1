"""Doing something once a person rests: what comes again meanwhile puts it off."""

from collections.abc import Callable

from textual.message_pump import MessagePump
from textual.timer import Timer


class Rest:
    """Does `act` once nothing has begun a rest for a while; it is done as a message of `node`."""

    def __init__(self, node: MessagePump, act: Callable[[], None]) -> None:
        self._node, self._act = node, act
        self._timer: Timer | None = None

    def begin(self, seconds: float) -> None:
        """Rest from now for this long."""
        self.end()
        self._timer = self._node.set_timer(seconds, self._done)

    def end(self) -> None:
        """Do it no more, unless a rest begins anew."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _done(self) -> None:
        self._timer = None
        self._act()

"""When Python looks for memory that is free again: while nobody waits for the screen.

A full collection goes through all that is alive, and holds the screen up for 20 to 60 ms with a
session open. Left to itself, Python does one in the middle of a sentence.
"""

import gc
import time

REST_SECONDS = 1.5
"""How long no key has come before a collection is in nobody's way."""

DUE = 10
"""Collections of what is young after which a full one is due, as Python has it."""

AT_LAST = 500
"""The same where nobody ever rests: some hundred megabytes could have gathered by then."""


class Tidying:
    """Full collections of one app, from `begin` to `end`; somebody calls `look` now and then."""

    def __init__(self) -> None:
        self._usual = gc.get_threshold()
        self._last_key = time.monotonic()

    def begin(self) -> None:
        """From now on wait for the keys to rest."""
        gc.set_threshold(*self._usual[:2], AT_LAST)

    def keep(self) -> None:
        """All that is loaded by now stays, and is not looked through again."""
        gc.freeze()

    def end(self) -> None:
        """Leave it to Python again."""
        gc.set_threshold(*self._usual)

    def key(self) -> None:
        """A key has come."""
        self._last_key = time.monotonic()

    @property
    def rests(self) -> bool:
        """Whether nobody has pressed a key for a while."""
        return time.monotonic() - self._last_key >= REST_SECONDS

    def look(self) -> None:
        """Tidy up, if it is due and the keys rest."""
        if gc.get_count()[2] >= DUE and self.rests:
            gc.collect()

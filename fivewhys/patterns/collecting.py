"""Python's search for circular garbage, put off while many lasting values are made.

It looks through all objects again and again as their number grows. A history of 100,000 causes is
over a million of them, none in a circle, and each look takes a tenth of a second or more.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class _Later:
    """How many are at work now, in all threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._count = 0

    def begin(self) -> bool:
        """Begin; whether it is to be ended. Where somebody else stopped the search, it stays so."""
        with self._lock:
            if not self._count and not gc.isenabled():
                return False
            self._count += 1
            gc.disable()
            return True

    def end(self) -> None:
        """End."""
        with self._lock:
            self._count -= 1
            if not self._count:
                gc.enable()


_later = _Later()


@contextmanager
def collecting_later() -> Iterator[None]:
    """Look for circular garbage after this and not meanwhile, in no thread; for a second or so."""
    has_begun = _later.begin()
    try:
        yield
    finally:
        if has_begun:
            _later.end()

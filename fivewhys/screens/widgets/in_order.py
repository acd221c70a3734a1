"""Keys of a form, one after the other: each reaches the field that has the focus when its turn is.

The app sends a key to the field that has the focus when it comes. Typed fast, the letters after an
Enter would still go to the field that Enter has left, and a chord would be done after them.
"""

from bisect import insort
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING, Any, cast

from textual import events
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

if TYPE_CHECKING:
    from fivewhys.screens.form import Form

    _Field = Widget
else:
    # Textual takes the styles of a widget's parts from its first base that is a widget, so that
    # what stands before Input and TextArea must be none.
    _Field = object


class KeysInOrder:
    """The keys that wait for their turn on one screen."""

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen
        self._waiting: list[events.Key] = []
        self._due: list[events.Key] = []
        self._begun = False

    def begin(self) -> None:
        """A field has the focus: what was typed before that comes to it now."""
        self._begun = True
        self._next()

    def take(self, keys: Iterable[events.Key]) -> None:
        """Let keys wait for their turn, in the order in which they were pressed."""
        for key in keys:
            insort(self._waiting, key, key=lambda one: one.time)
        if self._begun and not self._due:
            self._next()

    @property
    def is_idle(self) -> bool:
        """Whether no key waits and none is being done."""
        return self._begun and not self._due and not self._waiting

    def hold(self, key: events.Key) -> None:
        """Keep a key from what it was pressed at, unless it is its turn; it comes back then."""
        if not any(key is one for one in self._due):
            key.stop()
            key.prevent_default()
            self.take([key])

    def _next(self) -> None:
        self._due = []
        app = self._screen.app
        if app.screen is not self._screen:
            # The form is closed, or something stands in front of it: it is for that.
            waiting, self._waiting = self._waiting, []
            for key in waiting:
                app.post_message(events.Key(key.key, key.character))
        elif self._waiting:
            for key in self._take_turn():
                self._due.append(events.Key(key.key, key.character))
                app.post_message(self._due[-1])
            app.call_later(self._follow)

    def _take_turn(self) -> list[events.Key]:
        """The next key; where text is typed, with the letters that follow it."""
        count = 1
        if isinstance(self._screen.focused, Input | TextArea):
            letters = takewhile(lambda key: key.is_printable, self._waiting)
            count = max(1, sum(1 for _ in letters))
        turn, self._waiting = self._waiting[:count], self._waiting[count:]
        return turn

    def _follow(self) -> None:
        """Go behind the key from its field up to the app, where bindings are done.

        Twice: what its field says about the key comes behind the key.
        """
        way = (self._screen.focused or self._screen).ancestors_with_self
        self._climb([*way, *way])

    def _climb(self, way: Sequence[MessagePump]) -> None:
        if not way:
            self._next()
        elif not way[0].call_later(partial(self._climb, way[1:])):
            # It was closed meanwhile.
            self._climb(way[1:])


class InOrder(_Field):
    """A field of a form, whose keys come in order."""

    async def _on_key(self, event: events.Key) -> None:
        cast("Form", self.screen).keys_in_order.hold(event)

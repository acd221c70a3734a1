"""Causes of earlier sessions that may be what is being typed, numbered, under the answer."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from fivewhys.screens.look import cut, shown, wrap
from fivewhys.screens.seen_words import SeenBefore, facts
from fivewhys.screens.widgets.bars import Drawn
from fivewhys.screens.widgets.waiting_keys import WaitingKeys

MOST = 3
"""Causes that are shown: the first three are read, more are in the way."""

TITLE = "Seen before"

WAYS_IN = ("Down, then a number takes one", "Down goes there", "")
WAYS_BACK = ("a number takes one, Esc goes back", "Esc goes back", "")
"""What stands in the head while the keys are elsewhere, and while they are here: what fits."""

_AMPLE = 6
"""Rows that must be left for the answers so far before a cause takes a third row."""


class SeenList(Drawn, can_focus=True):
    """Up to three causes in a few rows each. With focus, a number or Enter takes one.

    It never takes the focus by itself. A letter that is typed here belongs to the answer, and is
    handed back with the focus.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number), f"take({number})", "take" if number == 1 else "",
                    show=number == 1, id=f"seen.take{number}", key_display=f"1-{MOST}",
                    tooltip="Put the cause with this number in the answer, as the same")
            for number in range(1, MOST + 1)
        ),
        Binding("enter", "take(0)", "take this", id="seen.take",
                tooltip="Put the chosen cause in the answer, as the same"),
        Binding("down", "move(1)", "down", id="seen.down", show=False, tooltip="The next cause"),
        Binding("up", "move(-1)", "up", id="seen.up", show=False,
                tooltip="The cause above; from the first one, back to the answer"),
        Binding("escape", "leave", "back", id="seen.back", tooltip="Back to the answer"),
    ]  # fmt: skip

    class Taken(Message):
        """A cause is wanted as the answer."""

        def __init__(self, seen: SeenBefore) -> None:
            super().__init__()
            self.seen = seen

    class Chosen(Message):
        """The cursor stands on another cause."""

    class Left(Message):
        """Back to the answer."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.display = False
        self.items: tuple[SeenBefore, ...] = ()
        self.note = ""
        """One quiet row in place of causes."""
        self.chosen = 0
        self._each = 2
        # Known before it is laid out: its rows depend on it.
        self._width = 0
        self._tops: tuple[int, ...] = ()
        """The row in which each cause begins, and the one after the last."""
        self._today = date.min
        self.keys = WaitingKeys(self)

    # -- what is shown

    @property
    def at_cursor(self) -> SeenBefore | None:
        """The chosen cause."""
        return self.items[self.chosen] if self.chosen < len(self.items) else None

    def show(
        self,
        items: Sequence[SeenBefore],
        width: int,
        room: int,
        today: date,
        note: str = "",
    ) -> None:
        """Show these causes, or a note, in at most `room` rows of `width` cells; or hide the list.

        Where the room is small, each cause has fewer rows, and at last there are fewer causes.
        """
        items = tuple(items[:MOST])
        each = 2
        if len(items) * 3 + 1 + _AMPLE <= room:
            each = 3
        elif len(items) * 2 + 1 > room:
            each = 1
            items = items[: max(0, room - 1)]
        note = note if room > 1 and not items else ""
        self.display = bool(items or note)
        if (items, each, note, today) != (self.items, self._each, self.note, self._today):
            self.items, self._each, self.note, self._today = items, each, note, today
            self.chosen = min(self.chosen, max(0, len(items) - 1))
            self.refresh()
        self._width = width
        self._lay_out()

    def _lay_out(self) -> None:
        """Where each cause stands; one that is told in fewer rows takes no more."""
        rows = (len(self._words(seen)) + (self._each > 1) for seen in self.items)
        self._tops = tuple(accumulate(rows, initial=1))
        if self.styles.height is None or self.styles.height.value != self._tops[-1]:
            self.styles.height = self._tops[-1]

    @property
    def _room(self) -> int:
        """The cells beside the number."""
        return max(1, self._width - 2)

    def _words(self, seen: SeenBefore) -> list[str]:
        """The rows of a cause's own words."""
        words, room, most = shown(seen.context.cause.text), self._room, max(1, self._each - 1)
        rows = wrap(words[: 2 * (most + 1) * room], room)
        if len(rows) <= most:
            return rows
        return [*rows[: most - 1], cut(" ".join(rows[most - 1 :]), room, self.marks.cut)]

    def render(self) -> Text:
        palette = self.palette
        text = Text(no_wrap=True)
        text.append(TITLE, palette.style("quiet", bold=True))
        left = self._width - len(TITLE) - 3
        ways = WAYS_BACK if self.has_focus else WAYS_IN
        way = next((way for way in ways if len(way) <= left), "")
        told = cut(self.note, left, self.marks.cut) or way
        text.append(f"   {told}", palette.style("quiet"))
        for place in range(len(self.items)):
            self._append(text, place)
        return text

    def _append(self, text: Text, place: int) -> None:
        """One cause: its number and words, then what is known of it."""
        palette, marks, room = self.palette, self.marks, self._room
        seen, has_cursor = self.items[place], self.has_focus and place == self.chosen
        plain = palette.cursor if has_cursor else palette.style("text")
        quiet = palette.style("quiet") + Style(italic=True)
        text.append(f"\n{place + 1} ", palette.cursor if has_cursor else palette.style("link"))
        if self._each == 1:
            root = f"{marks.root} " if seen.context.cause.is_root else ""
            end = f"  {root}{seen.context.session.name}"
            text.append(cut(shown(seen.context.cause.text), room - len(end), marks.cut), plain)
            text.append(end, quiet)
            return
        text.append("\n  ".join(self._words(seen)), plain)
        told, bad = facts(seen, self._today, room, marks)
        text.append(f"\n  {told.removesuffix(bad)}", quiet)
        text.append(bad, palette.style("bad"))

    def recolour(self) -> None:
        """Another theme draws it anew."""
        self.refresh()

    # -- keys and mouse

    def on_focus(self, _event: events.Focus) -> None:
        """It begins with the nearest."""
        self.chosen = 0
        self.refresh()

    def on_blur(self, _event: events.Blur) -> None:
        """The head tells how to come here."""
        self.refresh()

    def take_keys(self, keys: list[events.Key]) -> None:
        """Do what keys mean that were pressed before the focus came here."""
        for key in keys:
            self.post_message(key)

    async def _on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        if not self.keys.send_on(event):
            # At once, as in the tree: the key that follows may belong to the answer.
            await self._do(event)

    async def _do(self, event: events.Key) -> None:
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            await self.run_action(binding.action)
            return
        if event.is_printable or event.key == "backspace":
            self.action_leave()
            self.keys.take(event)
        else:
            event.stop(False)

    def _tell(self, message: Message) -> None:
        """The keys that follow at once wait for what has the focus then."""
        self.keys.wait()
        self.screen.post_message(message)

    def action_take(self, number: int) -> None:
        """Take the cause with this number; 0 is the chosen one."""
        place = number - 1 if number else self.chosen
        if place < len(self.items):
            self._tell(self.Taken(self.items[place]))

    def action_move(self, by: int) -> None:
        """Choose another; above the first one is the answer."""
        if self.chosen + by < 0:
            self.action_leave()
            return
        self.chosen = min(self.chosen + by, len(self.items) - 1)
        self.refresh()
        self.post_message(self.Chosen())

    def action_leave(self) -> None:
        """Go back to the answer."""
        self._tell(self.Left())

    async def on_click(self, event: events.Click) -> None:
        """A click takes a cause: what was typed comes back with undo."""
        place = bisect_right(self._tops, event.y) - 1
        if 0 <= place < len(self.items):
            self._tell(self.Taken(self.items[place]))

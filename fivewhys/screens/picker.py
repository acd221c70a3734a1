"""Choosing one of a field's values from a list with all their words."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from fivewhys.screens.look import take_size
from fivewhys.screens.widgets.bars import HintRow, KeyBar, TopBar
from fivewhys.screens.widgets.choices import Choice, Choices
from fivewhys.screens.widgets.form_fields import Value

KEYS = "123456789abcdefimnoprstuvwxyz"
"""The key of each value, in order: what is not used to move about or to leave."""


class Picker(Screen[str | None]):
    """Gives back the key of the value that was chosen, or None where it stays as it was."""

    # Every key is the screen's own, from the moment it is there.
    AUTO_FOCUS = ""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "choose(0)", "choose", key_display="1-9", id="picker.choose",
                tooltip="Choose what has this key"),
        Binding("enter,space", "choose_here", "choose", show=False, id="picker.here",
                tooltip="Choose what the cursor is on"),
        Binding("up,k", "move(-1)", "up", show=False, id="picker.up", tooltip="The one above"),
        Binding("down,j", "move(1)", "down", show=False, id="picker.down", tooltip="The next one"),
        Binding("home", "edge(0)", "first", show=False, id="picker.first", tooltip="The first"),
        Binding("end", "edge(-1)", "last", show=False, id="picker.last", tooltip="The last"),
        Binding("escape,q", "leave", "back", id="picker.leave", tooltip="Leave it as it is"),
        Binding("f1,question_mark", "app.help", "help", id="picker.help", tooltip="Help"),
    ]  # fmt: skip

    def __init__(self, title: str, values: Sequence[Value], now: str, suggested: str = "") -> None:
        super().__init__()
        self._suggested = suggested
        self._heading = title
        self._values = values
        self._now = now
        self._is_done = False

    def compose(self) -> ComposeResult:
        take_size(self)
        yield TopBar()
        yield Choices(id="choices")
        yield HintRow()
        yield KeyBar()

    def on_mount(self) -> None:
        """The cursor is on the value of now."""
        self.query_one(TopBar).title = self._heading
        choices = [
            Choice(KEYS[place : place + 1], value.name, self._about(value), head=value.head,
                   is_chosen=value.key == self._now)
            for place, value in enumerate(self._values)
        ]  # fmt: skip
        keys = [value.key for value in self._values]
        start = self._now or self._suggested
        here = keys.index(start) if start in keys else 0
        self.query_one(Choices).show(choices, here)

    def _about(self, value: Value) -> str:
        if value.key and value.key == self._suggested:
            return "suggested by what is written"
        # A heading says of all below it what these words say of one.
        return "" if value.head else value.about

    async def _on_key(self, event: events.Key) -> None:
        # Left to the app, an action is done after the key that follows it has come here.
        event.stop()
        event.prevent_default()
        if self._is_done:
            # What was typed on belongs to the screen below.
            self.app.post_message(events.Key(event.key, event.character))
            return
        place = KEYS.find(event.character) if event.character else -1
        if 0 <= place < len(self._values):
            self.action_choose(place)
            return
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            await self.run_action(binding.action)
            return
        event.stop(False)

    def action_choose(self, place: int) -> None:
        """Choose by place."""
        self._done(self._values[place].key)

    def action_choose_here(self) -> None:
        """Choose what the cursor is on."""
        self.action_choose(self.query_one(Choices).cursor)

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        list_ = self.query_one(Choices)
        list_.go(list_.cursor + by)

    def action_edge(self, place: int) -> None:
        """Move the cursor to the first or the last value."""
        self.query_one(Choices).go(place % len(self._values))

    def action_leave(self) -> None:
        """Leave everything as it is."""
        self._done(None)

    @on(Choices.Picked)
    def _picked(self, message: Choices.Picked) -> None:
        message.stop()
        self.action_choose(message.place)

    def _done(self, chosen: str | None) -> None:
        self._is_done = True
        self.dismiss(chosen)

"""Choosing one of a field's values from a list with all their words."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from fivewhys.screens.by_key import KEYS, ByKey
from fivewhys.screens.widgets.bars import TopBar
from fivewhys.screens.widgets.choices import Choice
from fivewhys.screens.widgets.form_fields import Value


class Picker(ByKey[str]):
    """Gives back the key of the value that was chosen, or None where it stays as it was."""

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
        self.listed.show(choices, here)

    def _about(self, value: Value) -> str:
        if value.key and value.key == self._suggested:
            return "suggested by what is written"
        # A heading says of all below it what these words say of one.
        return "" if value.head else value.about

    def action_choose(self, place: int) -> None:
        """Choose by place."""
        self.done(self._values[place].key)

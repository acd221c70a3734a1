"""Boxes for typing one text, however long: Enter gives it, and what is pasted is cleaned."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import TextArea

from fivewhys.text import clean_lines

_JOINERS = ("\u200c", "\u200d")
"""They hold emoji and letters of some scripts together. Nothing shows for them alone, so the
editor would drop them when they are typed."""


class CleanArea(TextArea):
    """Several rows for typing; what is pasted is cleaned."""

    _has_looks = False
    """Whether the looks of its parts are known, the cursor's and the others'."""

    def notify_style_update(self) -> None:
        """Another theme, or the keys come or go: other looks."""
        super().notify_style_update()
        self._has_looks = False

    def render_lines(self, crop: Region) -> list[Strip]:
        # TextArea asks for all looks for each frame, a tenth of a keystroke's time.
        if self._has_looks:
            return Widget.render_lines(self, crop)
        self._has_looks = True
        return super().render_lines(crop)

    async def _on_key(self, event: events.Key) -> None:
        if event.character in _JOINERS:
            event.stop()
            event.prevent_default()
            self.insert(event.character)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        start, end = self.selection
        self.replace(clean_lines(event.text), start, end, maintain_selection_offset=False)


class Entry(CleanArea):
    """A few rows that wrap. Enter posts `Given` with the text and empties the box at once.

    The box is emptied before the message is handled, so that keys typed meanwhile belong to the
    next text; whoever cannot take the text puts it back with `put_back`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "give", "save", id="entry.give", tooltip="Save the text"),
    ]

    KEEPS_TEXT: ClassVar[bool] = False
    """Whether the text stays in the box when it is given, as in a form."""

    class Given(Message):
        """A text was given with Enter."""

        def __init__(self, entry: "Entry", text: str) -> None:
            super().__init__()
            self.entry = entry
            self.text = text

        @property
        def control(self) -> "Entry":
            """The box it was typed in."""
            return self.entry

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(
            text,
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            highlight_cursor_line=False,
            placeholder=placeholder,
            id=id,
            classes=classes,
        )
        # A room looks at this screen: nothing blinks.
        self.cursor_blink = False

    def put_back(self, text: str) -> None:
        """Put a text that could not be taken before whatever was typed since."""
        self.set_text(f"{text} {self.text}" if self.text else text)

    def set_text(self, text: str) -> None:
        """Show `text` with the cursor at its end and nothing to undo."""
        self.load_text(text)
        self.move_cursor(self.document.end)

    def action_give(self) -> None:
        """Post the text, even an empty one: what that means is the screen's to say."""
        text = self.text
        if not self.KEEPS_TEXT:
            self.set_text("")
        self.post_message(self.Given(self, text))

    async def _on_key(self, event: events.Key) -> None:
        # Commands that take the typed text run here, in the order of the keys. Left to the
        # bindings, a chord is handled after the letters that follow it (priority: before those
        # that precede it).
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if binding.id is not None:
                event.stop()
                event.prevent_default()
                if self.check_action(binding.action, ()):
                    getattr(self, f"action_{binding.action}")()
                return

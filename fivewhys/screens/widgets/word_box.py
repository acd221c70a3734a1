"""The box under a question of the read-back: what was in between, or what else was there."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from fivewhys.screens.widgets.entry import Entry
from fivewhys.screens.widgets.waiting_keys import KeyTaker, WaitingKeys


class WordBox(Entry, KeyTaker):
    """Posts what was typed, or that it was left; knows nothing of the tree."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "give", "save", id="words.give",
                tooltip="Put it in between, or keep it as what else was there; then read on"),
        Binding("ctrl+z", "undo", "undo", id="words.undo",
                tooltip="Undo typing; in an empty box, the answer"),
        Binding("ctrl+y", "redo", "redo", show=False, id="words.redo", tooltip="Redo typing"),
        Binding("escape", "leave", "leave it", id="words.leave",
                tooltip="Leave the answer as it is and read on; what is typed is kept"),
    ]  # fmt: skip

    class Wanted(Message):
        """Something other than giving the text: leave, undo."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.keys = WaitingKeys(self)
        self.display = False

    def ask(self, title: str, placeholder: str, enter: str, text: str) -> None:
        """Show the box for one purpose with `text` in it."""
        self.border_title = Content(title)
        self.border_subtitle = Content(enter)
        self.placeholder = placeholder
        self.set_text(text)
        self.display = True

    def take_key(self, key: events.Key) -> None:
        """Do what a key means here, or let it wait."""
        if self.keys.take(key):
            return
        if key.is_printable and key.character:
            self.insert(key.character)
        elif not self._act(key):
            self.post_message(key)

    async def _on_key(self, event: events.Key) -> None:
        if self.keys.take(event):
            event.stop()
            event.prevent_default()

    def _act(self, key: events.Key) -> bool:
        for binding in self._bindings.key_to_bindings.get(key.key, ()):
            if binding.id is not None:
                getattr(self, f"action_{binding.action}")()
                return True
        return False

    def action_give(self) -> None:
        """Give the text; the keys that follow are answers again."""
        self.keys.wait()
        super().action_give()

    def action_leave(self) -> None:
        """Leave the box."""
        self.keys.wait()
        self.post_message(self.Wanted("leave"))

    def action_undo(self) -> None:
        """Undo typing; in an empty box, the step before."""
        if self.text:
            super().action_undo()
        else:
            self.keys.wait()
            self.post_message(self.Wanted("undo"))

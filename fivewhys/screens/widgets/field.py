"""One line for typing; what is pasted is cleaned and becomes one line."""

from textual import events
from textual.widgets import Input

from fivewhys.text import clean


class Field(Input):
    """An input that lets no control character in, and keeps all lines that are pasted."""

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.replace(clean(event.text), *sorted(self.selection))

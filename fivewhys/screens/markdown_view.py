"""The written Markdown, as it will be pasted: shown literally."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import TextArea

from fivewhys.screens.look import shown
from fivewhys.screens.widgets.bars import HintRow, KeyBar, TopBar


class MarkdownScreen(Screen[None]):
    """Shows the text of an export and copies it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy", "copy", id="markdown.copy",
                tooltip="Copy the Markdown to the clipboard"),
        Binding("escape,q", "dismiss", "back", id="markdown.back", tooltip="Back"),
        Binding("f1", "app.help", "help", id="markdown.help", tooltip="Help"),
    ]  # fmt: skip

    def __init__(self, title: str, markdown: str, problems: Sequence[str] = ()) -> None:
        super().__init__()
        self._heading = title
        self._markdown = markdown
        self._problems = problems

    def compose(self) -> ComposeResult:
        yield TopBar()
        yield TextArea(
            shown(self._markdown), read_only=True, soft_wrap=True, show_cursor=False, id="markdown"
        )
        yield HintRow()
        yield KeyBar()

    def on_mount(self) -> None:
        """Scroll at once."""
        self.query_one(TopBar).title = self._heading
        self.query_one(TextArea).focus()
        self.query_one(HintRow).hint = " ".join(self._problems)

    def action_copy(self) -> None:
        """Copy the Markdown."""
        self.app.copy_to_clipboard(self._markdown)
        self.query_one(HintRow).hint = "Copied, where the terminal allows it."

"""How a figure of the review is counted, shown over the review; one more F1 shows every key."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from fivewhys.screens.look import shown
from fivewhys.screens.review_lines import Line, Spot, Table
from fivewhys.screens.widgets.bars import Drawn, KeyBar, TopBar
from fivewhys.screens.widgets.review_text import behind


class CountedText(Static, Drawn):
    """The text: the figure, its own words, then those of its view."""

    def __init__(self, table: Table, line: Line | None, spot: Spot | None) -> None:
        super().__init__()
        self._table, self._line, self._spot = table, line, spot

    def on_mount(self) -> None:
        """Draw it once the colours are known."""
        self.recolour()

    def recolour(self) -> None:
        """Make the text in the colours of the theme."""
        palette, table = self.palette, self._table
        head, plain = palette.style("text", bold=True), palette.style("text")
        text = Text(overflow="fold")
        figure = self._spot.figure if self._spot else None
        if figure is not None and self._spot is not None and self._line is not None:
            name = shown(self._line.full_name)
            label = "" if shown(figure.label) == name else f"{shown(figure.label)}: "
            text.append(f"{name}\n", head)
            text.append(f"{label}{figure.text}\n\n", plain)
            text.append(f"{figure.about}\n", plain)
            if self._spot.note:
                text.append(f"\n{shown(self._spot.note)}\n", plain)
            text.append(f"{behind(figure)}\n\n", palette.style("link"))
        if figure is None or figure.about != table.about:
            text.append(f"{table.view.value}\n", head)
            text.append(f"{table.about}\n", plain)
        self.update(text)


class CountedScreen(Screen[None]):
    """Shown over the review; Esc goes back to it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "back", id="counted.back", tooltip="Back to the figures"),
        Binding("f1,question_mark", "app.help", "all keys", id="counted.help",
                tooltip="Help: the marks and every key"),
    ]  # fmt: skip

    def __init__(self, table: Table, line: Line | None, spot: Spot | None) -> None:
        super().__init__()
        self._text = CountedText(table, line, spot)

    def compose(self) -> ComposeResult:
        yield TopBar()
        with VerticalScroll(id="help"):
            yield self._text
        yield KeyBar()

    def on_mount(self) -> None:
        """The text scrolls with the arrow keys at once."""
        self.query_one(TopBar).title = "How it is counted"
        self.query_one("#help").focus()

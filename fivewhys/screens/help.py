"""Help: what the marks mean and every key, from the same table as the README."""

from collections.abc import Sequence
from itertools import groupby
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from fivewhys.reports.marks import MARKS
from fivewhys.screens.keys import KeyLine, table
from fivewhys.screens.widgets.bars import Drawn, KeyBar, TopBar

HOW = (
    "Type the answer, press Enter, and the program asks why of it. Several causes of one question "
    "are normal: ^O saves an answer and stays. Go on until one more why adds nothing that you can "
    "act on, and mark that as root with ^G. Everything is saved as you go, and everything can be "
    "undone, even after a restart.\n\n"
    "What will be done about a cause is said with ^F (f in the tree): what, Enter, who, Enter, by "
    "when, Enter. →2 after a cause says that two things are done about it. F3 shows what the plan "
    "still lacks, and what the customers are told.\n\n"
    "Now and then the guide asks something back above the keys. It never changes what was said: ^T "
    "takes up what it offers, ^N lets it be.\n\n"
    "While you type, causes of earlier sessions that may be the same come under the answer. Down "
    "goes there, and a number takes one: its text comes into the answer, and once that is saved, "
    "the two count as the same. = S-3 after a root says that S-3 found it too."
)

_MEANINGS = {
    "": "why was asked; answers are below",
    "open": "nobody has asked why of it yet",
    "suspected": "may be so; not shown yet",
    "verified": "there is evidence",
    "root": "the team decided to act on it",
    "contributing": "made it likelier or worse",
    "condition": "not ours to change; kept in mind",
    "ruled out": "not so, with the reason; kept",
    "stopped": "not asked further, with the reason",
}


class HelpText(Static, Drawn):
    """A part of the help."""

    def on_mount(self) -> None:
        """Draw it once the colours are known."""
        self.recolour()

    def recolour(self) -> None:
        """Make the text in the colours of the theme: how it is done, and the marks."""
        palette = self.palette
        head, key = palette.style("text", bold=True), palette.style("link", bold=True)
        quiet = palette.style("quiet")
        text = Text(f"{HOW}\n\n", palette.style("text"), overflow="fold")
        text.append("The marks\n", head)
        for mark in MARKS:
            shape = mark.shape if self.marks.blocks else mark.ascii
            text.append(f"  {shape} ", key)
            text.append(f"{mark.word or 'answered':<14}", palette.style("text"))
            text.append(f"{_MEANINGS[mark.word]}\n", quiet)
        text.append("  7 ", key)
        text.append(f"{'the 7th why':<14}", palette.style("text"))
        text.append("too deep for the tree to indent it further\n", quiet)
        self.update(text)


class PlaceKeys(HelpText):
    """The keys of one place."""

    def __init__(self, where: str, lines: Sequence[KeyLine]) -> None:
        super().__init__()
        self.where = where
        self._lines = lines

    def recolour(self) -> None:
        """Make the text in the colours of the theme."""
        palette = self.palette
        text = Text(overflow="fold")
        text.append(f"{self.where}\n", palette.style("text", bold=True))
        for line in self._lines:
            text.append(f"  {line.keys:<14} ", palette.style("link", bold=True))
            text.append(f"{line.does}\n", palette.style("text"))
        self.update(text)


class HelpScreen(Screen[None]):
    """Shown over any screen, open at the keys of the place `where`; Esc goes back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,q", "dismiss", "back", id="help.back", tooltip="Back"),
    ]

    def __init__(self, where: str = "") -> None:
        super().__init__()
        self._where = where

    def compose(self) -> ComposeResult:
        yield TopBar()
        with VerticalScroll(id="help"):
            yield HelpText()
            for where, lines in groupby(table(type(self.app)), key=lambda line: line.where):
                yield PlaceKeys(where, list(lines))
        yield KeyBar()

    def on_mount(self) -> None:
        """The text scrolls with the arrow keys at once."""
        self.query_one(TopBar).title = "Help"
        self.query_one("#help").focus()
        self.call_after_refresh(self._go_there)

    def _go_there(self) -> None:
        for part in self.query(PlaceKeys):
            if part.where == self._where:
                part.scroll_visible(top=True, animate=False, immediate=True)
                return

"""The list of what was done to a session: a row each, under the day on which it was."""

from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from fivewhys.countermeasures.days import long_day, said
from fivewhys.reports.history import NOBODY
from fivewhys.screens.history_lines import Day, Line
from fivewhys.screens.widgets.cells import Cell
from fivewhys.screens.widgets.cursor_list import CursorList, moving
from fivewhys.screens.widgets.in_order import InOrder

AHEAD = 60
"""Rows below the cursor at which the next page is asked for."""

_TIME = 7
"""Columns of a time of day."""


def day_words(on: date, today: date) -> str:
    """A day as its heading tells it: Today, 21 November 2026."""
    short, full = said(on, today), long_day(on)
    # What is not told by counting has its date already.
    return f"{short[:1].upper()}{short[1:]}, {full}" if not short[-1:].isdigit() else full


class HistoryList(InOrder, CursorList[Line]):
    """Shows what was done, newest first, with the cursor on one of them; days are passed over."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "go there", id="changes.open",
                tooltip="Go to the cause that the change is about"),
        *moving("changes", above="The change above", below="The next change, one further back",
                first="The newest change", last="The oldest one that was read"),
    ]  # fmt: skip

    class MoreWanted(Message):
        """The end of what was read is near."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.today = date.min

    def key_of(self, line: Line) -> Hashable:
        return line.on if isinstance(line, Day) else line.key

    def show(self, lines: Sequence[Line], today: date, *, from_top: bool = False) -> None:
        """Show these lines, the cursor on the same one as before where it is still there."""
        self.today = today
        self.put(lines, from_top=from_top)
        # The first line is a heading.
        self._settle(1)
        if self.cursor <= 1:
            self.reveal(0, 1)

    def rows(self, line: Line) -> Iterable[Sequence[Cell]]:
        width = self.inner_width
        if isinstance(line, Day):
            return ([Cell(day_words(line.on, self.today), width, "quiet", is_bold=True)],)
        who = line.who or NOBODY
        name = min(max(8, width // 8), 20)
        tail = f" — {line.tail}" if line.tail else ""
        cells = [
            Cell(f" {line.at.astimezone():%H:%M}", _TIME, "quiet"),
            Cell(who, name, "link", gap=2),
            Cell(f"{line.words}{tail}", width - _TIME - name),
        ]
        return (cells,)

    def go(self, place: int) -> None:
        before = self.cursor
        super().go(place)
        self._settle(-1 if self.cursor < before else 1)
        if self.cursor <= 1:
            self.reveal(0, 1)
        if self.cursor >= len(self.lines) - AHEAD:
            self.post_message(self.MoreWanted())

    def _settle(self, way: int) -> None:
        """Leave a heading, one row on or back; the first row is one, and the last is none."""
        if isinstance(self.line, Day):
            super().go(self.cursor + (way if self.cursor else 1))

    async def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; a second one opens what is no heading."""
        place = (event.y - self.styles.gutter.top + self.first_row) // self.ROWS
        if place < len(self.lines) and isinstance(self.lines[place], Day):
            event.prevent_default()
            self.focus()
            self.go(place)
            return
        await super().on_click(event)

"""The library's list: sessions in rows, read page by page as one goes down."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from fivewhys.models.values import SessionLine
from fivewhys.models.words import State
from fivewhys.screens.look import cut, shown
from fivewhys.screens.widgets.lines import LinePane

AHEAD = 40
"""Rows below the cursor at which the next page is asked for."""


class SessionList(LinePane, can_focus=True):
    """Shows sessions; the newest stands on top."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open", id="list.open", tooltip="Open the session"),
        Binding("up,k", "move(-1)", "up", show=False, id="list.up", tooltip="The session above"),
        Binding("down,j", "move(1)", "down", show=False, id="list.down", tooltip="The next one"),
        Binding("pageup", "page(-1)", "page up", show=False, id="list.pageup", tooltip="A page up"),
        Binding("pagedown", "page(1)", "page down", show=False, id="list.pagedown",
                tooltip="A page down"),
        Binding("home", "edge(0)", "first", show=False, id="list.first", tooltip="The newest"),
        Binding("end", "edge(-1)", "last", show=False, id="list.last",
                tooltip="The last one that was read"),
    ]  # fmt: skip

    class Opened(Message):
        """A session is to be opened."""

        def __init__(self, line: SessionLine) -> None:
            super().__init__()
            self.line = line

    class Looked(Message):
        """The cursor stands on another session (or on none)."""

        def __init__(self, line: SessionLine | None) -> None:
            super().__init__()
            self.line = line

    class MoreWanted(Message):
        """The end is near: sessions older than the last one are wanted."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lines: list[SessionLine] = []
        self.cursor = 0
        self.complete = False

    @property
    def line(self) -> SessionLine | None:
        """The session under the cursor."""
        return self.lines[self.cursor] if self.cursor < len(self.lines) else None

    def show(self, lines: Sequence[SessionLine], *, complete: bool) -> None:
        """Show these sessions, the cursor on the same one as before where it is still there."""
        here = self.line
        self.lines, self.complete = list(lines), complete
        numbers = [line.number for line in lines]
        if here and here.number in numbers:
            self.cursor = numbers.index(here.number)
        else:
            self.cursor = max(0, min(self.cursor, len(lines) - 1))
        self._changed()

    def add(self, lines: Sequence[SessionLine], *, complete: bool) -> None:
        """Add older sessions at the end."""
        self.lines += lines
        self.complete = complete
        self._changed()

    def _changed(self) -> None:
        self.set_rows(len(self.lines))
        self.reveal(self.cursor, 1)
        self.refresh()
        self.post_message(self.Looked(self.line))

    def width_changed(self) -> None:
        """Rows are cut to the new width."""
        self.refresh()
        self.set_rows(len(self.lines))
        self.reveal(self.cursor, 1)

    # -- drawing

    def render_line(self, y: int) -> Strip:
        place = y + self.first_row
        width, base = self.size.width, self.ground
        if place >= len(self.lines):
            return Strip.blank(width, base)
        palette, line = self.palette, self.lines[place]
        text, quiet = base + palette.style("text"), base + palette.style("quiet")
        strong = base + palette.style("link", bold=True)
        if place == self.cursor:
            text = quiet = strong = base + (palette.cursor if self.has_focus else palette.here)
            if not self.has_focus:
                text = quiet = strong = base + palette.style("text", bold=True)
        segments = []
        for (words, size), style in zip(
            self._columns(line, width), (strong, text, quiet, quiet, quiet, text), strict=True
        ):
            if size > 0:
                cell = set_cell_size(cut(shown(words), size - 2, self.marks.cut), size)
                segments.append(Segment(cell, style))
        return Strip([Segment(" ", text), *segments]).adjust_cell_length(width, text)

    def _columns(self, line: SessionLine, width: int) -> list[tuple[str, int]]:
        """What stands in a row, and in how many cells: the place gives way first, then the date."""
        roots = f"{self.marks.root} {line.roots}" if line.roots else ""
        state = "finished" if line.state is State.FINISHED else "open"
        date = f"{line.opened_at.astimezone():%Y-%m-%d}"
        number = max(7, cell_len(line.name) + 2)
        dated = 12 if width >= 66 else 0
        room = width - 1 - number - dated - 10 - 6
        place = min(36, room // 3) if room >= 60 else min(14, room // 3)
        # A narrow column has room for the site alone.
        where = line.place if place > 14 else line.site or line.location
        return [
            (line.name, number),
            (line.problem, room - place),
            (where, place),
            (date, dated),
            (state, 10),
            (roots, 6),
        ]

    # -- keys and mouse

    def _go(self, place: int) -> None:
        self.refresh_rows(self.cursor, 1)
        self.cursor = max(0, min(place, len(self.lines) - 1))
        self.refresh_rows(self.cursor, 1)
        self.reveal(self.cursor, 1)
        self.post_message(self.Looked(self.line))
        if not self.complete and self.cursor >= len(self.lines) - AHEAD:
            self.post_message(self.MoreWanted())

    def action_open(self) -> None:
        """Open the session under the cursor."""
        if self.line:
            self.post_message(self.Opened(self.line))

    def action_move(self, by: int) -> None:
        """Move the cursor by rows."""
        self._go(self.cursor + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by a page."""
        self._go(self.cursor + by * max(1, self.size.height - 1))

    def action_edge(self, place: int) -> None:
        """Move the cursor to the first or the last row."""
        self._go(0 if place == 0 else len(self.lines) - 1)

    async def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; a second one opens."""
        place = event.y + self.first_row
        if place < len(self.lines):
            self.focus()
            self._go(place)
            if event.chain > 1:
                self.action_open()

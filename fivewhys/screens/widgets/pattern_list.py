"""The list of findings: two rows each, what it is and how sure it is, then where."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import clamp
from textual.message import Message
from textual.strip import Strip

from fivewhys.screens.look import Marks, cut, shown
from fivewhys.screens.pattern_lines import PatternLine
from fivewhys.screens.widgets.in_order import InOrder
from fivewhys.screens.widgets.lines import LinePane

ROWS = 2
"""Rows of a finding."""

SUGGESTED = "?"
"""Stands before what the program finds alike, beside the word that says so."""

_EDGE = 2
"""Columns of the mark."""
_SURE = 11
"""Columns of “confirmed” or “suggested”."""


def sure_mark(marks: Marks, is_confirmed: bool) -> str:
    """The shape that tells confirmed and suggested apart."""
    return marks.saved if is_confirmed else SUGGESTED


def sure_style(is_confirmed: bool) -> str:
    """The colour of the same, by its name in the palette."""
    return "good" if is_confirmed else "link"


class PatternList(InOrder, LinePane, can_focus=True):
    """Shows the findings of a view, with the cursor on one of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "sessions", id="findings.open",
                tooltip="Open a session of the finding, at this cause"),
        # Here, not on the screen: what scrolls has the two keys for itself else.
        Binding("right", "screen.view(1)", "next view", id="findings.next",
                tooltip="Show the view after this one, or before it"),
        Binding("left", "screen.view(-1)", "view before", show=False, id="findings.previous",
                tooltip="Show the view after this one, or before it"),
        Binding("up,k", "move(-1)", "up", show=False, id="findings.up",
                tooltip="The finding above"),
        Binding("down,j", "move(1)", "down", show=False, id="findings.down",
                tooltip="The next finding"),
        Binding("pageup", "page(-1)", "page up", show=False, id="findings.pageup",
                tooltip="A page up"),
        Binding("pagedown", "page(1)", "page down", show=False, id="findings.pagedown",
                tooltip="A page down"),
        Binding("home", "edge(0)", "first", show=False, id="findings.first",
                tooltip="The first finding"),
        Binding("end", "edge(-1)", "last", show=False, id="findings.last",
                tooltip="The last finding"),
    ]  # fmt: skip

    class Opened(Message):
        """The sessions of a finding are wanted."""

        def __init__(self, line: PatternLine) -> None:
            super().__init__()
            self.line = line

    class Looked(Message):
        """The cursor stands on another finding, or on none."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lines: Sequence[PatternLine] = ()
        self.cursor = 0

    @property
    def line(self) -> PatternLine | None:
        """The finding under the cursor."""
        return self.lines[self.cursor] if self.cursor < len(self.lines) else None

    def show(self, lines: Sequence[PatternLine], *, from_top: bool = False) -> None:
        """Show these; the cursor stays on the same finding where it is still there."""
        here, place = self.line, self.cursor
        self.lines = lines
        if from_top:
            place = 0
            self.scroll_to(y=0, animate=False, force=True, immediate=True)
        elif here is not None:
            found = [at for at, line in enumerate(lines) if line.id == here.id]
            place = found[0] if found else place
        self.cursor = clamp(place, 0, max(0, len(lines) - 1))
        self.width_changed()
        self.post_message(self.Looked())

    def width_changed(self) -> None:
        """Rows are cut to the new width."""
        self.set_rows(len(self.lines) * ROWS)
        self.reveal(self.cursor * ROWS, ROWS)
        self.refresh()

    # -- drawing

    def render_line(self, y: int) -> Strip:
        place, row = divmod(y + self.first_row, ROWS)
        width, base = self.size.width, self.ground
        if place >= len(self.lines):
            return Strip.blank(width, base)
        line, palette = self.lines[place], self.palette
        cells = self._head(line) if row == 0 else self._about(line)
        if place == self.cursor:
            own = palette.cursor if self.has_focus else palette.style("text", bold=True)
            styles = {name: own for _, _, name in cells}
        else:
            styles = {name: palette.style(name) for _, _, name in cells}
            if row == 0:
                styles["text"] = palette.style("text", bold=True)
        segments = [
            Segment(set_cell_size(cut(shown(words), size, self.marks.cut), size), base + style)
            for words, size, name in cells
            if size > 0
            for style in [styles[name]]
        ]
        plain = base + (styles.get("text") or Style())
        return Strip(segments).adjust_cell_length(width, plain)

    def _head(self, line: PatternLine) -> list[tuple[str, int, str]]:
        mark = sure_mark(self.marks, line.is_confirmed)
        figure = cell_len(line.figure)
        room = self.inner_width - _EDGE - figure - 3
        return [
            (mark, _EDGE, sure_style(line.is_confirmed)),
            (line.text, room, "text"),
            ("", 2, "text"),
            (line.figure, figure + 1, "text"),
        ]

    def _about(self, line: PatternLine) -> list[tuple[str, int, str]]:
        room = self.inner_width - _EDGE - _SURE - 1
        return [
            ("", _EDGE, "text"),
            (line.sure, _SURE, sure_style(line.is_confirmed)),
            (line.about, room, "quiet"),
            ("", 1, "text"),
        ]

    # -- keys and mouse

    def _go(self, place: int) -> None:
        self.refresh_rows(self.cursor * ROWS, ROWS)
        self.cursor = clamp(place, 0, max(0, len(self.lines) - 1))
        self.refresh_rows(self.cursor * ROWS, ROWS)
        self.reveal(self.cursor * ROWS, ROWS)
        self.post_message(self.Looked())

    def action_open(self) -> None:
        """Open the sessions of the finding under the cursor."""
        if self.line is not None:
            self.post_message(self.Opened(self.line))

    def action_move(self, by: int) -> None:
        """Move the cursor by findings."""
        self._go(self.cursor + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by a page."""
        self._go(self.cursor + by * max(1, self.inner_height // ROWS - 1))

    def action_edge(self, place: int) -> None:
        """Move the cursor to the first or the last finding."""
        self._go(0 if place == 0 else len(self.lines) - 1)

    async def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; a second one opens."""
        place = (event.y + self.first_row) // ROWS
        if place < len(self.lines):
            self.focus()
            self._go(place)
            if event.chain > 1:
                self.action_open()

"""The follow-up's list: two rows a line, read page by page as one goes down."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import set_cell_size
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import clamp
from textual.message import Message
from textual.strip import Strip

from fivewhys.screens.follow_lines import Line, key_of
from fivewhys.screens.look import cut, shown
from fivewhys.screens.widgets.action_rows import rows
from fivewhys.screens.widgets.in_order import InOrder
from fivewhys.screens.widgets.lines import LinePane

if TYPE_CHECKING:
    from fivewhys.screens.follow_view import FollowView

ROWS = 2
"""Rows of a line."""

MOVES = ("actions.up", "actions.down", "actions.pageup", "actions.pagedown")
"""Keys that are held down."""

AHEAD = 60
"""Lines below the cursor at which the next page is asked for."""


class ActionList(InOrder, LinePane, can_focus=True):
    """Shows the lines of a view, with the cursor on one of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open", id="actions.open",
                tooltip="Open the countermeasure; of customers to tell, the session"),
        # Here, not on the screen: what scrolls has the two keys for itself else.
        Binding("right", "screen.view(1)", "next view", id="actions.next",
                tooltip="Show the view after this one, or before it"),
        Binding("left", "screen.view(-1)", "view before", show=False, id="actions.previous",
                tooltip="Show the view after this one, or before it"),
        Binding("up,k", "move(-1)", "up", show=False, id="actions.up", tooltip="The line above"),
        Binding("down,j", "move(1)", "down", show=False, id="actions.down",
                tooltip="The next line"),
        Binding("pageup", "page(-1)", "page up", show=False, id="actions.pageup",
                tooltip="A page up"),
        Binding("pagedown", "page(1)", "page down", show=False, id="actions.pagedown",
                tooltip="A page down"),
        Binding("home", "edge(0)", "first", show=False, id="actions.first",
                tooltip="The first line"),
        Binding("end", "edge(-1)", "last", show=False, id="actions.last",
                tooltip="The last line that was read"),
    ]  # fmt: skip

    class Opened(Message):
        """A line is to be opened."""

        def __init__(self, line: Line) -> None:
            super().__init__()
            self.line = line

    class Looked(Message):
        """The cursor stands on another line, the line has changed, or there is none."""

    class MoreWanted(Message):
        """The end of what was read is near."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lines: list[Line] = []
        self.cursor = 0
        self.today = date.min
        self._drawn: dict[int, list[list[tuple[str, str]]]] = {}
        """By a line's place, its rows as texts of full width with the names of their styles."""

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        return self.lines[self.cursor] if self.cursor < len(self.lines) else None

    def show(self, lines: Sequence[Line], today: date, *, from_top: bool = False) -> None:
        """Show these lines, the cursor on the same one as before where it is still there."""
        here = None if from_top else self.line
        place = 0 if from_top else self.cursor
        self.lines, self.today = list(lines), today
        if here is not None:
            found = [at for at, line in enumerate(lines) if key_of(line) == key_of(here)]
            place = found[0] if found else place
        self.cursor = clamp(place, 0, max(0, len(lines) - 1))
        if from_top:
            self.scroll_to(y=0, animate=False, force=True, immediate=True)
        self._changed()

    def add(self, lines: Sequence[Line]) -> None:
        """Add lines at the end."""
        self.lines += lines
        self._changed()

    def replace(self, line: Line) -> None:
        """Show a line as it is now."""
        for place, old in enumerate(self.lines):
            if key_of(old) == key_of(line):
                self.lines[place] = line
                self._drawn.pop(place, None)
                self.refresh_rows(place * ROWS, ROWS)
        self.post_message(self.Looked())

    def _changed(self) -> None:
        self._drawn.clear()
        self.set_rows(len(self.lines) * ROWS)
        self.reveal(self.cursor * ROWS, ROWS)
        self.refresh()
        self.post_message(self.Looked())

    def width_changed(self) -> None:
        """Rows are cut to the new width."""
        self._drawn.clear()
        self.set_rows(len(self.lines) * ROWS)
        self.reveal(self.cursor * ROWS, ROWS)
        self.refresh()

    # -- drawing

    def render_line(self, y: int) -> Strip:
        place, row = divmod(y + self.first_row, ROWS)
        width, base = self.size.width, self.ground
        if place >= len(self.lines):
            return Strip.blank(width, base)
        palette = self.palette
        plain = base + palette.style("text")
        if place == self.cursor:
            own = palette.cursor if self.has_focus else palette.style("text", bold=True)
            plain = base + own
            segments = [Segment(words, plain) for words, _ in self._rows(place)[row]]
        else:
            styles = {name: base + palette.style(name) for name in ("quiet", "bad")}
            if row == 0:
                styles["text"] = base + palette.style("text", bold=True)
            segments = [
                Segment(words, styles.get(name, plain)) for words, name in self._rows(place)[row]
            ]
        return Strip(segments).adjust_cell_length(width, plain)

    def _rows(self, place: int) -> list[list[tuple[str, str]]]:
        if place not in self._drawn:
            made = rows(self.lines[place], self.today, self.inner_width)
            self._drawn[place] = [
                [
                    (
                        set_cell_size(
                            cut(shown(cell.words), cell.size - 1, self.marks.cut), cell.size
                        ),
                        cell.style,
                    )
                    for cell in row
                    if cell.size > 0
                ]
                for row in made
            ]
        return self._drawn[place]

    # -- keys and mouse

    async def _on_key(self, event: events.Key) -> None:
        # The way of a key through the app and back takes as long as moving the cursor. Where no
        # key waits before it, it need not go there.
        bindings = self._bindings.key_to_bindings.get(event.key, [])
        keys = cast("FollowView", self.screen).keys_in_order
        if keys.is_idle and any(binding.id in MOVES for binding in bindings):
            event.stop()
            event.prevent_default()
            await self.run_action(bindings[0].action)

    def _go(self, place: int) -> None:
        self.refresh_rows(self.cursor * ROWS, ROWS)
        self.cursor = clamp(place, 0, max(0, len(self.lines) - 1))
        self.refresh_rows(self.cursor * ROWS, ROWS)
        self.reveal(self.cursor * ROWS, ROWS)
        self.post_message(self.Looked())
        if self.cursor >= len(self.lines) - AHEAD:
            self.post_message(self.MoreWanted())

    def action_open(self) -> None:
        """Open the line under the cursor."""
        if self.line:
            self.post_message(self.Opened(self.line))

    def action_move(self, by: int) -> None:
        """Move the cursor by lines."""
        self._go(self.cursor + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by a page."""
        self._go(self.cursor + by * max(1, self.inner_height // ROWS - 1))

    def action_edge(self, place: int) -> None:
        """Move the cursor to the first or the last line."""
        self._go(0 if place == 0 else len(self.lines) - 1)

    async def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; a second one opens."""
        place = (event.y + self.first_row) // ROWS
        if place < len(self.lines):
            self.focus()
            self._go(place)
            if event.chain > 1:
                self.action_open()

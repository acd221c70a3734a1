"""A list of lines, each as high as the others, with a cursor on one of them.

It owns the cursor, its keys, and what was drawn: a line is drawn once for each way it can look, so
that scrolling draws only what was not in sight. What stands in a line is for whoever builds on it.
"""

from abc import abstractmethod
from collections.abc import Hashable, Iterable, Sequence
from typing import ClassVar, Generic, TypeVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding
from textual.cache import LRUCache
from textual.geometry import Region, clamp
from textual.message import Message
from textual.strip import Strip

from fivewhys.screens.widgets.cells import Cell
from fivewhys.screens.widgets.lines import LinePane

Line = TypeVar("Line")
_Opened = TypeVar("_Opened")

DRAWN = 300
"""Lines that are kept as they were drawn: some windows full of them."""


def moving(owner: str, *, above: str, below: str, first: str, last: str) -> list[Binding]:
    """The keys that move the cursor; their ids begin with `owner`, the rest says what they do."""
    page_up, page_down = "A page up", "A page down"
    return [
        Binding("up,k", "move(-1)", "up", show=False, id=f"{owner}.up", tooltip=above),
        Binding("down,j", "move(1)", "down", show=False, id=f"{owner}.down", tooltip=below),
        Binding("pageup", "page(-1)", "page up", show=False, id=f"{owner}.pageup", tooltip=page_up),
        Binding("pagedown", "page(1)", "page down", show=False, id=f"{owner}.pagedown",
                tooltip=page_down),
        Binding("home", "edge(0)", "first", show=False, id=f"{owner}.first", tooltip=first),
        Binding("end", "edge(-1)", "last", show=False, id=f"{owner}.last", tooltip=last),
    ]  # fmt: skip


def turning(owner: str) -> list[Binding]:
    """The keys that show another view of the screen.

    They stand in the list: what scrolls has the two keys for itself else.
    """
    words = "Show the view after this one, or before it"
    return [
        Binding("right", "screen.view(1)", "next view", id=f"{owner}.next", tooltip=words),
        Binding("left", "screen.view(-1)", "view before", show=False, id=f"{owner}.previous",
                tooltip=words),
    ]  # fmt: skip


class CursorList(LinePane, Generic[Line], can_focus=True):
    """Shows lines of `ROWS` rows each, with the cursor on one of them."""

    ROWS: ClassVar[int] = 1

    class Opened(Message, Generic[_Opened]):
        """A line is to be opened."""

        def __init__(self, line: _Opened) -> None:
            super().__init__()
            self.line = line

    class Looked(Message):
        """The cursor stands on another line, the line has changed, or there is none."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lines: list[Line] = []
        self.cursor = 0
        self._drawn: LRUCache[tuple[int, bool], list[Strip]] = LRUCache(DRAWN)
        """Lines as they were drawn, by their place and whether the cursor is there."""
        self._drawn_for: Hashable = None
        """What all that was drawn depends on."""

    @abstractmethod
    def key_of(self, line: Line) -> Hashable:
        """What a line is known by when it is read again."""

    @abstractmethod
    def rows(self, line: Line) -> Iterable[Sequence[Cell]]:
        """What stands in each of the rows of a line, from the left."""

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        return self.lines[self.cursor] if self.cursor < len(self.lines) else None

    def put(self, lines: Sequence[Line], *, from_top: bool = False) -> None:
        """Show these lines, the cursor on the same one as before where it is still there."""
        here = None if from_top else self.line
        place = 0 if from_top else self.cursor
        self.lines = list(lines)
        if here is not None:
            key = self.key_of(here)
            place = next((at for at, one in enumerate(lines) if self.key_of(one) == key), place)
        self.cursor = clamp(place, 0, max(0, len(lines) - 1))
        if from_top:
            self.scroll_to(y=0, animate=False, force=True, immediate=True)
        self._drawn.clear()
        self.width_changed()
        self.post_message(self.Looked())

    def append(self, lines: Sequence[Line]) -> None:
        """Show more lines, below the others."""
        before = len(self.lines)
        self.lines += lines
        self.set_rows(len(self.lines) * self.ROWS)
        if before * self.ROWS < self.first_row + self.inner_height:
            self.refresh()
        if self.cursor >= before:
            self.post_message(self.Looked())

    def replace(self, line: Line) -> None:
        """Show a line as it is now."""
        key = self.key_of(line)
        for place, old in enumerate(self.lines):
            if self.key_of(old) == key:
                self.lines[place] = line
                self._drawn.discard((place, False))
                self._drawn.discard((place, True))
                self.refresh_rows(place * self.ROWS, self.ROWS)
        self.post_message(self.Looked())

    def width_changed(self) -> None:
        """Rows are cut to the new width."""
        self.set_rows(len(self.lines) * self.ROWS)
        self.reveal(self.cursor * self.ROWS, self.ROWS)
        self.refresh()

    # -- drawing

    def render_lines(self, crop: Region) -> list[Strip]:
        look = (self.region.size, self.styles.gutter, self.inner_width, self.ground, self.has_focus)
        drawn_for = (look, self.palette, self.marks)
        if drawn_for != self._drawn_for:
            self._drawn.clear()
            self._drawn_for = drawn_for
        return super().render_lines(crop)

    def whole_row(self, y: int) -> Strip:
        place, row = divmod(y + self.first_row, self.ROWS)
        if place >= len(self.lines):
            return Strip.blank(self.region.width, self.ground)
        key = (place, place == self.cursor)
        drawn = self._drawn.get(key)
        if drawn is None:
            drawn = self._drawn[key] = self._draw(*key)
        return drawn[row]

    def _draw(self, place: int, has_cursor: bool) -> list[Strip]:
        palette, ground, gutter = self.palette, self.ground, self.styles.gutter
        plain, width = ground + palette.style("text"), self.size.width
        if has_cursor:
            own = palette.cursor if self.has_focus else palette.style("text", bold=True)
            plain = ground + own
        drawn = []
        for cells in self.rows(self.lines[place]):
            segments = [
                Segment(
                    cell.fitted(self.marks),
                    plain if has_cursor else ground + palette.style(cell.style, bold=cell.is_bold),
                )
                for cell in cells
                if cell.size > 0
            ]
            content = Strip(segments).adjust_cell_length(width, plain)
            drawn.append(content.crop_pad(width, gutter.left, gutter.right, ground))
        return drawn

    # -- keys and mouse

    def go(self, place: int) -> None:
        """Move the cursor to the line at `place`, or the nearest there is."""
        self.refresh_rows(self.cursor * self.ROWS, self.ROWS)
        self.cursor = clamp(place, 0, max(0, len(self.lines) - 1))
        self.refresh_rows(self.cursor * self.ROWS, self.ROWS)
        self.reveal(self.cursor * self.ROWS, self.ROWS)
        self.post_message(self.Looked())

    def action_open(self) -> None:
        """Open the line under the cursor."""
        if self.line is not None:
            self.post_message(self.Opened(self.line))

    def action_move(self, by: int) -> None:
        """Move the cursor by lines."""
        self.go(self.cursor + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by a page."""
        self.go(self.cursor + by * max(1, self.inner_height // self.ROWS - 1))

    def action_edge(self, place: int) -> None:
        """Move the cursor to the first or the last line."""
        self.go(0 if place == 0 else len(self.lines) - 1)

    async def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; a second one opens."""
        place = (event.y - self.styles.gutter.top + self.first_row) // self.ROWS
        if 0 <= place < len(self.lines):
            self.focus()
            self.go(place)
            if event.chain > 1:
                self.action_open()

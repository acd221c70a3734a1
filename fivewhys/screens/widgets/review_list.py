"""The table of a review's view: a row for each line, its figures in columns, a bar for one of them.

The cursor is on one figure of one line. Bars picture the column that it is in, so that every number
has its picture without a window full of them. What all of it means is in `review_lines.py`.
"""

from collections.abc import Hashable, Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import clamp
from textual.strip import Strip

from fivewhys.screens.look import cut, shown
from fivewhys.screens.review_lines import Line, Spot, Table
from fivewhys.screens.widgets.bars import TextRows
from fivewhys.screens.widgets.cells import Cell
from fivewhys.screens.widgets.cursor_list import CursorList, moving, turning
from fivewhys.screens.widgets.in_order import InOrder
from fivewhys.screens.widgets.review_layout import EDGE, Layout, laid_out, shade


class ReviewList(InOrder, CursorList[Line]):
    """Shows the lines of a view, with the cursor on one figure."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "sessions", id="figures.open",
                tooltip="List the sessions behind the figure"),
        *turning("figures"),
        Binding("tab", "column(1)", "column", id="figures.column",
                tooltip="Go to the figure beside this one"),
        Binding("shift+tab", "column(-1)", "column before", show=False, id="figures.column_before",
                tooltip="Go to the figure before this one"),
        *moving("figures", above="The line above", below="The next line", first="The first line",
                last="The last line"),
    ]  # fmt: skip

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.table: Table | None = None
        self.column = 0
        """The column that the cursor is in, where the line under it has a figure there."""
        self._layout_known: tuple[Hashable, Layout] | None = None

    def key_words(self, binding: Binding) -> str:
        """What a key does; where there is no figure, none leads to another or opens it."""
        is_of_figures = binding.action in ("open", "column(1)")
        return "" if is_of_figures and not self.lines else binding.description

    # -- what the cursor is on

    @property
    def at(self) -> int:
        """The column of the figure under the cursor: the nearest that the line has; -1 for none."""
        line = self.line
        return -1 if line is None else _nearest(line, self.column)

    @property
    def spot(self) -> Spot | None:
        """The figure under the cursor."""
        line = self.line
        return None if line is None or self.at < 0 else line.spots[self.at]

    def show(self, table: Table, *, from_top: bool = False) -> None:
        """Show a view; the cursor stays on its line where that is still there."""
        if from_top:
            self.column = table.first
        self.table = table
        self._layout_known = None
        self.put(table.lines, from_top=from_top)
        self._pass_heads(1)

    def clear(self) -> None:
        """Show nothing."""
        self.table, self.column = None, 0
        self.put((), from_top=True)

    def key_of(self, line: Line) -> Hashable:
        return line.key

    # -- moving

    def go(self, place: int) -> None:
        """Move the cursor; it passes by headings."""
        by = 1 if place >= self.cursor else -1
        super().go(place)
        self._pass_heads(by)

    def _pass_heads(self, by: int) -> None:
        """Leave a heading for the next line, or turn back where there is none."""
        for step in (by, -by):
            place = self.cursor
            while 0 <= place < len(self.lines) and self.lines[place].is_head:
                place += step
            if 0 <= place < len(self.lines):
                if place != self.cursor:
                    super().go(place)
                break
        # A heading above the first line would never come into sight again.
        if all(line.is_head for line in self.lines[: self.cursor]):
            self.scroll_to(y=0, animate=False, force=True, immediate=True)

    def action_column(self, by: int) -> None:
        """Go to the figure beside this one; from the last to the first."""
        line = self.line
        if line is None:
            return
        figures = [at for at, spot in enumerate(line.spots) if spot.figure is not None]
        if figures:
            self._to_column(figures[(figures.index(self.at) + by) % len(figures)])

    def _to_column(self, column: int) -> None:
        self.column = column
        self._drawn.clear()
        self.refresh()
        self.post_message(self.Looked())

    async def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a figure; a second one opens it."""
        place = event.y - self.styles.gutter.top + self.first_row
        if not 0 <= place < len(self.lines) or self.lines[place].is_head:
            event.prevent_default()
            return
        # The list that this builds on hears the click too, and moves the cursor.
        column = self.layout_now.column_at(event.x - self.styles.gutter.left)
        if column is not None:
            self._to_column(column)

    # -- drawing

    @property
    def layout_now(self) -> Layout:
        """Where everything stands for the width and the column there is."""
        for_ = (self.inner_width, self.at)
        if self._layout_known is None or self._layout_known[0] != for_:
            table = self.table
            assert table is not None
            self._layout_known = for_, laid_out(table, self.inner_width, max(self.at, 0))
        return self._layout_known[1]

    def rows(self, line: Line) -> Iterable[Sequence[Cell]]:
        """Lines are drawn by `_draw`, since each figure has a look of its own."""
        return ()

    def _draw(self, place: int, has_cursor: bool) -> list[Strip]:
        line, width, gutter = self.lines[place], self.size.width, self.styles.gutter
        segments = self._head(line) if line.is_head else self._line(line, has_cursor)
        content = Strip(segments).adjust_cell_length(width, self.ground)
        return [content.crop_pad(width, gutter.left, gutter.right, self.ground)]

    def _head(self, line: Line) -> list[Segment]:
        style = self.ground + self.palette.style("link" if line.is_rule else "quiet", bold=True)
        words = cut(shown(line.name), self.inner_width, self.marks.cut)
        if line.is_rule:
            words += " " + self.marks.rule * max(0, self.inner_width - cell_len(words) - 1)
        return [Segment(words, style)]

    def _line(self, line: Line, has_cursor: bool) -> list[Segment]:
        layout, palette, ground = self.layout_now, self.palette, self.ground
        plain = ground + palette.style("text", bold=has_cursor)
        at = _nearest(line, self.column)
        name = Cell(line.name, layout.name, gap=2).fitted(self.marks)
        segments = [
            Segment(f"{self.marks.here if has_cursor else ' ':<{EDGE}}", plain),
            Segment(name, plain),
        ]
        if layout.bar:
            segments += self._bar(line.spots[at] if at >= 0 else None, layout.bar)
        for column in layout.columns:
            spot = line.spots[column] if column < len(line.spots) else Spot("")
            segments += self._spot(
                spot, layout.widths[column], plain, has_cursor=has_cursor and column == at
            )
        return segments

    def _spot(self, spot: Spot, width: int, plain: Style, *, has_cursor: bool) -> Iterable[Segment]:
        palette, ground = self.palette, self.ground
        words = cut(shown(spot.text), width - 2, self.marks.cut)
        is_quiet = spot.figure is None or (spot.style == "quiet" and spot.share is None)
        style = ground + palette.style("quiet") if is_quiet else plain
        if has_cursor:
            own = palette.cursor if self.has_focus else palette.style("text", bold=True)
            style = ground + own
        elif spot.shade is not None:
            style = shade(palette, spot.shade)
        before = " " * (width - 2 - cell_len(words))
        yield Segment(" ", ground)
        if has_cursor or spot.shade is not None:
            yield Segment(f"{before}{words} ", style)
        else:
            yield Segment(before, ground)
            yield Segment(words, style)
            yield Segment(" ", ground)

    def _bar(self, spot: Spot | None, room: int) -> Iterable[Segment]:
        """The bar of a figure in `room` columns, the last of them free."""
        palette, ground = self.palette, self.ground
        full = room - 1
        filled = _columns(spot.share if spot else None, full)
        chars = "█" * filled + " " * (full - filled)
        if spot is not None and spot.mark is not None:
            at = clamp(round(spot.mark * full), 0, full - 1)
            chars = f"{chars[:at]}│{chars[at + 1 :]}"
        named = "link" if spot is None or spot.style == "text" else spot.style
        for char in _runs(chars):
            name = "text" if char[0] == "│" else named
            yield Segment(char, ground + palette.style(name))
        yield Segment(" ", ground)


class ReviewHead(TextRows):
    """The heads of the columns, which follow the list."""

    def text(self) -> Text:
        list_ = self.screen.query_one(ReviewList)
        table, text = list_.table, Text(no_wrap=True)
        if table is None or not table.lines:
            return text
        layout, palette = list_.layout_now, self.palette
        quiet, here = palette.style("quiet"), palette.style("text", bold=True)
        text.append(" " * (EDGE + layout.name + list_.styles.gutter.left))
        if layout.bar:
            told = table.bars or (table.columns[list_.at] if list_.at >= 0 else "")
            text.append(Cell(told, layout.bar, gap=1).fitted(self.marks), quiet)
        if layout.columns and layout.columns[0] > 0:
            text.right_crop(1)
            text.append(self.marks.cut, quiet)
        for column in layout.columns:
            width = layout.widths[column]
            words = cut(shown(table.columns[column]), width - 2, self.marks.cut)
            style = here if column == list_.at else quiet
            text.append(f" {' ' * (width - 2 - cell_len(words))}{words} ", style)
        if layout.columns and layout.columns[-1] < len(table.columns) - 1:
            text.append(self.marks.cut, quiet)
        return text


def _nearest(line: Line, column: int) -> int:
    """The column of the figure of a line that is nearest to `column`; -1 where it has none."""
    figures = [at for at, spot in enumerate(line.spots) if spot.figure is not None]
    return min(figures, key=lambda at: (abs(at - column), at), default=-1)


def _columns(share: float | None, room: int) -> int:
    """Columns of a bar; whatever is not nothing has one at least."""
    if not share or share <= 0:
        return 0
    return clamp(round(share * room), 1, room)


def _runs(chars: str) -> Iterable[str]:
    """Equal characters that follow each other, together."""
    start = 0
    for at in range(1, len(chars) + 1):
        if at == len(chars) or chars[at] != chars[start]:
            yield chars[start:at]
            start = at

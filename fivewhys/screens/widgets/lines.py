"""Widgets that draw line by line, and change without laying the whole screen out anew.

A new layout costs several times a keystroke's budget. So the ground style is asked for once a
drawing, and a changed height moves the scrollbar alone where it can.
"""

from rich.segment import Segment
from rich.text import Text
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.widget import Widget

from fivewhys.screens.widgets.bars import Drawn
from fivewhys.screens.widgets.scroll_bar import QuickScrollBar


class LinePane(ScrollView, Drawn):
    """Rows of which only those in view are drawn."""

    # The scrollbar always has its column (and is not seen while all rows fit): one that comes and
    # goes takes a new layout each time, and a text that wraps anew could make it flap for ever.
    DEFAULT_CSS = """
    LinePane {
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
    }
    """

    _laid_out_for = (0, 0)

    def render_lines(self, crop: Region) -> list[Strip]:
        gutter = self.styles.gutter
        if gutter != self.styles.padding:
            return super().render_lines(crop)
        # Textual keeps what was drawn by its row in the window, so that all is drawn anew where a
        # single row scrolls. What it adds to rows is a border and the like, of which here is none.
        size = self.region.size
        blank, bottom = Strip.blank(size.width, self.ground), size.height - gutter.bottom
        strips = [
            self.whole_row(y - gutter.top) if gutter.top <= y < bottom else blank
            for y in crop.line_range
        ]
        for line_filter in self.get_line_filters():
            background = self.background_colors[1]
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        if crop.column_span == (0, size.width):
            return strips
        return [strip.crop(*crop.column_span) for strip in strips]

    def whole_row(self, y: int) -> Strip:
        """Row `y` of the view with the empty columns left and right of it."""
        gutter, row = self.styles.gutter, self.render_line(y)
        if not gutter.width:
            return row
        return row.crop_pad(self.size.width, gutter.left, gutter.right, self.ground)

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scrollbar; made when it is asked for first, as Textual does."""
        if self._vertical_scrollbar is None:
            bar = QuickScrollBar(name="vertical", thickness=self.scrollbar_size_vertical)
            bar.display = False
            self._vertical_scrollbar = bar
            self.app._start_widget(self, bar)
        return self._vertical_scrollbar

    @property
    def first_row(self) -> int:
        """The row on top of the view."""
        return round(self.scroll_y)

    @property
    def inner_width(self) -> int:
        """The columns that rows may fill."""
        return self.scrollable_content_region.width

    @property
    def inner_height(self) -> int:
        """The rows in view."""
        return self.scrollable_content_region.height

    def width_changed(self) -> None:
        """Lay the rows out for `inner_width`."""

    def on_resize(self) -> None:
        """Another size; its width is known for sure once the screen has been drawn with it."""
        self._lay_out_for_width()
        self.call_after_refresh(self._lay_out_for_width)

    def on_show(self) -> None:
        """In sight again with the size of before: what was shown meanwhile is laid out now."""
        self._laid_out_for = (0, 0)
        self._lay_out_for_width()

    def _lay_out_for_width(self) -> None:
        width, height = self.inner_width, self.inner_height
        if (width, height) != self._laid_out_for:
            self._laid_out_for = (width, height)
            self.width_changed()

    def set_rows(self, rows: int) -> None:
        """Say how many rows there are."""
        size = Size(self.inner_width, max(rows, self.inner_height))
        if size == self.virtual_size:
            return
        if self.show_vertical_scrollbar:
            self.set_reactive(Widget.virtual_size, size)
            self.vertical_scrollbar.window_virtual_size = size.height
            self.scroll_y = self.validate_scroll_y(self.scroll_y)
        else:
            self.virtual_size = size

    def reveal(self, top: int, rows: int) -> None:
        """Bring these rows into view."""
        view, at = self.inner_height, self.first_row
        if top < at:
            self.scroll_to(y=top, animate=False, force=True, immediate=True)
        elif view and top + rows > at + view:
            self.scroll_to(y=top + rows - view, animate=False, force=True, immediate=True)

    def refresh_rows(self, top: int, rows: int) -> None:
        """Draw only these rows again."""
        self.refresh(self.region_of(top, rows))

    def region_of(self, top: int, rows: int) -> Region:
        """Where these rows stand in the view."""
        return Region(0, top - self.first_row, self.size.width, rows)


class TextPane(LinePane, can_focus=False):
    """A text that wraps; its height follows the text only where `grows` says so."""

    def __init__(self, *, grows: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._grows = grows
        self._text = Text()
        self._strips: list[list[Segment]] = []
        self._drawn: dict[int, Strip] = {}
        """Rows as they were drawn, of the width that they have."""

    def notify_style_update(self) -> None:
        """Another theme draws every row anew."""
        super().notify_style_update()
        self._drawn.clear()

    def show(self, text: Text) -> None:
        """Show `text` from its top."""
        if text != self._text or text.spans != self._text.spans:
            self._text = text
            self._wrap()
            self.scroll_to(y=0, animate=False, force=True, immediate=True)

    def read(self, by: int) -> bool:
        """Scroll by half the pane; says whether anything moved."""
        before = self.first_row
        step = max(1, self.inner_height // 2)
        self.scroll_to(y=before + by * step, animate=False, force=True, immediate=True)
        return self.first_row != before

    @property
    def plain(self) -> str:
        """What is shown, without its styles."""
        return self._text.plain

    def width_changed(self) -> None:
        """A new width wraps anew."""
        self._wrap()

    def _wrap(self) -> None:
        width = self.inner_width
        if width <= 0:
            return
        console = self.app.console
        lines = self._text.wrap(console, width)
        # A line without spans is rendered without the text's own style.
        own = console.get_style(self._text.style)
        before, self._strips = (
            self._strips,
            [list(Segment.apply_style(line.render(console, end=""), own)) for line in lines],
        )
        self._drawn.clear()
        if self._grows:
            height = len(self._strips) + self.gutter.height
            if self.styles.height is None or self.styles.height.value != height:
                self.styles.height = height
        self.set_rows(len(self._strips))
        self._refresh_changed(before)

    def _refresh_changed(self, before: list[list[Segment]]) -> None:
        """Draw the rows in view that were others `before`: each costs as much as a letter typed."""
        top, height = self.first_row, self.inner_height
        changed = [
            self.region_of(row, 1)
            for row in range(top, top + height)
            if self._strips[row : row + 1] != before[row : row + 1]
        ]
        if changed:
            self.refresh(*changed)

    def render_line(self, y: int) -> Strip:
        row, width = y + self.first_row, self.size.width
        if row >= len(self._strips):
            return Strip.blank(width, self.ground)
        drawn = self._drawn.get(row)
        if drawn is None or drawn.cell_length != width:
            segments = Segment.apply_style(self._strips[row], self.ground)
            drawn = Strip(segments).adjust_cell_length(width, self.ground)
            self._drawn[row] = drawn
        return drawn

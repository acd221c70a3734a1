"""The list of what a search found: the words in their text, then where they stand."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType

from fivewhys.models.found import excerpt
from fivewhys.screens.found_lines import FoundLine, Heading, Line
from fivewhys.screens.look import shown
from fivewhys.screens.widgets.cells import Cell
from fivewhys.screens.widgets.cursor_list import CursorList, moving
from fivewhys.screens.widgets.in_order import InOrder

_KIND = 17
"""Columns of “acknowledgement”, and two."""

_NARROW = 60
"""Columns below which the kind of words stands in the second row."""


class FoundList(InOrder, CursorList[Line]):
    """Shows what was found, with the cursor on one of the lines."""

    ROWS = 2

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open", id="found.open",
                tooltip="Open the session, at the cause that it is about"),
        *moving("found", above="The line above", below="The next line", first="The best answer",
                last="The last line"),
    ]  # fmt: skip

    @property
    def found(self) -> FoundLine | None:
        """The line under the cursor, if it can be opened."""
        return self.line if isinstance(self.line, FoundLine) else None

    def key_of(self, line: Line) -> Hashable:
        return line.key if isinstance(line, FoundLine) else line

    def rows(self, line: Line) -> Iterable[Sequence[Cell]]:
        width = self.inner_width
        if isinstance(line, Heading):
            return (), (Cell("", 1), Cell(line.text, width - 1, "quiet", is_bold=True))
        kind = _KIND if width >= _NARROW else 0
        where = f" {self.marks.bullet} ".join([*([] if kind else [line.kind]), *line.where])
        style = "link" if line.seen else "quiet"
        return (
            (Cell("", 1), Cell(line.kind, kind, style, gap=2), *_text(line, width - 1 - kind)),
            (Cell("", 1 + kind), Cell(where, width - 1 - kind, "quiet")),
        )

    def show(self, lines: Sequence[Line], *, from_top: bool = False) -> None:
        """Show these lines, the cursor on the same one as before where it is still there."""
        self.put(lines, from_top=from_top)
        if isinstance(self.line, Heading):
            self.go(self.cursor)

    def go(self, place: int) -> None:
        down = place >= self.cursor
        super().go(place)
        if isinstance(self.line, Heading):
            # There is a line on both sides of it, but for one on top.
            super().go(self.cursor + (1 if down or self.cursor == 0 else -1))

    def action_open(self) -> None:
        """Open the session of the line under the cursor."""
        if self.found is not None:
            super().action_open()


def _text(line: FoundLine, room: int) -> Iterator[Cell]:
    """The text around what was found, with the words themselves in bold."""
    # Letters that take two columns leave room for half as many.
    for length in (room, room // 2):
        words, hits = excerpt(line.text, line.hits, max(4, length))
        if cell_len(shown(words)) <= room:
            break
    style = "quiet" if line.is_out else "text"
    left, at = room, 0
    for start, end in (*hits, (len(words), len(words))):
        for part, is_hit in ((words[at:start], False), (words[start:end], True)):
            size = min(left, cell_len(shown(part)))
            left -= size
            if size:
                yield Cell(part, size, "link" if is_hit else style, is_bold=is_hit)
        at = end
    yield Cell("", left)

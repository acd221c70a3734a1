"""The library's list: sessions in rows, read page by page as one goes down."""

from collections.abc import Hashable, Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.message import Message

from fivewhys.models.values import SessionLine
from fivewhys.models.words import State
from fivewhys.screens.widgets.cells import Cell
from fivewhys.screens.widgets.cursor_list import CursorList, moving

AHEAD = 40
"""Rows below the cursor at which the next page is asked for."""


class SessionList(CursorList[SessionLine]):
    """Shows sessions; the newest stands on top."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open", id="list.open", tooltip="Open the session"),
        *moving("list", above="The session above", below="The next one", first="The newest",
                last="The last one that was read"),
    ]  # fmt: skip

    class MoreWanted(Message):
        """The end is near: sessions older than the last one are wanted."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.complete = False

    def key_of(self, line: SessionLine) -> Hashable:
        return line.number

    def show(self, lines: Sequence[SessionLine], *, complete: bool) -> None:
        """Show these sessions, the cursor on the same one as before where it is still there."""
        self.complete = complete
        self.put(lines)

    def add(self, lines: Sequence[SessionLine], *, complete: bool) -> None:
        """Add older sessions at the end."""
        self.complete = complete
        self.append(lines)

    def rows(self, line: SessionLine) -> Iterable[Sequence[Cell]]:
        """The place gives way first, then the date."""
        roots = f"{self.marks.root} {line.roots}" if line.roots else ""
        state = "finished" if line.state is State.FINISHED else "open"
        date = f"{line.opened_at.astimezone():%Y-%m-%d}"
        width = self.size.width
        number = max(7, cell_len(line.name) + 2)
        dated = 12 if width >= 66 else 0
        room = width - 1 - number - dated - 10 - 6
        place = min(36, room // 3) if room >= 60 else min(14, room // 3)
        # A narrow column has room for the site alone.
        where = line.place if place > 14 else line.site or line.location
        cells = [
            Cell("", 1),
            Cell(line.name, number, "link", is_bold=True, gap=2),
            Cell(line.problem, room - place, gap=2),
            Cell(where, place, "quiet", gap=2),
            Cell(date, dated, "quiet", gap=2),
            Cell(state, 10, gap=2),
            Cell(roots, 6, gap=2),
        ]
        return (cells,)

    def go(self, place: int) -> None:
        super().go(place)
        if not self.complete and self.cursor >= len(self.lines) - AHEAD:
            self.post_message(self.MoreWanted())

"""The follow-up's list: two rows a line, read page by page as one goes down."""

from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from fivewhys.screens.follow_lines import Line, key_of
from fivewhys.screens.widgets.action_rows import rows
from fivewhys.screens.widgets.cells import Cell
from fivewhys.screens.widgets.cursor_list import CursorList, moving, turning
from fivewhys.screens.widgets.in_order import InOrder

if TYPE_CHECKING:
    from fivewhys.screens.follow_view import FollowView

MOVES = ("actions.up", "actions.down", "actions.pageup", "actions.pagedown")
"""Keys that are held down."""

AHEAD = 60
"""Lines below the cursor at which the next page is asked for."""


class ActionList(InOrder, CursorList[Line]):
    """Shows the lines of a view, with the cursor on one of them."""

    ROWS = 2

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open", id="actions.open",
                tooltip="Open the countermeasure; of customers to tell, the session"),
        *turning("actions"),
        *moving("actions", above="The line above", below="The next line", first="The first line",
                last="The last line that was read"),
    ]  # fmt: skip

    class MoreWanted(Message):
        """The end of what was read is near."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.today = date.min

    def key_of(self, line: Line) -> Hashable:
        return key_of(line)

    def show(self, lines: Sequence[Line], today: date, *, from_top: bool = False) -> None:
        """Show these lines, the cursor on the same one as before where it is still there."""
        self.today = today
        self.put(lines, from_top=from_top)

    def rows(self, line: Line) -> Iterable[Sequence[Cell]]:
        return rows(line, self.today, self.inner_width)

    def go(self, place: int) -> None:
        super().go(place)
        if self.cursor >= len(self.lines) - AHEAD:
            self.post_message(self.MoreWanted())

    async def _on_key(self, event: events.Key) -> None:
        # The way of a key through the app and back takes as long as moving the cursor. Where no
        # key waits before it, it need not go there.
        bindings = self._bindings.key_to_bindings.get(event.key, [])
        keys = cast("FollowView", self.screen).keys_in_order
        if keys.is_idle and any(binding.id in MOVES for binding in bindings):
            event.stop()
            event.prevent_default()
            await self.run_action(bindings[0].action)

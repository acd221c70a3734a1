"""Decisions that contradict each other, a row each: who said what of which causes, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import clamp
from textual.message import Message
from textual.strip import Strip

from fivewhys.models.past import Context, Decision, Sameness
from fivewhys.reports.patterns_words import month
from fivewhys.screens.look import cut, shown
from fivewhys.screens.widgets.in_order import InOrder
from fivewhys.screens.widgets.lines import LinePane


@dataclass(frozen=True, slots=True)
class Link:
    """A decision on the way from one cause to another."""

    decision: Decision
    one: UUID
    other: UUID


class LinkList(InOrder, LinePane, can_focus=True):
    """Shows the decisions of one contradiction, with the cursor on one of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "up", show=False, id="links.up",
                tooltip="The decision above"),
        Binding("down,j", "move(1)", "down", show=False, id="links.down",
                tooltip="The next decision"),
        # Here, not on the screen: what scrolls has the two keys for itself else.
        Binding("right", "screen.other(1)", "next one", show=False, id="links.next",
                tooltip="The next contradiction, or the one before"),
        Binding("left", "screen.other(-1)", "one before", show=False, id="links.previous",
                tooltip="The next contradiction, or the one before"),
    ]  # fmt: skip

    class Looked(Message):
        """The cursor stands on another decision."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.links: Sequence[Link] = ()
        self._contexts: Mapping[UUID, Context] = {}
        self.cursor = 0

    @property
    def link(self) -> Link | None:
        """The decision under the cursor."""
        return self.links[self.cursor] if self.cursor < len(self.links) else None

    def show(self, links: Sequence[Link], contexts: Mapping[UUID, Context]) -> None:
        """Show these; the last one is what the others contradict."""
        here = self.link
        self.links, self._contexts = links, contexts
        same = [
            at
            for at, link in enumerate(links)
            if here and {link.one, link.other} == {here.one, here.other}
        ]
        self.cursor = same[0] if same else 0
        self.width_changed()
        self.post_message(self.Looked())

    def width_changed(self) -> None:
        """Rows are cut to the new width."""
        self.set_rows(len(self.links))
        self.reveal(self.cursor, 1)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        place, width, base = y + self.first_row, self.size.width, self.ground
        if place >= len(self.links):
            return Strip.blank(width, base)
        link, palette = self.links[place], self.palette
        is_same = link.decision.sameness is Sameness.SAME
        plain = base + palette.style("text")
        sign = base + palette.style("good" if is_same else "bad", bold=True)
        quiet = base + palette.style("quiet")
        if place == self.cursor:
            plain = sign = quiet = base + palette.cursor
        said = max(cell_len(_who(other)) for other in self.links) + 3
        wide = min(said, self.inner_width // 2)
        room = self.inner_width - wide
        half = max(4, (room - 6) // 2)
        mark = "=" if is_same else ("≠" if self.marks.blocks else "!=")
        segments = [
            Segment(self._cell(f" {self._named(link.one)}", half), plain),
            Segment(self._cell(f" {mark}", 4), sign),
            Segment(self._cell(self._named(link.other), half), plain),
            Segment(self._cell(f"  {_who(link)}", self.inner_width - 2 * half - 4), quiet),
        ]
        return Strip(segments).adjust_cell_length(width, plain)

    def _named(self, key: UUID) -> str:
        context = self._contexts.get(key)
        return f"{context.session.name} {context.cause.text}" if context else ""

    def _cell(self, words: str, size: int) -> str:
        return set_cell_size(cut(shown(words), size, self.marks.cut), size)

    def _go(self, place: int) -> None:
        self.cursor = clamp(place, 0, max(0, len(self.links) - 1))
        self.reveal(self.cursor, 1)
        self.refresh()
        self.post_message(self.Looked())

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self._go(self.cursor + by)

    async def on_click(self, event: events.Click) -> None:
        """A click moves the cursor."""
        place = event.y + self.first_row
        if place < len(self.links):
            self.focus()
            self._go(place)


def _who(link: Link) -> str:
    """What was said, by whom and when, for example: same, Ines, 3 Mar 2026."""
    decision = link.decision
    on = decision.decided_at
    return f"{decision.sameness.value}, {decision.decided_by or 'somebody'}, {on.day} {month(on)}"

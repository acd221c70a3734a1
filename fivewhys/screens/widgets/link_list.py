"""Decisions that contradict each other, a row each: who said what of which causes, and when."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from rich.cells import cell_len
from textual.binding import Binding, BindingType

from fivewhys.models.past import Context, Decision, Sameness
from fivewhys.reports.patterns_words import month
from fivewhys.screens.widgets.cells import Cell
from fivewhys.screens.widgets.cursor_list import CursorList
from fivewhys.screens.widgets.in_order import InOrder

ROOM_FOR_WORDS = 90
"""Columns from which on a decision is named in words too; its sign is always there."""


@dataclass(frozen=True, slots=True)
class Link:
    """A decision on the way from one cause to another."""

    decision: Decision
    one: UUID
    other: UUID


class LinkList(InOrder, CursorList[Link]):
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

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._contexts: Mapping[UUID, Context] = {}

    def key_of(self, line: Link) -> Hashable:
        return frozenset((line.one, line.other))

    def show(self, links: Sequence[Link], contexts: Mapping[UUID, Context]) -> None:
        """Show these; the last one is what the others contradict."""
        here = self.line
        self._contexts = contexts
        is_there = here is not None and self.key_of(here) in map(self.key_of, links)
        self.put(links, from_top=not is_there)

    def rows(self, line: Link) -> Iterable[Sequence[Cell]]:
        is_same = line.decision.sameness is Sameness.SAME
        has_room = self.inner_width >= ROOM_FOR_WORDS
        said = max(cell_len(_who(other, has_room)) for other in self.lines) + 3
        half = max(4, (self.inner_width - min(said, self.inner_width // 2) - 6) // 2)
        mark = "=" if is_same else ("≠" if self.marks.blocks else "!=")
        cells = [
            Cell(f" {self._named(line.one)}", half),
            Cell(f" {mark}", 4, "good" if is_same else "bad", is_bold=True),
            Cell(self._named(line.other), half),
            Cell(f"  {_who(line, has_room)}", self.inner_width - 2 * half - 4, "quiet"),
        ]
        return (cells,)

    def _named(self, key: UUID) -> str:
        context = self._contexts.get(key)
        return f"{context.session.name} {context.cause.text}" if context else ""


def _who(link: Link, has_room: bool) -> str:
    """By whom it was said and when, and what, beside its sign: same, Ines, 3 Mar 2026."""
    decision = link.decision
    on = decision.decided_at
    who = f"{decision.decided_by or 'somebody'}, {on.day} {month(on)}"
    return f"{decision.sameness.value}, {who}" if has_room else who

"""The list that is gone through before a cause is called root: eight points, ticked by number."""

from collections.abc import Set
from typing import ClassVar
from uuid import UUID

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from fivewhys.models.words import RootPoint
from fivewhys.screens.widgets.bars import Drawn

SHORT = {
    RootPoint.PROCESS: "a process, design, rule or decision",
    RootPoint.EVIDENCE: "evidence for it and each link above",
    RootPoint.READ_BACK: "the read-back holds to the problem",
    RootPoint.NECESSARY: "without it, probably no problem",
    RootPoint.CHANGEABLE: "we can name who can change it",
    RootPoint.PREVENTS_CLASS: "changing it prevents a class of cases",
    RootPoint.DEEP_ENOUGH: "one more why adds nothing to act on",
    RootPoint.WHAT_ELSE: "“what else?” was asked at each level",
}
"""Each point in one row of a narrow column; `ROOT_POINTS` has the whole sentences."""


class RootList(Drawn, can_focus=True):
    """The points of one root. With focus, a number ticks or unticks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number), f"tick({number})", "tick" if number == 1 else "",
                    show=number == 1, id=f"roots.tick{number}", key_display="1-8",
                    tooltip="Tick or untick the point with this number")
            for number in range(1, len(RootPoint) + 1)
        ),
        Binding("enter,escape", "leave", "back", id="roots.back", tooltip="Back"),
    ]  # fmt: skip

    class Ticked(Message):
        """A point was ticked, or no longer holds."""

        def __init__(self, key: UUID, point: RootPoint, holds: bool) -> None:
            super().__init__()
            self.key = key
            self.point = point
            self.holds = holds

    class Left(Message):
        """Back to where the keys were."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.display = False
        self.key: UUID | None = None
        self.held: Set[RootPoint] = frozenset()

    def show(self, key: UUID | None, held: Set[RootPoint] = frozenset()) -> None:
        """Show the points of the root `key` with those that hold ticked; None hides the list."""
        self.key, self.held = key, held
        self.display = key is not None
        self.refresh()

    def render(self) -> Text:
        palette, marks = self.palette, self.marks
        text = Text(no_wrap=True, overflow="ellipsis")
        text.append("Is it a root?", palette.style("quiet", bold=True))
        way = "1-8 ticks, Enter goes on" if self.has_focus else "Tab, then 1-8 ticks"
        text.append(f"   {way}\n", palette.style("quiet"))
        for number, (point, words) in enumerate(SHORT.items(), 1):
            holds = point in self.held
            text.append(f"{number} ", palette.style("link"))
            text.append(f"{marks.saved if holds else marks.to_come} ", palette.style("link"))
            text.append(f"{words}\n", palette.style("text" if holds else "quiet", bold=holds))
        return text

    def on_focus(self, _event: events.Focus) -> None:
        """The head tells how to tick."""
        self.refresh()

    def on_blur(self, _event: events.Blur) -> None:
        """The head tells how to come here."""
        self.refresh()

    def action_tick(self, number: int) -> None:
        """Tick or untick a point."""
        point = tuple(RootPoint)[number - 1]
        if self.key is not None:
            self.post_message(self.Ticked(self.key, point, point not in self.held))

    def action_leave(self) -> None:
        """Go back."""
        self.post_message(self.Left())

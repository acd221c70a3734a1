"""Parked ideas under the tree: kept in sight, out of the way."""

from typing import ClassVar
from uuid import UUID

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from fivewhys.models.values import Parked
from fivewhys.screens.look import cut, shown
from fivewhys.screens.widgets.bars import Drawn

SHOWN = 2
"""Ideas in sight while the focus is elsewhere; with focus, as many as fit."""


class ParkedIdeas(Drawn, can_focus=True):
    """The last ideas; with focus, one is chosen, used as an answer or taken away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "use", "answer with it", id="parked.use", tooltip="Put it in the answer"),
        Binding("d,delete", "drop", "delete", id="parked.drop", tooltip="Take the idea away"),
        Binding("up,k", "move(-1)", "up", id="parked.up", show=False, tooltip="The idea above"),
        Binding("down,j", "move(1)", "down", id="parked.down", show=False, tooltip="The next idea"),
        Binding("escape", "leave", "back", id="parked.back", tooltip="Back to the answer"),
    ]

    class Used(Message):
        """An idea is wanted in the answer box."""

        def __init__(self, idea: Parked) -> None:
            super().__init__()
            self.idea = idea

    class Dropped(Message):
        """An idea is wanted no more."""

        def __init__(self, key: UUID) -> None:
            super().__init__()
            self.key = key

    class Left(Message):
        """Back to the answer."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.ideas: tuple[Parked, ...] = ()
        self.chosen = 0
        self._top = 0

    def show(self, ideas: tuple[Parked, ...]) -> None:
        """Show these ideas."""
        if ideas != self.ideas:
            self.ideas = ideas
            self.chosen = max(0, min(self.chosen, len(ideas) - 1))
            self._fit(self.has_focus)

    def _fit(self, focused: bool) -> None:
        rows = len(self.ideas) if focused else min(SHOWN, len(self.ideas))
        self.styles.height = 2 + max(0, min(rows, 8))
        self.refresh(layout=True)

    def render(self) -> Text:
        palette, marks, width = self.palette, self.marks, self.size.width
        quiet = palette.style("quiet")
        text = Text(marks.rule * width + "\n", palette.style("line"), no_wrap=True)
        text.append(f"Parked ({len(self.ideas)})", palette.style("quiet", bold=True))
        text.append("  ^L adds" if not self.has_focus else "  Enter uses one", quiet)
        first = self._first()
        for place, idea in enumerate(self.ideas[first : first + self._room()], first):
            at_cursor = self.has_focus and place == self.chosen
            line = cut(f"{marks.bullet} {shown(idea.text)}", width, marks.cut)
            text.append(f"\n{line}", palette.cursor if at_cursor else palette.style("text"))
        return text

    def _room(self) -> int:
        return max(1, self.size.height - 2)

    def _first(self) -> int:
        """The first idea in sight; it changes only where the chosen one would be out of it."""
        if not self.has_focus:
            return max(0, len(self.ideas) - SHOWN)
        room = self._room()
        self._top = min(self._top, self.chosen, len(self.ideas) - room)
        self._top = max(self._top, self.chosen - room + 1, 0)
        return self._top

    def on_focus(self) -> None:
        """With focus, all ideas open up."""
        self.chosen = max(0, len(self.ideas) - 1)
        self._fit(True)

    def on_blur(self) -> None:
        """Without, the last two stay."""
        self._fit(False)

    def action_move(self, by: int) -> None:
        """Choose another idea."""
        self.chosen = max(0, min(self.chosen + by, len(self.ideas) - 1))
        self.refresh()

    def action_use(self) -> None:
        """Put the chosen idea into the answer."""
        if self.ideas:
            self.post_message(self.Used(self.ideas[self.chosen]))

    def action_drop(self) -> None:
        """Take the chosen idea away."""
        if self.ideas:
            self.post_message(self.Dropped(self.ideas[self.chosen].id))

    def action_leave(self) -> None:
        """Back to the answer."""
        self.post_message(self.Left())

    async def on_click(self, event: events.Click) -> None:
        """A click chooses, a second one uses."""
        place = self._first() + event.y - 2
        if event.y >= 2 and place < len(self.ideas):
            self.chosen = place
            self.refresh()
            if event.chain > 1:
                self.action_use()

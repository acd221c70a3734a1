"""Choosing one of a list by its key, or with the cursor."""

from abc import abstractmethod
from typing import TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.screen import Screen

from fivewhys.screens.look import take_size
from fivewhys.screens.widgets.bars import HintRow, KeyBar, TopBar
from fivewhys.screens.widgets.choices import Choices

KEYS = "123456789abcdefimnoprstuvwxyz"
"""The key of each choice, in order: what is not used to move about, to leave or for lenses."""

T = TypeVar("T")


class ByKey(Screen[T | None]):
    """Gives back what was chosen, or None where all stays as it is."""

    # Every key is the screen's own, from the moment it is there.
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self._is_done = False

    def compose(self) -> ComposeResult:
        take_size(self)
        yield TopBar()
        yield from self.compose_about()
        yield Choices(id="choices")
        yield HintRow()
        yield KeyBar()

    def compose_about(self) -> ComposeResult:
        """What stands above the choices."""
        yield from ()

    @property
    def listed(self) -> Choices:
        """The choices."""
        return self.query_one(Choices)

    async def _on_key(self, event: events.Key) -> None:
        # Left to the app, an action is done after the key that follows it has come here.
        event.stop()
        event.prevent_default()
        if self._is_done:
            # What was typed on belongs to the screen below.
            self.app.post_message(events.Key(event.key, event.character))
            return
        place = KEYS.find(event.character) if event.character else -1
        if 0 <= place < len(self.listed.choices):
            self.action_choose(place)
            return
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            await self.run_action(binding.action)
            return
        event.stop(False)

    @abstractmethod
    def action_choose(self, place: int) -> None:
        """Choose by place."""

    def action_choose_here(self) -> None:
        """Choose what the cursor is on."""
        if self.listed.choices:
            self.action_choose(self.listed.cursor)

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.listed.go(self.listed.cursor + by)

    def action_edge(self, place: int) -> None:
        """Move the cursor to the first or the last choice."""
        self.listed.go(place % max(1, len(self.listed.choices)))

    def action_leave(self) -> None:
        """Leave everything as it is."""
        self.done(None)

    @on(Choices.Picked)
    def _picked(self, message: Choices.Picked) -> None:
        message.stop()
        self.action_choose(message.place)

    def done(self, chosen: T | None) -> None:
        """Give back what was chosen; keys that come now are for the screen below."""
        self._is_done = True
        self.dismiss(chosen)

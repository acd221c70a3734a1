"""A screen about all sessions: its keys come in order, and what others do meanwhile is shown."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual import events
from textual.screen import Screen

from fivewhys.screens.attempting import attempt
from fivewhys.screens.widgets.bars import HintRow
from fivewhys.screens.widgets.in_order import KeysInOrder

if TYPE_CHECKING:
    from fivewhys.app import FiveWhysApp
    from fivewhys.store.store import Store

WATCH_SECONDS = 0.3
"""How often to ask whether anybody else wrote to the history."""


class HistoryScreen(Screen[None]):
    """Reads again what others changed, or what was changed in a session that was opened here."""

    AUTO_FOCUS = ""

    def __init__(self, store: "Store") -> None:
        super().__init__()
        self.store = store
        self.keys_in_order = KeysInOrder(self)
        self.was_away = False
        """Whether the history may have changed meanwhile from here."""

    @property
    def program(self) -> "FiveWhysApp":
        """The program."""
        return cast("FiveWhysApp", self.app)

    def on_mount(self) -> None:
        """Follow what others do."""
        self.set_interval(WATCH_SECONDS, self._look_for_others)

    def on_screen_resume(self) -> None:
        """Coming back from a session shows what was done there."""
        if self.was_away:
            self.was_away = False
            self.came_back()

    async def _on_key(self, event: events.Key) -> None:
        self.keys_in_order.hold(event)

    def hint(self, words: str) -> None:
        """Say something in the reserved row."""
        self.query_one(HintRow).hint = words

    def tell_written(self, told: Sequence[str]) -> None:
        """Tell where something was written, then what was wrong, a sentence each."""
        self.query_one(HintRow).tell_file(told[0])
        for problem in told[1:]:
            self.notify(problem, severity="warning", timeout=15, markup=False)

    # -- reading

    @abstractmethod
    def read_again(self) -> None:
        """Read what is shown once more, without a word."""

    def came_back(self) -> None:
        """Show what may have changed while another screen was in front."""
        self.read_again()

    @property
    def is_reading(self) -> bool:
        """Whether something is being read that would only begin again."""
        return False

    def _look_for_others(self) -> None:
        def look() -> None:
            if self.app.screen is self and not self.is_reading and self.store.changed_elsewhere():
                self.read_again()

        attempt(self, look, self.hint, quietly=True)

    # -- keys

    def action_find(self) -> None:
        """Find words in everything that was written."""
        from fivewhys.screens.search import SearchScreen

        self.was_away = True
        self.app.push_screen(SearchScreen(self.store))

    def action_back(self) -> None:
        """Go back to where one came from."""
        self.dismiss()

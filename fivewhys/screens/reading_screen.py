"""A screen that shows what is found in the whole history: read in a thread, as soon as it is there.

What others do meanwhile is read again quietly. What is read and how it is shown is for whoever
builds on this.
"""

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fivewhys.screens import knowing
from fivewhys.screens.history_screen import HistoryScreen
from fivewhys.screens.long_read import LongRead, Stage, Tell
from fivewhys.screens.memories import Memory

if TYPE_CHECKING:
    from fivewhys.store.store import Store

TELL_SECONDS = 0.1
"""How often to tell how far the work is."""

LEFT = "Left. F5 looks again; what is not read yet is read meanwhile."


class ReadingScreen(HistoryScreen):
    """Reads, tells how far it is, and reads again what others changed."""

    def __init__(self, store: "Store") -> None:
        super().__init__(store)
        self._long = LongRead(self, self._failed)
        self._is_quiet = False
        """Whether something is shown already, so that reading again need not be seen."""
        self._why_not = ""
        """Why nothing more is read; it stays in sight until reading begins again."""

    @property
    def memory(self) -> Memory:
        """The memory of all sessions."""
        return knowing.memory_of(self.app)

    def on_mount(self) -> None:
        """Tell how far the work is."""
        self.set_interval(TELL_SECONDS, self.tell_stage)

    def on_unmount(self) -> None:
        """Nobody waits for it any more."""
        self._long.end()

    def begin_keys(self) -> None:
        """There is something to take keys: what was typed before that comes to it now.

        The app sends them: what the screen itself sends does not go from its widgets to the app,
        where bindings are done.
        """
        self.app.call_later(self.keys_in_order.begin)

    # -- reading

    @abstractmethod
    def begin(self, *, quietly: bool = False) -> None:
        """Look at the history as it is now."""

    @abstractmethod
    def show_stage(self, stage: Stage | None, said: str = "") -> None:
        """Show how far the work is, or, once nothing is read, a sentence where that is needed."""

    def read(
        self, read: Callable[[Tell], Any], take: Callable[[Any], None], *, quietly: bool = False
    ) -> None:
        """Do `read` in a thread, then `take` what it found."""
        self._is_quiet = quietly
        self._why_not = ""

        def taken(found: Any) -> None:
            take(found)
            self.tell_stage()

        self._long.begin(read, taken)
        self.tell_stage()

    @property
    def is_reading(self) -> bool:
        """Whether something is being read that people wait for."""
        return self._long.stage is not None and not self._is_quiet

    def tell_stage(self) -> None:
        """Show how far the work is now."""
        self.show_stage(self._long.stage if self.is_reading else None, self._why_not)

    def _failed(self, problem: str) -> None:
        self._why_not = problem
        self.hint(f"{problem} F5 looks again.")
        self.tell_stage()
        self.notify(problem, severity="error", timeout=15, markup=False)

    # -- keys

    def pause(self) -> None:
        """Let the reading of the history rest, or go on with it."""
        work = self.memory.work
        if work is None:
            self.hint("There is nothing to pause.")
        elif work.is_paused:
            self.memory.resume()
            self.hint("It goes on.")
        else:
            self.memory.pause()
            self.hint("Paused. Space goes on with it.")

    def leave_work(self) -> bool:
        """Wait no longer for what is being read; says whether anything was."""
        if not self.is_reading:
            return False
        self._long.end()
        self._why_not = LEFT
        self.tell_stage()
        self.hint(LEFT)
        return True

    def action_pause(self) -> None:
        """Pause the reading of the history, or go on with it."""
        self.pause()

    def action_leave_work(self) -> None:
        """Wait no longer for what is being read."""
        if not self.leave_work():
            self.hint("Nothing is being read now.")

    def action_again(self) -> None:
        """Look again."""
        self.hint("")
        self.begin()

"""The first row of a live session: it keeps the time of the meeting, once there is one."""

import time

from textual.message import Message

from fivewhys.screens.widgets.bars import TopBar


class MeetingBar(TopBar):
    """Counts the minutes from when the meeting begins, and says once that its time is over."""

    time_box: int | None = None
    """Minutes the meeting should take."""

    class TimeOver(Message):
        """The minutes of the time box have passed."""

        def __init__(self, minutes: int) -> None:
            super().__init__()
            self.minutes = minutes

    def __init__(self, *, waits: bool = False) -> None:
        """The meeting begins with it, or, where it `waits`, only once somebody says so."""
        super().__init__()
        self._waits = waits

    def on_mount(self) -> None:
        """The meeting begins, if it does not wait."""
        self._since = time.monotonic()
        self._told = False
        self.set_interval(1, self._tick)
        self.call_after_refresh(self._tick)

    def begin(self) -> None:
        """The meeting that was waited for begins."""
        self._waits = False
        self._since = time.monotonic()
        self._tick()

    def _tick(self) -> None:
        if self._waits:
            return
        minutes, seconds = divmod(int(time.monotonic() - self._since), 60)
        self.elapsed = f"{minutes:02}:{seconds:02}"
        box = self.time_box
        over = box is not None and minutes >= box
        self.limit = f" / {box} min{', over' if over else ''}" if box else ""
        if box is not None and over and not self._told:
            self._told = True
            self.post_message(self.TimeOver(box))

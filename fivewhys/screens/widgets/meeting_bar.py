"""The first row of a live session: it keeps the time of the meeting."""

import time

from textual.message import Message

from fivewhys.screens.widgets.bars import TopBar


class MeetingBar(TopBar):
    """Counts the minutes from when it is shown, and says once that the time box is over."""

    time_box: int | None = None
    """Minutes the meeting should take."""

    class TimeOver(Message):
        """The minutes of the time box have passed."""

        def __init__(self, minutes: int) -> None:
            super().__init__()
            self.minutes = minutes

    def on_mount(self) -> None:
        """The meeting begins."""
        self._since = time.monotonic()
        self._told = False
        self.set_interval(1, self._tick)
        self.call_after_refresh(self._tick)

    def _tick(self) -> None:
        minutes, seconds = divmod(int(time.monotonic() - self._since), 60)
        self.elapsed = f"{minutes:02}:{seconds:02}"
        box = self.time_box
        over = box is not None and minutes >= box
        self.limit = f" / {box} min{', over' if over else ''}" if box else ""
        if box is not None and over and not self._told:
            self._told = True
            self.post_message(self.TimeOver(box))

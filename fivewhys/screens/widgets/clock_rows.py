"""The clocks of a session, a row each: when, how long it took, in time or late, in words."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from rich.text import Text

from fivewhys.countermeasures.clocks import Clock, Clocks
from fivewhys.countermeasures.targets import Step
from fivewhys.screens.facts import moment_text
from fivewhys.screens.look import cut
from fivewhys.screens.widgets.bars import Drawn
from fivewhys.screens.widgets.form_parts import whole_day

_NAMES = {
    Step.ACKNOWLEDGED: "acknowledged",
    Step.ROOT_FOUND: "root found",
    Step.FIXED: "fixed",
    Step.TOLD: "told",
}

_WIDEST = 14


def span(time: timedelta) -> str:
    """How long in one unit that people think in.

    >>> span(timedelta(hours=5)), span(timedelta(days=3, hours=4))
    ('5 hours', '3 days')
    """
    if time < timedelta(hours=1):
        return "less than an hour"
    hours = int(time.total_seconds() // 3600)
    number, unit = (hours, "hour") if time < timedelta(days=2) else (time.days, "day")
    return f"{number} {unit}{'' if number == 1 else 's'}"


def told(clock: Clock) -> str:
    """How a clock stands, in words: when and after how long, or how long is left."""
    target = f", target {span(clock.target)}" if clock.target is not None else ""
    if clock.at is not None:
        day = clock.at.astimezone().date() if isinstance(clock.at, datetime) else clock.at
        verdict = "" if clock.target is None else ", late" if clock.is_late else ", in time"
        return f"{whole_day(day)}, after {span(clock.time)}{verdict}{target}"
    left = clock.left
    if left is None:
        return "not yet"
    if clock.is_late:
        return f"not yet, late by {span(-left)}{target}"
    return f"not yet, {span(left)} left{target}"


class ClockRows(Drawn):
    """Noticed, then the four clocks that run from there."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: Sequence[tuple[str, str, str, str]] = ()
        """Mark, name, words and colour of each."""

    def show(self, found: Clocks, clocks: Sequence[Clock]) -> None:
        """Show the clocks as they stand."""
        marks = self.marks
        if found.noticed is None:
            since = f"not said; counted from when the session began, {moment_text(found.opened)}"
        else:
            since = moment_text(found.noticed)
        rows = [(" ", "noticed", since, "text")]
        for clock in clocks:
            done = clock.at is not None
            mark = "!" if clock.is_late else marks.saved if done else marks.to_come
            colour = "bad" if clock.is_late else "good" if done else "text"
            rows.append((mark, _NAMES[clock.step], told(clock), colour))
        self._rows = rows
        self.refresh()

    def render(self) -> Text:
        palette, text = self.palette, Text(no_wrap=True)
        room = max(0, self.size.width - _WIDEST - 2)
        for place, (mark, name, words, colour) in enumerate(self._rows):
            text.append("\n" if place else "")
            text.append(f"{mark} ", palette.style(colour, bold=True))
            text.append(f"{name:<{_WIDEST}}", palette.style("quiet"))
            text.append(cut(words, room, self.marks.cut), palette.style(colour))
        return text


def now() -> datetime:
    """The moment."""
    return datetime.now(UTC)

"""All that is known of the follow-up's line under the cursor, as a text."""

from datetime import date

from rich.style import Style
from rich.text import Text

from fivewhys.countermeasures.days import DAYS_COUNTED, long_day, said
from fivewhys.models.follow_up import ActionLine, ToTell
from fivewhys.models.plan_words import (
    FINISHED,
    KIND_WORDS,
    MEANS_WORDS,
    PROGRESS_WORDS,
    STRENGTH_OF,
    Progress,
)
from fivewhys.screens.follow_lines import Line, overdue
from fivewhys.screens.look import shown
from fivewhys.screens.widgets.action_rows import when_in_words
from fivewhys.screens.widgets.bars import Drawn


def action_text(widget: Drawn, line: Line | None, today: date, *, is_short: bool) -> Text:
    """The words of a line in full; what does not fit into a few rows comes last.

    `is_short` leaves out what the row in the list says already.
    """
    text = Text(overflow="fold")
    if isinstance(line, ActionLine):
        _Teller(widget, text, today).tell(line, is_short=is_short)
    elif isinstance(line, ToTell):
        _Teller(widget, text, today).tell_session(line)
    text.rstrip()
    return text


class _Teller:
    def __init__(self, widget: Drawn, text: Text, today: date) -> None:
        palette = widget.palette
        self._text, self._today, self._bullet = text, today, widget.marks.bullet
        self._plain, self._quiet = palette.style("text"), palette.style("quiet")
        self._head = palette.style("quiet", bold=True)
        self._strong, self._bad = palette.style("text", bold=True), palette.style("bad", bold=True)

    def tell(self, line: ActionLine, *, is_short: bool) -> None:
        """A countermeasure."""
        self._row(line.text, self._strong)
        if is_short:
            self._row(f"for: {shown(line.cause)}", self._quiet)
        else:
            self._who_and_when(line)
        self._news(line)
        if is_short:
            self._row(f"{line.session} {line.problem}", self._quiet)
            return
        self._part("For the cause", line.cause)
        self._part(f"{line.session}, the problem", line.problem)
        told = [line.place, f"{line.severity.value} severity" if line.severity else ""]
        self._quietly(*told)
        self._part("What it is for", KIND_WORDS[line.kind])
        if line.means:
            self._quietly(f"{STRENGTH_OF[line.means].value}: {MEANS_WORDS[line.means]}")

    def tell_session(self, line: ToTell) -> None:
        """A session whose customers are to be told."""
        self._row(line.problem, self._strong)
        told = [line.session, line.site, line.department]
        told.append(f"{line.severity.value} severity" if line.severity else "")
        self._quietly(*told)
        noticed = line.noticed_at or line.opened_at
        word = "Noticed" if line.noticed_at else "Opened"
        self._row(f"{word} {self._day(noticed.astimezone().date())}", self._plain)
        if line.acknowledged_at:
            day = self._day(line.acknowledged_at.astimezone().date())
            self._row(f"Acknowledged {day}; not told yet what changes", self._plain)
        else:
            self._row("Its customers have not heard yet that it was seen", self._bad)

    def _who_and_when(self, line: ActionLine) -> None:
        told = [line.owner or "no owner", PROGRESS_WORDS[line.standing]]
        if line.progress in FINISHED and line.done_on:
            told.append(f"done {self._day(line.done_on)}")
        elif line.progress is not Progress.REJECTED:
            told.append(f"due {self._day(line.due)}" if line.due else "no date")
        self._text.append(f" {self._bullet} ".join(map(shown, told)), self._plain)
        is_late = line.check is None and overdue(line, self._today)
        late = f", {when_in_words(line, self._today)}" if is_late else ""
        self._text.append(f"{late}\n", self._bad)

    def _news(self, line: ActionLine) -> None:
        """What asks for a word: that it came back, why, the next check, what is not ready."""
        if line.back:
            place = f" ({shown(line.back.site)})" if line.back.site else ""
            day = self._day(line.back.on)
            self._row(f"Its cause came back in {line.back.name}{place}, {day}", self._bad)
        if line.reason:
            self._row(f"Reason: {line.reason}", self._plain)
        if line.next_check:
            is_late = line.next_check < self._today
            late = ", overdue" if is_late else ""
            day = self._day(line.next_check)
            self._row(f"Next check: {day}{late}", self._bad if is_late else self._plain)
        if line.not_ready and line.standing in (Progress.IN_PROGRESS, Progress.DONE):
            done = "Done, but its" if line.standing is Progress.DONE else "Its"
            self._row(f"{done} readiness list is not ticked off", self._plain)

    def _day(self, day: date) -> str:
        words = said(day, self._today)
        is_near = -DAYS_COUNTED <= (day - self._today).days <= 1
        return f"{words}, {long_day(day)}" if is_near else words

    def _part(self, title: str, words: str) -> None:
        self._text.append(f"\n{title}\n", self._head)
        self._row(words, self._plain)

    def _quietly(self, *told: str) -> None:
        words = f" {self._bullet} ".join(shown(word) for word in told if word)
        if words:
            self._row(words, self._quiet)

    def _row(self, words: str, style: Style) -> None:
        self._text.append(f"{shown(words)}\n", style)

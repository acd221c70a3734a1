"""A line of the follow-up as two rows of words: what and when, then who, how far, where and why.

No widgets: what stands in a row, and in how many cells.
"""

from datetime import date

from fivewhys.countermeasures.days import said
from fivewhys.models.follow_up import ActionLine, ToTell
from fivewhys.models.plan_words import FINISHED, PROGRESS_WORDS, Progress
from fivewhys.screens.follow_lines import Line, overdue, since_in_words
from fivewhys.screens.widgets.cells import Cell

NARROW = 70
"""Columns below which who and where get less room."""

LATE = "!"
"""Stands before what is overdue, beside the words that say so."""

_MARK = 2
"""Columns of the mark."""


def rows(line: Line, today: date, width: int) -> tuple[list[Cell], list[Cell]]:
    """The two rows of a line in `width` columns."""
    is_late = overdue(line, today)
    day = 24 if width >= NARROW else 19
    late = "bad" if is_late else "text"
    who = 14 if width < NARROW else min(24, width // 5)
    place = 16 if width < NARROW else min(32, width // 4)
    nobody = isinstance(line, ActionLine) and not line.owner
    first = [
        Cell(LATE if is_late else "", _MARK, "bad", gap=1),
        Cell(what(line), width - _MARK - day, is_bold=True, gap=1),
        Cell(when_in_words(line, today), day, late, is_bold=not is_late, gap=1),
    ]
    known = [
        Cell("", _MARK),
        Cell(who_in_words(line), who, "quiet" if nobody else "text", gap=1),
        Cell(state(line), 16, gap=1),
        Cell(where(line), place, "quiet", gap=1),
    ]
    rest = width - sum(cell.size for cell in known)
    return first, [*known, Cell(about(line), rest, "quiet", gap=1)]


def what(line: Line) -> str:
    """What is to be done: the countermeasure, or the problem that customers are to hear of."""
    return line.text if isinstance(line, ActionLine) else line.problem


def about(line: Line) -> str:
    """The cause that it is about."""
    return f"for: {line.cause}" if isinstance(line, ActionLine) else ""


def who_in_words(line: Line) -> str:
    """The owner; of a session, how bad it is."""
    if isinstance(line, ActionLine):
        return line.owner or "no owner"
    return line.severity.value if line.severity else ""


def where(line: Line) -> str:
    """The session and its place."""
    place = line.site or line.department
    return f"{line.session} {place}".rstrip()


def state(line: Line) -> str:
    """How far it is."""
    if isinstance(line, ToTell):
        return "acknowledged" if line.acknowledged_at else "not told yet"
    if line.standing is Progress.DONE and line.not_ready:
        return "done, unready"
    return PROGRESS_WORDS[line.standing]


def when_in_words(line: Line, today: date) -> str:
    """The day that matters: of what is late, for how long."""
    if isinstance(line, ToTell):
        return said((line.noticed_at or line.opened_at).astimezone().date(), today)
    if line.check is not None and line.next_check is not None:
        return _due("check", line.next_check, today)
    if line.progress is Progress.REJECTED:
        return ""
    if line.progress in FINISHED:
        return f"done {said(line.done_on, today)}" if line.done_on else "done"
    return _due("due", line.due, today) if line.due else "no date"


def _due(word: str, day: date, today: date) -> str:
    late = f"{since_in_words(day, today)} overdue"
    if day >= today:
        return f"{word} {said(day, today)}"
    return late if word == "due" else f"{word} {late}"

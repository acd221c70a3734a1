"""What a search found: which words, of what kind, and where they stand."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from fivewhys.models.past import Context, PastSession
from fivewhys.models.plan_words import Progress


class What(StrEnum):
    """The kinds of words that are found; the value is what people read."""

    PROBLEM = "problem"
    CAUSE = "cause"
    QUESTION = "question"
    REASON = "reason"
    EVIDENCE = "evidence"
    COUNTERMEASURE = "countermeasure"
    MEASURE = "measure"
    CHECK = "check"
    ACKNOWLEDGEMENT = "acknowledgement"
    CUSTOMER = "customer's words"
    FACT = "fact"
    NOTE = "note"
    READ_BACK = "read-back"
    PARKED = "parked idea"


@dataclass(frozen=True, slots=True)
class Found:
    """Words that a search found."""

    what: What
    id: UUID
    """The row that holds them."""
    text: str
    """All of the words, as they were written."""
    hits: tuple[tuple[int, int], ...]
    """Where in `text` what was asked for stands: from and to in characters, in order."""
    context: Context
    """The cause that they are of; what is of a whole session is with its problem."""
    progress: Progress | None = None
    """How far it is, of a countermeasure."""

    @property
    def session(self) -> PastSession:
        """The session that they were found in."""
        return self.context.session

    @property
    def is_out(self) -> bool:
        """Whether the cause was ruled out, or one above it."""
        return self.context.is_out


def excerpt(
    text: str, hits: tuple[tuple[int, int], ...], length: int
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """At most `length` characters of `text` around its first hit, as one line, and its hits.

    Where something is left out stands an ellipsis. Hits that are cut off are left out.
    """
    # A line's end and a space are one character each, so that the places stay.
    line = text.replace("\n", " ")
    first, last = hits[0] if hits else (0, 0)
    if len(line) <= length:
        return line, hits
    start = 0
    if last > length * 2 // 3:
        start = min(max(0, first - length // 3), len(line) - length + 1)
        start = _at_word(line, start, first)
    mark = "…" if start else ""
    end = start + length - len(mark)
    if end < len(line):
        end -= 1
        cut = line.rfind(" ", last, end + 1)
        end = cut if cut > last else end
    shown = mark + line[start:end] + ("…" if end < len(line) else "")
    by = len(mark) - start
    return shown, tuple((at + by, to + by) for at, to in hits if at >= start and to <= end)


def _at_word(line: str, start: int, before: int) -> int:
    """The beginning of the next word from `start` on, if there is one up to `before`."""
    space = line.find(" ", start, before)
    return space + 1 if space >= 0 and start else start

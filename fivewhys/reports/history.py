"""The history of a session in sentences: who did what when, with the wording before.

Each line of the journal becomes one entry. What an undo or a redo is about is told as it was done
first; what differs is told as it went. Where it is shown, and in which time zone, is for others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fivewhys.models.delta import ChangeKind
from fivewhys.models.history import Decided, RowStep, Step
from fivewhys.models.past import Sameness
from fivewhys.models.words import Kind
from fivewhys.reports.dates import time
from fivewhys.reports.history_columns import Detail, Moment, details
from fivewhys.reports.history_words import Names, deeds, named, quoted

NOBODY = "Somebody"
"""Who did it where no name was kept."""

MOST_DEEDS = 3
"""What one entry says in its sentence; the rest is in its details."""

MOST_PARTS = 60
"""Rows that one entry tells of in full: a branch of thousands can go at once."""


@dataclass(frozen=True, slots=True)
class Part:
    """One row of an entry: what was done to it, and what differs."""

    words: str
    details: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What one person did at one moment."""

    key: int | UUID
    """The line of the journal, or the decision."""
    at: datetime
    who: str
    """Empty where no name was kept."""
    kind: str
    """start, do, undo or redo; decision where somebody said whether two causes are the same."""
    words: str
    """The end of a sentence that begins with who did it."""
    tail: str
    """What stood there before, or stands there again; empty where it is about more than that."""
    parts: tuple[Part, ...]
    left_out: int
    """How many more rows it is about."""
    cause: UUID | None
    """The cause, or the problem, that it is about most."""
    causes: frozenset[UUID]
    """All that it is about."""

    @property
    def sentence(self) -> str:
        """Ines reworded the answer “…” — before: “…”, without a full stop."""
        told = f"{self.who or NOBODY} {self.words}"
        return f"{told} — {self.tail}" if self.tail else told


def entry(found: Step | Decided, moment: Moment = time) -> Entry:
    """What stands in the history, in sentences; `moment` says how times within it are told."""
    if isinstance(found, Decided):
        return _decision(found)
    change = found.change
    as_done = _as_done(found)
    told = [(row, deeds(row, found.names)) for row in as_done]
    parts = [
        Part(words[0], tuple(details(row, moment)))
        for row, (_, words) in zip(found.rows, told, strict=True)
        if words
    ]
    rows = [row for row, words in told if words]
    composed = _composed(rows, found.names)
    words = composed or _joined([one for _, words in told for one in words])
    if not words:
        words = _moved(found) or _unworded(change.kind, change.label)
    return Entry(
        key=change.seq,
        at=change.at,
        who=found.who,
        kind=change.kind.value,
        words=f"{_KINDS.get(change.kind, '')}{words}",
        # A sentence about several rows has in it what stood there before.
        tail="" if composed else _tail(parts, change.kind),
        parts=tuple(parts[:MOST_PARTS]),
        left_out=max(0, len(parts) - MOST_PARTS),
        cause=_main(rows or list(found.rows)),
        causes=found.causes,
    )


_KINDS = {ChangeKind.UNDO: "took back: ", ChangeKind.REDO: "did again: "}


def _as_done(step: Step) -> list[RowStep]:
    """The rows as they changed when it was done first."""
    if step.change.kind is ChangeKind.UNDO:
        return [row.inverse() for row in step.rows]
    return list(step.rows)


def _joined(found: Sequence[str]) -> str:
    """The first few deeds as one sentence, and how many more there are."""
    more = len(found) - MOST_DEEDS
    told = "; ".join(found[:MOST_DEEDS])
    return f"{told}; and {more:,} more" if more > 0 else told


def _moved(step: Step) -> str:
    """That answers only stand in another order."""
    causes = [row for row in step.rows if row.table == "cause"]
    if len(causes) == 1:
        return f"moved {named(step.names, causes[0].key)} among the answers beside it"
    parents = {row.now.get("parent_id") for row in causes}
    if len(parents) == 1:
        return f"put the answers to why of {named(step.names, parents.pop())} in another order"
    return ""


def _unworded(kind: ChangeKind, label: str) -> str:
    """What a line says that is about no row."""
    if kind is ChangeKind.START:
        return {
            "import": "brought the session in from a file",
            "history removed": "removed what the history said before",
        }.get(label, label)
    return label or "changed the session"


def _tail(parts: Sequence[Part], kind: ChangeKind) -> str:
    """What stood there before, or again, where the entry is about one thing that differs."""
    if not parts or len(parts[0].details) != 1:
        return ""
    only = parts[0].details[0]
    if not (only.before and only.after):
        return ""
    is_back = kind is ChangeKind.UNDO
    value = only.after if is_back else only.before
    return f"{'now again' if is_back else 'before'}: {quoted(value) if only.is_text else value}"


def _main(rows: Sequence[RowStep]) -> UUID | None:
    """The cause that somebody would look for: one that is there still, in the order of the rows."""
    found = [row for row in rows if row.cause]
    there = [row for row in found if row.after is not None]
    return next((row.cause for row in (there or found)), None)


# -- several rows that are one deed


def _composed(rows: Sequence[RowStep], names: Names) -> str:
    """The one deed that several rows are together; empty where they are none."""
    causes = [row for row in rows if row.table == "cause"]
    new = [row for row in causes if row.before is None]
    gone = [row for row in causes if row.after is None]
    if any(row.table == "why_session" and row.before is None for row in rows):
        problem = next((row for row in new if row.now.get("kind") is Kind.PROBLEM), None)
        about = f" with the problem {quoted(problem.now.get('text', ''))}" if problem else ""
        return f"started the session{about}"
    parked = [row for row in rows if row.table == "parked"]
    if len(new) == 1 and not gone:
        return _with_new(new[0], causes, parked, names)
    if gone and not new:
        return _without(gone, parked, names)
    return ""


def _with_new(
    new: RowStep, causes: Sequence[RowStep], parked: Sequence[RowStep], names: Names
) -> str:
    """A new cause that came of another, or of an idea that was kept aside."""
    text, above = quoted(new.now.get("text", "")), new.now.get("parent_id")
    reworded = next((row for row in causes if "text" in row.changed), None)
    if reworded is not None:
        old, kept = ((row or {}).get("text", "") for row in (reworded.before, reworded.after))
        way = "in two levels" if above == reworded.key else "in two"
        below = ", and below it " if above == reworded.key else " and "
        return f"split the answer {quoted(old)} {way}: {quoted(kept)}{below}{text}"
    under = next((row for row in causes if row.now.get("parent_id") == new.key), None)
    if under is not None and "parent_id" in under.changed:
        return f"put {text} between {named(names, under.key)} and {named(names, above)}"
    if any(row.after is None for row in parked):
        return f"took up the parked idea {text} as an answer to why of {named(names, above)}"
    return ""


def _without(gone: Sequence[RowStep], parked: Sequence[RowStep], names: Names) -> str:
    """Causes that left the tree: to the parked ideas, or as a branch."""
    keys = {row.key for row in gone}
    tops = [row for row in gone if row.now.get("parent_id") not in keys]
    if len(tops) != 1:
        return ""
    text = quoted(tops[0].now.get("text", ""))
    if any(row.before is None for row in parked):
        return f"parked the answer {text}"
    below = len(gone) - 1
    more = f" with the {below:,} below it" if below > 1 else " with the one below it"
    above = named(names, tops[0].now.get("parent_id"))
    return f"deleted the answer {text}{more if below else ''}, which stood under {above}"


# -- decisions on causes


_SAID = {
    Sameness.SAME: "said that {this} is the same cause as {other}",
    Sameness.DIFFERENT: "said that {this} is another cause than {other}",
    Sameness.SKIPPED: "left open for now whether {this} is the same cause as {other}",
    Sameness.OPEN: "took back what was said of {this} and {other}",
}


def _decision(found: Decided) -> Entry:
    decision = found.decision
    sameness = Sameness.OPEN if decision.takes_back else decision.sameness
    other = quoted(found.other_text) if found.other_text else "one that is gone"
    where = f" of {found.other_session}" if found.other_session else ""
    words = _SAID[sameness].format(this=quoted(found.text), other=f"{other}{where}")
    return Entry(
        key=decision.id,
        at=decision.decided_at,
        who=found.who,
        kind="decision",
        words=words,
        tail="",
        parts=(Part(words, ()),),
        left_out=0,
        cause=found.cause,
        causes=found.causes,
    )

"""Reads the archives that `fivewhys.reports.archive` writes.

An archive may come from anyone: every column is checked and cleaned before it becomes a value.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from fivewhys.imports import WHOLE, Unreadable, json_text
from fivewhys.imports.fields import Entry, Key, Moment, Numbered, checked
from fivewhys.imports.rows import (
    CauseEntry,
    CheckEntry,
    CountermeasureEntry,
    DecisionEntry,
    DismissalEntry,
    EvidenceEntry,
    LinkAnswerEntry,
    MeasureEntry,
    ParkedEntry,
    PersonEntry,
    RootCheckEntry,
    SessionEntry,
    entry_of_table,
    some_of_table,
)
from fivewhys.models.commands import Line
from fivewhys.models.delta import Change, ChangeKind, Operation, Row
from fivewhys.models.past import Decision
from fivewhys.models.tree import Record, Tree
from fivewhys.models.values import (
    Cause,
    Check,
    Countermeasure,
    Dismissal,
    Evidence,
    LinkAnswer,
    Measure,
    Parked,
    Person,
    RootCheck,
    WhySession,
    type_of_table,
)
from fivewhys.models.words import Kind

# The same as in `fivewhys.reports.archive`, which these readers must not know: a version that
# is written one day is read for ever.
FORMAT = "fivewhys-archive"
VERSION = 4

_NEW: dict[int, tuple[str, ...]] = {
    2: ("link_answers", "dismissals", "root_checks"),
    3: ("countermeasures", "measures", "checks"),
    4: ("decisions",),
}
"""The lists of a session that came with each version: older archives do not have them."""


class OperationEntry(Entry):
    """One row before and after a change."""

    table: str
    key: Key
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class ChangeEntry(Entry):
    """One line of the history."""

    seq: Numbered
    at: Moment
    actor: Line
    kind: ChangeKind
    label: Line
    undoes: Numbered | None
    operations: list[OperationEntry]


class RecordEntry(Entry):
    """One session with all that belongs to it."""

    session: SessionEntry
    causes: list[CauseEntry]
    evidence: list[EvidenceEntry]
    parked: list[ParkedEntry]
    people: list[PersonEntry]
    link_answers: list[LinkAnswerEntry]
    dismissals: list[DismissalEntry]
    root_checks: list[RootCheckEntry]
    countermeasures: list[CountermeasureEntry]
    measures: list[MeasureEntry]
    checks: list[CheckEntry]
    decisions: list[DecisionEntry]
    history: list[ChangeEntry]


class ArchiveEntry(Entry):
    """A whole archive, its sessions not yet looked into."""

    format: str
    version: int
    sessions: list[Any]


def read(text: str) -> list[Record]:
    """The sessions of an archive, in its order. Raises `Unreadable` for anything else."""
    return records(json_text.parse(text))


def is_archive(data: object) -> bool:
    """Whether `data` says that it is an archive, of whatever version."""
    return isinstance(data, dict) and ("format" in data or "sessions" in data)


def records(data: object) -> list[Record]:
    """The sessions of an archive that was read from JSON. Raises `Unreadable`."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise Unreadable(
            f"{WHOLE} is no Five Whys archive: its “format” is not “{FORMAT}”. "
            "Choose a file that Five Whys wrote as an archive."
        )
    version = data.get("version")
    if type(version) is not int or version < 1:
        raise Unreadable(f"{WHOLE} is an archive that does not say its version. Export it again.")
    if version > VERSION:
        raise Unreadable(
            f"{WHOLE} is an archive of a newer Five Whys than this one, which reads archives up to "
            f"version {VERSION}. Update Five Whys, then bring it in again."
        )
    found = []
    known: dict[str, set[UUID]] = {table: set() for table in type_of_table}
    decided: dict[UUID, Decision] = {}
    for place, item in enumerate(checked(ArchiveEntry, data, WHOLE).sessions, 1):
        where = f"Session {place}"
        entry = checked(RecordEntry, _with_new_lists(item, version), where)
        _check_keys(entry, known, where)
        record = Record(_tree(entry, where), _history(entry, where))
        found.append(replace(record, decisions=_decisions(entry, record, decided, where)))
    return found


def _with_new_lists(item: Any, version: int) -> Any:
    """A session of an archive of `version` with empty lists for what came later."""
    if not isinstance(item, dict):
        return item
    newer: dict[str, list[Any]] = {
        name: [] for since, names in _NEW.items() if since > version for name in names
    }
    return {**newer, **item}


def _check_keys(entry: RecordEntry, known: dict[str, set[UUID]], where: str) -> None:
    """Every key is there once in the archive, and every row belongs to its session."""
    rows: list[tuple[str, Sequence[Any]]] = [
        ("why_session", [entry.session]),
        ("cause", entry.causes),
        ("evidence", entry.evidence),
        ("parked", entry.parked),
        ("person", entry.people),
        ("link_answer", entry.link_answers),
        ("dismissal", entry.dismissals),
        ("root_check", entry.root_checks),
        ("countermeasure", entry.countermeasures),
        ("measure", entry.measures),
        ("measure_check", entry.checks),
    ]
    problem = next((cause.id for cause in entry.causes if cause.kind is Kind.PROBLEM), None)
    for table, entries in rows:
        for place, row in enumerate(entries, 1):
            at = f"{where}, {_NAMES[table]} {place}" if table != "why_session" else where
            if row.id in known[table]:
                raise _wrong(at, f"the key {row.id} is in this archive twice")
            known[table].add(row.id)
            if table != "why_session" and row.session_id != entry.session.id:
                raise _wrong(at, "it belongs to another session")
            if table in ("link_answer", "root_check") and row.cause_id == problem:
                raise _wrong(at, "it is about the problem itself, where it should be about a cause")


def _tree(entry: RecordEntry, where: str) -> Tree:
    try:
        return Tree.of(
            WhySession(**dict(entry.session)),
            [Cause(**dict(row)) for row in entry.causes],
            [Evidence(**dict(row)) for row in entry.evidence],
            [Parked(**dict(row)) for row in entry.parked],
            [Person(**dict(row)) for row in entry.people],
            seq=entry.history[-1].seq if entry.history else 0,
            link_answers=[LinkAnswer(**dict(row)) for row in entry.link_answers],
            dismissals=[Dismissal(**dict(row)) for row in entry.dismissals],
            root_checks=[RootCheck(**dict(row)) for row in entry.root_checks],
            countermeasures=[Countermeasure(**dict(row)) for row in entry.countermeasures],
            measures=[Measure(**dict(row)) for row in entry.measures],
            checks=[Check(**dict(row)) for row in entry.checks],
        )
    except ValueError as error:
        raise _wrong(where, str(error)) from error


def _decisions(
    entry: RecordEntry, record: Record, known: dict[UUID, Decision], where: str
) -> tuple[Decision, ...]:
    """The decisions on a session's causes. `known` gathers all: one can be in two sessions."""
    causes = record.causes_ever
    decisions = tuple(Decision(**dict(row)) for row in entry.decisions)
    for place, decision in enumerate(decisions, 1):
        at = f"{where}, decision {place}"
        if not causes & {decision.a, decision.b}:
            raise _wrong(at, "it is about causes of other sessions")
        if known.setdefault(decision.id, decision) != decision:
            raise _wrong(at, f"the key {decision.id} is in this archive twice")
    if len({decision.id for decision in decisions}) < len(decisions):
        raise _wrong(where, "a decision is in it twice")
    return decisions


def _history(entry: RecordEntry, where: str) -> tuple[Change, ...]:
    changes = []
    known: set[int] = set()
    last = 0
    for place, line in enumerate(entry.history, 1):
        at = f"{where}, history line {place}"
        if line.seq <= last:
            raise _wrong(at, "the lines of a history are numbered upwards, each number once")
        if line.undoes is not None and line.undoes not in known:
            raise _wrong(at, "it takes back a line that does not come before it")
        last = line.seq
        known.add(last)
        operations = tuple(
            _operation(operation, entry.session.id, f"{at}, change {number}")
            for number, operation in enumerate(line.operations, 1)
        )
        changes.append(
            Change(line.seq, line.at, line.actor, line.kind, line.label, line.undoes, operations)
        )
    return tuple(changes)


def _operation(entry: OperationEntry, session: UUID, where: str) -> Operation:
    table = entry.table
    if table not in entry_of_table:
        raise _wrong(where, f"there is no table “{table[:40]}”")
    before, after = entry.before, entry.after
    if before is None and after is None:
        raise _wrong(where, "it has neither a before nor an after")
    whole = before is None or after is None
    if not whole and set(before or {}) != set(after or {}):
        raise _wrong(where, "its before and after name different columns")
    operation = Operation(
        table, entry.key, _row(table, before, whole, where), _row(table, after, whole, where)
    )
    for row in (operation.before, operation.after):
        if row is not None and row.get("id", entry.key) != entry.key:
            raise _wrong(where, "its key is not that of its row")
        if row is not None and row.get("session_id", session) != session:
            raise _wrong(where, "it belongs to another session")
    if table == "why_session" and entry.key != session:
        raise _wrong(where, "it belongs to another session")
    return operation


def _row(table: str, raw: dict[str, Any] | None, whole: bool, where: str) -> Row | None:
    """The columns of `raw`, checked, in their order; `whole` says that all must be there."""
    if raw is None:
        return None
    models = entry_of_table if whole else cast("dict[str, type[Entry]]", some_of_table)
    entry = checked(models[table], raw, where)
    return {name: getattr(entry, name) for name in raw}


_NAMES = {
    "cause": "cause",
    "evidence": "evidence",
    "parked": "parked idea",
    "person": "person",
    "link_answer": "read-back answer",
    "dismissal": "dismissed prompt",
    "root_check": "ticked point",
    "countermeasure": "countermeasure",
    "measure": "measure",
    "measure_check": "check",
}


def _wrong(where: str, what: str) -> Unreadable:
    return Unreadable(f"{where}: {what}. Correct it in the file, or export it again.")

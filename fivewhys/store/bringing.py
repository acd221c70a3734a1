"""Bringing sessions in from elsewhere, as they are, and taking them away for good."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import DataError, IntegrityError

from fivewhys.models.commands import Moment
from fivewhys.models.delta import Change, ChangeKind, Operation, inserted, to_json
from fivewhys.models.tables import change_table, counter_table, draft_table, tables
from fivewhys.models.tree import Record, Tree, start
from fivewhys.store import reading
from fivewhys.store.problems import StoreProblem
from fivewhys.store.writing import write


class Outcome(StrEnum):
    """What became of a session that was brought in."""

    ADDED = "added"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Brought:
    """One session of an import."""

    outcome: Outcome
    number: int
    problem: str


def bring_in(
    db: Connection,
    records: Sequence[Record],
    moment: Moment,
    *,
    copies: bool,
    next_number: Callable[[], int],
    progress: Callable[[int], None] | None,
) -> list[Brought]:
    """Add `records` inside the caller's transaction. See `Store.bring_in`."""
    brought = []
    for done, incoming in enumerate(records):
        record = _copy(incoming, moment) if copies else incoming
        known = reading.tree(db, record.tree.session.id)
        if known is not None:
            _see_that_it_is_the_same(known, record)
            brought.append(Brought(Outcome.KNOWN, known.session.number, known.problem.text))
        else:
            try:
                number = _number(db, record.tree.session.number, next_number)
                _add(db, record, number, moment)
            except (IntegrityError, DataError, OverflowError) as error:
                name = record.tree.problem.text[:60] or record.tree.session.name
                raise StoreProblem(
                    f"“{name}” does not fit together. Nothing was imported."
                ) from error
            brought.append(Brought(Outcome.ADDED, number, record.tree.problem.text))
        if progress:
            progress(done + 1)
    return brought


def portable(record: Record) -> Record:
    """The record with its history's lines counted from 1, whatever database they come from."""
    places = {change.seq: place for place, change in enumerate(record.history, 1)}
    history = tuple(
        replace(
            change,
            seq=places[change.seq],
            undoes=None if change.undoes is None else places.get(change.undoes),
        )
        for change in record.history
    )
    return Record(replace(record.tree, seq=len(history)), history)


def remove(db: Connection, session_id: UUID) -> None:
    """Remove a session with its words, history and drafts."""
    session, cause = tables["why_session"], tables["cause"]
    for table in (change_table, tables["evidence"], tables["parked"], tables["person"]):
        db.execute(delete(table).where(table.c.session_id == session_id))
    db.execute(delete(draft_table).where(draft_table.c.place.startswith(str(session_id))))
    # The tree goes from its leaves, because a parent is never removed before its children.
    tree = reading.tree(db, session_id)
    nodes = list(tree.walk()) if tree else []
    for node, _ in reversed(nodes):
        db.execute(delete(cause).where(cause.c.id == node.id))
    db.execute(delete(session).where(session.c.id == session_id))


def _see_that_it_is_the_same(known: Tree, incoming: Record) -> None:
    name = known.session.name
    if known.session.deleted_at is not None:
        raise StoreProblem(
            f"{name} “{known.problem.text[:60]}” was deleted here. Bring it back in the library "
            "with u, or import it as a copy with --copy. Nothing was imported."
        )
    if not incoming.history:
        # It came from another program's file, which says nothing of what was done to it here.
        return
    session = replace(incoming.tree.session, number=known.session.number)
    if replace(incoming.tree, session=session, seq=known.seq) != known:
        raise StoreProblem(
            f"{name} “{known.problem.text[:60]}” is here already and differs from the file. "
            "Import it as a copy with --copy. Nothing was imported."
        )


def _number(db: Connection, wanted: int, next_number: Callable[[], int]) -> int:
    """The wanted number where it is free, else the next one."""
    session = tables["why_session"]
    used = select(func.count()).where(session.c.number == wanted)
    if wanted < 1 or db.execute(used).scalar_one():
        return next_number()
    db.execute(
        update(counter_table)
        .where(counter_table.c.name == "session", counter_table.c.value < wanted)
        .values(value=wanted)
    )
    return wanted


def _add(db: Connection, record: Record, number: int, moment: Moment) -> None:
    tree = record.tree
    session = replace(tree.session, number=number)
    write(db, _rows(replace(tree, session=session)))
    if not record.history:
        first = Change(1, moment.now, moment.actor, ChangeKind.START, "import", None, ())
        record = replace(record, history=(first,))
    new_seq: dict[int, int] = {}
    for change in record.history:
        row: dict[str, Any] = {
            "session_id": session.id,
            "at": change.at,
            "actor": change.actor,
            "kind": change.kind,
            "label": change.label,
            "undoes": None if change.undoes is None else new_seq.get(change.undoes),
            "operations": to_json(change.operations),
        }
        query = insert(change_table).values(row).returning(change_table.c.seq)
        new_seq[change.seq] = db.execute(query).scalar_one()


def _rows(tree: Tree) -> Iterable[Operation]:
    yield inserted(tree.session)
    for node, _ in tree.walk():
        yield inserted(node)
    for items in tree.evidence_of.values():
        yield from map(inserted, items)
    yield from map(inserted, tree.parked)
    yield from map(inserted, tree.people)


def _copy(record: Record, moment: Moment) -> Record:
    """The same session under new keys, to stand beside the first."""
    new: dict[UUID, UUID] = {}

    def renewed(operation: Operation) -> Operation:
        return Operation(
            operation.table,
            new.setdefault(operation.key, moment.new_key()),
            _renewed(operation.before),
            _renewed(operation.after),
        )

    def _renewed(row: Any) -> Any:
        if row is None:
            return None
        return {
            name: new.setdefault(value, moment.new_key()) if isinstance(value, UUID) else value
            for name, value in row.items()
        }

    tree = start([renewed(operation) for operation in _rows(record.tree)], record.tree.seq)
    history = tuple(
        replace(change, operations=tuple(renewed(operation) for operation in change.operations))
        for change in record.history
    )
    session = replace(tree.session, number=0)
    return Record(replace(tree, session=session), history)

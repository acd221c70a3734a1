"""Bringing sessions in from elsewhere, as they are."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, IntegrityError

from fivewhys.models.commands import FARTHEST, Moment
from fivewhys.models.delta import Change, ChangeKind, Operation, inserted
from fivewhys.models.past import Decision
from fivewhys.models.tree import Record, Tree, start
from fivewhys.store import deciding, journal, reading
from fivewhys.store.numbering import number_like
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
    progress: Callable[[int], None] | None,
) -> list[Brought]:
    """Add `records` inside the caller's transaction. See `Store.bring_in`."""
    brought = []
    new_keys: dict[UUID, UUID] = {}
    for done, incoming in enumerate(records):
        record = _copy(incoming, moment, new_keys) if copies else incoming
        known = reading.tree(db, record.tree.session.id)
        if known is not None:
            _see_that_it_is_the_same(known, record)
            brought.append(Brought(Outcome.KNOWN, known.session.number, known.problem.text))
        else:
            _see_that_there_is_room(record)
            try:
                number = number_like(db, record.tree.session.number)
                _add(db, record, number, moment)
            except (IntegrityError, DataError, OverflowError) as error:
                raise StoreProblem(
                    f"“{_name(record)}” does not fit together. Nothing was imported."
                ) from error
            brought.append(Brought(Outcome.ADDED, number, record.tree.problem.text))
        if progress:
            progress(done + 1)
    decisions = (decision for record in records for decision in record.decisions)
    deciding.bring_in(db, _copied(decisions, moment, new_keys) if copies else decisions)
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
    return replace(record, tree=replace(record.tree, seq=len(history)), history=history)


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


def _see_that_there_is_room(record: Record) -> None:
    """No number or position is so far out that nothing could come after it, not even by undo."""
    operations = chain(_rows(record.tree), *(change.operations for change in record.history))
    for operation in operations:
        for row in (operation.before or {}, operation.after or {}):
            if any(abs(row.get(name) or 0) > FARTHEST for name in ("number", "position")):
                raise StoreProblem(
                    f"“{_name(record)}” has a number or a position beyond {FARTHEST:,}, which "
                    "leaves no room for what comes after. Nothing was imported."
                )


def _name(record: Record) -> str:
    return record.tree.problem.text[:60] or record.tree.session.name


def _add(db: Connection, record: Record, number: int, moment: Moment) -> None:
    tree = record.tree
    session = replace(tree.session, number=number)
    write(db, _rows(replace(tree, session=session)))
    if not record.history:
        first = Change(1, moment.now, moment.actor, ChangeKind.START, "import", None, ())
        record = replace(record, history=(first,))
    new_seq: dict[int, int] = {}
    for change in record.history:
        undoes = None if change.undoes is None else new_seq.get(change.undoes)
        new_seq[change.seq] = journal.add(db, session.id, replace(change, undoes=undoes))


def _rows(tree: Tree) -> Iterable[Operation]:
    yield inserted(tree.session)
    for node, _ in tree.walk():
        yield inserted(node)
    # All rows of a table together: they go to the database in one statement.
    for hanging in tree.hanging:
        for items in hanging.values():
            yield from map(inserted, items)
    yield from map(inserted, tree.parked)
    yield from map(inserted, tree.people)


def _copied(
    decisions: Iterable[Decision], moment: Moment, new: Mapping[UUID, UUID]
) -> Iterator[Decision]:
    """The same decisions on the copies of causes, whose keys are in `new`, each once."""
    ids: dict[UUID, UUID] = {}
    for decision in decisions:
        if decision.id in ids:
            continue
        ids[decision.id] = moment.new_key()
        a, b = sorted(new.get(key, key) for key in (decision.a, decision.b))
        back = decision.takes_back
        yield replace(decision, id=ids[decision.id], a=a, b=b, takes_back=back and ids.get(back))


def _copy(record: Record, moment: Moment, new: dict[UUID, UUID]) -> Record:
    """The same session under new keys, which are added to `new`, to stand beside the first."""

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

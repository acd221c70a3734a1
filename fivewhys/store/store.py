"""The store: the one write path, undo and redo, and the reads that screens and commands need."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock, RLock
from typing import Any
from uuid import UUID

import uuid_utils.compat
from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from fivewhys.models.commands import Command, Moment, StartSession
from fivewhys.models.delta import Change, ChangeKind, Operation, inverse, to_json
from fivewhys.models.tables import change_table, counter_table, draft_table, tables
from fivewhys.models.tree import Record, Tree, start
from fivewhys.models.values import SessionLine
from fivewhys.store import bringing, engine, reading, schema
from fivewhys.store.bringing import Brought
from fivewhys.store.engine import connect, shown, url_of
from fivewhys.store.problems import Conflict, StoreProblem, plainly
from fivewhys.store.watching import Watch
from fivewhys.store.writing import write

_GONE = "This session is no longer there. Somebody has removed it for good."


def utc_now() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo or redo did."""

    tree: Tree
    label: str


class Store:
    """Sessions in one database. Safe to use from several threads; each call is one transaction.

    `database` is a file or an address; `actor` is the person whose changes these are. Every method
    raises `StoreProblem` with a sentence for the person where the database cannot do it.
    """

    def __init__(
        self,
        database: str | Path,
        actor: str,
        now: Callable[[], datetime] = utc_now,
        new_key: Callable[[], UUID] = uuid_utils.compat.uuid7,
    ) -> None:
        self.actor = actor
        self._now = now
        self._new_key = new_key
        with plainly(str(database)):
            self.url = url_of(database)
            self.where = shown(self.url)
            schema.ready(self.url)
            self._engine = connect(self.url)
            # One connection writes: several writers in a process can meet a rare bug of SQLite.
            self._writer = self._engine.connect()
        # A tree is read by several queries, which must all see the same state.
        self._one_state: dict[str, Any] = {"readonly": True}
        if self.url.get_backend_name() != "sqlite":
            self._one_state = {"isolation_level": "REPEATABLE READ"}
        self._lock = RLock()
        self._watch_lock = Lock()
        self._watch: Watch | None = None

    def close(self) -> None:
        """Let go of the database."""
        if self._watch:
            self._watch.close()
        self._writer.close()
        self._engine.dispose()

    # -- reading

    def library(
        self, search: str = "", before: int | None = None, limit: int = 50
    ) -> list[SessionLine]:
        """Sessions, newest first, that hold every word of `search`; numbers below `before` only."""
        with self._reading() as db:
            return reading.library(db, search, before, limit)

    def tree(self, session_id: UUID) -> Tree:
        """The whole tree of a session."""
        with self._reading() as db:
            tree = reading.tree(db, session_id)
        if tree is None:
            raise StoreProblem(_GONE)
        return tree

    def numbered(self, number: int) -> Tree:
        """The tree of S-`number`, deleted sessions left out."""
        session = tables["why_session"]
        query = select(session.c.id).where(
            session.c.number == number, session.c.deleted_at.is_(None)
        )
        key = None
        if number <= reading.LARGEST_NUMBER:
            with self._reading() as db:
                key = db.execute(query).scalar_one_or_none()
        if key is None:
            raise StoreProblem(f"There is no session S-{number} in {self.where}.")
        return self.tree(key)

    def history(self, session_id: UUID) -> list[Change]:
        """Who did what when in a session, oldest first."""
        with self._reading() as db:
            return reading.changes(db, session_id)

    def record(self, session_id: UUID) -> Record:
        """A session with its history, as an archive holds it (its lines counted from 1)."""
        return bringing.portable(Record(self.tree(session_id), tuple(self.history(session_id))))

    def suggestions(self, column: str) -> list[str]:
        """Earlier values of a fact (or of a person's `name` or `role`), the most used first."""
        with self._reading() as db:
            return reading.suggestions(db, column)

    def last_deleted(self) -> UUID | None:
        """The session that was deleted last, if one is still to be brought back."""
        session = tables["why_session"]
        query = (
            select(session.c.id)
            .where(session.c.deleted_at.is_not(None))
            .order_by(session.c.deleted_at.desc())
            .limit(1)
        )
        with self._reading() as db:
            return db.execute(query).scalar_one_or_none()

    def version(self) -> int:
        """The number of the database's schema."""
        with self._reading() as db:
            return schema.version_of(db)

    def counts(self) -> tuple[int, int]:
        """How many sessions and causes there are, deleted sessions included."""
        session, cause = tables["why_session"], tables["cause"]
        with self._reading() as db:
            sessions = db.execute(select(func.count()).select_from(session)).scalar_one()
            nodes = db.execute(select(func.count()).select_from(cause)).scalar_one()
        return sessions, nodes - sessions

    # -- writing

    def start(self, command: StartSession) -> Tree:
        """Begin a session."""
        with self._writing() as db:
            operations = command.plan(self._moment(self._next_number(db)))
            write(db, operations)
            # The session's own row comes first.
            session_id = operations[0].key
            seq = self._line(db, session_id, operations, ChangeKind.START, "start the session")
        return start(operations, seq)

    def apply(self, tree: Tree, command: Command) -> Tree:
        """Do `command` to the session of `tree`, as it is now, and return the tree after it.

        `touched` of the result holds what others changed since `tree` as well. Raises
        `fivewhys.models.commands.Refused` where the command does not fit the tree.
        """
        with self._writing(tree.session.id) as db:
            current = self._caught_up(db, tree)
            operations = command.plan(current, self._moment())
            if not operations:
                return current
            write(db, operations)
            label = command.label(current)
            seq = self._line(db, tree.session.id, operations, ChangeKind.DO, label)
        return _after(tree, current, operations, seq)

    def undo(self, tree: Tree) -> Undone | None:
        """Take back the last thing this person did in the session; None where there is nothing.

        Raises `Conflict` where somebody else has changed the same rows since.
        """
        return self._take_back(tree, ChangeKind.UNDO)

    def redo(self, tree: Tree) -> Undone | None:
        """Do again what this person's last undo took back; None where there is nothing."""
        return self._take_back(tree, ChangeKind.REDO)

    def refresh(self, tree: Tree) -> Tree:
        """The tree with what others have done since; the same object where that is nothing.

        Raises `StoreProblem` where the session was removed for good.
        """
        session = tables["why_session"]
        with self._reading() as db:
            current = self._caught_up(db, tree)
            if (
                current is tree
                and not db.execute(
                    select(session.c.id).where(session.c.id == tree.session.id)
                ).first()
            ):
                raise StoreProblem(_GONE)
            return current

    def bring_in(
        self,
        records: Sequence[Record],
        *,
        copies: bool = False,
        progress: Callable[[int], None] | None = None,
    ) -> list[Brought]:
        """Add sessions from an archive or another reader: all of them or, on any problem, none.

        A session that is here already, unchanged, is recognised and skipped; one that differs is
        refused, unless `copies` asks for new sessions. `progress` hears how many are done and may
        raise to cancel.
        """
        with self._writing() as db:
            return bringing.bring_in(
                db,
                records,
                self._moment(),
                copies=copies,
                next_number=lambda: self._next_number(db),
                progress=progress,
            )

    def purge_deleted(self) -> int:
        """Remove deleted sessions for good, words and history; returns how many they were."""
        session = tables["why_session"]
        with self._writing() as db:
            keys = list(
                db.execute(select(session.c.id).where(session.c.deleted_at.is_not(None))).scalars()
            )
            for key in keys:
                bringing.remove(db, key)
        self._give_space_back()
        return len(keys)

    def purge_history(self, session_id: UUID) -> int:
        """Forget a session's former wordings and its undo; returns how many lines went."""
        with self._writing(session_id) as db:
            gone = db.execute(
                delete(change_table).where(change_table.c.session_id == session_id)
            ).rowcount
            self._line(db, session_id, [], ChangeKind.START, "history removed")
        self._give_space_back()
        return gone

    def back_up(self) -> None:
        """Copy the file into `backups` beside it, once a day; the last copies are kept.

        Does nothing on a server, whose keeper does that.
        """
        if self.url.get_backend_name() == "sqlite" and self.url.database:
            with plainly(self.where):
                schema.back_up(Path(self.url.database))

    # -- drafts

    def save_draft(self, place: str, text: str) -> None:
        """Keep typed text that is not an answer yet; an empty text forgets it."""
        row = {"actor": self.actor, "place": place, "text": text, "at": self._now()}
        with self._writing() as db:
            db.execute(
                delete(draft_table).where(
                    draft_table.c.actor == self.actor, draft_table.c.place == place
                )
            )
            if text:
                db.execute(insert(draft_table).values(row))

    def drafts(self, prefix: str) -> dict[str, str]:
        """This person's drafts at places that begin with `prefix`."""
        query = select(draft_table.c.place, draft_table.c.text).where(
            draft_table.c.actor == self.actor,
            draft_table.c.place.startswith(prefix, autoescape=True),
        )
        with self._reading() as db:
            return {row.place: row.text for row in db.execute(query)}

    # -- what others do

    def changed_elsewhere(self) -> bool:
        """Whether another program wrote to this database since the last call (about 0.1 ms).

        The first call says yes: nobody was watching before.
        """
        with plainly(self.where), self._watch_lock:
            if self._watch is None:
                self._watch = Watch(self.url)
                return True
            return self._watch.changed()

    # -- inside

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with plainly(self.where), self._engine.connect() as connection:
            db = connection.execution_options(**self._one_state)
            with db.begin():
                yield db

    @contextmanager
    def _writing(self, session_id: UUID | None = None) -> Iterator[Connection]:
        with plainly(self.where), self._alone():
            try:
                with self._writer.begin():
                    if session_id is not None:
                        self._hold(session_id)
                    yield self._writer
                    if self.url.get_backend_name() != "sqlite":
                        self._writer.exec_driver_sql("NOTIFY fivewhys")
            except IntegrityError as error:
                raise Conflict(
                    "Somebody has built on this since, so it stays as it is. Nothing was done."
                ) from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Wait for another thread that writes no longer than for another program."""
        if not self._lock.acquire(timeout=engine.BUSY_MILLISECONDS / 1000):
            raise StoreProblem(
                f"Something else is still being written to {self.where}. This was not saved; try "
                "again in a moment."
            )
        try:
            yield
        finally:
            self._lock.release()

    def _hold(self, session_id: UUID) -> None:
        """Take the session's row, so that its journal's lines are numbered in commit order."""
        session = tables["why_session"]
        query = select(session.c.id).where(session.c.id == session_id).with_for_update()
        if self._writer.execute(query).first() is None:
            raise StoreProblem(_GONE)

    def _moment(self, number: int = 0) -> Moment:
        return Moment(self._now(), self.actor, self._new_key, number)

    def _next_number(self, db: Connection) -> int:
        query = (
            update(counter_table)
            .where(counter_table.c.name == "session")
            .values(value=counter_table.c.value + 1)
            .returning(counter_table.c.value)
        )
        return int(db.execute(query).scalar_one())

    def _caught_up(self, db: Connection, tree: Tree) -> Tree:
        since = reading.changes(db, tree.session.id, after=tree.seq)
        if not since:
            return tree
        if any(change.kind is ChangeKind.START for change in since):
            # The history was removed meanwhile, and with it the lines that `tree` has not seen.
            whole = reading.tree(db, tree.session.id)
            assert whole is not None
            return replace(whole, touched=frozenset(whole.causes))
        operations = [operation for change in since for operation in change.operations]
        return tree.with_operations(operations, since[-1].seq)

    def _take_back(self, tree: Tree, kind: ChangeKind) -> Undone | None:
        find = reading.to_undo if kind is ChangeKind.UNDO else reading.to_redo
        with self._writing(tree.session.id) as db:
            current = self._caught_up(db, tree)
            target = find(db, tree.session.id, self.actor)
            if target is None:
                return None
            self._see_that_nobody_else_went_on(db, tree.session.id, target)
            operations = inverse(target.operations)
            write(db, operations)
            seq = self._line(db, tree.session.id, operations, kind, target.label, target.seq)
            after = _after(tree, current, operations, seq)
            _see_that_no_circle_closes(after, operations)
        return Undone(after, target.label)

    def _see_that_nobody_else_went_on(
        self, db: Connection, session_id: UUID, target: Change
    ) -> None:
        rows = {(operation.table, operation.key) for operation in target.operations}
        for change in reading.changes(db, session_id, after=target.seq, besides=self.actor):
            if any((operation.table, operation.key) in rows for operation in change.operations):
                raise Conflict(
                    f"{change.actor or 'Somebody else'} has changed this since "
                    f"({change.label}), so it stays as it is. Nothing was done."
                )

    def _line(
        self,
        db: Connection,
        session_id: UUID,
        operations: list[Operation],
        kind: ChangeKind,
        label: str,
        undoes: int | None = None,
    ) -> int:
        """Write a line of the journal; returns its number."""
        row = {
            "session_id": session_id,
            "at": self._now(),
            "actor": self.actor,
            "kind": kind,
            "label": label,
            "undoes": undoes,
            "operations": to_json(operations),
        }
        query = insert(change_table).values(row).returning(change_table.c.seq)
        return int(db.execute(query).scalar_one())

    def _give_space_back(self) -> None:
        """Purged words must not stay in unused pages of a file."""
        if self.url.get_backend_name() != "sqlite":
            return
        with plainly(self.where), self._lock:
            driver = self._writer.connection.driver_connection
            assert driver is not None
            try:
                driver.execute("VACUUM")
                busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                why = "another program is using it" if busy else ""
            except sqlite3.OperationalError as error:
                why = str(error)
            finally:
                self._writer.rollback()
        if why:
            raise StoreProblem(
                f"The words are removed, but unused parts of {self.where} may still hold them "
                f"({why}). Close Five Whys everywhere else and purge once more."
            )


def _see_that_no_circle_closes(tree: Tree, operations: list[Operation]) -> None:
    """Two people's moves, each fine in its turn, can leave no way back for the first alone."""
    for operation in operations:
        if operation.before is None or "parent_id" not in (operation.after or {}):
            continue
        above = {operation.key}
        parent = tree.causes[operation.key].parent_id
        while parent is not None:
            if parent in above:
                raise Conflict(
                    "This cause would hang under itself, because what is above it was moved "
                    "since. Nothing was done."
                )
            above.add(parent)
            parent = tree.causes[parent].parent_id


def _after(seen: Tree, current: Tree, operations: list[Operation], seq: int) -> Tree:
    """The tree after `operations` on `current`, which is `seen` with what others did since."""
    after = current.with_operations(operations, seq)
    if current is seen:
        return after
    return replace(after, touched=after.touched | current.touched)

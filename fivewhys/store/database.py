"""An open database: transactions that read, transactions that write, and what others write to it.

It knows how the two engines differ and how programs and threads wait for each other; of what is
kept it knows only that a session has a row to hold.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, RLock
from typing import Any
from uuid import UUID

from sqlalchemy import URL, Connection, select
from sqlalchemy.exc import IntegrityError

from fivewhys.models.tables import tables
from fivewhys.store import engine
from fivewhys.store.engine import connect, shown
from fivewhys.store.problems import SESSION_GONE, Conflict, StoreProblem, plainly
from fivewhys.store.watching import Watch


class _Occupied(StoreProblem):
    """Another thread of this program has not finished writing."""


class Database:
    """Connections to the database at `url`, which must be ready. Safe to use from several threads.

    Every method raises `StoreProblem` with a sentence for the person where the database cannot do
    it.
    """

    def __init__(self, url: URL) -> None:
        self.url = url
        self.where = shown(url)
        self.is_file = url.get_backend_name() == "sqlite"
        self.engine = connect(url)
        # One connection writes: several writers in a process can meet a rare bug of SQLite.
        self.writer = self.engine.connect()
        # A tree is read by several queries, which must all see the same state.
        self._one_state: dict[str, Any] = {"readonly": True}
        if not self.is_file:
            self._one_state = {"isolation_level": "REPEATABLE READ"}
        self._lock = RLock()
        self._watch_lock = Lock()
        self._watch: Watch | None = None

    def close(self) -> None:
        """Let go of the database."""
        if self._watch:
            self._watch.close()
        self.writer.close()
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction in which every query sees the same state."""
        with plainly(self.where), self.engine.connect() as connection:
            db = connection.execution_options(**self._one_state)
            with db.begin():
                yield db

    @contextmanager
    def writing(self, session_id: UUID | None = None) -> Iterator[Connection]:
        """A transaction that writes, alone; with `session_id`, in that session.

        Raises `Conflict` where a row that somebody has built on since would go.
        """
        with plainly(self.where), self._alone():
            try:
                with self.writer.begin():
                    if session_id is not None:
                        self._hold(session_id)
                    yield self.writer
                    if not self.is_file:
                        self.writer.exec_driver_sql("NOTIFY fivewhys")
            except IntegrityError as error:
                raise Conflict(
                    "Somebody has built on this since, so it stays as it is. Nothing was done."
                ) from error

    def changed_elsewhere(self) -> bool:
        """Whether another program wrote to this database since the last call (about 0.1 ms).

        The first call says yes: nobody was watching before.
        """
        with plainly(self.where), self._watch_lock:
            if self._watch is None:
                self._watch = Watch(self.url)
                return True
            return self._watch.changed()

    def give_space_back(self) -> None:
        """Purged words must not stay in unused pages of a file."""
        if not self.is_file:
            return
        with plainly(self.where):
            try:
                with self._alone():
                    why = self._vacuumed()
            except _Occupied:
                why = "something else is still being written to it"
        if why:
            raise StoreProblem(
                f"The words are removed, but unused parts of {self.where} may still hold them "
                f"({why}). Close Five Whys everywhere else and purge once more."
            )

    def _vacuumed(self) -> str:
        """Write the file anew without what was removed; why not, where that cannot be."""
        driver = self.writer.connection.driver_connection
        assert driver is not None
        try:
            driver.execute("VACUUM")
            busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError as error:
            return str(error)
        finally:
            self.writer.rollback()
        return "another program is using it" if busy else ""

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Wait for another thread that writes no longer than for another program."""
        if not self._lock.acquire(timeout=engine.BUSY_MILLISECONDS / 1000):
            raise _Occupied(
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
        if self.writer.execute(query).first() is None:
            raise StoreProblem(SESSION_GONE)

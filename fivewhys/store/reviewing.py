"""The managers' review over one database: its panels, and what they are made of kept for the next.

Columns of numbers are loaded with the first review only, since no other part of a start needs them.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import tzinfo
from threading import RLock
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, func, select

from fivewhys.models.tables import review_part_table
from fivewhys.models.values import SessionLine
from fivewhys.review.period import ReviewFilter
from fivewhys.store import reading
from fivewhys.store.database import Database

if TYPE_CHECKING:
    from fivewhys.store.review_panels import History, Review

COUNTED = "count"
"""The part of what is kept that is counted: `fivewhys.review.columns.Part.COUNT`."""

SESSIONS = "session"
"""The part that tells of sessions: `fivewhys.review.columns.Part.SESSION`."""

MANY_BLOCKS = 20
"""Blocks of sessions from which on reading them takes more than a twentieth of a second."""

BEHAVIOUR = "customer-behaviour"
"""The lens of the five behaviours that drive customers away."""


def forget(db: Connection) -> None:
    """Take the names out of what reviews keep, for words that are purged may be among them.

    What is counted has none and stays; the next review makes the rest anew.
    """
    db.execute(delete(review_part_table).where(review_part_table.c.part != COUNTED))


class Reviewing:
    """Reviews of an open database. Safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._history: History | None = None
        self._lock = RLock()

    def of(self, narrowed: ReviewFilter | None = None, zone: tzinfo | None = None) -> "Review":
        """The panels of what is asked about; days are those of `zone`, None for the machine's.

        What was read of the whole history for an earlier review serves again until it changes.
        """
        from fivewhys.store.review_panels import Review

        return Review(self._database, lambda: self._now()[0], narrowed or ReviewFilter(), zone)

    def catch_up(self, progress: Callable[[int, int], None] | None = None) -> bool:
        """Take in what changed since the last review; returns whether that was written down.

        The first review of a long history takes in all of it, for many seconds; it is good to do
        that before a panel is asked for. `progress` hears how many sessions are read and how many
        there are, and may raise to cancel.
        """
        return self._now(progress)[1]

    def is_worth_reading_ahead(self) -> bool:
        """Whether the history was reviewed before, and is so long that reading it can be felt."""
        with self._database.reading() as db:
            query = select(func.count()).where(review_part_table.c.part == SESSIONS)
            return db.execute(query).scalar_one() >= MANY_BLOCKS

    def read_ahead(self, progress: Callable[[int, int], None]) -> Iterator[None]:
        """Read what most panels need, a piece at a time, so that they need not wait for it.

        `progress` hears how far taking in what changed is, and may raise to end it.
        """
        history, _ = self._now(progress)
        yield
        yield from history.read_ahead()

    def _now(self, progress: Callable[[int, int], None] | None = None) -> tuple["History", bool]:
        """The history as the panels need it, as it is now, and whether that was written down."""
        from fivewhys.store import review_causes, review_kept
        from fivewhys.store.review_panels import History

        with self._lock:
            history = self._history
            before = history.kept if history else None
            kept, is_written = review_kept.bring_up_to_date(self._database, before, progress)
            with self._database.reading() as db:
                decisions = review_causes.last_decision(db)
            if history is None or (history.kept.mark, history.decisions) != (kept.mark, decisions):
                self._history = history = History(self._database, kept, decisions)
            return history, is_written

    def count_changed(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Count what the panel of quality needs, in sessions that changed; returns how many.

        `progress` hears how many are done and how many there are, and may raise to cancel. What
        was counted by then is kept.
        """
        from fivewhys.store import counting

        return counting.count_changed(self._database, self._now()[0], progress)

    def lines(self, numbers: Collection[int], limit: int = 50) -> list[SessionLine]:
        """Some sessions as the library lists them, the newest first, at most `limit`."""
        wanted = sorted(numbers, reverse=True)[:limit]
        with self._database.reading() as db:
            pages = (reading.library(db, before=number + 1, limit=1) for number in wanted)
            return [
                line
                for number, page in zip(wanted, pages, strict=True)
                for line in page
                if line.number == number
            ]

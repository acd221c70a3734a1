"""Keeping the counts of sessions up to date, some sessions at a time.

Counting a session takes milliseconds, and a long history minutes: it is done beside other work, and
what was counted stays. A session is counted anew once its journal has gone on, or the rules have.
"""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select

from fivewhys.models.tables import change_table, tables
from fivewhys.models.tree import Tree
from fivewhys.models.values import type_of_table
from fivewhys.review.counting import row, waiting
from fivewhys.store import review_kept
from fivewhys.store.database import Database
from fivewhys.store.review_panels import History
from fivewhys.store.review_rows import block_of

AT_A_TIME = 64
"""Sessions that are counted before the result is written."""

_SESSION = tables["why_session"]


def count_changed(
    database: Database, history: History, progress: Callable[[int, int], None] | None = None
) -> int:
    """Count every session of `history` that is not counted as it is now; returns how many.

    `progress` hears how many are done and how many there are, and may raise to cancel: what was
    counted by then is kept.
    """
    numbers = waiting(history.sessions, history.counts())
    done = 0
    for block, of_block in groupby(numbers, block_of):
        left = list(of_block)
        while left:
            some, left = left[:AT_A_TIME], left[AT_A_TIME:]
            if progress:
                progress(done, len(numbers))
            with database.reading() as db:
                rows = [row(tree) for tree in _trees(db, some)]
            review_kept.write_counts(database, block, some, rows)
            done += len(some)
    if progress:
        progress(len(numbers), len(numbers))
    return len(numbers)


def _trees(db: Connection, numbers: Sequence[int]) -> list[Tree]:
    """The trees of some sessions, without what the other sessions know of their causes."""
    of_numbers = select(_SESSION.c.id).where(_SESSION.c.number.in_(numbers))
    keys = list(db.execute(of_numbers.order_by(_SESSION.c.number)).scalars())
    rows: dict[str, dict[UUID, list[Any]]] = {}
    for name, value in type_of_table.items():
        table = tables[name]
        column = "id" if name == "why_session" else "session_id"
        found = rows.setdefault(name, {})
        for one in db.execute(select(table).where(table.c[column].in_(keys))):
            found.setdefault(getattr(one, column), []).append(value(*one))
    query = (
        select(change_table.c.session_id, func.max(change_table.c.seq))
        .where(change_table.c.session_id.in_(keys))
        .group_by(change_table.c.session_id)
    )
    lines = {one[0]: one[1] for one in db.execute(query)}
    trees = []
    for key in keys:

        def of(name: str, key: UUID = key) -> list[Any]:
            return rows[name].get(key, [])

        trees.append(
            Tree.of(
                of("why_session")[0],
                of("cause"),
                of("evidence"),
                of("parked"),
                of("person"),
                seq=lines.get(key, 0),
                link_answers=of("link_answer"),
                dismissals=of("dismissal"),
                root_checks=of("root_check"),
                countermeasures=of("countermeasure"),
                measures=of("measure"),
                checks=of("measure_check"),
            )
        )
    return trees

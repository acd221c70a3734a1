"""The library's first page, and what completion offers, with the standard library alone.

SQLModel takes longer to load than the whole first screen takes to draw, so this page comes first
and the store follows. A test compares it with `Store.library`.
"""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from fivewhys.models.values import SessionLine
from fivewhys.models.words import State

_PAGE = """
SELECT s.id, s.number, p.text, s.site, s.department, s.location, s.opened_at, s.state,
       (SELECT count(*) FROM cause r WHERE r.session_id = s.id AND r.part = 'root' AND NOT EXISTS
         (WITH RECURSIVE up (parent_id, status) AS (
            SELECT r.parent_id, r.status
            UNION ALL SELECT c.parent_id, c.status FROM cause c JOIN up ON c.id = up.parent_id)
          SELECT 1 FROM up WHERE status = 'ruled_out'))
FROM why_session s JOIN cause p ON p.session_id = s.id AND p.kind = 'problem'
WHERE s.deleted_at IS NULL AND s.number < 9223372036854775807 ORDER BY s.number DESC LIMIT ?
"""


def first_page(database: str | Path, limit: int = 50) -> list[SessionLine] | None:
    """The newest sessions of a SQLite file; None where only the store can tell.

    Never raises: a missing file, another kind of database and any error are the store's to report.
    """
    rows = _rows(database, _PAGE, limit)
    try:
        return None if rows is None else [_line(*row) for row in rows]
    # What a newer version may hold.
    except (ValueError, TypeError):
        return None


RECENT = 20_000
"""Sessions, or countermeasures, whose names are offered: the newest. A shell waits for them."""

_VALUES = {
    "owner": "SELECT owner AS value FROM countermeasure ORDER BY id DESC LIMIT ?",
    **{
        column: f"SELECT {column} AS value FROM why_session WHERE deleted_at IS NULL "
        "ORDER BY number DESC LIMIT ?"
        for column in ("site", "region", "department", "channel", "facilitator")
    },
}
"""What people of a history are asked about by name, each with the query of its values."""


def values(database: str | Path, column: str, limit: int = 1000) -> list[str]:
    """Earlier values of one of `_VALUES` in a SQLite file for completion, most used first.

    Never raises: where they cannot be had, there are none.
    """
    query = (
        f"SELECT value FROM ({_VALUES[column]}) WHERE value <> '' "
        "GROUP BY value ORDER BY count(*) DESC, value LIMIT ?"
    )
    return [str(row[0]) for row in _rows(database, query, RECENT, limit) or []]


def _rows(database: str | Path, query: str, *limits: int) -> list[Any] | None:
    if "://" in str(database):
        return None
    try:
        path = Path(database).expanduser()
        if not path.is_file():
            return None
        address = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=0.05)) as connection:
            return connection.execute(query, limits).fetchall()
    # RuntimeError: "~" for a person without a home.
    except (sqlite3.Error, OSError, RuntimeError, ValueError):
        return None


def _line(
    key: bytes,
    number: int,
    problem: str,
    site: str,
    department: str,
    location: str,
    opened_at: str,
    state: str,
    roots: int,
) -> SessionLine:
    return SessionLine(
        UUID(bytes=key),
        number,
        problem,
        site,
        department,
        location,
        datetime.fromisoformat(opened_at).replace(tzinfo=UTC),
        State(state),
        roots,
    )

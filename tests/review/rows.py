"""Rows for the figures, short to write: a session by its number and day, a root by its words."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from uuid import UUID

from fivewhys.models.words import Severity
from fivewhys.review.rows import Linked
from fivewhys.text import words_number
from tests.review.by_columns import Together
from tests.review.plain.rows import FixRow, FoundRow, SessionRow

DAY = 86_400


def at(text: str) -> int:
    """A moment (UTC), written like 2026-03-01 or 2026-03-01 14:30, as rows have it."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def key(number: int) -> UUID:
    """The key of a cause."""
    return UUID(int=number)


def held(
    number: int,
    severity: Severity | None = None,
    customers: int | None = None,
    *,
    site: str = "",
    department: str = "",
    channel: str = "",
) -> SessionRow:
    """A session that is asked about."""
    how_much = "" if customers is None else f"{customers} guests"
    return SessionRow(number, site, department, channel, severity, how_much)


def root(cause: int, session: int, words: str, on: str = "2026-03-01") -> FoundRow:
    """A root of a session."""
    return FoundRow(key(cause).bytes, session, at(on), words_number(words))


def fix(cause: int, session: int, words: str, done_on: str) -> FixRow:
    """Something done about a cause; it has the key of the cause."""
    number = words_number(words)
    day = date.fromisoformat(done_on)
    return FixRow(key(cause).bytes, key(cause).bytes, session, number, day)


def linked(
    rows: Iterable[FoundRow],
    same: Iterable[tuple[int, int]] = (),
    different: Iterable[tuple[int, int]] = (),
) -> Linked:
    """Decisions on causes, by their numbers."""
    words = {row.key: row.words for row in rows}
    pairs = [[(key(a).bytes, key(b).bytes) for a, b in some] for some in (same, different)]
    decided = {one for pair in (*pairs[0], *pairs[1]) for one in pair}
    return Linked({one: words[one] for one in words if one in decided}, *pairs)


def together(
    rows: Iterable[FoundRow],
    known: Linked | None = None,
    fixes: Iterable[FixRow] = (),
    suggested: Iterable[Collection[UUID]] = (),
) -> Together:
    """Roots, those that are the same together."""
    return Together(tuple(rows), known or Linked(), tuple(fixes), tuple(suggested))

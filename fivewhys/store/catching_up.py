"""What an index of all causes needs to keep up: every wording, and what has changed since a line.

Wordings stand for all causes that have them, so that an index holds each of them once.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, select

from fivewhys.models.delta import from_json
from fivewhys.models.tables import change_table, tables, wording_table
from fivewhys.models.words import Kind, Status
from fivewhys.store.batches import in_batches
from fivewhys.store.database import Database
from fivewhys.store.streaming import streamed

_SESSION = tables["why_session"]
_CAUSE = tables["cause"]
_ON = func.coalesce(_SESSION.c.noticed_at, _SESSION.c.opened_at)


def words(db: Connection) -> Iterator[int]:
    """The number of every wording that a cause has, each once."""
    before = None
    for (number,) in streamed(db, select(wording_table.c.words).order_by(wording_table.c.words)):
        if number != before:
            yield number
        before = number


class CatchingUp:
    """These reads on an open database, each in a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def words(self) -> Iterator[int]:
        """The number of every wording that causes have, each once and in order, as a stream.

        A few that no cause has now can be among them, and those of deleted sessions are.
        """
        with self._database.reading() as db:
            yield from words(db)

    def texts_of_words(self, numbers: Iterable[int]) -> dict[int, str]:
        """Of some wordings a text; those that no cause has now left out."""
        with self._database.reading() as db:
            return texts_of_words(db, numbers)

    def causes_in_words(self, numbers: Iterable[int]) -> dict[int, list[tuple[UUID, UUID]]]:
        """Of some wordings the causes that stand and their sessions, the latest sessions first."""
        with self._database.reading() as db:
            return causes_in_words(db, numbers)

    def cause_texts(self, causes: Iterable[UUID]) -> dict[UUID, str]:
        """The texts of some causes; those that are gone left out."""
        with self._database.reading() as db:
            return cause_texts(db, causes)

    def last_line(self) -> int:
        """The number of the journal's last line, 0 in an empty one."""
        with self._database.reading() as db:
            return last_line(db)

    def bookmark(self) -> str:
        """Where the journal ends now, as a text of less than 60 letters."""
        with self._database.reading() as db:
            return bookmark(db)

    def line_at(self, marked: str) -> int | None:
        """The line of the journal at which a bookmark was set; None where it no longer fits.

        That is so where words were purged since, where it is another history, and on a server
        where somebody's lines came late: who saves for long has lines with lower numbers than
        those after.
        """
        with self._database.reading() as db:
            return line_at(db, marked)

    def changed_causes(self, after: int) -> tuple[int, dict[UUID, str], set[UUID]]:
        """The last line now, the texts of causes changed since line `after`, and who is gone.

        It may name more than that. A purge leaves no lines, and is not in it.
        """
        with self._database.reading() as db:
            return changed_causes(db, after)

    def changed_sessions(self, after: int) -> set[UUID]:
        """The sessions of which the journal says anything since its line `after`."""
        with self._database.reading() as db:
            return changed_sessions(db, after)


# Built once: people wait for it as they type.
_IN_WORDS = (
    select(wording_table.c.words, _CAUSE.c.id, _SESSION.c.id)
    .join(_CAUSE, _CAUSE.c.id == wording_table.c.cause_id)
    .join(_SESSION, _SESSION.c.id == _CAUSE.c.session_id)
    .where(
        wording_table.c.words.in_(bindparam("numbers", expanding=True)),
        _CAUSE.c.kind == Kind.CAUSE,
        _CAUSE.c.status != Status.RULED_OUT,
        _SESSION.c.deleted_at.is_(None),
    )
    .order_by(_ON.desc(), _SESSION.c.number.desc(), _CAUSE.c.id)
)


def causes_in_words(db: Connection, numbers: Iterable[int]) -> dict[int, list[tuple[UUID, UUID]]]:
    """Each number → causes with these words and their sessions, those of the latest first.

    Ruled-out ones and those of deleted sessions are left out.
    """
    found: dict[int, list[tuple[UUID, UUID]]] = {}
    for some in in_batches(numbers):
        for number, key, session_id in db.execute(_IN_WORDS, {"numbers": some}):
            found.setdefault(number, []).append((key, session_id))
    return found


def texts_of_words(db: Connection, numbers: Iterable[int]) -> dict[int, str]:
    """Each number → a text in these words; those that no cause has now are left out."""
    found: dict[int, str] = {}
    for some in in_batches(numbers):
        query = (
            select(wording_table.c.words, _CAUSE.c.text)
            .join(_CAUSE, _CAUSE.c.id == wording_table.c.cause_id)
            .where(wording_table.c.words.in_(some), _CAUSE.c.kind == Kind.CAUSE)
        )
        for number, text in db.execute(query):
            found.setdefault(number, text)
    return found


def cause_texts(db: Connection, keys: Iterable[UUID]) -> dict[UUID, str]:
    """The texts of the causes that are there, deleted sessions left out."""
    found: dict[UUID, str] = {}
    for some in in_batches(keys):
        query = (
            select(_CAUSE.c.id, _CAUSE.c.text)
            .join(_SESSION, _SESSION.c.id == _CAUSE.c.session_id)
            .where(
                _CAUSE.c.id.in_(some),
                _CAUSE.c.kind == Kind.CAUSE,
                _SESSION.c.deleted_at.is_(None),
            )
        )
        found |= {row[0]: row[1] for row in db.execute(query)}
    return found


def last_line(db: Connection) -> int:
    """The number of the journal's last line."""
    return int(db.execute(select(func.coalesce(func.max(change_table.c.seq), 0))).scalar_one())


def changed_sessions(db: Connection, after: int) -> set[UUID]:
    """The sessions of which the journal says anything since its line `after`."""
    query = select(change_table.c.session_id).where(change_table.c.seq > after).distinct()
    return set(db.execute(query).scalars())


def bookmark(db: Connection) -> str:
    """See `CatchingUp.bookmark`; it has the last line, how many there are, and its moment."""
    line = last_line(db)
    lines = db.execute(select(func.count()).select_from(change_table)).scalar_one()
    at = db.execute(select(change_table.c.at).where(change_table.c.seq == line)).scalar()
    return f"{line} {lines} {at.isoformat() if at else ''}"


def line_at(db: Connection, marked: str) -> int | None:
    """The line at which a bookmark was set; None where the journal is not what it was up to there.

    That is so where words were purged since, where it is another history, and on a server where
    somebody's lines came late: who saves for long has lines with lower numbers than those after.
    """
    number, _, rest = marked.partition(" ")
    if not number.isdecimal() or len(number) > 18:
        return None
    line = int(number)
    at = db.execute(select(change_table.c.at).where(change_table.c.seq == line)).scalar()
    count = select(func.count()).select_from(change_table)
    # All but the newest, which is counted faster than up to a line.
    lines = db.execute(count).scalar_one()
    lines -= db.execute(count.where(change_table.c.seq > line)).scalar_one()
    return line if rest == f"{lines} {at.isoformat() if at else ''}" else None


def changed_causes(db: Connection, after: int) -> tuple[int, dict[UUID, str], set[UUID]]:
    """The last line now, the texts of causes changed since line `after`, and who is gone.

    It may name causes that have not changed; purging leaves no lines and is not in it.
    """
    last = last_line(db)
    query = (
        select(change_table.c.session_id, change_table.c.operations)
        .where(change_table.c.seq > after)
        .order_by(change_table.c.seq)
    )
    touched: set[UUID] = set()
    whole: set[UUID] = set()
    for session_id, operations in db.execute(query):
        for operation in from_json(operations):
            row = operation.after or operation.before or {}
            if operation.table == "cause" and row.get("kind") is not Kind.PROBLEM:
                touched.add(operation.key)
            elif operation.table == "why_session" and operation.before and "deleted_at" in row:
                whole.add(session_id)
    for some in in_batches(sorted(whole)):
        query_of_all = select(_CAUSE.c.id).where(
            _CAUSE.c.session_id.in_(some), _CAUSE.c.kind == Kind.CAUSE
        )
        touched |= set(db.execute(query_of_all).scalars())
    texts = cause_texts(db, sorted(touched))
    return last, texts, touched - texts.keys()

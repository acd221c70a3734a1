"""A narrow copy of the history for the review, kept in the database in blocks of sessions.

It is derived: a block is read anew from the tables once the journal says something of one of its
sessions. What is read of an old copy is therefore a few blocks, and a whole history only once.
Where the database may not be written, what was read anew stays in memory.
"""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select

from fivewhys.models.tables import change_table, review_part_table, tables
from fivewhys.review import columns
from fivewhys.review.columns import FORM, Column, Part
from fivewhys.store import review_rows
from fivewhys.store.batches import in_batches
from fivewhys.store.database import Database
from fivewhys.store.problems import StoreProblem
from fivewhys.store.review_rows import Names, block_of

AT_A_TIME = 8
"""Blocks that are read in one transaction: in between, others may write."""

_SESSION = tables["why_session"]
_ROW = review_part_table.c
_MARK, _NAMES = "mark", "names"
_ANEW = [part.value for part in Part if part is not Part.COUNT]
"""The kinds of rows that are read from the tables; what is counted is kept apart."""

Progress = Callable[[int, int], None]
Blocks = dict[int, dict[Part, bytes]]


@dataclass(frozen=True)
class Kept:
    """The copy as it is now."""

    mark: str
    """Up to where the journal was read."""
    names: Names
    """At least those that rows refer to."""
    blocks: Blocks | None = None
    """All of it, where it could not be written; None where it is in the database."""

    def part(self, db: Connection, part: Part) -> Column:
        """All rows of one kind."""
        if self.blocks is not None and part is not Part.COUNT:
            return columns.unpack(part, (self.blocks[at][part] for at in sorted(self.blocks)))
        if self.blocks is None:
            # Another program may have added some since: rows may refer to them.
            self.names.learn(_names(db))
        return columns.unpack(part, _contents(db, part).values())


def bring_up_to_date(
    database: Database, before: Kept | None = None, progress: Progress | None = None
) -> tuple[Kept, bool]:
    """The copy as the history is now, and whether it was written just now.

    `before` is what was found the last time.

    `progress` hears how many sessions are read anew and how many there are, and may raise to
    cancel: nothing is kept then.
    """
    while True:
        with database.reading() as db:
            mark, now, names = _text(db, _MARK), _now(db), Names(_names(db))
            if mark == now:
                return Kept(now, names), False
            seen, known = mark, None
            if before is not None and before.blocks is not None:
                seen, known, names = before.mark, before.blocks, before.names
                if seen == now:
                    return before, False
            stale = _stale(db, seen)
            if stale is None:
                stale, known = _different(db), None
                names = Names(_names(db))
        anew = _read(database, stale, names, progress)
        try:
            if known is None and not _write(database, mark, now, anew, names):
                # Somebody else has brought it up to date meanwhile, and names have other places.
                continue
        except StoreProblem:
            with database.reading() as db:
                if _text(db, _MARK) != mark:
                    continue
                known = _blocks(db)
        if known is None:
            return Kept(now, names), True
        return Kept(now, names, known | anew), False


def _read(
    database: Database, stale: Iterable[int], names: Names, progress: Progress | None
) -> Blocks:
    """Some blocks as the tables have them."""
    found: Blocks = {}
    blocks = sorted(stale)
    for done in range(0, len(blocks), AT_A_TIME):
        if progress:
            progress(done * review_rows.BLOCK, len(blocks) * review_rows.BLOCK)
        with database.reading() as db:
            for block in blocks[done : done + AT_A_TIME]:
                rows = review_rows.read(db, block, names)
                found[block] = {part: columns.pack(part, some) for part, some in rows.items()}
    return found


def _write(database: Database, mark: str, now: str, anew: Blocks, names: Names) -> bool:
    """Keep blocks that were read anew; says no, and keeps nothing, where somebody else did."""
    told = {_MARK: now, _NAMES: json.dumps(names.known, ensure_ascii=False)}
    rows = [{"part": part, "block": 0, "content": text.encode()} for part, text in told.items()]
    rows += [
        {"part": part.value, "block": block, "content": content}
        for block, parts in anew.items()
        for part, content in parts.items()
    ]
    with database.writing() as db:
        if _text(db, _MARK) != mark:
            return False
        for some in in_batches(anew):
            which = _ROW.part.in_(_ANEW) & _ROW.block.in_(some)
            db.execute(delete(review_part_table).where(which))
        db.execute(delete(review_part_table).where(_ROW.part.in_(told)))
        db.execute(insert(review_part_table), rows)
    return True


def write_counts(
    database: Database, block: int, numbers: Collection[int], rows: Sequence[tuple[int, ...]]
) -> None:
    """Keep what was counted in some sessions of a block: rows of `columns.Part.COUNT`."""
    here = (_ROW.part == Part.COUNT.value) & (_ROW.block == block)
    with database.writing() as db:
        contents = db.execute(select(_ROW.content).where(here)).scalars().all()
        before = columns.unpack(Part.COUNT, contents).tolist()
        kept = [row for row in before if row[0] not in numbers]
        content = columns.pack(Part.COUNT, [*kept, *rows])
        db.execute(delete(review_part_table).where(here))
        db.execute(
            insert(review_part_table).values(part=Part.COUNT.value, block=block, content=content)
        )


def _text(db: Connection, part: str) -> str:
    content = db.execute(select(_ROW.content).where(_ROW.part == part)).scalar()
    return content.decode() if content else ""


def _names(db: Connection) -> list[str]:
    text = _text(db, _NAMES)
    known: list[str] = json.loads(text) if text else []
    return known


def _contents(db: Connection, part: Part) -> dict[int, bytes]:
    """What is kept of each block, in their order."""
    query = select(_ROW.block, _ROW.content).where(_ROW.part == part.value).order_by(_ROW.block)
    return {row[0]: row[1] for row in db.execute(query)}


def _blocks(db: Connection) -> Blocks:
    """All that is kept, but for what is counted."""
    found: Blocks = {}
    for part in (part for part in Part if part is not Part.COUNT):
        for block, content in _contents(db, part).items():
            found.setdefault(block, {})[part] = content
    return found


def _now(db: Connection) -> str:
    """Where the journal ends: its last line, and how many lines there are."""
    last, lines = db.execute(select(func.max(change_table.c.seq), func.count())).one()
    return f"{FORM} {last or 0} {lines}"


def _stale(db: Connection, mark: str) -> set[int] | None:
    """The blocks of which the journal says anything since a mark; None where nobody can tell.

    That is so where lines were purged and, on a server, where somebody's lines came late: who
    saves for long has lines with lower numbers than those after.
    """
    form, _, rest = mark.partition(" ")
    if form != str(FORM):
        return None
    line, lines = map(int, rest.split())
    is_later = change_table.c.seq > line
    later = select(func.count()).select_from(change_table).where(is_later)
    every = select(func.count()).select_from(change_table)
    if db.execute(every).scalar_one() - db.execute(later).scalar_one() != lines:
        return None
    query = (
        select(_SESSION.c.number)
        .join(change_table, change_table.c.session_id == _SESSION.c.id)
        .where(is_later)
        .distinct()
    )
    return {block_of(number) for number in db.execute(query).scalars()}


def _different(db: Connection) -> set[int]:
    """The blocks of which a session is not, by its journal's last line, as it is in the copy."""
    line = (
        select(func.coalesce(func.max(change_table.c.seq), 0))
        .where(change_table.c.session_id == _SESSION.c.id)
        .correlate(_SESSION)
        .scalar_subquery()
    )
    there = {row[0]: row[1] for row in db.execute(select(_SESSION.c.number, line))}
    if _text(db, _MARK).partition(" ")[0] != str(FORM):
        return set(map(block_of, there))
    kept = columns.unpack(Part.SESSION, _contents(db, Part.SESSION).values())
    known = dict(zip(kept["number"].tolist(), kept["seq"].tolist(), strict=True))
    return {
        block_of(number)
        for number in there.keys() | known.keys()
        if there.get(number) != known.get(number)
    }

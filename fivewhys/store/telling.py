"""Sessions whose customers are still to be told what happened and what changes, in pages."""

from typing import Any

from sqlalchemy import Connection, Select, func, literal, or_, select, tuple_

from fivewhys.models.follow_up import Filter, ToTell
from fivewhys.models.tables import tables
from fivewhys.models.words import Part, State
from fivewhys.store.conditions import holds_words, is_at_place, is_problem_of, one_text, written
from fivewhys.store.reading import roots_of

_SESSION = tables["why_session"]
_CAUSE = tables["cause"]
_PROBLEM = tables["cause"].alias("problem")
_SINCE = func.coalesce(_SESSION.c.noticed_at, _SESSION.c.opened_at)


def to_tell(
    db: Connection,
    narrowed: Filter | None = None,
    after: ToTell | None = None,
    limit: int = 50,
) -> list[ToTell]:
    """Sessions with a root, or finished, whose customers are not told yet; the oldest in front.

    They begin after the line `after`. What `narrowed` says of an owner does not matter here.
    """
    found: list[ToTell] = []
    while len(found) < limit:
        wanted = limit - len(found)
        lines = _page(db, narrowed or Filter(), after, wanted)
        found += _due(db, lines)
        if len(lines) < wanted:
            break
        after = lines[-1]
    return found


def _due(db: Connection, lines: list[ToTell]) -> list[ToTell]:
    """Those with a root that stands, or finished.

    Looking upwards from the roots of all sessions takes ten times as long as from those of a page.
    """
    keys = [line.session_id for line in lines]
    query = select(_SESSION.c.id).where(
        _SESSION.c.id.in_(keys),
        or_(_SESSION.c.state == State.FINISHED, roots_of(_SESSION) > 0),
    )
    due = set(db.execute(query).scalars())
    return [line for line in lines if line.session_id in due]


def _page(db: Connection, narrowed: Filter, after: ToTell | None, limit: int) -> list[ToTell]:
    """Sessions of which a cause is called root, or finished, roots that were ruled out included."""
    called_root = (
        select(_CAUSE.c.id)
        .where(
            _CAUSE.c.session_id == _SESSION.c.id,
            _CAUSE.c.part == written(_CAUSE.c.part, Part.ROOT),
        )
        .exists()
    )
    query: Select[Any] = (
        select(
            _SESSION.c.id,
            _SESSION.c.number,
            _PROBLEM.c.text,
            _SESSION.c.site,
            _SESSION.c.department,
            _SESSION.c.severity,
            _SESSION.c.noticed_at,
            _SESSION.c.opened_at,
            _SESSION.c.acknowledged_at,
        )
        .select_from(_SESSION)
        .join(_PROBLEM, is_problem_of(_PROBLEM, _SESSION.c.id))
        .where(
            _SESSION.c.deleted_at.is_(None),
            _SESSION.c.told_at.is_(None),
            or_(_SESSION.c.state == State.FINISHED, called_root),
        )
        .order_by(_SINCE, _SESSION.c.number)
        .limit(limit)
    )
    if after is not None:
        since = literal(after.noticed_at or after.opened_at, _SESSION.c.opened_at.type)
        query = query.where(
            tuple_(_SINCE, _SESSION.c.number) > tuple_(since, literal(after.number))
        )
    query = query.where(*is_at_place(_SESSION, narrowed))
    if narrowed.session:
        query = query.where(_SESSION.c.id == narrowed.session)
    everything = one_text(_SESSION, _PROBLEM.c.text, _SESSION.c.site, _SESSION.c.department)
    query = query.where(*holds_words(everything, narrowed.words, db.dialect.name))
    return [ToTell(*row) for row in db.execute(query)]

"""Queries of the follow-up: countermeasures over all sessions, a page at a time.

A page begins after the last line of the one before, not at a count of lines: the last page of
100,000 comes as quickly as the first.
"""

from collections.abc import Collection, Iterator
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    tuple_,
)

from fivewhys.models.follow_up import ActionLine, Filter, ToTell, View
from fivewhys.models.plan_words import FINISHED, UNFINISHED, Progress
from fivewhys.models.tables import change_table, tables
from fivewhys.models.tree import Tree
from fivewhys.models.values import Check, Measure
from fivewhys.models.words import Kind, Part, State, Status
from fivewhys.store import recurring, sharing
from fivewhys.store.reading import holds_words, written

WEEK = timedelta(days=7)

REMINDED = 5
"""Lines that a session begins with: more would keep a team from its problem."""

_SESSION = tables["why_session"]
_CAUSE = tables["cause"]
_PROBLEM = tables["cause"].alias("problem")
_ACTION = tables["countermeasure"]
_MEASURE = tables["measure"]
_CHECK = tables["measure_check"]

_SINCE = func.coalesce(_SESSION.c.noticed_at, _SESSION.c.opened_at)
_CLOSED = (Progress.DONE, Progress.EFFECTIVE, Progress.NOT_EFFECTIVE, Progress.REJECTED)


def page(
    db: Connection,
    view: View,
    today: date,
    narrowed: Filter | None = None,
    after: ActionLine | None = None,
    limit: int = 50,
) -> list[ActionLine]:
    """The lines of a view after the line `after`: what is due first in front, undated ones last.

    Checks come by the day on which they are due, closed ones by the day on which they were done,
    newest first.
    """
    lines: list[ActionLine] = []
    for run in _runs(_listed(db, view, today, narrowed or Filter()), view, after):
        lines += [_line(row) for row in db.execute(run.limit(limit - len(lines)))]
        if len(lines) >= limit:
            break
    return _completed(db, lines)


def count(db: Connection, view: View, today: date, narrowed: Filter | None = None) -> int:
    """How many lines a view has."""
    listed = _listed(db, view, today, narrowed or Filter())
    counted = select(func.count()).select_from(listed.with_only_columns(_ACTION.c.id).subquery())
    return int(db.execute(counted).scalar_one())


def of_sessions_like(db: Connection, tree: Tree) -> list[ActionLine]:
    """What earlier sessions about the same cause, place or department left to do, nearest first.

    That is what is still open and what did not help, even if only this session shows that. The same
    cause counts most, then the place with its department, then one of the two; a session of which
    none is known has no such lines.
    """
    session = tree.session
    left: ColumnElement[bool] = _ACTION.c.progress.in_([*UNFINISHED, Progress.NOT_EFFECTIVE])
    alike: list[tuple[ColumnElement[bool], int]] = [
        (func.lower(column) == fact.lower(), weight)
        for column, fact, weight in (
            (_SESSION.c.site, session.site, 2),
            (_SESSION.c.department, session.department, 1),
        )
        if fact
    ]
    causes = {
        cause.id: (session.id, cause.text)
        for cause in tree.causes.values()
        if cause.parent_id and cause.status is not Status.RULED_OUT
    }
    if causes:
        same = recurring.is_like(db, causes, _ACTION.c.cause_id)
        alike.append((same, 4))
        since = (session.noticed_at or session.opened_at).date()
        left = or_(left, and_(same, _ACTION.c.done_on < since))
    if not alike:
        return []
    nearness = sum((case((is_so, weight), else_=0) for is_so, weight in alike), start=literal(0))
    query = (
        _joined()
        .where(
            left,
            _ACTION.c.session_id != session.id,
            or_(*(is_so for is_so, _ in alike)),
        )
        .order_by(nearness.desc(), _ACTION.c.due.is_(None), _ACTION.c.due, _ACTION.c.id)
        .limit(REMINDED)
    )
    return _completed(db, [_line(row) for row in db.execute(query)])


def to_tell(
    db: Connection,
    narrowed: Filter | None = None,
    after: ToTell | None = None,
    limit: int = 50,
) -> list[ToTell]:
    """Sessions with a root, or finished, whose customers are not told yet; the oldest in front.

    They begin after the line `after`. What `narrowed` says of an owner does not matter here.
    """
    has_root = (
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
        .join(
            _PROBLEM,
            and_(
                _PROBLEM.c.session_id == _SESSION.c.id,
                _PROBLEM.c.kind == written(_PROBLEM.c.kind, Kind.PROBLEM),
            ),
        )
        .where(
            _SESSION.c.deleted_at.is_(None),
            _SESSION.c.told_at.is_(None),
            or_(_SESSION.c.state == State.FINISHED, has_root),
        )
        .order_by(_SINCE, _SESSION.c.number)
        .limit(limit)
    )
    if after is not None:
        since = _bound(after.noticed_at or after.opened_at, _SESSION.c.opened_at)
        query = query.where(
            tuple_(_SINCE, _SESSION.c.number) > tuple_(since, literal(after.number))
        )
    narrowed = narrowed or Filter()
    query = _at_place(query, narrowed)
    if narrowed.session:
        query = query.where(_SESSION.c.id == narrowed.session)
    everything = _one_text(_PROBLEM.c.text, _SESSION.c.site, _SESSION.c.department)
    query = query.where(*holds_words(everything, narrowed.words, db.dialect.name))
    return [ToTell(*row) for row in db.execute(query)]


def how_known(db: Connection, keys: Collection[UUID]) -> tuple[list[Measure], list[Check]]:
    """The measures of countermeasures in their order, and the checks to come, by their days."""
    measures = select(_MEASURE).where(_MEASURE.c.countermeasure_id.in_(keys))
    checks = (
        select(_CHECK)
        .join(_MEASURE, _MEASURE.c.id == _CHECK.c.measure_id)
        .where(_MEASURE.c.countermeasure_id.in_(keys), _CHECK.c.made_on.is_(None))
    )
    return (
        [Measure(*row) for row in db.execute(measures.order_by(_MEASURE.c.position))],
        [Check(*row) for row in db.execute(checks.order_by(_CHECK.c.due, _CHECK.c.id))],
    )


def changed_at(db: Connection, sessions: Collection[UUID]) -> dict[UUID, datetime]:
    """When each of these sessions was last changed."""
    query = (
        select(change_table.c.session_id, func.max(change_table.c.at))
        .where(change_table.c.session_id.in_(sessions))
        .group_by(change_table.c.session_id)
    )
    return {row[0]: row[1] for row in db.execute(query)}


def _problem() -> Any:
    """The words of a session's problem: no join, which counts and orders would pay for."""
    return (
        select(_PROBLEM.c.text)
        .where(
            _PROBLEM.c.session_id == _ACTION.c.session_id,
            _PROBLEM.c.kind == written(_PROBLEM.c.kind, Kind.PROBLEM),
        )
        .correlate(_ACTION)
        .scalar_subquery()
    )


def _joined(*, by_check: bool = False) -> Select[Any]:
    """Every countermeasure of a session that is there, as a line needs it.

    With `by_check`, one row for each of its checks.
    """
    deleted = select(_SESSION.c.id).where(_SESSION.c.deleted_at.is_not(None))
    # Outer joins, though each row has its others: they keep SQLite from beginning with another
    # table and sorting all, which takes 300 ms at 100,000 instead of one or two.
    start: Any = _ACTION
    if by_check:
        start = _CHECK.outerjoin(_MEASURE, _MEASURE.c.id == _CHECK.c.measure_id).outerjoin(
            _ACTION, _ACTION.c.id == _MEASURE.c.countermeasure_id
        )
    return (
        select(
            _ACTION.c.id,
            _ACTION.c.session_id,
            _SESSION.c.number,
            _problem(),
            _SESSION.c.site,
            _SESSION.c.department,
            _SESSION.c.severity,
            _ACTION.c.cause_id,
            _CAUSE.c.text,
            _ACTION.c.text,
            _ACTION.c.kind,
            _ACTION.c.means,
            _ACTION.c.owner,
            _ACTION.c.due,
            _ACTION.c.progress,
            _ACTION.c.reason,
            _ACTION.c.done_on,
            *(_ACTION.c[name] for name in _READY),
            *((_CHECK.c.due, _CHECK.c.id) if by_check else ()),
        )
        .select_from(start)
        .outerjoin(_SESSION, _SESSION.c.id == _ACTION.c.session_id)
        .outerjoin(_CAUSE, _CAUSE.c.id == _ACTION.c.cause_id)
        .where(_ACTION.c.session_id.not_in(deleted))
    )


_FACTS = tuple(field.name for field in fields(ActionLine))[:-4]
"""The fields of a line that are columns, in their order; those of the readiness list follow."""

_READY = ("ready_plan", "ready_tools", "ready_people", "ready_channels", "ready_impact")


def _listed(db: Connection, view: View, today: date, narrowed: Filter) -> Select[Any]:
    """What a view lists, in no order yet."""
    progress, due = _ACTION.c.progress, _ACTION.c.due
    query = _joined()
    # Words in the statement itself: no index of only these rows serves a parameter.
    waiting = or_(*(progress == written(progress, word) for word in UNFINISHED))
    if view is View.OPEN:
        query = query.where(waiting)
    elif view is View.OVERDUE:
        query = query.where(waiting, due < today)
    elif view is View.WEEK:
        query = query.where(waiting, due >= today, due <= today + WEEK)
    elif view is View.CHECKS:
        query = _joined(by_check=True).where(
            _CHECK.c.made_on.is_(None),
            _CHECK.c.due <= today + WEEK,
            progress.is_distinct_from(Progress.REJECTED),
        )
    elif view is View.NO_EFFECT:
        back = recurring.came_back(db, _ACTION.c.id)
        query = query.where(or_(progress == Progress.NOT_EFFECTIVE, back))
    elif view is View.CLOSED:
        query = query.where(progress.in_(_CLOSED))
    return _narrowed(query, narrowed, db.dialect.name)


def _narrowed(query: Select[Any], narrowed: Filter, dialect: str) -> Select[Any]:
    query = _at_place(query, narrowed)
    if narrowed.owner:
        query = query.where(func.lower(_ACTION.c.owner) == func.lower(narrowed.owner))
    if narrowed.session:
        query = query.where(_ACTION.c.session_id == narrowed.session)
    everything = _one_text(
        _ACTION.c.text,
        _CAUSE.c.text,
        _ACTION.c.owner,
        _problem(),
        _SESSION.c.site,
        _SESSION.c.department,
    )
    return query.where(*holds_words(everything, narrowed.words, dialect))


def _at_place(query: Select[Any], narrowed: Filter) -> Select[Any]:
    for column, fact in (
        (_SESSION.c.site, narrowed.site),
        (_SESSION.c.department, narrowed.department),
    ):
        if fact:
            query = query.where(func.lower(column) == func.lower(fact))
    return query


def _one_text(*columns: Any) -> Any:
    """The session's short name and these texts as one, in which no word spans two of them."""
    everything: Any = "S-" + cast(_SESSION.c.number, Text)
    for words in columns:
        everything = everything + "\n" + words
    return everything


def _runs(query: Select[Any], view: View, after: ActionLine | None) -> Iterator[Select[Any]]:
    """The dated lines, then the others: no engine sorts NULLs by an index as people would."""
    day: Any = _ACTION.c.due
    key, newest_first = _ACTION.c.id, view is View.CLOSED
    place = (after.due, after.id) if after else None
    if view is View.CLOSED:
        day, place = _ACTION.c.done_on, (after.done_on, after.id) if after else None
    elif view is View.CHECKS:
        day, key = _CHECK.c.due, _CHECK.c.id
        place = (after.next_check, after.check) if after and after.check else None
    if place is None or place[0] is not None:
        dated = query.where(day.is_not(None))
        if place is not None:
            here, there = tuple_(day, key), tuple_(*map(_bound, place, (day, key)))
            dated = dated.where(here < there if newest_first else here > there)
        ways = (day.desc(), key.desc()) if newest_first else (day, key)
        yield dated.order_by(*ways)
    undated = query.where(day.is_(None)).order_by(key)
    in_undated = place is not None and place[0] is None
    yield undated.where(key > place[1]) if place and in_undated else undated


def _bound(value: Any, column: Any) -> Any:
    return literal(value, column.type)


def _line(row: Any) -> ActionLine:
    facts: dict[str, Any] = dict(zip(_FACTS, row, strict=False))
    ready = row[len(_FACTS) : len(_FACTS) + len(_READY)]
    due, check = row[len(_FACTS) + len(_READY) :] or (None, None)
    return ActionLine(**facts, not_ready=not all(ready), next_check=due, check=check, back=None)


def _completed(db: Connection, lines: list[ActionLine]) -> list[ActionLine]:
    """The lines with their next checks, and with where their causes were found again."""
    if not lines:
        return []
    keys = [line.id for line in lines]
    # Not a condition on `made_on`: SQLite would begin with the index of all planned checks.
    planned = case((_CHECK.c.made_on.is_(None), _CHECK.c.due))
    query = (
        select(_MEASURE.c.countermeasure_id, func.min(planned))
        .select_from(_MEASURE)
        .join(_CHECK, _CHECK.c.measure_id == _MEASURE.c.id)
        .where(_MEASURE.c.countermeasure_id.in_(keys))
        .group_by(_MEASURE.c.countermeasure_id)
    )
    checks: dict[UUID, date] = {row[0]: row[1] for row in db.execute(query)}
    done = [line for line in lines if line.progress in FINISHED and line.done_on]
    found = sharing.appearances(db, {line.cause_id: (line.session_id, line.cause) for line in done})
    return [
        replace(
            line,
            next_check=line.next_check or checks.get(line.id),
            back=next(
                (
                    again
                    for again in found.get(line.cause_id, ())
                    if line.done_on and line.progress in FINISHED and again.on > line.done_on
                ),
                None,
            ),
        )
        for line in lines
    ]

"""Queries of the follow-up: countermeasures over all sessions, a page at a time.

A page begins after the last line of the one before, not at a count of lines: the last page of
100,000 comes as quickly as the first.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, func, literal, or_, select, tuple_

from fivewhys.models.applying import place_of
from fivewhys.models.follow_up import ActionLine, Filter, View
from fivewhys.models.plan_words import UNFINISHED, Progress
from fivewhys.models.tables import change_table
from fivewhys.models.values import Check, Measure
from fivewhys.store import recurring
from fivewhys.store.action_lines import (
    ACTION,
    CAUSE,
    CHECK,
    MEASURE,
    SESSION,
    completed,
    joined,
    line_of,
    problem,
)
from fivewhys.store.batches import in_batches
from fivewhys.store.conditions import holds_words, is_at_place, one_text, written

WEEK = timedelta(days=7)

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
        lines += [line_of(row) for row in db.execute(run.limit(limit - len(lines)))]
        if len(lines) >= limit:
            break
    return completed(db, lines)


def count(db: Connection, view: View, today: date, narrowed: Filter | None = None) -> int:
    """How many lines a view has."""
    listed = _listed(db, view, today, narrowed or Filter())
    counted = select(func.count()).select_from(listed.with_only_columns(ACTION.c.id).subquery())
    return int(db.execute(counted).scalar_one())


def how_known(
    db: Connection, keys: Collection[UUID], *, made: bool = False
) -> tuple[list[Measure], list[Check]]:
    """The measures of countermeasures in their order, and the checks to come, by their days.

    With `made`, the checks that were made instead.
    """
    measures: list[Measure] = []
    checks: list[Check] = []
    for some in in_batches(keys):
        of_these = MEASURE.c.countermeasure_id.in_(some)
        measures += [Measure(*row) for row in db.execute(select(MEASURE).where(of_these))]
        planned = (
            select(CHECK)
            .join(MEASURE, MEASURE.c.id == CHECK.c.measure_id)
            .where(of_these, CHECK.c.made_on.is_not(None) if made else CHECK.c.made_on.is_(None))
        )
        checks += [Check(*row) for row in db.execute(planned)]
    return sorted(measures, key=place_of), sorted(checks, key=place_of)


def changed_at(db: Connection, sessions: Collection[UUID]) -> dict[UUID, datetime]:
    """When each of these sessions was last changed."""
    found: dict[UUID, datetime] = {}
    for some in in_batches(sessions):
        query = (
            select(change_table.c.session_id, func.max(change_table.c.at))
            .where(change_table.c.session_id.in_(some))
            .group_by(change_table.c.session_id)
        )
        found |= {row[0]: row[1] for row in db.execute(query)}
    return found


def _listed(db: Connection, view: View, today: date, narrowed: Filter) -> Select[Any]:
    """What a view lists, in no order yet."""
    progress, due = ACTION.c.progress, ACTION.c.due
    query = joined()
    # Words in the statement itself: no index of only these rows serves a parameter.
    waiting = or_(*(progress == written(progress, word) for word in UNFINISHED))
    if view is View.OPEN:
        query = query.where(waiting)
    elif view is View.OVERDUE:
        query = query.where(waiting, due < today)
    elif view is View.WEEK:
        query = query.where(waiting, due >= today, due <= today + WEEK)
    elif view is View.CHECKS:
        query = joined(by_check=True).where(
            CHECK.c.made_on.is_(None),
            CHECK.c.due <= today + WEEK,
            progress.is_distinct_from(Progress.REJECTED),
        )
    elif view is View.NO_EFFECT:
        back = recurring.came_back(db, ACTION.c.id)
        query = query.where(or_(progress == Progress.NOT_EFFECTIVE, back))
    elif view is View.CLOSED:
        query = query.where(progress.in_(_CLOSED))
    return _narrowed(query, narrowed, db.dialect.name)


def _narrowed(query: Select[Any], narrowed: Filter, dialect: str) -> Select[Any]:
    query = query.where(*is_at_place(SESSION, narrowed))
    if narrowed.owner:
        query = query.where(func.lower(ACTION.c.owner) == func.lower(narrowed.owner))
    if narrowed.session:
        query = query.where(ACTION.c.session_id == narrowed.session)
    everything = one_text(
        SESSION,
        ACTION.c.text,
        CAUSE.c.text,
        ACTION.c.owner,
        problem(),
        SESSION.c.site,
        SESSION.c.department,
    )
    return query.where(*holds_words(everything, narrowed.words, dialect))


def _runs(query: Select[Any], view: View, after: ActionLine | None) -> Iterator[Select[Any]]:
    """The dated lines, then the others: no engine sorts NULLs by an index as people would."""
    day: Any = ACTION.c.due
    key, newest_first = ACTION.c.id, view is View.CLOSED
    place = (after.due, after.id) if after else None
    if view is View.CLOSED:
        day, place = ACTION.c.done_on, (after.done_on, after.id) if after else None
    elif view is View.CHECKS:
        day, key = CHECK.c.due, CHECK.c.id
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

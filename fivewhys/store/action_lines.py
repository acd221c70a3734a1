"""Countermeasures as lines of the follow-up: their rows, and what completes them."""

from dataclasses import fields, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, case, func, select

from fivewhys.models.follow_up import ActionLine
from fivewhys.models.recurrence import recurrences, tested_since
from fivewhys.models.tables import tables
from fivewhys.store import sharing
from fivewhys.store.conditions import is_problem_of

SESSION = tables["why_session"]
CAUSE = tables["cause"]
ACTION = tables["countermeasure"]
MEASURE = tables["measure"]
CHECK = tables["measure_check"]
_PROBLEM = tables["cause"].alias("problem")

_FACTS = tuple(field.name for field in fields(ActionLine))[:-4]
"""The fields of a line that are columns, in their order; those of the readiness list follow."""

_READY = ("ready_plan", "ready_tools", "ready_people", "ready_channels", "ready_impact")


def problem() -> Any:
    """The words of a session's problem: no join, which counts and orders would pay for."""
    return (
        select(_PROBLEM.c.text)
        .where(is_problem_of(_PROBLEM, ACTION.c.session_id))
        .correlate(ACTION)
        .scalar_subquery()
    )


def joined(*, by_check: bool = False) -> Select[Any]:
    """Every countermeasure of a session that is there, as a line needs it.

    With `by_check`, one row for each of its checks.
    """
    deleted = select(SESSION.c.id).where(SESSION.c.deleted_at.is_not(None))
    # Outer joins, though each row has its others: they keep SQLite from beginning with another
    # table and sorting all, which takes 300 ms at 100,000 instead of one or two.
    start: Any = ACTION
    if by_check:
        start = CHECK.outerjoin(MEASURE, MEASURE.c.id == CHECK.c.measure_id).outerjoin(
            ACTION, ACTION.c.id == MEASURE.c.countermeasure_id
        )
    return (
        select(
            ACTION.c.id,
            ACTION.c.session_id,
            SESSION.c.number,
            problem(),
            SESSION.c.site,
            SESSION.c.department,
            SESSION.c.severity,
            ACTION.c.cause_id,
            CAUSE.c.text,
            ACTION.c.text,
            ACTION.c.kind,
            ACTION.c.means,
            ACTION.c.owner,
            ACTION.c.due,
            ACTION.c.progress,
            ACTION.c.reason,
            ACTION.c.done_on,
            *(ACTION.c[name] for name in _READY),
            *((CHECK.c.due, CHECK.c.id) if by_check else ()),
        )
        .select_from(start)
        .outerjoin(SESSION, SESSION.c.id == ACTION.c.session_id)
        .outerjoin(CAUSE, CAUSE.c.id == ACTION.c.cause_id)
        .where(ACTION.c.session_id.not_in(deleted))
    )


def line_of(row: Any) -> ActionLine:
    """The line of a row of `joined`, which `completed` completes."""
    facts: dict[str, Any] = dict(zip(_FACTS, row, strict=False))
    ready = row[len(_FACTS) : len(_FACTS) + len(_READY)]
    due, check = row[len(_FACTS) + len(_READY) :] or (None, None)
    return ActionLine(**facts, not_ready=not all(ready), next_check=due, check=check, back=None)


def completed(db: Connection, lines: list[ActionLine]) -> list[ActionLine]:
    """The lines with their next checks, and with where their causes were found again."""
    if not lines:
        return []
    keys = [line.id for line in lines]
    # Not a condition on `made_on`: SQLite would begin with the index of all planned checks.
    planned = case((CHECK.c.made_on.is_(None), CHECK.c.due))
    query = (
        select(MEASURE.c.countermeasure_id, func.min(planned))
        .select_from(MEASURE)
        .join(CHECK, CHECK.c.measure_id == MEASURE.c.id)
        .where(MEASURE.c.countermeasure_id.in_(keys))
        .group_by(MEASURE.c.countermeasure_id)
    )
    checks: dict[UUID, date] = {row[0]: row[1] for row in db.execute(query)}
    found = sharing.found_again(db, {line.cause_id for line in lines if tested_since(line)})
    return [
        replace(
            line,
            next_check=line.next_check or checks.get(line.id),
            back=next(iter(recurrences(line, found.get(line.cause_id, ()))), None),
        )
        for line in lines
    ]

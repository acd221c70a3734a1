"""What a session begins with: what earlier ones like it left to do."""

from sqlalchemy import ColumnElement, Connection, and_, case, func, literal, or_

from fivewhys.models.follow_up import ActionLine
from fivewhys.models.plan_words import UNFINISHED, Progress
from fivewhys.models.tree import Tree
from fivewhys.models.words import Status
from fivewhys.store import recurring
from fivewhys.store.action_lines import ACTION, SESSION, completed, joined, line_of

REMINDED = 5
"""Lines that a session begins with: more would keep a team from its problem."""


def of_sessions_like(db: Connection, tree: Tree) -> list[ActionLine]:
    """What earlier sessions about the same cause, place or department left to do, nearest first.

    That is what is still open and what did not help, even if only this session shows that. The same
    cause counts most, then the place with its department, then one of the two; a session of which
    none is known has no such lines.
    """
    session = tree.session
    left: ColumnElement[bool] = ACTION.c.progress.in_([*UNFINISHED, Progress.NOT_EFFECTIVE])
    alike: list[tuple[ColumnElement[bool], int]] = [
        (func.lower(column) == func.lower(fact), weight)
        for column, fact, weight in (
            (SESSION.c.site, session.site, 2),
            (SESSION.c.department, session.department, 1),
        )
        if fact
    ]
    causes = {
        cause.id: (session.id, cause.text)
        for cause in tree.causes.values()
        if cause.parent_id and cause.status is not Status.RULED_OUT
    }
    if causes:
        same = recurring.is_like(db, causes, ACTION.c.cause_id)
        alike.append((same, 4))
        since = (session.noticed_at or session.opened_at).date()
        came_back = and_(same, ACTION.c.done_on < since, recurring.acts_on_cause(ACTION))
        left = or_(left, came_back)
    if not alike:
        return []
    nearness = sum((case((is_so, weight), else_=0) for is_so, weight in alike), start=literal(0))
    query = (
        joined()
        .where(
            left,
            ACTION.c.session_id != session.id,
            or_(*(is_so for is_so, _ in alike)),
        )
        .order_by(nearness.desc(), ACTION.c.due.is_(None), ACTION.c.due, ACTION.c.id)
        .limit(REMINDED)
    )
    return completed(db, [line_of(row) for row in db.execute(query)])

"""Lines of the follow-up as values: from a tree that was just changed, and in their order."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias
from uuid import UUID

from fivewhys.models.follow_up import ActionLine, ToTell, View
from fivewhys.models.plan_words import UNFINISHED
from fivewhys.models.tree import Tree
from fivewhys.models.values import Countermeasure

Line: TypeAlias = ActionLine | ToTell
"""What a view lists: countermeasures, or sessions whose customers are to be told."""

Shown: TypeAlias = View | None
"""A view; None lists the customers to tell."""

VIEWS: tuple[Shown, ...] = (*View, None)

NAMES: dict[Shown, str] = {
    View.OPEN: "open",
    View.OVERDUE: "overdue",
    View.WEEK: "this week",
    View.CHECKS: "checks",
    View.NO_EFFECT: "no effect",
    View.CLOSED: "closed",
    View.ALL: "all",
    None: "to tell",
}

SHORT_NAMES: dict[Shown, str] = NAMES | {View.WEEK: "week", None: "tell"}
"""Names for a narrow window."""

EMPTY: dict[Shown, str] = {
    View.OPEN: "Nothing waits to be done. Countermeasures are added to a cause in its session.",
    View.OVERDUE: "Nothing is overdue.",
    View.WEEK: "Nothing falls due within a week.",
    View.CHECKS: "No check is due within a week. A check is a dated look whether a countermeasure "
    "worked.",
    View.NO_EFFECT: "Nothing was found without effect, and no cause came back after it was dealt "
    "with.",
    View.CLOSED: "Nothing is closed yet. What is done, effective, not effective or rejected stands "
    "here.",
    View.ALL: "No countermeasure yet. Say in a session what will be done about a cause, and it is "
    "followed up here.",
    None: "Nobody waits to be told: customers of every session with a root were told what happened "
    "and what changes.",
}


def key_of(line: Line) -> UUID:
    """What tells one line from another: among checks, the check."""
    return (line.check or line.id) if isinstance(line, ActionLine) else line.session_id


def line_of(tree: Tree, item: Countermeasure, check: UUID | None = None) -> ActionLine:
    """A countermeasure of `tree` as the store would list it, about one of its checks if given."""
    session = tree.session
    planned = [
        each
        for measure in tree.measures(item)
        for each in tree.checks(measure)
        if each.made_on is None
    ]
    this = [each.due for each in planned if each.id == check]
    back = tree.recurrences(item)
    return ActionLine(
        id=item.id,
        session_id=session.id,
        number=session.number,
        problem=tree.problem.text,
        site=session.site,
        department=session.department,
        severity=session.severity,
        cause_id=item.cause_id,
        cause=tree.causes[item.cause_id].text,
        text=item.text,
        kind=item.kind,
        means=item.means,
        owner=item.owner,
        due=item.due,
        progress=item.progress,
        reason=item.reason,
        done_on=item.done_on,
        not_ready=bool(item.not_ready),
        next_check=min(this or [each.due for each in planned], default=None),
        check=check,
        back=back[0] if back else None,
    )


def with_kept(
    fresh: Sequence[Line], kept: Mapping[UUID, Line], before: Sequence[Line]
) -> list[Line]:
    """`fresh`, with the lines `kept` where they stood in `before`.

    What was changed here stays in sight and in its place, though the view would list it elsewhere
    or no longer.
    """
    newest = {key_of(line): line for line in fresh}
    found = [line for line in fresh if key_of(line) not in kept]
    places = {key_of(line): place for place, line in enumerate(found)}
    after = -1
    put: list[tuple[int, Line]] = []
    for line in before:
        key = key_of(line)
        if key in kept:
            put.append((after + 1, newest.get(key, kept[key])))
        else:
            after = places.get(key, after)
    put.sort(key=lambda each: each[0])
    while put:
        found.insert(*put.pop())
    return found


def overdue(line: Line, today: date) -> bool:
    """Whether it should have been done before today, or checked where the line is about a check."""
    if not isinstance(line, ActionLine):
        return False
    if line.check is not None:
        return line.next_check is not None and line.next_check < today
    waits = line.progress in UNFINISHED
    return waits and line.due is not None and line.due < today


def since_in_words(day: date, today: date) -> str:
    """How long ago a day was, in as few words as tell it: 3 days, 6 weeks, 8 months, 2 years."""
    days = (today - day).days
    units = ((14, 1, "day"), (61, 7, "week"), (730, 30.44, "month"))
    length, word = next(
        ((length, word) for most, length, word in units if days < most), (365.25, "year")
    )
    count = int(days / length)
    return f"{count} {word}{'' if count == 1 else 's'}"

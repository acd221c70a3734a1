"""The action plan over all sessions: what is late, what is next, what was done about it since.

Markdown by the template `actions.md`; the rows for machines are in `action_data`, the days for
calendars in `calendar`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fivewhys.models.follow_up import ActionLine
from fivewhys.models.plan_words import UNFINISHED, Progress
from fivewhys.models.values import Check, Measure
from fivewhys.reports import plan_cells as cells
from fivewhys.reports.dates import day
from fivewhys.reports.templates import Own, Page, filled

SOON = timedelta(days=7)
"""What is due within this time from today is said to be due soon, as in the follow-up."""

OVERDUE = "Overdue"
WEEK = "Due within a week"
LATER = "Due later"
UNDATED = "Without a date"

_CLOSED = {
    Progress.NOT_EFFECTIVE: "Not effective",
    Progress.DONE: "Done but not yet known to work",
    Progress.EFFECTIVE: "Effective",
    Progress.REJECTED: "Considered and not done",
}

_GROUPS = (OVERDUE, WEEK, LATER, UNDATED, *_CLOSED.values())


@dataclass(frozen=True, slots=True)
class Action:
    """A countermeasure of the follow-up, with how it will be known to work."""

    line: ActionLine
    measures: tuple[Measure, ...] = ()
    checks: tuple[Check, ...] = ()
    """Those that are planned and not made yet."""


@dataclass(frozen=True, slots=True)
class Row:
    """A countermeasure as a line of a table."""

    session: str
    place: str
    text: str
    cause: str
    kind: str
    strength: str
    owner: str
    due: str
    state: str
    known: str


@dataclass(frozen=True, slots=True)
class Group:
    """The countermeasures that wait for the same."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ActionsView:
    """The plan over all sessions as its Markdown tells it."""

    headline: tuple[str, ...]
    """The day, and what the plan was narrowed to."""
    counts: str
    groups: tuple[Group, ...]


def actions_with(
    lines: Iterable[ActionLine], measures: Iterable[Measure], checks: Iterable[Check]
) -> list[Action]:
    """The lines, each with its measures and planned checks, in the order in which they come."""
    of: dict[object, list[Measure]] = {}
    for measure in measures:
        of.setdefault(measure.countermeasure_id, []).append(measure)
    planned: dict[object, list[Check]] = {}
    for check in checks:
        planned.setdefault(check.measure_id, []).append(check)
    found = []
    for line in lines:
        mine = of.get(line.id, [])
        days = [check for measure in mine for check in planned.get(measure.id, ())]
        found.append(Action(line, tuple(mine), tuple(sorted(days, key=lambda one: one.due))))
    return found


def page(
    found: Sequence[Action], today: date, own: Own, *, narrowed_to: Sequence[str] = ()
) -> Page:
    """The Markdown of the plan as it is on `today`, by a team's own template where that works.

    `narrowed_to` says in words what else there is but was not asked for.
    """
    grouped: dict[str, list[Row]] = {title: [] for title in _GROUPS}
    for action in found:
        grouped[group_of(action.line, today)].append(_row(action))
    groups = tuple(Group(title, tuple(rows)) for title, rows in grouped.items() if rows)
    each = ", ".join(f"{len(group.rows):,} {_lower(group.title)}" for group in groups)
    number = f"{len(found):,} countermeasure{'' if len(found) == 1 else 's'}"
    counts = f"{number}: {each}" if found else ""
    view = ActionsView((f"As of {day(today)}", *narrowed_to), counts, groups)
    return filled("actions.md", own, view=view)


def group_of(line: ActionLine, today: date) -> str:
    """What a countermeasure waits for on `today`, or how it ended."""
    if line.standing not in UNFINISHED:
        return _CLOSED[line.standing]
    if line.due is None:
        return UNDATED
    if line.due < today:
        return OVERDUE
    return WEEK if line.due - today <= SOON else LATER


def _row(action: Action) -> Row:
    line = action.line
    known = cells.known(action.measures)
    return Row(
        session=line.session,
        place=line.place or cells.NOTHING,
        text=line.text,
        cause=line.cause,
        kind=line.kind.value,
        strength=cells.strength(line.means),
        owner=line.owner or cells.NOBODY,
        due=cells.due(line.due),
        state=_state(line),
        known=f"{known} (next check {day(line.next_check)})" if line.next_check else known,
    )


def _state(line: ActionLine) -> str:
    words = cells.state(line.standing, line.done_on, not_ready=line.not_ready)
    if line.back and line.standing is Progress.NOT_EFFECTIVE:
        return f"{words}: {cells.came_back(line.back)}"
    return f"{words}: {line.reason}" if line.reason else words


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]

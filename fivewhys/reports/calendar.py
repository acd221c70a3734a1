"""The days of the action plan for calendars: when something is due, and when it is checked.

Each is an event of a whole day, because calendars on the web and at work show no to-dos. The same
day has the same UID in every export and its moment is that of the session's last change, so that a
calendar that reads the file again moves its entries instead of doubling them.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from fivewhys.models.follow_up import ActionLine
from fivewhys.models.plan_words import KIND_WORDS, PROGRESS_WORDS, UNFINISHED
from fivewhys.models.values import Check, Measure
from fivewhys.reports import plan_cells as cells
from fivewhys.reports.actions import Action
from fivewhys.text import excerpt

if TYPE_CHECKING:
    from icalendar import Event

TITLE = 120
"""Characters of a measure in an event's title, which calendars show on one line."""

NAME = 40
"""Characters of an owner in a title."""

PART = 1000
"""Characters of each text in a description: some calendars refuse one of more than 8,192."""


def calendar(found: Iterable[Action], changed_at: Mapping[UUID, datetime]) -> str:
    """The days of the plan as iCalendar (RFC 5545): due dates of what is to be done, and checks.

    `changed_at` says of each session when it was last changed.
    """
    from icalendar import Calendar

    written = Calendar()
    written.add("prodid", "-//fivewhys//action plan//EN")
    written.add("version", "2.0")
    written.add("calscale", "GREGORIAN")
    written.add("x-wr-calname", "Five Whys action plan")
    events = [event for action in found for event in _events(action, changed_at)]
    for event in sorted(events, key=lambda event: (event.DTSTART, str(event["uid"]))):
        written.add_component(event)
    return str(written.to_ical(), "utf-8")


def _events(action: Action, changed_at: Mapping[UUID, datetime]) -> "Iterator[Event]":
    line = action.line
    changed = changed_at[line.session_id]
    if line.due and line.progress in UNFINISHED:
        title = f"{_for('Due', line.owner)}: {line.text}"
        known = [("How we will know", cells.known(action.measures))]
        yield _event(line.id, line.due, title, _told(line, known), changed)
    measures = {measure.id: measure for measure in action.measures}
    for check in action.checks:
        measure = measures[check.measure_id]
        title = f"{_for('Check', check.checked_by)}: {measure.definition}"
        about = _told(line, _looked_at(measure, check))
        yield _event(check.id, check.due, title, about, changed)


def _event(key: UUID, on: date, title: str, told: str, changed_at: datetime) -> "Event":
    from icalendar import Event

    from fivewhys.reports.calendar_text import Text

    event = Event()
    event.add("uid", str(key))
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("dtstart", on)
    if on < date.max:
        event.add("dtend", on + timedelta(days=1))
    event.add("summary", Text(excerpt(title, TITLE)))
    event.add("description", Text(told))
    # Nobody is busy all day because something is due.
    event.add("transp", "TRANSPARENT")
    return event


def _for(what: str, who: str) -> str:
    """Who it is for stands in front: calendars cut titles at their end."""
    return f"{what} ({excerpt(who, NAME)})" if who else what


def _looked_at(measure: Measure, check: Check) -> list[tuple[str, str]]:
    return [
        ("What to look at", measure.definition),
        ("Before", measure.baseline),
        ("Target", measure.target),
        ("Who checks", check.checked_by),
    ]


def _told(line: ActionLine, more: list[tuple[str, str]]) -> str:
    """The description: one line for each thing that is known."""
    facts = [
        ("What we do", line.text),
        ("Cause", line.cause),
        *more,
        ("Owner", line.owner or cells.NOBODY),
        ("State", PROGRESS_WORDS[line.standing]),
        ("Kind", f"{line.kind.value}: {KIND_WORDS[line.kind]}"),
        ("Session", f"{line.session}, {line.problem}"),
        ("Place", line.place),
    ]
    return "\n".join(f"{name}: {excerpt(fact, PART)}" for name, fact in facts if fact)

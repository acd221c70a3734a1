"""The action plan over all sessions: what is to be done, by whom and until when."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import typer

from fivewhys import settings
from fivewhys.cli import printing
from fivewhys.cli.exporting import write_file
from fivewhys.cli.history import Chosen, begun_history
from fivewhys.text import clean

if TYPE_CHECKING:
    from uuid import UUID

    from fivewhys.models.follow_up import ActionLine, View
    from fivewhys.models.values import Measure
    from fivewhys.reports.actions import Action
    from fivewhys.store.store import Store

Listed = Literal["open", "overdue", "all"]
Form = Literal["md", "csv", "ics", "json"]

FORMS: dict[str, Form] = {".md": "md", ".csv": "csv", ".ics": "ics", ".json": "json"}
"""What a file holds whose name ends like this."""

PAGE = 1000
"""Countermeasures that are read at a time."""

WEEK = timedelta(days=7)
"""How far beyond its day the follow-up looks for checks."""

FOR_EXCEL = "\ufeff"
"""Begins a file of CSV: without it, Excel takes UTF-8 for something else. Other readers skip it."""

_WORDS: dict[Listed, str] = {"open": "still to be done", "overdue": "overdue", "all": "everything"}

Value = TypeVar("Value", "ActionLine", "Measure")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the plan is narrowed to; names that are empty narrow nothing."""

    owner: str
    site: str
    department: str

    @property
    def words(self) -> list[str]:
        """What it is narrowed to, for people."""
        told = {part.name: getattr(self, part.name) for part in fields(self)}
        return [f"{name} {value}" for name, value in told.items() if value]


@dataclass(slots=True)
class _Read:
    """What was read for a plan."""

    found: "list[Action]" = field(default_factory=list)
    changed_at: "dict[UUID, datetime]" = field(default_factory=dict)
    """When each session was last changed; only for calendars."""


def today_here() -> date:
    """The day it is where the person is."""
    return datetime.now().astimezone().date()


def actions(
    chosen: Chosen,
    listed: Listed,
    narrowed: Narrowed,
    form: Form,
    output: str | None,
    *,
    replace: bool,
) -> None:
    """Write the plan as `form` to the file `output`, or to standard output for none and for -."""
    today = today_here()
    narrowed = Narrowed(*(clean(getattr(narrowed, part.name)) for part in fields(narrowed)))
    plan = _Read()
    nothing = chosen.nothing
    if chosen.is_begun or chosen.database:
        with begun_history(chosen) as store:
            plan = _read(store, listed, narrowed, today, for_calendar=form == "ics")
        nothing = _nothing(listed, narrowed)
    if not plan.found:
        printing.say(nothing)
    is_file = output not in (None, "-")
    if not plan.found and form == "md" and not is_file:
        return
    text = _text(chosen, plan, form, today, [_WORDS[listed], *narrowed.words])
    if not is_file:
        printing.write(text)
        return
    name = f"{today.isoformat()}-action-plan.{form}"
    text = FOR_EXCEL + text if form == "csv" else text
    path = write_file(text, output, name, replace=replace)
    typer.echo(f"Wrote {printing.readable(str(path))}")


def _read(
    store: "Store", listed: Listed, narrowed: Narrowed, today: date, *, for_calendar: bool
) -> _Read:
    from fivewhys.models.follow_up import View
    from fivewhys.reports.actions import actions_with

    view = {"open": View.OPEN, "overdue": View.OVERDUE, "all": View.ALL}[listed]
    pages = [_pages(store, view, narrowed, today)]
    if for_calendar and listed == "open":
        # What is done already may still have to be checked, however far ahead that is.
        pages.append(_pages(store, View.CHECKS, narrowed, date.max - WEEK))
    plan = _Read()
    seen: set[UUID] = set()
    for lines in chain.from_iterable(pages):
        # What has several checks has as many lines.
        new = list({line.id: line for line in lines if line.id not in seen}.values())
        seen |= {line.id for line in new}
        if for_calendar:
            plan.changed_at |= store.changed_at({line.session_id for line in new})
            # Somebody may remove a session for good while this reads on.
            new = [line for line in new if line.session_id in plan.changed_at]
        plan.found += actions_with(new, *store.how_known([line.id for line in new]))
    return plan


def _pages(
    store: "Store", view: "View", narrowed: Narrowed, today: date
) -> "Iterator[list[ActionLine]]":
    from fivewhys.models.follow_up import Filter

    filters = Filter(owner=narrowed.owner, site=narrowed.site, department=narrowed.department)
    after = None
    while lines := store.follow_up(view, today, filters, after, PAGE):
        yield lines
        after = lines[-1]


def _nothing(listed: Listed, narrowed: Narrowed) -> str:
    """What to say where no countermeasure is listed."""
    about = f" ({', '.join(narrowed.words)})" if narrowed.words else ""
    if listed == "overdue":
        return f"Nothing is overdue{about}."
    if listed == "open":
        return f"Nothing is waiting to be done{about}. To see what was done: add --all"
    return f"No countermeasures yet{about}. They are added to a cause while a session is open."


def _text(chosen: Chosen, plan: _Read, form: Form, today: date, about: list[str]) -> str:
    if form == "csv":
        from fivewhys.reports.action_data import table

        return table(plan.found, today)
    if form == "ics":
        from fivewhys.reports.calendar import calendar

        return calendar(plan.found, plan.changed_at)
    if form == "json":
        from fivewhys.reports.action_data import objects

        return printing.json_text(objects(plan.found, today))
    from fivewhys.reports.actions import page
    from fivewhys.template_files import own_templates

    found = [_written(chosen, action) for action in plan.found] if chosen.ascii_only else plan.found
    about = list(map(chosen.written, about))
    filled = page(found, today, own_templates(settings.templates()), narrowed_to=about)
    for problem in filled.problems:
        printing.say(problem)
    return chosen.written(filled.text)


def _written(chosen: Chosen, action: "Action") -> "Action":
    """`action` in plain ASCII: wide forms must be so before what means something is escaped."""
    return replace(
        action,
        line=_with_texts(chosen, action.line),
        measures=tuple(_with_texts(chosen, measure) for measure in action.measures),
    )


def _with_texts(chosen: Chosen, value: Value) -> Value:
    texts = {part.name: getattr(value, part.name) for part in fields(value)}
    changed: dict[str, Any] = {
        name: chosen.written(text)
        for name, text in texts.items()
        # The fixed words are texts too, and more than that.
        if type(text) is str
    }
    return replace(value, **changed)

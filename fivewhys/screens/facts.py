"""The facts of a session as a form has them: text in, validated values out. No widgets."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from fivewhys.models.commands import MOST_MINUTES, NewPerson
from fivewhys.models.tree import Tree
from fivewhys.models.values import WhySession
from fivewhys.text import clean

CLOCKS_DIFFER = timedelta(minutes=5)
"""So far ahead a moment may seem to lie that has just been."""


class NotUnderstood(ValueError):
    """A field holds something else than it asks for; the text says what to write."""


@dataclass(frozen=True, slots=True)
class FactField:
    """One optional line of the form."""

    name: str
    label: str
    ask: str
    suggested: bool = False
    """Whether earlier sessions' values are offered."""
    rows: int = 1


FIELDS = (
    FactField("customer_words", "The customer's words", "as they said it, word for word", rows=3),
    FactField("expected", "Expected", "what should have happened"),
    FactField("actual", "Actual", "what happened instead"),
    FactField("location", "Where", "where it was seen"),
    FactField("since_when", "Since when", "since Monday, since release 4.2"),
    FactField("how_much", "How much", "12 of 80 orders, 40 minutes, 1,300 euros"),
    FactField("site", "Site", "shop, hotel, plant", suggested=True),
    FactField("region", "Region", "to compare sites with", suggested=True),
    FactField("department", "Department", "front desk, billing, line 3", suggested=True),
    FactField("channel", "Channel", "counter, phone, web", suggested=True),
    FactField("noticed_at", "Noticed", "yesterday 14:00, 3 March, 2026-03-03 08:40"),
    FactField("time_box", "Time box", "minutes for this meeting, for example 45"),
    FactField("facilitator", "Facilitator", "who leads the meeting", suggested=True),
    FactField("here", "In the room", "a person a line: name, role", rows=3),
    FactField("away", "Not in the room", "who does this work and is not here?", rows=2),
    FactField("notes", "Notes", "anything else", rows=3),
)


def today() -> date:
    """The day where the person is."""
    return datetime.now().astimezone().date()


def as_text(name: str, tree: Tree) -> str:
    """What the field `name` shows for a session."""
    if name in ("here", "away"):
        people = [person for person in tree.people if person.here == (name == "here")]
        return "\n".join(", ".join(filter(None, (each.name, each.role))) for each in people)
    value = getattr(tree.session, name)
    if isinstance(value, datetime):
        return moment_text(value)
    return "" if value is None else str(value)


def moment_text(moment: datetime) -> str:
    """A moment as a field has it: local time, to the minute."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def people_of(here: str, away: str) -> tuple[NewPerson, ...]:
    """Read “name, role” lines; a name that stands twice counts once."""
    people: dict[str, NewPerson] = {}
    for text, is_here in ((here, True), (away, False)):
        for line in text.splitlines():
            name, _, role = (part.strip() for part in clean(line).partition(","))
            if name and name not in people:
                people[name] = NewPerson(name=name, role=role, here=is_here)
    return tuple(people.values())


def fact_of(name: str, text: str, now: datetime) -> Any:
    """The value that a field's text means. Raises `NotUnderstood`."""
    text = text.strip()
    if name == "noticed_at":
        return moment_of(text, now) if text else None
    if name == "time_box":
        if not text:
            return None
        number = text.lower().removesuffix("minutes").removesuffix("min").strip()
        # Python refuses to read numbers of thousands of digits.
        minutes = int(number) if re.fullmatch("[0-9]{1,4}", number) else 0
        if not 1 <= minutes <= MOST_MINUTES:
            raise NotUnderstood("Time box: write the minutes as a number, for example 45.")
        return minutes
    return text


def moment_of(text: str, now: datetime, label: str = "Noticed") -> datetime:
    """The moment that a person's words mean, local time unless they say a zone; never to come.

    `label` names the field where the words mean none. Raises `NotUnderstood`.
    """
    import dateparser

    settings = {
        "RELATIVE_BASE": now.astimezone().replace(tzinfo=None),
        "PREFER_DATES_FROM": "past",
    }
    found = dateparser.parse(clean(text), languages=["en"], settings=settings)
    said = f"{label}: “{clean(text)[:40]}”"
    try:
        moment: datetime | None = found.astimezone(UTC) if found else None
    except (ValueError, OverflowError):
        # The calendar's first and last days may have no counterpart in another time zone.
        moment = None
    if moment is None:
        raise NotUnderstood(
            f"{said} is no date. Write for example 2026-03-03 08:40, 3 March or yesterday 14:00."
        )
    if moment > now + CLOCKS_DIFFER:
        raise NotUnderstood(
            f"{said} is still to come. Write when it was, for example yesterday 14:00."
        )
    return moment


def changed_facts(session: WhySession | None, values: dict[str, Any]) -> dict[str, Any]:
    """Of the form's values, those that differ from the session's."""
    return {
        name: value
        for name, value in values.items()
        if (session is None and value not in ("", None))
        or (session is not None and _comparable(getattr(session, name)) != _comparable(value))
    }


def _comparable(value: Any) -> Any:
    """The form shows moments to the minute."""
    return value.replace(second=0, microsecond=0) if isinstance(value, datetime) else value

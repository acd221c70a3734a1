"""A history with many countermeasures, each as long as real ones, written straight into the tables.

Built by commands, 100,000 of them would take an hour.
"""

import random
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import uuid_utils.compat
from sqlalchemy import insert, update

from fivewhys.models.commands import Moment, StartSession
from fivewhys.models.plan_words import CountermeasureKind, Means, MeasureKind, Progress
from fivewhys.models.tables import counter_table, tables, wording_table
from fivewhys.models.tree import start
from fivewhys.models.values import Cause, Check, Countermeasure, Measure
from fivewhys.models.words import Kind, Part, Status
from fivewhys.store.store import Store
from fivewhys.text import words_number

EACH = 5
"""Causes of a session, each with a countermeasure."""

BATCH = 5_000

SITES = ("Lyon", "Harwick", "Trento", "Eastmere", "Kraków", "Aarhus", "Porto", "Galway")
DEPARTMENTS = ("Front desk", "Billing", "Line 3", "Call centre", "Ward 7", "Dispatch")
PEOPLE = ("Ana", "Bo", "Chidi", "Dana", "Emeka", "Farah", "Goran", "Hana", "night shift", "IT")
THINGS = (
    "price form", "handover list", "order sheet", "rota", "grease round", "refund queue",
    "pump drawer", "shelf label", "release note", "phone menu", "key cabinet", "booking rule",
)  # fmt: skip
PROBLEMS = (
    "Guests waited up to 25 minutes to check in on {day}, because the {a} was not at hand",
    "Customers were charged twice for one order after the {a} was changed on {day}",
    "The {a} and the {b} told two different things to everybody who called on {day}",
)
CAUSES = (
    "The {a} of the year before was still in use, as the new one is ordered by whoever holds the "
    "post, and in week {n} nobody held it",
    "Nobody looks at the {a} between the shifts: it names point {n} and nobody by name, so that "
    "each shift takes it for the other's",
    "The {b} is filled in from memory at the end of the day, {n} minutes after the last guest, "
    "with the {a} in another room",
)
PLANS = (
    "Let the {a} name the post that does it, not the person who holds it, and ask for it on the "
    "first of the month until the {b} is there",
    "Take the step out: the {b} reads the {a} itself, and refuses one that is older than {n} days",
    "Put the {a} beside the {b}, with a date on its back that can be read from the door",
)
STATES = (
    Progress.IDEA, Progress.PLANNED, Progress.IN_PROGRESS, Progress.DONE, Progress.DONE,
    Progress.EFFECTIVE, Progress.NOT_EFFECTIVE, Progress.REJECTED,
)  # fmt: skip
DONE = (Progress.DONE, Progress.EFFECTIVE, Progress.NOT_EFFECTIVE)


def fill(path: Path | str, sessions: int, now: datetime, seed: int = 1) -> None:
    """Make a history with this many sessions, each with `EACH` countermeasures."""
    store = Store(path, "Ines")
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in tables}
    wordings: list[dict[str, Any]] = []
    chance = random.Random(seed)
    with store._database.writing() as db:
        for number in range(1, sessions + 1):
            for name, row in _session(chance, number, now):
                rows[name].append(row)
                if name == "cause" and row["kind"] is Kind.CAUSE:
                    words = words_number(row["text"])
                    wordings.append({"words": words, "cause_id": row["id"]})
        for name, all_of in rows.items():
            for at in range(0, len(all_of), BATCH):
                db.execute(insert(tables[name]), all_of[at : at + BATCH])
        for at in range(0, len(wordings), BATCH):
            db.execute(insert(wording_table), wordings[at : at + BATCH])
        db.execute(update(counter_table).values(value=sessions))
    store.close()


def _session(
    chance: random.Random, number: int, now: datetime
) -> Iterator[tuple[str, dict[str, Any]]]:
    opened = now - timedelta(days=chance.randint(0, 600), minutes=chance.randint(0, 600))
    today = now.date()

    def said(kinds: tuple[str, ...]) -> str:
        a, b = chance.sample(THINGS, 2)
        return chance.choice(kinds).format(
            a=a, b=b, n=chance.randint(2, 4000), day=f"{opened.day} {opened:%B}"
        )

    moment = Moment(opened, "Ines", uuid_utils.compat.uuid7, number)
    tree = start(StartSession(problem=said(PROBLEMS)).plan(moment))
    session = asdict(tree.session)
    session["site"], session["department"] = chance.choice(SITES), chance.choice(DEPARTMENTS)
    yield "why_session", session
    yield "cause", asdict(tree.problem)
    parent = tree.problem.id
    for depth in range(EACH):
        cause = Cause(
            id=uuid_utils.compat.uuid7(),
            session_id=tree.session.id,
            parent_id=parent,
            kind=Kind.CAUSE,
            position=1024,
            text=said(CAUSES),
            question="",
            status=Status.OPEN,
            reason="",
            leg=None,
            part=Part.ROOT if depth == EACH - 1 else None,
            part_reason="",
            lens="",
            category="",
            said_by="",
            created_at=opened,
        )
        yield "cause", asdict(cause)
        parent = cause.id
        yield from _plan(chance, cause, opened.date(), today, said(PLANS))


def _plan(
    chance: random.Random, cause: Cause, opened: date, today: date, text: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    progress = chance.choice(STATES)
    due = opened + timedelta(days=chance.randint(5, 700)) if chance.random() < 0.9 else None
    done_on = min(today, due or today) if progress in DONE else None
    needs_reason = progress in (Progress.REJECTED, Progress.NOT_EFFECTIVE)
    hung: dict[str, UUID] = {"session_id": cause.session_id, "cause_id": cause.id}
    plan = Countermeasure(
        **hung,
        id=uuid_utils.compat.uuid7(),
        position=1024,
        text=text,
        kind=chance.choice(list(CountermeasureKind)),
        means=chance.choice([None, *Means]),
        owner=f"{chance.choice(PEOPLE)} {chance.randint(1, 30)}",
        due=due,
        progress=progress,
        reason="The numbers stayed where they were" if needs_reason else "",
        done_on=done_on,
        notes="",
        ready_plan=True,
        ready_tools=chance.random() < 0.8,
        ready_people=True,
        ready_channels=True,
        ready_impact=True,
        said_by="Ines",
        created_at=cause.created_at,
    )
    yield "countermeasure", asdict(plan)
    measure = Measure(
        **hung,
        id=uuid_utils.compat.uuid7(),
        countermeasure_id=plan.id,
        position=1024,
        kind=MeasureKind.OUTCOME,
        definition="complaints a week",
        baseline="12",
        target="2",
        days=30,
    )
    yield "measure", asdict(measure)
    if chance.random() < 0.5:
        check = Check(
            **hung,
            id=uuid_utils.compat.uuid7(),
            measure_id=measure.id,
            due=today + timedelta(days=chance.randint(-100, 200)),
            made_on=None,
            result=None,
            value="",
            checked_by="",
            owner=plan.owner,
            created_at=cause.created_at,
        )
        yield "measure_check", asdict(check)


def now() -> datetime:
    """The moment at which the history ends."""
    return datetime.now(UTC)

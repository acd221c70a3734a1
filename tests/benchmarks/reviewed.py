"""A long history as a review reads it, written straight into the tables.

Built by commands, a million causes would take hours.
"""

import random
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any
from uuid import UUID

import uuid_utils.compat
from sqlalchemy import insert, update

from fivewhys.models.commands import Moment, StartSession
from fivewhys.models.delta import row_of
from fivewhys.models.plan_words import FINISHED, NEEDS_REASON, CountermeasureKind, Means, Progress
from fivewhys.models.tables import counter_table, decision_table, tables, wording_table
from fivewhys.models.tree import start
from fivewhys.models.values import Cause, Countermeasure, Evidence, LinkAnswer, RootCheck
from fivewhys.models.words import (
    EvidenceKind,
    Kind,
    Leg,
    LinkQuestion,
    Part,
    RootPoint,
    Severity,
    Status,
    Verdict,
)
from fivewhys.review.counting import rules
from fivewhys.store import review_kept
from fivewhys.store.review_rows import block_of
from fivewhys.store.store import Store
from fivewhys.text import words_number

CAUSES = 9
"""Causes of a session, beside its problem: with 100,000 sessions a million nodes."""

BATCH = 5_000
SITES = tuple(f"Site {number}" for number in range(40))
DEPARTMENTS = ("Front desk", "Billing", "Line 3", "Call centre", "Ward 7", "Dispatch", "Kitchen")
CHANNELS = ("counter", "phone", "web", "letter", "delivery", "")
PEOPLE = tuple(f"Person {number}" for number in range(30))
BEHAVIOURS = ("rudeness", "phone-manners", "ignoring", "not-listening", "shuffling")
SAID = (
    "Nobody looks at the list of {a} between the shifts, as it names point {n} and no post",
    "The form for {a} is that of the year before, and {n} of them were still in the drawer",
    "What the {a} says is copied by hand from page {n} of the book at the end of the day",
)
THINGS = ("price forms", "rotas", "refunds", "pump keys", "shelf labels", "release notes", "vans")
STATES = (
    *(Progress.PLANNED, Progress.IN_PROGRESS, Progress.DONE, Progress.DONE, Progress.EFFECTIVE),
    *(Progress.NOT_EFFECTIVE, Progress.REJECTED),
)


def fill(database: Path | str, sessions: int, now: datetime, seed: int = 1) -> None:
    """Make a history with this many sessions over three years; every third root came before."""
    chance = random.Random(seed)
    with closing(Store(database, "Ines")) as store, store._database.writing() as db:
        if store.url.get_backend_name() == "sqlite":
            db.exec_driver_sql("PRAGMA cache_size = -200000")
        rows: dict[str, list[dict[str, Any]]] = {name: [] for name in tables}
        wordings: list[dict[str, Any]] = []
        roots: list[UUID] = []
        for number in range(1, sessions + 1):
            for name, row in _session(chance, number, now):
                rows[name].append(row)
                if name == "cause" and row["kind"] is Kind.CAUSE:
                    wordings.append({"words": words_number(row["text"]), "cause_id": row["id"]})
                    if row["part"] is Part.ROOT and chance.random() < 0.03:
                        roots.append(row["id"])
            if len(rows["cause"]) > BATCH or number == sessions:
                for name, some in rows.items():
                    if some:
                        db.execute(insert(tables[name]), some)
                    some.clear()
        # In their order: put in as they come, each would go to another page of the file.
        wordings.sort(key=itemgetter("words"))
        for at in range(0, len(wordings), BATCH):
            db.execute(insert(wording_table), wordings[at : at + BATCH])
        db.execute(update(counter_table).values(value=sessions))
        pairs = [sorted(chance.sample(roots, 2)) for _ in range(len(roots) // 2)]
        decided = [
            {
                "id": uuid_utils.compat.uuid7(),
                "a": a,
                "b": b,
                "sameness": chance.choice(("same", "different")),
                "decided_by": "Ines",
                "decided_at": now,
            }
            for a, b in pairs
        ]
        if decided:
            db.execute(insert(decision_table), decided)


def count_all(store: Store, seed: int = 2) -> None:
    """Let every session be counted, with made-up numbers: looking at each takes many minutes."""
    chance = random.Random(seed)
    history, _ = store.reviewing._now()
    sessions = history.sessions
    if len(history.counts()) == len(sessions):
        return
    told = zip(sessions.number.tolist(), sessions["seq"].tolist(), strict=True)
    for block, of_block in groupby(told, lambda one: block_of(one[0])):
        rows = []
        for number, seq in of_block:
            roots = chance.randint(1, 2)
            counts = (9, roots, chance.randint(0, roots), 4 * roots, 9, chance.choice((0, 5, 9)))
            rest = (chance.randint(0, 3), chance.randint(0, 1), chance.randint(1, 7))
            rows.append((number, seq, rules(), *counts, *rest))
        review_kept.write_counts(store._database, block, [row[0] for row in rows], rows)


def _session(
    chance: random.Random, number: int, now: datetime
) -> Iterator[tuple[str, dict[str, Any]]]:
    opened = now - timedelta(days=chance.randint(0, 1095), minutes=chance.randint(0, 1440))
    noticed = opened - timedelta(hours=chance.randint(1, 200))
    moment = Moment(opened, "Ines", uuid_utils.compat.uuid7, number)
    problem = f"{chance.randint(2, 90)} customers waited for their {chance.choice(THINGS)}"
    tree = start(StartSession(problem=problem).plan(moment))
    session = row_of(tree.session)
    site = chance.randrange(len(SITES))
    told = noticed + timedelta(hours=chance.randint(20, 1000))
    session |= {
        "site": SITES[site],
        "region": f"Region {site % 5}",
        "department": chance.choice(DEPARTMENTS),
        "channel": chance.choice(CHANNELS),
        "severity": chance.choices([None, *Severity], (1, 10, 5, 3, 1))[0],
        "noticed_at": noticed if chance.random() < 0.9 else None,
        "facilitator": chance.choice(PEOPLE),
        "how_much": f"{chance.randint(2, 400)} customers" if chance.random() < 0.6 else "",
        "acknowledged_at": noticed + timedelta(hours=chance.randint(1, 100)),
        "root_found_at": opened + timedelta(hours=chance.randint(1, 400)),
        "told_at": told if chance.random() < 0.7 else None,
        "told_channel": "letter",
    }
    yield "why_session", session
    yield "cause", row_of(tree.problem)
    keys = [tree.problem.id]
    for place in range(1, CAUSES + 1):
        cause = _cause(chance, tree.session.id, keys[max(place - 3, 0)], place, opened)
        keys.append(cause.id)
        yield "cause", row_of(cause)
        yield from _on(chance, cause, opened.date(), now.date())


def _cause(
    chance: random.Random, session: UUID, parent: UUID, place: int, opened: datetime
) -> Cause:
    is_root = place == CAUSES or (place == CAUSES - 1 and chance.random() < 0.3)
    # The asking ends there: few have causes below them.
    is_out = not is_root and chance.random() < (0.15 if place == CAUSES - 2 else 0.005)
    often = chance.random() < (0.35 if is_root else 0.1)
    return Cause(
        id=uuid_utils.compat.uuid7(),
        session_id=session,
        parent_id=parent,
        kind=Kind.CAUSE,
        position=1024 * place,
        text=chance.choice(SAID).format(
            # Some are said again and again, the most of them a few hundred times.
            a=chance.choice(THINGS),
            n=int(1000 * chance.random() ** 3) if often else chance.randrange(10**8),
        ),
        question="",
        status=Status.RULED_OUT if is_out else Status.OPEN,
        reason="It was not there" if is_out else "",
        part=Part.ROOT if is_root else None,
        part_reason="",
        leg=chance.choice((None, None, *Leg)),
        said_by="",
        created_at=opened,
        lens="customer-behaviour" if place == 4 and (with_lens := chance.random() < 0.4) else "",
        category=chance.choice(BEHAVIOURS) if place == 4 and with_lens else "",
    )


def _on(
    chance: random.Random, cause: Cause, opened: date, today: date
) -> Iterator[tuple[str, dict[str, Any]]]:
    hung: dict[str, Any] = {
        "session_id": cause.session_id,
        "cause_id": cause.id,
        "said_by": "",
        "created_at": cause.created_at,
    }
    if cause.is_root or chance.random() < 0.1:
        yield (
            "evidence",
            row_of(
                Evidence(
                    **hung,
                    id=uuid_utils.compat.uuid7(),
                    position=1024,
                    kind=EvidenceKind.NOTE,
                    text="Seen on the shelf",
                    supports=True,
                )
            ),
        )
    if not cause.is_root:
        return
    for point in chance.sample(list(RootPoint), 4):
        yield "root_check", row_of(RootCheck(**hung, id=uuid_utils.compat.uuid7(), point=point))
    answer = LinkAnswer(
        **hung,
        id=uuid_utils.compat.uuid7(),
        question=LinkQuestion.FOLLOWS,
        verdict=Verdict.YES,
        words="",
    )
    yield "link_answer", row_of(answer)
    for position in range(chance.choice((0, 1, 1, 2))):
        yield "countermeasure", row_of(_action(chance, hung, position, opened, today))


def _action(
    chance: random.Random, hung: dict[str, Any], position: int, opened: date, today: date
) -> Countermeasure:
    progress = chance.choice(STATES)
    due = opened + timedelta(days=chance.randint(5, 300))
    done = min(today, due + timedelta(days=chance.randint(-30, 20)))
    return Countermeasure(
        **hung,
        id=uuid_utils.compat.uuid7(),
        position=1024 * position,
        text="Let the list name the post that does it, and not the person who holds it",
        kind=chance.choice(list(CountermeasureKind)),
        means=chance.choice([None, *Means]),
        owner=chance.choice(PEOPLE),
        due=due if chance.random() < 0.9 else None,
        progress=progress,
        reason="The numbers stayed" if progress in NEEDS_REASON else "",
        done_on=done if progress in FINISHED else None,
        notes="",
        ready_plan=True,
        ready_tools=True,
        ready_people=True,
        ready_channels=True,
        ready_impact=True,
    )

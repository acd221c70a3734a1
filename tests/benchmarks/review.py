"""Speed of the review's panels beside their budget, on SQLite or on a PostgreSQL server.

    python -m tests.benchmarks.review [--sessions 100000] [--server] [--file FILE]

A history of ten nodes a session, written straight into the tables, is made in FILE if it is not
there yet, which takes many minutes, and used again; `--server` makes one on a PostgreSQL from the
test wheel. Prints how long the first review of all takes, then for each panel the time in a fresh
program, which reads all that it needs, after a change of one session, and of the next review; at
the end the memory that the columns take. The exit status is 1 where a budget is missed. Wants two
quiet cores.
"""

import argparse
import time
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from datetime import UTC, date, datetime
from pathlib import Path

import psutil

from fivewhys.countermeasures.targets import built_in_targets
from fivewhys.models.commands import Facts, SetFacts
from fivewhys.review.pareto import Basis
from fivewhys.review.period import ReviewFilter
from fivewhys.store.review_panels import Review
from fivewhys.store.reviewing import Reviewing
from fivewhys.store.store import Store
from tests.benchmarks.reviewed import count_all, fill
from tests.benchmarks.store import place

BUDGET = 500
"""Milliseconds of a panel, its rows read."""

RUNS = 3
COUNTED = 300
"""Sessions that are counted to see how long all would take."""
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

ASKED = {
    "all sessions (ms)": ReviewFilter(),
    "the last three months (ms)": ReviewFilter(since=date(2026, 9, 1)),
    "one site of 40 (ms)": ReviewFilter(sites=("Site 7",)),
}

PANELS: dict[str, Callable[[Review], object]] = {
    "sessions": Review.sessions,
    "Pareto by sessions": Review.pareto,
    "Pareto by weight": lambda review: review.pareto(Basis.WEIGHT),
    "minor wounds": Review.wounds,
    "site × department": Review.heat,
    "site × behaviour": Review.heat_of_lens,
    "trend": Review.trend,
    "clocks": lambda review: review.clocks(built_in_targets(), NOW),
    "follow-through": lambda review: review.follow_through(NOW.date()),
    "quality of analyses": Review.quality,
}


class _Enough(Exception):
    """As many were counted as are needed."""


def counted(store: Store) -> None:
    """How quickly sessions are counted, told of those that are not counted yet."""
    began = time.perf_counter()
    done = 0

    def progress(now: int, of: int) -> None:
        nonlocal done
        done = now
        if COUNTED <= now < of:
            raise _Enough

    with suppress(_Enough):
        store.reviewing.count_changed(progress)
    if done:
        print(f"counting: {1000 * (time.perf_counter() - began) / done:.1f} ms a session")


def milliseconds(panel: Callable[[Review], object], review: Review) -> float:
    """How long a panel takes."""
    began = time.perf_counter()
    panel(review)
    return 1000 * (time.perf_counter() - began)


def panels(store: Store, what: str, narrowed: ReviewFilter) -> int:
    """Measure each panel; returns how many budgets are missed."""
    missed = 0
    print(f"{what:<34}{'fresh':>9}{'changed':>9}{'next':>9}{'budget':>9}")
    for name, panel in PANELS.items():
        fresh, changed, after = [], [], []
        for run in range(RUNS):
            reviewing = Reviewing(store._database)
            fresh.append(milliseconds(panel, reviewing.of(narrowed)))
            store.apply(store.numbered(1), SetFacts(facts=Facts(notes=f"{name} {run}")))
            changed.append(milliseconds(panel, reviewing.of(narrowed)))
            after.append(milliseconds(panel, reviewing.of(narrowed)))
        is_late = max(min(fresh), min(changed)) > BUDGET
        missed += is_late
        times = "".join(f"{min(one):>9.0f}" for one in (fresh, changed, after))
        print(f"{name:<34}{times}{BUDGET:>9}{'  MISSED' if is_late else ''}", flush=True)
    return missed


def main() -> None:
    """Measure and print."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--sessions", type=int, default=100_000)
    reader.add_argument("--server", action="store_true")
    reader.add_argument("--file", type=Path)
    chosen = reader.parse_args()
    missed = 0
    with ExitStack() as stack:
        database: str | Path = chosen.file or stack.enter_context(place(chosen.server, None))
        if not chosen.file or not chosen.file.exists():
            fill(database, chosen.sessions, NOW)
        store = stack.enter_context(closing(Store(database, "Ines")))
        began = time.perf_counter()
        if store.reviewing.catch_up():
            print(f"the first review: {time.perf_counter() - began:.1f} s")
        counted(store)
        count_all(store)
        for what, narrowed in ASKED.items():
            missed += panels(store, what, narrowed)
        before = psutil.Process().memory_info().rss
        reviews = [Reviewing(store._database).of() for _ in range(RUNS)]
        for review in reviews:
            for panel in PANELS.values():
                panel(review)
        mebibytes = (psutil.Process().memory_info().rss - before) / RUNS / 2**20
        print(f"memory of the columns: {mebibytes:.0f} MiB")
    print(f"{missed} budgets missed")
    raise SystemExit(bool(missed))


if __name__ == "__main__":
    main()

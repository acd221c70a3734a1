"""Speed of search over all sessions beside its budgets, on SQLite or on a PostgreSQL server.

    python -m tests.benchmarks.search [--sessions 100000] [--server] [--folder FOLDER]

A history of the schema before search is filled past all commands (ten causes a session, 20 words
each, some of which are in half of all causes and some in one) and brought up to date, which makes
the index. Prints what that took, how the file grew, and a table; the exit status is 1 where a
budget is missed. Takes about four minutes at a million causes; wants two quiet cores.
"""

import argparse
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from functools import partial
from itertools import accumulate, chain
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import text

from fivewhys.models.commands import Answer, EditCause
from fivewhys.models.tree import Record
from fivewhys.store import passages, schema
from fivewhys.store.engine import connect, url_of
from fivewhys.store.store import Store
from tests.benchmarks.store import Line, commits, fill, place, show, timed
from tests.building import do, session

BEFORE = 4
"""The last schema without an index."""

ASKED = (
    ("a word of 1 cause in 100", "printer"),
    ("a beginning of it", "prin"),
    ("a word of one cause", "zanzibar"),
    ("a word of none", "quagmire"),
    ("two words", "printer customer"),
    ("two words, one cause", "customer zanzibar"),
    ("a word of half of all causes", "customer"),
    ("two words, each of many causes", "customer staff"),
    ("three beginnings", "cust prin staf"),
    ("a beginning of words of half of all causes", "custo"),
    ("a beginning of three letters", "cus"),
)


def sayer() -> Callable[[random.Random], str]:
    """Says 20 words of 40,000, a few of which are used the most, as people do."""
    chance = random.Random(1)
    sounds = [first + last for first in "bcdfghklmnprstvw" for last in "aeiou"]
    words = ["".join(chance.choices(sounds, k=chance.randrange(1, 5))) for _ in range(40_000)]
    often = list(accumulate(1 / (place + 3) for place in range(len(words))))
    said = 0

    def say(chance: random.Random) -> str:
        nonlocal said
        said += 1
        more = [
            *(["customer"] if said % 2 else []),
            *(["customers"] if said % 6 == 0 else []),
            *(["staff"] if said % 3 == 0 else []),
            *(["printer"] if said % 100 == 7 else []),
            *(["zanzibar"] if said == 1001 else []),
        ]
        return " ".join(chance.choices(words, cum_weights=often, k=20) + more)

    return say


def older_migrations(folder: Path) -> Path:
    """The migrations up to the schema before search."""
    later = [f"{number:04}*" for number in range(BEFORE + 1, schema.SCHEMA + 1)]
    return Path(
        shutil.copytree(
            schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__", *later)
        )
    )


def size(database: str) -> int:
    """The bytes of a database."""
    engine = connect(url_of(database))
    with closing(engine.connect()) as connection:
        if engine.dialect.name == "sqlite":
            pages = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
        else:
            pages = "SELECT pg_database_size(current_database())"
        found = connection.execute(text(pages)).scalar_one()
    engine.dispose()
    return int(found)


def made(database: str, sessions: int, folder: Path) -> None:
    """Fill a history without an index, and bring it up to date."""
    url = url_of(database)
    schema.ready(url, older_migrations(folder / "older"), schema=BEFORE)
    fill(database, sessions, sayer())
    before = size(database)
    began = time.perf_counter()
    schema.ready(url)
    took = time.perf_counter() - began
    grown = size(database) - before
    print(
        f"{sessions:,} sessions brought up to date in {took:.0f} s: {before / 1e6:.0f} MB and "
        f"{grown / 1e6:.0f} MB for search"
    )


def searches(store: Store) -> Iterator[Line]:
    """Questions of every kind."""
    for what, words in ASKED:
        yield timed(f"search: {what}", 50, 20, partial(store.search, words))
    typical = ASKED[0][1]
    half = "customer"
    for what, words, site in (
        ("a word of 1 in 100, at one of 40 sites", typical, "Site 7"),
        ("a word of half of all, at a site", half, "Site 7"),
        ("a word of half of all, at no site", half, "Nowhere"),
    ):
        yield timed(f"search: {what}", 50, 20, partial(store.search, words, site=site))
    late = partial(store.search, half, since=date(2040, 1, 1))
    yield timed("search: a word of half of all, since a day to come", 50, 20, late)


def imports(store: Store) -> Iterator[Line]:
    """200 sessions of 25 causes brought in, with the index and without it."""
    say, chance = sayer(), random.Random(2)

    def bring() -> None:
        records = []
        for _ in range(200):
            tree = session("The belt stops")
            for _cause in range(25):
                tree = do(tree, Answer(parent=tree.problem.id, text=say(chance)))
            records.append(Record(tree))
        began = time.perf_counter()
        store.bring_in(records, copies=True)
        times.append(1000 * (time.perf_counter() - began))

    def keep_nothing(*_: object) -> None:
        """In the place of `passages.keep`."""

    keeping = (("import 200 sessions", passages.keep), ("the same, no words kept", keep_nothing))
    for what, keep in keeping:
        times: list[float] = []
        with patch.object(passages, "keep", keep):
            for _ in range(3):
                bring()
        yield Line(what, sorted(times)[1], max(times), 5000)


def edits(store: Store) -> Iterator[Line]:
    """A wording that is changed again and again."""
    (found,) = store.search("zanzibar")
    tree = store.tree(found.session.id)

    def edit() -> None:
        nonlocal tree
        words = f"{found.text} {tree.seq}"
        tree = store.apply(tree, EditCause(cause=found.context.cause.id, text=words))

    yield timed("edit, committed (p50, p99)", 50, 300, edit)


def main() -> None:
    """Measure and print."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--sessions", type=int, default=100_000)
    reader.add_argument("--server", action="store_true")
    reader.add_argument("--folder")
    chosen = reader.parse_args()
    missed = 0
    with (
        place(chosen.server, chosen.folder) as database,
        tempfile.TemporaryDirectory() as folder,
    ):
        made(database, chosen.sessions, Path(folder))
        print(f"{'milliseconds':<55}{'median':>9}{'worst':>9}{'budget':>8}")
        with closing(Store(database, "Ines")) as store:
            for line in chain(searches(store), [commits(store)], edits(store), imports(store)):
                show(line)
                missed += not line.kept
    print(f"{missed} budgets missed")
    raise SystemExit(bool(missed))


if __name__ == "__main__":
    main()

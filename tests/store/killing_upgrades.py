"""Kills a program again and again while it brings one file of schema 2 up to date.

    python -m tests.store.killing_upgrades FOLDER

Each time it gets one part of the work farther. It runs as a process of its own, which forks the one
to be killed, ready-loaded. What came of it comes out as JSON, a line for each kill.
"""

import json
import os
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from fivewhys.store import schema
from fivewhys.store.engine import url_of
from fivewhys.store.stages import Stage
from tests.store.specimens import FOLDER


def brought_up(file: Path, parts: int) -> str:
    """Try once, to be killed in the part with this number: its name; empty where all was done."""
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        seen: set[str] = set()

        def at(stage: Stage) -> None:
            seen.add(stage.what)
            if len(seen) == parts:
                os.write(tell, stage.what.encode())
                os.kill(os.getpid(), signal.SIGKILL)

        schema.ready(url_of(file), tell=at)
        os._exit(0)
    os.close(tell)
    os.waitpid(child, 0)
    with os.fdopen(told, encoding="utf-8") as words:
        return words.read()


def state(file: Path) -> list[object]:
    """The schema of a file, its tables, how many causes it has, and whether it is sound."""
    with closing(sqlite3.connect(file)) as db:
        queries = (
            "PRAGMA user_version",
            "SELECT group_concat(name) FROM (SELECT name FROM sqlite_master ORDER BY name)",
            "SELECT count(*) FROM cause",
            "PRAGMA integrity_check",
        )
        return [db.execute(query).fetchone()[0] for query in queries]


def main() -> None:
    """Kill until nothing is left to be killed."""
    file = Path(shutil.copy(FOLDER / "schema-2.db", Path(sys.argv[1]) / "history.db"))
    before, parts = state(file), 1
    while where := brought_up(file, parts):
        print(json.dumps([where, state(file) == before]))
        parts += 1
    print(json.dumps(["done", state(file)[0] == schema.SCHEMA and state(file)[2:] == before[2:]]))


if __name__ == "__main__":
    main()

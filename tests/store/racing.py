"""Programs that do the same thing to one database at the same moment.

    python -m tests.store.racing open DATABASE...
    python -m tests.store.racing write DATABASE SESSION ANSWERS

Four processes are forked, ready-loaded, wait for one signal and go. What went wrong in any of them
is printed, a line each.
"""

import os
import sys
import traceback
from collections.abc import Callable
from contextlib import closing
from functools import partial
from uuid import UUID

# Loaded before the fork, so that all four are at the database at the same moment.
import alembic.command  # noqa: F401
import psycopg  # noqa: F401

from fivewhys.models.commands import Answer
from fivewhys.store.store import Store

PROGRAMS = ("Ines", "Bo", "Chidi", "Dana")


def together(do: Callable[[str], None]) -> None:
    """Let every program `do` at once, and wait for them all."""
    ready, go = os.pipe()
    children = []
    for name in PROGRAMS:
        child = os.fork()
        if child == 0:
            os.close(go)
            try:
                os.read(ready, 1)
                do(name)
            except BaseException:
                sys.stdout.write(f"{name}: {traceback.format_exc()}")
                sys.stdout.flush()
            finally:
                os._exit(0)
        children.append(child)
    os.close(ready)
    os.close(go)
    for child in children:
        os.waitpid(child, 0)


def look(database: str, name: str) -> None:
    with closing(Store(database, name)) as store:
        store.library()


def write(database: str, session: UUID, answers: int, name: str) -> None:
    with closing(Store(database, name)) as store:
        tree = store.tree(session)
        for number in range(answers):
            tree = store.apply(tree, Answer(parent=tree.problem.id, text=f"{name} {number}"))


def main(act: str, *rest: str) -> None:
    if act == "open":
        for database in rest:
            together(partial(look, database))
    else:
        database, session, answers = rest
        together(partial(write, database, UUID(session), int(answers)))


if __name__ == "__main__":
    main(*sys.argv[1:])

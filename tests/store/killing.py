"""Kills writers with SIGKILL at random moments, round after round, and counts what was lost.

    python -m tests.store.killing FILE ROUNDS [SEED]

It runs as a process of its own: writers are forked from it, ready-loaded, so that a round takes a
fraction of a second, and nothing else in it minds a fork. The figures come out as JSON.
"""

import json
import os
import random
import select
import signal
import sqlite3
import sys
import time
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from uuid import UUID

from fivewhys.models.commands import Answer, SetStatus, StartSession
from fivewhys.models.tree import Tree, start
from fivewhys.models.words import Status
from fivewhys.store.store import Store

MOST_ANSWERS = 12
"""How many answers at most are heard of before a kill; a busy machine only takes longer to them."""

LONGEST_SILENCE = 0.05
"""The latest moment of a kill after that, in seconds: anywhere in the next answer or two."""

PATIENCE = 60.0
"""Seconds after which writers hang of which nothing is heard."""


@dataclass
class Figures:
    """What happened in all rounds together."""

    rounds: int = 0
    acknowledged: int = 0
    lost: int = 0
    half_applied: int = 0
    damaged: int = 0
    kept_unacknowledged: int = 0
    """Committed, and killed before it could be said."""


def write_until_killed(file: Path, session: UUID, name: str, acknowledge: int) -> None:
    """Answer for ever; say each answer on `acknowledge` once it is saved."""
    store = Store(file, name)
    tree = store.tree(session)
    number = 0
    while True:
        number += 1
        text = f"{name} {number}"
        tree = store.apply(tree, Answer(parent=tree.problem.id, text=text))
        os.write(acknowledge, f"{text}\n".encode())
        cause = next(cause for cause in tree.answers(tree.problem.id) if cause.text == text)
        tree = store.apply(tree, SetStatus(cause=cause.id, status=Status.STOPPED, reason="enough"))
        # This one writes two rows: the answer, and its parent, which is asked again.
        tree = store.apply(tree, Answer(parent=cause.id, text=f"{text} below"))
        os.write(acknowledge, f"{text} below\n".encode())


def begin(file: Path, session: UUID, name: str) -> tuple[int, int]:
    """Fork a writer; returns its process and the end at which it is heard."""
    hear, acknowledge = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hear)
        try:
            write_until_killed(file, session, name, acknowledge)
        except BaseException as error:
            os.write(acknowledge, f"! {type(error).__name__}: {error}\n".encode())
        finally:
            os._exit(1)
    os.close(acknowledge)
    return child, hear


def listen(pipes: list[int], answers: int) -> bytes:
    """What is said on all pipes until there are so many answers, or no writer is left."""
    said, open_pipes = b"", list(pipes)
    while open_pipes and said.count(b"\n") < answers:
        ready, _, _ = select.select(open_pipes, [], [], PATIENCE)
        if not ready:
            raise SystemExit(f"only this was heard: {said!r}")
        for pipe in ready:
            # A line is shorter than what a pipe takes in one piece.
            more = os.read(pipe, 65_536)
            said += more
            if not more:
                open_pipes.remove(pipe)
    return said


def rest_of(pipe: int) -> bytes:
    with open(pipe, "rb") as said:
        return said.read()


def replayed(store: Store, session: UUID) -> Tree:
    """What the journal alone makes of the session."""
    first, *rest = store.history(session)
    tree = start(first.operations, first.seq)
    for change in rest:
        tree = tree.with_operations(change.operations, change.seq)
    return tree


def one_round(file: Path, chance: random.Random, figures: Figures) -> None:
    with closing(Store(file, "Ines")) as store:
        session = store.start(StartSession(problem="customers are angry")).session.id
    writers = [begin(file, session, name) for name in ("Bo", "Chidi")]
    chance.shuffle(writers)
    heard = listen([pipe for _, pipe in writers], chance.randint(0, MOST_ANSWERS))
    time.sleep(chance.uniform(0, LONGEST_SILENCE))
    for child, _ in writers:
        os.kill(child, signal.SIGKILL)
        # Mostly the other one goes on for a moment beside what this one left behind.
        time.sleep(chance.choice([0, chance.uniform(0, 0.05)]))
    for child, _ in writers:
        with suppress(ChildProcessError):
            os.waitpid(child, 0)
    heard += b"".join(rest_of(pipe) for _, pipe in writers)
    said = heard.decode().splitlines()
    trouble = [line for line in said if line.startswith("!")]
    if trouble:
        raise SystemExit("\n".join(trouble))
    with closing(Store(file, "Ines")) as store:
        tree = store.tree(session)
        texts = {cause.text for cause in tree.causes.values() if cause is not tree.problem}
        figures.half_applied += replace(replayed(store, session), seq=tree.seq) != tree
    with closing(sqlite3.connect(file)) as connection:
        figures.damaged += connection.execute("PRAGMA quick_check").fetchall() != [("ok",)]
        figures.damaged += bool(connection.execute("PRAGMA foreign_key_check").fetchall())
    figures.rounds += 1
    figures.acknowledged += len(said)
    figures.lost += len(set(said) - texts)
    figures.kept_unacknowledged += len(texts - set(said))


def main(file: str, rounds: str, seed: str = "1") -> None:
    figures = Figures()
    chance = random.Random(int(seed))
    for _ in range(int(rounds)):
        one_round(Path(file), chance, figures)
    print(json.dumps(asdict(figures)))


if __name__ == "__main__":
    main(*sys.argv[1:])

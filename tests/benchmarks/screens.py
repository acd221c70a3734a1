"""Speed and memory of the screens in a real terminal, beside a hello-Textual in the same run.

    python -m tests.benchmarks.screens

Prints a table with the budgets. Takes a minute or two; wants two quiet cores.
"""

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import uuid_utils.compat

from fivewhys.models.commands import Answer, Moment, StartSession
from fivewhys.models.delta import Operation
from fivewhys.models.tree import Record, start
from fivewhys.store.store import Store
from tests.benchmarks.terminal import Terminal, Took, in_words

RUNS = 3
SAID = (
    "the bearing of the feed roller ran dry and seized",
    "the grease round was skipped twice in week 12",
    "the list of the late shift names nobody for it",
    "the list is copied from the one of last year",
    "nobody owns the list since the line was moved",
    "the move had no hand-over for the upkeep of it",
    "our check list of a move asks for machines only",
    "it was written when upkeep was done by a firm",
    "the contract with the firm ended without a word",
)
KEYS = 100
KEY_BUDGET = "p50 ≤ 10, p99 ≤ 50"
WANTED = "≤ 60 MiB more or less"
HELLO = """
from textual.app import App
from textual.widgets import Footer, Input, Static
class Hello(App):
    def compose(self):
        yield Static("hello")
        yield Input()
        yield Footer()
Hello().run()
"""


def large_session(causes: int) -> Record:
    """A session with this many causes, four answers to a question, texts as long as real ones."""

    def moment() -> Moment:
        return Moment(datetime.now(UTC), "Ines", uuid_utils.compat.uuid7, 1)

    operations = StartSession(problem="Line 3 stopped for 94 minutes on 12 March").plan(moment())
    tree = start(operations)
    waiting: list[UUID] = [tree.problem.id]
    added: list[Operation] = []
    for number in range(causes):
        if number % 4 == 0 and number:
            waiting.pop(0)
        text = (
            f"The grease round was skipped twice in week {number % 52 + 1} because the list of the "
            f"late shift names nobody for lubrication point {number}"
        )
        (operation,) = Answer(parent=waiting[0], text=text).plan(tree, moment())
        tree = tree.with_operations([operation])
        waiting.append(operation.key)
        added.append(operation)
    return Record(tree)


def meeting(terminal: Terminal) -> tuple[list[Took], list[Took]]:
    """A chain of answers as people type them: each letter, and each Enter until the next why."""
    typed, answers = [], []
    for number, answer in enumerate(SAID, 1):
        typed += typing(terminal, f"{answer} {number}", len(answer) + 2)
        terminal.still(0.25)
        answers.append(terminal.latency("\r", f"{number}?"))
    return typed, answers


def first_frame(argv: list[str], words: str) -> Took:
    """What it takes until `words` are on the screen: the medians of some runs."""
    found = []
    for _ in range(RUNS):
        with Terminal(argv) as terminal:
            found.append(terminal.until(words))
    return Took(
        statistics.median(took.seconds for took in found),
        statistics.median(took.processor for took in found),
    )


def frame_words(took: Took) -> str:
    """Both times."""
    return f"{1000 * took.seconds:.0f} ms (processor {1000 * took.processor:.0f})"


def typing(terminal: Terminal, keys: str, count: int) -> list[Took]:
    """Latencies of `count` keys, taken in turn from `keys`, each on a screen that stands still."""
    found = []
    for place in range(count):
        terminal.still(0.05)
        key = keys[place % len(keys)]
        # A space at the end moves the cursor only.
        found.append(terminal.redrawn(key) if key == " " else terminal.latency(key))
    return found


def rows(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Name, figure and budget of each measurement."""
    hello = [sys.executable, "-c", HELLO]
    history = str(folder / "history.db")
    large = str(folder / "large.db")
    Store(history, "Ines").close()
    store = Store(large, "Ines")
    store.bring_in([large_session(10_000)])
    store.close()
    program = [sys.executable, "-m", "fivewhys", "--database"]

    base = first_frame(hello, "hello")
    ours = first_frame([*program, large], "Line 3 stopped")
    yield "hello-Textual, first frame", frame_words(base), ""
    times = f"{ours.seconds / base.seconds:.2f}× ({ours.processor / base.processor:.2f}×)"
    yield "library, first usable frame", f"{frame_words(ours)} = {times}", "≤ 2× hello"

    with Terminal(hello) as terminal:
        terminal.until("hello")
        terminal.still(1)
        yield "hello-Textual, key to screen", in_words(typing(terminal, "abcdefgh", KEYS)), ""
        yield "hello-Textual: memory (PSS)", f"{terminal.mebibytes():.0f} MiB", ""
    # Whoever has a session of this size has been here before: its history is read.
    subprocess.run([*program, large, "similar", "grease"], capture_output=True, check=True)
    for name, database, words in (
        ("small tree", history, None),
        ("10,000 causes", large, "Line 3 stopped"),
    ):
        with Terminal([*program, database]) as terminal:
            if words is None:
                terminal.until("Press n")
                terminal.still(1.5)
                terminal.press("n")
                terminal.until("What happened")
                terminal.press("Line 3 stopped\r")
            else:
                terminal.until(words)
                terminal.still(1.5)
                terminal.press("\r")
            terminal.until("Because")
            terminal.still(0.5)
            yield f"{name}: memory (PSS), open", f"{terminal.mebibytes():.0f} MiB", WANTED
            letters = in_words(typing(terminal, "theroundwasskipped", KEYS))
            yield f"{name}: typing", letters, KEY_BUDGET
            terminal.press("\x15")
            terminal.still(0.25)
            typed, answers = meeting(terminal)
            yield f"{name}: a meeting's keys", in_words(typed + answers), KEY_BUDGET
            yield f"{name}: Enter, saved and asked", in_words(answers), "p99 ≤ 50"
            terminal.press("\x1b")
            terminal.still(0.6)
            moved = in_words(typing(terminal, "kkkkjjjj", KEYS))
            yield f"{name}: cursor in the tree", moved, KEY_BUDGET
            # What was typed was looked up among the causes of all sessions.
            yield f"{name}: the same, encoder used", f"{terminal.mebibytes():.0f} MiB", ""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        for name, figure, budget in rows(Path(folder)):
            print(f"{name:<36} {figure:<58} {budget}", flush=True)


if __name__ == "__main__":
    main()

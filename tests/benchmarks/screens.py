"""Speed and memory of the screens in a real terminal, beside a hello-Textual in the same run.

    python -m tests.benchmarks.screens

Prints a table with the budgets. Takes a minute or two; wants two quiet cores.
"""

import statistics
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
from tests.benchmarks.terminal import Terminal

RUNS = 3
KEYS = 100
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


def percentiles(seconds: list[float]) -> tuple[float, float]:
    """p50 and p99 in milliseconds."""
    ordered = sorted(seconds)
    return (
        1000 * statistics.median(ordered),
        1000 * ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))],
    )


def first_frame(argv: list[str], words: str) -> float:
    """Milliseconds until `words` are on the screen: the median of some runs."""
    times = []
    for _ in range(RUNS):
        with Terminal(argv) as terminal:
            times.append(1000 * terminal.until(words))
    return statistics.median(times)


def typing(terminal: Terminal, keys: str, count: int) -> list[float]:
    """Latencies of `count` keys, taken in turn from `keys`, each on a screen that stands still."""
    found = []
    for place in range(count):
        terminal.still(0.05)
        found.append(terminal.latency(keys[place % len(keys)]))
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
    yield "hello-Textual, first frame", f"{base:.0f} ms", ""
    yield "library, first usable frame", f"{ours:.0f} ms = {ours / base:.2f}×", "≤ 2× hello"

    with Terminal(hello) as terminal:
        terminal.until("hello")
        terminal.still(1)
        p50, p99 = percentiles(typing(terminal, "abcdefgh", KEYS))
        yield "hello-Textual, key to screen", f"p50 {p50:.1f} ms, p99 {p99:.1f} ms", ""
        yield "hello-Textual: memory (PSS)", f"{terminal.mebibytes():.0f} MiB", ""
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
            p50, p99 = percentiles(typing(terminal, "theroundwasskipped", KEYS))
            yield f"{name}: typing", f"p50 {p50:.1f} ms, p99 {p99:.1f} ms", "p50 ≤ 10, p99 ≤ 50"
            answers = []
            for number in range(15):
                terminal.press(f" answer {number}")
                terminal.still(0.25)
                answers.append(terminal.latency("\r", f"answer {number}?"))
            p50, p99 = percentiles(answers)
            yield (
                f"{name}: Enter, saved and asked",
                f"p50 {p50:.1f} ms, p99 {p99:.1f} ms",
                "p99 ≤ 50",
            )
            terminal.press("\x1b")
            terminal.still(0.6)
            p50, p99 = percentiles(typing(terminal, "kkkkjjjj", KEYS))
            yield (
                f"{name}: cursor in the tree",
                f"p50 {p50:.1f} ms, p99 {p99:.1f} ms",
                "p50 ≤ 10, p99 ≤ 50",
            )
            yield (
                f"{name}: memory (PSS)",
                f"{terminal.mebibytes():.0f} MiB",
                "≤ 60 MiB more or less",
            )


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        for name, figure, budget in rows(Path(folder)):
            print(f"{name:<36} {figure:<32} {budget}", flush=True)


if __name__ == "__main__":
    main()

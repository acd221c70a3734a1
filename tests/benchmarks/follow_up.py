"""Speed of the follow-up with 100,000 countermeasures in a real terminal.

    python -m tests.benchmarks.follow_up [HISTORY]

Makes a history (two minutes) unless one is given, and prints a table with the budgets. Wants two
quiet cores.
"""

import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import plans
from tests.benchmarks.screens import HELLO, KEY_BUDGET, KEYS, typing
from tests.benchmarks.terminal import Terminal, Took, in_words

SESSIONS = 20_000
RUNS = 7

DOWN, UP, RIGHT, PAGE_DOWN, PAGE_UP = "\x1b[B", "\x1b[A", "\x1b[C", "\x1b[6~", "\x1b[5~"


def keys(terminal: Terminal, pressed: list[str]) -> list[Took]:
    """Latencies of these keys, each on a screen that stands still."""
    found = []
    for key in pressed:
        # What is told of a line comes a moment after the cursor.
        terminal.still(0.15)
        found.append(terminal.redrawn(key))
    return found


def rows(history: str) -> Iterator[tuple[str, str, str]]:
    """Name, figure and budget of each measurement."""
    program = [sys.executable, "-m", "fivewhys", "--database", history]
    with Terminal([sys.executable, "-c", HELLO]) as terminal:
        terminal.until("hello")
        terminal.still(1)
        yield "hello-Textual, key to screen", in_words(typing(terminal, "abcdefgh", KEYS)), ""
    with Terminal(program) as terminal:
        terminal.until("S-")
        terminal.still(3)
        opened = []
        for _ in range(RUNS):
            opened.append(1000 * terminal.latency("f", "overdue").seconds)
            terminal.still(0.3)
            terminal.press("q")
            # What is being counted is counted to its end, though nobody waits for it any more.
            terminal.still(5)
        first, rest = opened[0], opened[1:]
        yield "opens, the first time", f"{first:.0f} ms", "≤ 150 ms"
        yield "opens, again", f"median {statistics.median(rest):.0f} ms", "≤ 150 ms"
        terminal.latency("f", "overdue")
        counted = 1000 * terminal.latency("", "tell 1k+", timeout=60).seconds
        yield "all views counted", f"{counted:.0f} ms later", "in a thread"
        terminal.still(2)
        yield (
            "down and up",
            in_words(keys(terminal, [DOWN, DOWN, DOWN, UP] * (KEYS // 4))),
            KEY_BUDGET,
        )
        yield "down at the foot", in_words(keys(terminal, [DOWN] * KEYS)), KEY_BUDGET
        yield "a page down", in_words(keys(terminal, [PAGE_DOWN] * KEYS)), KEY_BUDGET
        yield "a page up", in_words(keys(terminal, [PAGE_UP] * KEYS)), KEY_BUDGET
        views = []
        for place in "2367":
            terminal.still(0.3)
            views.append(terminal.latency(place))
        yield "another view", in_words(views), "p99 ≤ 50"
        terminal.still(0.3)
        without = 1000 * terminal.latency("5", "not effective").seconds
        yield "no effect", f"{without:.0f} ms", "in a thread"
        terminal.still(1)
        terminal.press("1")
        terminal.still(1)
        yield "state asked", in_words([_asked(terminal) for _ in range(10)]), "p99 ≤ 50"
        yield "state changed", in_words([_changed(terminal) for _ in range(10)]), "p99 ≤ 50"
        terminal.press("/")
        terminal.still(0.5)
        typed = in_words(typing(terminal, "refundqueue", 11))
        yield "typing a search", typed, KEY_BUDGET
        yield "memory (PSS)", f"{terminal.mebibytes():.0f} MiB", "≤ 60 MiB more or less"


def _asked(terminal: Terminal) -> Took:
    terminal.still(0.3)
    took = terminal.latency("s", "How far is it?")
    terminal.still(0.3)
    terminal.press("\x1b")
    terminal.still(0.5)
    return took


def _changed(terminal: Terminal) -> Took:
    terminal.press(DOWN)
    terminal.still(0.3)
    for key in "13":
        # It may be an idea already.
        terminal.latency("s", "How far is it?")
        terminal.still(0.3)
        took = terminal.latency(key, "a" if key == "1" else "In progress. u takes it back")
        terminal.still(0.3)
    return took


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        history = sys.argv[1] if len(sys.argv) > 1 else str(Path(folder) / "history.db")
        if len(sys.argv) == 1:
            plans.fill(history, SESSIONS, plans.now())
        for name, figure, budget in rows(history):
            print(f"{name:<36} {figure:<58} {budget}", flush=True)


if __name__ == "__main__":
    main()

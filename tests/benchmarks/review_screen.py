"""How soon the review is there: from its key to a usable screen, and to the figures of each view.

    python -m tests.benchmarks.review_screen FILE

FILE is a history that `tests.benchmarks.review` made and measured, so that it was reviewed before.
Each run is a fresh program. The exit status is 1 where a budget is missed. Wants two quiet cores.
"""

import statistics
import sys
import time

from tests.benchmarks.terminal import Terminal

RUNS = 3
USABLE = 300
"""Milliseconds from the key to a screen that takes the next one."""
VIEW = 500
"""Milliseconds that a view may take, after what was asked for before it."""

CALM = 4
"""Seconds."""

VIEWS = {
    "Pareto": "of the bars, by sessions",
    "minor wounds": "With the same root cause",
    "heat map": "Region 0",
    "trend": "All months",
    "clocks": "until acknowledged",
    "follow-through": "Still to be done",
    "quality": "Together",
}
"""The views in the order of their keys, each with words that stand on it with its figures."""


def one_run(file: str) -> dict[str, float]:
    """Milliseconds from the key `r` to each step, with the views asked for one after the other."""
    with Terminal([sys.executable, "-m", "fivewhys", "--database", file], 120, 40) as terminal:
        terminal.until("S-1")
        # What a program loads behind its first screen is loaded by then.
        terminal.still(CALM, CALM)
        time.sleep(CALM)
        terminal.still()
        before = terminal.mebibytes()
        began = time.perf_counter()
        terminal.press("r")
        terminal.until("7 Quality")
        found = {"usable": time.perf_counter() - began}
        for key, (view, words) in enumerate(VIEWS.items(), 1):
            terminal.press(str(key))
            terminal.until(words)
            found[view] = time.perf_counter() - began
        found = {name: 1000 * seconds for name, seconds in found.items()}
        terminal.still(1)
        return found | {"memory (MiB)": terminal.mebibytes() - before}


def main() -> None:
    """Measure and print."""
    runs = [one_run(sys.argv[1]) for _ in range(RUNS)]
    middle = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    missed, last = 0, 0.0
    for name, value in middle.items():
        budget = USABLE if name == "usable" else VIEW
        took = value - last if name in VIEWS else value
        verdict = "  MISSED" if name != "memory (MiB)" and took > budget else ""
        missed += bool(verdict)
        last = value if name in VIEWS else last
        print(f"{name:<20}{value:>9.0f}{verdict}")
    print(f"{missed} budgets missed")
    raise SystemExit(bool(missed))


if __name__ == "__main__":
    main()

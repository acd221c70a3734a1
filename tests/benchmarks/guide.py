"""Speed of the guide: the next question and the prompts of an answer that was never read before.

    python -m tests.benchmarks.guide

Prints milliseconds for 120 words with eight ancestors, beside a plain task in the same run: taking
the same text apart with a regular expression, which tells how fast the machine is now.
"""

import re
import time
from collections.abc import Callable

from fivewhys.facilitation import next_question, prompts
from tests.benchmarks.terminal import percentiles

ROUNDS = 300
BUDGET = "p99 ≤ 2 ms"

_PIECES = (
    "the refund form for order {n} sits in a shared inbox called Missing Items until somebody from "
    "finance tags it",
    "the view they use over there is sorted by sender, so anything from the hotel is on page three",
    "nobody at the night desk was told that the list of week {n} had been moved to another folder",
    "the scanner reads 13 digits and the new labels have 14, which the supplier changed in March",
    "two coach parties land at 18:00 and the second desk only opens at 20:00 on Fridays",
    "agents write the reply by hand because the template for region {n} shows last year's date",
)


def answer(number: int) -> str:
    """An answer of 120 words, another one for each number."""
    words = f"In week {number}, {' and '.join(_PIECES)}".format(n=number).split()
    return " ".join((words * 2)[:120])


def timed(work: Callable[[str], object], first: int) -> list[float]:
    """Seconds that each of many answers takes that no cache has seen, from number `first` on."""
    found = []
    for number in range(first, first + ROUNDS):
        text = answer(number)
        begun = time.perf_counter()
        work(text)
        found.append(time.perf_counter() - begun)
    return found


def main() -> None:
    """Measure and print."""
    above = [piece.format(n=level) for level, piece in enumerate(_PIECES * 2)][:8]

    def ask(text: str) -> None:
        prompts(text, parent=above[-1], ancestors=above[:-1], people=("Grace", "Will"))
        next_question(text)

    plain = re.compile(r"\w+|\W")
    ask("the first answer loads the word lists")
    for turn, (name, work, budget) in enumerate(
        (
            (
                "regular expression, 40 times",
                lambda text: [plain.findall(text) for _ in range(40)],
                "",
            ),
            ("next_question, 120 words", next_question, ""),
            ("prompts and next_question, 120 words", ask, BUDGET),
        )
    ):
        p50, p99 = percentiles(timed(work, turn * ROUNDS))
        print(f"{name:<40} p50 {p50:5.2f} ms, p99 {p99:5.2f} ms   {budget}", flush=True)


if __name__ == "__main__":
    main()

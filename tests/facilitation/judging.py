"""How well the prompts fit labelled answers: precision, recall and needless prompts.

`python -m tests.facilitation.judging FILE` prints the figures and every answer judged wrong.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fivewhys.facilitation.prompts import prompts

DATA = Path(__file__).parent / "data"


@dataclass
class Figures:
    """What came of one file of labelled answers; the shown prompt is the first of each list."""

    shown: Counter[str] = field(default_factory=Counter)
    """Prompts shown, by rule."""
    wrong: Counter[str] = field(default_factory=Counter)
    """Of these, the ones that the answer does not deserve."""
    expected: Counter[str] = field(default_factory=Counter)
    """Weak answers, by each rule that they deserve."""
    found: Counter[str] = field(default_factory=Counter)
    """Of these, the ones where that rule is somewhere in the list."""
    weak: int = 0
    hit: int = 0
    """Weak answers whose shown prompt is one that they deserve."""
    good: int = 0
    disturbed: int = 0
    """Good answers that got a prompt which is not fine with them."""
    fired: int = 0
    fired_right: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of shown prompts that fit."""
        return 1 - self.wrong.total() / max(1, self.shown.total())

    @property
    def recall(self) -> float:
        """The share of weak answers that get a prompt they deserve."""
        return self.hit / max(1, self.weak)

    @property
    def needless(self) -> float:
        """The share of good answers that are disturbed."""
        return self.disturbed / max(1, self.good)

    @property
    def list_precision(self) -> float:
        """The share of all prompts, shown or not, that fit."""
        return self.fired_right / max(1, self.fired)

    def __str__(self) -> str:
        lines = [
            f"precision {self.precision:.1%} ({self.wrong.total()} of {self.shown.total()} wrong), "
            f"recall {self.recall:.1%} ({self.hit} of {self.weak}), "
            f"good answers prompted {self.needless:.1%} ({self.disturbed} of {self.good}), "
            f"precision of whole lists {self.list_precision:.1%}"
        ]
        lines += [
            f"  {rule:18} found {self.found[rule]:3} of {self.expected[rule]:3}, "
            f"shown {self.shown[rule]:3}, wrong {self.wrong[rule]}"
            for rule in sorted(self.expected.keys() | self.shown.keys())
        ]
        return "\n".join(lines)


def labelled(path: Path) -> Iterator[dict[str, Any]]:
    """The labelled answers of a file, one JSON object a line."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def figures(path: Path) -> Figures:
    """Judge every labelled answer of `path`."""
    result = Figures()
    for row in labelled(path):
        rules = [
            prompt.rule
            for prompt in prompts(
                row["answer"],
                parent=row["parent"],
                ancestors=row["ancestors"],
                people=row["people"],
            )
        ]
        expected, fine = set(row["expect"]), {*row["expect"], *row["ok_also"]}
        first = rules[0] if rules else None
        result.fired += len(rules)
        result.fired_right += sum(rule in fine for rule in rules)
        result.expected.update(expected)
        result.found.update(expected & set(rules))
        wrong = first is not None and first not in fine
        if first is not None:
            result.shown[first] += 1
            result.wrong[first] += wrong
        if expected:
            result.weak += 1
            result.hit += first in expected
        else:
            result.good += 1
            result.disturbed += wrong
        if wrong or (expected and first not in expected):
            result.misses.append(f"{rules} instead of {sorted(expected)}: {row['answer']}")
    return result


if __name__ == "__main__":
    outcome = figures(Path(sys.argv[1]))
    print(*outcome.misses, outcome, sep="\n")

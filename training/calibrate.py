"""Fits what turns cosines into probabilities: `python -m training.calibrate [FOLDER]`.

FOLDER holds an encoder for each field that it has not learned (see `left_out`); without it the
packaged encoder is taken, which knows all of them, and the curve is too sure of itself.

Every statement of a field is looked up among others, in small histories and in the whole, and its
five nearest are the pairs to be judged: what people see when they look for a cause. A history holds
the cause that one looks for or does not, and near misses of it or not; so all four are made, a
quarter each, by taking the others of the group away, or the groups that are near it, or both.

Printed are the curve for `fivewhys/patterns/likely.py`, the weighing for `second_look.py` beside
it, and how well they hold: for each field with those of the others, how often a word was right. At
last the weighing for `suggesting.py`.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.likely import BUILT_IN, LEAST, Calibration, Likely, Row, fitted
from training import suggesting
from training.left_out import fields
from training.second_look import Looked, all_looked, weighed

SEEN = 5
"""Nearest causes of each statement that are judged."""

EQUAL = 0.01
"""Pairs with equal words, which are the same, for each pair that is judged. A history has some, the
data have none, and without them the curve says too little of what is nearly equal."""

_STEP = 0.005
"""Scores are counted in steps of this width before the curve is fitted."""

Judged = tuple[NDArray[np.float64], NDArray[np.bool_]]
"""Scores of what people would see, and whether each is the same cause."""


def judged(seen: Iterable[tuple[Looked, NDArray[np.floating]]]) -> Judged:
    """The first of each text by these scores, (n, found) as what was found."""
    scores, answers = [], []
    for looked, of_found in seen:
        best = np.argsort(-of_found, axis=1, kind="stable")[:, :SEEN]
        scores.append(np.take_along_axis(of_found, best, 1).reshape(-1).astype(float))
        answers.append(np.take_along_axis(looked.is_same, best, 1).reshape(-1))
    return np.concatenate(scores), np.concatenate(answers)


def rows(scores: NDArray[np.float64], answers: NDArray[np.bool_]) -> list[Row]:
    """The pairs counted by score: each step with its share of same ones and its number."""
    steps = np.round(scores / _STEP).astype(int)
    counted = [
        (float(step * _STEP), float(answers[steps == step].mean()), float((steps == step).sum()))
        for step in np.unique(steps)
    ]
    return [*counted, (1.0, 1.0, EQUAL * len(scores))]


def held(curve: Calibration, scores: NDArray[np.float64], answers: NDArray[np.bool_]) -> str:
    """How often each word is said and right, and the mean squared error (Brier score)."""
    told = np.array([curve.probability(float(score)) for score in scores])
    edges = [*sorted(LEAST.values()), 1.1]
    word_of = np.digitize(told, edges)
    words = [Likely.NO, *sorted(LEAST, key=LEAST.__getitem__)]
    parts = []
    for at, word in enumerate(words):
        is_told = word_of == at
        if is_told.any():
            right = answers[is_told].mean()
            parts.append(f"{word.value or 'not shown'} {right:.2f} ({is_told.mean():.3f})")
    return f"{'  '.join(parts)}  Brier {np.mean((told - answers) ** 2):.4f}"


def main() -> None:
    """Fit and print."""
    options = argparse.ArgumentParser(prog="python -m training.calibrate", description=__doc__)
    options.add_argument("folder", type=Path, nargs="?", help="encoders that left a field out")
    folder = options.parse_args().folder
    if folder is None:
        print("The packaged encoder has learned these fields: the curve is too sure of itself.")
    every = list(fields(folder))
    seen = {field.name: all_looked(field) for field in every}
    by_cosine = {
        name: judged((part, part.cosines) for part in parts) for name, parts in seen.items()
    }
    print("right as often as said, and (share of pairs), by word:")
    for name, found in by_cosine.items():
        others = [row for other, some in by_cosine.items() if other != name for row in rows(*some)]
        print(f"{name}  {held(fitted(others, BUILT_IN), *found)}", flush=True)
    curve = fitted([row for found in by_cosine.values() for row in rows(*found)], BUILT_IN)
    print(f"BUILT_IN = Calibration(slope={curve.slope:.2f}, even={curve.even:.3f})")
    print("after a second look:")
    for name, parts in seen.items():
        weighing = weighed([part for other, some in seen.items() if other != name for part in some])
        found = judged((part, part.log_odds(weighing)) for part in parts)
        print(f"{name}  {held(Calibration(slope=1, even=0), *found)}", flush=True)
    print(f"WEIGHING = {weighed([part for parts in seen.values() for part in parts])}")
    print(f"SUGGESTING = {suggesting.weighed([*map(suggesting.near_pairs, every)])}")


if __name__ == "__main__":
    main()

"""Fits the curve from cosine to probability: `python -m training.calibrate [FOLDER]`.

FOLDER holds an encoder for each field that it has not learned (see `left_out`); without it the
packaged encoder is taken, which knows all of them, and the curve is too sure of itself.

Every statement of a field is looked up among the others, and its five nearest are the pairs to be
judged: what people see when they look for a cause. A history holds the cause that one looks for
or does not, and near misses of it or not; so all four are made, a quarter each, by taking the
others of the group away, or the groups that are near it, or both.

Printed are the curve for `fivewhys/patterns/likely.py` and how well it holds: for each field with
the curve of the others, how often each word was right.
"""

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.likely import BUILT_IN, LEAST, Calibration, Likely, Row, fitted
from training.left_out import Field, fields

SEEN = 5
"""Nearest causes of each statement that are judged."""

_STEP = 0.005
"""Scores are counted in steps of this width before the curve is fitted."""


def judged(field: Field) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Scores of what people would see, and whether each is the same cause."""
    likeness = field.vectors @ field.vectors.T
    np.fill_diagonal(likeness, -2)
    number = {name: at for at, name in enumerate(field.near)}
    of = np.array([number[name] for name in field.groups])
    is_same = of[:, None] == of
    is_near_group = np.zeros((len(number), len(number)), bool)
    for name, others in field.near.items():
        is_near_group[number[name], [number[other] for other in others]] = True
    is_near = is_near_group[of[:, None], of]
    scores, answers = [], []
    for gone in (None, is_same, is_near, is_same | is_near):
        there = likeness if gone is None else np.where(gone, np.float32(-2), likeness)
        seen = np.argpartition(there, -SEEN, axis=1)[:, -SEEN:]
        scores.append(np.take_along_axis(there, seen, 1).reshape(-1))
        answers.append(np.take_along_axis(is_same, seen, 1).reshape(-1))
    return np.concatenate(scores), np.concatenate(answers)


def rows(scores: NDArray[np.float32], answers: NDArray[np.bool_]) -> list[Row]:
    """The pairs counted by score: each step with its share of same ones and its number."""
    steps = np.round(scores / _STEP).astype(int)
    return [
        (float(step * _STEP), float(answers[steps == step].mean()), float((steps == step).sum()))
        for step in np.unique(steps)
    ]


def held(curve: Calibration, scores: NDArray[np.float32], answers: NDArray[np.bool_]) -> str:
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
    return f"{'  '.join(parts)}  Brier {np.mean((told - answers) ** 2):.3f}"


def main() -> None:
    """Fit and print."""
    options = argparse.ArgumentParser(prog="python -m training.calibrate", description=__doc__)
    options.add_argument("folder", type=Path, nargs="?", help="encoders that left a field out")
    folder = options.parse_args().folder
    if folder is None:
        print("The packaged encoder has learned these fields: the curve is too sure of itself.")
    found = {field.name: judged(field) for field in fields(folder)}
    print("right as often as said, and (share of pairs), by word:")
    for name, (scores, answers) in found.items():
        others = [row for other, seen in found.items() if other != name for row in rows(*seen)]
        print(f"{name}  {held(fitted(others, BUILT_IN), scores, answers)}")
    curve = fitted([row for seen in found.values() for row in rows(*seen)], BUILT_IN)
    print(f"BUILT_IN = Calibration(slope={curve.slope:.2f}, even={curve.even:.3f})")


if __name__ == "__main__":
    main()

"""How good an encoder is: the nearest text, the first five, and whether a near miss is on top."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from training.groups import Group

Encode = Callable[[Sequence[str]], np.ndarray[Any, Any]]


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of the texts, from 0 to 1."""

    first: float
    """The most similar other text is of the same group (P@1)."""
    in_five: float
    near_miss: float
    """The most similar other text is of a group that is near, but different."""

    def __str__(self) -> str:
        return f"P@1 {self.first:.3f}  in five {self.in_five:.3f}  near miss {self.near_miss:.3f}"


def of_groups(groups: dict[str, Group], encode: Encode) -> Figures:
    """Each statement is looked up among all others of these groups."""
    vectors = encode([text for group in groups.values() for text in group.statements])
    return of_likeness(groups, vectors @ vectors.T)


def of_likeness(groups: dict[str, Group], likeness: np.ndarray[Any, Any]) -> Figures:
    """The same where it is known how like each statement is to each other, in their order."""
    names = [group.name for group in groups.values() for _ in group.statements]
    number = {name: at for at, name in enumerate(groups)}
    labels = np.array([number[name] for name in names])
    likeness = likeness.astype(np.float32)
    np.fill_diagonal(likeness, -np.inf)
    best = np.argsort(-likeness, axis=1, kind="stable")[:, :5]
    has_peer = np.array([len(groups[name].statements) > 1 for name in names])
    same = labels[best] == labels[:, None]
    near = np.array(
        [names[at] in groups[name].near for name, at in zip(names, best[:, 0], strict=True)]
    )
    has_near = np.array([bool(groups[name].near & groups.keys()) for name in names])
    return Figures(
        float(same[has_peer, 0].mean()),
        float(same[has_peer].any(axis=1).mean()),
        float(near[has_near].mean()),
    )


def of_intents(folder: Path, encode: Encode) -> float:
    """P@1 of BANKING77: each test query is looked up among those of the training part.

    `folder` holds its train.csv and test.csv (text, category).
    """
    train, test = (_rows(folder / f"{part}.csv") for part in ("train", "test"))
    known = encode([text for text, _ in train])
    asked = encode([text for text, _ in test])
    best = (asked @ known.T).argmax(axis=1)
    return float(np.mean([train[at][1] == row[1] for at, row in zip(best, test, strict=True)]))


def _rows(file: Path) -> list[tuple[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [(row["text"], row["category"]) for row in csv.DictReader(lines)]

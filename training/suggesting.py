"""Fits what is suggested (`fivewhys.patterns.suggesting`) where it is known what is the same.

All near pairs of histories in which most causes are said once, as in those that people have, and
some in several sessions. `calibrate` prints what comes of it, and `tests/benchmarks/grouping.py`
how often it is right.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.grouping import regrouped
from fivewhys.patterns.likely import TOGETHER
from fivewhys.patterns.near import CROWD_FLOOR, Near
from fivewhys.patterns.second_look import Weighing
from training.left_out import Field, long_tail
from training.second_look import Bools, climbed

HISTORIES = 5
"""Histories of each field that are learned from."""

STATEMENTS = 500
"""Statements of each: what a team says in some forty sessions."""

LEAST = 0.5
"""The cosine from which on a pair is looked at; what lies below is as good as never the same."""

_EMPTY = 0.25
"""The share of crowds that are smaller than the least that counts. In a young history it is empty
around everything, which says nothing; and what is told wrongly there is soon seen."""

Facts = tuple[NDArray[np.float64], Bools]
"""Cosine and both crowds of pairs, (n, 3), and whether each is the same."""


def histories(field: Field) -> list[NDArray[np.int64]]:
    """The rows of some histories of a field."""
    chance = np.random.default_rng(11)
    return [np.array(long_tail(field, chance, STATEMENTS)) for _ in range(HISTORIES)]


def near_pairs(field: Field) -> Facts:
    """What is known of all near pairs in the histories of a field."""
    facts, answers = [], []
    for rows in histories(field):
        cosines = field.carried(field.vectors[rows] @ field.vectors[rows].T)
        crowds = field.carried(_crowds(field, rows))
        a, b = np.nonzero(np.triu(cosines >= LEAST, 1))
        facts.append(np.column_stack([cosines[a, b], crowds[a], crowds[b]]).astype(float))
        groups = np.array(field.groups)[rows]
        answers.append(groups[a] == groups[b])
    return np.concatenate(facts), np.concatenate(answers)


def grouped(field: Field, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The proposed group of each of these rows, as a number."""
    keys = [f"{place:06}" for place in range(len(rows))]
    threshold = field.own(TOGETHER)
    groups = regrouped(keys, field.vectors[rows], range(len(rows)), threshold=threshold)
    found = np.empty(len(rows), np.int64)
    for number, group in enumerate(groups.values()):
        found[[int(key) for key in group]] = number
    return found


def neighbours(field: Field, rows: NDArray[np.int64]) -> Near:
    """Those of these rows, whose places are the numbers of their words."""
    vectors = field.vectors[rows]
    near = Near(CROWD_FLOOR)
    near.bring(np.arange(len(rows)), lambda some: vectors[[*some]])
    return near


def _crowds(field: Field, rows: NDArray[np.int64]) -> NDArray[np.float32]:
    return neighbours(field, rows).crowds(grouped(field, rows))


def weighed(seen: list[Facts]) -> Weighing:
    """The weighing under which the answers are most likely; both crowds count the same."""
    facts = np.concatenate([part[0] for part in seen])
    answers = np.concatenate([part[1] for part in seen])
    least = float(np.quantile(facts[:, 1:], _EMPTY))
    of_crowds = np.maximum(facts[:, 1:], least).sum(axis=1)
    cosine, crowd, start = climbed(np.column_stack([facts[:, 0], of_crowds]), answers).tolist()
    return Weighing(cosine, crowd, crowd, start, least)


def for_own(weighing: Weighing, field: Field) -> Weighing:
    """The same for the cosines of a field's own vectors (see `Field.line`)."""
    slope, lift = field.line
    return replace(
        weighing,
        cosine=slope * weighing.cosine,
        asked=slope * weighing.asked,
        found=slope * weighing.found,
        start=weighing.start + lift * (weighing.cosine + weighing.asked + weighing.found),
        least=field.own(weighing.least),
    )

"""Fits the second look (`fivewhys.patterns.second_look`) where it is known what is the same.

As people meet them: in small histories and in whole fields, with the cause that one looks for or
without it, with near misses or without. `calibrate` prints what comes of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.second_look import AMONG, FIRST, Weighing, crowds
from training.groups import Group, draws, read
from training.left_out import Field

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]

HISTORIES = 8
"""Small histories of each field that are learned from: as many statements as the whole has."""

_EMPTIEST = 0.01
"""The share of crowds that are smaller than the least that counts."""

_ROUNDS = 30


@dataclass(frozen=True, slots=True)
class Looked:
    """What a second look sees of the first that were found for each text."""

    rows: NDArray[np.int64]
    """The texts that were found, (n, `FIRST`)."""
    cosines: Floats
    asked: Floats
    """The crowd around each text that was asked for, (n, 1)."""
    found: Floats
    is_same: Bools

    def facts(self) -> NDArray[np.float64]:
        """Cosine and both crowds of each pair: (n × `FIRST`, 3)."""
        asked = np.broadcast_to(self.asked, self.cosines.shape)
        columns = [part.reshape(-1) for part in (self.cosines, asked, self.found)]
        return np.stack(columns, axis=1).astype(float)

    def log_odds(self, weighing: Weighing) -> NDArray[np.float64]:
        """How likely each of them is the same: (n, `FIRST`)."""
        return weighing.log_odds(self.cosines, self.asked, self.found)


def looked(field: Field, rows: NDArray[np.int64], gone: Bools | None = None) -> Looked:
    """Each of these texts of a field, asked for among the others but those that are `gone`.

    `gone` is true for the pairs, (n, n), of which one does not count where the other is asked for.
    """
    vectors = field.vectors[rows]
    groups = np.array(field.groups)[rows]
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, -2)
    if gone is not None:
        likeness[gone] = -2
    words = np.arange(len(rows))
    best, cosines, asked, found = [], [], [], []
    for of_text in likeness:
        order = np.argsort(-of_text, kind="stable")[:AMONG]
        order = order[of_text[order] > -2]
        around, around_each = crowds(of_text, vectors, words, order[:FIRST], order)
        best.append(order[:FIRST])
        cosines.append(of_text[order[:FIRST]])
        asked.append([around])
        found.append(around_each)
    chosen = np.array(best)
    return Looked(
        chosen,
        field.carried(np.array(cosines)),
        field.carried(np.array(asked, np.float32)),
        field.carried(np.array(found)),
        groups[chosen] == groups[:, None],
    )


def histories(field: Field, known: dict[str, Group]) -> Iterator[NDArray[np.int64]]:
    """The rows of small histories of a field, and then those of the whole."""
    place = {text: row for row, text in enumerate(field.texts)}
    groups = {name: group for name, group in known.items() if group.of_field == field.name}
    for drawn in islice(draws(groups), HISTORIES):
        yield np.array([place[text] for group in drawn.values() for text in group.statements])
    yield np.arange(len(field.texts))


def all_looked(field: Field) -> list[Looked]:
    """All that is learned from a field."""
    found = []
    for rows in histories(field, read()):
        is_same, is_near = field.pairs(rows)
        for gone in (None, is_same, is_near, is_same | is_near):
            found.append(looked(field, rows, gone))
    return found


def weighed(seen: list[Looked]) -> Weighing:
    """The weighing under which the answers are most likely."""
    facts = np.concatenate([part.facts() for part in seen])
    answers = np.concatenate([part.is_same.reshape(-1) for part in seen])
    least = float(np.quantile(facts[:, 1], _EMPTIEST))
    facts[:, 1:] = np.maximum(facts[:, 1:], least)
    cosine, asked, found, start = climbed(facts, answers).tolist()
    return Weighing(cosine, asked, found, start, least)


def climbed(facts: NDArray[np.float64], answers: Bools) -> NDArray[np.float64]:
    """The weight of each column of `facts`, (n, columns), and what is added: a logistic fit.

    Newton's steps, from nought.
    """
    terms = np.column_stack([facts, np.ones(len(facts))])
    weights: NDArray[np.float64] = np.zeros(terms.shape[1])
    for _ in range(_ROUNDS):
        expected = 1 / (1 + np.exp(-terms @ weights))
        bend = terms.T @ (terms * (expected * (1 - expected))[:, None])
        weights += np.linalg.solve(bend, terms.T @ (answers - expected))
    return weights

"""Sets out of pairs: what pairs connect, and which of that belongs together by average linkage."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.live import Ints

Odds = NDArray[np.float64]


def connected(a: Ints, b: Ints) -> Iterator[list[int]]:
    """The units that pairs connect, each part in order."""
    place = np.full(max(a.max(initial=-1), b.max(initial=-1)) + 1, -1)
    place[a] = place[b] = 0
    units = np.flatnonzero(place == 0)
    label = np.arange(len(units))
    place[units] = label
    a, b = place[a], place[b]
    while True:
        least = label.copy()
        for one, other in ((a, b), (b, a)):
            np.minimum.at(least, label[one], label[other])
        # A label leads to the least that is known to be connected with it.
        while not np.array_equal(further := least[least], least):
            least = further
        new = least[label]
        if np.array_equal(new, label):
            break
        label = new
    order = np.argsort(label, kind="stable")
    begins = np.flatnonzero(np.diff(label[order], prepend=-1))
    ordered = units[order].tolist()
    for begin, end in pairwise([*begins.tolist(), len(ordered)]):
        yield ordered[begin:end]


def linked(units: Sequence[int], odds: Odds) -> list[list[int]]:
    """The sets that `units` make, two at a time, while two have a mean of `odds` above 0.

    `odds` are those of each two units, (n, n). Of equally good ones the first are joined.
    """
    sets = {place: [unit] for place, unit in enumerate(units)}
    sizes = np.ones(len(units))
    sums, means = odds.copy(), odds.copy()
    np.fill_diagonal(means, -np.inf)
    while len(sets) > 1:
        a, b = divmod(int(means.argmax()), len(units))
        if means[a, b] <= 0:
            break
        sets[a] += sets.pop(b)
        sizes[a] += sizes[b]
        sums[a] += sums[b]
        sums[:, a] += sums[:, b]
        means[b] = means[:, b] = -np.inf
        others = [place for place in sets if place != a]
        means[a, others] = means[others, a] = sums[a, others] / (sizes[a] * sizes[others])
    return [*sets.values()]

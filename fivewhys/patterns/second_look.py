"""A second look at the first that were found: how like they are for the company they keep.

Some causes lie close to everything of their kind and come up for every question; of others that
stand apart, a lower cosine says as much. So the cosine is set against how crowded it is around both
texts, each the mean cosine of a text's nearest (cross-domain similarity local scaling, Conneau et
al. 2018). How much each counts is fitted by logistic regression on fields that the encoder had not
learned: `training/second_look.py`.

All that is looked at are the vectors that a search has at hand, so it costs about a millisecond
with a million causes too.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.likely import BUILT_IN

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

FIRST = 20
"""How many of the nearest are looked at again; no more can come up."""

CROWD = 10
"""Nearest texts whose mean cosine says how crowded it is around a text."""

AMONG = 500
"""Nearest of the text that was asked for among which the crowd around each is looked for."""

MOST = 0.999
"""The highest score but for equal words."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """The log-odds that two texts say the same: a sum of what is known of them, each times this."""

    cosine: float
    asked: float
    """The crowd around the text that was asked for."""
    found: float
    """The crowd around the one that was found."""
    start: float
    least: float
    """A crowd counts as this much at least: there was no emptier place where this was fitted."""

    def log_odds(
        self, cosines: Floats, asked: Floats | np.float32, found: Floats
    ) -> NDArray[np.float64]:
        """The sums, all of one shape."""
        least = np.float32(self.least)
        of_crowds = self.asked * np.maximum(asked, least) + self.found * np.maximum(found, least)
        weighed: NDArray[np.float64] = self.start + self.cosine * cosines.astype(float) + of_crowds
        return weighed


WEIGHING = Weighing(cosine=20.90, asked=-7.71, found=-15.75, start=-1.05, least=0.404)
"""For the encoder that comes with the package: what `training/calibrate.py` printed."""


def looked_again(
    cosines: Floats, vectors: Floats, words: Numbers, *, own_words: int, count: int
) -> tuple[Numbers, Floats]:
    """The places of the `count` nearest in the order of a second look, and their scores.

    Of all that was compared: `cosines`, unit `vectors`, and `words` (the `text.words_number` of
    each). A score is the cosine that would say as much; what has the words that were asked for,
    `own_words`, comes first with 1, and nothing else comes above `MOST`.
    """
    order = np.argsort(-cosines, kind="stable")
    nearest = order[:count]
    asked, found = crowds(cosines, vectors, words, nearest, order[:AMONG])
    odds = WEIGHING.log_odds(cosines[nearest], asked, found)
    scores = np.clip(BUILT_IN.even + odds / BUILT_IN.slope, -1, MOST)
    is_equal = words[nearest] == own_words
    scores[is_equal], odds[is_equal] = 1, np.inf
    order = np.argsort(-odds, kind="stable")
    return nearest[order], scores[order].astype(np.float32)


def crowds(
    cosines: Floats, vectors: Floats, words: Numbers, chosen: Numbers, among: Numbers
) -> tuple[np.float32, Floats]:
    """How crowded it is around a text, and around each of those at the places `chosen`.

    `cosines` with the text, unit `vectors` and `words`, equal for equal wordings, are those of what
    was compared with it; at the places `among` are those that may be in a crowd. Each wording
    counts once, and the text is itself one of the crowd around each.
    """
    _, first = np.unique(words[among], return_index=True)
    among = among[first]
    is_own = words[among] == words[chosen, None]
    around = np.where(is_own, cosines[chosen, None], vectors[chosen] @ vectors[among].T)
    return _mean_of_best(cosines[among]), _mean_of_best(around)


def _mean_of_best(cosines: Floats) -> Any:
    """The mean of the `CROWD` highest of each row; where there are fewer, noughts fill them up."""
    most = min(CROWD, cosines.shape[-1])
    best = np.sort(cosines) if most < CROWD else np.partition(cosines, -CROWD)[..., -CROWD:]
    return best.sum(axis=-1, dtype=np.float32) / np.float32(CROWD)

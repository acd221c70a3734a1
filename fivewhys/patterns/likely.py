"""How likely it is that two causes are the same, told from how close their vectors lie.

A cosine says little to people, and another encoder spreads it differently. So it is turned into a
probability by a curve that was fitted where the answers are known, and into words after that.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Likely(StrEnum):
    """A probability in words. The last is empty, and so false: not worth showing."""

    VERY = "very likely"
    LIKELY = "likely"
    PERHAPS = "perhaps"
    NO = ""


LEAST = {Likely.VERY: 0.8, Likely.LIKELY: 0.5, Likely.PERHAPS: 0.15}
"""The probability from which on each word is said. “Likely” means more often than not; from one in
seven on, a look at a cause costs less than finding it again without help."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic curve from score to probability: 1 / (1 + exp(-slope × (score - even)))."""

    slope: float
    """How fast the probability grows with the score; above 0, so that it never falls."""
    even: float
    """The score at which a pair is as often the same as not."""

    def probability(self, score: float) -> float:
        """The probability, from 0 to 1, that two causes with the cosine `score` are the same."""
        return _logistic(self.slope * (score - self.even))

    def likely(self, score: float) -> Likely:
        """The same in words."""
        return in_words(self.probability(score))

    def score(self, probability: float) -> float:
        """The score that a `probability` between 0 and 1 belongs to."""
        return self.even + math.log(probability / (1 - probability)) / self.slope


def in_words(probability: float) -> Likely:
    """How a probability is told."""
    for word, least in LEAST.items():
        if probability >= least:
            return word
    return Likely.NO


BUILT_IN = Calibration(slope=9.04, even=0.805)
"""For the encoder that comes with the package: what `training/calibrate.py` printed."""

TOGETHER = 0.6
"""The mean cosine from which on causes belong into one group, for the same encoder: the lowest of
those that are as good as the best on fields left out, but for half a hundredth of F, as
`tests/benchmarks/grouping.py` prints them. It lies below `even`, as the many pairs of a group say
more than one."""


def probability(score: float) -> float:
    """The probability, from 0 to 1, that two causes with the cosine `score` are the same.

    >>> probability(0.3) < 0.05 < probability(0.6) < probability(0.9)
    True
    """
    return BUILT_IN.probability(score)


def likely(score: float) -> Likely:
    """How likely two causes with the cosine `score` are the same, in words.

    >>> likely(1.0), likely(0.1)
    (<Likely.VERY: 'very likely'>, <Likely.NO: ''>)
    """
    return BUILT_IN.likely(score)


FEWEST_DECISIONS = 40
"""Decisions of a team before its own curve is drawn: fewer say more about the days they were taken
on than about the team."""

WEIGHT_OF_START = 40.0
"""Decisions that the curve one starts from counts for, so that the first own ones move it little
and a few hundred outweigh it."""

_FEWEST_OF_A_KIND = 5
_GENTLEST = 0.25
"""The least share of the slope that is left, however little the scores told the team."""
_ROUNDS = 50
_HALVINGS = 30
_CLOSE = 1e-9

Row = tuple[float, float, float]
"""A score, how much of what has it is the same, and how much the row counts."""


def refitted(decided: Iterable[tuple[float, bool]], start: Calibration = BUILT_IN) -> Calibration:
    """The curve that a team's own decisions call for; `start` itself where they are too few.

    `decided` holds, for each pair that a person decided, its score and whether it is the same.
    The fit is logistic regression, drawn towards `start` by made-up decisions that agree with it
    (data augmentation priors, Greenland and Christensen 2001). Pairs that people were asked about
    because they were in doubt do no harm, as only the answers given a score are looked at.
    """
    rows = [(score, 1.0 if is_same else 0.0, 1.0) for score, is_same in decided]
    same = sum(answer for _, answer, _ in rows)
    if len(rows) < FEWEST_DECISIONS or min(same, len(rows) - same) < _FEWEST_OF_A_KIND:
        return start
    return fitted([*rows, *_made_up(start)], start)


def _made_up(start: Calibration) -> list[Row]:
    """Decisions as `start` expects them, over the scores at which it is neither sure nor blind."""
    parts = [step / 20 for step in range(1, 20)]
    weight = WEIGHT_OF_START / len(parts)
    return [(start.score(part), part, weight) for part in parts]


def fitted(rows: Iterable[Row], start: Calibration) -> Calibration:
    """The curve under which what `rows` say is most likely.

    Newton's steps for weighted logistic regression, from `start`. Where the scores hardly tell
    the answers apart, or the wrong way round, the slope stays at a quarter of that of `start`.
    """
    rows = list(rows)
    slope, height = _climbed(rows, start.slope, 0.0, start.even)
    least = _GENTLEST * start.slope
    if slope < least:
        slope, height = _climbed(rows, least, 0.0, start.even, is_slope_free=False)
    return Calibration(slope, start.even - height / slope)


def _climbed(
    rows: list[Row], slope: float, height: float, middle: float, is_slope_free: bool = True
) -> tuple[float, float]:
    """Slope, and height at the score `middle`, of the most likely curve slope × x + height."""
    rows = [(score - middle, share, weight) for score, share, weight in rows]
    loss = _loss(rows, slope, height)
    for _ in range(_ROUNDS):
        by_slope, by_height = _step(rows, slope, height, is_slope_free)
        # Far from the goal a whole step can lead away from it; half as far, again and again, not.
        for _ in range(_HALVINGS):
            nearer = _loss(rows, slope + by_slope, height + by_height)
            if nearer <= loss:
                break
            by_slope, by_height = by_slope / 2, by_height / 2
        if loss - nearer < _CLOSE:
            break
        slope, height, loss = slope + by_slope, height + by_height, nearer
    return slope, height


def _step(rows: list[Row], slope: float, height: float, is_slope_free: bool) -> tuple[float, float]:
    of_slope = of_height = 0.0
    bend_slope = bend_both = bend_height = _CLOSE
    for x, share, weight in rows:
        expected = _logistic(slope * x + height)
        left = weight * (share - expected)
        bend = weight * expected * (1 - expected)
        of_slope, of_height = of_slope + left * x, of_height + left
        bend_slope, bend_both = bend_slope + bend * x * x, bend_both + bend * x
        bend_height += bend
    area = bend_slope * bend_height - bend_both * bend_both
    if not is_slope_free or area <= 0:
        return 0.0, of_height / bend_height
    return (
        (bend_height * of_slope - bend_both * of_height) / area,
        (bend_slope * of_height - bend_both * of_slope) / area,
    )


def _loss(rows: list[Row], slope: float, height: float) -> float:
    """How unlikely the answers are: the sum of -log of each one's probability."""
    loss = 0.0
    for x, share, weight in rows:
        value = slope * x + height
        # log(1 + exp(value)) without overflow
        loss += weight * (max(value, 0) + math.log1p(math.exp(-abs(value))) - share * value)
    return loss


def _logistic(x: float) -> float:
    if x < 0:
        grown = math.exp(max(x, -700.0))
        return grown / (1 + grown)
    return 1 / (1 + math.exp(-x))

"""What suggestions are fitted to."""

import numpy as np
import pytest

from training.left_out import TAIL, Field, long_tail
from training.suggesting import for_own, near_pairs, weighed


def field(seed: int, line: tuple[float, float] = (1.0, 0.0)) -> Field:
    """Thirty causes in five wordings each, which lie near each other, more or less."""
    chance = np.random.default_rng(seed)
    causes = chance.normal(0.5, 1, (30, 16))
    said = np.repeat(causes, 5, axis=0) + chance.normal(0, 0.6, (150, 16))
    vectors = (said / np.linalg.norm(said, axis=1, keepdims=True)).astype(np.float32)
    groups = [f"hos-{row // 5}" for row in range(150)]
    near: dict[str, set[str]] = {name: set() for name in groups}
    return Field("hos", [f"cause {row}" for row in range(150)], vectors, groups, near, line)


def test_a_long_tail_says_most_causes_once() -> None:
    whole = field(1)
    rows = long_tail(whole, np.random.default_rng(3))
    assert len(set(rows)) == len(rows)
    counts = [sum(whole.groups[row] == name for row in rows) for name in whole.near]
    assert set(counts) <= {*TAIL}
    assert sum(count == 1 for count in counts) >= 12
    few = long_tail(whole, np.random.default_rng(3), 10)
    assert 10 <= len(few) < 10 + max(TAIL)


def test_what_lies_close_where_it_is_empty_is_the_same() -> None:
    facts, answers = near_pairs(field(1))
    assert facts.shape == (len(answers), 3)
    assert 0 < answers.mean() < 1
    weighing = weighed([(facts, answers)])
    assert weighing.cosine > 0 > weighing.asked == weighing.found
    assert weighed([near_pairs(field(1))]) == weighing


def test_another_spread_of_cosines_gives_the_same_odds() -> None:
    weighing = weighed([near_pairs(field(1))])
    other = field(1, (1.2, -0.1))
    cosines, crowds = np.array([[0.5, 0.8], [0.45, 0.7]], np.float32)
    own = for_own(weighing, other).log_odds(cosines, crowds, crowds)
    carried = weighing.log_odds(*(other.carried(some) for some in (cosines, crowds, crowds)))
    assert own == pytest.approx(carried, abs=1e-5)

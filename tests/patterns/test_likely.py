"""How likely it is that two causes are the same."""

from hypothesis import given
from hypothesis import strategies as st

from fivewhys.patterns.likely import (
    BUILT_IN,
    FEWEST_DECISIONS,
    LEAST,
    Calibration,
    Likely,
    likely,
    probability,
    refitted,
)

scores = st.floats(-1, 1, width=32)


@given(scores, scores)
def test_a_higher_score_is_never_less_likely(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 < probability(low) <= probability(high) < 1


@given(scores)
def test_the_word_says_what_the_probability_is(score: float) -> None:
    word = likely(score)
    assert probability(score) >= LEAST.get(word, 0)
    assert all(
        probability(score) < least for other, least in LEAST.items() if least > LEAST.get(word, 0)
    )


def test_what_is_not_likely_is_false_and_the_rest_is_true() -> None:
    assert not likely(-1)
    assert all(bool(word) for word in Likely if word is not Likely.NO)


def test_equal_vectors_are_very_likely_the_same() -> None:
    assert likely(1) is Likely.VERY


@given(st.floats(0.01, 0.99))
def test_score_is_the_way_back(wanted: float) -> None:
    assert abs(BUILT_IN.probability(BUILT_IN.score(wanted)) - wanted) < 1e-9


def _decided(count: int, even: float, slope: float = 20.0) -> list[tuple[float, bool]]:
    """Decisions of a team to whom pairs are the same from about `even` on."""
    team = Calibration(slope, even)
    found = []
    for number in range(count):
        score = 0.3 + 0.6 * (number * 37 % count) / count
        found.append((score, team.probability(score) > (number * 61 % 100 + 0.5) / 100))
    return found


def test_few_decisions_change_nothing() -> None:
    assert refitted(_decided(FEWEST_DECISIONS - 1, 0.4)) is BUILT_IN
    assert refitted([(0.7, True)] * 500) is BUILT_IN


def test_decisions_draw_the_curve_to_the_team_the_more_there_are() -> None:
    start = Calibration(slope=14, even=0.66)
    some, many = refitted(_decided(60, 0.45), start), refitted(_decided(3000, 0.45), start)
    assert 0.45 < many.even < some.even < start.even
    assert abs(many.even - 0.45) < 0.02
    assert abs(many.slope - 20) < 3


def test_decisions_that_agree_with_the_curve_leave_it() -> None:
    found = refitted(_decided(3000, BUILT_IN.even, BUILT_IN.slope))
    assert abs(found.even - BUILT_IN.even) < 0.02
    assert abs(found.slope / BUILT_IN.slope - 1) < 0.15


@given(st.lists(st.tuples(scores, st.booleans()), max_size=200))
def test_whatever_was_decided_a_higher_score_is_more_likely(
    decided: list[tuple[float, bool]],
) -> None:
    found = refitted(decided)
    assert found.slope > 0
    assert found.probability(0.2) < found.probability(0.8)


def test_a_team_that_decides_against_the_scores_flattens_the_curve() -> None:
    upside_down = [(score, not is_same) for score, is_same in _decided(1000, 0.6)]
    found = refitted(upside_down)
    assert 0 < found.slope < BUILT_IN.slope / 2

"""Rules about the shape of the analysis."""

from datetime import UTC, datetime

import pytest

from fivewhys.facilitation.tree_rules import depth_hint, jump, narrow, no_evidence, time_order
from fivewhys.models.words import Status

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
TUESDAY = datetime(2026, 3, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "pieces", "fires"),
    [
        (Status.OPEN, 0, True),
        (Status.OPEN, 1, False),
        (Status.SUSPECTED, 0, False),
        (Status.RULED_OUT, 0, False),
    ],
)
def test_why_needs_evidence_or_a_mark(status: Status, pieces: int, fires: bool) -> None:
    assert (no_evidence(status, pieces) is not None) == fires


@pytest.mark.parametrize(
    ("cause", "effect", "fires"),
    [
        (TUESDAY, MONDAY, True),
        (MONDAY, TUESDAY, False),
        (MONDAY, MONDAY, False),
        (None, MONDAY, False),
        (TUESDAY, None, False),
    ],
)
def test_a_cause_comes_before_its_effect(
    cause: datetime | None, effect: datetime | None, fires: bool
) -> None:
    assert (time_order(cause, effect) is not None) == fires


def test_a_no_at_the_read_back_is_a_jump() -> None:
    assert [jump(answer) is not None for answer in (False, True, None)] == [True, False, False]


@pytest.mark.parametrize(
    ("children", "fires"),
    [([1, 1, 1], True), ([1, 2, 1], False), ([3, 1, 1, 1], True), ([], False)],
)
def test_three_single_levels_are_narrow(children: list[int], fires: bool) -> None:
    assert (narrow(children) is not None) == fires


def test_a_root_is_neither_shallow_nor_deep_between_three_and_seven() -> None:
    hints = [depth_hint(depth) for depth in range(1, 10)]
    assert [hint.rule if hint else "" for hint in hints] == [
        *["shallow"] * 2,
        *[""] * 5,
        *["deep"] * 2,
    ]

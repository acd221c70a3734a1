"""What it takes to call a countermeasure effective: checks, quiet days and no recurrence."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivewhys.models import effect
from fivewhys.models.plan_words import CheckResult, MeasureKind, Progress
from fivewhys.models.tree import Tree
from tests.building import answer, session
from tests.models.commands.planning import (
    DAY,
    done,
    found_again,
    item,
    later,
    looked,
    measure,
    shown,
    with_measure,
    with_plan,
)


@pytest.fixture
def tree() -> Tree:
    """A lock for the till; the problem was noticed twenty days before."""
    tree = session("customers are angry", noticed_at=datetime(2026, 11, 1, 23, 30, tzinfo=UTC))
    tree, _ = answer(tree, tree.problem.id, "till")
    return with_plan(tree)


# Quiet days


def test_a_complaint_every_twenty_days_needs_sixty(tree: Tree) -> None:
    tree = found_again(done(tree), date(2026, 9, 22), date(2026, 10, 12))
    assert effect.appeared_on(tree, item(tree)) == [
        date(2026, 9, 22),
        date(2026, 10, 12),
        date(2026, 11, 1),
    ]
    assert effect.quiet_days_needed(tree, item(tree)) == 60


def test_gaps_of_any_length_count_by_their_mean(tree: Tree) -> None:
    # 31 and 10 days apart: 20.5 on average, three of which are 61.5.
    tree = found_again(done(tree), date(2026, 9, 21), date(2026, 10, 22))
    assert effect.quiet_days_needed(tree, item(tree)) == 62


def test_what_was_found_once_needs_no_quiet_days(tree: Tree) -> None:
    assert effect.quiet_days_needed(done(tree), item(done(tree))) is None
    on_the_same_day = found_again(done(tree), date(2026, 11, 1))
    assert effect.quiet_days_needed(on_the_same_day, item(on_the_same_day)) is None


def test_a_problem_that_nobody_dated_counts_by_the_day_of_its_session(tree: Tree) -> None:
    tree = replace(tree, session=replace(tree.session, noticed_at=None))
    tree = found_again(done(tree), later(-10))
    assert effect.appeared_on(tree, item(tree)) == [later(-10), DAY]
    assert effect.quiet_days_needed(tree, item(tree)) == 30


def test_what_came_after_it_was_done_tells_nothing_of_before(tree: Tree) -> None:
    tree = found_again(done(tree), date(2026, 10, 12), later(5))
    assert effect.appeared_on(tree, item(tree)) == [date(2026, 10, 12), date(2026, 11, 1)]


def test_before_it_is_done_all_that_is_known_counts(tree: Tree) -> None:
    tree = found_again(tree, date(2026, 10, 12), later(5))
    assert len(effect.appeared_on(tree, item(tree))) == 3
    assert effect.quiet_days(tree, item(tree), DAY) is None


def test_quiet_days_run_from_the_day_it_was_done_to_the_first_recurrence(tree: Tree) -> None:
    tree = done(tree)
    assert effect.quiet_days(tree, item(tree), later(45)) == 45
    back = found_again(tree, date(2026, 10, 12), later(30), later(40))
    assert effect.quiet_days(back, item(back), later(45)) == 30
    unknown = replace(item(tree), done_on=None)
    assert effect.quiet_days(tree, unknown, later(45)) is None
    # Done tomorrow, where the person is.
    assert effect.quiet_days(tree, item(tree), later(-1)) == -1


@given(
    gaps=st.lists(st.integers(1, 400), min_size=1, max_size=8),
)
def test_quiet_days_are_about_three_mean_intervals(gaps: list[int]) -> None:
    tree = session("customers are angry", noticed_at=datetime(2026, 11, 1, tzinfo=UTC))
    tree, _ = answer(tree, tree.problem.id, "till")
    tree = done(with_plan(tree))
    earlier = [date(2026, 11, 1)]
    for gap in gaps:
        earlier.append(date.fromordinal(earlier[-1].toordinal() - gap))
    tree = found_again(tree, *earlier[1:])
    needed = effect.quiet_days_needed(tree, item(tree))
    assert needed is not None
    assert 0 <= needed - effect.INTERVALS * sum(gaps) / len(gaps) < 1


# What is missing


def test_nothing_is_missing_once_it_is_shown(tree: Tree) -> None:
    tree = shown(without_plan(tree))
    assert effect.missing(tree, item(tree), DAY) == []


def without_plan(tree: Tree) -> Tree:
    return replace(tree, countermeasures_of={})


def test_all_that_is_missing_is_said_the_first_to_do_first(tree: Tree) -> None:
    assert effect.missing(tree, item(tree), DAY) == ["It is not done yet."]
    tree = with_measure(done(tree), "queues", MeasureKind.BALANCE)
    tree = found_again(tree, date(2026, 10, 12))
    tree = looked(tree, "queues", CheckResult.NOT_MET)
    assert effect.missing(tree, item(tree), DAY) == [
        "A check was not met: queues",
        "No check has shown yet that it is being done (a process measure that is met).",
        "No check has shown yet that the problem shrank (an outcome measure that is met).",
        "Its cause came every 20 days, so 60 quiet days are needed to tell; 0 have passed.",
    ]
    back = found_again(tree, later(3), later(9))
    assert effect.missing(back, item(back), later(10)) == [
        "Its cause came back in S-2 (2026-11-24)."
    ]


def test_what_was_rejected_was_not_done(tree: Tree) -> None:
    rejected = replace(item(tree), progress=Progress.REJECTED, reason="too dear")
    assert effect.missing(tree, rejected, DAY) == ["It is not done yet."]


def test_the_last_look_counts(tree: Tree) -> None:
    tree = shown(without_plan(tree))
    of = measure(tree, "thefts")
    worse = looked(tree, "thefts", CheckResult.NOT_MET, later(5))
    assert effect.missing(worse, item(worse), later(5))[0] == "A check was not met: thefts"
    better = looked(worse, "thefts", CheckResult.MET, later(9))
    assert effect.missing(better, item(better), later(9)) == []
    last = effect.latest_check(better, item(better), of)
    assert last is not None
    assert last.made_on == later(9)


def test_looks_at_what_was_there_before_do_not_count(tree: Tree) -> None:
    """It was done again, with another day, after it was looked at."""
    tree = shown(without_plan(tree), later(-30))
    again = replace(item(tree), done_on=DAY)
    tree = replace(tree, countermeasures_of={again.cause_id: (again,)})
    assert effect.latest_check(tree, again, measure(tree, "thefts")) is None
    assert len(effect.missing(tree, again, DAY)) == 2
    unknown = replace(again, done_on=None)
    assert effect.latest_check(tree, unknown, measure(tree, "thefts")) is not None


def test_a_look_that_is_only_planned_shows_nothing(tree: Tree) -> None:
    tree = with_measure(done(tree), "thefts")
    assert effect.latest_check(tree, item(tree), measure(tree, "thefts")) is None

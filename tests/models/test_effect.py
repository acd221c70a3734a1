"""What it takes to call a countermeasure effective: checks, quiet days and no recurrence."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivewhys.models import effect
from fivewhys.models.commands import EditMeasure, MeasureFacts, SetProgress
from fivewhys.models.plan_words import CheckResult, CountermeasureKind, MeasureKind, Progress
from fivewhys.models.tree import Tree
from tests.building import answer, session
from tests.models.commands.planning import (
    DAY,
    act,
    done,
    found_again,
    item,
    later,
    looked,
    measure,
    refused,
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


def test_no_recurrence_tells_anything_of_what_customers_were_told() -> None:
    tree = session("customers are angry", noticed_at=datetime(2026, 11, 1, tzinfo=UTC))
    tree, _ = answer(tree, tree.problem.id, "till")
    tree = done(with_plan(tree, kind=CountermeasureKind.ACKNOWLEDGE))
    tree = found_again(tree, date(2026, 10, 12), later(3))
    assert tree.recurrences(item(tree)) == []
    assert tree.standing(item(tree)) is Progress.DONE
    assert effect.quiet_days_needed(tree, item(tree)) is None


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


def test_a_cause_of_every_day_is_told_as_such(tree: Tree) -> None:
    tree = found_again(done(tree), date(2026, 10, 31))
    assert effect.missing(tree, item(tree), later(1))[-1] == (
        "Its cause came every day, so 3 quiet days are needed to tell; 1 has passed."
    )


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


# Outcome checks before their window is over


def over(tree: Tree, days: int | None, definition: str = "thefts") -> Tree:
    """The tree with another window for one of the measures."""
    facts = MeasureFacts(days=days)
    return act(tree, EditMeasure(measure=measure(tree, definition).id, facts=facts))


def effective(tree: Tree) -> SetProgress:
    return SetProgress(countermeasure=item(tree).id, progress=Progress.EFFECTIVE)


def test_an_outcome_on_the_day_it_was_done_shows_nothing_yet(tree: Tree) -> None:
    tree = over(shown(without_plan(tree)), 30)
    sentence = (
        "“thefts” was looked at after 0 of its 30 days, which shows nothing yet; a check from "
        "2026-12-21 on counts."
    )
    assert effect.missing(tree, item(tree), DAY) == [sentence]
    assert refused(tree, effective(tree)) == f"Not effective yet. {sentence}"
    # Time alone does not make it tell more; somebody has to look again.
    assert effect.missing(tree, item(tree), later(60)) == [sentence]
    kept = effect.latest_check(tree, item(tree), measure(tree, "thefts"))
    assert kept is not None
    assert kept.result is CheckResult.MET


@pytest.mark.parametrize(("day", "counts"), [(29, False), (30, True), (31, True)])
def test_an_outcome_counts_from_the_day_its_window_is_over(
    tree: Tree, day: int, counts: bool
) -> None:
    tree = over(shown(without_plan(tree)), 30)
    tree = looked(tree, "thefts", day=later(day))
    assert (effect.missing(tree, item(tree), later(day)) == []) is counts
    if counts:
        tree = act(tree, effective(tree), later(day))
        assert item(tree).progress is Progress.EFFECTIVE


def test_one_outcome_whose_window_is_over_is_enough(tree: Tree) -> None:
    tree = over(shown(without_plan(tree)), 30)
    tree = with_measure(tree, "complaints")
    assert len(effect.missing(tree, item(tree), DAY)) == 1
    tree = looked(tree, "complaints")
    assert effect.missing(tree, item(tree), DAY) == []


def test_of_several_early_outcomes_the_first_to_count_is_told(tree: Tree) -> None:
    tree = over(shown(without_plan(tree)), 90)
    tree = over(with_measure(tree, "complaints"), 1, "complaints")
    tree = looked(tree, "complaints")
    assert effect.missing(tree, item(tree), DAY) == [
        "“complaints” was looked at after 0 of its 1 day, which shows nothing yet; a check from "
        "2026-11-22 on counts."
    ]


def test_a_process_needs_no_window(tree: Tree) -> None:
    tree = over(shown(without_plan(tree)), 30, "doors locked")
    assert effect.missing(tree, item(tree), DAY) == []


def test_an_early_outcome_that_is_not_met_speaks_against_it(tree: Tree) -> None:
    tree = over(shown(without_plan(tree)), 30)
    tree = looked(tree, "thefts", CheckResult.NOT_MET, later(2))
    assert effect.missing(tree, item(tree), later(2))[0] == "A check was not met: thefts"


def test_where_nobody_knows_when_it_was_done_no_window_is_counted(tree: Tree) -> None:
    tree = over(shown(without_plan(tree)), 30)
    unknown = replace(item(tree), done_on=None)
    assert effect.counts_from(unknown, measure(tree, "thefts")) is None
    assert effect.missing(tree, unknown, DAY) == []


def test_a_window_beyond_the_calendar_is_never_over(tree: Tree) -> None:
    tree = over(shown(without_plan(tree)), 30)
    late = replace(item(tree), done_on=date.max)
    assert effect.counts_from(late, measure(tree, "thefts")) == date.max


def test_a_longer_window_takes_the_proof_away(tree: Tree) -> None:
    tree = shown(without_plan(tree))
    tree = act(tree, effective(tree))
    assert item(over(tree, 30)).progress is Progress.DONE
    assert item(over(tree, 30, "doors locked")).progress is Progress.EFFECTIVE


# Called effective, and not proven


def test_what_is_called_effective_and_shown_is_not_doubted(tree: Tree) -> None:
    tree = shown(without_plan(tree))
    assert effect.not_proven(tree, item(tree), DAY) == ""
    assert effect.not_proven(tree, item(act(tree, effective(tree))), DAY) == ""


def test_an_earlier_cause_that_was_joined_after_the_verdict_is_told(tree: Tree) -> None:
    tree = shown(without_plan(tree))
    tree = found_again(act(tree, effective(tree)), date(2026, 10, 12))
    assert effect.quiet_until(tree, item(tree)) == later(60)
    assert effect.not_proven(tree, item(tree), later(59)) == (
        "Called effective, not proven yet: its cause came every 20 days, so 60 quiet days are "
        "needed to tell; 59 have passed."
    )
    assert effect.not_proven(tree, item(tree), later(60)) == ""
    # On a day before it was done, nobody knows the day.
    assert effect.not_proven(tree, item(tree), date.min) == ""


def test_what_shows_nothing_is_told_whatever_the_day_is(tree: Tree) -> None:
    tree = shown(without_plan(tree))
    tree = act(tree, effective(tree))
    bare = replace(tree, checks_of={})
    for day in (date.min, DAY, date.max):
        assert effect.not_proven(bare, item(bare), day) == (
            "Called effective, not proven yet: no check has shown yet that it is being done (a "
            "process measure that is met)."
        )


def test_only_what_counts_as_effective_is_doubted(tree: Tree) -> None:
    assert effect.not_proven(tree, item(tree), DAY) == ""
    assert effect.not_proven(done(tree), item(done(tree)), DAY) == ""
    tree = shown(without_plan(tree))
    tree = act(tree, effective(tree))
    # It came back, so it stands as not effective, and that is told in its own words.
    back = replace(found_again(tree, later(3)), checks_of={})
    assert effect.not_proven(back, item(back), later(9)) == ""


def test_until_when_it_has_to_be_quiet(tree: Tree) -> None:
    assert effect.quiet_until(tree, item(tree)) is None
    tree = done(tree)
    assert effect.quiet_until(tree, item(tree)) is None
    tree = found_again(tree, date(2026, 10, 12))
    assert effect.quiet_until(tree, item(tree)) == later(60)
    late = replace(item(tree), done_on=date.max)
    assert effect.quiet_until(tree, late) == date.max
    back = found_again(tree, date(2026, 10, 12), later(5))
    assert effect.quiet_until(back, item(back)) is None

"""The clocks of a session, from noticed to told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivewhys.countermeasures.clocks import Clock, clocks, readings
from fivewhys.countermeasures.targets import Step, built_in_targets
from fivewhys.models.commands import SetPart, SetProgress
from fivewhys.models.plan_words import CountermeasureKind, Progress
from fivewhys.models.tree import Tree
from fivewhys.models.words import Severity
from tests.building import FIRST, do
from tests.countermeasures.planning import came_back, planned, shown, with_root

NOTICED = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)
TARGETS = built_in_targets()


def with_facts(tree: Tree, **facts: Any) -> Tree:
    return replace(tree, session=replace(tree.session, **facts))


def test_clocks_of_a_session_that_went_all_the_way() -> None:
    tree, cause = with_root(noticed_at=NOTICED)
    tree = with_facts(
        tree,
        acknowledged_at=NOTICED + timedelta(hours=3),
        told_at=NOTICED + timedelta(days=12),
    )
    for text, day in (("Print the year", 25), ("Block the form", 28)):
        tree, item = planned(tree, cause.id, text)
        done_on = replace(item, done_on=date(2026, 11, day), progress=Progress.DONE)
        rows = tuple(
            done_on if each.id == item.id else each for each in tree.countermeasures(cause.id)
        )
        tree = replace(tree, countermeasures_of={cause.id: rows})
    found = clocks(tree)
    assert found.since == NOTICED
    assert found.took(Step.ACKNOWLEDGED) == timedelta(hours=3)
    assert found.root_found is not None
    assert found.fixed == date(2026, 11, 28)
    assert found.took(Step.FIXED) == timedelta(days=8)
    assert found.took(Step.TOLD) == timedelta(days=12)


def test_clocks_run_from_the_opening_where_nobody_knows_when_it_was_noticed() -> None:
    tree, _ = with_root()
    found = clocks(tree)
    assert found.noticed is None
    assert found.since == found.opened == FIRST
    assert found.took(Step.TOLD) is None


def test_root_counts_while_there_is_one() -> None:
    tree, cause = with_root()
    assert clocks(tree).root_found == tree.session.root_found_at
    tree = do(tree, SetPart(cause=cause.id, part=None))
    tree = with_facts(tree, root_found_at=FIRST)
    assert clocks(tree).root_found is None


def test_who_was_told_has_heard_that_we_own_it() -> None:
    tree, _ = with_root()
    tree = with_facts(tree, told_at=FIRST + timedelta(days=1))
    assert clocks(tree).acknowledged == FIRST + timedelta(days=1)


def test_it_is_fixed_once_all_that_was_not_rejected_is_done() -> None:
    tree, cause = with_root()
    assert clocks(tree).fixed is None
    tree, first = planned(tree, cause.id, "Print the year", Progress.DONE)
    assert clocks(tree).fixed == date(2026, 11, 21)
    tree, second = planned(tree, cause.id, "Block the form")
    assert clocks(tree).fixed is None
    tree = do(tree, SetProgress(countermeasure=second.id, progress=Progress.REJECTED, reason="no"))
    assert clocks(tree).fixed == date(2026, 11, 21)
    effective = shown(tree, first.id)
    effective = do(effective, SetProgress(countermeasure=first.id, progress=Progress.EFFECTIVE))
    assert clocks(effective).fixed == date(2026, 11, 21)
    assert clocks(came_back(tree, cause.id, date(2026, 12, 24))).fixed is None
    given_up = SetProgress(countermeasure=first.id, progress=Progress.NOT_EFFECTIVE, reason="no")
    assert clocks(do(tree, given_up)).fixed is None


def test_owning_up_is_not_waited_for() -> None:
    tree, cause = with_root()
    tree, _ = planned(tree, cause.id, "Write to all", kind=CountermeasureKind.ACKNOWLEDGE)
    assert clocks(tree).fixed is None
    tree, _ = planned(tree, cause.id, "Print the year", Progress.DONE)
    assert clocks(tree).fixed == date(2026, 11, 21)


def clock(tree: Tree, step: Step, severity: Severity | None, now: datetime) -> Clock:
    found = readings(clocks(tree), severity, TARGETS, now)
    assert [each.step for each in found] == list(Step)
    return next(each for each in found if each.step is step)


@pytest.mark.parametrize(("hours", "late"), [(3, False), (4, False), (5, True)])
def test_a_running_clock_is_late_after_its_target(hours: int, late: bool) -> None:
    tree, _ = with_root(noticed_at=NOTICED)
    now = NOTICED + timedelta(hours=hours)
    found = clock(tree, Step.ACKNOWLEDGED, Severity.CRITICAL, now)
    assert found.is_running
    assert found.is_late is late
    assert found.left == timedelta(hours=4 - hours)
    reached = clock(
        with_facts(tree, acknowledged_at=now), Step.ACKNOWLEDGED, Severity.CRITICAL, now
    )
    assert (reached.is_running, reached.is_late, reached.left) == (False, late, None)


def test_what_is_fixed_on_the_last_day_is_in_time() -> None:
    tree, cause = with_root(noticed_at=NOTICED - timedelta(days=13))
    tree, _ = planned(tree, cause.id, "Print the year", Progress.DONE)
    found = clock(tree, Step.FIXED, Severity.CRITICAL, FIRST)
    assert found.time == TARGETS.critical.fixed == timedelta(days=14)
    assert not found.is_late


def test_without_a_severity_there_is_no_target() -> None:
    tree, _ = with_root(noticed_at=NOTICED)
    found = clock(tree, Step.TOLD, None, NOTICED + timedelta(days=3000))
    assert (found.target, found.left, found.is_late) == (None, None, False)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(MOMENTS, st.none() | MOMENTS, st.none() | MOMENTS, MOMENTS, st.sampled_from(Severity))
def test_no_time_is_negative(
    noticed: datetime,
    acknowledged: datetime | None,
    told: datetime | None,
    now: datetime,
    severity: Severity,
) -> None:
    tree, cause = with_root(noticed_at=noticed)
    tree, _ = planned(tree, cause.id, "Print the year", Progress.DONE)
    tree = with_facts(tree, acknowledged_at=acknowledged, told_at=told)
    for each in readings(clocks(tree), severity, TARGETS, now):
        assert each.time >= timedelta()
        assert each.is_running == (clocks(tree).took(each.step) is None)

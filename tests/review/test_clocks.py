"""Clocks over many sessions, and that they are those of one session's tree."""

from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest

from fivewhys.countermeasures.targets import Step, built_in_targets
from fivewhys.models.plan_words import CountermeasureKind, Progress
from fivewhys.models.words import Severity
from fivewhys.review.clocks import StepTimes, ninetieth
from fivewhys.review.period import days_since_1970
from tests.review.by_columns import clock_times, fixed_days
from tests.review.plain.rows import ActionRow, ClockRow
from tests.review.rows import DAY, at

NOTICED = at("2026-03-01 10:00")
HOUR = 3600
NOW = datetime(2026, 3, 11, 10, tzinfo=UTC)
TARGETS = built_in_targets()


def row(number: int, severity: Severity | None = Severity.MAJOR, **reached: object) -> ClockRow:
    steps = {"acknowledged": None, "root_found": None, "fixed": None, "told": None} | reached
    return ClockRow(number, severity, NOTICED, **steps)  # type: ignore[arg-type]


def step(which: Step, *rows: ClockRow) -> StepTimes:
    return next(found for found in clock_times(rows, TARGETS, NOW).steps if found.step is which)


def test_half_take_no_longer_than_the_median() -> None:
    hours = [1, 30, 3]
    rows = [row(number, acknowledged=NOTICED + each * HOUR) for number, each in enumerate(hours, 1)]
    found = step(Step.ACKNOWLEDGED, *rows, row(9))
    assert (found.median.value, found.median.of) == (3 * HOUR, 3)
    assert found.median.sessions == (1, 2, 3)
    assert found.ninety.text == "none yet"
    # The target of a major problem is 24 hours; S-9 has run for ten days without.
    assert (found.within.text, found.within.sessions) == ("2 of 4", (2, 9))
    assert (found.running.sessions, found.late.sessions) == ((9,), (9,))
    assert found.targets == ((Severity.MAJOR, 24.0 * HOUR),)


def test_a_running_clock_within_its_target_counts_for_neither_side() -> None:
    found = step(Step.TOLD, row(1, Severity.MINOR))
    assert (found.within.text, found.running.text, found.late.text) == ("none yet", "1", "0")


def test_without_a_severity_there_is_no_target() -> None:
    found = step(Step.TOLD, row(1, None, told=NOTICED + DAY))
    assert (found.median.text, found.within.text, found.targets) == ("24 hours", "none yet", ())


def test_what_was_fixed_is_counted_in_days() -> None:
    found = step(Step.FIXED, row(1, fixed=date(2026, 3, 4)))
    assert found.median.value == 3 * DAY


@pytest.mark.parametrize("which", Step)
def test_what_came_before_the_problem_was_noticed_is_no_time(which: Step) -> None:
    before: dict[str, Any] = {"fixed": date(2026, 2, 28)}
    after: dict[str, Any] = {"fixed": date(2026, 3, 3)}
    if which is not Step.FIXED:
        before, after = {which.value: NOTICED - DAY}, {which.value: NOTICED + 2 * DAY}
    found = step(which, row(1, **before), row(2, **after))
    assert (found.median.text, found.median.sessions) == ("2 days", (2,))
    assert (found.within.of, found.running.text, found.late.text) == (1, "0", "0")
    for figure in (found.median, found.ninety, found.within):
        assert "What came before the problem was noticed is left out." in figure.about


def test_what_was_noticed_in_the_future_runs_and_is_not_late() -> None:
    later = int(NOW.timestamp()) + DAY
    early = row(1, acknowledged=NOTICED)._replace(since=later)
    found = step(Step.ACKNOWLEDGED, early, row(2)._replace(since=later))
    assert (found.median.text, found.within.text) == ("none yet", "none yet")
    assert (found.running.sessions, found.late.sessions) == ((2,), ())


def test_a_step_on_the_day_and_at_the_moment_itself_took_no_time() -> None:
    assert step(Step.FIXED, row(1, fixed=date(2026, 3, 1))).median.text == "0 hours"
    assert step(Step.TOLD, row(1, told=NOTICED)).median.text == "0 hours"


def test_the_share_in_time_says_that_it_opens_the_others() -> None:
    found = step(Step.TOLD, row(1, told=NOTICED), row(2, told=NOTICED + 99 * DAY))
    assert (found.within.sessions, found.within.opens) == ((2,), "Not within the target")
    assert "It opens the others" in found.within.about
    assert found.late.opens == ""


def test_ninety_percent_from_ten_sessions_on() -> None:
    rows = [row(number, told=NOTICED + number * DAY) for number in range(1, 11)]
    assert step(Step.TOLD, *rows).ninety.value == 9 * DAY
    assert step(Step.TOLD, *rows[:9]).ninety.value is None
    assert [ninetieth(np.arange(1, size + 1)) for size in (1, 10, 11, 20)] == [1, 9, 10, 18]


def test_nothing() -> None:
    for found in clock_times([], TARGETS, NOW).steps:
        assert (found.median.text, found.within.text, found.running.text) == (
            *("none yet", "none yet", "0"),
        )


DONE, PLANNED, REJECTED = Progress.DONE, Progress.PLANNED, Progress.REJECTED
EFFECTIVE, USELESS = Progress.EFFECTIVE, Progress.NOT_EFFECTIVE
FIX, TELL = CountermeasureKind.CORRECT, CountermeasureKind.ACKNOWLEDGE
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 5)


def action(
    kind: CountermeasureKind,
    progress: Progress,
    done_on: date | None = None,
    *,
    is_back: bool = False,
) -> ActionRow:
    return ActionRow(1, kind, progress, None, None, done_on, is_back)


@pytest.mark.parametrize(
    ("plan", "fixed"),
    [
        ([action(FIX, DONE, FIRST), action(FIX, EFFECTIVE, LAST)], LAST),
        ([action(FIX, DONE, FIRST), action(FIX, PLANNED)], None),
        ([action(FIX, DONE, FIRST), action(TELL, PLANNED)], FIRST),
        ([action(FIX, DONE, FIRST), action(FIX, REJECTED)], FIRST),
        ([action(FIX, DONE, FIRST), action(FIX, USELESS, LAST)], None),
        ([action(FIX, DONE, FIRST, is_back=True)], None),
        ([action(FIX, DONE)], None),
        ([action(TELL, DONE, LAST)], None),
        ([], None),
    ],
)
def test_fixed_on_the_day_of_the_last_thing_done(plan: list[ActionRow], fixed: date | None) -> None:
    day = None if fixed is None else days_since_1970(fixed)
    assert fixed_days(plan).get(1) == day
    assert fixed_days(plan[::-1]).get(1) == day

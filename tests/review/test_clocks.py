"""Clocks over many sessions, and that they are those of one session's tree."""

from datetime import UTC, date, datetime

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


def test_a_date_that_was_mistaken_is_no_negative_time() -> None:
    found = step(Step.TOLD, row(1, told=NOTICED - DAY))
    assert found.median.text == "0 hours"


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

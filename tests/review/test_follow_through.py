"""What was promised and what came of it."""

from datetime import date

import pytest

from fivewhys.models.plan_words import CountermeasureKind, Means, Progress, Strength
from fivewhys.review.follow_through import BASELINE, FollowThrough
from tests.review.by_columns import follow_through
from tests.review.plain.rows import ActionRow

TODAY = date(2026, 3, 12)
EARLY, LATE = date(2026, 3, 1), date(2026, 4, 1)


def row(
    number: int = 1,
    progress: Progress = Progress.PLANNED,
    means: Means | None = None,
    due: date | None = None,
    done_on: date | None = None,
    *,
    is_back: bool = False,
    kind: CountermeasureKind = CountermeasureKind.PREVENT,
) -> ActionRow:
    return ActionRow(number, kind, progress, means, due, done_on, is_back)


def told(*rows: ActionRow) -> FollowThrough:
    return follow_through(rows, TODAY)


def test_open_and_overdue() -> None:
    found = told(
        row(1, due=EARLY),
        row(1, due=TODAY),
        row(2, Progress.IN_PROGRESS, due=LATE),
        row(3, Progress.IDEA),
        row(4, Progress.DONE, done_on=EARLY),
        row(5, Progress.REJECTED, due=EARLY),
    )
    assert (found.open.text, found.open.sessions) == ("4", (1, 2, 3))
    assert (found.overdue.text, found.overdue.sessions) == ("1", (1,))


def test_on_time_counts_what_is_overdue_as_late_and_what_has_no_day_not_at_all() -> None:
    found = told(
        row(1, Progress.DONE, due=EARLY, done_on=EARLY),
        row(2, Progress.EFFECTIVE, due=EARLY, done_on=TODAY),
        row(3, due=EARLY),
        row(4, due=LATE),
        row(5, Progress.DONE, done_on=EARLY),
        row(6, Progress.DONE, due=EARLY),
    )
    assert (found.on_time.text, found.on_time.sessions) == ("1 of 3", (1,))


def test_effective_is_what_is_called_so_and_has_not_come_back() -> None:
    found = told(
        row(1, Progress.EFFECTIVE, done_on=EARLY),
        row(2, Progress.EFFECTIVE, done_on=EARLY, is_back=True),
        row(3, Progress.DONE, done_on=EARLY, is_back=True),
        row(4, Progress.NOT_EFFECTIVE, done_on=EARLY),
        row(5, Progress.PLANNED),
    )
    assert (found.effective.text, found.effective.sessions) == ("1 of 4", (1,))
    assert (found.came_back.text, found.came_back.sessions) == ("2 of 4", (2, 3))


def test_the_mix_is_of_what_has_means_and_changes_something() -> None:
    found = told(
        row(1, means=Means.FORCING),
        row(2, means=Means.CHECKLIST),
        row(3, means=Means.TRAINING),
        row(4, means=Means.TRAINING),
        row(5),
        row(6, Progress.REJECTED, Means.TRAINING),
        row(7, means=Means.TRAINING, kind=CountermeasureKind.ACKNOWLEDGE),
    )
    assert [(one.strength, one.figure.text) for one in found.mix] == [
        (Strength.STRONGER, "1 of 4"),
        (Strength.INTERMEDIATE, "1 of 4"),
        (Strength.WEAKER, "2 of 4"),
    ]
    assert found.undecided.sessions == (5,)
    assert [one.baseline for one in found.mix] == [0.08, 0.44, 0.48]
    assert sum(BASELINE.values()) == pytest.approx(1)


def test_plans_of_weaker_measures_only() -> None:
    weak, strong = Means.TRAINING, Means.FORCING
    found = told(
        *(row(1, means=weak), row(1, means=weak)),
        *(row(2, means=weak), row(2, means=strong)),
        *(row(3, means=weak), row(3)),
        # What did not help counts for nothing, so training alone is left.
        *(row(4, means=weak), row(4, Progress.NOT_EFFECTIVE, strong)),
        *(row(5, means=weak), row(5, Progress.DONE, strong, done_on=EARLY, is_back=True)),
        row(6, Progress.REJECTED, weak),
    )
    # Nobody can tell of S-3, and S-6 has no plan.
    assert (found.weak_only.text, found.weak_only.sessions) == ("3 of 4", (1, 4, 5))


def test_nothing_is_neither_good_nor_bad() -> None:
    found = told()
    assert [figure.text for figure in found.figures] == [
        *("0", "0", "none yet", "none yet", "none yet", "0", "none yet")
    ]
    assert {one.figure.text for one in found.mix} == {"none yet"}

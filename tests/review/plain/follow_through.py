"""The follow-through, in loops."""

from collections.abc import Iterable
from datetime import date

from fivewhys.models.plan_words import (
    FINISHED,
    STRENGTH_OF,
    UNFINISHED,
    CountermeasureKind,
    Progress,
    Strength,
)
from fivewhys.review.figure import count, share
from fivewhys.review.follow_through import (
    _LABELS,
    ABOUT,
    ABOUT_BACK,
    ABOUT_EFFECTIVE,
    ABOUT_ON_TIME,
    ABOUT_OPEN,
    ABOUT_OVERDUE,
    ABOUT_STRENGTH,
    ABOUT_UNDECIDED,
    ABOUT_WEAK_ONLY,
    BASELINE,
    BASELINE_WEAK_ONLY,
    SOURCE,
    FollowThrough,
    StrengthShare,
)
from tests.review.plain.rows import ActionRow


def follow_through(rows: Iterable[ActionRow], today: date) -> FollowThrough:
    """What came of the countermeasures in `rows` by `today`."""
    still_open: list[int] = []
    overdue: list[int] = []
    on_time: list[int] = []
    too_late = 0
    done: int = 0
    effective: list[int] = []
    back: list[int] = []
    of_strength: dict[Strength, list[int]] = {strength: [] for strength in Strength}
    undecided: list[int] = []
    plans: dict[int, bool] = {}
    """Each session with a plan → whether weaker measures alone are known of it."""
    unclear: set[int] = set()
    for row in rows:
        number, progress = row.number, row.progress
        if progress in UNFINISHED:
            still_open.append(number)
            if row.due is not None and row.due < today:
                overdue.append(number)
        elif progress in FINISHED:
            done += 1
            if row.is_back:
                back.append(number)
            elif progress is Progress.EFFECTIVE:
                effective.append(number)
            if row.due is not None and row.done_on is not None:
                if row.done_on <= row.due:
                    on_time.append(number)
                else:
                    too_late += 1
        if progress is Progress.REJECTED or row.kind is CountermeasureKind.ACKNOWLEDGE:
            continue
        strength = STRENGTH_OF[row.means] if row.means else None
        (of_strength[strength] if strength else undecided).append(number)
        if progress is not Progress.NOT_EFFECTIVE and not row.is_back:
            if strength is None:
                unclear.add(number)
            is_weaker = strength is Strength.WEAKER
            plans[number] = plans.get(number, True) and is_weaker
    known = {number: weak for number, weak in plans.items() if number not in unclear}
    weak_only = [number for number, weak in known.items() if weak]
    decided = sum(map(len, of_strength.values()))
    return FollowThrough(
        open=count("open", "Still to be done", still_open, ABOUT_OPEN, len(still_open)),
        overdue=count("overdue", "Overdue", overdue, ABOUT_OVERDUE, len(overdue)),
        on_time=share(
            "on_time",
            "Done on time",
            len(on_time),
            len(on_time) + too_late + len(overdue),
            ABOUT_ON_TIME,
            on_time,
        ),
        effective=share("effective", "Effective", len(effective), done, ABOUT_EFFECTIVE, effective),
        came_back=share("came_back", "Came back after it", len(back), done, ABOUT_BACK, back),
        mix=tuple(
            StrengthShare(
                strength,
                share(
                    strength.value,
                    _LABELS[strength],
                    len(found),
                    decided,
                    ABOUT_STRENGTH.format(source=SOURCE),
                    found,
                ),
                BASELINE[strength],
            )
            for strength, found in of_strength.items()
        ),
        undecided=count(
            "undecided", "Means not decided", undecided, ABOUT_UNDECIDED, len(undecided)
        ),
        weak_only=share(
            "weak_only",
            "Weaker measures only",
            len(weak_only),
            len(known),
            ABOUT_WEAK_ONLY,
            weak_only,
        ),
        weak_only_baseline=BASELINE_WEAK_ONLY,
        about=ABOUT,
    )

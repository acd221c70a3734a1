"""Follow-through: what was promised, whether it was done in time, and whether it helped."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from fivewhys.models.plan_words import (
    FINISHED,
    STRENGTH_OF,
    UNFINISHED,
    CountermeasureKind,
    Progress,
    Strength,
)
from fivewhys.review.columns import (
    KINDS,
    MEANS,
    NO_DAY,
    PROGRESS,
    UNKNOWN,
    Column,
    Rows,
    Sessions,
    among,
)
from fivewhys.review.figure import Behind, Figure, count, share
from fivewhys.review.period import days_since_1970

BASELINE = {Strength.STRONGER: 0.08, Strength.INTERMEDIATE: 0.44, Strength.WEAKER: 0.48}
"""The shares of 1,137 recommendations in the 227 root cause analyses of serious harm that public
hospitals in Victoria, Australia, made from 2010 to 2015. Source: P. D. Hibbert and others, Are root
cause analyses recommendations effective and sustainable? An observational study, International
Journal for Quality in Health Care 30 (2018)."""

BASELINE_WEAK_ONLY = 31 / 227
"""The share of those analyses that recommended weak measures only."""

SOURCE = (
    "Published: 1,137 recommendations of 227 analyses in public hospitals of Victoria, Australia "
    "(Hibbert and others, 2018)."
)

ABOUT_OPEN = "Countermeasures of the sessions asked about that are still to be done."
ABOUT_OVERDUE = "Those still to be done whose day has passed."
ABOUT_ON_TIME = (
    "Of the countermeasures whose day has come or that are done: those done on their day or "
    "before. What is overdue counts as not on time. What has no day, or was done on a day nobody "
    "wrote down, is left out. It opens the sessions of those done on time."
)
ABOUT_EFFECTIVE = (
    "Of the countermeasures that were done, those called effective whose cause has not been found "
    "again since. What was only done may still turn out to be."
)
ABOUT_BACK = (
    "Of the countermeasures that were done, those whose cause was found again after that day, in "
    "another session. Telling customers keeps nothing from coming back, and does not count."
)
ABOUT_STRENGTH = (
    "Of the countermeasures that were not rejected and do more than tell customers, those of each "
    "strength: how much they leave to people's memory and care (RCA2 action hierarchy). Those of "
    "which nobody decided the means yet are left out. {source}"
)
ABOUT_UNDECIDED = "Countermeasures whose means nobody has decided yet, so that no strength follows."
ABOUT_WEAK_ONLY = (
    "Of the sessions with a plan in which all means are decided, those that rest on weaker "
    "measures alone. What was rejected, did not help or only tells customers counts for nothing. "
    "Published: 31 of 227 analyses."
)
ABOUT = "What was promised in the sessions asked about, whenever it is due, and what came of it."

_LABELS = {
    Strength.STRONGER: "Stronger",
    Strength.INTERMEDIATE: "Intermediate",
    Strength.WEAKER: "Weaker",
}

_STRENGTHS = np.array([*(tuple(Strength).index(STRENGTH_OF[means]) for means in MEANS), UNKNOWN])
"""The strength of each means by its code; that of no means is -1, the last."""
_WEAKER = tuple(Strength).index(Strength.WEAKER)


@dataclass(frozen=True, slots=True)
class StrengthShare:
    """How many countermeasures have one strength, beside what was published."""

    strength: Strength
    figure: Figure
    baseline: float


@dataclass(frozen=True, slots=True)
class FollowThrough:
    """What came of the plans."""

    open: Figure
    overdue: Figure
    on_time: Figure
    effective: Figure
    came_back: Figure
    mix: tuple[StrengthShare, ...]
    undecided: Figure
    weak_only: Figure
    weak_only_baseline: float
    about: str

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All but the mix, in the order in which they are told."""
        return (
            *(self.open, self.overdue, self.on_time, self.effective, self.came_back),
            *(self.undecided, self.weak_only),
        )


def follow_through(
    sessions: Sessions, asked: Column, actions: Rows, is_back: Column, today: date
) -> FollowThrough:
    """What came of the countermeasures of the sessions `asked` about by `today`.

    `is_back` says of which countermeasures the cause was found again after they were done.
    """
    here = asked[actions.session]
    rows, is_back = actions.where(here), is_back[here]
    progress, due, done_on = (rows[name] for name in ("progress", "due", "done_on"))

    def behind(which: Column) -> Behind:
        return sessions.behind(among(len(sessions), rows.session[which]))

    def things(name: str, label: str, which: Column, about: str) -> Figure:
        return count(name, label, behind(which), about, int(np.count_nonzero(which)))

    def part(name: str, label: str, which: Column, of: int, about: str) -> Figure:
        return share(name, label, int(np.count_nonzero(which)), of, about, behind(which))

    is_open = np.isin(progress, _codes(UNFINISHED))
    is_overdue = is_open & (due != NO_DAY) & (due < days_since_1970(today))
    is_done = np.isin(progress, _codes(FINISHED))
    has_days = is_done & (due != NO_DAY) & (done_on != NO_DAY)
    is_on_time = has_days & (done_on <= due)
    done = int(np.count_nonzero(is_done))
    came_back = is_done & is_back
    is_effective = is_done & ~is_back & (progress == PROGRESS.index(Progress.EFFECTIVE))
    counts = (progress != PROGRESS.index(Progress.REJECTED)) & (
        rows["kind"] != KINDS.index(CountermeasureKind.ACKNOWLEDGE)
    )
    strength = _STRENGTHS[rows["means"]]
    is_decided = counts & (strength != UNKNOWN)
    decided = int(np.count_nonzero(is_decided))
    helps = counts & (progress != PROGRESS.index(Progress.NOT_EFFECTIVE)) & ~is_back
    planned, unclear, more = (
        among(len(sessions), rows.session[helps & which])
        for which in (counts, ~is_decided, strength != _WEAKER)
    )
    known = planned & ~unclear
    weak = known & ~more
    return FollowThrough(
        open=things("open", "Still to be done", is_open, ABOUT_OPEN),
        overdue=things("overdue", "Overdue", is_overdue, ABOUT_OVERDUE),
        on_time=part(
            "on_time",
            "Done on time",
            is_on_time,
            int(np.count_nonzero(has_days | is_overdue)),
            ABOUT_ON_TIME,
        ),
        effective=part("effective", "Effective", is_effective, done, ABOUT_EFFECTIVE),
        came_back=part("came_back", "Came back after it", came_back, done, ABOUT_BACK),
        mix=tuple(
            StrengthShare(
                one,
                part(
                    one.value,
                    _LABELS[one],
                    counts & (strength == code),
                    decided,
                    ABOUT_STRENGTH.format(source=SOURCE),
                ),
                BASELINE[one],
            )
            for code, one in enumerate(Strength)
        ),
        undecided=things("undecided", "Means not decided", counts & ~is_decided, ABOUT_UNDECIDED),
        weak_only=share(
            "weak_only",
            "Weaker measures only",
            int(np.count_nonzero(weak)),
            int(np.count_nonzero(known)),
            ABOUT_WEAK_ONLY,
            sessions.behind(weak),
        ),
        weak_only_baseline=BASELINE_WEAK_ONLY,
        about=ABOUT,
    )


def _codes(words: Iterable[Progress]) -> list[int]:
    return [PROGRESS.index(word) for word in words]

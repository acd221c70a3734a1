"""A review as it leaves the program: every panel, read once, for Markdown, HTML and JSON alike."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from fivewhys.countermeasures.targets import Targets
from fivewhys.facilitation.lenses import Lens
from fivewhys.models.values import SessionLine
from fivewhys.review.clocks import ClockTimes
from fivewhys.review.figure import Figure
from fivewhys.review.follow_through import FollowThrough
from fivewhys.review.heat import Heat
from fivewhys.review.pareto import Basis, Pareto
from fivewhys.review.period import ReviewFilter
from fivewhys.review.quality import Quality
from fivewhys.review.shared import Suggested
from fivewhys.review.trend import Trend
from fivewhys.review.wounds import Wounds

MOST_LISTED = 50
"""Sessions that a report lists, the newest ones: what stands behind a figure goes by its name."""


class Panels(Protocol):
    """Where the panels come from: `fivewhys.store.reviewing.Review`."""

    narrowed: ReviewFilter

    def sessions(self) -> Figure:
        """How many sessions are asked about."""

    def pareto(self, basis: Basis = ..., suggested: Suggested | None = ...) -> Pareto:
        """The shared root causes."""

    def wounds(self, suggested: Suggested | None = ...) -> Wounds:
        """Small sessions added up."""

    def heat(self) -> Heat:
        """Sessions by site and department."""

    def heat_of_lens(self, lens: str, columns: Sequence[str] = ...) -> Heat:
        """Sessions by site and category of a lens."""

    def trend(self) -> Trend:
        """Sessions of each month."""

    def clocks(self, targets: Targets, now: datetime) -> ClockTimes:
        """How long each step took."""

    def follow_through(self, today: date) -> FollowThrough:
        """What came of the plans."""

    def quality(self) -> Quality:
        """How the sessions were analysed."""


class Lines(Protocol):
    """Where the lines of sessions come from: `fivewhys.store.reviewing.Reviewing.lines`."""

    def __call__(self, numbers: Collection[int], limit: int = ...) -> list[SessionLine]:
        """Some sessions, the newest first."""


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """All figures of one review. Nothing in it is counted again by the formats."""

    made_on: date
    """The day on which it was made, where the person is."""
    narrowed: ReviewFilter
    sessions: Figure
    pareto: Pareto
    weighed: Pareto
    """The same causes by severity × customers."""
    wounds: Wounds
    heat: Heat
    lens: Lens
    """The lens that `seen_through` is about."""
    seen_through: Heat
    """Sites by the categories of the lens, whose columns are ids."""
    trend: Trend
    clocks: ClockTimes
    follow_through: FollowThrough
    quality: Quality
    listed: tuple[SessionLine, ...]
    """The newest sessions asked about, `MOST_LISTED` of them at most."""


def review_report(
    panels: Panels,
    lines: Lines,
    lens: Lens,
    targets: Targets,
    now: datetime,
    suggested: Suggested | None = None,
) -> ReviewReport:
    """Read every panel; `now` is aware, in the time zone of the person.

    Where `suggested` is given, root causes that nobody has decided on are counted as shared too.
    Raises what `panels` and `lines` raise.
    """
    sessions = panels.sessions()
    return ReviewReport(
        made_on=now.date(),
        narrowed=panels.narrowed,
        sessions=sessions,
        pareto=panels.pareto(Basis.SESSIONS, suggested),
        weighed=panels.pareto(Basis.WEIGHT, suggested),
        wounds=panels.wounds(suggested),
        heat=panels.heat(),
        lens=lens,
        seen_through=panels.heat_of_lens(lens.id, [one.id for one in lens.categories]),
        trend=panels.trend(),
        clocks=panels.clocks(targets, now),
        follow_through=panels.follow_through(now.date()),
        quality=panels.quality(),
        listed=tuple(lines(sessions.sessions, MOST_LISTED)),
    )

"""The panels of one review, made of columns that are read once and kept for the next one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from functools import cached_property
from threading import RLock
from typing import TypeVar
from uuid import UUID

from fivewhys.countermeasures.targets import Step, Targets
from fivewhys.review.asked import asked
from fivewhys.review.clocks import ClockTimes, clock_times, when_reached
from fivewhys.review.columns import Column, Part, Rows, Sessions, among, most_used
from fivewhys.review.counting import current
from fivewhys.review.figure import Figure, count
from fivewhys.review.follow_through import FollowThrough, follow_through
from fivewhys.review.heat import Heat, heat
from fivewhys.review.pareto import Basis, Pareto, pareto
from fivewhys.review.period import ReviewFilter
from fivewhys.review.quality import Quality, quality
from fivewhys.review.rows import Linked
from fivewhys.review.shared import Fixes, Roots, Sameness, Suggested, came_back, roots_together
from fivewhys.review.trend import Trend, trend
from fivewhys.review.wounds import Wounds, wounds
from fivewhys.store import review_causes
from fivewhys.store.database import Database
from fivewhys.store.review_filter import holding
from fivewhys.store.review_kept import Kept
from fivewhys.store.reviewing import BEHAVIOUR

ABOUT_SESSIONS = "Sessions that the filters and the period let through; deleted ones are left out."

T = TypeVar("T")


@dataclass
class History:
    """What the panels need of the whole history, whatever is asked about, each read once.

    Safe to use from several threads: one of them reads at a time.
    """

    database: Database
    kept: Kept
    decisions: tuple[int, int]
    """Where the decisions end: `review_causes.last_decision`."""

    def __post_init__(self) -> None:
        self.lock = RLock()

    def _part(self, part: Part) -> Column:
        with self.database.reading() as db:
            return self.kept.part(db, part)

    def _rows(self, part: Part) -> Rows:
        return Rows.of(self.sessions, self._part(part))

    @cached_property
    def sessions(self) -> Sessions:
        """The sessions."""
        return Sessions.of(self._part(Part.SESSION), self.kept.names.known)

    @cached_property
    def found_roots(self) -> Rows:
        """The root causes that stand."""
        return self._rows(Part.ROOT)

    @cached_property
    def actions(self) -> Rows:
        """The countermeasures."""
        return self._rows(Part.ACTION)

    @cached_property
    def categories(self) -> Rows:
        """The categories that causes carry."""
        return self._rows(Part.CATEGORY)

    def counts(self) -> Rows:
        """What is counted in the sessions that are counted as they are now, read anew each time."""
        return current(self.sessions, self._rows(Part.COUNT))

    @cached_property
    def linked(self) -> tuple[Linked, Rows]:
        """What people decided, and the causes that decisions are about."""
        with self.database.reading() as db:
            known, rows = review_causes.linked(db)
        return known, Rows.of(self.sessions, rows)

    @cached_property
    def sameness(self) -> Sameness:
        """Which causes are the same."""
        return Sameness(self.linked[0])

    @cached_property
    def roots(self) -> Roots:
        """The root causes, those that are the same together, with what was done about them."""
        return roots_together(self.sessions, self.found_roots, self.sameness, self._fixes)

    @cached_property
    def _fixes(self) -> Fixes:
        return Fixes.of(self.sessions, self.actions)

    @cached_property
    def is_back(self) -> Column:
        """Of which countermeasures the cause was found again after they were done."""
        # Most of the history, and of no use once this is known: it is not kept.
        causes = self._rows(Part.CAUSE)
        _, decided = self.linked
        fixes = self._fixes
        back = came_back(self.sessions, fixes, causes, decided, self.sameness)
        return among(len(self.actions), fixes.action[back])

    @cached_property
    def reached(self) -> dict[Step, Column]:
        """When each session reached each step of the clocks."""
        has_root = among(len(self.sessions), self.found_roots.session)
        return when_reached(self.sessions, has_root, self.actions, self.is_back)

    def read_ahead(self) -> Iterator[None]:
        """Read what most panels need, a piece at a time."""
        for piece in _PIECES:
            with self.lock:
                getattr(self, piece)
            yield


_PIECES = (
    *("sessions", "found_roots", "actions", "linked", "sameness", "roots", "is_back", "reached"),
)
"""What panels need of a history, each a part of a second at most."""


class Review:
    """The panels of a review, of the history as it was when the review was made.

    Safe to use from several threads. What several panels need is read once; a review that is to
    show the history as it is later is made anew. Every method raises `StoreProblem` where the
    database cannot be read.
    """

    def __init__(
        self,
        database: Database,
        history: Callable[[], History],
        narrowed: ReviewFilter,
        zone: tzinfo | None,
    ) -> None:
        """`history` is asked once, by the first panel: it may have to read for long."""
        self.narrowed = narrowed
        self.zone = zone
        self._database = database
        self._read = history
        self._lock = RLock()
        self._joined: tuple[Suggested, Roots] | None = None
        """The suggestions that were asked for last, and the root causes with them."""

    @cached_property
    def _history(self) -> History:
        return self._read()

    def _made(self, make: Callable[[History], T]) -> T:
        with self._lock:
            history = self._history
        with history.lock:
            return make(history)

    def sessions(self) -> Figure:
        """How many sessions are asked about."""

        def make(history: History) -> Figure:
            held = history.sessions.behind(self._asked(history))
            return count("sessions", "Sessions", held, ABOUT_SESSIONS)

        return self._made(make)

    def pareto(self, basis: Basis = Basis.SESSIONS, suggested: Suggested | None = None) -> Pareto:
        """The shared root causes; `suggested` are keys of causes that may be the same, in sets."""

        def make(history: History) -> Pareto:
            found = pareto(
                history.sessions,
                self._asked(history),
                self._roots(history, suggested),
                basis,
                with_suggested=suggested is not None,
            )
            return found.with_texts(self._texts(bar.key for bar in found.bars))

        return self._made(make)

    def wounds(self, suggested: Suggested | None = None) -> Wounds:
        """Small sessions added up, beside the big ones; `suggested` as in `pareto`."""

        def make(history: History) -> Wounds:
            found = wounds(history.sessions, self._asked(history), self._roots(history, suggested))
            return found.with_texts(self._texts(pile.key for pile in found.by_cause if pile.key))

        return self._made(make)

    def heat(self) -> Heat:
        """Sessions by site and department."""

        def make(history: History) -> Heat:
            return heat(history.sessions, *self._places(history))

        return self._made(make)

    def heat_of_lens(self, lens: str = BEHAVIOUR, columns: Sequence[str] = ()) -> Heat:
        """Sessions by site and category of a lens; `columns` are ids that are told in any case."""

        def make(history: History) -> Heat:
            rows, names = history.categories, history.sessions.names
            place = names.index(lens) if lens in names else -1
            carried = rows.where(rows["lens"] == place)
            carries = carried.session, carried["category"]
            places = self._places(history)
            return heat(history.sessions, *places, carries, columns, "category")

        return self._made(make)

    def trend(self) -> Trend:
        """Sessions of each month, and which of them repeat."""

        def make(history: History) -> Trend:
            return trend(history.sessions, self._asked(history), history.roots, self.zone)

        return self._made(make)

    def clocks(self, targets: Targets, now: datetime) -> ClockTimes:
        """How long each step took, against `targets`."""

        def make(history: History) -> ClockTimes:
            reached = history.reached
            return clock_times(history.sessions, self._asked(history), reached, targets, now)

        return self._made(make)

    def follow_through(self, today: date) -> FollowThrough:
        """What was promised, whether it was done in time, and whether it helped."""

        def make(history: History) -> FollowThrough:
            sessions, actions, is_back = history.sessions, history.actions, history.is_back
            return follow_through(sessions, self._asked(history), actions, is_back, today)

        return self._made(make)

    def quality(self) -> Quality:
        """How the sessions were analysed, so far as they are counted: `Reviewing.count_changed`."""

        def make(history: History) -> Quality:
            return quality(history.sessions, self._asked(history), history.counts(), self.zone)

        return self._made(make)

    def names(self, column: str, most: int = 1000) -> list[str]:
        """Names of the whole history in a fact of sessions, or an `owner`; most used first."""

        def make(history: History) -> list[str]:
            rows: Sessions | Rows = history.actions if column == "owner" else history.sessions
            return most_used(history.sessions.names, rows[column], most)

        return self._made(make)

    @cached_property
    def _holding(self) -> Column | None:
        """Which sessions hold the words that are asked about; None where there are none."""
        words = self.narrowed.text.strip()
        if not words:
            return None
        with self._database.reading() as db:
            return self._history.sessions.numbered(holding(db, words))

    def _asked(self, history: History) -> Column:
        return asked(history, self.narrowed, self.zone, self._holding)

    def _places(self, history: History) -> tuple[Column, Column]:
        """Which sessions are asked about, whichever their site, and which are at sites that are."""
        sites = self.narrowed.sites
        whole = replace(self.narrowed, sites=())
        sessions = history.sessions
        here = sessions.named("site", sites) if sites else sessions.everyone
        return asked(history, whole, self.zone, self._holding), here

    def _roots(self, history: History, suggested: Suggested | None) -> Roots:
        if not suggested:
            return history.roots
        # Both panels, and both ways to count bars, ask for the same.
        if self._joined is None or self._joined[0] is not suggested:
            found, sameness = history.found_roots, history.sameness
            joined = roots_together(history.sessions, found, sameness, None, suggested)
            self._joined = suggested, joined
        return self._joined[1]

    def _texts(self, keys: Iterable[UUID]) -> dict[UUID, str]:
        with self._database.reading() as db:
            return review_causes.texts(db, keys)

"""Reading the review's views, one after the other in a thread: the one that is looked at first.

It owns what was read and what is still to come; it knows no widgets.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from fivewhys import settings
from fivewhys.lens_files import all_lenses
from fivewhys.review.figure import Figure
from fivewhys.review.pareto import Basis
from fivewhys.review.period import ReviewFilter
from fivewhys.screens.background import NewestRead
from fivewhys.screens.facts import today
from fivewhys.screens.long_read import Ended
from fivewhys.screens.review_causes import pareto_table, wounds_table
from fivewhys.screens.review_doings import follow_table, quality_table
from fivewhys.screens.review_filter import COLUMNS
from fivewhys.screens.review_lines import VIEWS, Table, View
from fivewhys.screens.review_places import heat_table
from fivewhys.screens.review_times import clocks_table, trend_table
from fivewhys.store.problems import StoreProblem
from fivewhys.target_file import team_targets

if TYPE_CHECKING:
    from fivewhys.review.shared import Suggested
    from fivewhys.store.review_panels import Review
    from fivewhys.store.store import Store


@dataclass(frozen=True, slots=True)
class Asked:
    """How the views are asked for."""

    basis: Basis = Basis.SESSIONS
    lens: str = ""
    """The lens whose categories head the heat map's columns; empty for departments."""
    suggested: "Suggested | None" = None
    """What the program finds alike, where that counts too."""


Found = Table | str
"""A view, or a sentence that says why it cannot be read."""

Taken = tuple["Review | None", Figure | None, Found]
"""The review that was read from, all sessions that it asks about, and a view."""


class Reading:
    """Reads the views of one review; what was asked before that is dropped."""

    def __init__(self, screen: Screen[Any], store: "Store", take: Callable[[View], None]) -> None:
        """`take` hears which view has been read."""
        self._store, self._take = store, take
        self._read = NewestRead(screen)
        self._review: Review | None = None
        self._narrowed = ReviewFilter()
        self._is_over = False
        self._waiting: list[View] = []
        self.asked = Asked()
        self.found: dict[View, Found] = {}
        self.sessions: Figure | None = None
        """All sessions that are asked about, once they are counted."""
        self.names: dict[str, list[str]] = {field: [] for field in COLUMNS}
        """Names of the history by the filter that they are for, once a view is read."""
        self.stage = ""
        """How far the history is read that was never reviewed, in words; empty for no such work."""

    @property
    def works(self) -> bool:
        """Whether a view is still to come."""
        return bool(self._waiting)

    def begin(self, narrowed: ReviewFilter, first: View) -> None:
        """Read everything as the history is now."""
        self._review, self._narrowed = None, narrowed
        self._read.forget()
        self.sessions = None
        self.found.clear()
        self._waiting = [first, *(view for view in VIEWS if view is not first)]
        self._next()

    def first(self, view: View) -> None:
        """Read this view before the others that are still to come."""
        if view in self._waiting[1:]:
            self._waiting.remove(view)
            self._waiting.insert(1, view)

    def again(self, view: View) -> None:
        """Read one view anew, as it is asked for now."""
        if view in self._waiting[1:]:
            self.first(view)
            return
        works = self.works
        # The one that is under way may be read in another way than is wanted now.
        self._waiting[1 if works else 0 : 1 if works else 0] = [view]
        if not works:
            self._next()

    def end(self) -> None:
        """Nobody looks at it any more."""
        self._is_over = True

    def _now(self) -> "Review":
        """The review of the history as it is now."""
        reviewing = self._store.reviewing
        try:
            while reviewing.catch_up(self._tell):
                # What was written just now is no news; what others wrote until then is taken in.
                self._store.changed_elsewhere()
        finally:
            self.stage = ""
        return reviewing.of(self._narrowed)

    def _tell(self, done: int, of: int) -> None:
        if self._is_over:
            raise Ended
        self.stage = f"Reading the history … {done:,} of {of:,} sessions"

    def _next(self) -> None:
        if not self._waiting:
            return
        view, asked, review = self._waiting[0], self.asked, self._review
        counted = self.sessions

        def read() -> Taken:
            try:
                now = review or self._now()
                sessions = counted if counted is not None else now.sessions()
                table = table_of(now, view, asked)
                if review is None:
                    self.names = {field: now.names(column) for field, column in COLUMNS.items()}
                return now, sessions, table
            except StoreProblem as problem:
                return None, None, f"{problem} F5 looks again."
            except Ended:
                return None, None, ""

        def take(found: Taken) -> None:
            self._review, self.sessions, self.found[view] = found
            self._waiting.pop(0)
            self._take(view)
            self._next()

        self._read.ask(read, take)


def table_of(review: "Review", view: View, asked: Asked) -> Table:
    """One view of a review, as lines. Raises `StoreProblem`."""
    if view is View.PARETO:
        return pareto_table(review.pareto(asked.basis, asked.suggested))
    if view is View.WOUNDS:
        return wounds_table(review.wounds(asked.suggested))
    if view is View.HEAT:
        return _heat(review, asked.lens)
    if view is View.TREND:
        return trend_table(review.trend())
    if view is View.CLOCKS:
        targets, _ = team_targets(settings.targets())
        return clocks_table(review.clocks(targets, now()))
    if view is View.FOLLOW:
        return follow_table(review.follow_through(today()))
    return quality_table(review.quality())


def _heat(review: "Review", lens: str) -> Table:
    if not lens:
        return heat_table(review.heat(), {}, "department")
    known = {one.id: one for one in all_lenses(settings.lenses()).known}.get(lens)
    names: Mapping[str, str] = (
        {category.id: category.name for category in known.categories} if known else {}
    )
    return heat_table(review.heat_of_lens(lens, tuple(names)), names, known.name if known else lens)


def now() -> datetime:
    """This moment, which clocks that still run are held against."""
    return datetime.now(UTC)

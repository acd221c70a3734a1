"""What the review shows: a view of the figures, what it is narrowed to, and how far it is read.

Which key does what is not known here (`review.py`).
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Vertical
from textual.reactive import reactive

from fivewhys import settings
from fivewhys.facilitation.lenses import Lens
from fivewhys.lens_files import all_lenses
from fivewhys.review.period import ReviewFilter
from fivewhys.review.shared import Suggested
from fivewhys.screens.history_screen import HistoryScreen
from fivewhys.screens.long_read import LongRead, Stage, Tell
from fivewhys.screens.look import cut, shown, take_size, wrap
from fivewhys.screens.rest import Rest
from fivewhys.screens.review_alike import Alike
from fivewhys.screens.review_filter import EVERYTHING, told
from fivewhys.screens.review_lines import (
    EMPTY,
    IN_COMMON,
    NO_SESSION,
    NOT_WITHIN,
    ONE_SESSION,
    VIEWS,
    Table,
    View,
    sessions,
)
from fivewhys.screens.review_reading import Asked, Reading
from fivewhys.screens.widgets.bars import HintRow, KeyBar, TextRows, TopBar
from fivewhys.screens.widgets.lines import TextPane
from fivewhys.screens.widgets.review_bar import ReviewBar
from fivewhys.screens.widgets.review_list import ReviewHead, ReviewList
from fivewhys.screens.widgets.review_text import figure_text
from fivewhys.screens.widgets.work_pane import WorkPane
from fivewhys.store.reviewing import BEHAVIOUR

if TYPE_CHECKING:
    from fivewhys.store.store import Store

REST_SECONDS = 0.04
"""What is known of a figure is told once the cursor rests on it."""

STAGE_SECONDS = 0.2
"""How often to tell how far the counting is."""

_NEEDS_SESSIONS = frozenset({"filter", "period"})
_NEEDS_FIGURES = frozenset({"weight", "columns", "suggested"})
"""Keys of the review that show nothing where no session is asked about."""

READING = "Reading …"
"""Stands where a view is still being read."""


class Said(TextRows):
    """What a view comes to, in a sentence of two rows at most."""

    words: reactive[str] = reactive("")

    def text(self) -> Text:
        style = self.palette.style("text", bold=True)
        rows = wrap(shown(self.words), self.size.width - 2)
        if len(rows) > self.size.height:
            last = " ".join(rows[self.size.height - 1 :])
            rows[self.size.height - 1 :] = [cut(last, self.size.width - 2, self.marks.cut)]
        return Text("\n".join(f" {row}" for row in rows), style, no_wrap=True)


class ReviewView(HistoryScreen):
    """One view of the review, with its figures and what is told of them."""

    def __init__(self, store: "Store", narrowed: ReviewFilter = EVERYTHING) -> None:
        super().__init__(store)
        self.view = VIEWS[0]
        self.narrowed = narrowed
        self.reading = Reading(self, store, self._taken)
        self._counting = LongRead(self, self._cannot_count)
        self._alike = Alike(self, self._suggest)
        self._is_counted = False
        """Whether all sessions are counted for the quality, or nobody waits for that."""
        self._shown: tuple[View, ReviewFilter, Asked] | None = None
        """What the lines on the screen are; None for none."""
        self._is_quiet = False
        """Whether what is shown need not say that it is read again."""
        self._lenses: list[Lens] = []
        self._resting = Rest(self, self.recolour)

    def compose(self) -> ComposeResult:
        take_size(self)
        yield TopBar()
        yield ReviewBar(id="review-views")
        with Container(id="review-parts"):
            with Vertical(id="figures-part"):
                yield Said(id="review-said")
                yield WorkPane(id="review-work")
                yield ReviewHead(id="figures-head")
                yield ReviewList(id="figures")
            yield TextPane(id="figure")
        yield HintRow()
        yield KeyBar()

    @property
    def listed(self) -> ReviewList:
        """The figures of the view."""
        return self.query_one(ReviewList)

    @property
    def lenses(self) -> list[Lens]:
        """The lenses, that of the five behaviours first."""
        if not self._lenses:
            known = all_lenses(settings.lenses()).known
            self._lenses = sorted(known, key=lambda lens: lens.id != BEHAVIOUR)
        return self._lenses

    def on_mount(self) -> None:
        """The frame is there at once; the figures follow."""
        self.set_focus(self.listed)
        self.set_interval(STAGE_SECONDS, self._tell_stage)
        self._show()
        self.call_after_refresh(self.load)
        self.keys_in_order.begin()

    def on_unmount(self) -> None:
        """Nobody waits for the counting any more; what was counted is kept."""
        self._counting.end()
        self._alike.end()
        self.reading.end()

    # -- reading

    def load(self, *, quietly: bool = False) -> None:
        """Read every view as the history is now, the one that is shown first."""
        self._is_quiet = quietly and bool(self.listed.lines)
        self._counting.end()
        self._is_counted = False
        self.reading.begin(self.narrowed, self.view)
        self._show()
        if self.reading.asked.suggested is not None:
            self._alike.begin()

    def read_again(self) -> None:
        """Read what others changed; what is shown stays until then."""
        self.load(quietly=True)

    @property
    def is_reading(self) -> bool:
        """Whether views are still to come, or what is counted is written."""
        return self.reading.works or self._counting.stage is not None

    def _taken(self, view: View) -> None:
        if view is self.view:
            self._show()
        else:
            self._show_place()

    def _count(self) -> None:
        """Count what the quality needs in sessions that changed, in a thread."""
        if self._is_counted or self._counting.stage is not None:
            return

        def count(tell: Tell) -> int:
            def progress(done: int, of: int) -> None:
                share = done / of if of else 1.0
                tell(Stage(f"Looking at the sessions … {done:,} of {of:,}", share))

            return self.store.reviewing.count_changed(progress)

        self._counting.begin(count, self._counted)

    def _counted(self, changed: int) -> None:
        self._is_counted = True
        if changed:
            # What was just written here is not news; what others wrote meanwhile is read too.
            self.store.changed_elsewhere()
            self.load(quietly=True)
        self._tell_stage()

    def _cannot_count(self, problem: str) -> None:
        self._is_counted = True
        self.notify(problem, severity="error", timeout=15, markup=False)
        self._tell_stage()

    def suggest(self, *, wanted: bool) -> None:
        """Count what the program finds alike too, once it is found, or leave it out."""
        if wanted:
            self._alike.begin()
            self._tell_stage()
        else:
            self._alike.end()
            self._suggest(None)

    def _suggest(self, suggested: Suggested | None) -> None:
        self.reading.asked = replace(self.reading.asked, suggested=suggested)
        for view in sorted(IN_COMMON, key=lambda view: view is not self.view):
            self.reading.found.pop(view, None)
            self.reading.again(view)
        self._show()

    @property
    def is_suggesting(self) -> bool:
        """Whether what the program finds alike counts, or is being looked for."""
        return self.reading.asked.suggested is not None or self._alike.stage is not None

    def leave_work(self) -> str:
        """Wait no longer for what takes long; how it is gone on with, empty where nothing was."""
        if self._alike.end():
            self._tell_stage()
            return "Left. s looks for it again."
        return "Left. F5 goes on with it." if self._leave_counting() else ""

    def _leave_counting(self) -> bool:
        if self._counting.stage is None:
            return False
        self._counting.end()
        self._is_counted = True
        self.reading.again(View.QUALITY)
        self._tell_stage()
        return True

    # -- drawing

    def _show(self) -> None:
        """Show the view as far as it is read."""
        found = self.reading.found.get(self.view)
        what = (self.view, self.narrowed, self.reading.asked)
        is_same_view = self._shown is not None and self._shown[0] is self.view
        if isinstance(found, Table) and not self._nothing():
            self.listed.show(found, from_top=self._shown != what)
            self._shown = what
        elif found is not None or not is_same_view:
            self.listed.clear()
            self._shown = None
        self._show_place()
        self.recolour()
        self.refresh_bindings()
        if self.view is View.QUALITY and found is not None:
            self._count()

    def key_words(self, binding: Binding) -> str:
        """What a key does; nothing is told of keys that would change nothing."""
        is_empty = binding.action in _NEEDS_SESSIONS and self._nothing() == NO_SESSION
        is_bare = binding.action in _NEEDS_FIGURES and self._nothing()
        return "" if is_empty or is_bare else binding.description

    def _nothing(self) -> str:
        """What it means that no session is asked about; empty where there are some."""
        all_ = self.reading.sessions
        if all_ is None or all_.value:
            return ""
        return NO_SESSION if self.narrowed == EVERYTHING else NOT_WITHIN

    def _show_place(self) -> None:
        lenses = self.lenses if self.narrowed.categories else ()
        names = ["Review", *told(self.narrowed, lenses)]
        self.query_one(TopBar).title = f" {self.program.marks.bullet} ".join(names)
        self.query_one(ReviewBar).show(self.view, {})
        self._tell_stage()

    def _tell_stage(self) -> None:
        """Say how far it is, in the first row and in the place of figures to come."""
        bar, pane = self.query_one(TopBar), self.query_one(WorkPane)
        found, stage = self.reading.found.get(self.view), self._stage
        has_lines = bool(self.listed.lines)
        said = self.query_one(Said)
        if found is None and self._is_quiet and has_lines:
            return
        if found is None:
            bar.saved = READING
        elif stage is not None and has_lines:
            bar.saved = stage.words
        else:
            all_ = self.reading.sessions
            bar.saved = sessions(int(all_.value or 0)) if all_ is not None else ""
        pane.display = not has_lines
        self.query_one(ReviewHead).display = has_lines
        said.words = self._said() if has_lines and found is not None else ""
        said.display = has_lines
        if not has_lines:
            pane.show(stage if found is not None else None, self._instead())

    @property
    def _stage(self) -> Stage | None:
        """How far the long work is that the view waits for."""
        if self.view is View.QUALITY:
            return self._counting.stage
        return self._alike.stage if self.view in IN_COMMON else None

    def _instead(self) -> str:
        """What stands in the place of figures."""
        found = self.reading.found.get(self.view)
        if found is None:
            return self.reading.stage or READING
        return found if isinstance(found, str) else self._nothing() or self._empty()

    def _empty(self) -> str:
        """What it means that a view tells nothing."""
        all_ = self.reading.sessions
        is_alone = all_ is not None and all_.value == 1
        return ONE_SESSION if is_alone and self.view in IN_COMMON else EMPTY[self.view]

    def _said(self) -> str:
        """What the view comes to."""
        table = self.listed.table
        return table.said if table is not None and table.said else self._empty()

    @on(ReviewList.Looked)
    def _looked(self, message: ReviewList.Looked) -> None:
        message.stop()
        self.query_one(ReviewHead).refresh()
        self._resting.begin(REST_SECONDS)

    def recolour(self) -> None:
        """Make the text about the figure anew."""
        self._resting.end()
        pane, list_ = self.query_one("#figure", TextPane), self.listed
        pane.show(figure_text(pane, list_.table, list_.line, list_.spot))
        self.query_one(ReviewHead).refresh()

    def on_resize(self) -> None:
        """Columns take the room that there is."""
        self.call_after_refresh(self.recolour)

    # -- views and what they are narrowed to

    def action_view(self, by: int) -> None:
        """Show the next view, or the one before."""
        self._show_view(VIEWS[(VIEWS.index(self.view) + by) % len(VIEWS)])

    def action_show(self, place: int) -> None:
        """Show the view at `place`."""
        self._show_view(VIEWS[place])

    @on(ReviewBar.Picked)
    def _picked(self, message: ReviewBar.Picked[View]) -> None:
        message.stop()
        self._show_view(message.view)

    def _show_view(self, view: View) -> None:
        self.view = view
        self.hint("")
        self.reading.first(view)
        self._show()

    def ask_for(self, asked: Asked, view: View) -> None:
        """Show a view as it is asked for from now on."""
        self.reading.asked = asked
        self.reading.found.pop(view, None)
        self._show_view(view)
        self.reading.again(view)

    def narrow(self, narrowed: ReviewFilter) -> None:
        """Ask about this part of the history."""
        if narrowed != self.narrowed:
            self.narrowed = narrowed
            self.load()

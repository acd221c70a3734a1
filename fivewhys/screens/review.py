"""The review: what each key does about the figures that managers look at."""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from fivewhys import settings
from fivewhys.review.pareto import Basis
from fivewhys.review.period import ReviewFilter
from fivewhys.screens import review_filter
from fivewhys.screens.asking import ask
from fivewhys.screens.facts import today
from fivewhys.screens.review_asks import Deed, Open, Save, ask_columns, ask_view
from fivewhys.screens.review_filter import EVERYTHING, Known
from fivewhys.screens.review_lines import IN_COMMON, VIEWS, Line, View
from fivewhys.screens.review_saved import Saved, read_saved, write_saved
from fivewhys.screens.review_sessions import ReviewSessions
from fivewhys.screens.review_view import ReviewView
from fivewhys.screens.widgets.lines import TextPane
from fivewhys.screens.widgets.review_list import ReviewList
from fivewhys.text import excerpt

if TYPE_CHECKING:
    from fivewhys.store.store import Store


SUGGESTED = "Counted too, marked ?: what only the program finds alike."
CONFIRMED = "Only what people decided and equal words count."

NARROWED = "f narrows it further. Esc asks about everything."
CLEARED = "Everything is asked about. u brings the filters back."
AS_BEFORE = "Asked about as before. u changes back."
NOTHING_BEFORE = "Nothing else was asked about before."


class ReviewScreen(ReviewView):
    """Shows the figures, narrows them, and goes from them to the sessions behind."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "filter", "filter", id="review.filter",
                tooltip="Narrow to a site, region, department, channel, severity, category, owner, "
                "facilitator or words"),
        Binding("t", "period", "period", id="review.period", tooltip="Ask about a period"),
        Binding("v", "saved", "views", id="review.saved",
                tooltip="Show a saved view, save what is shown under a name, or give one up"),
        Binding("w", "weight", "weight", id="review.weight",
                tooltip="Pareto: count sessions, or weigh them by severity and customers"),
        Binding("c", "columns", "columns", id="review.columns",
                tooltip="Heat map: departments, the five behaviours, or another lens"),
        Binding("s", "suggested", "suggested", id="review.suggested",
                tooltip="Pareto and minor wounds: count root causes too that only the program "
                "finds alike, marked ?, or leave them out again"),
        Binding("f3", "find", "find", show=False, id="review.find",
                tooltip="Find words in everything that was written, over all sessions"),
        Binding("x", "leave_work", "leave it", show=False, id="review.leave",
                tooltip="Wait no longer for what is being looked at"),
        Binding("f5", "again", "look again", show=False, id="review.again",
                tooltip="Look again"),
        Binding("escape", "clear", "all", show=False, id="review.all",
                tooltip="Ask about everything; then go back"),
        Binding("u", "before", "undo", show=False, id="review.before",
                tooltip="Ask about what was asked about before: the period and filters are back"),
        Binding("q", "back", "back", id="review.back", tooltip="Back to where you came from"),
        Binding("ctrl+down", "read(1)", "read on", show=False, id="review.read_on",
                tooltip="Scroll what is told of the figure"),
        Binding("ctrl+up", "read(-1)", "read back", show=False, id="review.read_back",
                tooltip="Scroll what is told of the figure"),
        Binding("question_mark", "app.help", "help", show=False, id="review.help",
                tooltip="Help"),
        Binding("f1", "counted", "how counted", id="review.counted",
                tooltip="Say how the figure is counted; once more, every key"),
        *(
            Binding(str(number), f"show({number - 1})", "view", show=False, key_display="1-7",
                    id=f"review.view{number}", tooltip="Show the view with this number")
            for number in range(1, len(VIEWS) + 1)
        ),
    ]  # fmt: skip

    def __init__(self, store: "Store") -> None:
        super().__init__(store)
        self._saved = Saved()
        self._behind: ReviewSessions | None = None
        """The list of sessions that is in front."""

    def on_mount(self) -> None:
        """Begin as the person left it."""
        self._saved, problem = read_saved(settings.review_views())
        if problem:
            self.notify(problem, severity="warning", timeout=15, markup=False)
        if self.program.demo:
            self._saved = Saved(self._saved.views)
            return
        if not problem and self._saved.looked_on != today():
            # What cannot be read is left as it is; where it cannot be written, nobody need know.
            self._saved = replace(self._saved, looked_on=today())
            write_saved(settings.review_views(), self._saved)
        if self._saved.last != EVERYTHING:
            self.narrowed = self._saved.last
            self.hint("Narrowed as you left it. Esc asks about everything.")

    # -- what stands behind

    @on(ReviewList.Opened)
    def _opened(self, message: ReviewList.Opened[Line]) -> None:
        message.stop()
        spot = self.listed.spot
        if spot is None or spot.figure is None or not spot.figure.sessions:
            self.hint("No session stands behind it.")
            return
        figure = spot.figure
        name = message.line.full_name
        # What a line itself is about needs no second name.
        is_named = figure.name == "bar" or figure.label == name
        words = figure.opens or ("" if is_named else figure.label)
        title = excerpt(name) + (f": {words}" if words else "")
        self.was_away = True
        self._behind = ReviewSessions(self.store, figure.sessions, title)
        self.app.push_screen(self._behind)

    def came_back(self) -> None:
        """Show what was changed in a session that was opened from here."""
        behind, self._behind = self._behind, None
        if behind is None or behind.has_news or self.store.changed_elsewhere():
            self.read_again()

    def action_counted(self) -> None:
        """Say how the figure under the cursor is counted."""
        from fivewhys.screens.counted import CountedScreen

        list_ = self.listed
        if list_.table is None and self.reading.works:
            self.hint("Still counting. F1 says how, once the figures are here; ? shows every key.")
        elif list_.table is None:
            self.program.action_help()
        else:
            self.app.push_screen(CountedScreen(list_.table, list_.line, list_.spot))

    def action_read(self, by: int) -> None:
        """Scroll what is told of the figure."""
        self.query_one("#figure", TextPane).read(by)

    # -- how a view is asked for

    def action_weight(self) -> None:
        """Count sessions, or weigh them."""
        asked = self.reading.asked
        by_weight = asked.basis is Basis.SESSIONS
        basis = Basis.WEIGHT if by_weight else Basis.SESSIONS
        self.ask_for(replace(asked, basis=basis), View.PARETO)
        counted = "severity times the customers hit" if by_weight else "sessions"
        self.hint(f"Bars are {counted}.")

    def action_suggested(self) -> None:
        """Count what only the program finds alike too, or leave it out again."""
        if self.view not in IN_COMMON:
            self.action_show(VIEWS.index(View.PARETO))
        wanted = not self.is_suggesting
        self.suggest(wanted=wanted)
        self.hint(SUGGESTED if wanted else CONFIRMED)

    def action_columns(self) -> None:
        """Choose what the map's columns stand for."""
        asked = self.reading.asked
        ask(
            self,
            ask_columns(self.lenses, asked.lens),
            lambda lens: self.ask_for(replace(asked, lens=lens), View.HEAT),
        )

    def action_again(self) -> None:
        """Look again."""
        self.hint("")
        self.load()

    def action_leave_work(self) -> None:
        """Wait no longer for what is being looked at."""
        self.hint(self.leave_work() or "Nothing is being looked at now.")

    # -- narrowing

    def action_filter(self) -> None:
        """Choose by what to narrow, then to what."""
        ask(self, review_filter.ask_which(self.narrowed, self.lenses), self._ask_by)

    def _ask_by(self, field: str) -> None:
        if field == "period":
            self.action_period()
        elif field == "text":
            ask(self, review_filter.ask_text(self.narrowed), self._narrow_on)
        else:
            known = Known(self.reading.names, self.lenses)
            ask(self, review_filter.ask_values(field, self.narrowed, known), self._narrow_on)

    def _narrow_on(self, narrowed: ReviewFilter) -> None:
        """Narrow; it can be narrowed on."""
        self.narrow(narrowed)
        self.hint("" if narrowed == EVERYTHING else NARROWED)

    def action_period(self) -> None:
        """Choose the period."""
        ask(self, review_filter.ask_period(self.narrowed, today()), self._narrow_on)

    def narrow(self, narrowed: ReviewFilter) -> None:
        """Ask about this part of the history, and keep that for the next time."""
        self.hint("")
        if narrowed != self.narrowed:
            saved = replace(self._saved, last=narrowed, before=self.narrowed)
            super().narrow(narrowed)
            if self.program.demo:
                self._saved = saved
            else:
                self._keep(saved)

    def action_before(self) -> None:
        """Ask about what was asked about before; Esc may have come one time too often."""
        if self._saved.before == self.narrowed:
            self.hint(NOTHING_BEFORE)
        else:
            self.narrow(self._saved.before)
            self.hint(AS_BEFORE)

    def action_clear(self) -> None:
        """Leave the counting, then what is narrowed, then the screen."""
        if left := self.leave_work():
            self.hint(left)
        elif self.narrowed == EVERYTHING:
            self.dismiss()
        else:
            self.narrow(EVERYTHING)
            self.hint(CLEARED)

    # -- saved views

    def action_saved(self) -> None:
        """Show a saved view, save one, or give one up."""
        views = read_saved(settings.review_views())[0].views
        self._saved = replace(self._saved, views=views)
        ask(self, ask_view(self._saved, self.narrowed, self.lenses), self._do)

    def _do(self, deed: Deed) -> None:
        saved = self._saved
        if isinstance(deed, Open):
            self.narrow(saved.views[deed.name])
            self.hint(f"“{deed.name}”")
        elif isinstance(deed, Save):
            if self._keep(saved.with_view(deed.name, self.narrowed)):
                self.hint(f"Saved as “{deed.name}”. v shows it again.")
        elif self._keep(saved.without_view(deed.name)):
            self.hint(f"“{deed.name}” is given up.")

    def _keep(self, saved: Saved) -> bool:
        """Write what is saved; says whether that worked."""
        self._saved = saved
        problem = write_saved(settings.review_views(), saved)
        if problem:
            self.notify(problem, severity="warning", timeout=15, markup=False)
        return not problem

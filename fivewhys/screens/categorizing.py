"""Choosing the category of a cause in a live session, through the lens that was used last."""

from typing import TYPE_CHECKING

from fivewhys import settings
from fivewhys.facilitation.lenses import names, usual_lens
from fivewhys.lens_files import all_lenses
from fivewhys.models.commands import Categorize
from fivewhys.models.values import Cause
from fivewhys.models.words import Kind
from fivewhys.screens.lens_picker import Chosen, LensPicker
from fivewhys.screens.widgets.why_tree import WhyTree

if TYPE_CHECKING:
    from fivewhys.screens.live import LiveScreen


class Categorizing:
    """Asks for a cause's category."""

    def __init__(self, live: "LiveScreen") -> None:
        self._live = live
        self._lens = ""
        """The lens that was used last; the first time, the session's usual one."""

    def ask(self, cause: Cause) -> None:
        """Ask for the category of `cause`."""
        live = self._live
        if cause.kind is Kind.PROBLEM:
            live.hint("That is the problem itself. Choose one of its causes.")
            return
        # Read again each time: a lens may be mended during the meeting.
        live.lenses = all_lenses(settings.lenses())

        def done(chosen: Chosen | None) -> None:
            if chosen is None:
                return
            lens, category = chosen
            self._lens = lens or self._lens
            said = " / ".join(names(live.lenses.known, lens, category)) if lens else "No category"
            live.do(lambda: Categorize(cause=cause.id, lens=lens, category=category), f"{said}.")

        last = self._lens or usual_lens(live.why_tree)
        picker = LensPicker(live.lenses.known, cause, last, live.lenses.problems)
        live.app.push_screen(picker, done)
        picker.take_keys(live.query_one(WhyTree).keys.release())

"""The guide in a live session: when it looks, what it asks in the reserved row, what its keys do.

It never blocks and never moves anything. What was typed or saved stays as it is until a key takes
up what the guide offers.
"""

import time
from typing import TYPE_CHECKING
from uuid import UUID

from textual.timer import Timer

from fivewhys.facilitation import MarkCondition, Offer, SplitLevels
from fivewhys.screens import guide
from fivewhys.screens.guide import Asked, AskElse, AskLeg, GoDeeper
from fivewhys.screens.purposes import Purpose
from fivewhys.screens.widgets.answer_box import AnswerBox
from fivewhys.screens.widgets.bars import HintRow

if TYPE_CHECKING:
    from fivewhys.screens.live import LiveScreen

STILL_SECONDS = 0.8
"""The guide looks at a typed answer this long after the last key."""

READING_SECONDS = 4.0
"""A word that comes into the row of itself stands this long before the guide asks there."""

NOTHING_ASKED = "The guide asks nothing now."


class Guiding:
    """What the guide asks in one live session."""

    def __init__(self, screen: "LiveScreen") -> None:
        self._screen = screen
        self._timer: Timer | None = None
        self._told_at: float | None = None
        """When something came into the row after the last key; none, once a key is typed."""
        self.asked: Asked | None = None
        self._last: UUID | None = None
        """The cause of which something was dismissed last: the reason may follow."""
        self._silent_at: UUID | None = None
        """The question whose typed answer is not asked about again until it is given."""

    # -- looking

    def typed(self) -> None:
        """Look at what is in the box once the typing stops."""
        self._told_at = None
        self._look_in(STILL_SECONDS)

    def _look_in(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._screen.set_timer(seconds, self._look_at_draft)

    def _look_at_draft(self) -> None:
        if self._told_at is not None:
            to_read = self._told_at + READING_SECONDS - time.monotonic()
            if to_read > 0:
                self._look_in(to_read)
                return
        screen, box = self._screen, self._screen.query_one(AnswerBox)
        text = box.text.strip()
        if box.purpose is not Purpose.ANSWER or not text:
            return
        silent = screen.here == self._silent_at
        self.show(None if silent else guide.of_draft(screen.why_tree, screen.here, text))

    def look_at(self, key: UUID) -> None:
        """Look at an answer that was just saved."""
        tree, silent = self._screen.why_tree, self._silent_at
        self._silent_at = None
        if key not in tree.causes:
            return
        asked = guide.of_answer(tree, key)
        if asked is not None and tree.causes[key].parent_id != silent:
            self.show(asked)

    def look_at_problem(self) -> None:
        """Look at the problem of a session that begins."""
        asked = guide.of_problem(self._screen.why_tree)
        if asked is not None:
            self.show(asked)

    def look_at_root(self, key: UUID) -> None:
        """Look at what a new root leaves to ask."""
        tree = self._screen.why_tree
        if key in tree.causes and tree.causes[key].is_root:
            asked = guide.of_root(tree, key)
            if asked is not None:
                self.show(asked)

    def offer(self, asked: Asked) -> bool:
        """Tell what another team did, where nothing is asked that is about the words themselves."""
        now = self.asked
        if now is not None and not (now.is_wide or now.prompt.rule == asked.prompt.rule):
            return False
        self.show(asked)
        return True

    # -- showing

    def show(self, asked: Asked | None) -> None:
        """Ask this in the reserved row, or take back what is asked there."""
        row = self._screen.query_one(HintRow)
        if asked is not None:
            row.hint, row.keys = asked.prompt.text, asked.keys
        elif self.asked is not None:
            row.hint = row.keys = ""
        self.asked = asked

    def make_room(self, words: str) -> None:
        """`words` come into the row: what was asked is no longer there."""
        self.asked = None
        self._told_at = time.monotonic() if words else None
        self._screen.query_one(HintRow).keys = ""

    # -- the two keys

    def take(self) -> None:
        """Take up what is offered; a typed answer is given first."""
        screen, asked = self._screen, self.asked
        if asked is None or asked.step is None:
            screen.hint(NOTHING_ASKED if asked is None else "There is nothing to take up here.")
            return
        step, key = asked.step, asked.about
        if isinstance(step, AskElse | AskLeg):
            self.show(None)
            screen.ask_on(step)
            return
        if isinstance(step, GoDeeper):
            self.show(None)
            screen.answer_as(step)
            return
        if asked.is_draft:
            given = screen.answering.give_draft()
            again = guide.of_answer(screen.why_tree, given) if given else None
            if given is None or again is None or not isinstance(again.step, Offer):
                return
            step, key = again.step, given
        if not screen.do(lambda: guide.taken_up(step, key), "Done. Undo takes it back."):
            return
        tree = screen.why_tree
        if isinstance(step, SplitLevels):
            screen.go_to(tree.children(key)[0])
        elif isinstance(step, MarkCondition):
            on = tree.next_open(key) or tree.problem
            screen.go_to(on.id)
        else:
            screen.go_to(key)

    def dismiss(self) -> None:
        """Do not ask this of this answer again; pressed once more, say why."""
        screen, asked = self._screen, self.asked
        if asked is None:
            last, self._last = self._last, None
            if last is not None and screen.why_tree.dismissals(last):
                screen.word_about(last, Purpose.DISMISS)
            else:
                screen.hint(NOTHING_ASKED)
            return
        if asked.is_draft:
            self._silent_at = asked.about
            self.show(None)
        elif screen.do(lambda: guide.dismissed(asked), "Not asked again. ^N once more says why."):
            self._last = asked.about

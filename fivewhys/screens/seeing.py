"""What was seen before, in a live session: when it looks, what it shows, what taking one does.

It looks in a thread while nobody types, and shows what it found under the answer. It never takes
the focus, and nothing waits for it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast
from uuid import UUID

from textual.timer import Timer

from fivewhys.models.past import Sameness
from fivewhys.screens.attempting import attempt
from fivewhys.screens.background import NewestRead
from fivewhys.screens.facts import today
from fivewhys.screens.memories import Remembers, Work
from fivewhys.screens.purposes import Purpose
from fivewhys.screens.seen_words import SeenBefore, facts
from fivewhys.screens.widgets.answer_box import AnswerBox, Link
from fivewhys.screens.widgets.bars import HintRow
from fivewhys.screens.widgets.seen_before import MOST, SeenList
from fivewhys.text import plain_words

if TYPE_CHECKING:
    from fivewhys.app import FiveWhysApp
    from fivewhys.screens.live import LiveScreen

STILL_SECONDS = 0.25
"""How long after the last key it looks: while someone types, nothing is asked."""

AGAIN_SECONDS = 1.0
"""How often it looks again while the history is still being read."""

LEAST_BESIDE = 4
"""Rows beside which what is known of a cause can be read."""

TAKEN = "Taken from {}. Change what you like; ^Z takes it back."
"""Said once a cause was taken, for as long as its text stands there."""

FEWEST_WORDS = 3
FEWEST_LETTERS = 12
"""A text of fewer words and fewer letters could be anything."""


def says_enough(text: str) -> bool:
    """Whether a text says enough to look for causes like it."""
    plain = plain_words(text)
    return len(plain.split()) >= FEWEST_WORDS or len(plain.replace(" ", "")) >= FEWEST_LETTERS


class Seeing:
    """What was seen before of the answer that is typed in one live session."""

    def __init__(self, screen: "LiveScreen") -> None:
        self._screen = screen
        self._reads = NewestRead(screen)
        self._timer: Timer | None = None
        self._looked: tuple[UUID, str] | None = None
        """The question and the text that what is shown was found for."""
        self._items: Sequence[SeenBefore] = ()
        self._note = ""
        self._said = ""
        """What was said of the text that was taken last."""

    @property
    def memory(self) -> Remembers | None:
        """What remembers the sessions; None where nothing does."""
        return cast("FiveWhysApp", self._screen.app).memory

    # -- looking

    def typed(self) -> None:
        """Look once the typing stops; a text that says too little has no list."""
        self._unsay()
        if not self._wants():
            self._forget()
        else:
            self._look_in(STILL_SECONDS)

    def asked(self) -> None:
        """Another question stands there: what was found for the one before goes."""
        self._forget()
        self.typed()

    def _wants(self) -> bool:
        box = self._screen.query_one(AnswerBox)
        return (
            self.memory is not None
            and box.purpose is Purpose.ANSWER
            and box.link is None
            and says_enough(box.text)
        )

    @property
    def _is_in_list(self) -> bool:
        """Whether the keys are in the list, which then stays as it is."""
        return self._screen.focused is self._screen.query_one(SeenList)

    def _forget(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._reads.forget()
        self._looked = None
        self._show(())

    def _look_in(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._screen.set_timer(seconds, self._look)

    def _look(self) -> None:
        screen, memory = self._screen, self.memory
        if memory is None or not self._wants():
            return
        text = screen.query_one(AnswerBox).text.strip()
        looked = (screen.here, text)
        if looked == self._looked or self._is_in_list:
            return
        session = screen.why_tree.session.id

        def read() -> tuple[list[SeenBefore], bool, str]:
            found = [seen for seen in memory.similar(text, MOST, session) if seen.likely]
            is_current = memory.is_current
            return found, is_current, "" if is_current else _told(memory.work)

        def take(read: tuple[list[SeenBefore], bool, str]) -> None:
            found, is_current, note = read
            if not self._wants() or self._is_in_list:
                return
            if is_current:
                self._looked = looked
            else:
                # What is read meanwhile is found a little later.
                self._look_in(AGAIN_SECONDS)
            self._show(found, note)

        self._reads.ask(read, take)

    # -- showing

    def _show(self, items: Sequence[SeenBefore], note: str = "") -> None:
        self._items, self._note = items, note
        self.fit()

    def fit(self) -> None:
        """Show as much as there is room for between the box and the foot of the screen."""
        screen = self._screen
        seen, column = screen.query_one(SeenList), screen.query_one("#right")
        foot = column.content_region.bottom
        room = foot - screen.query_one(AnswerBox).region.bottom - seen.styles.margin.top
        # While the keys are in the tree, the column tells of that.
        is_near = screen.focused in (screen.query_one(AnswerBox), seen)
        # A word on how far the reading is has room on a tall screen alone.
        note = self._note if is_near and screen.size.height >= 32 else ""
        items = self._items if is_near else ()
        seen.show(items, column.content_region.width, room, today(), note)

    # -- the list's keys

    def enter(self) -> None:
        """Go to the list, if there is one."""
        seen = self._screen.query_one(SeenList)
        if seen.display and seen.items:
            self._screen.set_focus(seen)
            self.tell()

    def tell(self) -> None:
        """Where the list has no room for what is known of a cause, the row above the keys has."""
        screen, seen = self._screen, self._screen.query_one(SeenList)
        has_no_room = screen.query_one("#beside").size.height < LEAST_BESIDE
        if has_no_room and seen.at_cursor is not None:
            width = screen.query_one(HintRow).size.width - 2
            screen.hint(facts(seen.at_cursor, today(), width, seen.marks)[0])

    def take(self, seen: SeenBefore) -> None:
        """Put a cause into the answer box, with the link to it."""
        self.put(seen.context.cause.text, Link(seen.context.cause.id, seen.context.session.name))

    def put(self, text: str, link: Link) -> None:
        """Put a text of another session into the answer box, with the link to its cause."""
        screen = self._screen
        box = screen.query_one(AnswerBox)
        screen.set_focus(box)
        box.take(text, link)
        self._forget()
        self._said = TAKEN.format(link.session)
        screen.hint(self._said)

    def _unsay(self) -> None:
        """What was said of a text that was taken goes with it; what was said since stays."""
        screen, said = self._screen, self._said
        if said and screen.query_one(AnswerBox).link is None:
            self._said = ""
            if screen.query_one(HintRow).hint == said:
                screen.hint("")

    def given(self, key: UUID, link: Link) -> None:
        """The answer `key` was saved whose text was taken: the two are the same."""
        screen = self._screen

        def decide() -> None:
            screen.store.decide(key, link.cause, Sameness.SAME)
            screen.elsewhere.look(anew=True)

        attempt(screen, decide, screen.hint)


def _told(work: Work | None) -> str:
    """How far reading the history is, in a few words; empty where it takes but a moment."""
    if work is None or not work.of:
        return ""
    if work.is_paused:
        return "reading earlier sessions is put off"
    return f"earlier sessions are being read, {100 * work.done // work.of} %"

"""The words that a no of the read-back may need: the box for them, and what is kept of it."""

from typing import TYPE_CHECKING

from fivewhys.facilitation.read_back import Question
from fivewhys.models.commands import AnswerLink, InsertBetween
from fivewhys.models.words import LinkQuestion, Verdict
from fivewhys.screens.rest import Rest
from fivewhys.screens.widgets.verdicts import Verdicts
from fivewhys.screens.widgets.waiting_keys import hand_over
from fivewhys.screens.widgets.word_box import WordBox

if TYPE_CHECKING:
    from fivewhys.screens.read_back import ReadBackScreen

DRAFT_SECONDS = 0.4
"""A draft is kept this long after the last key."""


class Words:
    """Asks for words about one question at a time, and keeps drafts of them."""

    def __init__(self, screen: "ReadBackScreen") -> None:
        self._screen = screen
        self.about: Question | None = None
        """The question that the box is open for."""
        self._drafts: dict[str, str] = {}
        self._typing = Rest(screen, self.keep_draft)

    @property
    def _box(self) -> WordBox:
        return self._screen.query_one(WordBox)

    # -- the box

    def open(self, asked: Question, words: str) -> None:
        """Ask for the words of `asked`; `words` were said already."""
        self.about = asked
        screen, box = self._screen, self._box
        draft = self._drafts.get(self._place_of(asked), "") or words
        if asked.asks is LinkQuestion.FOLLOWS:
            box.ask(
                "What had to happen in between?",
                "the step between the two",
                "Enter puts it in between · Esc leaves the no",
                draft,
            )
        else:
            box.ask(
                "What else was there?",
                "what had to come together with it",
                "Enter keeps it · Esc leaves the no",
                draft,
            )
        hand_over(screen, screen.query_one(Verdicts), box)
        screen.call_after_refresh(screen.recolour)

    def close(self) -> None:
        """The keys are answers again."""
        screen, box = self._screen, self._box
        self.about = None
        if screen.focused is box:
            hand_over(screen, box, screen.query_one(Verdicts))
        box.set_text("")
        box.display = False
        screen.call_after_refresh(screen.recolour)

    def given(self, typed: str) -> None:
        """Save the words, and go on."""
        screen, asked, text, box = self._screen, self.about, typed.strip(), self._box
        if asked is None:
            return
        is_between = asked.asks is LinkQuestion.FOLLOWS
        if not text and is_between:
            self._leave()
            return
        if is_between:
            done = screen.do(
                lambda: InsertBetween(cause=asked.cause, text=text),
                "Put in between. Both new links are read now.",
            )
        else:
            done = screen.do(
                lambda: AnswerLink(
                    cause=asked.cause, question=asked.asks, verdict=Verdict.NO, words=text
                ),
                "Kept.",
            )
        if not done:
            box.put_back(typed)
            for key in box.keys.release():
                box.take_key(key)
            return
        self._keep_draft_of(asked, "")
        self.close()
        place = screen.reading.place(*asked.key)
        if is_between and place is not None:
            screen.go(place)
        else:
            screen.go_on()

    def wanted(self, what: str) -> None:
        """Leave the box, or take the no back."""
        if self.about is None:
            return
        if what == "undo":
            self.close()
            self._screen.undo()
        else:
            self.keep_draft()
            self._leave()

    def _leave(self) -> None:
        self.close()
        self._screen.go_on()
        self._screen.hint("The no stays.")

    def check(self) -> None:
        """Where what the box is about is gone, what is typed is parked, so that it is not lost."""
        screen = self._screen
        if self.about is None or screen.reading.place(*self.about.key) is not None:
            return
        typed = self._box.text.strip()
        self.close()
        if typed and screen.park(typed):
            screen.hint("That link is gone. What you typed is parked.")

    # -- drafts

    def _place_of(self, asked: Question) -> str:
        return f"{self._screen.reading.tree.session.id}/read_back_{asked.asks.value}/{asked.cause}"

    def load_drafts(self) -> None:
        """Read what was typed and not given at another time."""
        screen = self._screen
        self._drafts = screen.store.drafts(f"{screen.reading.tree.session.id}/read_back_")

    def typed(self) -> None:
        """Keep a draft once the typing stops."""
        self._typing.begin(DRAFT_SECONDS)

    def keep_draft(self) -> None:
        """Save what is in the box, so that a crash or Esc does not lose it."""
        if self.about is not None:
            self._keep_draft_of(self.about, self._box.text)

    def _keep_draft_of(self, asked: Question, text: str) -> None:
        place, reading = self._place_of(asked), self._screen.reading
        told = reading.answer(asked) if reading.place(*asked.key) is not None else None
        if told and text == told.words:
            text = ""
        if text == self._drafts.get(place, ""):
            return

        def keep() -> None:
            self._screen.store.save_draft(place, text)
            self._drafts[place] = text

        self._screen.try_to(keep, quietly=True)

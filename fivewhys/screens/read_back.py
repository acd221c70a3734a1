"""The read-back: each chain read out from its root up, one question at a time, answers kept.

This screen owns the tree and the place in it. What is asked, and in which order, is for
`fivewhys.facilitation.read_back`.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.screen import Screen
from textual.widgets import TextArea

from fivewhys.facilitation.read_back import Question, ReadBack
from fivewhys.models.commands import (
    AnswerLink,
    Command,
    ForgetLink,
    Park,
)
from fivewhys.models.tree import Tree
from fivewhys.models.words import VERDICT_WORDS, LinkQuestion, Verdict
from fivewhys.screens.attempting import attempt
from fivewhys.screens.look import take_size
from fivewhys.screens.read_back_words import Words
from fivewhys.screens.widgets.bars import HintRow, KeyBar, TopBar
from fivewhys.screens.widgets.read_chain import ReadChain
from fivewhys.screens.widgets.read_words import (
    ASKED,
    ReadingRow,
    ReadPane,
    boxes,
    came_to,
    nothing_to_read,
    place_in_words,
    read_out,
)
from fivewhys.screens.widgets.verdicts import Verdicts
from fivewhys.screens.widgets.word_box import WordBox

if TYPE_CHECKING:
    from fivewhys.app import FiveWhysApp
    from fivewhys.store.store import Store, Undone

WATCH_SECONDS = 0.3
"""How often to ask whether somebody else wrote to this session."""

END = "What it came to"
"""What stands behind the last question."""

CHAIN_ROWS = 5
"""Rows under the question, in a narrow window, for which its parts are set closer: the chain's."""


class ReadBackScreen(Screen[Tree]):
    """Asks the questions of the read-back; gives back the tree."""

    AUTO_FOCUS = ""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "leave", id="readback.back",
                tooltip="Back to where you came from; every answer is saved"),
        Binding("f4", "back", "leave", show=False, id="readback.back2",
                tooltip="Back to where you came from; every answer is saved"),
        Binding("pagedown,ctrl+down", "read(1)", "read on", id="readback.read_on",
                tooltip="Scroll a text that is longer than the room"),
        Binding("pageup,ctrl+up", "read(-1)", "read back", show=False, id="readback.read_back",
                tooltip="Scroll a text that is longer than the room"),
        Binding("f1", "app.help", "help", id="readback.help", tooltip="Help"),
        Binding("question_mark", "app.help", "help", show=False, id="readback.help2",
                tooltip="Help"),
    ]  # fmt: skip

    def __init__(self, store: "Store", tree: Tree) -> None:
        super().__init__()
        self.store = store
        self.reading = ReadBack.of(tree)
        """The tree as it is read back."""
        first = self.reading.next_unanswered()
        self._at = len(self.reading.questions) if first is None else first
        """The place of the question that is asked; behind the last one stands what it came to."""
        self.words = Words(self)

    def compose(self) -> ComposeResult:
        take_size(self)
        yield TopBar()
        with Container(id="read-parts"):
            with Vertical(id="read-column"):
                yield ReadingRow(id="read-place")
                yield ReadPane(grows=True, id="read-text")
                yield ReadPane(id="read-end")
                yield Verdicts(id="verdicts")
                yield WordBox(id="words")
            yield ReadChain(id="read-chain")
        yield HintRow()
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin at the first question without an answer."""
        self.set_focus(self.query_one(Verdicts))
        self.try_to(self.words.load_drafts, quietly=True)
        self.set_interval(WATCH_SECONDS, self._look_for_others)
        self._draw()
        if self.reading.questions and not self.reading.from_roots:
            self.hint("No root is marked yet, so the deepest causes are read back.")

    # -- drawing

    @property
    def _tree(self) -> Tree:
        return self.reading.tree

    @property
    def _asked(self) -> Question | None:
        """The question that is asked, unless the reading is at its end."""
        questions = self.reading.questions
        return questions[self._at] if self._at < len(questions) else None

    def _draw(self) -> None:
        """Show the question as it is now."""
        read, asked = self.reading, self._asked
        bar = self.query_one(TopBar)
        bar.title = f"{self._tree.session.name}  Read-back: {self._tree.problem.text}"
        row = self.query_one(ReadingRow)
        row.questions, row.answered = len(read.questions), read.answered
        row.boxes = boxes(read, self._at)
        end = END if read.questions else ""
        row.place, row.rest = place_in_words(read, asked) if asked else (end, "")
        self.set_class(asked is None, "-at-end")
        self.query_one(ReadChain).show(read, asked)
        if asked is None:
            self.query_one(Verdicts).show(None)
        else:
            self.query_one(Verdicts).show(ASKED[asked.asks], read.answer(asked))
        self._pane.tell(self._words)

    def _words(self, width: int) -> Text:
        """What stands in the pane of now: the question, or what it came to."""
        asked, pane = self._asked, self._pane
        if asked is None:
            read = self.reading
            return came_to(pane, read, width) if read.questions else nothing_to_read(pane, read)
        room = self._room()
        pane.styles.max_height = room
        if self.has_class("-narrow") and self.words.about is None:
            room -= CHAIN_ROWS
        # The parts are set apart where there is room for it.
        text = read_out(pane, self.reading, asked, wide=True)
        if len(text.wrap(self.app.console, width)) + pane.gutter.height > room:
            text = read_out(pane, self.reading, asked, wide=False)
        return text

    def _room(self) -> int:
        """The rows that the question may take."""
        text, column = self.query_one("#read-text"), self.query_one("#read-column")
        rows = self.query_one("#read-parts").size.height
        rows -= text.styles.margin.height + column.styles.padding.height
        for widget in self.query("#read-place, #verdicts, #words"):
            height = widget.styles.height
            if widget.display and height is not None:
                rows -= round(height.value) + widget.styles.margin.height
        return max(3, rows)

    @property
    def _pane(self) -> ReadPane:
        """Where the long text of now stands."""
        return self.query_one("#read-text" if self._asked else "#read-end", ReadPane)

    def key_words(self, binding: Binding) -> str:
        """What a key does now, for the key bar: a text that is all in view needs no key."""
        if binding.action == "read(1)" and not self._pane.is_long:
            return ""
        return binding.description

    def recolour(self) -> None:
        """Make the texts anew in other colours."""
        self._draw()

    def on_resize(self) -> None:
        """Another size has other room."""
        self.call_after_refresh(self._draw)

    def hint(self, words: str) -> None:
        """Say something in the reserved row."""
        self.query_one(HintRow).hint = words

    # -- doing

    def try_to(self, act: Callable[[], None], *, quietly: bool = False) -> bool:
        """Do what may be refused; says whether it was done."""
        return attempt(self, act, self.hint, quietly=quietly)

    def do(self, command: Callable[[], Command], said: str) -> bool:
        """Do a command; the place stays."""

        def act() -> None:
            self._take(self.store.apply(self._tree, command()))
            self.query_one(TopBar).saved = f"{cast('FiveWhysApp', self.app).marks.saved} saved"
            self.hint(said)

        return self.try_to(act)

    def _take(self, tree: Tree) -> None:
        """Go on with `tree`, at the same question, or near where it was."""
        before, asked = self.reading, self._asked
        self.reading = ReadBack.of(tree)
        place = self.reading.place(*asked.key) if asked else None
        if place is not None:
            self._at = place
        elif asked is None and before.questions:
            self._at = len(self.reading.questions)
        else:
            self._at = min(self._at, len(self.reading.questions))
        self.words.check()
        self._draw()

    def park(self, typed: str) -> bool:
        """Keep for later what was typed, without a word; says whether it was done."""

        def act() -> None:
            self.reading = ReadBack.of(self.store.apply(self._tree, Park(text=typed)))

        return self.try_to(act, quietly=True)

    def _look_for_others(self) -> None:
        def look() -> None:
            if self.app.screen is self and self.store.changed_elsewhere():
                tree = self.store.refresh(self._tree)
                if tree is not self._tree:
                    self.hint("Somebody else has changed this session; this is how it is now.")
                    self._take(tree)

        self.try_to(look, quietly=True)

    def go(self, place: int) -> None:
        """Ask another question, or show the end."""
        self._at = max(0, min(place, len(self.reading.questions)))
        self._draw()

    def go_on(self) -> None:
        """To the next question without an answer, or to the end."""
        place = self.reading.next_unanswered(self._at)
        self.go(len(self.reading.questions) if place is None else place)

    # -- the answers

    @on(Verdicts.Wanted)
    def _wanted(self, message: Verdicts.Wanted) -> None:
        message.stop()
        moves = {
            "before": lambda: self.go(self._at - 1),
            "after": lambda: self.go(self._at + 1),
            "first": lambda: self.go(0),
            "last": lambda: self.go(len(self.reading.questions)),
            "undo": self.undo,
            "redo": lambda: self._take_back(self.store.redo, "Did again", "do again"),
            "go_on": self._next,
            "forget": self._forget,
        }
        if message.what in moves:
            self.hint("")
            moves[message.what]()
            return
        verdict, asked = Verdict(message.what), self._asked
        if asked is not None:
            self._answer(asked, verdict)
        if verdict is Verdict.NO and self.words.about is None:
            self._pass_keys_on()

    def _next(self) -> None:
        if self._asked is None and self.reading.next_unanswered() is None:
            self.action_back()
        else:
            self.go_on()

    def _answer(self, asked: Question, verdict: Verdict) -> None:
        """Keep an answer at once; a no may need words."""
        told = self.reading.answer(asked)
        words = told.words if told and told.verdict is verdict else ""
        said = f"Saved: {VERDICT_WORDS[verdict]}."
        if not self.do(
            lambda: AnswerLink(
                cause=asked.cause, question=asked.asks, verdict=verdict, words=words
            ),
            said,
        ):
            return
        if verdict is Verdict.NO and asked.asks is not LinkQuestion.WITHOUT:
            self.words.open(asked, words)
        else:
            self.go_on()

    def _forget(self) -> None:
        asked = self._asked
        if asked is not None and self.reading.answer(asked):
            self.do(
                lambda: ForgetLink(cause=asked.cause, question=asked.asks),
                "Taken away. Undo brings it back.",
            )

    def undo(self) -> None:
        """Take back what this person did last."""
        self._take_back(self.store.undo, "Undid", "undo")

    def _take_back(self, step: "Callable[[Tree], Undone | None]", did: str, what: str) -> None:
        def act() -> None:
            undone = step(self._tree)
            if undone is None:
                self.hint(f"There is nothing of yours left to {what}.")
                return
            before = self._tree
            self._take(undone.tree)
            for place, question in enumerate(self.reading.questions):
                known = before.causes.get(question.cause)
                now = self._tree.causes[question.cause]
                if known is None or (
                    (known.parent_id, before.link_answer(*question.key))
                    != (now.parent_id, self.reading.answer(question))
                ):
                    self.go(place)
                    break
            self.hint(f"{did}: {undone.label}")

        self.try_to(act)

    # -- the words

    def _pass_keys_on(self) -> None:
        verdicts = self.query_one(Verdicts)
        for key in verdicts.keys.release():
            verdicts.take_key(key)

    @on(WordBox.Given)
    def _given(self, message: WordBox.Given) -> None:
        message.stop()
        self.words.given(message.text)

    @on(WordBox.Wanted)
    def _wanted_in_box(self, message: WordBox.Wanted) -> None:
        message.stop()
        self.words.wanted(message.what)

    @on(TextArea.Changed, "#words")
    def _typed(self, message: TextArea.Changed) -> None:
        message.stop()
        self.words.typed()

    # -- elsewhere

    def on_screen_suspend(self) -> None:
        """Another screen is in front: the draft is safe before anything else happens."""
        self.words.keep_draft()

    def action_read(self, by: int) -> None:
        """Scroll what does not fit."""
        self._pane.read(by)

    def action_back(self) -> None:
        """Go back; all is saved."""
        self.words.keep_draft()
        self.dismiss(self._tree)

"""The three answers to a question of the read-back, and the keys that lead through it."""

from collections.abc import Mapping
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from fivewhys.models.values import LinkAnswer
from fivewhys.models.words import VERDICT_WORDS, Verdict
from fivewhys.screens.look import cut, shown
from fivewhys.screens.widgets.bars import Drawn
from fivewhys.screens.widgets.waiting_keys import KeyTaker, WaitingKeys

KEYS: Mapping[Verdict, str] = {
    Verdict.YES: "y",
    Verdict.NO: "n",
    Verdict.NEEDS_EVIDENCE: "e",
}


class Verdicts(KeyTaker, Drawn, can_focus=True):
    """Posts `Wanted` with what a key asks for; knows nothing of the tree."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", "yes", id="verdicts.yes", tooltip="Yes"),
        Binding("n", "no", "no", id="verdicts.no",
                tooltip="No; of a link, then type what had to happen in between"),
        Binding("e", "needs_evidence", "evidence", id="verdicts.needs_evidence",
                tooltip="Needs evidence"),
        Binding("left,up", "before", "back", id="verdicts.before",
                tooltip="The question before"),
        Binding("right,down", "after", "next", id="verdicts.after",
                tooltip="The question after; behind the last one, what it came to"),
        Binding("u,ctrl+z", "undo", "undo", id="verdicts.undo", tooltip="Undo your last step"),
        Binding("enter", "go_on", "open one", show=False, id="verdicts.go_on",
                tooltip="Go to the next question without an answer"),
        Binding("d,delete", "forget", "take away", show=False, id="verdicts.forget",
                tooltip="Take the answer away (undo brings it back)"),
        Binding("U,ctrl+y", "redo", "redo", show=False, id="verdicts.redo",
                tooltip="Do again what undo took back"),
        Binding("home", "first", "first", show=False, id="verdicts.first",
                tooltip="The first question"),
        Binding("end", "last", "end", show=False, id="verdicts.last", tooltip="What it came to"),
    ]  # fmt: skip

    class Wanted(Message):
        """A verdict's value, or before, after, first, last, go_on, forget, undo, redo."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.keys = WaitingKeys(self)
        self._question: str | None = ""
        self._answer: LinkAnswer | None = None

    def show(self, question: str | None, answer: LinkAnswer | None = None) -> None:
        """Show what is asked (None: nothing is) with the answer that it has."""
        self._question, self._answer = question, answer
        self.refresh()
        self.refresh_bindings()

    def key_words(self, binding: Binding) -> str:
        """What a key does now, for the key bar: behind the last question nothing comes next."""
        if binding.action == "after" and (self._question is None or self.app.size.width < 100):
            return ""
        return binding.description

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where nothing is asked there is nothing to answer."""
        if self._question is None and action in ("yes", "no", "needs_evidence", "forget"):
            return False
        return super().check_action(action, parameters)

    def render(self) -> Text:
        palette, marks = self.palette, self.marks
        text = Text(no_wrap=True)
        if self._question is None:
            return text
        quiet = palette.style("quiet")
        text.append(f"{self._question}\n", palette.style("text", bold=True))
        if self.size.height > 3:
            text.append("\n")
        given = self._answer.verdict if self._answer else None
        for verdict, key in KEYS.items():
            chosen = verdict is given
            text.append(f"{key} ", palette.style("link", bold=True))
            box = marks.done if chosen else marks.to_come
            text.append(f"{box} ", palette.style("link"))
            word = f" {VERDICT_WORDS[verdict]} "
            text.append(word, palette.badge if chosen else palette.style("text"))
            text.append("  ")
        if self._answer:
            when = f"{self._answer.created_at.astimezone():%Y-%m-%d %H:%M}"
            who = shown(self._answer.said_by) or "somebody"
            told = f"{marks.saved} saved, {who}, {when}"
            text.append(f"\n{cut(told, self.size.width, marks.cut)}", quiet + Style(bold=False))
        return text

    # -- keys

    def take_key(self, key: events.Key) -> None:
        """Do what a key means here, or let it wait."""
        if not self.keys.take(key) and not self._act(key):
            self.post_message(key)

    async def _on_key(self, event: events.Key) -> None:
        # The keys act here, in their order: left to the bindings, a burst of them would not.
        if self.keys.take(event) or self._act(event):
            event.stop()
            event.prevent_default()

    def _act(self, event: events.Key) -> bool:
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if self.check_action(binding.action, ()):
                getattr(self, f"action_{binding.action}")()
                return True
        return False

    def _want(self, what: str) -> None:
        self.post_message(self.Wanted(what))

    def action_yes(self) -> None:
        """Answer yes."""
        self._want(Verdict.YES)

    def action_no(self) -> None:
        """Answer no; what is typed on may be words."""
        self.keys.wait()
        self._want(Verdict.NO)

    def action_needs_evidence(self) -> None:
        """Answer that evidence is needed."""
        self._want(Verdict.NEEDS_EVIDENCE)

    def action_before(self) -> None:
        """Go to the question before."""
        self._want("before")

    def action_after(self) -> None:
        """Go to the question after."""
        self._want("after")

    def action_first(self) -> None:
        """Go to the first question."""
        self._want("first")

    def action_last(self) -> None:
        """Go behind the last question."""
        self._want("last")

    def action_go_on(self) -> None:
        """Go to the next question without an answer."""
        self._want("go_on")

    def action_forget(self) -> None:
        """Take the answer away."""
        self._want("forget")

    def action_undo(self) -> None:
        """Take the last step back."""
        self._want("undo")

    def action_redo(self) -> None:
        """Do it again."""
        self._want("redo")

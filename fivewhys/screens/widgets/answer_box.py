"""The box where everything of a live session is typed."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets.text_area import Edit, EditResult

from fivewhys.screens.purposes import WORDINGS, Purpose
from fivewhys.screens.widgets.entry import Entry
from fivewhys.screens.widgets.waiting_keys import WaitingKeys

_FOR_ANSWERS = ("give_another", "root", "fix", "park", "up", "down")

ROOMY = 42
"""Columns from which on the lower edge has room for two things."""


@dataclass(frozen=True, slots=True)
class Link:
    """The cause of another session that the text in the box was taken from."""

    cause: UUID
    session: str
    """The short name of its session."""


class AnswerBox(Entry):
    """Posts what was typed and what is wanted; knows nothing of the tree."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "give", "why?", id="answer.give",
                tooltip="Save the answer and ask why of it; empty: the next open question"),
        Binding(
            "ctrl+o",
            "give_another",
            "other",
            id="answer.other",
            tooltip="Save the answer and stay: the same question has another cause",
        ),
        Binding("ctrl+g", "root", "root", id="answer.root", tooltip="Mark or unmark the root"),
        Binding("ctrl+f", "fix", "to do", id="answer.fix",
                tooltip="Say what will be done about the cause in question"),
        Binding("ctrl+l", "park", "park", id="answer.park", tooltip="Park the typed idea"),
        Binding(
            "ctrl+z", "undo", "undo", id="answer.undo", tooltip="Undo typing, then the last step"
        ),
        Binding(
            "ctrl+y", "redo", "redo", id="answer.redo", tooltip="Redo typing, then the last step",
            show=False,
        ),
        Binding(
            "up", "up", "back", id="answer.back",
            tooltip="In an empty box: the question before this one",
        ),
        Binding(
            "down", "down", "next open", id="answer.next", show=False,
            tooltip="In the last row: what was seen before; empty: the next open question",
        ),
        # A text area has these keys for itself else.
        Binding("f6", "history", "history", show=False, id="answer.history",
                tooltip="Show who changed what when, with the wording before"),
        Binding("f7", "map", "map", show=False, id="answer.map",
                tooltip="Draw the map around this cause: what leads to it in all sessions"),
        Binding("escape", "leave", "tree", id="answer.tree", tooltip="Go to the tree"),
    ]  # fmt: skip

    class Wanted(Message):
        """What else is wanted: root, fix, history, map, back, next, seen, undo, redo, leave."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    class Parked(Message):
        """The typed text was put aside."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Given(Entry.Given):
        """A text was given, with what it is for and whether to stay at the question."""

        def __init__(
            self,
            entry: "AnswerBox",
            text: str,
            purpose: Purpose,
            stay: bool,
            link: Link | None = None,
        ) -> None:
            super().__init__(entry, text)
            self.purpose = purpose
            self.stay = stay
            self.link = link

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.purpose = Purpose.ANSWER
        self.keys = WaitingKeys(self)
        self._steps_back = 0
        """Steps undone since anything was typed: redo takes these before it takes typing."""
        self._taken: tuple[Link, str, str] | None = None
        """The link of a text that was taken, that text, and what stood there before."""
        self._is_linked = False
        self._told_link: Link | None = None
        self.show_purpose(Purpose.ANSWER)

    def show_purpose(self, purpose: Purpose, text: str = "") -> None:
        """Present the box for `purpose` with `text` in it."""
        if text != self.text:
            self.set_text(text)
        if purpose is not self.purpose or not self.placeholder:
            self.purpose = purpose
            wording = WORDINGS[purpose]
            self.border_title = Content(wording.title)
            self.border_subtitle = Content(wording.enter)
            self.placeholder = wording.ask
            self.refresh_bindings()

    @property
    def link(self) -> Link | None:
        """What the text was taken from, for as long as any of it is there."""
        return self._taken[0] if self._taken and self._is_linked else None

    def take(self, text: str, link: Link) -> None:
        """Put a text there that was taken from another session; undo brings back what was typed."""
        before = self.text
        self.history.checkpoint()
        self.replace(text, self.document.start, self.document.end, maintain_selection_offset=False)
        self.history.checkpoint()
        self.link_to(link, before)

    def link_to(self, link: Link, before: str = "") -> None:
        """Remember what the text that stands there was taken from."""
        self._taken = (link, self.text, before)
        self._follow_link()

    def load_text(self, text: str) -> None:
        """Another text, with nothing to undo and no link."""
        super().load_text(text)
        self._taken = None
        self._follow_link()

    def _follow_link(self) -> None:
        """An emptied box is linked to nothing; undo and redo take the link along with the text."""
        text = self.text
        if self._taken is not None:
            _, taken, before = self._taken
            if text == taken:
                self._is_linked = True
            elif text == before:
                self._is_linked = False
            elif not text.strip():
                self._taken = None
        self._tell_link()

    def _tell_link(self) -> None:
        """On the lower edge stands what the text will be the same as."""
        link = self.link
        if link != self._told_link:
            self._told_link = link
            enter = WORDINGS[self.purpose].enter
            words = f"same as in {link.session}" if link else enter
            if link and self.size.width >= ROOMY:
                words += " · Enter saves"
            self.border_subtitle = Content(words)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Other causes, roots and parking belong to answers alone."""
        if self.purpose is not Purpose.ANSWER and action in _FOR_ANSWERS:
            return False
        return super().check_action(action, parameters)

    def _tell(self, message: Message) -> None:
        """Post to the screen itself: climbing there, a message may come after the next frame.

        The emptied box would then be drawn alone, and the next question a frame later.
        """
        self.screen.post_message(message)

    def action_give(self) -> None:
        """Give the text for what the box is for."""
        self._give(stay=False)

    def action_give_another(self) -> None:
        """Give the text and stay at the question."""
        self._give(stay=True)

    def _give(self, stay: bool) -> None:
        text, purpose, link = self.text, self.purpose, self.link
        self.set_text("")
        if purpose is not Purpose.ANSWER:
            # The keys may belong to the tree again once this is done.
            self.keys.wait()
        self._tell(self.Given(self, text, purpose, stay, link))

    def action_park(self) -> None:
        """Put the typed text aside."""
        text = self.text
        if text.strip():
            self.set_text("")
            self._tell(self.Parked(text))

    def action_root(self) -> None:
        """Mark the cause in question as root; what is typed on waits for what comes then."""
        self.keys.wait()
        self._tell(self.Wanted("root"))

    def action_fix(self) -> None:
        """Say what will be done; what is typed on waits for the form."""
        self.keys.wait()
        self._tell(self.Wanted("fix"))

    def action_history(self) -> None:
        """Show what was done to the session; what is typed on is for that screen."""
        self.keys.wait()
        self._tell(self.Wanted("history"))

    def action_map(self) -> None:
        """Draw the map around the cause in question; what is typed on is for the map."""
        self.keys.wait()
        self._tell(self.Wanted("map"))

    def take_keys(self, keys: list[events.Key]) -> None:
        """Take keys that were pressed before the box was ready for them."""
        for key in keys:
            if self.keys.take(key):
                continue
            if key.key == "enter":
                self.action_give()
            elif key.is_printable and key.character:
                self.insert(key.character)
            else:
                self.post_message(key)

    async def _on_key(self, event: events.Key) -> None:
        if self.keys.send_on(event):
            event.stop()
            event.prevent_default()

    def key_words(self, binding: Binding) -> str:
        """What a key does now, for the key bar."""
        if self.purpose is Purpose.ANSWER:
            return binding.description
        return {"give": "save", "leave": "leave it"}.get(binding.action, binding.description)

    def edit(self, edit: Edit) -> EditResult:
        """Change the text; what is typed after a step back is undone and redone before it."""
        self._steps_back = 0
        result = super().edit(edit)
        self._follow_link()
        return result

    def action_undo(self) -> None:
        """Undo typing; in an empty box, the last step."""
        if self.text:
            super().action_undo()
            self._follow_link()
        else:
            self._steps_back += 1
            self._tell(self.Wanted("undo"))

    def action_redo(self) -> None:
        """Redo typing; where there is none, the last step."""
        before = self.text
        if not self._steps_back:
            super().action_redo()
            self._follow_link()
        if self.text == before:
            self._steps_back = max(0, self._steps_back - 1)
            self._tell(self.Wanted("redo"))

    def action_up(self) -> None:
        """Move up in the text; in an empty box, go to the question before."""
        if self.text:
            self.action_cursor_up()
        else:
            self._tell(self.Wanted("back"))

    def action_down(self) -> None:
        """Move down in the text; in its last row, go to what was seen before.

        In an empty box, go to the next open question.
        """
        if self.text and not self._in_last_row():
            self.action_cursor_down()
        elif self.text:
            self.keys.wait()
            self._tell(self.Wanted("seen"))
        else:
            self._tell(self.Wanted("next"))

    def action_leave(self) -> None:
        """Leave the box; the text stays as a draft."""
        self._tell(self.Wanted("leave"))

    def _in_last_row(self) -> bool:
        wrapped = self.wrapped_document
        return wrapped.location_to_offset(self.cursor_location).y >= wrapped.height - 1

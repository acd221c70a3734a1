"""A form about a part of one session: it keeps what is typed, and saves it as one step.

Enter goes from field to field. What is typed is kept as a draft of its place until it is saved.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Label, TextArea

from fivewhys.models.commands import Command
from fivewhys.models.tree import Tree
from fivewhys.screens.attempting import attempt
from fivewhys.screens.facts import NotUnderstood
from fivewhys.screens.picker import Picker
from fivewhys.screens.widgets.bars import HintRow, TopBar
from fivewhys.screens.widgets.entry import Entry
from fivewhys.screens.widgets.form_fields import FormField, Pick, Value
from fivewhys.screens.widgets.in_order import KeysInOrder

if TYPE_CHECKING:
    from fivewhys.store.store import Store

DRAFT_SECONDS = 0.4
"""What is typed is kept this long after the last key."""

NOT_SAVED = "That is not saved yet. Mend it, or Esc again leaves all as it was."


def labelled(label: str, *fields: Widget) -> Horizontal:
    """A row of a form: what it asks for, then the fields."""
    return Horizontal(Label(Content(label)), *fields, classes="field")


class Form(Screen[Tree]):
    """Gives back the session's tree as it is afterwards."""

    # The first field takes the focus with the keys that came before it.
    AUTO_FOCUS = ""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "save", id="form.save", tooltip="Save and go back"),
        Binding("tab", "app.focus_next", "next field", id="form.next", tooltip="Next field"),
        Binding("shift+tab", "app.focus_previous", "previous field", show=False,
                id="form.previous", tooltip="Previous field"),
        Binding("escape", "leave", "leave", id="form.leave",
                tooltip="Leave; what is typed is kept"),
        Binding("f1", "app.help", "help", id="form.help", tooltip="Help"),
    ]  # fmt: skip

    def __init__(self, store: "Store", tree: Tree) -> None:
        super().__init__()
        self.store = store
        self.tree_now = tree
        self.keys_in_order = KeysInOrder(self)
        self.first: dict[str, str] = {}
        """What each field held when it was filled: the rest was changed by the person."""
        self._kept: dict[str, str] = {}
        self._draft_timer: Timer | None = None
        self._leaving = False
        """Whether leaving was tried already with something that cannot be saved."""
        self._is_done = False
        self._hinted_at: Widget | None = None
        """The field that had the focus when something was said in the reserved row."""
        self._objected = ""
        """What was said of a field that cannot be saved as it is."""

    # -- what a form says of itself

    @property
    @abstractmethod
    def place(self) -> str:
        """Where its drafts are kept, within the session."""

    @abstractmethod
    def before(self, name: str) -> str:
        """What the field `name` holds as the session has it."""

    @abstractmethod
    def command(self) -> Command | None:
        """What saving does; None where nothing was changed. Raises `NotUnderstood`."""

    @property
    def is_new(self) -> bool:
        """Whether what it is about is not in the session yet: Esc then keeps it as a draft."""
        return False

    # -- fields

    @property
    def fields(self) -> Iterator[FormField]:
        """The fields in their order."""
        return (node for node in self.walk_children() if isinstance(node, FormField))

    def field(self, name: str) -> FormField:
        """One field."""
        return cast(FormField, self.query_one(f"#field-{name}"))

    def said(self, name: str) -> str:
        """What a field holds, cleaned of what is around it."""
        return self.field(name).said.strip()

    def changed(self, name: str) -> bool:
        """Whether a person changed the field."""
        return self.said(name) != self.first.get(name, "").strip()

    def pick(self, name: str) -> Pick:
        """One field that holds one of a few values."""
        return self.query_one(f"#field-{name}", Pick)

    def fill(self) -> None:
        """Show what the session has, but leave what a person changed."""
        for field in self.fields:
            value = self.before(field.called)
            if field.called not in self.first or not self.changed(field.called):
                field.put(value)
            self.first[field.called] = value

    def on_mount(self) -> None:
        """What was typed before a crash is there again; the first field has the focus."""
        self.fill()
        self.set_focus(self.first_field())
        self.attempt(self._take_drafts, quietly=True)
        self.filled()
        self.keys_in_order.begin()

    def first_field(self) -> FormField:
        """The field that has the focus first."""
        return next(self.fields)

    def filled(self) -> None:
        """All fields hold what they begin with."""

    def take_keys(self, keys: list[events.Key]) -> None:
        """Take keys that were pressed before this screen came."""
        self.keys_in_order.take(keys)

    async def _on_key(self, event: events.Key) -> None:
        """Keys that come before a field has the focus wait for it."""
        self.keys_in_order.hold(event)

    def hint(self, words: str) -> None:
        """Say something in the reserved row, until another field has the focus."""
        self.query_one(HintRow).hint = words
        self._hinted_at = self.focused

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The reserved row tells what a field may hold."""
        if event.widget is not self._hinted_at:
            self.hint(event.widget.ask if isinstance(event.widget, FormField) else "")

    # -- drafts

    def _drafts_place(self) -> str:
        return f"{self.tree_now.session.id}/{self.place}/"

    def _take_drafts(self) -> None:
        place = self._drafts_place()
        self._kept = {
            name.removeprefix(place): text for name, text in self.store.drafts(place).items()
        }
        for field in self.fields:
            text = self._kept.get(field.called)
            if text is not None:
                field.put(text)
        if self._kept:
            self.hint("What was typed here the last time is here again.")

    @on(TextArea.Changed)
    @on(Input.Changed)
    @on(FormField.ValueChanged)
    def _typed(self, message: Message) -> None:
        message.stop()
        self._leaving = False
        if self._objected:
            self._answer_objection()
        if self._draft_timer is not None:
            self._draft_timer.stop()
        self._draft_timer = self.set_timer(DRAFT_SECONDS, self.keep_draft)
        self.looked_at()

    def _answer_objection(self) -> None:
        """What was not understood is being mended: it is told no more."""
        if self.query_one(HintRow).hint == self._objected:
            field = self.focused
            self.hint(field.ask if isinstance(field, FormField) else "")
        self._objected = ""

    def looked_at(self) -> None:
        """A field was changed: what is shown of it follows."""

    def keep_draft(self) -> None:
        """Save what is typed and not saved yet."""
        if self._draft_timer is not None:
            self._draft_timer.stop()
            self._draft_timer = None
        if self._is_done or not self.is_attached:
            return
        place = self._drafts_place()

        def keep() -> None:
            for field in self.fields:
                name = field.called
                text = field.said if field.said != self.first.get(name, "") else ""
                if text != self._kept.get(name, ""):
                    self.store.save_draft(f"{place}{name}", text)
                    self._kept[name] = text
                    self.query_one(TopBar).saved = "draft kept" if text else ""

        self.attempt(keep, quietly=True)

    def forget_drafts(self, place: str = "") -> None:
        """What was typed is saved, or is not wanted any more."""
        place, kept, self._kept = place or self._drafts_place(), self._kept, {}

        def forget() -> None:
            for name, text in kept.items():
                if text:
                    self.store.save_draft(f"{place}{name}", "")

        self.attempt(forget, quietly=True)

    # -- saving

    def attempt(self, act: Callable[[], None], *, quietly: bool = False) -> bool:
        """Do `act`, tell what refuses it in a sentence, and say whether it was done."""

        try:
            return attempt(self, act, self.hint, quietly=quietly)
        except NotUnderstood as problem:
            self._objected = str(problem)
            self.hint(self._objected)
            return False

    def apply(self, command: Command) -> None:
        """Do a command; the form goes on with the tree that comes back."""
        self.tree_now = self.store.apply(self.tree_now, command)

    def save(self) -> bool:
        """Save what was changed, and say whether all is saved."""

        # What is new has another place once it is saved.
        place = self._drafts_place()

        def act() -> None:
            command = self.command()
            if command is not None:
                self.apply(command)
            self.forget_drafts(place)

        return self.attempt(act)

    @on(Entry.Given)
    @on(Input.Submitted)
    def _entered(self, message: Message) -> None:
        message.stop()
        if isinstance(message.control, FormField):
            self.entered(message.control)

    def entered(self, field: FormField) -> None:
        """Enter in a field of one text: go on to the next."""
        fields = list(self.fields)
        place = fields.index(field) + 1
        if place < len(fields):
            self.set_focus(fields[place])

    def action_save(self) -> None:
        """Save and go back."""
        if not self._is_done and self.save():
            self.close()

    def action_leave(self) -> None:
        """Go back with what was typed: kept as a draft of what is new, else saved (undoable)."""
        if self.is_new:
            self.keep_draft()
            self.close()
        elif self._leaving:
            self.forget_drafts()
            self.close()
        elif self.save():
            self.close()
        else:
            self._leaving = True
            self.query_one(TopBar).saved = ""
            self.notify(self.query_one(HintRow).hint, severity="warning", timeout=8, markup=False)
            self.hint(NOT_SAVED)

    def close(self) -> None:
        """Go back with the tree."""
        if not self._is_done:
            self._is_done = True
            self.dismiss(self.tree_now)

    # -- lists of values

    @on(Pick.Listed)
    def _list(self, message: Pick.Listed) -> None:
        message.stop()
        pick = message.pick

        def chosen(key: str | None) -> None:
            if key is not None:
                self.chosen(pick, key)

        values = list(pick.values)
        if pick.nothing:
            values.append(Value("", pick.nothing, head="None of them" if values[0].head else ""))
        self.app.push_screen(Picker(pick.title, values, pick.said, pick.suggested), chosen)

    def chosen(self, pick: Pick, key: str) -> None:
        """A value was chosen from the list."""
        pick.choose(key)

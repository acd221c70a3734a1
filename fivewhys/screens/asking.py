"""A question at the foot of the screen: choose one of a few things, or type a line.

The screen below stays in sight. What an answer means is for whoever asks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Input

from fivewhys.screens.background import NewestRead
from fivewhys.screens.look import take_size
from fivewhys.screens.widgets.bars import HintRow, KeyBar, TopBar
from fivewhys.screens.widgets.choices import Choice, Choices
from fivewhys.screens.widgets.field import Field
from fivewhys.screens.widgets.in_order import InOrder, KeysInOrder

MOST_ROWS = 8
"""Rows of choices in sight: the screen below must stay readable."""

STILL_SECONDS = 0.15
"""What takes long to understand is looked at this long after the last key."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Offer(Generic[T]):
    """One answer to choose, and what it stands for."""

    choice: Choice
    value: T


Offers = Callable[[str], Sequence[Offer[T]]]
"""What is offered for a typed text. Raises ValueError with a sentence where it means nothing."""


class AskedLine(InOrder, Field):
    """The line that is typed."""


class Ask(ModalScreen[Offer[T] | None], Generic[T]):
    """Gives back the answer that was chosen, or None where nothing is to be done."""

    AUTO_FOCUS = ""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "take", id="ask.take", tooltip="Take what the cursor is on"),
        Binding("up", "move(-1)", "up", show=False, id="ask.up", tooltip="The one above"),
        Binding("down", "move(1)", "down", show=False, id="ask.down", tooltip="The next one"),
        Binding("escape", "leave", "leave", id="ask.leave", tooltip="Leave it as it is"),
        Binding("f1", "app.help", "help", id="ask.help", tooltip="Help"),
    ]  # fmt: skip

    def __init__(self, title: str, offers: Offers[T], hint: str = "") -> None:
        super().__init__()
        self._title = title
        self._offers = offers
        self._hint = hint
        self.offered: Sequence[Offer[T]] = ()
        self._is_done = False

    def compose(self) -> ComposeResult:
        take_size(self)
        with Vertical(id="asking"):
            yield TopBar()
            yield from self.compose_line()
            yield Choices(id="offers")
            yield HintRow()
            yield KeyBar()

    def compose_line(self) -> ComposeResult:
        """What stands above the choices."""
        yield from ()

    def on_mount(self) -> None:
        """Say what is asked."""
        self.query_one(TopBar).title = self._title

    def understood(self, text: str) -> "Sequence[Offer[T]] | str":
        """What is offered for `text`, or why it means nothing."""
        try:
            return self._offers(text)
        except ValueError as problem:
            return str(problem)

    def show(self, found: "Sequence[Offer[T]] | str") -> None:
        """Show what is offered, or why nothing is."""
        self.offered = () if isinstance(found, str) else found
        choices = [offer.choice for offer in self.offered]
        chosen = [place for place, choice in enumerate(choices) if choice.is_chosen]
        self.query_one(Choices).show(choices, chosen[0] if chosen else 0)
        self.query_one(HintRow).hint = found if isinstance(found, str) else self._hint

    def keep_rows(self, rows: int) -> None:
        """Keep this many rows for the choices."""
        list_ = self.query_one(Choices)
        list_.styles.height = min(rows, max(1, self.app.size.height - MOST_ROWS))

    def action_take(self) -> None:
        """Give back what the cursor is on."""
        self.choose(self.query_one(Choices).cursor)

    def choose(self, place: int) -> None:
        """Give back the answer at `place`."""
        if 0 <= place < len(self.offered):
            self._done(self.offered[place])

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        list_ = self.query_one(Choices)
        list_.go(list_.cursor + by)

    def action_leave(self) -> None:
        """Leave everything as it is."""
        self._done(None)

    @on(Choices.Picked)
    def _picked(self, message: Choices.Picked) -> None:
        message.stop()
        self.choose(message.place)

    def _done(self, offer: Offer[T] | None) -> None:
        # A second Enter may have come before this screen went.
        if not self._is_done:
            self._is_done = True
            self.dismiss(offer)


class Pick(Ask[T]):
    """Chooses one of a few by its key."""

    def on_mount(self) -> None:
        """All of them are in sight where there is room."""
        found = self.understood("")
        self.keep_rows(len(found))
        self.show(found)

    async def _on_key(self, event: events.Key) -> None:
        # Left to the app, an action is done after the key that follows it has come here.
        event.stop()
        event.prevent_default()
        keys = [offer.choice.key for offer in self.offered]
        if self._is_done:
            # What was typed on belongs to the screen below.
            self.app.post_message(events.Key(event.key, event.character))
        elif event.character and event.character in keys:
            self.choose(keys.index(event.character))
        elif event.key in self._bindings.key_to_bindings:
            await self.run_action(self._bindings.key_to_bindings[event.key][0].action)
        else:
            event.stop(False)


def ask(screen: Screen[Any], question: Ask[T], then: Callable[[T], None]) -> None:
    """Ask at the foot of `screen`, then go on with the answer; without one, all stays as it is."""

    def answered(offer: Offer[T] | None) -> None:
        if offer is not None:
            then(offer.value)

    screen.app.push_screen(question, answered)


class AskLine(Ask[T]):
    """Types a line; what it may mean is offered below as one types.

    Where that takes long to find out (`is_slow`), it is found out in a thread.
    """

    def __init__(
        self,
        title: str,
        offers: Offers[T],
        hint: str = "",
        *,
        text: str = "",
        placeholder: str = "",
        rows: int = MOST_ROWS,
        is_slow: bool = False,
    ) -> None:
        super().__init__(title, offers, hint)
        self._text = text
        self._placeholder = placeholder
        self._rows = rows
        self._read = NewestRead(self) if is_slow else None
        self._timer = self.set_timer(0, lambda: None, pause=True)
        self._shown_for: str | None = None
        self.keys_in_order = KeysInOrder(self)

    def compose_line(self) -> ComposeResult:
        """The line to type in."""
        yield AskedLine(self._text, placeholder=self._placeholder, id="asked")

    async def _on_key(self, event: events.Key) -> None:
        self.keys_in_order.hold(event)

    def on_mount(self) -> None:
        """What stood there before is marked: the first letter takes its place."""
        self.keep_rows(self._rows)
        line = self.query_one(AskedLine)
        line.cursor_blink = False
        self.set_focus(line)
        line.action_select_all()
        self._show_for(self._text)
        self.keys_in_order.begin()

    @on(Input.Changed, "#asked")
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        text = message.value
        if self._read is None:
            self._show_for(text)
            return
        self._timer.stop()
        self._timer = self.set_timer(STILL_SECONDS, lambda: self._look_at(text))

    def look_again(self) -> None:
        """More can be offered for what is typed than a moment ago."""
        self._shown_for = None
        # A question that is only about to come shows what is known by then.
        for line in self.query(AskedLine):
            self._show_for(line.value)

    def _look_at(self, text: str) -> None:
        if self._read is not None and text != self._shown_for:
            self._read.ask(lambda: self.understood(text), lambda found: self._take(text, found))

    def _take(self, text: str, found: Sequence[Offer[T]] | str) -> None:
        self._shown_for = text
        self.show(found)

    def _show_for(self, text: str) -> None:
        if text != self._shown_for:
            self._take(text, self.understood(text))

    @on(Input.Submitted, "#asked")
    def _submitted(self, message: Input.Submitted) -> None:
        message.stop()
        # What is offered may still be that of the letter before.
        self._timer.stop()
        self._show_for(message.value)
        self.action_take()

"""The fields of a form: text in one row or several, one of a few values, points to tick.

Each knows what it holds as a text (`said`), so that a form can keep it as a draft and put it back.
"""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.suggester import SuggestFromList

from fivewhys.screens.look import cut, shown
from fivewhys.screens.widgets.bars import Drawn
from fivewhys.screens.widgets.entry import CleanArea, Entry
from fivewhys.screens.widgets.field import Field
from fivewhys.screens.widgets.in_order import InOrder


class FormField(InOrder):
    """What a form asks for; its id is `field-` and its name."""

    ask = ""
    """What may be said here, for the row above the keys while the field has the focus."""

    class ValueChanged(Message):
        """What a field that is no text holds was changed."""

        def __init__(self, field: "FormField") -> None:
            super().__init__()
            self.field = field

    @property
    def called(self) -> str:
        """The field's name in its form."""
        return (self.id or "").removeprefix("field-")

    @property
    @abstractmethod
    def said(self) -> str:
        """What the field holds, as a text."""

    @abstractmethod
    def put(self, said: str) -> None:
        """Put back what `said` was."""


class Box(FormField, Entry):
    """Several rows for what a form is about. Enter goes on; the text stays."""

    KEEPS_TEXT = True

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "give", "next", id="form.box", tooltip="Go on to the next field"),
    ]

    def __init__(self, name: str, title: str, enter: str, placeholder: str) -> None:
        super().__init__(placeholder=placeholder, id=f"field-{name}")
        self.border_title = Content(title)
        self.border_subtitle = Content(enter)

    @property
    def said(self) -> str:
        return self.text

    def put(self, said: str) -> None:
        self.set_text(said)


class Row(FormField, Field):
    """One row for a text. Enter goes on to the next field."""

    def __init__(
        self, name: str, placeholder: str, ask: str = "", suggested: Sequence[str] = ()
    ) -> None:
        suggester = SuggestFromList(suggested, case_sensitive=False) if suggested else None
        super().__init__(placeholder=placeholder, suggester=suggester, id=f"field-{name}")
        self.cursor_blink = False
        self.ask = ask

    @property
    def said(self) -> str:
        return self.value

    def put(self, said: str) -> None:
        self.value = said
        self.cursor_position = len(said)


class Passage(FormField, CleanArea):
    """Several rows for a text with lines of its own; Tab leaves it."""

    def __init__(self, name: str, placeholder: str, rows: int = 0, at_end: bool = True) -> None:
        """With `at_end` the cursor begins at the end of the text, else at its top."""
        super().__init__(
            soft_wrap=True,
            tab_behavior="focus",
            highlight_cursor_line=False,
            placeholder=placeholder,
            id=f"field-{name}",
        )
        self.cursor_blink = False
        self._at_end = at_end
        if rows:
            self.styles.height = rows

    @property
    def said(self) -> str:
        return self.text

    def put(self, said: str) -> None:
        self.load_text(said)
        if self._at_end:
            self.move_cursor(self.document.end)


@dataclass(frozen=True, slots=True)
class Value:
    """One of the values of a `Pick`: how it is kept, its name, and what it means."""

    key: str
    name: str
    about: str = ""
    head: str = ""
    """The heading that it stands under where all are listed."""


class Pick(FormField, Drawn, can_focus=True):
    """One of a few values in one row: Left and Right change it, Enter lists all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "list", "choose", id="pick.list",
                tooltip="List all there is to choose from"),
        Binding("right", "step(1)", "next", id="pick.next", tooltip="The next one"),
        Binding("left", "step(-1)", "previous", show=False, id="pick.previous",
                tooltip="The one before"),
    ]  # fmt: skip

    class Listed(Message):
        """All values are wanted, to choose one."""

        def __init__(self, pick: "Pick") -> None:
            super().__init__()
            self.pick = pick

    def __init__(
        self, name: str, title: str, values: Sequence[Value], nothing: str = "", steps: bool = True
    ) -> None:
        """`nothing` stands for none of them; without `steps`, the list alone changes it."""
        super().__init__(id=f"field-{name}")
        self.title = title
        self.values = values
        self.nothing = nothing
        self._steps = steps
        self._key = "" if nothing else values[0].key
        self.suggested = ""
        """The key of the value that is suggested where nothing is chosen."""

    @property
    def said(self) -> str:
        return self._key

    @property
    def value(self) -> Value | None:
        """What is chosen; None for nothing."""
        return next((value for value in self.values if value.key == self._key), None)

    def put(self, said: str) -> None:
        if said != self._key and (not said or said in {value.key for value in self.values}):
            self._key = said
            self.refresh()

    def choose(self, key: str) -> None:
        """Choose a value, as a person does."""
        if key != self._key:
            self.put(key)
            self.post_message(self.ValueChanged(self))

    def suggest(self, key: str) -> None:
        """Show what is suggested, or with "" that nothing is."""
        if key != self.suggested:
            self.suggested = key
            self.refresh()

    def render(self) -> Text:
        palette, value, room = self.palette, self.value, self.size.width
        quiet, link = palette.style("quiet"), palette.style("link")
        arrows = self.has_focus and self._steps
        offered = next((one for one in self.values if one.key == self.suggested), None)
        parts = [("< " if arrows else "", link)]
        if value is not None:
            parts.append((value.name, palette.style("text", bold=self.has_focus)))
            parts += [(" >" if arrows else "", link), (f"  {value.about}", quiet)]
        elif offered is not None:
            parts.append((f"suggested: {offered.name}", link))
            parts += [(" >" if arrows else "", link), (f"  {offered.about}", quiet)]
        else:
            parts += [(self.nothing, quiet), (" >" if arrows else "", link)]
        text = Text(no_wrap=True)
        for words, style in parts:
            text.append(cut(shown(words), max(0, room - text.cell_len), self.marks.cut), style)
        return text

    def on_focus(self) -> None:
        """The arrows show."""
        self.refresh()

    def on_blur(self) -> None:
        """The arrows go."""
        self.refresh()

    def key_words(self, binding: Binding) -> str:
        """What a key does, for the key bar."""
        return "" if binding.id == "pick.next" and not self._steps else binding.description

    def action_list(self) -> None:
        """Ask for all values."""
        self.post_message(self.Listed(self))

    def action_step(self, by: int) -> None:
        """Choose the next value, or the one before."""
        if not self._steps:
            return
        keys = [*([""] if self.nothing else []), *(value.key for value in self.values)]
        self.choose(keys[(keys.index(self._key) + by) % len(keys)])

    async def on_click(self, event: events.Click) -> None:
        """A click lists all."""
        event.stop()
        self.action_list()


class Ticks(FormField, Drawn, can_focus=True):
    """A few points, each ticked or not, by number or under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number), f"tick({number})", "tick" if number == 1 else "",
                    show=number == 1, id=f"ticks.tick{number}", key_display="1-5",
                    tooltip="Tick or untick the point with this number")
            for number in range(1, 6)
        ),
        Binding("space", "tick(0)", "tick", show=False, id="ticks.here",
                tooltip="Tick or untick the point under the cursor"),
        Binding("up", "move(-1)", "up", show=False, id="ticks.up", tooltip="The point above"),
        Binding("down", "move(1)", "down", show=False, id="ticks.down", tooltip="The next point"),
    ]  # fmt: skip

    def __init__(self, name: str, points: Sequence[tuple[str, str]]) -> None:
        """`points` are keys with their words."""
        super().__init__(id=f"field-{name}")
        self._points = points
        self._cursor = 0
        self.ticked: frozenset[str] = frozenset()
        self.styles.height = len(points)

    @property
    def said(self) -> str:
        return " ".join(key for key, _ in self._points if key in self.ticked)

    def put(self, said: str) -> None:
        self.ticked = frozenset(said.split()) & {key for key, _ in self._points}
        self.refresh()

    def render(self) -> Text:
        palette, marks = self.palette, self.marks
        room, text = max(0, self.size.width - 4), Text(no_wrap=True)
        for place, (key, words) in enumerate(self._points):
            is_ticked, is_here = key in self.ticked, self.has_focus and place == self._cursor
            style = palette.style("text" if is_ticked or is_here else "quiet", bold=is_here)
            text.append(f"{place + 1} ", palette.style("link"))
            text.append(f"{marks.saved if is_ticked else marks.to_come} ", palette.style("link"))
            text.append(cut(words, room, marks.cut), style)
            text.append("\n" if place < len(self._points) - 1 else "")
        return text

    def on_focus(self) -> None:
        """The cursor shows."""
        self.refresh()

    def on_blur(self) -> None:
        """The cursor goes."""
        self.refresh()

    def action_tick(self, number: int) -> None:
        """Tick or untick a point; 0 is the one under the cursor."""
        self._cursor = number - 1 if number else self._cursor
        self.put(" ".join(self.ticked ^ {self._points[self._cursor][0]}))
        self.post_message(self.ValueChanged(self))

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self._cursor = max(0, min(self._cursor + by, len(self._points) - 1))
        self.refresh()

    async def on_click(self, event: events.Click) -> None:
        """A click ticks."""
        if 0 <= event.y < len(self._points):
            self.action_tick(event.y + 1)

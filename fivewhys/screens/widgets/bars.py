"""The first and the last row of every screen: where we are, and which keys work here."""

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Self, cast

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from fivewhys.screens.look import Marks, Palette, cut, cut_inside, shown

if TYPE_CHECKING:
    from fivewhys.app import FiveWhysApp


class Drawn(Widget):
    """A widget that draws itself with the app's palette and marks."""

    _ground_now: Style | None = None

    @property
    def ground(self) -> Style:
        """The style that rows are drawn on; Textual asks all widgets around for it each time."""
        if self._ground_now is None:
            self._ground_now = self.rich_style
        return self._ground_now

    def notify_style_update(self) -> None:
        """Another theme, or another place in the window: another ground."""
        super().notify_style_update()
        self._ground_now = None

    @property
    def palette(self) -> Palette:
        """The colours of the theme in use."""
        return cast("FiveWhysApp", self.app).palette

    @property
    def marks(self) -> Marks:
        """Unicode or ASCII marks."""
        return cast("FiveWhysApp", self.app).marks


class TextRows(Drawn):
    """Some rows of text that fit as they are; what `text` gives is drawn until a refresh.

    Textual would take the text apart and wrap it anew, which costs as much as all panes beside.
    """

    _rows: list[Strip] | None = None

    @abstractmethod
    def text(self) -> Text:
        """What stands in the rows, one line for each."""

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Draw the rows anew."""
        self._rows = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if self._rows is None or (self._rows and self._rows[0].cell_length != width):
            console, ground = self.app.console, self.ground
            self._rows = [
                Strip(Segment.apply_style(line.render(console, end=""), ground)).adjust_cell_length(
                    width, ground
                )
                for line in self.text().split("\n")
            ]
        return self._rows[y] if y < len(self._rows) else Strip.blank(width, self.ground)


class TopBar(TextRows):
    """The title on the left; what was saved and how long we are at it on the right."""

    title: reactive[str] = reactive("")
    saved: reactive[str] = reactive("")
    elapsed: reactive[str] = reactive("")
    limit: reactive[str] = reactive("")

    def text(self) -> Text:
        palette, width = self.palette, self.size.width
        quiet = palette.style("quiet")
        right = Text()
        if self.saved and (width >= 70 or cell_len(self.title) < width // 2):
            right.append(self.saved, palette.style("good"))
        if self.elapsed:
            right.append("   " if right else "")
            right.append(self.elapsed, palette.style("text", bold=True))
            right.append(self.limit, quiet)
        room = width - right.cell_len - 3
        title = cut(shown(self.title), room, self.marks.cut)
        bar = Text(" ", no_wrap=True)
        bar.append(title, palette.style("text", bold=True))
        bar.append(" " * max(1, width - 2 - cell_len(title) - right.cell_len))
        bar.append_text(right)
        return bar


_KEY_NAMES = {
    "enter": "Enter",
    "escape": "Esc",
    "up": "Up",
    "down": "Down",
    "space": "Space",
    "tab": "Tab",
    "delete": "Del",
    "question_mark": "?",
    "slash": "/",
    "left": "Left",
    "right": "Right",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "shift+up": "Shift+Up",
    "shift+down": "Shift+Down",
    "shift+tab": "Shift+Tab",
}


def key_name(binding: Binding) -> str:
    """A key as people read it: ^O, Enter, F1."""
    key = binding.key_display or binding.key
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+").upper()
    return _KEY_NAMES.get(key, key.upper() if len(key) > 1 else key)


class KeyBar(TextRows):
    """The keys that work where the focus is, as many as fit; help always fits. Click works too."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    def _shown_bindings(self) -> Iterable[Binding]:
        """In the order in which each widget declares them, the focused one's first."""
        active = [found.binding for found in self.screen.active_bindings.values()]
        works = {binding.id for binding in active if binding.show and binding.id}
        for node in (self.screen.focused, self.screen, self.app):
            first = getattr(node, "key_in_front", "")
            own = list(Binding.make_bindings(getattr(type(node), "BINDINGS", ())))
            for binding in sorted(own, key=lambda one: bool(first) and one.id != first):
                if binding.id in works:
                    works.discard(binding.id)
                    # A widget whose keys do something else at times says what; "" is nothing.
                    tell = getattr(node, "key_words", None)
                    words = tell(binding) if tell else binding.description
                    if words:
                        yield replace(binding, description=words)

    def _entries(self) -> list[tuple[str, Binding]]:
        """What fits into the row, from the left, with help at its end."""
        bindings = list(self._shown_bindings())
        last = [binding for binding in bindings if binding.key == "f1"]
        entries = [(binding.description, binding) for binding in bindings if binding not in last]
        width = self.size.width - 2
        gap = 3 if width >= 100 else 1
        kept: list[tuple[str, Binding]] = []
        used = sum(self._width(binding) + gap for binding in last)
        for words, binding in entries:
            if used + self._width(binding) > width:
                break
            used += self._width(binding) + gap
            kept.append((words, binding))
        return kept + [(binding.description, binding) for binding in last]

    @staticmethod
    def _width(binding: Binding) -> int:
        return cell_len(key_name(binding)) + 1 + cell_len(binding.description)

    def text(self) -> Text:
        bar = Text(" ", no_wrap=True)
        gap = "   " if self.size.width >= 102 else " "
        for place, (words, binding) in enumerate(self._entries()):
            bar.append(gap if place else "")
            bar.append(key_name(binding), self.palette.style("link", bold=True))
            bar.append(f" {words}", self.palette.style("text"))
        return bar

    async def on_click(self, event: events.Click) -> None:
        """Do what the clicked key does."""
        gap = 3 if self.size.width >= 102 else 1
        left = 1
        for _words, binding in self._entries():
            right = left + self._width(binding)
            if left <= event.x < right:
                self.app.simulate_key(binding.key)
                return
            left = right + gap


class HintRow(TextRows):
    """Rows that are always there: a word about what just happened, or what the guide asks back."""

    hint: reactive[str] = reactive("")
    keys: reactive[str] = reactive("")
    """What keys do about a question of the guide; empty where `hint` only tells."""
    _of_file = ""

    def tell_file(self, words: str) -> None:
        """Say where a file was written: words that end in its name, which stays in sight."""
        self._of_file = self.hint = words

    def text(self) -> Text:
        palette, width = self.palette, self.size.width - 2
        if not self.keys:
            fitting = cut_inside if self.hint == self._of_file else cut
            text = fitting(shown(self.hint), width, self.marks.cut)
            return Text(f" {text}", palette.style("quiet"), no_wrap=True)
        asked = Text(shown(self.hint), palette.style("text", bold=True), overflow="fold")
        keys = Text(f"   {self.keys}", palette.style("link"), no_wrap=True)
        rows = asked.wrap(self.app.console, width)
        if len(rows) == 1 and rows[0].cell_len + keys.cell_len <= width:
            return Text(" ").append_text(rows[0]).append_text(keys)
        if self.size.height == 1:
            # The keys stay in sight; what is asked is cut.
            words = cut(asked.plain, width - keys.cell_len, self.marks.cut)
            return Text(" ").append(words, palette.style("text", bold=True)).append_text(keys)
        last = cut(" ".join(row.plain for row in rows[1:]), width - keys.cell_len, self.marks.cut)
        lines = Text(" ", no_wrap=True).append_text(rows[0]).append("\n ")
        return lines.append(last, palette.style("text", bold=True)).append_text(
            keys if last else Text(self.keys, palette.style("link"))
        )

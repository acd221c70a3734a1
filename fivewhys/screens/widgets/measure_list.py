"""How it will be known whether a countermeasure works: its measures, each with its checks."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget

from fivewhys.models.plan_words import CheckResult
from fivewhys.models.tree import Tree
from fivewhys.models.values import Check, Countermeasure, Measure
from fivewhys.screens.look import shown, wrap
from fivewhys.screens.plan_lines import about_check, about_measure
from fivewhys.screens.widgets.bars import Drawn
from fivewhys.screens.widgets.in_order import InOrder

_KINDS = 9
"""Columns of a measure's kind."""

_LOOKS = {
    CheckResult.MET: ("✓", "good"),
    CheckResult.NOT_MET: ("✗", "bad"),
    CheckResult.TOO_EARLY: ("·", "text"),
}


class MeasureList(InOrder, Drawn, can_focus=True):
    """Shows measures and checks; says what a person wants of the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "want('add')", "measure", id="measures.add",
                tooltip="Add a measure: of process, outcome or balance"),
        Binding("c", "want('check')", "check", id="measures.check",
                tooltip="Plan a check of this measure, or write down what one found"),
        Binding("enter", "want('open')", "open", id="measures.open",
                tooltip="Open the measure or the check; with none yet, add the first"),
        Binding("d,delete", "want('delete')", "delete", id="measures.delete",
                tooltip="Delete the measure or the check (undo brings it back)"),
        Binding("up,k", "move(-1)", "up", show=False, id="measures.up", tooltip="The one above"),
        Binding("down,j", "move(1)", "down", show=False, id="measures.down",
                tooltip="The next one"),
    ]  # fmt: skip

    class Wanted(Message):
        """What a person wants: add, check, open or delete; `item` is what the cursor is on."""

        def __init__(self, what: str, item: Measure | Check | None) -> None:
            super().__init__()
            self.what = what
            self.item = item

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.items: Sequence[Measure | Check] = ()
        self.cursor = 0
        self._day = date.min
        self._rows: list[tuple[int, Text]] = []

    def show(self, tree: Tree, of: Countermeasure | None, today: date) -> None:
        """Show the measures of a countermeasure, if it is there already."""
        items: list[Measure | Check] = []
        for measure in tree.measures(of) if of else ():
            items += [measure, *tree.checks(measure)]
        self.items, self._day = items, today
        self.cursor = max(0, min(self.cursor, len(items) - 1))
        self._lay_out()

    @property
    def here(self) -> Measure | Check | None:
        """What the cursor is on."""
        return self.items[self.cursor] if self.items else None

    # -- drawing

    def on_resize(self) -> None:
        """Another width wraps anew."""
        self._lay_out()

    def recolour(self) -> None:
        """Draw everything in other colours."""
        self._lay_out()

    def on_focus(self) -> None:
        """The cursor shows, with all of what it is on."""
        self._lay_out()
        # Whoever gives the focus scrolls too, after the next refresh.
        self.call_after_refresh(self.call_after_refresh, self._keep_here_in_sight)

    def on_blur(self) -> None:
        """The cursor goes."""
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.size.width
        if width <= 0:
            return
        quiet = self.palette.style("quiet")
        self._rows = [
            (place, row)
            for place, item in enumerate(self.items)
            for row in (
                self._measure(place, item, width)
                if isinstance(item, Measure)
                else self._check(place, item, width)
            )
        ]
        if not self.items:
            words = "no measure yet: a adds one"
            self._rows = [(0, Text(row, quiet + self._ground(0))) for row in wrap(words, width)]
        height = len(self._rows)
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
        self.refresh()

    def _ground(self, place: int) -> Style:
        here = self.has_focus and place == self.cursor
        return self.palette.cursor if here else Style()

    def _measure(self, place: int, measure: Measure, width: int) -> list[Text]:
        ground, palette = self._ground(place), self.palette
        first, *rest = wrap(shown(measure.definition), max(8, width - _KINDS))
        strong = palette.style("text", bold=True) + ground
        rows = [Text(f"{measure.kind:<{_KINDS}}", palette.style("link") + ground)]
        rows[0].append(first, strong)
        rows += [Text(" " * _KINDS).append(row, strong) for row in rest]
        about = wrap(shown(about_measure(measure)), max(8, width - _KINDS))
        return [*rows, *(Text(" " * _KINDS).append(row, palette.style("quiet")) for row in about)]

    def _check(self, place: int, check: Check, width: int) -> list[Text]:
        ground, palette = self._ground(place), self.palette
        shape, style = _LOOKS[check.result] if check.result else (self.marks.to_come, "text")
        rows = wrap(shown(about_check(check, self._day)), max(8, width - _KINDS - 2))
        head = Text(" " * _KINDS).append(f"{shape} ", palette.style(style))
        head.append(rows[0], palette.style(style) + ground)
        indent = " " * (_KINDS + 2)
        return [
            head,
            *(Text(indent).append(row, palette.style(style) + ground) for row in rows[1:]),
        ]

    def render(self) -> Text:
        return Text("\n", no_wrap=True).join(row for _, row in self._rows)

    # -- keys and mouse

    def action_want(self, what: str) -> None:
        """Say what is wanted."""
        if what == "open" and self.here is None:
            what = "add"
        self.post_message(self.Wanted(what, self.here))

    def action_move(self, by: int) -> None:
        """Move the cursor and keep it in sight."""
        self.cursor = max(0, min(self.cursor + by, len(self.items) - 1))
        self._lay_out()
        self._keep_here_in_sight()

    def _keep_here_in_sight(self) -> None:
        mine = [row for row, (place, _) in enumerate(self._rows) if place == self.cursor]
        if mine:
            self._keep_in_sight(mine[0], len(mine))

    def _keep_in_sight(self, row: int, rows: int) -> None:
        for node in self.ancestors_with_self:
            if isinstance(node, VerticalScroll):
                node.scroll_to_region(Region(0, row, 1, rows), animate=False)
                return
            if isinstance(node, Widget):
                row += node.virtual_region.y

    async def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; a second one opens."""
        if not 0 <= event.y < len(self._rows):
            return
        self.cursor = self._rows[event.y][0]
        self._lay_out()
        if event.chain > 1 or not self.items:
            self.action_want("open")

"""The row of views above the findings: which one is shown, and how many findings each has."""

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.message import Message

from fivewhys.screens.pattern_lines import SHORT_NAMES, VIEWS, View
from fivewhys.screens.widgets.bars import Drawn


class PatternBar(Drawn):
    """Names the views. Where not all fit, those beside the one that is shown do."""

    class Picked(Message):
        """A view was clicked."""

        def __init__(self, view: View) -> None:
            super().__init__()
            self.view = view

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._view = VIEWS[0]
        self._counts: Mapping[View, int] = {}

    def show(self, view: View, counts: Mapping[View, int]) -> None:
        """Mark `view`, with the counts that are known."""
        self._view, self._counts = view, dict(counts)
        self.refresh()

    def _labels(self) -> tuple[list[str], int]:
        """What stands for each view, and how many columns are between two."""
        full = [self._label(view, view.value) for view in VIEWS]
        short = [self._label(view, SHORT_NAMES[view]) for view in VIEWS]
        for labels, gap in ((full, 3), (short, 3)):
            if sum(map(cell_len, labels)) + (len(labels) - 1) * gap + 2 <= self.size.width:
                return labels, gap
        return short, 2

    def _label(self, view: View, name: str) -> str:
        count = self._counts.get(view)
        return name if count is None else f"{name} {count:,}"

    def _placed(self) -> Sequence[tuple[View, str, int]]:
        """Each label that is in sight, with its column."""
        (labels, gap), here, room = self._labels(), VIEWS.index(self._view), self.size.width - 2
        first = last = here
        used = cell_len(labels[here])
        grew = True
        while grew:
            grew = False
            for place in (last + 1, first - 1):
                if 0 <= place < len(labels) and used + cell_len(labels[place]) + gap <= room:
                    used += cell_len(labels[place]) + gap
                    first, last = min(first, place), max(last, place)
                    grew = True
        placed, column = [], 1
        for place in range(first, last + 1):
            placed.append((VIEWS[place], labels[place], column))
            column += cell_len(labels[place]) + gap
        return placed

    def render(self) -> Text:
        palette = self.palette
        placed = self._placed()
        bar = Text(" " if placed[0][0] == VIEWS[0] else self.marks.cut, no_wrap=True)
        for view, label, column in placed:
            bar.append(" " * (column - bar.cell_len))
            if view != self._view:
                bar.append(label, palette.style("quiet"))
                continue
            # The bar of the view that is shown is a column wider on both sides.
            bar.right_crop(1)
            bar.append(f" {label} ", palette.cursor)
        if placed[-1][0] != VIEWS[-1]:
            bar.append(f" {self.marks.cut}", palette.style("quiet"))
        return bar

    async def on_click(self, event: events.Click) -> None:
        """Show the view that was clicked."""
        for view, label, column in self._placed():
            if column - 1 <= event.x <= column + cell_len(label):
                self.post_message(self.Picked(view))
                return

"""The row of views above a list: which one is shown, and how much each holds."""

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.message import Message

from fivewhys.models.follow_up import View
from fivewhys.screens.follow_lines import NAMES, SHORT_NAMES, VIEWS, Shown
from fivewhys.screens.widgets.bars import Drawn

MOST = 1000
"""Sessions are counted up to here; beyond, the number says “and more”."""

_QUIET = (View.CLOSED, View.ALL)
"""Views that call for nothing: a narrow window leaves their counts out."""


class ViewBar(Drawn):
    """Names the views. Where not all fit, those beside the one that is shown do."""

    class Picked(Message):
        """A view was clicked."""

        def __init__(self, view: Shown) -> None:
            super().__init__()
            self.view = view

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._view: Shown = VIEWS[0]
        self._counts: Mapping[Shown, int] = {}

    def show(self, view: Shown, counts: Mapping[Shown, int]) -> None:
        """Mark `view`, with the counts that are known."""
        self._view, self._counts = view, dict(counts)
        self.refresh()

    def _labels(self) -> tuple[list[str], int]:
        """What stands for each view, and how many columns are between two.

        All counts where they fit; else those that call for something; else that of one view.
        """
        full = [self._label(view) for view in VIEWS]
        calling = [
            SHORT_NAMES[view] if view in _QUIET and view != self._view else self._label(view, True)
            for view in VIEWS
        ]
        one = [self._label(view) if view == self._view else NAMES[view] for view in VIEWS]
        for labels, gap in ((full, 3), (calling, 2), (one, 3)):
            if sum(map(cell_len, labels)) + (len(labels) - 1) * gap + 2 <= self.size.width:
                return labels, gap
        return one, 3

    def _label(self, view: Shown, is_short: bool = False) -> str:
        count = self._counts.get(view)
        name = SHORT_NAMES[view] if is_short else NAMES[view]
        if count is None:
            return name
        more = "+" if view is None and count >= MOST else ""
        return f"{name} {f'{count // 1000}k' if is_short and count >= MOST else f'{count:,}'}{more}"

    def _placed(self) -> Sequence[tuple[Shown, str, int]]:
        """Each label that is in sight, with its column."""
        (labels, gap), here, room = self._labels(), VIEWS.index(self._view), self.size.width - 2
        first, last = here, here
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

"""The row of views above a list: which one is shown, and how much each holds."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeAlias, TypeVar

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.message import Message

from fivewhys.screens.widgets.bars import Drawn

View = TypeVar("View")
_Picked = TypeVar("_Picked")

Labels: TypeAlias = tuple[Sequence[str], int]
"""What stands for each view, and how many columns are between two."""


class ViewBar(Drawn, Generic[View]):
    """Names `views`, in this order. Where not all fit, those beside the one that is shown do."""

    class Picked(Message, Generic[_Picked]):
        """A view was clicked."""

        def __init__(self, view: _Picked) -> None:
            super().__init__()
            self.view = view

    def __init__(self, views: Sequence[View], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._views = views
        self._view = views[0]
        self._counts: Mapping[View, int] = {}

    def show(self, view: View, counts: Mapping[View, int]) -> None:
        """Mark `view`, with the counts that are known."""
        self._view, self._counts = view, dict(counts)
        self.refresh()

    @abstractmethod
    def labels(
        self, views: Sequence[View], shown: View, counts: Mapping[View, int]
    ) -> Iterable[Labels]:
        """Ways to name all views, the one that tells most first."""

    def _fitting(self) -> Labels:
        """The first way that fits; where none does, the last."""
        labels: Sequence[str] = ()
        gap = 0
        for labels, gap in self.labels(self._views, self._view, self._counts):
            if sum(map(cell_len, labels)) + (len(labels) - 1) * gap + 2 <= self.size.width:
                break
        return labels, gap

    def _placed(self) -> Sequence[tuple[View, str, int]]:
        """Each label that is in sight, with its column."""
        (labels, gap), here = self._fitting(), self._views.index(self._view)
        room = self.size.width - 2
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
            placed.append((self._views[place], labels[place], column))
            column += cell_len(labels[place]) + gap
        return placed

    def render(self) -> Text:
        palette = self.palette
        placed = self._placed()
        bar = Text(" " if placed[0][0] == self._views[0] else self.marks.cut, no_wrap=True)
        for view, label, column in placed:
            bar.append(" " * (column - bar.cell_len))
            if view != self._view:
                bar.append(label, palette.style("quiet"))
                continue
            # The bar of the view that is shown is a column wider on both sides.
            bar.right_crop(1)
            bar.append(f" {label} ", palette.cursor)
        if placed[-1][0] != self._views[-1]:
            bar.append(f" {self.marks.cut}", palette.style("quiet"))
        return bar

    async def on_click(self, event: events.Click) -> None:
        """Show the view that was clicked."""
        for view, label, column in self._placed():
            if column - 1 <= event.x <= column + cell_len(label):
                self.post_message(self.Picked(view))
                return

"""A list to choose one from: each thing has a key, a name and a few words that explain it."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from fivewhys.screens.look import cut, shown, wrap
from fivewhys.screens.widgets.lines import LinePane

WIDEST_NAMES = 30
"""Columns that names may always take beside what explains them."""

NARROWEST_WORDS = 36
"""Columns that an explanation needs beside the names; with less it stands below its name."""

_EDGE = 5
"""Columns before a name: the mark of what is chosen, and the key."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose."""

    key: str
    """The key that chooses it at once; "" where there are more things than keys."""
    name: str
    about: str = ""
    more: str = ""
    """What else helps to choose: shown where there is room, and always under the cursor."""
    is_chosen: bool = False
    head: str = ""
    """The heading that it stands under; those of one heading follow each other."""


class Choices(LinePane, can_focus=False):
    """Shows choices, with all their words where they fit; the screen moves the cursor."""

    class Picked(Message):
        """A choice was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, *, id: str | None = None, stacked: bool = False) -> None:
        """With `stacked`, explanations stand below their names however wide the list is."""
        super().__init__(id=id)
        self._stacked = stacked
        self.choices: Sequence[Choice] = ()
        self.notes: Sequence[str] = ()
        self.cursor = 0
        self._rows: list[tuple[int, list[Segment]]] = []
        """Every row with the place of its choice; -1 belongs to none."""

    def show(self, choices: Sequence[Choice], cursor: int, notes: Sequence[str] = ()) -> None:
        """Show these, with the cursor on one of them; `notes` stand below."""
        self.choices, self.notes = choices, notes
        self.go(cursor)

    def go(self, place: int) -> None:
        """Put the cursor on a choice."""
        self.cursor = max(0, min(place, len(self.choices) - 1))
        self._lay_out()

    def recolour(self) -> None:
        """Draw everything in other colours."""
        self._lay_out()

    def width_changed(self) -> None:
        """Another size: other rows have room."""
        self._lay_out()

    # -- drawing

    def _lay_out(self) -> None:
        if self.inner_width <= 0:
            return
        self._rows = self._rows_that_fit()
        self.set_rows(len(self._rows))
        here = [row for row, (place, _) in enumerate(self._rows) if place == self.cursor]
        if here:
            # Of a choice that is taller than the view, its name is what must be seen.
            self.reveal(here[0], min(len(here), max(1, self.inner_height)))
        self.refresh()

    def _rows_that_fit(self) -> list[tuple[int, list[Segment]]]:
        """All words with air between them, or all words, or those under the cursor alone."""
        places = range(len(self.choices))
        full = [[*self._head(place), *self._drawn(place, full=True)] for place in places]
        rows = [(place, row) for place in places for row in full[place]]
        notes = [(-1, row) for row in self._drawn_notes()]
        air: list[tuple[int, list[Segment]]] = []
        for place in places:
            # A heading has air of its own.
            air += [(-1, [])] if place and not self._head(place) else []
            air += [(place, row) for row in full[place]]
        if len(air) + len(notes) <= self.inner_height:
            return air + notes
        if len(rows) + len(notes) <= self.inner_height:
            return rows + notes
        return [
            (place, row)
            for place in places
            for row in (
                full[place]
                if place == self.cursor
                else [*self._head(place), *self._drawn(place, full=False)]
            )
        ] + notes

    def _head(self, place: int) -> list[list[Segment]]:
        """The heading over a choice, where it is the first that stands under it."""
        head = self.choices[place].head
        if not head or (place and self.choices[place - 1].head == head):
            return []
        style = self.palette.style("quiet", bold=True)
        rows = [[Segment("  "), Segment(row, style)] for row in wrap(shown(head), self._room)]
        return [[], *rows] if place else rows

    @property
    def _room(self) -> int:
        return max(2, self.inner_width - 4)

    def _drawn(self, place: int, *, full: bool) -> list[list[Segment]]:
        """The rows of one choice: all its words, or its name and what fits beside it."""
        choice, palette, width = self.choices[place], self.palette, self.inner_width
        strong, text = palette.style("text", bold=True), palette.style("text")
        link, quiet = palette.style("link", bold=True), palette.style("quiet")
        if place == self.cursor:
            strong = text = link = palette.cursor
        names = max(cell_len(shown(other.name)) for other in self.choices)
        beside = min(names, max(WIDEST_NAMES, width - _EDGE - NARROWEST_WORDS - 2)) + 2
        room = width - _EDGE - beside
        is_wide = room >= NARROWEST_WORDS and not self._stacked
        if not is_wide:
            beside, room = 0, width - _EDGE
        chosen = self.marks.saved if choice.is_chosen else " "
        edge = [Segment(f"{chosen} ", link), Segment(f"{choice.key or ' '}  ", link)]
        about, more = shown(choice.about), shown(choice.more)
        more_name: list[str] = []
        if is_wide or not full:
            size = (beside if is_wide else min(names, room)) - (2 if is_wide else 0)
            name = cut(shown(choice.name), max(size, 0), self.marks.cut)
            gap = " " * (beside - cell_len(name) if is_wide else 2)
            left = room if is_wide else room - cell_len(name) - 2
            words = wrap(about, left) if full else [cut(about, left, self.marks.cut)]
            head = [*edge, Segment(name, strong), Segment(gap, text), Segment(words[0], text)]
            rest = words[1:]
        else:
            first, *more_name = wrap(shown(choice.name), room)
            head = [*edge, Segment(first, strong)]
            rest = wrap(about, room) if about else []
        if place == self.cursor:
            used = sum(cell_len(segment.text) for segment in head)
            head.append(Segment(" " * max(0, width - used), text))
        rows = [head, *(self._indented(row, beside, strong) for row in more_name)]
        if full:
            plain = palette.style("text")
            rows += [self._indented(row, beside, plain) for row in rest]
            hint = quiet + Style(italic=True)
            rows += [self._indented(row, beside, hint) for row in wrap(more, room) if more]
        return rows

    @staticmethod
    def _indented(words: str, beside: int, style: Style) -> list[Segment]:
        return [Segment(" " * (_EDGE + beside)), Segment(words, style)]

    def _drawn_notes(self) -> list[list[Segment]]:
        style = self.palette.style("bad")
        rows: list[list[Segment]] = []
        for note in self.notes:
            rows.append([])
            rows += [[Segment("  "), Segment(row, style)] for row in self._wrapped_note(note)]
        return rows

    def _wrapped_note(self, note: str) -> list[str]:
        return wrap(shown(note), self._room)

    def render_line(self, y: int) -> Strip:
        row = y + self.first_row
        if row >= len(self._rows):
            return Strip.blank(self.size.width, self.ground)
        segments = Segment.apply_style(self._rows[row][1], self.ground)
        return Strip(segments).adjust_cell_length(self.size.width, self.ground)

    # -- mouse

    async def on_click(self, event: events.Click) -> None:
        """A click chooses."""
        row = event.y + self.first_row
        place = self._rows[row][0] if row < len(self._rows) else -1
        if place >= 0:
            self.post_message(self.Picked(place))

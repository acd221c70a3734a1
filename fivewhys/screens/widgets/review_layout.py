"""How wide a review's name, bar and columns are for the room there is, and the map's shades.

No widgets: a table and a width in, columns out.
"""

from dataclasses import dataclass
from functools import lru_cache

from rich.cells import cell_len
from rich.style import Style

from fivewhys.screens.look import DARK, Palette
from fivewhys.screens.review_lines import Table

EDGE = 2
"""Columns before a name: the mark of the cursor."""

_LEAST_NAME, _MOST_NAME = 14, 100
_LEAST_BAR, _MOST_BAR = 10, 48
_MOST_COLUMN = 15
_MOST_ON_MAP = {True: 9, False: 12}
"""Of a map's columns, by whether the window is narrow: more of them matter than whole names."""
_NARROW = 98

_SHADES = {
    True: ("#0b111c", "#16324f", "#1d5378", "#8fd0c3", "#f4e07a"),
    False: ("#ffffff", "#dcecf7", "#b5d8ec", "#245f8c", "#123a63"),
}
"""From nothing to the most: light and dark apart by more than their hue, so that they tell the same
to the colour-blind and in print. By whether the theme is dark."""
_LIGHT_GROUNDS = {True: (3, 4), False: (0, 1, 2)}


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns of the window that each part of a row takes."""

    name: int
    bar: int
    """0 where there is no room for bars, or nothing to draw."""
    widths: tuple[int, ...]
    """Of every column of the table, in sight or not."""
    columns: tuple[int, ...]
    """Which columns of the table are in sight."""

    def column_at(self, x: int) -> int | None:
        """The column of the table that stands at `x`."""
        left = EDGE + self.name + self.bar
        for column in self.columns:
            if left <= x < left + self.widths[column]:
                return column
            left += self.widths[column]
        return None


def laid_out(table: Table, width: int, at: int) -> Layout:
    """The layout for `width` columns with the cursor in column `at`, which stays in sight."""
    most = _MOST_COLUMN if table.has_bars else _MOST_ON_MAP[width < _NARROW]
    widths = tuple(_widths(table, most))
    longest = max(
        (cell_len(line.name) for line in table.lines if not line.is_head), default=_LEAST_NAME
    )
    wanted = max(_LEAST_NAME, min(longest + 2, _MOST_NAME))
    least_name = max(_LEAST_NAME, min(wanted, width // 4))
    columns = _in_sight(widths, width - EDGE - least_name, at)
    room = width - EDGE - sum(widths[column] for column in columns)
    bar = 0
    if table.has_bars:
        # Long names give way to bars up to a third of what is there, short ones leave more.
        bar = min(_MOST_BAR, max(room // 3, room - wanted))
        bar = bar if bar >= _LEAST_BAR else 0
    return Layout(min(room - bar, max(wanted, _LEAST_NAME)), bar, widths, columns)


def _widths(table: Table, most: int) -> list[int]:
    """Each column is as wide as its widest word, with a free column on both sides."""
    widest = [cell_len(title) for title in table.columns]
    for line in table.lines:
        for column, spot in enumerate(line.spots):
            widest[column] = max(widest[column], cell_len(spot.text))
    return [min(width, most) + 2 for width in widest]


def _in_sight(widths: tuple[int, ...], room: int, at: int) -> tuple[int, ...]:
    """The columns from the left that fit; those up to `at` where it would not be among them."""
    for first in range(at + 1):
        used = 0
        columns: list[int] = []
        for column in range(first, len(widths)):
            # A column for the mark that there are more.
            if used + widths[column] > room - 1 and columns:
                break
            used += widths[column]
            columns.append(column)
        if at in columns:
            return tuple(columns)
    return (at,)


@lru_cache
def shade(palette: Palette, step: int) -> Style:
    """The look of a heat map's cell."""
    is_dark = palette.ground == DARK.ground
    has_light_ground = step in _LIGHT_GROUNDS[is_dark]
    text = "#0b111c" if has_light_ground else "#f4f7fb" if is_dark else "#ffffff"
    return Style(color=text, bgcolor=_SHADES[is_dark][step], bold=step > 0)

"""Words in a row of a list, in a number of columns. No widgets."""

from dataclasses import dataclass

from rich.cells import set_cell_size

from fivewhys.screens.look import Marks, cut, shown


@dataclass(frozen=True, slots=True)
class Cell:
    """Words in `size` columns, of which the last `gap` stay free.

    `style` names a colour of the palette.
    """

    words: str
    size: int
    style: str = "text"
    is_bold: bool = False
    gap: int = 0

    def fitted(self, marks: Marks) -> str:
        """The words cut or filled up to exactly `size` columns."""
        return set_cell_size(cut(shown(self.words), self.size - self.gap, marks.cut), self.size)

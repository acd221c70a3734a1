"""What is asked about a pair: how likely it is, which one of how many, and what was said of it."""

from rich.cells import cell_len
from rich.text import Text
from textual.reactive import reactive

from fivewhys.models.past import Sameness
from fivewhys.screens.look import cut, shown
from fivewhys.screens.pair_queue import Asked
from fivewhys.screens.widgets.bars import Drawn

_SAID = {Sameness.SAME: "same", Sameness.DIFFERENT: "different"}

ONLY = "Only about "
ALL = "   a asks about all"


class AskedRow(Drawn):
    """One row above the pair; above it another where one finding alone is asked about."""

    about: reactive[str] = reactive("")
    """That finding, in its words."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._asked: Asked | None = None
        self._number = 0
        self._of = 0

    def watch_about(self) -> None:
        """A second row comes and goes with it."""
        self.set_class(bool(self.about), "-about")

    def show(self, asked: Asked, number: int, of: int) -> None:
        """Show how it stands with `asked`, the `number`th of `of` that are open."""
        self._asked, self._number, self._of = asked, number, of
        self.refresh()

    def render(self) -> Text:
        palette, bullet = self.palette, self.marks.bullet
        text = Text(" ", no_wrap=True)
        if self.about:
            room = self.size.width - cell_len(f"{ONLY}“”{ALL}") - 2
            about = cut(shown(self.about), room, self.marks.cut)
            text.append(ONLY, palette.style("quiet"))
            text.append(f"“{about}”", palette.style("text"))
            text.append(f"{ALL}\n ", palette.style("link"))
        asked = self._asked
        if asked is None:
            return text
        if asked.said is not None:
            text.append(f"You said: {_SAID[asked.said]}", palette.style("good", bold=True))
            text.append("   s or d says otherwise", palette.style("quiet"))
            return text
        text.append("The same cause? ", palette.style("text", bold=True))
        if asked.likely:
            text.append(asked.likely, palette.style("link", bold=True))
        place = "left for later" if asked.is_skipped else f"pair {self._number:,} of {self._of:,}"
        text.append(f" {bullet} {place}", palette.style("quiet"))
        return text

"""What is being read and how far it is: a sentence, a bar, and the keys that pause and leave it."""

from rich.text import Text

from fivewhys.screens.long_read import Stage
from fivewhys.screens.widgets.bars import Drawn

_MOST_BAR = 60


class WorkPane(Drawn):
    """Shows a stage, or a sentence where nothing is being read."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._stage: Stage | None = None
        self._words = ""

    def show(self, stage: Stage | None, words: str = "") -> None:
        """Show how far the work is, or these words."""
        if (stage, words) != (self._stage, self._words):
            self._stage, self._words = stage, words
            self.refresh()

    def render(self) -> Text:
        palette = self.palette
        text = Text(overflow="fold")
        stage = self._stage
        if stage is None:
            return text.append(self._words, palette.style("text"))
        text.append(f"{stage.words}\n\n", palette.style("text", bold=True))
        if stage.share is not None:
            room = min(_MOST_BAR, self.size.width)
            filled = int(stage.share * room)
            text.append("█" * filled, palette.style("link"))
            text.append("─" * (room - filled) + "\n\n", palette.style("quiet"))
        keys = ["x leaves it; nothing is lost."]
        if stage.can_pause:
            keys.insert(0, "Space goes on with it." if stage.is_paused else "Space pauses it.")
        text.append(" ".join(keys), palette.style("quiet"))
        return text

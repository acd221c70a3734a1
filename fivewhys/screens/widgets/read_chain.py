"""The chain that is read back, with what was said of each link: where the reading is."""

from rich.style import Style
from rich.text import Text

from fivewhys.facilitation.read_back import Outcome, Question, ReadBack
from fivewhys.models.words import VERDICT_WORDS, LinkQuestion
from fivewhys.screens.look import cut, shown, wrap
from fivewhys.screens.widgets.bars import Drawn

SHAPES = {
    Outcome.HELD: "✓",
    Outcome.BROKE: "✗",
    Outcome.NEEDS_EVIDENCE: "?",
    Outcome.NOT_ALONE: "◇",
    Outcome.UNANSWERED: "□",
}
COLOURS = {
    Outcome.HELD: "good",
    Outcome.BROKE: "bad",
    Outcome.NEEDS_EVIDENCE: "link",
    Outcome.NOT_ALONE: "link",
    Outcome.UNANSWERED: "quiet",
}
"""Each outcome has a shape and, where it is told, a word; the colour only helps."""

_ABOUT_ROOT = {
    LinkQuestion.WITHOUT: "without it, still so?",
    LinkQuestion.ALWAYS: "with it alone, always?",
}
_MOST_ROWS = 3
"""Rows of one cause: the question that is asked shows all of it."""


class ReadChain(Drawn):
    """Root on top, problem at the bottom; what fits, with the question that is asked in view."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._read: ReadBack | None = None
        self._now: Question | None = None

    def show(self, read: ReadBack, now: Question | None) -> None:
        """Show the chain of the question that is asked; nothing where none is."""
        self._read, self._now = read, now
        self.refresh()

    def render(self) -> Text:
        text = Text(no_wrap=True)
        width, height = self.size
        if self._read is None or self._now is None or width < 10 or height < 3:
            return text
        head = "From the root up" if self._read.from_roots else "From the deepest cause up"
        text.append(f"{cut(head, width, self.marks.cut)}\n", self.palette.style("quiet", bold=True))
        for row in self._rows(width, height - 1):
            text.append_text(row).append("\n")
        return text

    def _rows(self, width: int, height: int) -> list[Text]:
        """The whole chain, each cause in fewer rows if need be; else what fits around the now."""
        assert self._read is not None
        assert self._now is not None
        parts = self._read.chain_of(self._now)
        if len(parts) < height:
            for most in range(_MOST_ROWS, 0, -1):
                rows = self._start(width, most)
                for part in parts:
                    rows += self._part(part, width, most)
                if len(rows) <= height:
                    return rows
        here = parts.index(self._now)
        around = parts[max(0, here - height) : here + height]
        at = around.index(self._now)
        rows = self._start(width, 1) if here == at else []
        tops = []
        for part in around:
            tops.append(len(rows))
            rows += self._part(part, width, 1)
        first = max(0, min(tops[at] - height // 2, len(rows) - height))
        return rows[first : first + height]

    def _start(self, width: int, most: int) -> list[Text]:
        """The cause that the chain begins with."""
        assert self._read is not None
        assert self._now is not None
        shape = self.marks.root if self._read.from_roots else self.marks.bullet
        cause = self._read.tree.causes[self._now.start]
        return self._told(shape, "link", "", cause.text, width, most)

    def _part(self, question: Question, width: int, most: int) -> list[Text]:
        """A link as the effect it leads to, or a question about the root."""
        assert self._read is not None
        outcome = self._read.outcome(question)
        answer = self._read.answer(question)
        asked_now = question == self._now
        shape = self.marks.here if asked_now else SHAPES[outcome]
        colour = "now" if asked_now else COLOURS[outcome]
        verdict = VERDICT_WORDS[answer.verdict] if answer else ""
        if question.asks is LinkQuestion.FOLLOWS:
            cause = self._read.tree.causes[question.cause]
            effect = self._read.tree.causes[cause.parent_id or self._read.tree.problem.id]
            word = "" if outcome is Outcome.HELD else verdict
            rows = self._told(shape, colour, "so ", effect.text, width, most, word)
        else:
            rows = self._told(shape, colour, "", _ABOUT_ROOT[question.asks], width, most, verdict)
        if question.link == question.links and question.link and self._joins(question):
            quiet = self.palette.style("quiet") + Style(italic=True)
            rows.append(Text(cut("  and on as read before", width, self.marks.cut), quiet))
        return rows

    def _joins(self, question: Question) -> bool:
        """Whether another chain was read on from the effect of this link."""
        assert self._read is not None
        return self._read.tree.causes[question.cause].parent_id != self._read.tree.problem.id

    def _told(
        self, shape: str, colour: str, so: str, words: str, width: int, most: int, verdict: str = ""
    ) -> list[Text]:
        palette = self.palette
        style = palette.style("now", bold=True) if colour == "now" else palette.style("text")
        room = width - 2 - len(so)
        rows = wrap(shown(words), room)
        if len(rows) > most:
            rows[most - 1] = f"{cut(rows[most - 1], room - 1, '')}{self.marks.cut}"
            del rows[most:]
        lines = []
        for place, row in enumerate(rows):
            line = Text(no_wrap=True)
            line.append(f"{shape} " if place == 0 else "  ", palette.style(colour))
            line.append(so if place == 0 else " " * len(so), palette.style("quiet"))
            lines.append(line.append(row, style))
        if verdict:
            told = Text(f"  {verdict}", palette.style("quiet") + Style(italic=True))
            if lines[-1].cell_len + told.cell_len <= width:
                lines[-1].append_text(told)
            else:
                lines.append(told)
        return lines

"""What is read out, and what the read-back came to, as styled text."""

from collections.abc import Callable, Iterator
from uuid import UUID

from rich.style import Style
from rich.text import Text
from textual.reactive import reactive

from fivewhys.facilitation.read_back import (
    Outcome,
    Question,
    ReadBack,
    closing_sentence,
    in_the_way,
    needed_with,
    quoted,
    said_beside,
)
from fivewhys.models.words import LinkQuestion
from fivewhys.screens.look import shown
from fivewhys.screens.widgets.bars import Drawn
from fivewhys.screens.widgets.lines import TextPane
from fivewhys.screens.widgets.read_chain import COLOURS, SHAPES
from fivewhys.text import excerpt

MOST_LISTED = 100
"""Questions of one outcome that the end lists one by one; more are counted."""

MOST_BOXES = 24
"""Questions up to which each has a box in the first row."""

ASKED = {
    LinkQuestion.FOLLOWS: "Does that follow from what we know?",
    LinkQuestion.WITHOUT: "Would it still have happened?",
    LinkQuestion.ALWAYS: "Would it always happen?",
}
"""What stands over the three answers."""

_HEADS = {
    Outcome.BROKE: "Did not hold",
    Outcome.NEEDS_EVIDENCE: "Needs evidence",
    Outcome.UNANSWERED: "Not answered yet",
    Outcome.NOT_ALONE: "What else was there",
    Outcome.HELD: "Held",
}
"""In the order in which a team has to look at them."""

_COUNTS = {
    Outcome.HELD: "held",
    Outcome.BROKE: "did not",
    Outcome.NEEDS_EVIDENCE: "needs evidence",
    Outcome.NOT_ALONE: "not alone",
    Outcome.UNANSWERED: "not answered",
}


class ReadingRow(Drawn):
    """Where the reading is: link 2 of 3, root 1 of 2, and how much of all is answered."""

    place: reactive[str] = reactive("")
    rest: reactive[str] = reactive("")
    answered: reactive[int] = reactive(0)
    boxes: reactive[tuple[str, ...]] = reactive(())
    """What each question is: done, asking or to_come; empty where there are too many."""
    questions: reactive[int] = reactive(0)

    def render(self) -> Text:
        palette, width = self.palette, self.size.width
        row = Text(self.place, palette.style("now", bold=True), no_wrap=True)
        row.append(self.rest, palette.style("text") + Style(bold=False))
        if not self.questions:
            return row
        count = Text(f"{self.answered} of {self.questions} answered", palette.style("quiet"))
        boxes = Text()
        for box in self.boxes:
            colour = {"done": "link", "asking": "now"}.get(box, "quiet")
            boxes.append(f"{getattr(self.marks, box)} ", palette.style(colour))
        for right in (Text.assemble(boxes, " ", count), count):
            room = width - row.cell_len - right.cell_len
            if room >= 2:
                return row.append(" " * room).append_text(right)
        return row


class ReadPane(TextPane):
    """A text that depends on how wide it may be."""

    _make: Callable[[int], Text] | None = None

    def tell(self, make: Callable[[int], Text]) -> None:
        """Show the text that `make` gives for the width in cells, now and whenever that changes."""
        self._make = make
        self._remake()

    def width_changed(self) -> None:
        """Another size: the text is made anew, and the key bar may have to tell how to read on."""
        self._remake()
        super().width_changed()
        self.screen.refresh_bindings()

    @property
    def is_long(self) -> bool:
        """Whether there is more of the text than is in view."""
        return self.virtual_size.height > self.inner_height

    def _remake(self) -> None:
        if self._make is not None and self.inner_width > 0:
            self.show(self._make(self.inner_width))


def read_out(widget: Drawn, read: ReadBack, question: Question, *, wide: bool) -> Text:
    """A question as it is read out; `wide` sets the parts of a link apart with empty rows."""
    tree, palette, marks = read.tree, widget.palette, widget.marks
    cause = tree.causes[question.cause]
    strong = palette.style("text", bold=True)
    plain, quiet = (palette.style(name) + Style(bold=False) for name in ("text", "quiet"))
    now = palette.style("now", bold=True) + Style(italic=True)
    text = Text(style=plain, overflow="fold")
    if question.asks is LinkQuestion.FOLLOWS:
        apart = "\n\n" if wide else "\n"
        effect = tree.causes[cause.parent_id or tree.problem.id]
        text.append(shown(cause.text), strong)
        for other in needed_with(tree, cause):
            text.append(f"{apart}and{apart if wide else ' '}", now)
            text.append(shown(other.text), strong)
        text.append(f"{apart}{marks.so} therefore{apart}", now)
        text.append(shown(effect.text), strong)
        beside = said_beside(tree, cause)
        if beside:
            told = f" {marks.bullet} ".join(excerpt(shown(each.text), 80) for each in beside[:3])
            more = f" and {len(beside) - 3:,} more" if len(beside) > 3 else ""
            text.append(f"\n\nBeside it, for the same effect: {told}{more}", quiet)
    elif question.asks is LinkQuestion.WITHOUT:
        text.append("If ", now)
        text.append(quoted(shown(cause.text)), strong)
        text.append(" had not been so, would ")
        text.append(quoted(shown(tree.problem.text)), strong)
        text.append(" still have happened?")
    else:
        text.append("With only ", now)
        text.append(quoted(shown(cause.text)), strong)
        text.append(", would ")
        text.append(quoted(shown(tree.problem.text)), strong)
        text.append(" always happen? If not, what else was there?")
    answer = read.answer(question)
    if answer and answer.words:
        head = "\n\nWhat else was there: " if question.asks is LinkQuestion.ALWAYS else "\n\n"
        text.append(head, quiet)
        text.append(shown(answer.words), plain)
    return text


def nothing_to_read(widget: Drawn, read: ReadBack) -> Text:
    """Why there is nothing to read back, and what to do."""
    palette = widget.palette
    tree = read.tree
    text = Text("There is nothing to read back yet.\n\n", palette.style("text", bold=True))
    if tree.children(tree.problem.id):
        told = (
            "No root is marked, and every branch is ruled out, stopped or a condition. "
            "Mark the root that you act on: r in the tree, or ^G in the answer. Then come back."
        )
    else:
        told = "The problem has no answer yet. Ask why of it first, mark a root, then come back."
    return text.append(told, palette.style("text") + Style(bold=False))


def came_to(widget: Drawn, read: ReadBack, width: int) -> Text:
    """The end: what can be said, what held, what did not, what needs evidence; `width` cells."""
    palette = widget.palette
    quiet, strong = palette.style("quiet", bold=True), palette.style("text", bold=True)
    plain = palette.style("text") + Style(bold=False)
    found: dict[Outcome, list[Question]] = {outcome: [] for outcome in _HEADS}
    for question in read.questions:
        found[read.outcome(question)].append(question)
    text = Text(style=plain, overflow="fold")
    for outcome, word in _COUNTS.items():
        if found[outcome]:
            text.append(f"{SHAPES[outcome]} ", palette.style(COLOURS[outcome]))
            text.append(f"{len(found[outcome]):,} {word}   ")
    text.append("\n")
    if read.from_roots:
        for start in read.starts:
            text.append("\n")
            mark = Text(f"{widget.marks.root} ", palette.style("link"))
            text.append_text(_hanging(widget, mark, _closing(widget, read, start), width))
    else:
        text.append(
            "\nNo root is marked yet, so nothing can be said to the end. Mark one with r in the "
            "tree, and read back from it.\n",
        )
    for outcome, head in _HEADS.items():
        if not found[outcome]:
            continue
        text.append(f"\n{head}\n", quiet)
        for question in found[outcome][:MOST_LISTED]:
            mark = Text(f"{SHAPES[outcome]} ", palette.style(COLOURS[outcome]))
            line = Text(overflow="fold")
            for words, style in _in_short(widget, read, question):
                line.append(words, strong if style == "strong" else palette.style(style))
            text.append_text(_hanging(widget, mark, line, width))
        more = len(found[outcome]) - MOST_LISTED
        if more > 0:
            text.append(f"  and {more:,} more\n", palette.style("quiet"))
    text.rstrip()
    return text


def _closing(widget: Drawn, read: ReadBack, start: UUID) -> Text:
    palette = widget.palette
    root = read.tree.causes[start]
    open_points = in_the_way(read.tree, root.id)
    plain = palette.style("text") + Style(bold=False)
    text = Text(overflow="fold")
    if not open_points:
        return text.append(
            shown(closing_sentence(read.tree, root)), palette.style("text", bold=True)
        )
    text.append(quoted(shown(root.text)), palette.style("text", bold=True))
    why = ", ".join(
        f"{open_points.count(outcome):,} {_COUNTS[outcome]}"
        for outcome in (Outcome.BROKE, Outcome.NEEDS_EVIDENCE, Outcome.UNANSWERED)
        if outcome in open_points
    ).replace("did not", "did not hold")
    return text.append(f" cannot be said to the end yet: {why}.", plain)


def _hanging(widget: Drawn, mark: Text, line: Text, width: int) -> Text:
    """A line after its mark; the rows that it wraps to stand under its first letter."""
    text = mark.copy()
    for place, row in enumerate(line.wrap(widget.app.console, max(10, width - 2))):
        row.rstrip()
        text.append("  " if place else "")
        text.append_text(row).append("\n")
    return text


def _in_short(widget: Drawn, read: ReadBack, question: Question) -> Iterator[tuple[str, str]]:
    """A question with its answer as one line of the end, in pieces with the names of styles."""
    tree = read.tree
    cause, answer = tree.causes[question.cause], read.answer(question)
    text = shown(cause.text)
    if question.asks is LinkQuestion.FOLLOWS:
        effect = tree.causes[cause.parent_id or tree.problem.id]
        yield text, "text"
        yield f" {widget.marks.so} so ", "link"
        yield shown(effect.text), "text"
    elif question.asks is LinkQuestion.WITHOUT:
        yield "Without ", "quiet"
        yield quoted(text), "text"
        yield _WITHOUT[read.outcome(question)], "quiet"
    else:
        yield "With only ", "quiet"
        yield quoted(text), "text"
        yield _ALWAYS[read.outcome(question)], "quiet"
    if answer and answer.words:
        yield f" {shown(answer.words)}", "strong"


_WITHOUT = {
    Outcome.HELD: ": it would not have happened",
    Outcome.BROKE: ": it would still have happened",
    Outcome.NEEDS_EVIDENCE: ": would it still have happened?",
    Outcome.UNANSWERED: ": would it still have happened?",
}
_ALWAYS = {
    Outcome.HELD: ": it would always happen",
    Outcome.NOT_ALONE: ": not always.",
    Outcome.NEEDS_EVIDENCE: ": would it always happen?",
    Outcome.UNANSWERED: ": would it always happen?",
}


def place_in_words(read: ReadBack, question: Question) -> tuple[str, str]:
    """Where a question stands: link 2 of 3 (or what it asks), and of which root."""
    name = "root" if read.from_roots else "deepest cause"
    rest = f", {name} {question.chain} of {len(read.starts)}"
    if question.asks is LinkQuestion.FOLLOWS:
        return f"Link {question.link} of {question.links}", rest
    return ("Without it" if question.asks is LinkQuestion.WITHOUT else "With it alone"), rest


def boxes(read: ReadBack, at: int) -> tuple[str, ...]:
    """The box of each question, unless they are too many for one row."""
    if len(read.questions) > MOST_BOXES:
        return ()
    return tuple(
        "asking" if place == at else "done" if read.answer(question) else "to_come"
        for place, question in enumerate(read.questions)
    )

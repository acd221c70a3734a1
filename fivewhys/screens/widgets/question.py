"""The right column of a live session besides the box: depth, question, answers, read-back."""

from collections.abc import Sequence
from datetime import date

from rich.style import Style
from rich.text import Text
from textual.reactive import reactive

from fivewhys.facilitation.lenses import Lens, built_in, names
from fivewhys.models.plan_words import Progress
from fivewhys.models.tree import Tree
from fivewhys.models.values import Appearance, Cause
from fivewhys.models.words import EvidenceKind, Leg, Part
from fivewhys.reports.marks import mark, words
from fivewhys.screens.look import shown
from fivewhys.screens.plan_lines import NOT_HELPED, TO_DO, about_countermeasure
from fivewhys.screens.seen_words import also_root_in
from fivewhys.screens.widgets.bars import Drawn, TextRows

USUAL_DEPTH = 5
"""Five is a hint: the meter shows it, and nothing stops there."""

_PIXELS = {
    "W": ("#...#", "#...#", "#.#.#", "#.#.#", "##.##", "#...#"),
    "H": ("#...#", "#...#", "#####", "#...#", "#...#", "#...#"),
    "Y": ("#...#", "#...#", ".#.#.", "..#..", "..#..", "..#.."),
    "0": (".###.", "#...#", "#...#", "#...#", "#...#", ".###."),
    "1": ("..#..", ".##..", "..#..", "..#..", "..#..", ".###."),
    "2": ("####.", "....#", "...#.", "..#..", ".#...", "#####"),
    "3": ("####.", "....#", ".###.", "....#", "....#", "####."),
    "4": ("#..#.", "#..#.", "#..#.", "#####", "...#.", "...#."),
    "5": ("#####", "#....", "####.", "....#", "....#", "####."),
    "6": (".###.", "#....", "####.", "#...#", "#...#", ".###."),
    "7": ("#####", "....#", "...#.", "..#..", "..#..", "..#.."),
    "8": (".###.", "#...#", ".###.", "#...#", "#...#", ".###."),
    "9": (".###.", "#...#", ".####", "....#", "....#", ".###."),
    " ": ("...",) * 6,
}
_HALVES = {"..": " ", "#.": "▀", ".#": "▄", "##": "█"}


def block_letters(text: str) -> list[str]:
    """`text` (WHY and digits) as three rows of half blocks."""
    return [
        " ".join(
            "".join(
                _HALVES[upper + lower]
                for upper, lower in zip(_PIXELS[char][row], _PIXELS[char][row + 1], strict=True)
            )
            for char in text
        )
        for row in (0, 2, 4)
    ]


class DepthMeter(TextRows):
    """WHY 4 of 5+, a box for each why, and a word on how far down that is."""

    depth: reactive[int] = reactive(1)

    def text(self) -> Text:
        palette, marks = self.palette, self.marks
        boxes = Text()
        for level in range(1, max(USUAL_DEPTH, min(self.depth, 12)) + 1):
            done, now = level < self.depth, level == self.depth
            boxes.append(
                marks.done if done else marks.asking if now else marks.to_come,
                palette.style("link" if done else "now" if now else "quiet"),
            )
            boxes.append(" ")
        amber = palette.style("now", bold=True)
        if self.size.height < 3:
            line = Text(no_wrap=True)
            line.append(f"Why {self.depth}", amber)
            line.append(f" of {USUAL_DEPTH}+  ", palette.style("text"))
            line.append_text(boxes)
            word = f" {self._word()}"
            fits = line.cell_len + len(word) <= self.size.width
            return line.append(word, palette.style("quiet")) if fits else line
        rows = block_letters(f"WHY {self.depth}")
        text = Text(no_wrap=True)
        text.append(rows[0] + "\n", amber)
        text.append(rows[1], amber)
        text.append(f"    of {USUAL_DEPTH}+  ", palette.style("text"))
        text.append_text(boxes)
        fits = text.cell_len - len(rows[0]) - 1 + len(self._word()) + 2 <= self.size.width
        if fits:
            text.append(f"  {self._word()}", palette.style("quiet"))
        text.append("\n" + rows[2], amber)
        return text if fits else text.append(f"    {self._word()}", palette.style("quiet"))

    def _word(self) -> str:
        if self.depth <= 3:
            return "keep asking"
        if self.depth <= USUAL_DEPTH:
            return "keep asking, or a root?"
        return "can we act on it?" if self.depth <= 7 else "are we leaving our reach?"


def question_text(widget: Drawn, question: str) -> Text:
    """A question with its first word in amber."""
    palette = widget.palette
    text = Text(shown(question), palette.style("text", bold=True), overflow="fold")
    first = question.split(" ", 1)[0]
    text.stylize(palette.style("now", bold=True), 0, len(first))
    return text


def beside_answer(
    widget: Drawn, tree: Tree, here: Cause, *, tall: bool, leg: Leg | None = None
) -> Text:
    """Under the box while an answer is typed: the answers so far, then the way back up.

    Where the question is about one `leg`, other answers to the problem are none to it.
    """
    palette, marks = widget.palette, widget.marks
    quiet, strong = palette.style("quiet", bold=True), palette.style("text", bold=True)
    text = Text(overflow="fold")
    answers = [one for one in tree.answers(here.id) if leg is None or one.leg is leg]
    text.append("Answers so far\n", quiet)
    if not answers:
        text.append("none yet\n", palette.style("quiet"))
    for answer in answers:
        waiting = tree.is_open(answer.id)
        shape = mark(answer, waiting)
        text.append(f"{shape.shape if marks.blocks else shape.ascii} ", palette.style("link"))
        text.append(f"{shown(answer.text)}", palette.style("text"))
        told = words(answer, waiting)
        text.append(f"  {told}\n" if told else "\n", palette.style("quiet") + Style(italic=True))
    path = tree.path(here.id)
    if tall and len(path) > 1:
        text.append("\nRead it back\n", quiet)
        text.append(f"{shown(path[-1].text)}\n", strong)
        for cause in path[-2::-1]:
            text.append(f"{marks.so} so ", palette.style("link"))
            text.append(f"{shown(cause.text)}\n", palette.style("text"))
    if tree.session.customer_words and tall:
        text.append("\nIn the customer's words\n", quiet)
        text.append(f"{shown(tree.session.customer_words)}\n", Style(italic=True))
    return text


_PARTS = {
    Part.ROOT: "Why we act on it",
    Part.CONTRIBUTING: "What it contributed",
    Part.CONDITION: "Why it is kept in mind",
}
_KINDS = {EvidenceKind.NOTE: "note", EvidenceKind.LINK: "link", EvidenceKind.NUMBER: "number"}


def beside_tree(
    widget: Drawn,
    tree: Tree,
    cause: Cause,
    lenses: Sequence[Lens] | None,
    today: date,
    shared: Sequence[Appearance] = (),
) -> Text:
    """While the keys are in the tree: all that is known of the row under the cursor.

    Categories are named as `lenses` (or else the built-in ones) name them; `shared` are the other
    sessions in which the cause was found.
    """
    palette, marks = widget.palette, widget.marks
    head, quiet = palette.style("quiet", bold=True), palette.style("quiet")
    text = Text(overflow="fold")
    waiting = tree.is_open(cause.id)
    depth = tree.depth(cause.id)
    told = [f"answers why {depth}" if depth else "the problem", words(cause, waiting)]
    if cause.leg:
        told.append(f"{cause.leg.value} leg")
    if cause.said_by:
        told.append(f"said by {shown(cause.said_by)}")
    told += also_root_in(shared)
    text.append("In the tree\n", head)
    text.append(f"{shown(cause.text)}\n", palette.style("text", bold=True))
    text.append(f"{f' {marks.bullet} '.join(word for word in told if word)}\n", quiet)
    if cause.lens:
        known = built_in() if lenses is None else lenses
        lens, category = map(shown, names(known, cause.lens, cause.category))
        text.append(category, palette.style("text"))
        text.append(f"  {lens}\n", quiet)
    evidence = tree.evidence(cause.id)
    text.append("\nEvidence", head)
    text.append("   i adds, its number edits\n" if evidence else "   i adds\n", quiet)
    if not evidence:
        text.append("none yet\n", quiet)
    for number, item in enumerate(evidence, 1):
        text.append(f"{number} ", palette.style("link"))
        text.append(shown(item.text), palette.style("text"))
        side = "" if item.supports else ", against"
        text.append(f"  {_KINDS[item.kind]}{side}\n", quiet)
    if cause.is_root or tree.countermeasures(cause.id):
        _append_plan(text, widget, tree, cause, today)
    part = _PARTS[cause.part] if cause.part else ""
    for reason, title in ((cause.part_reason, part), (cause.reason, "The reason")):
        if reason:
            text.append(f"\n{title}\n", head)
            text.append(f"{shown(reason)}\n", palette.style("text"))
    return text


def _append_plan(text: Text, widget: Drawn, tree: Tree, cause: Cause, today: date) -> None:
    """What is done about a cause: each thing with its owner, its day and where it stands."""
    palette, marks = widget.palette, widget.marks
    quiet = palette.style("quiet")
    items = tree.countermeasures(cause.id)
    text.append("\nWhat we do about it", palette.style("quiet", bold=True))
    text.append("   f adds, F opens\n" if items else "   f adds\n", quiet)
    if tree.is_reopened(cause.id):
        text.append(f"It {NOT_HELPED}, and nothing else is planned.\n", palette.style("bad"))
    if not items:
        text.append("nothing yet\n", quiet)
    for item in items:
        gone = item.progress is Progress.REJECTED
        style = quiet + Style(strike=True) if gone else palette.style("text")
        text.append(f"{TO_DO} ", palette.style("link"))
        text.append(f"{shown(item.text)}\n", style)
        told = f" {marks.bullet} ".join(about_countermeasure(tree, item, today))
        bad = tree.standing(item) is Progress.NOT_EFFECTIVE
        text.append(f"  {shown(told)}\n", palette.style("bad") if bad else quiet)

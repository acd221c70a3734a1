"""How a row of the tree is drawn: guides, a mark, words, and what the mark alone does not say."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from fivewhys.models.tree import Tree
from fivewhys.models.values import Appearance, Cause
from fivewhys.models.words import Status
from fivewhys.reports.marks import mark
from fivewhys.screens.look import Marks, Palette
from fivewhys.screens.plan_lines import NOT_HELPED, TO_DO, how_many
from fivewhys.screens.seen_words import also_in
from fivewhys.screens.widgets.tree_rows import STEP, TreeRows

_FIRM = "\u00a0"
"""A space that does not break a row."""


def state_words(
    tree: Tree, cause: Cause, room: int | None = None, also: Sequence[Appearance] = ()
) -> str:
    """What a node's mark alone does not say, to stand after its text.

    `also` are the other sessions in which a root was found: as many of them as `room` has cells.
    """
    said = [cause.leg.value] if cause.leg else []
    if cause.is_root:
        said.append(" ROOT ")
    if cause.status is Status.RULED_OUT:
        said.append("out")
    if cause.id in tree.countermeasures_of:
        count = how_many(tree, cause.id)
        said += [f"{TO_DO}{count}"] if count else []
        said += [NOT_HELPED] if tree.is_reopened(cause.id) else []
    told = " · ".join(said)
    if cause.is_root and also:
        *longer, shortest = [" · ".join(filter(None, (told, form))) for form in also_in(also)]
        fits = (words for words in longer if room is None or cell_len(words) + 1 <= room)
        told = next(fits, shortest)
    # One word to the wrapping, so that it stays in one row.
    return " " + f" {told}".replace(" ", _FIRM) if told else ""


def guides(tree: Tree, rows: TreeRows, place: int, marks: Marks) -> tuple[str, str]:
    """The lines before a node's first row and before its other rows."""
    key, depth = rows.order[place], rows.depths[place]
    if not depth:
        return "", ""
    levels = rows.indent(depth) // STEP
    parts: list[tuple[str, str]] = []
    child = key
    for _ in range(levels):
        parent = tree.causes[child].parent_id
        if parent is None:
            break
        last = tree.children(parent)[-1] == child
        through = marks.blank if last else marks.through
        parts.append((through if parts else (marks.last if last else marks.branch), through))
        child = parent
    parts.reverse()
    return "".join(first for first, _ in parts), "".join(rest for _, rest in parts)


@dataclass(frozen=True, slots=True)
class RowLook:
    """All that decides how one row is drawn: rows that look alike are not drawn again."""

    cause: Cause
    place: int = field(compare=False)
    part: int
    """Which of the node's rows this is, of how many `parts`."""
    parts: int
    guides: str
    bar: str
    on_path: bool
    folded: bool
    waiting: bool
    tail: str
    level: str
    """Which why it answers, where the guides do not tell: see `TreeRows.level`."""


class TreePen:
    """Draws rows on the ground `base`."""

    def __init__(self, palette: Palette, marks: Marks, base: Style) -> None:
        self._palette, self._marks, self._base = palette, marks, base

    def segments(self, look: RowLook, text: str) -> list[Segment]:
        """The row `text` of a node with its guides and its mark."""
        cause, first = look.cause, look.part == 0
        palette, marks, base = self._palette, self._marks, self._base
        shape = mark(cause, look.waiting)
        glyph = shape.shape if marks.blocks else shape.ascii
        if look.folded:
            glyph = marks.folded
        style, glyph_style = base + self._style(cause.status, look.on_path), base
        if look.waiting:
            glyph_style += palette.style("link")
        elif cause.status is Status.VERIFIED:
            glyph_style += palette.style("good")
        if look.bar == "cursor":
            style = glyph_style = base + palette.cursor
        elif look.bar == "here":
            style = glyph_style = base + palette.here
            glyph = marks.here
        elif look.bar == "carried":
            style = glyph_style = base + palette.style("link") + Style(underline=True)
        # The number takes the place of the outermost guide.
        level = look.level if first else ""
        segments = [
            Segment(level, base + palette.style("quiet")),
            Segment(look.guides[len(level) :], base + palette.style("line")),
            Segment(f"{glyph} " if first else "  ", glyph_style),
        ]
        tail = look.tail
        if look.part == look.parts - 1 and tail and text.endswith(tail):
            segments.append(Segment(text[: -len(tail)], style))
            segments += self._tail(tail.replace(_FIRM, " "), cause.is_root)
        else:
            segments.append(Segment(text, style))
        return segments

    def _tail(self, tail: str, is_root: bool) -> list[Segment]:
        palette, base = self._palette, self._base
        quiet = base + palette.style("quiet") + Style(italic=True)
        before, badge, after = tail.partition(" ROOT ")
        if not badge or not is_root:
            before, badge, after = "", "", tail
        words, told, _ = after.partition(NOT_HELPED)
        return [
            Segment(before, quiet),
            Segment(badge, base + palette.badge),
            Segment(words, quiet),
            Segment(told, base + palette.style("bad", bold=True)),
        ]

    def _style(self, status: Status, on_path: bool) -> Style:
        palette = self._palette
        if status is Status.RULED_OUT:
            return palette.style("quiet") + Style(strike=True)
        if status is Status.STOPPED:
            return palette.style("quiet")
        return palette.style("text", bold=on_path)

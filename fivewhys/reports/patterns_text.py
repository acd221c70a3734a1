"""The causal map around one cause as indented text, for a shell or a pane of the screen."""

from collections import defaultdict
from collections.abc import Mapping

from fivewhys.patterns.section import Arrow, Box, Section
from fivewhys.reports import patterns_words as words
from fivewhys.reports.cells import wrapped
from fivewhys.reports.escape import plain_ascii
from fivewhys.reports.marks import ANSWERED, ROOT, Mark
from fivewhys.text import excerpt

PROBLEM = Mark("!", "!", "problem")
"""A session's problem, where several of them stand among their causes."""

_LEAST_WORDS = 24
"""Columns that a sentence gets at least, however far in it stands."""

_BOX = ("├─ ", "└─ ", "│  ", "   ")
_PLAIN_BOX = ("|- ", "`- ", "|  ", "   ")

Arrows = Mapping[str, list[tuple[str, Arrow]]]
"""For each box the boxes beside it, with the arrows between."""


def mark(box: Box) -> Mark:
    """The mark of a box: a problem, a root of some session, or another cause."""
    if box.is_problem:
        return PROBLEM
    return ROOT if box.roots else ANSWERED


def said(box: Box, most: int = 0) -> str:
    """A box in words: what it is, its text, and whether what it joins is confirmed.

    Its text is cut to `most` characters where that is given.
    """
    word = mark(box).word
    text = excerpt(box.text, most) if most else box.text
    joins = f" ({words.sure(box.is_confirmed)})" if box.is_shared else ""
    return f"{word}: {text}{joins}" if word else f"{text}{joins}"


def section_text(section: Section, *, ascii_only: bool = False, width: int = 0) -> str:
    """The cause in the middle, what it leads to, and what leads to it; ends with a line break.

    Each line of the lists names the sessions that say so. A box to which several ways lead is drawn
    in full once and then named with “as above”. Sentences are wrapped at `width` columns where one
    is given. With `ascii_only` every character is ASCII: accents and typographic marks become their
    nearest, anything else a question mark.
    """
    drawing = _Drawing(section, ascii_only, width)
    centre = drawing.boxes[section.centre]
    drawing.put(f"{drawing.sign(centre)} ", "  ", said(centre))
    drawing.put("  ", "  ", words.listed([words.where(one) for one in centre.sessions]))
    onward: Arrows = defaultdict(list)
    backward: Arrows = defaultdict(list)
    for arrow in section.arrows:
        onward[arrow.cause].append((arrow.effect, arrow))
        backward[arrow.effect].append((arrow.cause, arrow))
    for title, arrows in (("It leads to", onward), ("It comes from", backward)):
        if arrows[section.centre]:
            drawing.lines += ["", title]
            drawing.branches(section.centre, arrows)
    if section.left_out:
        drawing.lines.append("")
        drawing.put("", "", f"{section.left_out:,} more not drawn")
    return "\n".join(drawing.lines) + "\n"


class _Drawing:
    """The lines as they are written."""

    def __init__(self, section: Section, ascii_only: bool, width: int) -> None:
        self.boxes = section.by_key()
        self.lines: list[str] = []
        self._ascii_only = ascii_only
        self._width = width

    def sign(self, box: Box) -> str:
        """The shape of a box's mark."""
        return mark(box).ascii if self._ascii_only else mark(box).shape

    def put(self, first: str, rest: str, sentence: str) -> None:
        """A sentence beside `first`, and beside `rest`, which is as wide, where it is wrapped."""
        if self._ascii_only:
            sentence = plain_ascii(sentence)
        if not self._width:
            self.lines.append(first + sentence)
            return
        room = max(self._width - len(first), _LEAST_WORDS)
        for place, line in enumerate(wrapped(sentence, room)):
            self.lines.append((rest if place else first) + line)

    def branches(self, top: str, arrows: Arrows) -> None:
        """What stands below `top`, each box in full once."""
        branch, end, through, nothing = _PLAIN_BOX if self._ascii_only else _BOX
        drawn = {top}
        waiting = self._below(top, arrows, "")
        while waiting:
            key, arrow, before, is_last = waiting.pop()
            box = self.boxes[key]
            below = [] if key in drawn else self._below(key, arrows, "")
            again = " … as above" if key in drawn else ""
            by = f" [{words.names(arrow.sessions)}]"
            inner = before + (nothing if is_last else through)
            self.put(
                f"{before}{end if is_last else branch}{self.sign(box)} ",
                inner + (through if below else nothing)[:2],
                said(box) + again + by,
            )
            drawn.add(key)
            waiting += [(other, link, inner, last) for other, link, _, last in below]

    def _below(self, key: str, arrows: Arrows, before: str) -> list[tuple[str, Arrow, str, bool]]:
        """The boxes beside `key`, the last of them first, as a stack takes them."""
        beside = arrows.get(key, [])
        last = len(beside) - 1
        return [(*beside[place], before, place == last) for place in range(last, -1, -1)]

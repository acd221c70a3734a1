"""The causal map around one cause as a picture: SVG that needs nothing else, on light and dark.

Causes stand on the left and effects on the right, in columns by their distance from the cause in
the middle. Text is text: it can be selected, searched and read aloud.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from fivewhys.patterns.section import Arrow, Box, Section
from fivewhys.reports import patterns_words as words
from fivewhys.reports.cells import wrapped
from fivewhys.reports.marks import ROOT
from fivewhys.reports.patterns_text import PROBLEM, mark, said
from fivewhys.text import clean

LABEL = 160
"""Characters of a cause in its box; the whole sentence is its title, which pointers show."""

_COLUMNS = 30
"""Columns of text in a line; the letters of other fonts are at most this much wider or narrower."""
_COLUMNS_BY = 36
"""The same of the smaller letters that name sessions."""
_LETTER = 7.2
"""Width of a column in pixels, at the font's size of 13, rather too wide than too narrow."""
_LINE = 17
_INNER = 10
_WIDTH = round(_COLUMNS * _LETTER) + 2 * _INNER
_GAP_X, _GAP_Y = 96, 18
_MARGIN = 20
_ROUND = 16
_TURN, _LANE, _LANES = 14, 10, 7
"""Of an arrow back to the left: how far from a box it turns, and how far it keeps from the next."""

# No variables: programs that turn SVG into paper or pixels know plain rules alone.
_STYLE = """\
.paper { fill: #ffffff; }
.box { fill: #ffffff; stroke: #1b1f24; stroke-width: 1.2; }
.root { stroke-width: 2.6; }
.suggested { stroke-dasharray: 6 4; }
.centre { stroke-width: 4; }
.arrow { fill: none; stroke: #57606a; stroke-width: 1.4; }
.head { fill: #57606a; }
text { fill: #1b1f24; font-family: sans-serif; font-size: 13px; }
.by { fill: #57606a; font-size: 11px; }
@media (prefers-color-scheme: dark) {
  .paper { fill: #0d1117; }
  .box { fill: #0d1117; stroke: #e6edf3; }
  .arrow { stroke: #9da7b1; }
  .head { fill: #9da7b1; }
  text { fill: #e6edf3; }
  .by { fill: #9da7b1; }
}
"""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A box with its lines and where it stands: the upper left corner, in pixels."""

    box: Box
    lines: tuple[str, ...]
    by: int
    """How many of the last lines name its sessions."""
    x: int
    y: int

    @property
    def height(self) -> int:
        """In pixels."""
        return _height(self.lines)


def section_svg(section: Section) -> str:
    """The picture as a whole SVG document, ending with a line break."""
    placed = _placed(section)
    width = max((one.x + _WIDTH for one in placed.values()), default=0) + 2 * _MARGIN
    bottom = max((one.y + one.height for one in placed.values()), default=0)
    arrows = []
    back = 0
    for arrow in section.arrows:
        cause, effect = placed[arrow.cause], placed[arrow.effect]
        if effect.x > cause.x:
            path = _forward(cause, effect)
        else:
            path = _backward(cause, effect, bottom, back)
            back += 1
        arrows.append(_arrow(arrow, path))
    height = bottom + _TURN + back * _LANE + _MARGIN
    below = []
    if section.left_out:
        height += _LINE
        left_out = f"{section.left_out:,} more not drawn"
        below = [f'<text class="by" x="{_MARGIN}" y="{height - _MARGIN}">{left_out}</text>']
    middle = section.by_key().get(section.centre)
    title = f"Around “{middle.text}”" if middle else "Causal map"
    # Room for the arrows that go around the first column and the last one.
    side = _TURN + _LANES * _LANE if back else 0
    view = f"{-side} 0 {width + 2 * side} {height}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" '
        f'width="{width + 2 * side}" height="{height}" role="img">',
        f"<title>{_xml(title)}</title>",
        f"<style>\n{_STYLE}</style>",
        '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path class="head" d="M0 0 L8 4 L0 8 z"/></marker></defs>',
        f'<rect class="paper" x="{-side}" width="{width + 2 * side}" height="{height}"/>',
        *arrows,
        *(_box(one, section.centre) for one in placed.values()),
        *below,
    ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _xml(text: str) -> str:
    """`text` inside an element or an attribute; XML has no way to hold control characters."""
    return escape(clean(text))


def _label(box: Box) -> list[str]:
    """The lines of a box that say what it is."""
    return wrapped(f"{mark(box).shape} {said(box, LABEL)}", _COLUMNS)


def _by(box: Box) -> list[str]:
    """The lines below these, which name its sessions in smaller letters."""
    return wrapped(words.names(box.sessions), _COLUMNS_BY)


def _height(lines: Sequence[str]) -> int:
    return len(lines) * _LINE + 2 * _INNER


def _placed(section: Section) -> dict[str, _Placed]:
    """Each box where it stands: columns by side, each in the middle of the picture's height."""
    columns: dict[int, list[Box]] = defaultdict(list)
    for box in section.boxes:
        columns[box.side].append(box)
    order = _ordered(columns, section.arrows)
    by = {box.key: _by(box) for box in section.boxes}
    lines = {box.key: (*_label(box), *by[box.key]) for box in section.boxes}
    heights = {
        side: sum(_height(lines[box.key]) + _GAP_Y for box in boxes) - _GAP_Y
        for side, boxes in order.items()
    }
    tallest = max(heights.values(), default=0)
    found: dict[str, _Placed] = {}
    for column, side in enumerate(sorted(order)):
        y = _MARGIN + (tallest - heights[side]) // 2
        for box in order[side]:
            x = _MARGIN + column * (_WIDTH + _GAP_X)
            found[box.key] = _Placed(box, lines[box.key], len(by[box.key]), x, y)
            y += _height(lines[box.key]) + _GAP_Y
    return found


def _ordered(columns: Mapping[int, Sequence[Box]], arrows: Sequence[Arrow]) -> dict[int, list[Box]]:
    """The columns with their boxes ordered so that arrows cross less.

    From the middle outwards, each box stands at the mean place of those that it is linked to in
    the column before (the barycentre method of K. Sugiyama and others, 1981).
    """
    beside: dict[str, list[str]] = defaultdict(list)
    for arrow in arrows:
        beside[arrow.cause].append(arrow.effect)
        beside[arrow.effect].append(arrow.cause)
    found: dict[int, list[Box]] = {}
    place: dict[str, float] = {}
    for side in sorted(columns, key=abs):
        means = {}
        for at, box in enumerate(columns[side]):
            known = [place[key] for key in beside[box.key] if key in place]
            means[box.key] = sum(known) / len(known) if known else float(at)
        found[side] = sorted(columns[side], key=lambda box: means[box.key])
        middle = (len(found[side]) - 1) / 2
        place |= {box.key: at - middle for at, box in enumerate(found[side])}
    return found


def _forward(cause: _Placed, effect: _Placed) -> str:
    """A curve from a cause's right edge to its effect's left one."""
    x1, y1 = cause.x + _WIDTH, cause.y + cause.height // 2
    x2, y2 = effect.x, effect.y + effect.height // 2
    bend = (x2 - x1) // 2
    return f"M{x1} {y1} C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"


def _backward(cause: _Placed, effect: _Placed, bottom: int, place: int) -> str:
    """The same where the effect stands no further right: through the gaps, below all boxes."""
    turn = _TURN + place % _LANES * _LANE
    lane = bottom + _TURN + place * _LANE
    x1, y1 = cause.x + _WIDTH, cause.y + cause.height // 2 + _LINE // 2
    x2, y2 = effect.x, effect.y + effect.height // 2 + _LINE // 2
    return f"M{x1} {y1} H{x1 + turn} V{lane} H{x2 - turn} V{y2} H{x2}"


def _arrow(arrow: Arrow, path: str) -> str:
    """An arrow along `path`; its title names the sessions that say so."""
    said_by = _xml(words.names(arrow.sessions))
    return f'<path class="arrow" marker-end="url(#head)" d="{path}"><title>{said_by}</title></path>'


def _box(one: _Placed, centre: str) -> str:
    box = one.box
    sign = mark(box)
    classes = ["box", *(["root"] if sign is ROOT else [])]
    classes += [] if box.is_confirmed else ["suggested"]
    classes += ["centre"] if box.key == centre else []
    round_by = _ROUND if sign is PROBLEM else 4
    written = []
    for place, line in enumerate(one.lines):
        kind = ' class="by"' if place >= len(one.lines) - one.by else ""
        y = one.y + _INNER + place * _LINE + 13
        written.append(f'<text{kind} x="{one.x + _INNER}" y="{y}">{_xml(line)}</text>')
    return (
        f'<g><title>{_xml(box.text)}</title><rect class="{" ".join(classes)}" x="{one.x}" '
        f'y="{one.y}" width="{_WIDTH}" height="{one.height}" rx="{round_by}"/>'
        f"{''.join(written)}</g>"
    )

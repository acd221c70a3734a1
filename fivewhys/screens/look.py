"""Colours and marks of the screens, dark and light, Unicode and ASCII.

Amber means “now” and nothing else. Status is a shape or a word as well as a colour. Every pair of
text and ground has a contrast of at least 6:1, which a test computes.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rich.cells import cell_len, chop_cells
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.screen import Screen
from textual.theme import Theme


@lru_cache
def _text_style(color: str, bold: bool) -> Style:
    # Rich works out a style's hash once, so that the same object again is found much sooner.
    return Style(color=color, bold=bold)


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme. `line` draws rules and guides and is never text."""

    ground: str
    panel: str
    text: str
    quiet: str
    line: str
    now: str
    on_now: str
    link: str
    good: str
    bad: str

    def style(self, name: str, *, bold: bool = False) -> Style:
        """The colour `name` as a style for text."""
        return _text_style(getattr(self, name), bold)

    @property
    def here(self) -> Style:
        """The bar of the question that is asked now."""
        return Style(color=self.on_now, bgcolor=self.now, bold=True)

    @property
    def badge(self) -> Style:
        """A word that must be seen: ROOT."""
        return Style(color=self.ground, bgcolor=self.text, bold=True)

    @property
    def cursor(self) -> Style:
        """The row that the keys move."""
        return Style(color=self.text, bgcolor=self.panel, bold=True, reverse=True)


DARK = Palette(
    ground="#0b111c",
    panel="#172238",
    text="#f4f7fb",
    quiet="#a9b6cc",
    line="#4a5f86",
    now="#ffb454",
    on_now="#0b111c",
    link="#62c4ff",
    good="#7fe3b0",
    bad="#ffa39c",
)
LIGHT = Palette(
    ground="#ffffff",
    panel="#e8edf6",
    text="#0e1624",
    quiet="#414e62",
    line="#8d9bb3",
    now="#864100",
    on_now="#ffffff",
    link="#004b84",
    good="#005536",
    bad="#941616",
)


def theme(name: str, palette: Palette) -> Theme:
    """The Textual theme of a palette."""
    return Theme(
        name=name,
        primary=palette.link,
        secondary=palette.link,
        accent=palette.now,
        foreground=palette.text,
        background=palette.ground,
        surface=palette.ground,
        panel=palette.panel,
        success=palette.good,
        warning=palette.text,
        error=palette.bad,
        dark=palette is DARK,
        text_alpha=1.0,
        variables={
            "quiet": palette.quiet,
            "line": palette.line,
            "now": palette.now,
            "on-now": palette.on_now,
            "link": palette.link,
            "scrollbar": palette.line,
            "scrollbar-hover": palette.quiet,
            "scrollbar-active": palette.quiet,
            "scrollbar-background": palette.ground,
            "scrollbar-background-hover": palette.ground,
            "scrollbar-background-active": palette.ground,
            "scrollbar-corner-color": palette.ground,
            "input-selection-background": palette.panel,
            "input-cursor-background": palette.text,
            "input-cursor-foreground": palette.ground,
        },
    )


THEMES = {"fivewhys-dark": DARK, "fivewhys-light": LIGHT}


@dataclass(frozen=True, slots=True)
class Marks:
    """Every drawn character that is not a letter."""

    branch: str = "├ "
    last: str = "└ "
    through: str = "│ "
    blank: str = "  "
    here: str = "►"
    folded: str = "▸"
    done: str = "■"
    asking: str = "▣"
    to_come: str = "□"
    so: str = "↳"
    bullet: str = "·"
    rule: str = "╌"
    saved: str = "✓"
    cut: str = "…"
    root: str = "◆"
    blocks: bool = True


UNICODE = Marks()
ASCII = Marks(
    branch="|-",
    last="`-",
    through="| ",
    here=">",
    folded="+",
    done="#",
    asking="@",
    to_come="_",
    so="->",
    bullet="-",
    rule="-",
    saved="*",
    cut="~",
    root="#",
    blocks=False,
)

_PLAIN = str.maketrans(
    {
        char: plain
        for chars, plain in (
            ("─━═╌╍┄┅▔", "-"),
            ("│┃║▏▕▌▐▎▊", "|"),
            ("┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┣┤┫┬┳┴┻┼╋", "+"),
            ("█", "#"),
            ("▀▄▁▂▃▅▆▇", " "),
            ("•·–—−", "-"),
            ("…", "~"),
            ("“”", '"'),
            ("‘’", "'"),
            ("▼✓", "v"),
            ("▲", "^"),
            ("►→↳▶≥", ">"),
            ("◄←≤", "<"),
            ("✗×", "x"),
            ("●", "*"),
            ("○", "o"),
            ("◆", "#"),
            ("◇", "+"),
            ("■", "="),
            ("□", "_"),
            ("▣", "@"),
            ("🔎", "> "),
        )
        for char in chars
    }
)


class AsciiFilter(LineFilter):
    """Draws every frame, rule and mark with plain characters; other scripts stay as they are."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            segment if segment.text.isascii() else segment._replace(text=_plain(segment.text))
            for segment in segments
        ]


def _plain(text: str) -> str:
    return text.translate(_PLAIN)


_JOINER = "\u200d"


@lru_cache(maxsize=20_000)
def shown(text: str) -> str:
    """The text as the screen shows it: of glyphs that are joined (👩‍👩‍👧), the first alone.

    Terminals disagree on the width of joined glyphs, which would shift the rest of the row. What
    is kept and exported is the text itself.
    """
    if _JOINER not in text:
        return text
    first, *joined = text.split(_JOINER)
    return first + "".join(_without_first_glyph(part) for part in joined)


def _without_first_glyph(text: str) -> str:
    rest = text[1:]
    while rest and (rest[0] == "\ufe0f" or "\U0001f3fb" <= rest[0] <= "\U0001f3ff"):
        rest = rest[1:]
    return rest


def wrap(text: str, width: int) -> list[str]:
    """Break `text` into rows of at most `width` cells, at spaces where there are any."""
    if cell_len(text) <= width:
        return [text]
    rows: list[str] = []
    row = ""
    room = width
    for word in text.split(" "):
        needed = cell_len(word)
        if needed + (1 if row else 0) <= room:
            row = f"{row} {word}" if row else word
            room = width - cell_len(row)
            continue
        if row:
            rows.append(row)
        if needed <= width:
            row = word
        else:
            *full, row = chop_cells(word, width)
            rows += full
        room = width - cell_len(row)
    return [*rows, row]


def cut(text: str, width: int, mark: str = "…") -> str:
    """`text` in at most `width` cells, with `mark` where something is left out."""
    if cell_len(text) <= width:
        return text
    room = width - cell_len(mark)
    if room < 0:
        return ""
    # The first glyph alone may be wider than the room.
    kept = chop_cells(text, room)[0] if room else ""
    return kept.rstrip() + mark


def cut_inside(text: str, width: int, mark: str = "…") -> str:
    """`text` in at most `width` cells: of a long one the beginning, up to a colon, and the end.

    For the path of a file, whose name stands at the end. Where no short beginning has a colon, the
    end is twice as long.
    """
    if cell_len(text) <= width:
        return text
    room = width - cell_len(mark)
    said, colon, _ = text.partition(": ")
    first = f"{said}{colon}"
    if not colon or cell_len(first) > room // 2:
        first = cut(text, room // 3, "")
    last = cut(text[::-1], room - cell_len(first), "")[::-1]
    return f"{first}{mark}{last}" if room > 0 else cut(text, width, mark)


def take_size(screen: Screen[Any]) -> None:
    """Give a screen that is about to compose the classes for the terminal's size.

    Textual sets them with the first resize, which comes after the first layout: a narrow screen
    would be drawn wide first.
    """
    app = screen.app
    for points, cells in (
        (app.HORIZONTAL_BREAKPOINTS, app.size.width),
        (app.VERTICAL_BREAKPOINTS, app.size.height),
    ):
        screen.add_class(max((at, name) for at, name in points or () if at <= cells)[1])

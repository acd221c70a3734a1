"""The tree of a session as plain indented text, for a shell."""

import textwrap
import unicodedata
from itertools import zip_longest
from uuid import UUID

from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.reports.marks import mark, waiting, words
from fivewhys.reports.parts import Part, parts

LEVELS = 12
"""Levels in one drawing: three columns each, which leaves a line of 80 columns room for words."""

_LEAST_WORDS = 24
"""Columns that a sentence gets at least, however far in it stands."""

_BOX = ("├─ ", "└─ ", "│  ", "   ")
_PLAIN_BOX = ("|- ", "`- ", "|  ", "   ")

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
        "·": "-",
        "×": "x",
        "→": "->",
        "ß": "ss",
        "Æ": "AE",
        "æ": "ae",
        "Ø": "O",
        "ø": "o",
        "Œ": "OE",
        "œ": "oe",
        "Ł": "L",
        "ł": "l",
        "€": "EUR",
    }
)


def text(tree: Tree, *, ascii_only: bool = False, width: int = 0) -> str:
    """The tree, one line a cause, under the problem; ends with a line break.

    Sentences are wrapped at `width` columns where one is given. With `ascii_only` every character
    is ASCII: accents and typographic marks become their nearest, anything else a question mark.
    """
    open_ones = waiting(tree)
    written = [*_wrapped(tree.problem.text, "", "", width)]
    for part in parts(tree, LEVELS):
        written += _part_lines(part, open_ones, ascii_only, width)
    whole = "\n".join(written) + "\n"
    return _ascii(whole) if ascii_only else whole


def _part_lines(part: Part, open_ones: set[UUID], ascii_only: bool, width: int) -> list[str]:
    branch, end, through, nothing = _PLAIN_BOX if ascii_only else _BOX
    written = []
    if part.number:
        written += ["", *_wrapped(part.top.text, f"({part.number}) ", "    ", width)]
    columns: list[str] = []
    for line, after in zip_longest(part.lines, part.lines[1:]):
        del columns[line.depth :]
        sign = mark(line.cause, line.cause.id in open_ones)
        shape = sign.ascii if ascii_only else sign.shape
        said = _said(line.cause, line.cause.id in open_ones)
        if line.goes_on:
            said += f" … goes on at ({line.goes_on})"
        before = "".join(columns)
        columns.append(nothing if line.last else through)
        first = f"{before}{end if line.last else branch}{shape} "
        to_answers = through if after and after.depth > line.depth else nothing
        written += _wrapped(said, first, f"{before}{columns[-1]}{to_answers}", width)
    return written


def _said(cause: Cause, is_open: bool) -> str:
    state = words(cause, is_open)
    reason = "; ".join(text.rstrip(".") for text in (cause.part_reason, cause.reason) if text)
    because = f" ({reason})" if reason else ""
    return f"{state}: {cause.text}{because}" if state else f"{cause.text}{because}"


def _wrapped(said: str, first: str, rest: str, width: int) -> list[str]:
    if not width:
        return [first + said]
    room = max(width - len(first), _LEAST_WORDS)
    lines = textwrap.wrap(said, room, break_on_hyphens=False) or [""]
    return [first + lines[0], *(rest + line for line in lines[1:])]


def _ascii(whole: str) -> str:
    apart = unicodedata.normalize("NFKD", whole.translate(_PLAIN))
    plain = "".join(char for char in apart if not unicodedata.combining(char))
    return plain.encode("ascii", "replace").decode("ascii")

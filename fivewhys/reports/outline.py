"""The tree of a session and its plan as plain indented text, for a shell."""

from itertools import zip_longest
from uuid import UUID

from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.reports.action_plan import Plan, Row
from fivewhys.reports.cells import wrapped
from fivewhys.reports.escape import plain_ascii
from fivewhys.reports.marks import in_ruled_out_branch, mark, waiting, words
from fivewhys.reports.parts import Part, parts
from fivewhys.reports.recorded import why_settled

LEVELS = 12
"""Levels in one drawing: three columns each, which leaves a line of 80 columns room for words."""

_LEAST_WORDS = 24
"""Columns that a sentence gets at least, however far in it stands."""

_BOX = ("├─ ", "└─ ", "│  ", "   ")
_PLAIN_BOX = ("|- ", "`- ", "|  ", "   ")


def text(tree: Tree, *, ascii_only: bool = False, width: int = 0) -> str:
    """The tree, one line a cause, under the problem; ends with a line break.

    Sentences are wrapped at `width` columns where one is given. With `ascii_only` every character
    is ASCII: accents and typographic marks become their nearest, anything else a question mark.
    """
    open_ones = waiting(tree)
    cut = {cause.id for cause in in_ruled_out_branch(tree)}
    problem = plain_ascii(tree.problem.text) if ascii_only else tree.problem.text
    written = [*_beside("", "", problem, width)]
    for part in parts(tree, LEVELS):
        written += _part_lines(part, open_ones, cut, ascii_only, width)
    return "\n".join(written) + "\n"


def plan(tree: Tree, *, ascii_only: bool = False, width: int = 0) -> str:
    """What is done about the causes, briefly: a heading and a line each; empty where nothing is."""
    rows = Plan(tree).rows
    if not rows:
        return ""
    written = ["Action plan"]
    places = len(str(len(rows)))
    for row in rows:
        first = f"{row.number:>{places}}. "
        written += _beside(first, " " * len(first), _brief(row, ascii_only), width)
    return "\n".join(written) + "\n"


def _brief(row: Row, ascii_only: bool) -> str:
    due = f"due {row.due}" if row.has_due else row.due
    parts = (row.owner, row.state) if row.is_done else (row.owner, due, row.state)
    said = f"{row.text} ({', '.join(parts)})"
    return plain_ascii(said) if ascii_only else said


def _part_lines(
    part: Part, open_ones: set[UUID], cut: set[UUID], ascii_only: bool, width: int
) -> list[str]:
    branch, end, through, nothing = _PLAIN_BOX if ascii_only else _BOX
    written = []
    if part.number:
        top = plain_ascii(part.top.text) if ascii_only else part.top.text
        number = f"({part.number}) "
        written += ["", *_beside(number, " " * len(number), top, width)]
    columns: list[str] = []
    for line, after in zip_longest(part.lines, part.lines[1:]):
        del columns[line.depth :]
        sign = mark(line.cause, line.cause.id in open_ones)
        said = _said(line.cause, line.cause.id in open_ones, line.cause.id in cut)
        if line.goes_on:
            said += f" … goes on at ({line.goes_on})"
        if ascii_only:
            said = plain_ascii(said)
        before = "".join(columns)
        columns.append(nothing if line.last else through)
        first = f"{before}{end if line.last else branch}{sign.ascii if ascii_only else sign.shape} "
        to_answers = through if after and after.depth > line.depth else nothing
        # A mark and its space take two columns, so the words of all lines stand in one column.
        written += _beside(first, f"{before}{columns[-1]}{to_answers[:2]}", said, width)
    return written


def _said(cause: Cause, is_open: bool, is_cut: bool) -> str:
    state = words(cause, is_open, is_cut)
    reasons = (cause.part_reason, why_settled(cause))
    reason = "; ".join(text.rstrip(".") for text in reasons if text)
    because = f" ({reason})" if reason else ""
    return f"{state}: {cause.text}{because}" if state else f"{cause.text}{because}"


def _beside(first: str, rest: str, said: str, width: int) -> list[str]:
    """`said` beside `first`, and beside `rest`, which is as long, where it needs more lines."""
    if not width:
        return [first + said]
    lines = wrapped(said, max(width - len(first), _LEAST_WORDS))
    return [(rest if place else first) + line for place, line in enumerate(lines)]

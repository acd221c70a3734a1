"""The tree of a session as Mermaid flowcharts, from the problem downwards.

States are told by the form of the box, by a mark and by a word; there are no colours, so that the
picture reads on light and dark pages and in print.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.models.words import Kind, Status
from fivewhys.reports import marks
from fivewhys.reports.escape import mermaid
from fivewhys.text import excerpt

MOST_NODES = 400
"""Nodes in one picture. Mermaid draws at most 500 edges; this leaves some for its next version."""

MOST_CHARACTERS = 50_000
"""Characters in one picture: Mermaid's own limit (`maxTextSize`), which GitHub keeps."""

MOST_PICTURES = 12
"""Pictures of one tree: more of them nobody looks at."""

LABEL = 120
"""Characters of a cause in its box; the lists beside the picture hold the whole sentence."""

_FORM = {
    marks.ANSWERED: ("[", "]"),
    marks.OPEN: ("(", ")"),
    marks.SUSPECTED: ("(", ")"),
    marks.VERIFIED: ("[", "]"),
    marks.ROOT: ("{{", "}}"),
    marks.CONTRIBUTING: ("[/", "/]"),
    marks.CONDITION: ("[\\", "\\]"),
    marks.RULED_OUT: (">", "]"),
    marks.STOPPED: ("[[", "]]"),
}
_STYLE = {
    marks.ROOT: ("rootCause", "stroke-width:4px,font-weight:bold"),
    marks.OPEN: ("openCause", "stroke-dasharray:6 4"),
    marks.SUSPECTED: ("suspectedCause", "stroke-dasharray:6 4"),
    marks.RULED_OUT: ("ruledOutCause", "stroke-dasharray:2 4"),
}


_PROBLEM_FORM = ("([", "])")

_LINE_COST = 48
"""What a node takes besides its box: its own and its arrow's ids, arrow, spaces, line ends."""


class TooLarge(ValueError):
    """The tree does not fit into one picture; `pictures` splits it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One flowchart and what is in it."""

    first: int
    last: int
    """The causes right below the problem that it shows, counted from 1, both included."""
    code: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of one tree, and what they leave out."""

    drawn: tuple[Picture, ...]
    left_out: tuple[Cause, ...] = ()
    """The causes right below the problem whose branch is too large for a picture."""


def flowchart(tree: Tree) -> str:
    """The whole tree as one Mermaid flowchart. Raises `TooLarge` where it does not fit into one."""
    boxes = _boxes(tree)
    if not _fits(len(boxes), sum(map(len, boxes.values()))):
        raise TooLarge(f"A tree of {len(boxes):,} nodes is too large for one picture.")
    return _written(tree, boxes, tree.answers(tree.problem.id))


def pictures(tree: Tree) -> Pictures:
    """The tree in as few pictures as it fits into, split by the problem's branches.

    A branch that is too large for a picture is left out, and so is everything where there would
    be more than a dozen of them.
    """
    boxes = _boxes(tree)
    answers = tree.answers(tree.problem.id)
    top = len(boxes[tree.problem.id])
    groups: list[list[int]] = []
    left_out = []
    nodes = characters = MOST_CHARACTERS
    for place, cause in enumerate(answers):
        below = [len(boxes[node.id]) for node, _ in tree.walk(cause.id)]
        if not _fits(len(below) + 1, sum(below) + top):
            left_out.append(cause)
            nodes = MOST_NODES
            continue
        nodes += len(below)
        characters += sum(below)
        if not groups or not _fits(nodes, characters):
            groups.append([])
            nodes, characters = len(below) + 1, sum(below) + top
        groups[-1].append(place)
    if len(groups) > MOST_PICTURES or not answers:
        return Pictures((), tuple(answers))
    return Pictures(
        tuple(
            Picture(group[0] + 1, group[-1] + 1, _written(tree, boxes, [answers[i] for i in group]))
            for group in groups
        ),
        tuple(left_out),
    )


def _fits(nodes: int, characters: int) -> bool:
    return nodes <= MOST_NODES and characters + nodes * _LINE_COST <= MOST_CHARACTERS


def _boxes(tree: Tree) -> dict[UUID, str]:
    """Each node as its box with label and style, but without an id."""
    waiting = marks.waiting(tree)
    cut = {cause.id for cause in marks.in_ruled_out_branch(tree)}
    return {cause.id: _box(cause, cause.id in waiting, cause.id in cut) for cause, _ in tree.walk()}


def _box(cause: Cause, waiting: bool, is_cut: bool) -> str:
    words = excerpt(cause.text, LABEL)
    sign = marks.mark(cause, waiting)
    if cause.kind is Kind.PROBLEM:
        left, right = _PROBLEM_FORM
        label = mermaid(words)
        style = ""
    else:
        left, right = _FORM[sign]
        state = marks.words(cause, waiting, is_cut)
        label = mermaid(f"{sign.shape} {state}: {words}" if state else words)
        style = f":::{_STYLE[sign][0]}" if sign in _STYLE else ""
    return f'{left}"{label}"{right}{style}'


def _written(tree: Tree, boxes: dict[UUID, str], answers: Iterable[Cause]) -> str:
    """The problem and the branches of `answers` as one flowchart."""
    lines = ["flowchart TD", f"    n0{boxes[tree.problem.id]}"]
    names = {tree.problem.id: "n0"}
    for answer in answers:
        for cause, _ in tree.walk(answer.id):
            name = names[cause.id] = f"n{len(names)}"
            arrow = "-.->" if cause.status is Status.RULED_OUT else "-->"
            above = names[cause.parent_id or tree.problem.id]
            lines.append(f"    {above} {arrow} {name}{boxes[cause.id]}")
    code = "\n".join(lines)
    used = [
        f"    classDef {name} {style}" for name, style in _STYLE.values() if f":::{name}" in code
    ]
    return "\n".join([code, *used]) + "\n"

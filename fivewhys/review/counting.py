"""What is counted in one session for the quality of analyses."""

from typing import NamedTuple
from uuid import UUID
from zlib import crc32

from fivewhys.facilitation.lint import blaming
from fivewhys.facilitation.read_back import ReadBack
from fivewhys.facilitation.rules.table import RULE_SET
from fivewhys.models.tree import Tree
from fivewhys.models.words import Kind, Status
from fivewhys.review.columns import UNKNOWN, Rows, Sessions, among

WAY = 1
"""Counted up where something is counted in another way, so that all is counted anew."""

RULES = f"{RULE_SET}/{WAY}"
"""Which rules counted."""


class Counts(NamedTuple):
    """The counts of one session, none of which names anybody: `fivewhys.review.columns.COUNTS`."""

    causes: int
    """Causes outside ruled-out branches, roots among them."""
    roots: int
    with_evidence: int
    """Roots with a piece of evidence that supports them."""
    points: int
    """Points of the root list that are ticked, over all roots."""
    questions: int
    """Questions that its read-back asks."""
    answered: int
    legs: int
    """Legs that a cause was asked about: 0 to 3."""
    blame: int
    """Prompts about blame that still stand."""
    depth: int | None
    """Whys from the problem to the deepest root; None without a root."""


def row(tree: Tree) -> tuple[int, ...]:
    """What there is in a session, as a row of `fivewhys.review.columns.Part.COUNT`."""
    found = counts(tree)
    depth = UNKNOWN if found.depth is None else found.depth
    return (tree.session.number, tree.seq, rules(), *found[:-1], depth)


def current(sessions: Sessions, rows: Rows) -> Rows:
    """Of what was counted, that of sessions as they are now, and by the rules as they are."""
    is_current = rows["seq"] == sessions["seq"][rows.session]
    return rows.where(is_current & (rows["rules"] == rules()))


def waiting(sessions: Sessions, counted: Rows) -> list[int]:
    """The numbers of the sessions that are still to be counted, ascending."""
    numbers: list[int] = sessions.number[~among(len(sessions), counted.session)].tolist()
    return numbers


def rules() -> int:
    """Which rules counted, as a number."""
    return crc32(RULES.encode())


def counts(tree: Tree) -> Counts:
    """What there is in a session. Nothing in ruled-out branches counts.

    For example: Counts(causes=5, roots=1, with_evidence=1, points=8, questions=7, answered=7, …)
    """
    roots = tree.roots()
    read = ReadBack.of(tree)
    standing = _standing(tree)
    legs = {tree.causes[key].leg for key in standing if tree.causes[key].kind is Kind.CAUSE} - {
        None
    }
    return Counts(
        causes=len(standing) - 1,
        roots=len(roots),
        with_evidence=sum(any(one.supports for one in tree.evidence(root.id)) for root in roots),
        points=sum(len(tree.checked_points(root.id)) for root in roots),
        questions=len(read.questions),
        answered=read.answered,
        legs=len(legs),
        blame=blaming(tree),
        depth=max((standing[root.id] for root in roots), default=None),
    )


def _standing(tree: Tree) -> dict[UUID, int]:
    """Every node outside ruled-out branches, the problem too, with its depth."""
    depths: dict[UUID, int] = {}
    waiting = [(tree.problem.id, 0)]
    while waiting:
        key, depth = waiting.pop()
        if tree.causes[key].status is Status.RULED_OUT:
            continue
        depths[key] = depth
        waiting += [(child, depth + 1) for child in tree.children(key)]
    return depths

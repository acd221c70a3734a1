"""The mark of a node: a shape and a word, the same on screens, in Markdown, pictures and shells.

Nothing is told by colour alone, so each state has a shape of its own, and a word to read aloud.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.models.words import STATUS_WORDS, Part, Status


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape of one column, its stand-in for plain ASCII, and the word for both."""

    shape: str
    ascii: str
    word: str


ANSWERED = Mark("●", "*", "")
"""Somebody has asked why, and the answers are below: the usual case, which needs no word."""
OPEN = Mark("○", "o", "open")
SUSPECTED = Mark("?", "?", "suspected")
VERIFIED = Mark("✓", "v", "verified")
ROOT = Mark("◆", "#", "root")
CONTRIBUTING = Mark("◇", "+", "contributing")
RULED_OUT = Mark("✗", "x", "ruled out")
CONDITION = Mark("□", "~", "condition")
"""Not ours to change, so no why is asked of it."""
STOPPED = Mark("■", "=", "stopped")

MARKS = (ANSWERED, OPEN, SUSPECTED, VERIFIED, ROOT, CONTRIBUTING, CONDITION, RULED_OUT, STOPPED)
"""Every mark there is, for legends."""

_OF_STATUS = {
    Status.SUSPECTED: SUSPECTED,
    Status.VERIFIED: VERIFIED,
    Status.RULED_OUT: RULED_OUT,
    Status.STOPPED: STOPPED,
}
_OF_PART = {Part.ROOT: ROOT, Part.CONTRIBUTING: CONTRIBUTING, Part.CONDITION: CONDITION}


def mark(cause: Cause, waiting: bool) -> Mark:
    """The mark of `cause`; `waiting` says whether it still waits for a why.

    What the team decided outranks what it knows: ruled out, then root, contributing or condition,
    then the status. `words` tells the rest.
    """
    if cause.status is Status.RULED_OUT:
        return RULED_OUT
    if cause.part is not None:
        return _OF_PART[cause.part]
    return _OF_STATUS.get(cause.status) or (OPEN if waiting else ANSWERED)


def mark_of(tree: Tree, key: UUID) -> Mark:
    """The mark of one node. Whoever walks the whole tree takes `waiting` and `mark` instead."""
    cut = any(node.status is Status.RULED_OUT for node in tree.path(key))
    return mark(tree.causes[key], tree.is_open(key) and not cut)


def words(cause: Cause, waiting: bool, is_cut: bool = False) -> str:
    """All that is settled about `cause`, in words: “root, verified”; empty where it is answered.

    `is_cut` says whether it stands in a ruled-out branch, where roots count no more.
    """
    first = mark(cause, waiting).word
    status = STATUS_WORDS[cause.status] if cause.status in _OF_STATUS else ""
    # What was done about a root did not help, so it waits for a why once more.
    again = "open again" if waiting and cause.part is Part.ROOT else ""
    told = ", ".join(dict.fromkeys(word for word in (first, status, again) if word))
    return f"{told} (its branch is ruled out)" if is_cut and cause.part else told


def waiting(tree: Tree) -> set[UUID]:
    """The nodes that still wait for a why; nothing in a ruled-out branch does."""
    return {cause.id for cause in tree.open_questions()}


def in_ruled_out_branch(tree: Tree) -> Iterator[Cause]:
    """Every node below one that was ruled out, in the tree's order."""
    cut = -1
    for cause, depth in tree.walk():
        if 0 <= cut < depth:
            yield cause
        else:
            cut = depth if cause.status is Status.RULED_OUT else -1

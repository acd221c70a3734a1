"""Rules about the shape of the analysis: evidence, order in time, steps between levels, breadth.

They take plain values, so that the live session, the read-back and the check of a finished session
can all ask them. What an answer says is not looked at here.
"""

from collections.abc import Sequence
from datetime import datetime

from fivewhys.facilitation.prompt import MarkSuspected, Prompt
from fivewhys.models.words import Status

NARROW_LEVELS = 3
"""Levels in a row with one child from which on a tree may be too narrow (rulebook R19)."""
SHALLOWEST = 3
"""The depth under which a root is likely still an event (rulebook, root check list)."""
DEEPEST = 7
"""The depth beyond which a root likely leaves what the team can change."""

_NO_EVIDENCE = Prompt("no_evidence", "R16", "What did we see, count or read?", (MarkSuspected(),))
_TIME_ORDER = Prompt("time_order", "R17", "A cause cannot follow its effect. Which time is wrong?")
_JUMP = Prompt("jump", "R18", "What had to happen in between?")
_NARROW = Prompt("narrow", "R19", "What else had to be true?")
_SHALLOW = Prompt("shallow", "", "Still an event? What let it happen?")
_DEEP = Prompt("deep", "", "Leaving our reach? Who of us could change this?")


def no_evidence(status: Status, pieces: int) -> Prompt | None:
    """R16: why is asked of a cause that has no evidence and is not marked suspected.

    `pieces` is how much evidence the cause has. A verified cause was checked, a ruled-out one is
    not asked further.

    >>> no_evidence(Status.OPEN, 0).id
    'R16'
    >>> no_evidence(Status.SUSPECTED, 0) is None
    True
    """
    return _NO_EVIDENCE if status is Status.OPEN and pieces == 0 else None


def time_order(cause: datetime | None, effect: datetime | None) -> Prompt | None:
    """R17: a cause that is dated after its effect; both moments are aware, None if unknown."""
    if cause is None or effect is None or cause <= effect:
        return None
    return _TIME_ORDER


def jump(follows: bool | None) -> Prompt | None:
    """R18: the read-back of a link was answered no; None is not answered yet."""
    return _JUMP if follows is False else None


def narrow(children: Sequence[int]) -> Prompt | None:
    """R19: one child at three levels running.

    `children` is how many causes each node on the way down has, the problem first.

    >>> narrow([2, 1, 1, 1]).text
    'What else had to be true?'
    >>> narrow([1, 1]) is None
    True
    """
    last = children[-NARROW_LEVELS:]
    return _NARROW if len(last) == NARROW_LEVELS and all(count == 1 for count in last) else None


def depth_hint(depth: int) -> Prompt | None:
    """A hint for a root at `depth`, the number of whys that lead to it: too near or too far.

    >>> depth_hint(2).rule, depth_hint(5), depth_hint(8).rule
    ('shallow', None, 'deep')
    """
    if depth < SHALLOWEST:
        return _SHALLOW
    return _DEEP if depth > DEEPEST else None

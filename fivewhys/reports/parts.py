"""A tree cut into lists of bounded depth, so that a very deep one stays readable.

Real chains are one to seven whys deep and come out as one list. Where a branch goes deeper than a
list should, the list says where it goes on, and another list begins there.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause


@dataclass(frozen=True, slots=True)
class Line:
    """One cause in a list."""

    cause: Cause
    depth: int
    """0 for the causes that the list begins with."""
    last: bool
    """Whether it is the last answer to its why."""
    goes_on: int
    """The number of the list in which its answers are, or 0 where they follow right below."""


@dataclass(frozen=True, slots=True)
class Part:
    """One list: what is below `top`, at most so many levels deep."""

    number: int
    """0 for the list that begins at the problem."""
    top: Cause
    lines: tuple[Line, ...]


def parts(tree: Tree, levels: int) -> Iterator[Part]:
    """The causes of `tree` in lists of at most `levels` levels; each cause is in one of them."""
    waiting = deque([(0, tree.problem)])
    number = 0
    while waiting:
        place, top = waiting.popleft()
        lines = []
        stack = _below(tree, top.id, 0)
        while stack:
            cause, depth, last = stack.pop()
            goes_on = 0
            if tree.children(cause.id):
                if depth + 1 < levels:
                    stack += _below(tree, cause.id, depth + 1)
                else:
                    number += 1
                    goes_on = number
                    waiting.append((number, cause))
            lines.append(Line(cause, depth, last, goes_on))
        yield Part(place, top, tuple(lines))


def _below(tree: Tree, key: UUID, depth: int) -> list[tuple[Cause, int, bool]]:
    answers = tree.answers(key)
    last = len(answers) - 1
    return [(answers[place], depth, place == last) for place in range(last, -1, -1)]

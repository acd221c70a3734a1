"""Giving an answer to a why, and what an answer does to the session and the cause above it."""

from uuid import UUID

from fivewhys.models.commands.causes import new_cause
from fivewhys.models.commands.command import Command, Moment
from fivewhys.models.commands.fields import Line, Statement
from fivewhys.models.commands.finding import find_node, refuse_ruled_out
from fivewhys.models.commands.positions import GAP
from fivewhys.models.delta import Operation, changed, inserted
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.models.words import Leg, State, Status
from fivewhys.text import excerpt


class Answer(Command):
    """Give an answer to why of `parent`: a new cause after its other answers."""

    parent: UUID
    text: Statement
    said_by: Line = ""
    leg: Leg | None = None

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        parent = find_node(tree, self.parent)
        refuse_ruled_out(tree, parent)
        cause = new_cause(
            tree.session.id, parent.id, _end_position(tree, parent.id), self.text, moment
        )
        extra = {"said_by": self.said_by, "leg": self.leg}
        operation = inserted(cause)
        return [
            *_gone_on(tree),
            *asked_again(parent),
            Operation("cause", cause.id, None, {**(operation.after or {}), **extra}),
        ]

    def label(self, tree: Tree) -> str:
        return f"answer: {excerpt(self.text)}"


def _gone_on(tree: Tree) -> list[Operation]:
    """An answer in a finished session opens it again."""
    if tree.session.state is State.FINISHED:
        return changed(tree.session, state=State.OPEN, finished_at=None)
    return []


def asked_again(parent: Cause) -> list[Operation]:
    """An answer below a stopped cause means that the asking goes on."""
    if parent.status is Status.STOPPED:
        return changed(parent, status=Status.OPEN, reason="")
    return []


def _end_position(tree: Tree, parent: UUID) -> int:
    children = tree.children(parent)
    return tree.causes[children[-1]].position + GAP if children else GAP

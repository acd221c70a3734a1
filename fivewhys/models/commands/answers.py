"""Giving an answer to a why, and what an answer does to the cause above it."""

from dataclasses import replace
from uuid import UUID

from fivewhys.models.commands.causes import new_cause
from fivewhys.models.commands.command import Command, Moment
from fivewhys.models.commands.fields import Line, Statement
from fivewhys.models.commands.finding import find_node, refuse_ruled_out
from fivewhys.models.commands.reopening import going_on
from fivewhys.models.commands.siblings import room_after
from fivewhys.models.delta import Operation, changed, inserted
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.models.words import Leg, Status
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
        position, moved = room_after(tree.answers(parent.id))
        cause = replace(
            new_cause(tree.session.id, parent.id, position, self.text, moment),
            said_by=self.said_by,
            leg=self.leg,
        )
        return going_on(tree, [*asked_again(parent), *moved, inserted(cause)])

    def label(self, tree: Tree) -> str:
        return f"answer: {excerpt(self.text)}"


def asked_again(parent: Cause) -> list[Operation]:
    """An answer below a stopped cause means that the asking goes on."""
    if parent.status is Status.STOPPED:
        return changed(parent, status=Status.OPEN, reason="", stop=None)
    return []

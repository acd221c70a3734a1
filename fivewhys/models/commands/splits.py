"""One answer that holds two: two causes side by side, two levels, or a level that was skipped.

The row of the cause stays in each, with its evidence and what the team decided about it. Answers
of the read-back go with the links and words they were given to; the history keeps them.
"""

from dataclasses import replace
from uuid import UUID

from fivewhys.models.commands.answers import asked_again
from fivewhys.models.commands.causes import new_cause
from fivewhys.models.commands.command import Command, Moment
from fivewhys.models.commands.fields import Statement
from fivewhys.models.commands.finding import find_cause, refuse_ruled_out, words_of
from fivewhys.models.commands.links import reworded, unlinked
from fivewhys.models.commands.positions import GAP
from fivewhys.models.commands.reopening import going_on
from fivewhys.models.commands.siblings import room_among
from fivewhys.models.delta import Operation, changed, inserted
from fivewhys.models.tree import Tree
from fivewhys.text import excerpt


class InsertBetween(Command):
    """Put a cause between a cause and what it led to, at its place among its siblings.

    The branch's leg goes to the new cause: it is what answers the leg's question now.
    """

    cause: UUID
    text: Statement

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        cause = find_cause(tree, self.cause)
        refuse_ruled_out(tree, cause)
        between = replace(
            new_cause(tree.session.id, cause.parent_id, cause.position, self.text, moment),
            leg=cause.leg,
        )
        operations = [
            *unlinked(tree, cause),
            inserted(between),
            *changed(cause, parent_id=between.id, position=GAP, leg=None),
        ]
        return going_on(tree, operations)

    def label(self, tree: Tree) -> str:
        return f"insert: {excerpt(self.text)}"


class SplitCauses(Command):
    """Make two causes of one, side by side: its row says `first`, a new one after it `second`."""

    cause: UUID
    first: Statement
    second: Statement

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        cause = find_cause(tree, self.cause)
        refuse_ruled_out(tree, cause)
        assert cause.parent_id is not None
        siblings = tree.answers(cause.parent_id)
        position, moved = room_among(siblings, siblings.index(cause) + 1)
        beside = replace(
            new_cause(tree.session.id, cause.parent_id, position, self.second, moment),
            leg=cause.leg,
            said_by=cause.said_by,
        )
        operations = [
            *reworded(tree, cause),
            *moved,
            *changed(cause, text=self.first),
            inserted(beside),
        ]
        return going_on(tree, operations)

    def label(self, tree: Tree) -> str:
        return f"split in two causes: {words_of(tree, self.cause)}"


class SplitLevels(Command):
    """Make two levels of one cause: its row says `effect`, a new cause under it says `below`.

    The answers to why of the cause become answers to why of the new one.
    """

    cause: UUID
    effect: Statement
    below: Statement

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        cause = find_cause(tree, self.cause)
        refuse_ruled_out(tree, cause)
        under = replace(
            new_cause(tree.session.id, cause.id, GAP, self.below, moment), said_by=cause.said_by
        )
        operations = [
            *reworded(tree, cause),
            *asked_again(cause),
            *changed(cause, text=self.effect),
            inserted(under),
        ]
        for child in tree.answers(cause.id):
            operations += changed(child, parent_id=under.id)
        return going_on(tree, operations)

    def label(self, tree: Tree) -> str:
        return f"split in two levels: {words_of(tree, self.cause)}"

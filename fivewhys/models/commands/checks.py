"""Ticking the points of the list that is gone through before a cause is called root."""

from uuid import UUID

from fivewhys.models.commands.command import Command, Moment
from fivewhys.models.commands.finding import find_cause, refuse_ruled_out, words_of
from fivewhys.models.delta import Operation, inserted, removed
from fivewhys.models.tree import Tree
from fivewhys.models.values import RootCheck
from fivewhys.models.words import RootPoint


class CheckRoot(Command):
    """Tick a point of the root list for a cause, or take the tick away.

    What is not ticked blocks nothing; it stays open, and reports say so.
    """

    cause: UUID
    point: RootPoint
    held: bool

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        cause = find_cause(tree, self.cause)
        ticked = [check for check in tree.root_checks(cause.id) if check.point is self.point]
        if not self.held:
            return [removed(check) for check in ticked]
        refuse_ruled_out(tree, cause)
        if ticked:
            return []
        check = RootCheck(
            id=moment.new_key(),
            session_id=tree.session.id,
            cause_id=cause.id,
            point=self.point,
            said_by=moment.actor,
            created_at=moment.now,
        )
        return [inserted(check)]

    def label(self, tree: Tree) -> str:
        what = "ticked" if self.held else "not ticked"
        return f"root list, {self.point.replace('_', ' ')} {what}: {words_of(tree, self.cause)}"

"""Hanging a branch elsewhere in the tree."""

from uuid import UUID

from fivewhys.models.commands.answers import asked_again
from fivewhys.models.commands.command import Command, Moment, Refused
from fivewhys.models.commands.finding import find_cause, find_node, refuse_ruled_out, words_of
from fivewhys.models.commands.links import unlinked
from fivewhys.models.commands.reopening import going_on
from fivewhys.models.commands.siblings import room_among
from fivewhys.models.delta import Operation, changed
from fivewhys.models.tree import Tree


class MoveCause(Command):
    """Hang a branch under another node, before one of its answers or after them all."""

    cause: UUID
    parent: UUID
    before: UUID | None = None

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        cause = find_cause(tree, self.cause)
        parent = find_node(tree, self.parent)
        if tree.is_below(parent.id, cause.id):
            raise Refused("A cause cannot hang under itself. Choose a place outside its branch.")
        if parent.id != cause.parent_id:
            refuse_ruled_out(tree, parent)
        now = tree.children(parent.id)
        if self.before is not None and self.before not in now:
            raise Refused("That place is gone. Choose another.")
        if self.before == cause.id:
            return []
        siblings = [key for key in now if key != cause.id]
        place = len(siblings) if self.before is None else siblings.index(self.before)
        if parent.id == cause.parent_id and now[place] == cause.id:
            return []
        room, moved = room_among([tree.causes[key] for key in siblings], place)
        operations = []
        if parent.id != cause.parent_id:
            operations += [*asked_again(parent), *unlinked(tree, cause)]
        operations += [*moved, *changed(cause, parent_id=parent.id, position=room)]
        return going_on(tree, operations)

    def label(self, tree: Tree) -> str:
        return f"move: {words_of(tree, self.cause)}"

"""Hanging a branch elsewhere in the tree."""

from uuid import UUID

from fivewhys.models.commands.answers import asked_again
from fivewhys.models.commands.command import Command, Moment, Refused
from fivewhys.models.commands.finding import find_cause, find_node, refuse_ruled_out, words_of
from fivewhys.models.commands.positions import room_at
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
        siblings = [key for key in tree.children(parent.id) if key != cause.id]
        if self.before is not None and self.before not in siblings:
            raise Refused("That place is gone. Choose another.")
        place = len(siblings) if self.before is None else siblings.index(self.before)
        positions = [tree.causes[key].position for key in siblings]
        room, shifted = room_at(positions, place)
        operations = asked_again(parent) if parent.id != cause.parent_id else []
        for key, position in zip(siblings, shifted, strict=True):
            operations += changed(tree.causes[key], position=position)
        old = (cause.parent_id, tree.children(cause.parent_id or parent.id))
        new = (parent.id, (*siblings[:place], cause.id, *siblings[place:]))
        return [] if old == new else operations + changed(cause, parent_id=parent.id, position=room)

    def label(self, tree: Tree) -> str:
        return f"move: {words_of(tree, self.cause)}"

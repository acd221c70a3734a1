"""What can be said of a single cause, and taking one away with its branch.

Where it hangs is for `moves`, what the team decides about it for `decisions`.
"""

from typing import Self
from uuid import UUID

from pydantic import model_validator

from fivewhys.models.commands.command import Command, Moment
from fivewhys.models.commands.fields import Line, Statement
from fivewhys.models.commands.finding import find_cause, find_node, words_of
from fivewhys.models.commands.reopening import going_on
from fivewhys.models.delta import Operation, changed, inserted, inverse
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.models.words import Kind, Leg, Status
from fivewhys.text import excerpt


class EditCause(Command):
    """Give a cause or the problem other words."""

    cause: UUID
    text: Statement

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        return changed(find_node(tree, self.cause), text=self.text)

    def label(self, tree: Tree) -> str:
        return f"edit: {excerpt(self.text)}"


class AskInstead(Command):
    """Word the why-question of a node by hand; an empty text brings the formed one back."""

    cause: UUID
    question: Line

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        return changed(find_node(tree, self.cause), question=self.question)

    def label(self, tree: Tree) -> str:
        return f"question: {excerpt(self.question)}"


class SetLeg(Command):
    """Say which question a branch answers: occurrence, detection or system."""

    cause: UUID
    leg: Leg | None

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        return changed(find_cause(tree, self.cause), leg=self.leg)

    def label(self, tree: Tree) -> str:
        return f"{self.leg.value if self.leg else 'no'} leg: {words_of(tree, self.cause)}"


class SetSaidBy(Command):
    """Keep who said a cause."""

    cause: UUID
    name: Line

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        return changed(find_cause(tree, self.cause), said_by=self.name)

    def label(self, tree: Tree) -> str:
        return f"said by {self.name or 'nobody named'}: {words_of(tree, self.cause)}"


class Categorize(Command):
    """Put a cause into a category of a lens, as the team's own or a built-in list names them.

    Both names empty take it out again.
    """

    cause: UUID
    lens: Line
    category: Line

    @model_validator(mode="after")
    def _both(self) -> Self:
        if bool(self.lens) != bool(self.category):
            raise ValueError("A category belongs to a lens: give both, or neither")
        return self

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        cause = find_cause(tree, self.cause)
        return changed(cause, lens=self.lens, category=self.category)

    def label(self, tree: Tree) -> str:
        name = (
            f"{excerpt(self.lens, 40)}, {excerpt(self.category, 40)}"
            if self.lens
            else "no category"
        )
        return f"{name}: {words_of(tree, self.cause)}"


class DeleteCause(Command):
    """Take a branch out of the tree, with everything on it. Undo brings it back."""

    cause: UUID

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        cause = find_cause(tree, self.cause)
        operations = []
        for node, _ in tree.walk(cause.id):
            operations += [inserted(node), *map(inserted, tree.on(node.id))]
        return going_on(tree, inverse(operations))

    def label(self, tree: Tree) -> str:
        return f"delete: {words_of(tree, self.cause)}"


def new_cause(
    session: UUID, parent: UUID | None, position: int, text: str, moment: Moment
) -> Cause:
    """A row of which nothing is known but its words; without `parent` it is the problem."""
    return Cause(
        id=moment.new_key(),
        session_id=session,
        parent_id=parent,
        kind=Kind.CAUSE if parent else Kind.PROBLEM,
        position=position,
        text=text,
        question="",
        status=Status.OPEN,
        reason="",
        part=None,
        part_reason="",
        leg=None,
        said_by="",
        created_at=moment.now,
    )

"""Ideas kept aside: parking them, using them as answers, dropping them."""

from uuid import UUID

from fivewhys.models.commands.answers import Answer
from fivewhys.models.commands.command import Command, Moment, Refused
from fivewhys.models.commands.fields import Line, Statement
from fivewhys.models.commands.finding import find_cause, words_of
from fivewhys.models.commands.positions import GAP
from fivewhys.models.delta import Operation, inserted, removed
from fivewhys.models.tree import Tree
from fivewhys.models.values import Parked
from fivewhys.text import excerpt


class Park(Command):
    """Keep an idea aside."""

    text: Statement
    said_by: Line = ""

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        return [inserted(_new(tree, self.text, self.said_by, moment))]

    def label(self, tree: Tree) -> str:
        return f"park: {excerpt(self.text)}"


class ParkCause(Command):
    """Take a cause without answers out of the tree and keep it aside."""

    cause: UUID

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        cause = find_cause(tree, self.cause)
        if tree.children(cause.id) or tree.evidence(cause.id):
            raise Refused("Only a cause with nothing on it can be parked. Move it or rule it out.")
        return [removed(cause), inserted(_new(tree, cause.text, cause.said_by, moment))]

    def label(self, tree: Tree) -> str:
        return f"park: {words_of(tree, self.cause)}"


class UseParked(Command):
    """Give a parked idea as an answer to why of `parent`, in these words."""

    parked: UUID
    parent: UUID
    text: Statement

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        idea = _find(tree, self.parked)
        answer = Answer(parent=self.parent, text=self.text, said_by=idea.said_by)
        return [removed(idea), *answer.plan(tree, moment)]

    def label(self, tree: Tree) -> str:
        return f"answer: {excerpt(self.text)}"


class DeleteParked(Command):
    """Take a parked idea away."""

    parked: UUID

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        return [removed(_find(tree, self.parked))]

    def label(self, tree: Tree) -> str:
        return f"delete parked: {excerpt(_find(tree, self.parked).text)}"


def _find(tree: Tree, key: UUID) -> Parked:
    for idea in tree.parked:
        if idea.id == key:
            return idea
    raise Refused("That idea is no longer parked.")


def _new(tree: Tree, text: str, said_by: str, moment: Moment) -> Parked:
    return Parked(
        id=moment.new_key(),
        session_id=tree.session.id,
        position=tree.parked[-1].position + GAP if tree.parked else GAP,
        text=text,
        said_by=said_by,
        created_at=moment.now,
    )

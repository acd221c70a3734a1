"""Ideas kept aside: parking them, using them as answers, dropping them."""

from uuid import UUID

from fivewhys.models.commands.answers import Answer
from fivewhys.models.commands.command import Command, Moment, Refused
from fivewhys.models.commands.fields import Line, Statement
from fivewhys.models.commands.finding import find_cause, words_of
from fivewhys.models.commands.reopening import going_on
from fivewhys.models.commands.siblings import room_after
from fivewhys.models.delta import Operation, inserted, removed
from fivewhys.models.tree import Tree
from fivewhys.models.values import Parked
from fivewhys.text import excerpt


class Park(Command):
    """Keep an idea aside."""

    text: Statement
    said_by: Line = ""

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        return _parked(tree, self.text, self.said_by, moment)

    def label(self, tree: Tree) -> str:
        return f"park: {excerpt(self.text)}"


class ParkCause(Command):
    """Take a cause without answers out of the tree and keep it aside."""

    cause: UUID

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        cause = find_cause(tree, self.cause)
        settled = (
            tree.evidence(cause.id),
            tree.link_answers(cause.id),
            tree.root_checks(cause.id),
            tree.countermeasures(cause.id),
        )
        if tree.children(cause.id) or any(settled):
            raise Refused("Only a cause with nothing on it can be parked. Move it or rule it out.")
        parked = _parked(tree, cause.text, cause.said_by, moment)
        # Prompts were put aside for the answer; an idea gets none.
        dismissed = map(removed, tree.dismissals(cause.id))
        return going_on(tree, [*dismissed, removed(cause), *parked])

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


def _parked(tree: Tree, text: str, said_by: str, moment: Moment) -> list[Operation]:
    position, moved = room_after(tree.parked)
    idea = Parked(
        id=moment.new_key(),
        session_id=tree.session.id,
        position=position,
        text=text,
        said_by=said_by,
        created_at=moment.now,
    )
    return [*moved, inserted(idea)]

"""A session as a whole: beginning, finishing and reopening it, deleting it and bringing it back."""

from pydantic import BaseModel, ConfigDict

from fivewhys.models.commands.causes import new_cause
from fivewhys.models.commands.command import Command, Moment
from fivewhys.models.commands.facts import Facts
from fivewhys.models.commands.fields import Statement
from fivewhys.models.commands.people import NewPerson, new_person
from fivewhys.models.commands.positions import GAP
from fivewhys.models.delta import Operation, changed, inserted
from fivewhys.models.tree import Tree
from fivewhys.models.values import WhySession
from fivewhys.models.words import State


class StartSession(BaseModel):
    """Begin a session with its problem."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    problem: Statement
    facts: Facts = Facts()
    people: tuple[NewPerson, ...] = ()

    def plan(self, moment: Moment) -> list[Operation]:
        """The insertions that make the new session."""
        facts = {name: getattr(self.facts, name) for name in Facts.model_fields}
        facts["facilitator"] = facts["facilitator"] or moment.actor
        session = WhySession(
            id=moment.new_key(),
            number=moment.number,
            state=State.OPEN,
            opened_at=moment.now,
            finished_at=None,
            deleted_at=None,
            **facts,
        )
        problem = new_cause(session.id, None, 0, self.problem, moment)
        return [
            inserted(session),
            inserted(problem),
            *(
                inserted(new_person(session.id, place * GAP, person, moment))
                for place, person in enumerate(self.people, 1)
            ),
        ]


class Finish(Command):
    """Close a session."""

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        if tree.session.state is State.FINISHED:
            return []
        return changed(tree.session, state=State.FINISHED, finished_at=moment.now)

    def label(self, tree: Tree) -> str:
        return "finish the session"


class Reopen(Command):
    """Go on with a finished session."""

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        return changed(tree.session, state=State.OPEN, finished_at=None)

    def label(self, tree: Tree) -> str:
        return "reopen the session"


class DeleteSession(Command):
    """Take a session out of the library. Undo brings it back; only a purge removes it for good."""

    FITS_DELETED = True

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        if tree.session.deleted_at is not None:
            return []
        return changed(tree.session, deleted_at=moment.now)

    def label(self, tree: Tree) -> str:
        return f"delete {tree.session.name}"


class RestoreSession(Command):
    """Bring a deleted session back into the library."""

    FITS_DELETED = True

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        return changed(tree.session, deleted_at=None)

    def label(self, tree: Tree) -> str:
        return f"bring {tree.session.name} back"

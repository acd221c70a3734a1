"""The people of a session: how they are named, and what changes when their list does.

Their list comes with a session's start or its form; who changes it is for `sessions` and `facts`.
"""

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from fivewhys.models.commands.command import Moment
from fivewhys.models.commands.fields import Line, Statement
from fivewhys.models.commands.positions import GAP
from fivewhys.models.delta import Operation, changed, inserted, removed
from fivewhys.models.tree import Tree
from fivewhys.models.values import Person


class NewPerson(BaseModel):
    """Someone named when a session starts or later."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Statement
    role: Line = ""
    here: bool = True


def new_person(session: UUID, position: int, person: NewPerson, moment: Moment) -> Person:
    """The row of someone who was named."""
    return Person(
        id=moment.new_key(),
        session_id=session,
        position=position,
        name=person.name,
        role=person.role,
        here=person.here,
    )


def people_changes(tree: Tree, people: tuple[NewPerson, ...], moment: Moment) -> list[Operation]:
    """Keep the rows of those who stay (by name): two people's edits meet only where they must."""
    known = {person.name: person for person in tree.people}
    operations: list[Operation] = []
    kept = set()
    for place, person in enumerate(people, 1):
        old = known.get(person.name)
        if old is None or old.id in kept:
            row = new_person(tree.session.id, place * GAP, person, moment)
            operations.append(inserted(row))
        else:
            kept.add(old.id)
            operations += changed(old, role=person.role, here=person.here, position=place * GAP)
    gone = [removed(person) for person in tree.people if person.id not in kept]
    return [*gone, *operations]

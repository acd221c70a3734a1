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
    left = list(tree.people)
    rows = _rows_of(people, left)
    operations = [removed(person) for person in left]
    for place, person in enumerate(people, 1):
        old = rows.get(place)
        if old is None:
            row = new_person(tree.session.id, place * GAP, person, moment)
            operations.append(inserted(row))
        else:
            operations += changed(old, role=person.role, here=person.here, position=place * GAP)
    return operations


def _rows_of(people: tuple[NewPerson, ...], left: list[Person]) -> dict[int, Person]:
    """Place in the list → the row of who stands there, which is taken out of `left`.

    Several people may have one name: each goes to the row that says the same of them, the others
    to what is left of their name, in order.
    """
    rows: dict[int, Person] = {}
    for columns in (("name", "role", "here"), ("name", "role"), ("name",)):
        for place, person in enumerate(people, 1):
            for old in left if place not in rows else ():
                if all(getattr(old, column) == getattr(person, column) for column in columns):
                    rows[place] = old
                    left.remove(old)
                    break
    return rows

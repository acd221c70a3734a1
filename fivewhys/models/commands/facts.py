"""Everything about a session besides its tree, and the form that changes it."""

from pydantic import BaseModel, ConfigDict, Field

from fivewhys.models.commands.command import Command, Moment
from fivewhys.models.commands.fields import Line, Passage, Statement, UtcMoment
from fivewhys.models.commands.people import NewPerson, people_changes
from fivewhys.models.delta import Operation, changed
from fivewhys.models.tree import Tree
from fivewhys.models.words import Severity

MOST_MINUTES = 24 * 60


class Facts(BaseModel):
    """Everything about a session besides its tree. All of it is optional."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    customer_words: Passage = ""
    expected: Line = ""
    actual: Line = ""
    location: Line = ""
    since_when: Line = ""
    how_much: Line = ""
    site: Line = ""
    region: Line = ""
    department: Line = ""
    channel: Line = ""
    severity: Severity | None = None
    noticed_at: UtcMoment | None = None
    time_box: int | None = Field(None, ge=1, le=MOST_MINUTES)
    facilitator: Line = ""
    notes: Passage = ""
    acknowledged_at: UtcMoment | None = None
    acknowledgement: Passage = ""
    told_at: UtcMoment | None = None
    told_channel: Line = ""


class SetFacts(Command):
    """Change what a form changed: the facts that were given, and the problem and people if given.

    What the form left alone is left out, so that it does not take back another person's edit.
    """

    facts: Facts = Facts()
    problem: Statement | None = None
    people: tuple[NewPerson, ...] | None = None

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        given = {name: getattr(self.facts, name) for name in self.facts.model_fields_set}
        operations = changed(tree.session, **given)
        if self.problem is not None:
            operations += changed(tree.problem, text=self.problem)
        if self.people is not None:
            operations += people_changes(tree, self.people, moment)
        return operations

    def label(self, tree: Tree) -> str:
        return "session details"

"""What people can do to a session: one frozen, validated command for each act.

A command is planned against the tree as it is inside the store's transaction: `plan` is pure and
returns row operations, or raises `Refused` with a sentence for the person. Texts are cleaned and
measured here, whatever they came through before.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from fivewhys.models.delta import Operation, changed, inserted, removed
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause, Evidence, Parked, Person, WhySession
from fivewhys.models.words import (
    STATUS_WORDS,
    EvidenceKind,
    Kind,
    Leg,
    Part,
    Severity,
    State,
    Status,
)
from fivewhys.text import MOST_CHARACTERS, clean, clean_lines, excerpt

GAP = 1024
"""Distance between the positions of siblings, so that one can be put between two without others."""

MOST_MINUTES = 24 * 60


class Refused(Exception):
    """A command that does not fit the tree; its text is a sentence for the person."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a plan needs from outside: the time, the person, fresh keys and a session number."""

    now: datetime
    actor: str
    new_key: Callable[[], UUID]
    number: int = 0


def _measured(text: str) -> str:
    if len(text) > MOST_CHARACTERS:
        raise ValueError(
            f"This text has {len(text):,} characters; the most that fits is {MOST_CHARACTERS:,}"
        )
    return text


def _said(text: str) -> str:
    if not text:
        raise ValueError("There is nothing to read in this text")
    return text


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment needs its time zone")
    return moment.astimezone(UTC)


Line = Annotated[str, AfterValidator(clean), AfterValidator(_measured)]
Passage = Annotated[str, AfterValidator(clean_lines), AfterValidator(_measured)]
Statement = Annotated[Line, AfterValidator(_said)]
UtcMoment = Annotated[datetime, AfterValidator(_aware)]


def sentence(error: ValidationError) -> str:
    """The first thing wrong with a command or an archive, in words for a person."""
    first = error.errors()[0]
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, ValueError):
        return f"{cause}."
    where = ".".join(str(part) for part in first["loc"])
    return f"{where}: {first['msg']}." if where else f"{first['msg']}."


class Command(BaseModel, ABC):
    """Something a person does to one session."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @abstractmethod
    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        """The row operations that do this to `tree`; raises `Refused` where it does not fit."""

    @abstractmethod
    def label(self, tree: Tree) -> str:
        """What was done, in a few words, for the history and for undo."""


class NewPerson(BaseModel):
    """Someone named when a session starts or later."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Statement
    role: Line = ""
    here: bool = True


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
        problem = _cause(session.id, None, 0, self.problem, moment)
        return [
            inserted(session),
            inserted(problem),
            *(
                inserted(_person(session.id, place * GAP, person, moment))
                for place, person in enumerate(self.people, 1)
            ),
        ]


class Answer(Command):
    """Give an answer to why of `parent`: a new cause after its other answers."""

    parent: UUID
    text: Statement
    said_by: Line = ""
    leg: Leg | None = None

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        parent = _node(tree, self.parent)
        _not_ruled_out(tree, parent)
        cause = _cause(
            tree.session.id, parent.id, _end_position(tree, parent.id), self.text, moment
        )
        extra = {"said_by": self.said_by, "leg": self.leg}
        operation = inserted(cause)
        return [
            *_gone_on(tree),
            *_asked_again(parent),
            Operation("cause", cause.id, None, {**(operation.after or {}), **extra}),
        ]

    def label(self, tree: Tree) -> str:
        return f"answer: {excerpt(self.text)}"


class EditCause(Command):
    """Give a cause or the problem other words."""

    cause: UUID
    text: Statement

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        return changed(_node(tree, self.cause), text=self.text)

    def label(self, tree: Tree) -> str:
        return f"edit: {excerpt(self.text)}"


class AskInstead(Command):
    """Word the why-question of a node by hand; an empty text brings the formed one back."""

    cause: UUID
    question: Line

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        return changed(_node(tree, self.cause), question=self.question)

    def label(self, tree: Tree) -> str:
        return f"question: {excerpt(self.question)}"


class MoveCause(Command):
    """Hang a branch under another node, before one of its answers or after them all."""

    cause: UUID
    parent: UUID
    before: UUID | None = None

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        cause = _real_cause(tree, self.cause)
        parent = _node(tree, self.parent)
        if tree.is_below(parent.id, cause.id):
            raise Refused("A cause cannot hang under itself. Choose a place outside its branch.")
        if parent.id != cause.parent_id:
            _not_ruled_out(tree, parent)
        siblings = [key for key in tree.children(parent.id) if key != cause.id]
        if self.before is not None and self.before not in siblings:
            raise Refused("That place is gone. Choose another.")
        place = len(siblings) if self.before is None else siblings.index(self.before)
        positions = [tree.causes[key].position for key in siblings]
        room, shifted = _room(positions, place)
        operations = _asked_again(parent) if parent.id != cause.parent_id else []
        for key, position in zip(siblings, shifted, strict=True):
            operations += changed(tree.causes[key], position=position)
        old = (cause.parent_id, tree.children(cause.parent_id or parent.id))
        new = (parent.id, (*siblings[:place], cause.id, *siblings[place:]))
        return [] if old == new else operations + changed(cause, parent_id=parent.id, position=room)

    def label(self, tree: Tree) -> str:
        return f"move: {_words_of(tree, self.cause)}"


class DeleteCause(Command):
    """Take a branch out of the tree, with everything on it. Undo brings it back."""

    cause: UUID

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        cause = _real_cause(tree, self.cause)
        operations = []
        for node, _ in tree.walk(cause.id):
            operations += [inserted(node), *map(inserted, tree.evidence(node.id))]
        return [operation.inverse() for operation in reversed(operations)]

    def label(self, tree: Tree) -> str:
        return f"delete: {_words_of(tree, self.cause)}"


class SetStatus(Command):
    """Say what is known of a cause. Ruling out and stopping need a reason."""

    cause: UUID
    status: Status
    reason: Line = ""

    NEEDS_REASON: ClassVar = (Status.RULED_OUT, Status.STOPPED)

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        cause = _real_cause(tree, self.cause)
        if self.status in self.NEEDS_REASON and not self.reason:
            raise Refused(f"Say why it is {STATUS_WORDS[self.status]}: the reason is kept with it.")
        out = self.status is Status.RULED_OUT
        part = {"part": None, "part_reason": ""} if out and cause.part else {}
        reason = self.reason if self.status in self.NEEDS_REASON else ""
        return changed(cause, status=self.status, reason=reason, **part)

    def label(self, tree: Tree) -> str:
        return f"{STATUS_WORDS[self.status]}: {_words_of(tree, self.cause)}"


class SetPart(Command):
    """Decide that a cause is a root or contributes, with the reason, or neither."""

    cause: UUID
    part: Part | None
    reason: Line = ""

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        cause = _real_cause(tree, self.cause)
        if self.part is not None:
            _not_ruled_out(tree, cause)
        reason = self.reason if self.part else ""
        return changed(cause, part=self.part, part_reason=reason)

    def label(self, tree: Tree) -> str:
        what = self.part.value if self.part else "no longer root or contributing"
        return f"{what}: {_words_of(tree, self.cause)}"


class SetLeg(Command):
    """Say which question a branch answers: occurrence, detection or system."""

    cause: UUID
    leg: Leg | None

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        return changed(_real_cause(tree, self.cause), leg=self.leg)

    def label(self, tree: Tree) -> str:
        return f"{self.leg.value if self.leg else 'no'} leg: {_words_of(tree, self.cause)}"


class SetSaidBy(Command):
    """Keep who said a cause."""

    cause: UUID
    name: Line

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        return changed(_real_cause(tree, self.cause), said_by=self.name)

    def label(self, tree: Tree) -> str:
        return f"said by {self.name or 'nobody named'}: {_words_of(tree, self.cause)}"


class AddEvidence(Command):
    """Keep what was seen, counted or read about a cause."""

    cause: UUID
    text: Statement
    kind: EvidenceKind = EvidenceKind.NOTE
    supports: bool = True
    said_by: Line = ""

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        cause = _node(tree, self.cause)
        items = tree.evidence(cause.id)
        evidence = Evidence(
            id=moment.new_key(),
            session_id=tree.session.id,
            cause_id=cause.id,
            position=items[-1].position + GAP if items else GAP,
            kind=self.kind,
            text=self.text,
            supports=self.supports,
            said_by=self.said_by,
            created_at=moment.now,
        )
        return [inserted(evidence)]

    def label(self, tree: Tree) -> str:
        return f"evidence: {excerpt(self.text)}"


class EditEvidence(Command):
    """Correct a piece of evidence."""

    evidence: UUID
    text: Statement
    kind: EvidenceKind
    supports: bool

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        item = _evidence(tree, self.evidence)
        return changed(item, text=self.text, kind=self.kind, supports=self.supports)

    def label(self, tree: Tree) -> str:
        return f"edit evidence: {excerpt(self.text)}"


class DeleteEvidence(Command):
    """Take a piece of evidence away."""

    evidence: UUID

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        return [removed(_evidence(tree, self.evidence))]

    def label(self, tree: Tree) -> str:
        return f"delete evidence: {excerpt(_evidence(tree, self.evidence).text)}"


class Park(Command):
    """Keep an idea aside."""

    text: Statement
    said_by: Line = ""

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        return [inserted(_parked(tree, self.text, self.said_by, moment))]

    def label(self, tree: Tree) -> str:
        return f"park: {excerpt(self.text)}"


class ParkCause(Command):
    """Take a cause without answers out of the tree and keep it aside."""

    cause: UUID

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        cause = _real_cause(tree, self.cause)
        if tree.children(cause.id) or tree.evidence(cause.id):
            raise Refused("Only a cause with nothing on it can be parked. Move it or rule it out.")
        return [removed(cause), inserted(_parked(tree, cause.text, cause.said_by, moment))]

    def label(self, tree: Tree) -> str:
        return f"park: {_words_of(tree, self.cause)}"


class UseParked(Command):
    """Give a parked idea as an answer to why of `parent`, in these words."""

    parked: UUID
    parent: UUID
    text: Statement

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        idea = _idea(tree, self.parked)
        answer = Answer(parent=self.parent, text=self.text, said_by=idea.said_by)
        return [removed(idea), *answer.plan(tree, moment)]

    def label(self, tree: Tree) -> str:
        return f"answer: {excerpt(self.text)}"


class DeleteParked(Command):
    """Take a parked idea away."""

    parked: UUID

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        return [removed(_idea(tree, self.parked))]

    def label(self, tree: Tree) -> str:
        return f"delete parked: {excerpt(_idea(tree, self.parked).text)}"


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
            operations += _people_changes(tree, self.people, moment)
        return operations

    def label(self, tree: Tree) -> str:
        return "session details"


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

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        if tree.session.deleted_at is not None:
            return []
        return changed(tree.session, deleted_at=moment.now)

    def label(self, tree: Tree) -> str:
        return f"delete {tree.session.name}"


class RestoreSession(Command):
    """Bring a deleted session back into the library."""

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        return changed(tree.session, deleted_at=None)

    def label(self, tree: Tree) -> str:
        return f"bring {tree.session.name} back"


def _node(tree: Tree, key: UUID) -> Cause:
    node = tree.causes.get(key)
    if node is None:
        raise Refused("That cause is no longer in the tree. Somebody has deleted it.")
    return node


def _real_cause(tree: Tree, key: UUID) -> Cause:
    node = _node(tree, key)
    if node.kind is Kind.PROBLEM:
        raise Refused("That is the problem itself. Choose one of its causes.")
    return node


def _evidence(tree: Tree, key: UUID) -> Evidence:
    item = tree.evidence_by_key(key)
    if item is None:
        raise Refused("That evidence is no longer there.")
    return item


def _idea(tree: Tree, key: UUID) -> Parked:
    for idea in tree.parked:
        if idea.id == key:
            return idea
    raise Refused("That idea is no longer parked.")


def _not_ruled_out(tree: Tree, cause: Cause) -> None:
    if any(node.status is Status.RULED_OUT for node in tree.path(cause.id)):
        raise Refused("This branch is ruled out. Press x on it to take it in again.")


def _gone_on(tree: Tree) -> list[Operation]:
    """An answer in a finished session opens it again."""
    if tree.session.state is State.FINISHED:
        return changed(tree.session, state=State.OPEN, finished_at=None)
    return []


def _asked_again(parent: Cause) -> list[Operation]:
    """An answer below a stopped cause means that the asking goes on."""
    if parent.status is Status.STOPPED:
        return changed(parent, status=Status.OPEN, reason="")
    return []


def _words_of(tree: Tree, key: UUID) -> str:
    node = tree.causes.get(key)
    return excerpt(node.text) if node else ""


def _end_position(tree: Tree, parent: UUID) -> int:
    children = tree.children(parent)
    return tree.causes[children[-1]].position + GAP if children else GAP


def _room(positions: list[int], place: int) -> tuple[int, list[int]]:
    """A position at `place` among `positions`, and these, moved apart only if there is no gap."""
    low = positions[place - 1] if place else 0
    high = positions[place] if place < len(positions) else low + 2 * GAP
    if high - low > 1:
        return (low + high) // 2, positions
    spread = [GAP * (index + 1) for index in range(len(positions) + 1)]
    return spread[place], spread[:place] + spread[place + 1 :]


def _cause(session: UUID, parent: UUID | None, position: int, text: str, moment: Moment) -> Cause:
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


def _parked(tree: Tree, text: str, said_by: str, moment: Moment) -> Parked:
    return Parked(
        id=moment.new_key(),
        session_id=tree.session.id,
        position=tree.parked[-1].position + GAP if tree.parked else GAP,
        text=text,
        said_by=said_by,
        created_at=moment.now,
    )


def _person(session: UUID, position: int, person: NewPerson, moment: Moment) -> Person:
    return Person(
        id=moment.new_key(),
        session_id=session,
        position=position,
        name=person.name,
        role=person.role,
        here=person.here,
    )


def _people_changes(tree: Tree, people: tuple[NewPerson, ...], moment: Moment) -> list[Operation]:
    """Keep the rows of those who stay (by name): two people's edits meet only where they must."""
    known = {person.name: person for person in tree.people}
    operations: list[Operation] = []
    kept = set()
    for place, person in enumerate(people, 1):
        old = known.get(person.name)
        if old is None or old.id in kept:
            row = _person(tree.session.id, place * GAP, person, moment)
            operations.append(inserted(row))
        else:
            kept.add(old.id)
            operations += changed(old, role=person.role, here=person.here, position=place * GAP)
    gone = [removed(person) for person in tree.people if person.id not in kept]
    return [*gone, *operations]

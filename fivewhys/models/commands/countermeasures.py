"""What is done about a cause: adding it, changing it, saying how far it is, taking it away.

How it is known to work is for `measures`.
"""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from fivewhys.models import effect
from fivewhys.models.commands.command import Command, Moment, Refused
from fivewhys.models.commands.fields import Line, Passage, Statement
from fivewhys.models.commands.finding import find_node
from fivewhys.models.commands.reopening import going_on
from fivewhys.models.commands.siblings import room_after
from fivewhys.models.delta import Operation, changed, inserted, removed
from fivewhys.models.plan_words import (
    FINISHED,
    NEEDS_REASON,
    PROGRESS_WORDS,
    UNFINISHED,
    CountermeasureKind,
    Means,
    Progress,
)
from fivewhys.models.tree import Tree
from fivewhys.models.values import Countermeasure
from fivewhys.text import excerpt


class CountermeasureFacts(BaseModel):
    """What a form says of a countermeasure, besides its words and how far it is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: CountermeasureKind = CountermeasureKind.PREVENT
    means: Means | None = None
    owner: Line = ""
    due: date | None = None
    notes: Passage = ""
    ready_plan: bool = False
    ready_tools: bool = False
    ready_people: bool = False
    ready_channels: bool = False
    ready_impact: bool = False


class AddCountermeasure(Command):
    """Say what will be done about a cause or the problem.

    It is an idea until it has an owner, a date or another `progress`.
    """

    cause: UUID
    text: Statement
    facts: CountermeasureFacts = CountermeasureFacts()
    progress: Progress | None = None

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        cause = find_node(tree, self.cause)
        progress = self.progress
        if progress is None:
            agreed = self.facts.owner or self.facts.due
            progress = Progress.PLANNED if agreed else Progress.IDEA
        if progress not in UNFINISHED:
            raise Refused("A new countermeasure is an idea, planned or in progress.")
        position, moved = room_after(tree.countermeasures(cause.id))
        countermeasure = Countermeasure(
            id=moment.new_key(),
            session_id=tree.session.id,
            cause_id=cause.id,
            position=position,
            text=self.text,
            progress=progress,
            reason="",
            done_on=None,
            said_by=moment.actor,
            created_at=moment.now,
            **{name: getattr(self.facts, name) for name in CountermeasureFacts.model_fields},
        )
        return [*moved, inserted(countermeasure)]

    def label(self, tree: Tree) -> str:
        return f"countermeasure: {excerpt(self.text)}"


class EditCountermeasure(Command):
    """Change what a form changed: the facts that were given, and the words if given.

    An idea that gets an owner and a date is planned.
    """

    countermeasure: UUID
    text: Statement | None = None
    facts: CountermeasureFacts = CountermeasureFacts()

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        old = find_countermeasure(tree, self.countermeasure)
        given = {name: getattr(self.facts, name) for name in self.facts.model_fields_set}
        if self.text is not None:
            given["text"] = self.text
        if "owner" in given:
            _refuse_checker(tree, old, given["owner"])
        owner, due = given.get("owner", old.owner), given.get("due", old.due)
        if old.progress is Progress.IDEA and owner and due:
            given["progress"] = Progress.PLANNED
        return changed(old, **given)

    def label(self, tree: Tree) -> str:
        return f"edit countermeasure: {_words(tree, self.countermeasure)}"


class SetProgress(Command):
    """Say how far a countermeasure is. Rejecting it and finding it without effect need a reason.

    `on` is the day on which it was done; without it, today (UTC). *Effective* needs what
    `fivewhys.models.effect.missing` says.
    """

    countermeasure: UUID
    progress: Progress
    reason: Line = ""
    on: date | None = None

    LOOKS_ELSEWHERE = True
    NEEDS_REASON: ClassVar = NEEDS_REASON

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        old = find_countermeasure(tree, self.countermeasure)
        words = PROGRESS_WORDS[self.progress]
        needs_reason = self.progress in self.NEEDS_REASON
        if needs_reason and not self.reason:
            raise Refused(f"Say why it is {words}: the reason is kept with it.")
        today = moment.now.date()
        done_on: date | None = None
        if self.progress is Progress.DONE:
            # What is no longer called effective was done when it was done.
            again = old.progress in (Progress.DONE, Progress.EFFECTIVE)
            done_on = self.on or (old.done_on if again else today)
            # A day ahead: it may be tomorrow already where the person is.
            if done_on is not None and (done_on - today).days > 1:
                raise Refused(f"{done_on} is still to come. Say “done” once it is done.")
        elif self.progress in FINISHED:
            if old.progress not in FINISHED:
                raise Refused(f"Only what was done can be {words}. Say first that it is done.")
            done_on = old.done_on
            lacking = effect.missing(tree, old, today)
            if self.progress is Progress.EFFECTIVE and lacking:
                raise Refused(f"Not effective yet. {lacking[0]}")
        reason = self.reason if needs_reason else ""
        operations = changed(old, progress=self.progress, reason=reason, done_on=done_on)
        return going_on(tree, operations)

    def label(self, tree: Tree) -> str:
        return f"{PROGRESS_WORDS[self.progress]}: {_words(tree, self.countermeasure)}"


class DeleteCountermeasure(Command):
    """Take a countermeasure away, with its measures and checks. Undo brings it back."""

    countermeasure: UUID

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        old = find_countermeasure(tree, self.countermeasure)
        measures = tree.measures(old)
        checks = [check for measure in measures for check in tree.checks(measure)]
        return going_on(tree, [*map(removed, checks), *map(removed, measures), removed(old)])

    def label(self, tree: Tree) -> str:
        return f"delete countermeasure: {_words(tree, self.countermeasure)}"


def find_countermeasure(tree: Tree, key: UUID) -> Countermeasure:
    """The countermeasure with this key."""
    found = tree.countermeasure(key)
    if found is None:
        raise Refused("That countermeasure is no longer there. Somebody has deleted it.")
    return found


def _refuse_checker(tree: Tree, countermeasure: Countermeasure, owner: str) -> None:
    """Whoever has checked it cannot own it: nobody marks their own work."""
    if effect.is_checker(tree, countermeasure, owner):
        raise Refused(
            f"{owner} is the one who checks it, so somebody else should own it. Change who checks "
            "first."
        )


def _words(tree: Tree, key: UUID) -> str:
    found = tree.countermeasure(key)
    return excerpt(found.text) if found else ""

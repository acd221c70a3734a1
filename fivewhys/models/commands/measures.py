"""How it is known that a countermeasure works: its measures, and the checks that look at them."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from fivewhys.models import effect
from fivewhys.models.commands.command import Command, Moment, Refused
from fivewhys.models.commands.countermeasures import find_countermeasure
from fivewhys.models.commands.fields import Line, Statement
from fivewhys.models.commands.reopening import going_on
from fivewhys.models.commands.siblings import room_after
from fivewhys.models.delta import Operation, changed, inserted, removed
from fivewhys.models.plan_words import FINISHED, RESULT_WORDS, CheckResult, MeasureKind, Progress
from fivewhys.models.tree import Tree
from fivewhys.models.values import Check, Countermeasure, Measure
from fivewhys.text import excerpt

MOST_DAYS = 3650

Days = Annotated[int, Field(ge=1, le=MOST_DAYS)]


class MeasureFacts(BaseModel):
    """What a form says of a measure. All of it but its definition is optional."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: MeasureKind = MeasureKind.OUTCOME
    baseline: Line = ""
    target: Line = ""
    days: Days | None = None


class AddMeasure(Command):
    """Say how it will be known whether a countermeasure works."""

    countermeasure: UUID
    definition: Statement
    facts: MeasureFacts = MeasureFacts()

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        of = find_countermeasure(tree, self.countermeasure)
        position, moved = room_after(tree.measures(of))
        measure = Measure(
            id=moment.new_key(),
            session_id=tree.session.id,
            cause_id=of.cause_id,
            countermeasure_id=of.id,
            position=position,
            definition=self.definition,
            **{name: getattr(self.facts, name) for name in MeasureFacts.model_fields},
        )
        return [*moved, inserted(measure)]

    def label(self, tree: Tree) -> str:
        return f"measure: {excerpt(self.definition)}"


class EditMeasure(Command):
    """Change what a form changed of a measure."""

    measure: UUID
    definition: Statement | None = None
    facts: MeasureFacts = MeasureFacts()

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        old = _find_measure(tree, self.measure)
        given = {name: getattr(self.facts, name) for name in self.facts.model_fields_set}
        if self.definition is not None:
            given["definition"] = self.definition
        return _as_shown(tree, old, changed(old, **given))

    def label(self, tree: Tree) -> str:
        return f"edit measure: {_words(tree, self.measure)}"


class DeleteMeasure(Command):
    """Take a measure away, with its checks."""

    measure: UUID

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        old = _find_measure(tree, self.measure)
        return _as_shown(tree, old, [*map(removed, tree.checks(old)), removed(old)])

    def label(self, tree: Tree) -> str:
        return f"delete measure: {_words(tree, self.measure)}"


class PlanCheck(Command):
    """Say on which day a measure will be looked at, and perhaps by whom.

    With `check`, that one is planned for another day or person; what it had found is taken away.
    """

    measure: UUID
    due: date
    checked_by: Line = ""
    check: UUID | None = None

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        measure = _find_measure(tree, self.measure)
        owner = _owner(tree, measure, self.checked_by)
        if self.check is None:
            return [inserted(_check(measure, self.due, self.checked_by, owner, moment))]
        operations = changed(
            _find_check(tree, self.check, measure),
            due=self.due,
            checked_by=self.checked_by,
            owner=owner,
            made_on=None,
            result=None,
            value="",
        )
        return _as_shown(tree, measure, operations)

    def label(self, tree: Tree) -> str:
        return f"check planned for {self.due}: {_words(tree, self.measure)}"


class MakeCheck(Command):
    """Keep what a look at a measure found: a planned one if `check` names it, else one of `on`.

    What is not met makes the countermeasure not effective and opens its cause again; what is too
    early to tell shows nothing any longer. `on` is the day of the look; without it, today (UTC).
    """

    measure: UUID
    result: CheckResult
    checked_by: Statement
    value: Line = ""
    on: date | None = None
    check: UUID | None = None

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        measure = _find_measure(tree, self.measure)
        of = find_countermeasure(tree, measure.countermeasure_id)
        if of.progress not in FINISHED:
            raise Refused("It is not done yet. A check looks at what was done.")
        today = moment.now.date()
        on = self.on or today
        if (on - today).days > 1:
            raise Refused(f"{on} is still to come. A check says what was found.")
        if of.done_on is not None and on < of.done_on:
            raise Refused(f"It was done on {of.done_on}. A check looks at what came of it.")
        owner = _owner(tree, measure, self.checked_by)
        said = {
            "result": self.result,
            "value": self.value,
            "made_on": on,
            "checked_by": self.checked_by,
            "owner": owner,
        }
        if self.check is None:
            operations = [inserted(_check(measure, on, self.checked_by, owner, moment, made=said))]
        else:
            operations = changed(_find_check(tree, self.check, measure), **said)
        if self.result is CheckResult.NOT_MET:
            operations += _no_effect(of, measure, self.value)
        return going_on(tree, _as_shown(tree, measure, operations))

    def label(self, tree: Tree) -> str:
        return f"check {RESULT_WORDS[self.result]}: {_words(tree, self.measure)}"


class DeleteCheck(Command):
    """Take a check away."""

    check: UUID

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        old = _find_check(tree, self.check)
        return _as_shown(tree, _find_measure(tree, old.measure_id), [removed(old)])

    def label(self, tree: Tree) -> str:
        return f"delete check of {_find_check(tree, self.check).due}"


def _as_shown(tree: Tree, measure: Measure, operations: list[Operation]) -> list[Operation]:
    """The operations; where they take away what showed an effect, it is called *done* again."""
    of = find_countermeasure(tree, measure.countermeasure_id)
    if of.progress is not Progress.EFFECTIVE or not operations or effect.unshown(tree, of):
        return operations
    after = tree.with_operations(operations)
    still = next(item for item in after.countermeasures(of.cause_id) if item.id == of.id)
    if still.progress is not Progress.EFFECTIVE or not effect.unshown(after, still):
        return operations
    return [*operations, *changed(of, progress=Progress.DONE)]


def _no_effect(of: Countermeasure, measure: Measure, value: str) -> list[Operation]:
    found = f" ({excerpt(value, 40)})" if value else ""
    reason = f"Check not met: {excerpt(measure.definition, 80)}{found}"
    return changed(of, progress=Progress.NOT_EFFECTIVE, reason=reason)


def _check(
    measure: Measure,
    due: date,
    checked_by: str,
    owner: str,
    moment: Moment,
    made: dict[str, object] | None = None,
) -> Check:
    row: dict[str, object] = {
        "made_on": None,
        "result": None,
        "value": "",
        "checked_by": checked_by,
        "owner": owner,
        **(made or {}),
    }
    return Check(
        id=moment.new_key(),
        session_id=measure.session_id,
        cause_id=measure.cause_id,
        measure_id=measure.id,
        due=due,
        created_at=moment.now,
        **row,  # type: ignore[arg-type]  # the columns above
    )


def _owner(tree: Tree, measure: Measure, checked_by: str) -> str:
    """Who owns the countermeasure of `measure`; refuses where the owner would check it."""
    owner = find_countermeasure(tree, measure.countermeasure_id).owner
    if effect.is_same_name(checked_by, owner):
        raise Refused(f"{owner} owns it, so somebody else should check it.")
    return owner


def _find_measure(tree: Tree, key: UUID) -> Measure:
    found = tree.measure(key)
    if found is None:
        raise Refused("That measure is no longer there. Somebody has deleted it.")
    return found


def _find_check(tree: Tree, key: UUID, measure: Measure | None = None) -> Check:
    """The check with this key, which must be one of `measure` if that is given."""
    found = tree.check(key)
    if found is None:
        raise Refused("That check is no longer there. Somebody has deleted it.")
    if measure is not None and found.measure_id != measure.id:
        raise Refused("That check looks at another measure.")
    return found


def _words(tree: Tree, key: UUID) -> str:
    found = tree.measure(key)
    return excerpt(found.definition) if found else ""

"""The action plan in a chain: what a file may hold of it, checked, and the rows it becomes."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Self
from uuid import UUID, uuid5

from pydantic import model_validator

from fivewhys.imports.fields import Day, Days, Entry
from fivewhys.models.commands import GAP, Line, Passage, Statement
from fivewhys.models.effect import is_same_name
from fivewhys.models.plan_words import (
    FINISHED,
    NEEDS_REASON,
    PROGRESS_WORDS,
    UNFINISHED,
    CheckResult,
    CountermeasureKind,
    Means,
    MeasureKind,
    Progress,
    Ready,
)
from fivewhys.models.values import Check, Countermeasure, Measure
from fivewhys.text import MOST_CHARACTERS, excerpt, plain_words

_SAID = {
    PROGRESS_WORDS[progress]: progress
    for progress in (*UNFINISHED, Progress.DONE)
    if progress is not Progress.IDEA
}
"""What the status of a plain action may say in our words; an idea is one by what it lacks."""

_STILL_TO_DO = ("open", "proposed", "idea")


_DAY = re.compile(r"\d{4}-?\d{2}-?\d{2}", re.ASCII)


class ChainCheck(Entry):
    """A look at a measure: planned, or made."""

    due: Day | None = None
    """When it is or was due; for one that was made, that day unless this is given."""
    made_on: Day | None = None
    result: CheckResult | None = None
    value: Line = ""
    checked_by: Line = ""

    @model_validator(mode="after")
    def _fitting(self) -> Self:
        if self.due is None and self.made_on is None:
            raise ValueError("A check says when it is due, or when it was made")
        if (self.made_on is None) != (self.result is None):
            raise ValueError("A check has “made_on” exactly where it has a result")
        if self.result is not None and not self.checked_by:
            raise ValueError("A check that was made says who made it, in “checked_by”")
        return self


class ChainMeasure(Entry):
    """How it will be known whether a countermeasure works."""

    kind: MeasureKind = MeasureKind.OUTCOME
    definition: Statement
    baseline: Line = ""
    target: Line = ""
    days: Days | None = None
    checks: list[ChainCheck] = []


class ChainCountermeasure(Entry):
    """What will be done about a cause, or about the problem itself."""

    text: Statement
    kind: CountermeasureKind = CountermeasureKind.PREVENT
    means: Means | None = None
    owner: Line = ""
    due: Day | None = None
    progress: Progress = Progress.IDEA
    reason: Line = ""
    done_on: Day | None = None
    notes: Passage = ""
    ready: list[Ready] = []
    """The points of the readiness list that are ticked."""
    said_by: Line = ""
    measures: list[ChainMeasure] = []

    @model_validator(mode="after")
    def _fitting(self) -> Self:
        if (self.progress in NEEDS_REASON) != bool(self.reason):
            raise ValueError(
                "“reason” goes with the progress rejected or not_effective, and they need it"
            )
        if self.done_on is not None and self.progress not in FINISHED:
            raise ValueError("It has a “done_on”, which only what was done has")
        twice = next((point for point in self.ready if self.ready.count(point) > 1), None)
        if twice is not None:
            raise ValueError(f"“ready” has “{excerpt(twice)}” twice")
        checkers = (check.checked_by for item in self.measures for check in item.checks)
        if any(is_same_name(name, self.owner) for name in checkers):
            raise ValueError("Whoever owns a countermeasure does not check it")
        return self


class ChainAction(Entry):
    """Something that the source says was or will be done."""

    text: Statement
    owner: Line | None = None
    due: Line | None = None
    status: Line | None = None

    @model_validator(mode="after")
    def _fitting(self) -> Self:
        if len(self._notes()) > MOST_CHARACTERS:
            raise ValueError(
                "Where “due” is no day and “status” no state, they become its notes, which have at "
                f"most {MOST_CHARACTERS:,} characters"
            )
        return self

    def countermeasure(self) -> ChainCountermeasure:
        """The action in our words; what has no place of its own goes to its notes."""
        due = _day(self.due or "")
        status = plain_words(self.status or "")
        agreed = Progress.PLANNED if self.owner and due else Progress.IDEA
        return ChainCountermeasure(
            text=self.text,
            owner=self.owner or "",
            # What comes from a file is no date yet: its type reads the text of one.
            due=due.isoformat() if due else None,
            progress=_SAID.get(status, agreed),
            notes=self._notes(),
        )

    def _notes(self) -> str:
        """What has no place of its own."""
        notes = []
        if self.due and _day(self.due) is None:
            notes.append(f"due {self.due}")
        if self.status and plain_words(self.status) not in (*_SAID, *_STILL_TO_DO):
            notes.append(f"status {self.status}")
        return "\n".join(notes)


def _day(text: str) -> date | None:
    try:
        # Python reads weeks as their Mondays, too.
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


class Plan:
    """The countermeasures of one session with their measures and checks, on their way to a tree.

    Keys come from the paths in the chain, as those of all its rows do.
    """

    def __init__(self, session: UUID, when: datetime, said_by: str) -> None:
        self._session = session
        self._when = when
        self._said_by = said_by
        self.countermeasures: list[Countermeasure] = []
        self.measures: list[Measure] = []
        self.checks: list[Check] = []

    def add(self, items: Sequence[ChainCountermeasure], path: str, cause: UUID) -> None:
        """Keep `items`, in their order, for one cause; `path` is where they stand."""
        for place, item in enumerate(items):
            key = uuid5(self._session, f"{path}/countermeasures/{place}")
            self.countermeasures.append(
                Countermeasure(
                    id=key,
                    session_id=self._session,
                    cause_id=cause,
                    position=GAP * (place + 1),
                    text=item.text,
                    kind=item.kind,
                    means=item.means,
                    owner=item.owner,
                    due=item.due,
                    progress=item.progress,
                    reason=item.reason,
                    done_on=item.done_on,
                    notes=item.notes,
                    ready_plan=Ready.PLAN in item.ready,
                    ready_tools=Ready.TOOLS in item.ready,
                    ready_people=Ready.PEOPLE in item.ready,
                    ready_channels=Ready.CHANNELS in item.ready,
                    ready_impact=Ready.IMPACT in item.ready,
                    said_by=item.said_by or self._said_by,
                    created_at=self._when,
                )
            )
            self._measure(item, key, cause)

    def _measure(self, of: ChainCountermeasure, key: UUID, cause: UUID) -> None:
        for place, item in enumerate(of.measures):
            measure = uuid5(key, f"measures/{place}")
            self.measures.append(
                Measure(
                    id=measure,
                    session_id=self._session,
                    cause_id=cause,
                    countermeasure_id=key,
                    position=GAP * (place + 1),
                    kind=item.kind,
                    definition=item.definition,
                    baseline=item.baseline,
                    target=item.target,
                    days=item.days,
                )
            )
            self.checks += [
                Check(
                    id=uuid5(measure, f"checks/{index}"),
                    session_id=self._session,
                    cause_id=cause,
                    measure_id=measure,
                    due=due,
                    made_on=check.made_on,
                    result=check.result,
                    value=check.value,
                    checked_by=check.checked_by,
                    owner=of.owner,
                    created_at=self._when,
                )
                for index, check in enumerate(item.checks)
                # One of the two is there: `ChainCheck` has seen to it.
                if (due := check.due or check.made_on)
            ]

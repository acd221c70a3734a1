"""The action plan of one session: the table, and what does not fit into it.

It knows no clock: the same tree gives the same plan, so it says what is needed and what was found,
and leaves “overdue” and “so many days have passed” to those that know the day.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fivewhys.countermeasures.warnings import warnings
from fivewhys.models import effect
from fivewhys.models.plan_words import (
    FINISHED,
    MEASURE_QUESTIONS,
    PROGRESS_WORDS,
    READY_WORDS,
    RESULT_WORDS,
    CheckResult,
    CountermeasureKind,
    Progress,
)
from fivewhys.models.tree import Tree
from fivewhys.models.values import Check, Countermeasure, Measure
from fivewhys.reports import plan_cells as cells
from fivewhys.reports.dates import day

_KINDS = {kind: place for place, kind in enumerate(CountermeasureKind)}


@dataclass(frozen=True, slots=True)
class Row:
    """A countermeasure as a line of the table."""

    number: int
    text: str
    cause: str
    kind: str
    strength: str
    owner: str
    due: str
    state: str
    known: str
    has_due: bool
    is_done: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """A measure in words, with its checks in words."""

    words: str
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """What is to be said of a countermeasure besides its line of the table."""

    number: int
    text: str
    remarks: tuple[str, ...]
    looked: tuple[Looked, ...]
    notes: str


class Plan:
    """What is done about the causes of one session, as its Markdown tells it."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        everything = sorted(tree.all_countermeasures(), key=lambda item: _KINDS[item.kind])
        self._stands = {item.id: tree.standing(item) for item in everything}
        self.rejected = [item for item in everything if item.progress is Progress.REJECTED]
        self._pursued = [item for item in everything if item.progress is not Progress.REJECTED]
        self._numbers = {item.id: number for number, item in enumerate(self._pursued, 1)}
        self._roots = {root.id: number for number, root in enumerate(tree.roots(), 1)}
        self.reopened = [
            tree.causes[key]
            for key in dict.fromkeys(item.cause_id for item in everything)
            if tree.is_reopened(key)
        ]

    @property
    def is_told(self) -> bool:
        """Whether there is anything to say: something to act on, or something that is done."""
        return bool(self._numbers or self.rejected or self._roots)

    @property
    def lacks(self) -> list[str]:
        """What the plan still lacks, whatever the day is; one sentence each."""
        # Nothing is late on the first of all days.
        return [warning.text for warning in warnings(self.tree, date.min)]

    @property
    def counts(self) -> str:
        """How many countermeasures there are, and where they stand; empty where there are none."""
        if not self._pursued:
            return ""
        stands = Counter(self._stands[item.id] for item in self._pursued)
        each = ", ".join(
            f"{stands[progress]:,} {PROGRESS_WORDS[progress]}"
            for progress in reversed(Progress)
            if stands[progress]
        )
        number = len(self._pursued)
        return f"{number:,} countermeasure{'' if number == 1 else 's'} ({each})"

    @property
    def rows(self) -> list[Row]:
        """The table: everything but what was rejected, what keeps the harm small in front."""
        return [self._row(item) for item in self._pursued]

    def _row(self, item: Countermeasure) -> Row:
        stands = self._stands[item.id]
        return Row(
            number=self._numbers[item.id],
            text=item.text,
            cause=self._about(item.cause_id),
            kind=item.kind.value,
            strength=cells.strength(item.means),
            owner=item.owner or cells.NOBODY,
            due=cells.due(item.due),
            state=cells.state(stands, item.done_on, not_ready=bool(item.not_ready)),
            known=cells.known(self.tree.measures(item)),
            has_due=item.due is not None,
            is_done=item.progress in FINISHED,
        )

    def _about(self, key: UUID) -> str:
        """The cause with this key, and which of the roots it is, as the summary numbers them."""
        if key == self.tree.problem.id:
            return "the problem"
        text = self.tree.causes[key].text
        if key not in self._roots:
            return text
        return f"{text} (root {self._roots[key]})" if len(self._roots) > 1 else f"{text} (root)"

    @property
    def details(self) -> list[Detail]:
        """The countermeasures of which there is more to say."""
        found = (self._detail(item) for item in self._pursued)
        return [detail for detail in found if detail.remarks or detail.looked or detail.notes]

    def _detail(self, item: Countermeasure) -> Detail:
        return Detail(
            self._numbers[item.id],
            item.text,
            tuple(self._remarks(item)),
            tuple(self._looked(item, measure) for measure in self.tree.measures(item)),
            item.notes,
        )

    def _remarks(self, item: Countermeasure) -> list[str]:
        remarks = []
        if item.progress in FINISHED and item.not_ready:
            points = "; ".join(_lower(READY_WORDS[point]) for point in item.not_ready)
            remarks.append(f"Done, while points of its readiness list are not ticked: {points}")
        if item.progress is Progress.NOT_EFFECTIVE and item.reason:
            remarks.append(f"Why it is not effective: {item.reason}")
        for again in self.tree.recurrences(item):
            days = (again.on - item.done_on).days if item.done_on else 0
            place = f" ({again.site})" if again.site else ""
            came = cells.came_back(again)
            remarks.append(f"Its cause {came}{place}, {_days(days)} after this was done")
        # What only its quiet days leave open is told with its day below, as today is not known.
        doubt = effect.not_proven(self.tree, item, date.min).rstrip(".")
        return [*remarks, *filter(None, (doubt, self._quiet(item, is_doubted=bool(doubt))))]

    def _quiet(self, item: Countermeasure, *, is_doubted: bool) -> str:
        """For how long its cause has to stay away; empty where it came only once."""
        needed = effect.quiet_days_needed(self.tree, item)
        if not needed:
            return ""
        until = effect.quiet_until(self.tree, item)
        before = f"before, its cause came every {_days(round(needed / effect.INTERVALS))}"
        if until and item.progress is Progress.EFFECTIVE and not is_doubted:
            return (
                f"Called effective, proven only from {day(until)} on: {before}, so {needed:,} "
                "quiet days are needed to tell"
            )
        last = f", until {day(until)}" if until else ""
        return f"{needed:,} quiet days are needed to tell that it works{last}: {before}"

    def _looked(self, item: Countermeasure, measure: Measure) -> Looked:
        parts = [
            f"{_upper(MEASURE_QUESTIONS[measure.kind])}? {measure.definition.rstrip('.')}",
            f"before: {measure.baseline.rstrip('.')}" if measure.baseline else "",
            f"target: {measure.target.rstrip('.')}" if measure.target else "",
            f"within {_days(measure.days)} after it is done" if measure.days else "",
        ]
        checks = [_check(item, measure, check) for check in self.tree.checks(measure)]
        return Looked(" · ".join(filter(None, parts)), tuple(checks))


def _check(item: Countermeasure, measure: Measure, check: Check) -> str:
    by = f" (checked by {check.checked_by})" if check.checked_by else ""
    if check.result is None:
        who = f", by {check.checked_by}" if check.checked_by else ""
        return f"Check planned for {day(check.due)}{who}"
    value = f": {check.value.rstrip('.')}" if check.value else ""
    told = f"{day(check.made_on or check.due)}, {RESULT_WORDS[check.result]}{value}{by}"
    early = check.result is CheckResult.MET and effect.is_early(item, measure, check)
    return f"{told}, before its {_days(measure.days or 0)} were over" if early else told


def _days(number: int) -> str:
    return f"{number:,} day{'' if number == 1 else 's'}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]

"""The tree of one session as an immutable value, and the questions one can ask of it.

A tree is what its rows say and nothing more: `Tree.of` builds it from rows, `with_operations`
gives the next one without reading the database again, in time proportional to the change (and a
shallow copy). Walks are loops, never recursion: a chain may be ten thousand deep.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from fivewhys.models.applying import Draft, place_of, row_after
from fivewhys.models.delta import Change, OnCause, Operation
from fivewhys.models.past import Decision
from fivewhys.models.plan_words import UNFINISHED, Progress
from fivewhys.models.recurrence import recurrences
from fivewhys.models.values import (
    Appearance,
    Cause,
    Check,
    Countermeasure,
    Dismissal,
    Evidence,
    LinkAnswer,
    Measure,
    Parked,
    Person,
    RootCheck,
    WhySession,
    type_of_table,
)
from fivewhys.models.words import Kind, LinkQuestion, Part, RootPoint, Status

_NO_CHILDREN: tuple[UUID, ...] = ()

T = TypeVar("T", Evidence, LinkAnswer, Dismissal, RootCheck, Countermeasure, Measure, Check)


@dataclass(frozen=True, slots=True)
class Tree:
    """A session with its problem, causes and what hangs on them, parked ideas and people."""

    session: WhySession
    causes: Mapping[UUID, Cause]
    """Every node, the problem included, by its key."""
    below: Mapping[UUID, tuple[UUID, ...]]
    """The keys of each node's children in order; nodes without children are left out."""
    evidence_of: Mapping[UUID, tuple[Evidence, ...]]
    parked: tuple[Parked, ...]
    people: tuple[Person, ...]
    problem: Cause
    seq: int = 0
    """The last line of the journal that this tree has in it."""
    link_answers_of: Mapping[UUID, tuple[LinkAnswer, ...]] = field(default_factory=dict)
    dismissals_of: Mapping[UUID, tuple[Dismissal, ...]] = field(default_factory=dict)
    root_checks_of: Mapping[UUID, tuple[RootCheck, ...]] = field(default_factory=dict)
    countermeasures_of: Mapping[UUID, tuple[Countermeasure, ...]] = field(default_factory=dict)
    measures_of: Mapping[UUID, tuple[Measure, ...]] = field(default_factory=dict)
    """By their cause, whichever of its countermeasures they are of; so are the checks."""
    checks_of: Mapping[UUID, tuple[Check, ...]] = field(default_factory=dict)
    elsewhere: Mapping[UUID, tuple[Appearance, ...]] = field(default_factory=dict, compare=False)
    """Where else the causes that have countermeasures were found, oldest first: no rows of this
    session, but what the store knew of the others when it read or changed this one."""
    touched: frozenset[UUID] = field(default=frozenset(), compare=False)
    """The nodes that the last change added, changed or gave other children."""

    @staticmethod
    def of(
        session: WhySession,
        causes: Iterable[Cause],
        evidence: Iterable[Evidence] = (),
        parked: Iterable[Parked] = (),
        people: Iterable[Person] = (),
        seq: int = 0,
        *,
        link_answers: Iterable[LinkAnswer] = (),
        dismissals: Iterable[Dismissal] = (),
        root_checks: Iterable[RootCheck] = (),
        countermeasures: Iterable[Countermeasure] = (),
        measures: Iterable[Measure] = (),
        checks: Iterable[Check] = (),
    ) -> "Tree":
        """Build the tree from rows in any order.

        Raises ValueError where the rows are no tree: no problem, a row that hangs on nothing, or
        two answers to one question.
        """
        by_key = {cause.id: cause for cause in causes}
        problems = [cause for cause in by_key.values() if cause.kind is Kind.PROBLEM]
        if len(problems) != 1:
            raise ValueError(f"a session has one problem, this one has {len(problems)}")
        below: dict[UUID, list[Cause]] = {}
        for cause in by_key.values():
            if cause.parent_id is None:
                continue
            if cause.parent_id not in by_key:
                raise ValueError(f"the cause “{cause.text[:60]}” answers nothing in this session")
            below.setdefault(cause.parent_id, []).append(cause)
        tree = Tree(
            session=session,
            causes=by_key,
            below={
                key: tuple(child.id for child in sorted(children, key=place_of))
                for key, children in below.items()
            },
            evidence_of=_hung(evidence, by_key, lambda item: f"evidence “{item.text[:60]}”"),
            parked=tuple(sorted(parked, key=place_of)),
            people=tuple(sorted(people, key=place_of)),
            problem=problems[0],
            seq=seq,
            link_answers_of=_hung(link_answers, by_key, lambda item: f"answer {item.question}"),
            dismissals_of=_hung(dismissals, by_key, lambda item: f"prompt “{item.rule[:60]}”"),
            root_checks_of=_hung(root_checks, by_key, lambda item: f"point {item.point}"),
            countermeasures_of=_hung(
                countermeasures, by_key, lambda item: f"countermeasure “{item.text[:60]}”"
            ),
            measures_of=_hung(measures, by_key, lambda item: f"measure “{item.definition[:60]}”"),
            checks_of=_hung(checks, by_key, lambda item: f"check of {item.due}"),
        )
        tree._see_that_each_is_said_once()
        tree._see_that_checks_hang_together()
        if sum(1 for _ in tree.walk()) != len(by_key):
            raise ValueError("some causes answer each other in a circle")
        return tree

    def with_operations(self, operations: Iterable[Operation], seq: int = 0) -> "Tree":
        """The tree after `operations`, which must fit it."""
        operations = list(operations)
        draft = Draft(self)
        for operation in operations:
            draft.apply(operation)
        return draft.tree(seq or self.seq)

    # -- moving about

    def children(self, key: UUID) -> tuple[UUID, ...]:
        """The keys of the answers to why of `key`, in order."""
        return self.below.get(key, _NO_CHILDREN)

    def answers(self, key: UUID) -> list[Cause]:
        """The answers to why of `key`, in order."""
        return [self.causes[child] for child in self.children(key)]

    def path(self, key: UUID) -> list[Cause]:
        """The nodes from the problem down to `key`, both included."""
        node: Cause | None = self.causes[key]
        path = []
        while node is not None:
            path.append(node)
            node = self.causes[node.parent_id] if node.parent_id else None
        return path[::-1]

    def depth(self, key: UUID) -> int:
        """How many whys lead to `key`: 0 for the problem."""
        return len(self.path(key)) - 1

    def is_below(self, key: UUID, ancestor: UUID) -> bool:
        """Whether `key` is `ancestor` or hangs under it."""
        return any(node.id == ancestor for node in self.path(key))

    def walk(self, start: UUID | None = None) -> Iterator[tuple[Cause, int]]:
        """Every node from `start` (or the problem) downwards with its depth below it, top first."""
        stack = [(start or self.problem.id, 0)]
        while stack:
            key, depth = stack.pop()
            yield self.causes[key], depth
            stack += [(child, depth + 1) for child in reversed(self.children(key))]

    # -- what the team has settled

    def evidence(self, key: UUID) -> tuple[Evidence, ...]:
        """The evidence on one cause, in order."""
        return self.evidence_of.get(key, ())

    def evidence_by_key(self, key: UUID) -> Evidence | None:
        """One piece of evidence, wherever it hangs."""
        return _by_key(self.evidence_of, key)

    def link_answers(self, key: UUID) -> tuple[LinkAnswer, ...]:
        """What was said when one cause was read back, in the order of the questions."""
        return self.link_answers_of.get(key, ())

    def link_answer(self, key: UUID, question: LinkQuestion) -> LinkAnswer | None:
        """The answer to one question of the read-back, where it was given."""
        for answer in self.link_answers(key):
            if answer.question is question:
                return answer
        return None

    def dismissals(self, key: UUID) -> tuple[Dismissal, ...]:
        """The prompts that were put aside on one cause or the problem, oldest first."""
        return self.dismissals_of.get(key, ())

    def root_checks(self, key: UUID) -> tuple[RootCheck, ...]:
        """The points of the root list that are ticked on one cause, in the list's order."""
        return self.root_checks_of.get(key, ())

    def checked_points(self, key: UUID) -> frozenset[RootPoint]:
        """The points that are ticked on one cause."""
        return frozenset(check.point for check in self.root_checks(key))

    @property
    def hanging(self) -> tuple[Mapping[UUID, tuple[OnCause, ...]], ...]:
        """What hangs on causes, by its cause, in the order in which it comes and goes."""
        return (
            self.evidence_of,
            self.link_answers_of,
            self.dismissals_of,
            self.root_checks_of,
            self.countermeasures_of,
            self.measures_of,
            self.checks_of,
        )

    def on(self, key: UUID) -> tuple[OnCause, ...]:
        """Every row that hangs on one cause."""
        return tuple(item for hanging in self.hanging for item in hanging.get(key, ()))

    # -- what is done about it

    def countermeasures(self, key: UUID) -> tuple[Countermeasure, ...]:
        """What will be done about one cause or the problem, in order."""
        return self.countermeasures_of.get(key, ())

    def all_countermeasures(self) -> list[Countermeasure]:
        """Everything that will be done, in the tree's order."""
        if not self.countermeasures_of:
            return []
        return [item for cause, _ in self.walk() for item in self.countermeasures(cause.id)]

    def countermeasure(self, key: UUID) -> Countermeasure | None:
        """One countermeasure, wherever it hangs."""
        return _by_key(self.countermeasures_of, key)

    def measures(self, countermeasure: Countermeasure) -> list[Measure]:
        """How it will be known whether a countermeasure works, in order."""
        return [
            measure
            for measure in self.measures_of.get(countermeasure.cause_id, ())
            if measure.countermeasure_id == countermeasure.id
        ]

    def measure(self, key: UUID) -> Measure | None:
        """One measure, wherever it hangs."""
        return _by_key(self.measures_of, key)

    def checks(self, measure: Measure) -> list[Check]:
        """The checks of a measure, planned and made, by the day on which they are or were due."""
        return [
            check
            for check in self.checks_of.get(measure.cause_id, ())
            if check.measure_id == measure.id
        ]

    def check(self, key: UUID) -> Check | None:
        """One check, wherever it hangs."""
        return _by_key(self.checks_of, key)

    def recurrences(self, countermeasure: Countermeasure) -> list[Appearance]:
        """Where its cause was found again after it was done, oldest first."""
        return recurrences(countermeasure, self.elsewhere.get(countermeasure.cause_id, ()))

    def standing(self, countermeasure: Countermeasure) -> Progress:
        """Where it stands; one that was done is not effective once its cause has come back."""
        if self.recurrences(countermeasure):
            return Progress.NOT_EFFECTIVE
        return countermeasure.progress

    def is_reopened(self, key: UUID) -> bool:
        """Whether what was done about a cause did not help, and nothing else is planned for it."""
        stand = [self.standing(item) for item in self.countermeasures(key)]
        return Progress.NOT_EFFECTIVE in stand and not any(
            progress in (*UNFINISHED, Progress.DONE, Progress.EFFECTIVE) for progress in stand
        )

    def roots(self) -> list[Cause]:
        """The root causes outside ruled-out branches, in the tree's order."""
        return [cause for cause in self._standing() if cause.is_root]

    def contributing(self) -> list[Cause]:
        """The contributing causes outside ruled-out branches, in the tree's order."""
        return [cause for cause in self._standing() if cause.part is Part.CONTRIBUTING]

    def conditions(self) -> list[Cause]:
        """The conditions that are not ours to change, outside ruled-out branches, in order."""
        return [cause for cause in self._standing() if cause.part is Part.CONDITION]

    def ruled_out(self) -> list[Cause]:
        """The causes that were ruled out, in the tree's order."""
        return [cause for cause, _ in self.walk() if cause.status is Status.RULED_OUT]

    def is_open(self, key: UUID) -> bool:
        """Whether this branch still waits for a why: nothing below it, and nothing settled.

        A root, a condition and what is ruled out or stopped are settled. A root where all that was
        done did not help is open again.
        """
        cause = self.causes[key]
        if self.children(key) or cause.status in (Status.RULED_OUT, Status.STOPPED):
            return False
        if cause.part is Part.ROOT:
            return self.is_reopened(key)
        return cause.part is not Part.CONDITION

    def open_questions(self) -> list[Cause]:
        """Every node outside ruled-out branches that waits for a why, in the tree's order."""
        return [cause for cause in self._standing() if self.is_open(cause.id)]

    def _see_that_each_is_said_once(self) -> None:
        for answers in self.link_answers_of.values():
            if len({answer.question for answer in answers}) < len(answers):
                raise ValueError("a question of the read-back is answered twice for one cause")
        for dismissals in self.dismissals_of.values():
            if len({dismissal.rule for dismissal in dismissals}) < len(dismissals):
                raise ValueError("a prompt is put aside twice for one cause")
        for checks in self.root_checks_of.values():
            if len({check.point for check in checks}) < len(checks):
                raise ValueError("a point of the root list is ticked twice for one cause")

    def _see_that_checks_hang_together(self) -> None:
        """Checks and measures belong to what hangs on the same cause."""
        for cause, measures in self.measures_of.items():
            here = {item.id for item in self.countermeasures(cause)}
            if any(measure.countermeasure_id not in here for measure in measures):
                raise ValueError("a measure belongs to no countermeasure of its cause")
        for cause, checks in self.checks_of.items():
            here = {measure.id for measure in self.measures_of.get(cause, ())}
            if any(check.measure_id not in here for check in checks):
                raise ValueError("a check belongs to no measure of its cause")

    def _standing(self) -> Iterator[Cause]:
        """Every node that is not ruled out, nor below one that is: the others explain nothing."""
        stack = [self.problem.id]
        while stack:
            cause = self.causes[stack.pop()]
            if cause.status is not Status.RULED_OUT:
                yield cause
                stack += reversed(self.children(cause.id))

    def next_open(self, after: UUID) -> Cause | None:
        """The next open question after `after` in the tree's order; after the end, the first."""
        waiting = self.open_questions()
        if not waiting:
            return None
        order = {cause.id: place for place, (cause, _) in enumerate(self.walk())}
        here = order.get(after, -1)
        later = [cause for cause in waiting if order[cause.id] > here]
        return (later or waiting)[0]


@dataclass(frozen=True, slots=True)
class Record:
    """A session with its history and what was decided on its causes: what an archive holds."""

    tree: Tree
    history: tuple[Change, ...] = ()
    decisions: tuple[Decision, ...] = ()
    """Also on causes that are only in the history, oldest first, those that hold no longer too."""

    @property
    def causes_ever(self) -> set[UUID]:
        """The keys of the causes that are in the tree, and of those that were."""
        return set(self.tree.causes) | {
            operation.key
            for change in self.history
            for operation in change.operations
            if operation.table == "cause"
        }


def start(operations: Iterable[Operation], seq: int = 0) -> Tree:
    """The tree of a session that `operations` (all of them insertions) begin."""
    values: dict[str, list[Any]] = {name: [] for name in type_of_table}
    for operation in operations:
        values[operation.table].append(row_after(None, operation))
    (session,) = values["why_session"]
    return Tree.of(
        session,
        values["cause"],
        values["evidence"],
        values["parked"],
        values["person"],
        seq,
        link_answers=values["link_answer"],
        dismissals=values["dismissal"],
        root_checks=values["root_check"],
        countermeasures=values["countermeasure"],
        measures=values["measure"],
        checks=values["measure_check"],
    )


def _by_key(hanging: Mapping[UUID, tuple[T, ...]], key: UUID) -> T | None:
    return next((item for items in hanging.values() for item in items if item.id == key), None)


def _hung(
    rows: Iterable[T], causes: Mapping[UUID, Cause], words: Callable[[T], str]
) -> dict[UUID, tuple[T, ...]]:
    """The rows by the cause that they hang on, in order. Raises ValueError where it is not there.

    `words` says what a row is.
    """
    hung: dict[UUID, list[T]] = {}
    for row in sorted(rows, key=place_of):
        if row.cause_id not in causes:
            raise ValueError(f"the {words(row)} belongs to no cause")
        hung.setdefault(row.cause_id, []).append(row)
    return {key: tuple(items) for key, items in hung.items()}

"""A session in which every kind of thing is there, each with words of the test's choice."""

from dataclasses import replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from fivewhys.models.commands import (
    AddEvidence,
    AnswerLink,
    AskInstead,
    Categorize,
    CheckRoot,
    DismissPrompt,
    NewPerson,
    Park,
    SetPart,
    SetStatus,
)
from fivewhys.models.plan_words import (
    FINISHED,
    CheckResult,
    CountermeasureKind,
    Means,
    MeasureKind,
    Progress,
)
from fivewhys.models.tree import Tree
from fivewhys.models.values import Appearance, Check, Countermeasure, Measure
from fivewhys.models.words import (
    EvidenceKind,
    Leg,
    LinkQuestion,
    Part,
    RootPoint,
    Severity,
    Status,
    StopReason,
    Verdict,
)
from tests.building import FIRST, answer, do, new_key, session

T = TypeVar("T", Countermeasure, Measure, Check)


def full(words: str, *, lines: str = "") -> Tree:
    """A tree with `words` in every field, and `lines` in those of several lines."""
    lines = lines or words
    tree = session(
        words,
        customer_words=lines,
        expected=words,
        actual=words,
        location=words,
        since_when=words,
        how_much=words,
        site=words,
        region=words,
        department=words,
        channel=words,
        severity=Severity.MAJOR,
        facilitator=words,
        notes=lines,
        acknowledged_at=FIRST,
        acknowledgement=lines,
        told_at=FIRST,
        told_channel=words,
        people=(
            NewPerson(name=words, role=words),
            NewPerson(name=words, role=words, here=False),
        ),
    )
    top = tree.problem.id
    tree, cause = answer(tree, top, words, said_by=words, leg=Leg.OCCURRENCE)
    tree = do(tree, SetStatus(cause=cause.id, status=Status.VERIFIED))
    tree = do(tree, AddEvidence(cause=cause.id, text=words, said_by=words))
    tree, root = answer(tree, cause.id, words)
    tree = do(tree, SetPart(cause=root.id, part=Part.ROOT, reason=words))
    tree = do(tree, AddEvidence(cause=root.id, text=words, supports=False))
    tree, bare = answer(tree, cause.id, words)
    tree = do(tree, SetPart(cause=bare.id, part=Part.ROOT))
    tree, out = answer(tree, top, words, leg=Leg.DETECTION)
    tree = do(tree, SetStatus(cause=out.id, status=Status.RULED_OUT, reason=words))
    tree = do(tree, AddEvidence(cause=out.id, text=words, kind=EvidenceKind.NUMBER))
    tree, stopped = answer(tree, top, words)
    tree = do(tree, SetStatus(cause=stopped.id, status=Status.STOPPED, reason=words))
    tree = do(tree, SetPart(cause=stopped.id, part=Part.CONTRIBUTING, reason=words))
    tree, end = answer(tree, top, words)
    tree = do(tree, SetStatus(cause=end.id, status=Status.STOPPED, reason=words))
    tree, rain = answer(tree, top, words)
    tree = do(tree, SetPart(cause=rain.id, part=Part.CONDITION, reason=words))
    known = StopReason.OUTSIDE_CONTROL
    tree = do(tree, SetStatus(cause=rain.id, status=Status.STOPPED, stop=known, reason=words))
    tree = do(tree, Categorize(cause=rain.id, lens=words, category=words))
    for node, verdict in ((cause, Verdict.YES), (root, Verdict.YES), (bare, Verdict.NO)):
        for question in LinkQuestion:
            given = AnswerLink(cause=node.id, question=question, verdict=verdict, words=words)
            tree = do(tree, given)
    for node in (rain, end):
        for question in LinkQuestion:
            unsure = Verdict.NEEDS_EVIDENCE
            given = AnswerLink(cause=node.id, question=question, verdict=unsure, words=words)
            tree = do(tree, given)
    for point in (RootPoint.PROCESS, RootPoint.READ_BACK):
        tree = do(tree, CheckRoot(cause=root.id, point=point, held=True))
    for node in (tree.problem, bare):
        aside = DismissPrompt(cause=node.id, rule=words, rule_set=words, prompt=words, reason=words)
        tree = do(tree, aside)
    tree, waiting = answer(tree, top, words)
    tree = do(tree, AskInstead(cause=waiting.id, question=words))
    tree = do(tree, AddEvidence(cause=top, text=words))
    tree = do(tree, Park(text=words, said_by=words))
    return _planned(tree, (top, root.id, bare.id), words, lines)


def _planned(tree: Tree, causes: tuple[UUID, ...], words: str, lines: str) -> Tree:
    """The tree with a plan about `causes`: the first has something in every state."""
    top, root, bare = causes
    items = [_countermeasure(tree, top, progress, words, lines) for progress in Progress]
    items += [_countermeasure(tree, key, Progress.DONE, words, lines) for key in (root, bare)]
    measures = [_measure(item, kind, words) for item in items for kind in MeasureKind]
    checks = [
        _check(measure, made, words)
        for measure in measures
        for made in ((True, False) if measure.kind is MeasureKind.OUTCOME else ())
    ]
    again = Appearance(new_key(), 9, words, date(2026, 12, 24), is_root=True)
    before = Appearance(new_key(), 3, words, date(2026, 11, 1), is_root=False)
    return replace(
        tree,
        countermeasures_of=_by_cause(items),
        measures_of=_by_cause(measures),
        checks_of=_by_cause(checks),
        elsewhere={root: (before, again)},
    )


def _by_cause(rows: list[T]) -> dict[UUID, tuple[T, ...]]:
    causes = {row.cause_id for row in rows}
    return {key: tuple(row for row in rows if row.cause_id == key) for key in causes}


# Rows, not commands: a page of them would take the clock of all tests into the next day.
def _countermeasure(
    tree: Tree, cause: UUID, progress: Progress, words: str, lines: str
) -> Countermeasure:
    is_done = progress in FINISHED
    return Countermeasure(
        id=new_key(),
        session_id=tree.session.id,
        cause_id=cause,
        position=1024,
        text=words,
        kind=CountermeasureKind.DETECT,
        means=Means.CHECKLIST,
        owner=words,
        due=date(2026, 12, 1),
        progress=progress,
        reason=words if progress in (Progress.REJECTED, Progress.NOT_EFFECTIVE) else "",
        done_on=date(2026, 11, 21) if is_done else None,
        notes=lines,
        ready_plan=True,
        ready_tools=False,
        ready_people=False,
        ready_channels=True,
        ready_impact=True,
        said_by=words,
        created_at=FIRST,
    )


def _measure(item: Countermeasure, kind: MeasureKind, words: str) -> Measure:
    return Measure(
        id=new_key(),
        session_id=item.session_id,
        cause_id=item.cause_id,
        countermeasure_id=item.id,
        position=1024,
        kind=kind,
        definition=words,
        baseline=words,
        target=words,
        days=30,
    )


def _check(measure: Measure, made: bool, words: str) -> Check:
    return Check(
        id=new_key(),
        session_id=measure.session_id,
        cause_id=measure.cause_id,
        measure_id=measure.id,
        due=date(2026, 12, 10),
        made_on=date(2026, 11, 22) if made else None,
        result=CheckResult.MET if made else None,
        value=words if made else "",
        checked_by=f"{words} 2",
        owner=words,
        created_at=FIRST,
    )

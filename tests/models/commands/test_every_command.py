"""What all commands have in common: labels, and refusing what is not there."""

from collections.abc import Callable
from uuid import UUID

import pytest

from fivewhys.models.commands import (
    AddCountermeasure,
    AddEvidence,
    AddMeasure,
    Answer,
    AnswerLink,
    AskInstead,
    Categorize,
    CheckRoot,
    Command,
    DeleteCause,
    DeleteCheck,
    DeleteCountermeasure,
    DeleteEvidence,
    DeleteMeasure,
    DeleteParked,
    DeleteSession,
    DismissPrompt,
    EditCause,
    EditCountermeasure,
    EditEvidence,
    EditMeasure,
    ExplainDismissal,
    Finish,
    ForgetLink,
    InsertBetween,
    MakeCheck,
    MoveCause,
    Park,
    ParkCause,
    PlanCheck,
    Reopen,
    RestoreSession,
    SetFacts,
    SetLeg,
    SetPart,
    SetProgress,
    SetSaidBy,
    SetStatus,
    SplitCauses,
    SplitLevels,
    UseParked,
)
from fivewhys.models.plan_words import CheckResult, Progress
from fivewhys.models.tree import Tree
from fivewhys.models.words import (
    EvidenceKind,
    Leg,
    LinkQuestion,
    Part,
    RootPoint,
    Status,
    StopReason,
    Verdict,
)
from tests.building import do, new_key
from tests.models.commands.asking import GONE, IS_PROBLEM, key, refusal
from tests.models.commands.planning import DAY, check, measure, shown
from tests.models.commands.planning import item as planned

FOLLOWS = LinkQuestion.FOLLOWS


@pytest.mark.parametrize(
    "command",
    [
        lambda cause: MoveCause(cause=cause, parent=cause),
        lambda cause: DeleteCause(cause=cause),
        lambda cause: SetStatus(cause=cause, status=Status.VERIFIED),
        lambda cause: SetPart(cause=cause, part=Part.ROOT),
        lambda cause: SetLeg(cause=cause, leg=Leg.SYSTEM),
        lambda cause: SetSaidBy(cause=cause, name="Bo"),
        lambda cause: ParkCause(cause=cause),
        lambda cause: AnswerLink(cause=cause, question=FOLLOWS, verdict=Verdict.NO),
        lambda cause: ForgetLink(cause=cause, question=FOLLOWS),
        lambda cause: CheckRoot(cause=cause, point=RootPoint.EVIDENCE, held=True),
        lambda cause: Categorize(cause=cause, lens="customer", category="speed"),
        lambda cause: InsertBetween(cause=cause, text="x"),
        lambda cause: SplitCauses(cause=cause, first="x", second="y"),
        lambda cause: SplitLevels(cause=cause, effect="x", below="y"),
    ],
)
def test_the_problem_is_no_cause(tree: Tree, command: Callable[[UUID], Command]) -> None:
    assert refusal(tree, command(tree.problem.id)) == IS_PROBLEM


@pytest.mark.parametrize(
    "command",
    [
        lambda cause: Answer(parent=cause, text="x"),
        lambda cause: EditCause(cause=cause, text="x"),
        lambda cause: AskInstead(cause=cause, question="x"),
        lambda cause: MoveCause(cause=cause, parent=cause),
        lambda cause: DeleteCause(cause=cause),
        lambda cause: SetStatus(cause=cause, status=Status.VERIFIED),
        lambda cause: SetPart(cause=cause, part=Part.ROOT),
        lambda cause: AddEvidence(cause=cause, text="x"),
        lambda cause: AddCountermeasure(cause=cause, text="x"),
        lambda cause: ParkCause(cause=cause),
        lambda cause: DismissPrompt(cause=cause, rule="blame", rule_set="1", prompt="x"),
        lambda cause: ExplainDismissal(cause=cause, reason="x"),
        lambda cause: AnswerLink(cause=cause, question=FOLLOWS, verdict=Verdict.NO),
        lambda cause: ForgetLink(cause=cause, question=FOLLOWS),
        lambda cause: CheckRoot(cause=cause, point=RootPoint.EVIDENCE, held=True),
        lambda cause: Categorize(cause=cause, lens="customer", category="speed"),
        lambda cause: InsertBetween(cause=cause, text="x"),
        lambda cause: SplitCauses(cause=cause, first="x", second="y"),
        lambda cause: SplitLevels(cause=cause, effect="x", below="y"),
    ],
)
def test_a_cause_that_somebody_deleted(tree: Tree, command: Callable[[UUID], Command]) -> None:
    assert refusal(tree, command(new_key())) == GONE


def test_labels_say_what_was_done(tree: Tree) -> None:
    till = key(tree, "till")
    tree = do(do(tree, AddEvidence(cause=till, text="12 receipts")), Park(text="old prices"))
    kept = key(tree, "list")
    tree = do(tree, SetPart(cause=kept, part=Part.CONDITION))
    item, idea = tree.evidence(till)[0].id, tree.parked[0].id
    tree = shown(tree)
    lock, thefts, looked = planned(tree).id, measure(tree, "thefts").id, check(tree, "thefts").id
    labels: dict[Command, str] = {
        Answer(parent=till, text="x" * 80): f"answer: {'x' * 59}…",
        EditCause(cause=till, text="the till"): "edit: the till",
        AskInstead(cause=till, question="Why so?"): "question: Why so?",
        MoveCause(cause=till, parent=tree.problem.id): "move: till",
        DeleteCause(cause=till): "delete: till",
        SetStatus(cause=till, status=Status.RULED_OUT, reason="no"): "ruled out: till",
        SetPart(cause=till, part=Part.ROOT): "root: till",
        SetPart(cause=till, part=None): "no longer root or contributing: till",
        SetPart(cause=till, part=Part.CONDITION): "condition: till",
        SetPart(cause=kept, part=None): "no longer a condition: list",
        SetStatus(
            cause=till, status=Status.STOPPED, stop=StopReason.HANDED_OVER
        ): "stopped, handed over: till",
        SetLeg(cause=till, leg=Leg.SYSTEM): "system leg: till",
        SetLeg(cause=till, leg=None): "no leg: till",
        SetSaidBy(cause=till, name="Bo"): "said by Bo: till",
        SetSaidBy(cause=till, name=""): "said by nobody named: till",
        AddEvidence(cause=till, text="a photo"): "evidence: a photo",
        EditEvidence(
            evidence=item, text="13", kind=EvidenceKind.NOTE, supports=True
        ): "edit evidence: 13",
        DeleteEvidence(evidence=item): "delete evidence: 12 receipts",
        AnswerLink(
            cause=till, question=FOLLOWS, verdict=Verdict.NEEDS_EVIDENCE
        ): "does it follow? needs evidence: till",
        AnswerLink(
            cause=till, question=LinkQuestion.WITHOUT, verdict=Verdict.NO
        ): "without it, too? no: till",
        ForgetLink(cause=till, question=FOLLOWS): "does it follow? not answered: till",
        DismissPrompt(
            cause=till, rule="rule_not_followed", rule_set="1", prompt="x"
        ): "dismiss “rule not followed”: till",
        ExplainDismissal(cause=till, reason="x"): "why it was put aside: till",
        CheckRoot(
            cause=till, point=RootPoint.READ_BACK, held=True
        ): "root list, read back ticked: till",
        CheckRoot(
            cause=till, point=RootPoint.EVIDENCE, held=False
        ): "root list, evidence not ticked: till",
        AddCountermeasure(cause=till, text="a guard"): "countermeasure: a guard",
        EditCountermeasure(countermeasure=lock, text="two locks"): "edit countermeasure: a lock",
        SetProgress(countermeasure=lock, progress=Progress.NOT_EFFECTIVE): "not effective: a lock",
        DeleteCountermeasure(countermeasure=lock): "delete countermeasure: a lock",
        AddMeasure(countermeasure=lock, definition="queues"): "measure: queues",
        EditMeasure(measure=thefts, definition="x"): "edit measure: thefts",
        DeleteMeasure(measure=thefts): "delete measure: thefts",
        PlanCheck(measure=thefts, due=DAY): "check planned for 2026-11-21: thefts",
        MakeCheck(
            measure=thefts, result=CheckResult.TOO_EARLY, checked_by="Chidi"
        ): "check too early to tell: thefts",
        DeleteCheck(check=looked): "delete check of 2026-11-21",
        Categorize(cause=till, lens="customer", category="speed"): "customer, speed: till",
        Categorize(cause=till, lens="", category=""): "no category: till",
        InsertBetween(cause=till, text="the form"): "insert: the form",
        SplitCauses(cause=till, first="a", second="b"): "split in two causes: till",
        SplitLevels(cause=till, effect="a", below="b"): "split in two levels: till",
        Park(text="later"): "park: later",
        ParkCause(cause=till): "park: till",
        UseParked(parked=idea, parent=till, text="prices"): "answer: prices",
        DeleteParked(parked=idea): "delete parked: old prices",
        SetFacts(): "session details",
        Finish(): "finish the session",
        Reopen(): "reopen the session",
        DeleteSession(): "delete S-1",
        RestoreSession(): "bring S-1 back",
    }
    assert {command: command.label(tree) for command in labels} == labels
    assert {type(command) for command in labels} == set(Command.__subclasses__())

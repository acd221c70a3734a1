"""What was done to a session, in sentences."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given

from fivewhys.models.commands import (
    AddCountermeasure,
    AddEvidence,
    AddMeasure,
    Answer,
    AnswerLink,
    CheckRoot,
    Command,
    CountermeasureFacts,
    DeleteCause,
    EditCause,
    EditCountermeasure,
    Facts,
    Finish,
    InsertBetween,
    MakeCheck,
    MeasureFacts,
    MoveCause,
    Park,
    ParkCause,
    PlanCheck,
    SetFacts,
    SetLeg,
    SetPart,
    SetProgress,
    SetStatus,
    SplitCauses,
    SplitLevels,
    UseParked,
)
from fivewhys.models.delta import Change, ChangeKind
from fivewhys.models.history import Backwards, Decided
from fivewhys.models.past import Decision, Sameness
from fivewhys.models.plan_words import CheckResult, MeasureKind, Progress
from fivewhys.models.tree import Tree
from fivewhys.models.words import Leg, LinkQuestion, Part, RootPoint, Status, StopReason, Verdict
from fivewhys.reports.history import Entry, entry
from tests import building
from tests.building import answer, do, session
from tests.reports.hostile import lines

PROBLEM = "customers are angry"


def of(tree: Tree, command: Command, kind: ChangeKind = ChangeKind.DO) -> tuple[Tree, Entry]:
    """The tree after a command, and what the history says of it."""
    moment = building.moment()
    operations = tuple(command.plan(tree, moment))
    after = tree.with_operations(operations, seq=tree.seq + 1)
    label = command.label(tree)
    change = Change(after.seq, moment.now, "Ines", kind, label, None, operations)
    return after, entry(Backwards(after).step(change))


def said(tree: Tree, command: Command) -> str:
    return of(tree, command)[1].sentence


@pytest.fixture
def tree() -> Tree:
    """Two answers, one below the other, and a third beside the first."""
    tree = session(PROBLEM)
    tree, first = answer(tree, tree.problem.id, "They are overcharged")
    tree, _ = answer(tree, first.id, "The form is wrong")
    tree, _ = answer(tree, tree.problem.id, "Nobody looked")
    return tree


def key(tree: Tree, text: str) -> UUID:
    return next(one.id for one in tree.causes.values() if one.text == text)


def test_what_is_done_to_causes(tree: Tree) -> None:
    form, over, nobody = (
        key(tree, text) for text in ("The form is wrong", "They are overcharged", "Nobody looked")
    )
    for command, words in (
        (
            EditCause(cause=form, text="It is last year’s form"),
            "reworded the answer “It is last year’s form” — before: “The form is wrong”",
        ),
        (
            EditCause(cause=tree.problem.id, text="they left"),
            "reworded the problem “they left” — before: “customers are angry”",
        ),
        (
            SetStatus(cause=form, status=Status.RULED_OUT, reason="the form is new"),
            "ruled “The form is wrong” out, because “the form is new”",
        ),
        (
            SetStatus(cause=form, status=Status.STOPPED, stop=StopReason.HANDED_OVER),
            "stopped asking at “The form is wrong”, because “handed over”",
        ),
        (
            SetStatus(cause=form, status=Status.VERIFIED),
            "marked “The form is wrong” verified — before: open",
        ),
        (
            SetPart(cause=form, part=Part.ROOT, reason="it is ours"),
            "marked “The form is wrong” as root, because “it is ours”",
        ),
        (SetLeg(cause=form, leg=Leg.DETECTION), "put “The form is wrong” on the detection leg"),
        (
            MoveCause(cause=form, parent=nobody),
            "moved “The form is wrong” under “Nobody looked”",
        ),
        (
            MoveCause(cause=nobody, parent=tree.problem.id, before=over),
            "moved “Nobody looked” among the answers beside it",
        ),
        (
            DeleteCause(cause=over),
            "deleted the answer “They are overcharged” with the one below it, which stood under "
            "“customers are angry”",
        ),
        (
            SplitCauses(cause=form, first="The form is old", second="Nobody checked it"),
            "split the answer “The form is wrong” in two: “The form is old” and "
            "“Nobody checked it”",
        ),
        (
            SplitLevels(cause=form, effect="The form is old", below="Nobody ordered one"),
            "split the answer “The form is wrong” in two levels: “The form is old”, and below it "
            "“Nobody ordered one”",
        ),
        (
            InsertBetween(cause=form, text="The till took the price"),
            "put “The till took the price” between “The form is wrong” and “They are overcharged”",
        ),
        (ParkCause(cause=nobody), "parked the answer “Nobody looked”"),
        (
            AddEvidence(cause=form, text="12.90", supports=False),
            "added evidence against “The form is wrong”: “12.90”",
        ),
        (
            AnswerLink(cause=form, question=LinkQuestion.FOLLOWS, verdict=Verdict.NO, words="why?"),
            "read “The form is wrong” back: does the effect follow from the cause? no, “why?”",
        ),
        (
            CheckRoot(cause=form, point=RootPoint.NECESSARY, held=True),
            "ticked for “The form is wrong”: Had it been absent, the problem would probably not "
            "have happened",
        ),
    ):
        assert said(tree, command) == f"Ines {words}"


def test_what_is_done_about_them(tree: Tree) -> None:
    form = key(tree, "The form is wrong")
    tree, added = of(tree, AddCountermeasure(cause=form, text="Order forms"))
    assert added.words == "added the countermeasure “Order forms” for “The form is wrong”"
    plan = tree.all_countermeasures()[0].id
    facts = CountermeasureFacts(owner="Ana", due=date(2026, 12, 1))
    tree, given = of(tree, EditCountermeasure(countermeasure=plan, facts=facts))
    assert given.words == (
        "called “Order forms” planned; gave “Order forms” to Ana; set “Order forms” due on "
        "1 December 2026"
    )
    done = SetProgress(countermeasure=plan, progress=Progress.DONE, on=date(2026, 11, 20))
    tree, told = of(tree, done)
    assert told.words == "called “Order forms” done on 20 November 2026"
    assert [(one.what, one.before, one.after) for one in told.parts[0].details] == [
        ("state", "planned", "done"),
        ("done on", "", "20 November 2026"),
    ]
    measure = AddMeasure(
        countermeasure=plan,
        definition="forms in time",
        facts=MeasureFacts(kind=MeasureKind.PROCESS),
    )
    tree, told = of(tree, measure)
    assert told.words == "added the measure “forms in time” to “Order forms”"
    look = next(iter(tree.measures_of.values()))[0].id
    tree, told = of(tree, PlanCheck(measure=look, due=date(2026, 12, 24)))
    assert told.words == "planned a check of “forms in time” for 24 December 2026"
    made = MakeCheck(measure=look, result=CheckResult.NOT_MET, checked_by="Bo", value="2 late")
    tree, told = of(tree, made)
    assert told.words.startswith(
        "checked “forms in time”: not met (“2 late”); called “Order forms”"
    )
    assert told.cause == form


def test_what_is_done_to_the_session(tree: Tree) -> None:
    assert said(tree, Finish()).startswith("Ines finished the session")
    assert said(tree, SetFacts(facts=Facts(site="Lyon", expected="the shelf price"))) == (
        "Ines changed the details: expected, site"
    )
    tree, told = of(tree, Park(text="the till is old"))
    assert told.words == "parked “the till is old”"
    use = UseParked(parked=tree.parked[0].id, parent=tree.problem.id, text="the till is old")
    assert said(tree, use) == (
        "Ines took up the parked idea “the till is old” as an answer to why of "
        "“customers are angry”"
    )


@pytest.mark.parametrize(
    ("sameness", "words"),
    [
        (Sameness.SAME, "said that “late van” is the same cause as “no van” of S-9"),
        (Sameness.DIFFERENT, "said that “late van” is another cause than “no van” of S-9"),
        (
            Sameness.SKIPPED,
            "left open for now whether “late van” is the same cause as “no van” of S-9",
        ),
        (Sameness.OPEN, "took back what was said of “late van” and “no van” of S-9"),
    ],
)
def test_what_is_decided(sameness: Sameness, words: str) -> None:
    a, b = UUID(int=1), UUID(int=2)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    found = Decided(Decision(UUID(int=3), a, b, sameness, "Bo", at), a, "late van", "no van", "S-9")
    assert entry(found).sentence == f"Bo {words}"
    gone = Decided(found.decision, a, "{other}", "", "")
    assert "one that is gone" in entry(gone).sentence
    assert "“{other}”" in entry(gone).sentence


@given(text=lines, other=lines)
def test_words_of_people_stay_what_they_are(text: str, other: str) -> None:
    tree = session(PROBLEM)
    tree, cause = answer(tree, tree.problem.id, text)
    reworded = said(tree, EditCause(cause=cause.id, text=other))
    if text != other:
        assert reworded == f"Ines reworded the answer “{other}” — before: “{text}”"


def test_a_great_branch_is_told_in_part() -> None:
    tree = session(PROBLEM)
    tree, top = answer(tree, tree.problem.id, "all")
    for number in range(100):
        tree = do(tree, Answer(parent=top.id, text=f"part {number}"))
    _, told = of(tree, DeleteCause(cause=top.id))
    assert "with the 100 below it" in told.words
    assert (len(told.parts), told.left_out) == (60, 41)
    assert len(told.causes) == 101

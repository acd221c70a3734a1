"""Makes the specimen of the current schema: a small database with a bit of everything in it.

    python -m tests.store.specimens

Each released schema keeps its specimen in `tests/specimens`. It is written once, by the version
that it is of, and never again: what later versions make of it is what the tests are about.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from uuid import UUID

from fivewhys.models.commands import (
    AddCountermeasure,
    AddEvidence,
    AddMeasure,
    Answer,
    AnswerLink,
    AskInstead,
    Categorize,
    CheckRoot,
    CountermeasureFacts,
    DeleteSession,
    DismissPrompt,
    Facts,
    Finish,
    MakeCheck,
    MeasureFacts,
    NewPerson,
    Park,
    PlanCheck,
    SetFacts,
    SetLeg,
    SetPart,
    SetProgress,
    SetStatus,
    StartSession,
)
from fivewhys.models.past import Sameness
from fivewhys.models.plan_words import (
    CheckResult,
    CountermeasureKind,
    Means,
    MeasureKind,
    Progress,
)
from fivewhys.models.tree import Tree
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
from fivewhys.store.schema import SCHEMA
from fivewhys.store.store import Store

FOLDER = Path(__file__).parent.parent / "specimens"


def clock() -> Callable[[], datetime]:
    """A minute later at each look."""
    minutes = count()
    return lambda: datetime(2026, 11, 21, 9, tzinfo=UTC) + timedelta(minutes=next(minutes))


def keys() -> Callable[[], UUID]:
    """Keys that count up, with the marks of UUIDv7."""
    numbers: Iterator[int] = count(1)
    return lambda: UUID(int=0x0193_5000_0000_7000_8000_0000_0000_0000 + next(numbers))


def fill(database: str | Path) -> None:
    """Three sessions: one at work, one finished, one deleted."""
    with closing(Store(database, "Ines", now=clock(), new_key=keys())) as store:
        tree = store.start(
            StartSession(
                problem="Customers are charged twice",
                facts=Facts(
                    customer_words="“I paid for one coffee.”\nTwice.",
                    site="Harwick",
                    department="Café",
                    severity=Severity.MAJOR,
                    noticed_at=datetime(2026, 11, 20, 14, 30, tzinfo=UTC),
                    time_box=45,
                ),
                people=(NewPerson(name="Bo", role="till"), NewPerson(name="Dana", here=False)),
            )
        )
        top = tree.problem.id
        tree = store.apply(tree, Answer(parent=top, text="The card reader times out", said_by="Bo"))
        tree = store.apply(tree, Answer(parent=top, text="Staff press the key again", leg=None))
        reader, staff = tree.children(top)
        tree = store.apply(tree, Answer(parent=reader, text="価格 [/b] `x` | <i>ärger</i>"))
        tree = store.apply(tree, SetStatus(cause=reader, status=Status.VERIFIED))
        tree = store.apply(
            tree,
            AddEvidence(cause=reader, text="38 of 40 slips", kind=EvidenceKind.NUMBER),
        )
        tree = store.apply(tree, AddEvidence(cause=staff, text="Not on film", supports=False))
        tree = store.apply(
            tree, SetStatus(cause=staff, status=Status.RULED_OUT, reason="Not on film")
        )
        deepest = tree.children(reader)[0]
        tree = store.apply(tree, SetPart(cause=deepest, part=Part.ROOT, reason="Ours to change"))
        tree = store.apply(tree, SetLeg(cause=reader, leg=Leg.OCCURRENCE))
        tree = store.apply(tree, AskInstead(cause=reader, question="Why so slow?"))
        for act in (
            AnswerLink(
                cause=deepest,
                question=LinkQuestion.FOLLOWS,
                verdict=Verdict.NEEDS_EVIDENCE,
                words="Ask `Bo` | [/b]",
            ),
            CheckRoot(cause=deepest, point=RootPoint.EVIDENCE, held=True),
            DismissPrompt(
                cause=reader, rule="vague", rule_set="2026.1", prompt="Which?", reason="All"
            ),
            Categorize(cause=reader, lens="six-m", category="machine"),
            SetStatus(cause=deepest, status=Status.STOPPED, stop=StopReason.OUT_OF_TIME),
        ):
            tree = store.apply(tree, act)
        tree = _plan(store, tree, deepest)
        tree = store.apply(tree, Park(text="Ask the bank", said_by="Dana"))
        store.undo(tree)
        store.save_draft(f"{tree.session.id}/answer", "Because the")
        second = store.start(StartSession(problem="Soup is cold"))
        second = store.apply(second, Answer(parent=second.problem.id, text="The lift is slow"))
        # The same words as those of a cause of the first session.
        again = Answer(parent=second.problem.id, text="the card-reader times out!")
        second = store.apply(second, again)
        store.apply(second, Finish())
        # Words that were the same are found different; another pair is decided and taken back.
        lift, times_out = second.children(second.problem.id)
        store.decide(reader, times_out, Sameness.SAME)
        store.decide(times_out, reader, Sameness.DIFFERENT)
        store.decide(deepest, lift, Sameness.SAME)
        store.decide(deepest, lift, Sameness.SKIPPED)
        store.take_back_decision()
        third = store.start(StartSession(problem="A test"))
        store.apply(third, DeleteSession())


def _plan(store: Store, tree: Tree, cause: UUID) -> Tree:
    """What is done about a cause of the first session, and how it is known to work."""
    facts = CountermeasureFacts(
        kind=CountermeasureKind.CORRECT,
        means=Means.PLACE,
        owner="Bo",
        due=date(2026, 11, 30),
        notes="From the maker\n[/b] `x` | 価格",
        ready_plan=True,
        ready_tools=True,
    )
    tree = store.apply(tree, AddCountermeasure(cause=cause, text="A new reader", facts=facts))
    tree = store.apply(tree, AddCountermeasure(cause=cause, text="A sign"))
    reader, sign = tree.countermeasures(cause)
    out = SetProgress(countermeasure=sign.id, progress=Progress.REJECTED, reason="Too weak")
    tree = store.apply(tree, out)
    done = SetProgress(countermeasure=reader.id, progress=Progress.DONE, on=date(2026, 11, 20))
    tree = store.apply(tree, done)
    for definition, kind in (
        ("Slips printed", MeasureKind.PROCESS),
        ("Charged twice", MeasureKind.OUTCOME),
    ):
        how = MeasureFacts(kind=kind, baseline="38 of 40", target="0", days=30)
        adds = AddMeasure(countermeasure=reader.id, definition=definition, facts=how)
        tree = store.apply(tree, adds)
    printed, twice = tree.measures(reader)
    looked = MakeCheck(
        measure=printed.id, result=CheckResult.MET, checked_by="Dana", value="40 of 40"
    )
    tree = store.apply(tree, looked)
    tree = store.apply(tree, PlanCheck(measure=twice.id, due=date(2026, 12, 20), checked_by="Chi"))
    told = Facts(
        acknowledged_at=datetime(2026, 11, 20, 15, tzinfo=UTC),
        acknowledgement="We charged you twice.\nWe are sorry.",
        told_at=datetime(2026, 11, 21, 8, 30, tzinfo=UTC),
        told_channel="letter",
    )
    return store.apply(tree, SetFacts(facts=told))


if __name__ == "__main__":
    path = FOLDER / f"schema-{SCHEMA}.db"
    if path.exists():
        raise SystemExit(f"{path} is there already, and stays as it is")
    fill(path)
    print(path)

"""Sessions that come from elsewhere: recognised, never mixed up, all or nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fivewhys.imports.archive import read
from fivewhys.models.commands import (
    FARTHEST,
    AddCountermeasure,
    AddEvidence,
    AddMeasure,
    Answer,
    AnswerLink,
    Categorize,
    CheckRoot,
    CountermeasureFacts,
    DeleteCause,
    DeleteSession,
    DismissPrompt,
    EditCause,
    MakeCheck,
    NewPerson,
    Park,
    PlanCheck,
    SetPart,
    SetProgress,
    StartSession,
)
from fivewhys.models.delta import ChangeKind, inserted
from fivewhys.models.past import Sameness
from fivewhys.models.plan_words import CheckResult, Progress
from fivewhys.models.tree import Record, Tree
from fivewhys.models.words import LinkQuestion, Part, RootPoint, Verdict
from fivewhys.reports.archive import write
from fivewhys.store import journal
from fivewhys.store.bringing import Outcome
from fivewhys.store.numbering import LARGEST_KEPT
from fivewhys.store.problems import StoreProblem
from fivewhys.store.store import Store
from tests.building import new_key

Opens = Callable[..., Store]


@pytest.fixture
def other(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Another person's history, always in a file."""
    return Store(tmp_path_factory.mktemp("other") / "history.db", "Bo")


def made(store: Store, problem: str = "customers are angry") -> Record:
    """A session with a bit of everything, and undo in its history."""
    tree = store.start(StartSession(problem=problem, people=(NewPerson(name="Bo"),)))
    tree = store.apply(tree, Answer(parent=tree.problem.id, text="They are overcharged"))
    (cause,) = tree.children(tree.problem.id)
    tree = store.apply(tree, Answer(parent=cause, text="The price list is old"))
    tree = store.apply(tree, AddEvidence(cause=cause, text="12 receipts"))
    read = AnswerLink(cause=cause, question=LinkQuestion.FOLLOWS, verdict=Verdict.YES)
    tree = store.apply(tree, read)
    tree = store.apply(tree, CheckRoot(cause=cause, point=RootPoint.EVIDENCE, held=True))
    aside = DismissPrompt(cause=cause, rule="blame", rule_set="1", prompt="Why?", reason="no")
    tree = store.apply(tree, aside)
    tree = store.apply(tree, Categorize(cause=cause, lens="six-m", category="machine"))
    root = tree.children(cause)[0]
    tree = store.apply(tree, SetPart(cause=root, part=Part.ROOT))
    facts = CountermeasureFacts(owner="Bo", due=date(2026, 12, 1), ready_plan=True)
    tree = store.apply(tree, AddCountermeasure(cause=root, text="a new list", facts=facts))
    (item,) = tree.all_countermeasures()
    tree = store.apply(tree, AddMeasure(countermeasure=item.id, definition="complaints"))
    (measure,) = tree.measures(item)
    tree = store.apply(tree, PlanCheck(measure=measure.id, due=date(2026, 12, 20)))
    tree = store.apply(tree, SetProgress(countermeasure=item.id, progress=Progress.DONE))
    look = MakeCheck(measure=measure.id, result=CheckResult.MET, checked_by="Chidi")
    tree = store.apply(tree, look)
    tree = store.apply(tree, Park(text="old prices"))
    store.apply(tree, DeleteCause(cause=cause))
    undone = store.undo(tree)
    assert undone is not None
    return store.record(tree.session.id)


def content(tree: Tree) -> Tree:
    """What a tree says, without its number here."""
    return replace(tree, session=replace(tree.session, number=1), seq=0)


def everything(store: Store) -> list[Record]:
    return [store.record(line.id) for line in store.library()]


def test_a_session_comes_as_it_is_with_its_history(store: Store, other: Store) -> None:
    record = made(other)
    (brought,) = store.bring_in([record])
    assert (brought.outcome, brought.number) == (Outcome.ADDED, 1)
    assert brought.problem == "customers are angry"
    assert store.record(record.tree.session.id) == record


def test_undo_goes_on_where_it_was(store: Store, other: Store) -> None:
    record = made(other)
    store.bring_in([made(store, "another"), record])
    store.actor = "Bo"
    tree = store.tree(record.tree.session.id)
    undone = store.undo(tree)
    assert undone is not None
    assert undone.label == "park: old prices"
    redone = store.redo(undone.tree)
    assert redone is not None
    assert replace(redone.tree, seq=0) == replace(tree, seq=0)


def test_a_session_is_written_out_as_it_was_at_one_moment(
    open_store: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    tree = ines.start(StartSession(problem="soup is cold"))
    changes = journal.changes

    def while_bo_answers(*given: Any, **more: Any) -> Any:
        monkeypatch.setattr(journal, "changes", changes)
        bo.apply(tree, Answer(parent=tree.problem.id, text="the lift is slow"))
        return changes(*given, **more)

    monkeypatch.setattr(journal, "changes", while_bo_answers)
    record = ines.record(tree.session.id)
    assert len(bo.history(tree.session.id)) == 2
    assert len(record.history) == len(record.tree.causes) == 1


def test_the_same_session_is_recognised(store: Store, other: Store) -> None:
    record = made(other)
    store.bring_in([record])
    before = everything(store)
    assert [line.outcome for line in store.bring_in([record, record])] == [Outcome.KNOWN] * 2
    assert everything(store) == before


def test_a_session_twice_in_one_file_is_one_session(store: Store, other: Store) -> None:
    record = made(other)
    outcomes = [line.outcome for line in store.bring_in([record, record])]
    assert outcomes == [Outcome.ADDED, Outcome.KNOWN]
    assert store.counts() == (1, 2)


def test_a_session_that_differs_is_refused(store: Store, other: Store) -> None:
    record = made(other)
    store.bring_in([record])
    tree = store.tree(record.tree.session.id)
    store.apply(tree, EditCause(cause=tree.problem.id, text="customers shout"))
    before = everything(store)
    with pytest.raises(StoreProblem) as raised:
        store.bring_in([made(other, "new"), record])
    assert str(raised.value) == (
        "S-1 “customers shout” is here already and differs from the file. Import it as a copy "
        "with --copy. Nothing was imported."
    )
    assert everything(store) == before


def test_a_session_that_was_deleted_here_is_not_brought_back_by_the_way(
    store: Store, other: Store
) -> None:
    record = made(other)
    store.bring_in([record])
    store.apply(store.tree(record.tree.session.id), DeleteSession())
    with pytest.raises(StoreProblem, match="was deleted here"):
        store.bring_in([record])
    assert store.library() == []


def test_what_another_program_wrote_is_recognised_by_its_key(store: Store, other: Store) -> None:
    """It has no history, and what was done to it here since is no difference."""
    record = Record(made(other).tree)
    store.bring_in([record])
    tree = store.tree(record.tree.session.id)
    changed = store.apply(tree, EditCause(cause=tree.problem.id, text="customers shout"))
    assert [line.outcome for line in store.bring_in([record])] == [Outcome.KNOWN]
    assert store.tree(tree.session.id) == changed


def test_what_has_no_history_begins_one(store: Store, other: Store) -> None:
    record = Record(made(other).tree)
    store.bring_in([record])
    tree = store.tree(record.tree.session.id)
    assert content(tree) == content(record.tree)
    (line,) = store.history(tree.session.id)
    assert (line.kind, line.label, line.actor) == (ChangeKind.START, "import", "Ines")
    assert store.undo(tree) is None


def test_a_copy_stands_beside_the_first(store: Store) -> None:
    record = made(store)
    (brought,) = store.bring_in([record], copies=True)
    assert (brought.outcome, brought.number) == (Outcome.ADDED, 2)
    copy, first = everything(store)
    assert first == record
    assert not copy.tree.causes.keys() & first.tree.causes.keys()
    assert [(cause.text, cause.part, depth) for cause, depth in copy.tree.walk()] == [
        (cause.text, cause.part, depth) for cause, depth in first.tree.walk()
    ]
    assert len(copy.tree.link_answers_of) == len(copy.tree.dismissals_of) == 1
    assert len(copy.tree.root_checks_of) == 1
    (item,) = copy.tree.all_countermeasures()
    (measure,) = copy.tree.measures(item)
    assert len(copy.tree.checks(measure)) == 2
    assert len(copy.tree.evidence_of) == len(copy.tree.parked) == len(copy.tree.people) == 1
    assert [line.label for line in copy.history] == [line.label for line in first.history]


def test_a_copy_can_be_undone_without_the_first(store: Store) -> None:
    record = made(store)
    (brought,) = store.bring_in([record], copies=True)
    undone = store.undo(store.numbered(brought.number))
    assert undone is not None
    assert undone.tree.parked == ()
    assert len(store.numbered(1).parked) == 1


def test_numbers_are_kept_where_they_are_free(store: Store, other: Store) -> None:
    records = [made(other, f"problem {number}") for number in (1, 2, 3)]
    store.start(StartSession(problem="here first"))
    numbers = [line.number for line in store.bring_in([records[2], records[0]])]
    assert numbers == [3, 4]
    assert store.start(StartSession(problem="next")).session.number == 5


def test_the_number_of_a_deleted_session_is_not_free(store: Store, other: Store) -> None:
    store.apply(store.start(StartSession(problem="here first")), DeleteSession())
    assert [line.number for line in store.bring_in([made(other)])] == [2]


def bad(record: Record, what: str) -> Record:
    """A record that no database takes."""
    tree = record.tree
    if what == "empty text":
        problem = replace(tree.problem, text="")
        return replace(
            record, tree=replace(tree, problem=problem, causes={**tree.causes, problem.id: problem})
        )
    session = replace(tree.session, id=new_key(), number=7)
    return replace(record, tree=replace(tree, session=session))


@pytest.mark.parametrize("what", ["empty text", "causes of another session"])
def test_one_bad_session_in_the_middle_and_none_comes(
    store: Store, other: Store, what: str
) -> None:
    mine = made(store, "mine")
    records = [made(other, f"problem {number}") for number in range(5)]
    records[2] = bad(records[2], what)
    with pytest.raises(StoreProblem) as raised:
        store.bring_in(records)
    assert str(raised.value).startswith("“")
    assert str(raised.value).endswith("does not fit together. Nothing was imported.")
    assert everything(store) == [mine]
    assert store.start(StartSession(problem="next")).session.number == 2


def test_an_import_that_is_cancelled_leaves_nothing(store: Store, other: Store) -> None:
    class Cancelled(Exception):
        pass

    heard: list[int] = []

    def progress(done: int) -> None:
        heard.append(done)
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        store.bring_in([made(other, str(number)) for number in range(3)], progress=progress)
    assert heard == [1, 2]
    assert store.library() == []
    assert store.counts() == (0, 0)


def test_between_the_engines_and_back(open_store: Opens, other: Store) -> None:
    """What one database gives, another takes, and gives the same again."""
    records = [made(other, "one"), made(other, "two")]
    store = open_store()
    store.bring_in(records)
    again = [store.record(record.tree.session.id) for record in records]
    assert again == records


FAR = 2**63 - 1


def far(record: Record, what: str) -> Record:
    """A record with the largest number that a column holds, in a row or in what led to it."""
    tree = record.tree
    if what in ("number", "number without end"):
        number = FAR if what == "number" else 10**30
        return replace(record, tree=replace(tree, session=replace(tree.session, number=number)))
    if what == "cause":
        cause = replace(tree.answers(tree.problem.id)[0], position=FAR)
        return replace(record, tree=replace(tree, causes={**tree.causes, cause.id: cause}))
    if what == "person":
        return replace(record, tree=replace(tree, people=(replace(tree.people[0], position=-FAR),)))
    *lines, last = record.history
    operation = inserted(replace(tree.parked[0], position=FAR))
    return replace(record, history=(*lines, replace(last, operations=(operation,))))


@pytest.mark.parametrize("what", ["number", "number without end", "cause", "person", "history"])
def test_numbers_that_leave_no_room_do_not_come_in(store: Store, other: Store, what: str) -> None:
    mine = made(store, "mine")
    with pytest.raises(StoreProblem) as raised:
        store.bring_in([made(other, "another"), far(made(other), what)])
    assert str(raised.value) == (
        "“customers are angry” has a number or a position beyond 9,007,199,254,740,991, which "
        "leaves no room for what comes after. Nothing was imported."
    )
    assert everything(store) == [mine]
    assert store.start(StartSession(problem="next")).session.number == 2


@pytest.mark.parametrize("number", [LARGEST_KEPT + 1, FARTHEST])
def test_a_number_that_nobody_would_say_is_not_kept(
    store: Store, other: Store, number: int
) -> None:
    record = made(other)
    tree = replace(record.tree, session=replace(record.tree.session, number=number))
    record = replace(record, tree=tree)
    assert [line.number for line in store.bring_in([record])] == [1]
    assert [line.outcome for line in store.bring_in([record])] == [Outcome.KNOWN]
    assert store.start(StartSession(problem="next")).session.number == 2
    assert [line.number for line in store.library()] == [2, 1]


def test_the_largest_number_is_kept_and_counted_on(store: Store, other: Store) -> None:
    record = made(other)
    tree = replace(record.tree, session=replace(record.tree.session, number=LARGEST_KEPT))
    assert [line.number for line in store.bring_in([replace(record, tree=tree)])] == [LARGEST_KEPT]
    begun = store.start(StartSession(problem="next"))
    assert begun.session.number == LARGEST_KEPT + 1
    assert [line.number for line in store.library()] == [LARGEST_KEPT + 1, LARGEST_KEPT]
    assert store.numbered(LARGEST_KEPT + 1) == begun


def test_a_tree_at_the_farthest_position_goes_on_and_comes_in_elsewhere(
    store: Store, other: Store
) -> None:
    """What is taken in can be answered, exported and taken in again."""
    record = made(other)
    (cause,) = record.tree.answers(record.tree.problem.id)
    last = replace(cause, position=FARTHEST)
    tree = replace(record.tree, causes={**record.tree.causes, cause.id: last})
    (brought,) = store.bring_in([replace(record, tree=tree)])
    tree = store.numbered(brought.number)
    for text in ("They wait too long", "The van is late"):
        tree = store.apply(tree, Answer(parent=tree.problem.id, text=text))
    texts = ["They are overcharged", "They wait too long", "The van is late"]
    assert [answer.text for answer in tree.answers(tree.problem.id)] == texts
    (again,) = read(write([store.record(tree.session.id)]))
    assert store.bring_in([again])[0].outcome is Outcome.KNOWN
    assert store.bring_in([again], copies=True)[0].outcome is Outcome.ADDED


# Decisions


def decided(store: Store) -> tuple[Record, Record]:
    """Two sessions whose roots were found different, then the same, and two other causes."""
    one, two = (made(store, problem).tree for problem in ("one", "two"))
    (a,), (b,) = one.roots(), two.roots()
    store.decide(a.id, b.id, Sameness.DIFFERENT)
    store.decide(a.id, b.id, Sameness.SAME)
    (above_a,), (above_b,) = one.answers(one.problem.id), two.answers(two.problem.id)
    store.decide(above_a.id, above_b.id, Sameness.SAME)
    store.take_back_decision()
    return store.record(one.session.id), store.record(two.session.id)


def test_decisions_come_with_either_session_and_hold_once_both_are_here(
    store: Store, other: Store
) -> None:
    one, two = decided(other)
    assert len(one.decisions) == 4
    assert one.decisions == two.decisions
    text = write([one, two])
    store.bring_in(read(write([two])))
    assert store.decisions() == []
    assert store.record(two.tree.session.id) == two
    store.bring_in(read(text))
    assert store.decisions() == other.decisions()
    assert [decision.sameness for decision in store.decisions()] == [Sameness.SAME, Sameness.OPEN]
    assert write([store.record(record.tree.session.id) for record in (one, two)]) == text
    assert [line.outcome for line in store.bring_in(read(text))] == [Outcome.KNOWN] * 2
    assert write([store.record(record.tree.session.id) for record in (one, two)]) == text


def test_what_was_decided_since_comes_with_a_session_that_is_here(
    store: Store, other: Store
) -> None:
    one, two = decided(other)
    store.bring_in([one, two])
    (a,), (b,) = one.tree.roots(), two.tree.roots()
    theirs = other.decide(a.id, b.id, Sameness.DIFFERENT)
    store.bring_in([other.record(one.tree.session.id)])
    assert theirs in store.decisions()
    # What was decided later holds, whichever database it comes from and whichever came first.
    ours = store.decide(a.id, b.id, Sameness.SAME)
    other.bring_in([store.record(one.tree.session.id)])
    assert ours in other.decisions()
    assert store.decisions() == other.decisions()


def test_a_decision_on_a_deleted_cause_comes_along_and_wakes_by_undo(
    store: Store, other: Store
) -> None:
    one, two = decided(other)
    (a,) = one.tree.roots()
    other.apply(one.tree, DeleteCause(cause=a.id))
    store.bring_in([other.record(one.tree.session.id), two])
    assert [decision.sameness for decision in store.decisions()] == [Sameness.OPEN]
    store.actor = "Bo"
    undone = store.undo(store.tree(one.tree.session.id))
    assert undone is not None
    assert [decision.sameness for decision in store.decisions()] == [Sameness.SAME, Sameness.OPEN]


def test_copies_take_the_decisions_between_them_along(store: Store) -> None:
    one, two = decided(store)
    store.bring_in([one, two], copies=True)
    (a,), (b,) = store.numbered(3).roots(), store.numbered(4).roots()
    copied = store.decisions()[:2]
    assert {decision.sameness for decision in copied} == {Sameness.SAME}
    assert {(decision.a, decision.b) for decision in copied} >= {tuple(sorted((a.id, b.id)))}
    assert len(store.decisions()) == 4
    # A copy of one alone stays the same as the other.
    store.bring_in([one], copies=True)
    (alone,) = store.numbered(5).roots()
    (root,) = two.tree.roots()
    pair = tuple(sorted((alone.id, root.id)))
    assert pair in {(decision.a, decision.b) for decision in store.decisions()}

"""Undo and redo: this person's own last change, exactly, unless somebody has built on it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from fivewhys.models.commands import (
    AddCountermeasure,
    AddEvidence,
    AddMeasure,
    Answer,
    Command,
    CountermeasureFacts,
    DeleteCause,
    EditCause,
    EditCountermeasure,
    Finish,
    MakeCheck,
    MeasureFacts,
    MoveCause,
    PlanCheck,
    SetPart,
    SetProgress,
    SetStatus,
    StartSession,
)
from fivewhys.models.plan_words import CheckResult, MeasureKind, Progress
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.models.words import Part, State, Status
from fivewhys.store.problems import Conflict
from fivewhys.store.store import Store

Opens = Callable[..., Store]


def answered(store: Store, tree: Tree, parent: Cause, text: str) -> tuple[Tree, Cause]:
    tree = store.apply(tree, Answer(parent=parent.id, text=text))
    return tree, tree.answers(parent.id)[-1]


def test_nothing_done_nothing_to_undo(store: Store) -> None:
    tree = store.start(StartSession(problem="customers are angry"))
    assert store.undo(tree) is None
    assert store.redo(tree) is None


def test_undo_says_what_it_took_back(store: Store) -> None:
    tree = store.start(StartSession(problem="customers are angry"))
    tree = store.apply(tree, Answer(parent=tree.problem.id, text="They are overcharged"))
    undone = store.undo(tree)
    assert undone is not None
    assert undone.label == "answer: They are overcharged"
    redone = store.redo(undone.tree)
    assert redone is not None
    assert redone.label == "answer: They are overcharged"


def test_something_new_ends_what_could_be_redone(store: Store) -> None:
    tree = store.start(StartSession(problem="customers are angry"))
    tree = store.apply(tree, Answer(parent=tree.problem.id, text="They are overcharged"))
    undone = store.undo(tree)
    assert undone is not None
    tree = store.apply(undone.tree, Answer(parent=tree.problem.id, text="They wait too long"))
    assert store.redo(tree) is None


def test_a_long_way_back_and_forth_again(store: Store) -> None:
    """Longer than the journal's page of 50 lines."""
    first = store.start(StartSession(problem="customers are angry"))
    tree = first
    for number in range(60):
        tree = store.apply(tree, EditCause(cause=tree.problem.id, text=f"wording {number}"))
    for _ in range(60):
        undone = store.undo(tree)
        assert undone is not None
        tree = undone.tree
    assert tree.problem == first.problem
    assert store.undo(tree) is None
    for _ in range(60):
        redone = store.redo(tree)
        assert redone is not None
        tree = redone.tree
    assert tree.problem.text == "wording 59"
    assert store.redo(tree) is None


def test_undo_takes_back_ones_own_change_and_leaves_the_others(open_store: Opens) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    tree = ines.start(StartSession(problem="customers are angry"))
    ines.apply(tree, Answer(parent=tree.problem.id, text="They are overcharged"))
    bo.apply(tree, Answer(parent=tree.problem.id, text="They wait too long"))
    undone = ines.undo(tree)
    assert undone is not None
    assert [cause.text for cause in undone.tree.answers(tree.problem.id)] == ["They wait too long"]


def test_undo_refuses_what_another_person_went_on_with(open_store: Opens) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    tree = ines.start(StartSession(problem="customers are angry"))
    tree, cause = answered(ines, tree, tree.problem, "They are overcharged")
    tree = bo.apply(tree, EditCause(cause=cause.id, text="They are charged twice"))
    with pytest.raises(Conflict, match=r"^Bo has changed this since \(edit: They are cha"):
        ines.undo(tree)
    assert ines.tree(tree.session.id) == tree


@pytest.mark.parametrize("what", ["answer", "evidence"])
def test_undo_refuses_to_pull_the_ground_from_under_another_person(
    open_store: Opens, what: str
) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    tree = ines.start(StartSession(problem="customers are angry"))
    tree, cause = answered(ines, tree, tree.problem, "They are overcharged")
    command = (
        Answer(parent=cause.id, text="The old price list is used")
        if what == "answer"
        else AddEvidence(cause=cause.id, text="12 receipts")
    )
    tree = bo.apply(tree, command)
    with pytest.raises(Conflict, match="built on this since"):
        ines.undo(tree)
    assert ines.tree(tree.session.id) == tree


def test_undo_refuses_to_take_what_another_person_measures_or_looked_at(
    open_store: Opens,
) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    tree = ines.start(StartSession(problem="customers are angry"))
    tree = ines.apply(tree, AddCountermeasure(cause=tree.problem.id, text="a letter"))
    (letter,) = tree.all_countermeasures()
    tree = bo.apply(tree, AddMeasure(countermeasure=letter.id, definition="replies"))
    with pytest.raises(Conflict, match="built on this since"):
        ines.undo(tree)
    (replies,) = tree.measures(letter)
    tree = ines.apply(tree, PlanCheck(measure=replies.id, due=date(2026, 12, 1)))
    with pytest.raises(Conflict, match="built on this since"):
        bo.undo(tree)
    assert ines.tree(tree.session.id) == tree


def test_a_look_that_was_not_met_is_taken_back_with_all_that_it_did(open_store: Opens) -> None:
    """The countermeasure had no effect, its cause and the finished session were open again."""
    store = open_store()
    tree = store.start(StartSession(problem="customers are angry"))
    tree, cause = answered(store, tree, tree.problem, "They are overcharged")
    commands: list[Command] = [
        SetPart(cause=cause.id, part=Part.ROOT),
        AddCountermeasure(cause=cause.id, text="a new list"),
        Finish(),
    ]
    for command in commands:
        tree = store.apply(tree, command)
    (item,) = tree.all_countermeasures()
    tree = store.apply(tree, AddMeasure(countermeasure=item.id, definition="complaints"))
    tree = store.apply(tree, SetProgress(countermeasure=item.id, progress=Progress.DONE))
    (measure,) = tree.measures(tree.all_countermeasures()[0])
    look = MakeCheck(measure=measure.id, result=CheckResult.NOT_MET, checked_by="Chidi")
    after = store.apply(tree, look)
    assert after.open_questions() == [after.causes[cause.id]]
    assert (after.session.state, tree.session.state) == (State.OPEN, State.FINISHED)
    undone = store.undo(after)
    assert undone is not None
    assert replace(undone.tree, seq=0) == replace(tree, seq=0)
    assert undone.label == "check not met: complaints"


def acted_on(store: Store) -> Tree:
    """A letter that Ana owns and that was sent, and how we know of it."""
    tree = store.start(StartSession(problem="customers are angry"))
    facts = CountermeasureFacts(owner="Ana")
    command = AddCountermeasure(cause=tree.problem.id, text="a letter", facts=facts)
    tree = store.apply(tree, command)
    (letter,) = tree.all_countermeasures()
    for kind in (MeasureKind.PROCESS, MeasureKind.OUTCOME):
        how = AddMeasure(
            countermeasure=letter.id, definition=kind.value, facts=MeasureFacts(kind=kind)
        )
        tree = store.apply(tree, how)
    return store.apply(tree, SetProgress(countermeasure=letter.id, progress=Progress.DONE))


def test_undo_makes_nobody_check_their_own_work(open_store: Opens) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    tree = acted_on(ines)
    (letter,) = tree.all_countermeasures()
    facts = CountermeasureFacts(owner="Dana")
    tree = ines.apply(tree, EditCountermeasure(countermeasure=letter.id, facts=facts))
    measure = tree.measures(letter)[0]
    look = MakeCheck(measure=measure.id, result=CheckResult.MET, checked_by="ana")
    tree = bo.apply(tree, look)
    with pytest.raises(Conflict, match=r"^Ana would own “a letter” and check it too"):
        ines.undo(tree)
    assert ines.tree(tree.session.id) == tree
    # The same the other way round.
    undone = bo.undo(tree)
    assert undone is not None
    back = ines.undo(undone.tree)
    assert back is not None
    with pytest.raises(Conflict, match=r"^Ana would own “a letter” and check it too"):
        bo.redo(back.tree)


def test_undo_takes_nothing_that_shows_an_effect(open_store: Opens) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    tree = acted_on(ines)
    (letter,) = tree.all_countermeasures()
    for measure in tree.measures(letter):
        look = MakeCheck(measure=measure.id, result=CheckResult.MET, checked_by="Chidi")
        tree = ines.apply(tree, look)
    tree = bo.apply(tree, SetProgress(countermeasure=letter.id, progress=Progress.EFFECTIVE))
    with pytest.raises(Conflict, match=r"^“a letter” was called effective since"):
        ines.undo(tree)
    assert ines.tree(tree.session.id) == tree


def test_undo_never_closes_a_circle(open_store: Opens) -> None:
    """Each move is fine in its turn; the first taken back alone hangs two causes on each other."""
    ines, bo = open_store("Ines"), open_store("Bo")
    tree = ines.start(StartSession(problem="customers are angry"))
    tree, upper = answered(bo, tree, tree.problem, "They are overcharged")
    tree, lower = answered(bo, tree, upper, "The old price list is used")
    tree = ines.apply(tree, MoveCause(cause=lower.id, parent=tree.problem.id))
    tree = bo.apply(tree, MoveCause(cause=upper.id, parent=lower.id))
    with pytest.raises(Conflict, match="hang under itself"):
        ines.undo(tree)
    assert ines.tree(tree.session.id) == tree


def test_a_deleted_branch_comes_back_whole_after_a_restart(open_store: Opens) -> None:
    store = open_store()
    tree = store.start(StartSession(problem="customers are angry"))
    tree, cause = answered(store, tree, tree.problem, "They are overcharged")
    tree, below = answered(store, tree, cause, "The old price list is used")
    tree = store.apply(tree, AddEvidence(cause=below.id, text="12 receipts"))
    whole = store.apply(
        tree, SetStatus(cause=below.id, status=Status.RULED_OUT, reason="list is new")
    )
    store.apply(whole, DeleteCause(cause=cause.id))
    store.close()
    again = open_store()
    undone = again.undo(again.tree(tree.session.id))
    assert undone is not None
    assert undone.tree.causes == whole.causes
    assert undone.tree.evidence_of == whole.evidence_of

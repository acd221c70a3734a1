"""A deleted session waits to be brought back: nothing is done to it by the way."""

from collections.abc import Callable

import pytest

from fivewhys.models.commands import (
    AddEvidence,
    Answer,
    Command,
    DeleteSession,
    EditCause,
    Finish,
    Park,
    Refused,
    RestoreSession,
    SetFacts,
    StartSession,
)
from fivewhys.models.tree import Tree
from fivewhys.store.problems import Conflict
from fivewhys.store.store import Store

Opens = Callable[..., Store]

DELETED = "Somebody has deleted this session. Bring it back in the library, then go on."


def begun(store: Store) -> Tree:
    tree = store.start(StartSession(problem="customers are angry"))
    return store.apply(tree, Answer(parent=tree.problem.id, text="They are overcharged"))


def same(one: Tree, other: Tree) -> bool:
    return (one.session, one.causes, one.parked) == (other.session, other.causes, other.parked)


@pytest.mark.parametrize(
    "command",
    [
        lambda tree: Answer(parent=tree.problem.id, text="They wait too long"),
        lambda tree: EditCause(cause=tree.problem.id, text="customers shout"),
        # Even what would change nothing.
        lambda tree: EditCause(cause=tree.problem.id, text=tree.problem.text),
        lambda tree: AddEvidence(cause=tree.problem.id, text="12 letters"),
        lambda tree: SetFacts(problem="customers shout"),
        lambda tree: Park(text="old prices"),
        lambda tree: Finish(),
    ],
    ids=lambda make: "",
)
def test_what_another_deleted_takes_nothing_in(
    open_store: Opens, command: Callable[[Tree], Command]
) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    tree = begun(ines)
    gone = bo.apply(tree, DeleteSession())
    lines = len(ines.history(tree.session.id))
    # Whether Ines has seen it or not.
    for seen in (tree, ines.refresh(tree)):
        with pytest.raises(Refused) as raised:
            ines.apply(seen, command(tree))
        assert str(raised.value) == DELETED
    assert ines.tree(tree.session.id) == gone
    assert len(ines.history(tree.session.id)) == lines


def test_it_goes_on_when_it_is_back(open_store: Opens) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    tree = begun(ines)
    bo.apply(tree, DeleteSession())
    answer = Answer(parent=tree.problem.id, text="They wait too long")
    with pytest.raises(Refused):
        ines.apply(tree, answer)
    back = ines.apply(tree, RestoreSession())
    assert same(back, tree)
    after = ines.apply(tree, answer)
    assert [cause.text for cause in after.answers(tree.problem.id)] == [
        "They are overcharged",
        "They wait too long",
    ]


def test_deleting_twice_is_deleting_once(open_store: Opens) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    tree = begun(ines)
    gone = bo.apply(tree, DeleteSession())
    assert ines.apply(tree, DeleteSession()) == gone


def test_undo_and_redo_do_nothing_to_what_another_deleted(open_store: Opens) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    tree = begun(ines)
    undone = ines.undo(ines.apply(tree, Park(text="old prices")))
    assert undone is not None
    gone = bo.apply(tree, DeleteSession())
    for step in (ines.undo, ines.redo):
        with pytest.raises(Conflict) as raised:
            step(undone.tree)
        assert str(raised.value) == DELETED
    assert ines.tree(tree.session.id) == gone
    bo.apply(gone, RestoreSession())
    redone = ines.redo(undone.tree)
    assert redone is not None
    assert [idea.text for idea in redone.tree.parked] == ["old prices"]


def test_undo_takes_back_ones_own_deletion_and_redo_does_it_again(store: Store) -> None:
    tree = begun(store)
    gone = store.apply(tree, DeleteSession())
    undone = store.undo(gone)
    assert undone is not None
    assert same(undone.tree, tree)
    redone = store.redo(undone.tree)
    assert redone is not None
    assert same(redone.tree, gone)


def test_undo_of_bringing_back_deletes_and_redo_brings_back(store: Store) -> None:
    tree = begun(store)
    gone = store.apply(tree, DeleteSession())
    back = store.apply(gone, RestoreSession())
    undone = store.undo(back)
    assert undone is not None
    assert same(undone.tree, gone)
    redone = store.redo(undone.tree)
    assert redone is not None
    assert same(redone.tree, tree)


def test_what_is_typed_stays_as_a_draft(open_store: Opens) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    tree = begun(ines)
    bo.apply(tree, DeleteSession())
    place = f"{tree.session.id}/answer"
    ines.save_draft(place, "They wait too long")
    assert ines.drafts(str(tree.session.id)) == {place: "They wait too long"}

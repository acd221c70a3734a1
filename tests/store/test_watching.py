"""What another person does comes on this one's screen."""

import time
from collections.abc import Callable

import pytest

from fivewhys.models.commands import Answer, DeleteSession, EditCause, Park, StartSession
from fivewhys.models.tree import Tree
from fivewhys.store import reading
from fivewhys.store.problems import StoreProblem
from fivewhys.store.store import Store

Opens = Callable[..., Store]


def seen(store: Store) -> bool:
    """Whether the store ever notices a change; a server tells it a moment later."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if store.changed_elsewhere():
            return True
        time.sleep(0.01)
    return False


def test_anothers_change_is_noticed_and_seen(open_store: Opens) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    tree = ines.start(StartSession(problem="customers are angry"))
    ines.changed_elsewhere()
    assert not ines.changed_elsewhere()
    assert ines.refresh(tree) is tree
    changed = bo.apply(tree, Answer(parent=tree.problem.id, text="They are overcharged"))
    assert seen(ines)
    assert not ines.changed_elsewhere()
    fresh = ines.refresh(tree)
    assert fresh == changed
    assert fresh.touched == {tree.problem.id, *tree.children(tree.problem.id), *changed.causes}


def test_the_first_look_is_always_worth_a_refresh(open_store: Opens) -> None:
    """Nobody watched between reading the tree and the first look."""
    ines, bo = open_store("Ines"), open_store("Bo")
    tree = ines.start(StartSession(problem="customers are angry"))
    bo.apply(tree, Park(text="old prices"))
    assert ines.changed_elsewhere()
    assert len(ines.refresh(tree).parked) == 1


def test_a_draft_of_another_person_is_no_reason_to_draw_anything(open_store: Opens) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    tree = ines.start(StartSession(problem="customers are angry"))
    bo.save_draft("here", "text")
    assert ines.refresh(tree) is tree


def test_an_answer_onto_an_old_state_lands_on_the_new_one(open_store: Opens) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    old = ines.start(StartSession(problem="customers are angry"))
    bo.apply(old, EditCause(cause=old.problem.id, text="customers shout"))
    bo.apply(old, Answer(parent=old.problem.id, text="They wait too long"))
    mine = ines.apply(old, Answer(parent=old.problem.id, text="They are overcharged"))
    assert mine.problem.text == "customers shout"
    assert [cause.text for cause in mine.answers(old.problem.id)] == [
        "They wait too long",
        "They are overcharged",
    ]
    assert mine.touched == mine.causes.keys()


def test_what_a_change_touched_does_not_pile_up(store: Store) -> None:
    tree = store.start(StartSession(problem="customers are angry"))
    for number in range(5):
        tree = store.apply(tree, Answer(parent=tree.problem.id, text=f"answer {number}"))
        assert tree.touched == {tree.problem.id, tree.children(tree.problem.id)[-1]}
    undone = store.undo(tree)
    assert undone is not None
    assert len(undone.tree.touched) == 1


def test_a_history_that_was_removed_meanwhile_is_no_gap(open_store: Opens) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    old = ines.start(StartSession(problem="customers are angry"))
    bo.apply(old, Answer(parent=old.problem.id, text="They wait too long"))
    bo.purge_history(old.session.id)
    bo.apply(old, Park(text="old prices"))
    fresh = ines.refresh(old)
    assert fresh == ines.tree(old.session.id)
    assert fresh.touched == fresh.causes.keys()
    assert ines.undo(fresh) is None


def test_a_session_that_was_removed_meanwhile(open_store: Opens) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    tree = ines.start(StartSession(problem="customers are angry"))
    bo.apply(tree, DeleteSession())
    bo.purge_deleted()
    gone = "^This session is no longer there. Somebody has removed it for good.$"
    for do in (
        lambda: ines.refresh(tree),
        lambda: ines.tree(tree.session.id),
        lambda: ines.apply(tree, Park(text="old prices")),
        lambda: ines.undo(tree),
    ):
        with pytest.raises(StoreProblem, match=gone):
            do()


def test_a_tree_is_read_as_it_was_at_one_moment(
    open_store: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several queries make a tree; what is written between two of them is not half in it."""
    ines, bo = open_store("Ines"), open_store("Bo")
    before = ines.start(StartSession(problem="customers are angry"))
    rows_of = reading._rows
    written: list[Tree] = []

    def interrupted(db: object, name: str, column: str, key: object) -> object:
        if name == "cause" and not written:
            written.append(
                bo.apply(before, Answer(parent=before.problem.id, text="They wait too long"))
            )
        return rows_of(db, name, column, key)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "_rows", interrupted)
    read = ines.tree(before.session.id)
    assert read == before
    assert ines.refresh(read) == written[0]

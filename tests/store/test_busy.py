"""When another program or thread does not let go."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from fivewhys.models.commands import Answer, StartSession
from fivewhys.store import engine
from fivewhys.store.store import Store
from tests.store.trouble import problem_of

Opens = Callable[..., Store]

PATIENCE = 30.0
"""Seconds after which a thread hangs; the waits that these tests are about take 0.05."""


def test_another_program_that_does_not_let_go(
    open_store: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 50)
    store, other = open_store("Ines"), open_store("Bo")
    tree = store.start(StartSession(problem="customers are angry"))
    answer = Answer(parent=tree.problem.id, text="They are overcharged")
    with other._database.writing(tree.session.id):
        assert problem_of(lambda: store.apply(tree, answer)) == (
            f"Another program is writing to {store.where} and does not let go. This was not saved; "
            "try again in a moment."
        )
        # Reading goes on meanwhile.
        assert store.tree(tree.session.id) == tree
    assert store.apply(tree, answer).seq == tree.seq + 1


def test_an_import_in_another_thread_holds_nothing_up_for_long(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 50)
    tree = store.start(StartSession(problem="customers are angry"))
    store.changed_elsewhere()
    answer = Answer(parent=tree.problem.id, text="They are overcharged")
    with ThreadPoolExecutor(1) as screen, store._database.writing():
        assert screen.submit(store.tree, tree.session.id).result(PATIENCE) == tree
        assert isinstance(screen.submit(store.changed_elsewhere).result(PATIENCE), bool)
        waiting = screen.submit(store.apply, tree, answer)
        assert problem_of(lambda: waiting.result(PATIENCE)) == (
            f"Something else is still being written to {store.where}. This was not saved; try "
            "again in a moment."
        )
    assert store.apply(tree, answer).seq > tree.seq


def test_giving_space_back_waits_for_another_thread_no_longer_than_any_other_write(
    database: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 50)
    with ThreadPoolExecutor(1) as purging:
        with store._database.writing():
            waiting = purging.submit(store._database.give_space_back)
            if "://" in database:
                waiting.result(PATIENCE)
            else:
                assert problem_of(lambda: waiting.result(PATIENCE)) == (
                    f"The words are removed, but unused parts of {store.where} may still hold "
                    "them (something else is still being written to it). Close Five Whys "
                    "everywhere else and purge once more."
                )
        purging.submit(store._database.give_space_back).result(PATIENCE)

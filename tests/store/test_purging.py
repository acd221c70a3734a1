"""What is removed for good is gone, words and all; what is only deleted is not."""

import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from fivewhys.models.commands import (
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
    Facts,
    MakeCheck,
    MeasureFacts,
    NewPerson,
    Park,
    SetProgress,
    StartSession,
)
from fivewhys.models.delta import ChangeKind
from fivewhys.models.plan_words import CheckResult, Progress
from fivewhys.models.tree import Tree
from fivewhys.models.words import LinkQuestion, RootPoint, Verdict
from fivewhys.store import engine
from fivewhys.store.problems import StoreProblem
from fivewhys.store.store import Store

Opens = Callable[..., Store]

SECRET = "Zanzibar"
"""A word that only the session holds that goes."""


def told(store: Store) -> Tree:
    """A session that says the secret everywhere it can be said."""
    tree = store.start(
        StartSession(
            problem=f"{SECRET} problem",
            facts=Facts(
                notes=f"{SECRET} notes",
                site=f"{SECRET} site",
                acknowledgement=f"{SECRET} letter",
                told_channel=f"{SECRET} channel",
            ),
            people=(NewPerson(name=f"{SECRET} name"),),
        )
    )
    tree = store.apply(tree, Answer(parent=tree.problem.id, text=f"{SECRET} answer"))
    (cause,) = tree.children(tree.problem.id)
    tree = store.apply(tree, Answer(parent=tree.problem.id, text=f"{SECRET} stays"))
    for key in tree.children(tree.problem.id):
        tree = store.apply(tree, AddEvidence(cause=key, text=f"{SECRET} evidence"))
        read = AnswerLink(
            cause=key, question=LinkQuestion.FOLLOWS, verdict=Verdict.NO, words=f"{SECRET} words"
        )
        tree = store.apply(tree, read)
        tree = store.apply(tree, CheckRoot(cause=key, point=RootPoint.EVIDENCE, held=True))
        tree = store.apply(tree, Categorize(cause=key, lens=SECRET, category=SECRET))
        aside = DismissPrompt(
            cause=key, rule=SECRET, rule_set=SECRET, prompt=SECRET, reason=f"{SECRET} reason"
        )
        tree = store.apply(tree, aside)
        tree = planned(store, tree, key)
    tree = store.apply(tree, Park(text=f"{SECRET} idea"))
    for number in range(30):
        long = f"{SECRET} {number} " * 100
        tree = store.apply(tree, Answer(parent=cause, text=long))
    tree = store.apply(tree, DeleteCause(cause=cause))
    store.save_draft(f"{tree.session.id}/answer", f"{SECRET} draft")
    return tree


def planned(store: Store, tree: Tree, cause: UUID) -> Tree:
    """A countermeasure of the cause, with a measure and a check, that say the secret."""
    facts = CountermeasureFacts(owner=f"{SECRET} owner", notes=f"{SECRET} notes")
    adds = AddCountermeasure(cause=cause, text=f"{SECRET} plan", facts=facts)
    tree = store.apply(tree, adds)
    (item,) = tree.countermeasures(cause)
    how = MeasureFacts(baseline=f"{SECRET} baseline", target=f"{SECRET} target")
    adds_measure = AddMeasure(countermeasure=item.id, definition=f"{SECRET} measure", facts=how)
    tree = store.apply(tree, adds_measure)
    (measure,) = tree.measures(item)
    tree = store.apply(tree, SetProgress(countermeasure=item.id, progress=Progress.DONE))
    look = MakeCheck(
        measure=measure.id, result=CheckResult.MET, checked_by=SECRET, value=f"{SECRET} value"
    )
    return store.apply(tree, look)


def found(path: Path) -> dict[str, int]:
    """How often the secret is in each file beside `path`, in UTF-8 or UTF-16, in any capitals."""
    both = b"|".join((SECRET.encode(), SECRET.encode("utf-16-le")))
    secrets = re.compile(both, re.IGNORECASE)
    counts = {file.name: len(secrets.findall(file.read_bytes())) for file in path.parent.iterdir()}
    return {name: count for name, count in counts.items() if count}


def test_the_bytes_of_a_purged_session_are_gone(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with closing(Store(path, "Ines")) as store:
        kept = store.start(StartSession(problem="customers are angry"))
        tree = told(store)
        store.apply(tree, DeleteSession())
        assert found(path)
        assert store.purge_deleted() == 1
        assert found(path) == {}
        assert store.tree(kept.session.id) == kept
    assert found(path) == {}


def test_the_bytes_of_former_wordings_are_gone(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with closing(Store(path, "Ines")) as store:
        tree = store.start(StartSession(problem="customers are angry"))
        tree = store.apply(tree, EditCause(cause=tree.problem.id, text=f"{SECRET} is angry"))
        tree = store.apply(tree, EditCause(cause=tree.problem.id, text="somebody is angry"))
        assert store.purge_history(tree.session.id) == 3
        assert found(path) == {}
        assert store.tree(tree.session.id).problem.text == "somebody is angry"


def test_words_that_a_reader_holds_back_are_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 50)
    path = tmp_path / "history.db"
    with closing(Store(path, "Ines")) as store, closing(Store(path, "Bo")) as reader:
        tree = store.apply(told(store), DeleteSession())
        with reader._database.reading() as db:
            db.exec_driver_sql("SELECT count(*) FROM cause").all()
            with pytest.raises(StoreProblem, match=r"unused parts of .* may still hold them"):
                store.purge_deleted()
        with pytest.raises(StoreProblem):
            store.tree(tree.session.id)
        assert store.purge_deleted() == 0
        assert found(path) == {}


def test_purging_takes_deleted_sessions_and_nothing_else(store: Store) -> None:
    kept = store.start(StartSession(problem="customers are angry"))
    kept = store.apply(kept, Answer(parent=kept.problem.id, text="They are overcharged"))
    store.save_draft(f"{kept.session.id}/answer", "kept")
    gone = told(store)
    store.apply(gone, DeleteSession())
    history = store.history(kept.session.id)
    assert store.purge_deleted() == 1
    assert store.purge_deleted() == 0
    assert store.tree(kept.session.id) == kept
    assert store.history(kept.session.id) == history
    assert store.drafts("") == {f"{kept.session.id}/answer": "kept"}
    assert store.history(gone.session.id) == []
    assert store.counts() == (1, 1)


def test_a_number_is_not_given_twice(store: Store) -> None:
    store.apply(store.start(StartSession(problem="one")), DeleteSession())
    store.purge_deleted()
    assert store.start(StartSession(problem="two")).session.number == 2


def test_a_session_without_its_history_goes_on(store: Store) -> None:
    tree = store.start(StartSession(problem="customers are angry"))
    tree = store.apply(tree, Answer(parent=tree.problem.id, text="They are overcharged"))
    store.purge_history(tree.session.id)
    tree = store.tree(tree.session.id)
    assert store.undo(tree) is None
    (line,) = store.history(tree.session.id)
    assert (line.kind, line.label, line.operations) == (ChangeKind.START, "history removed", ())
    tree = store.apply(tree, Park(text="old prices"))
    undone = store.undo(tree)
    assert undone is not None
    assert undone.tree.parked == ()


def test_a_big_session_is_purged_too(store: Store) -> None:
    """A chain, which must go from its deepest end."""
    tree = store.start(StartSession(problem="customers are angry"))
    for number in range(300):
        deepest = tree.open_questions()[0].id
        tree = store.apply(tree, Answer(parent=deepest, text=f"cause {number}"))
    store.apply(tree, DeleteSession())
    assert store.purge_deleted() == 1
    assert store.counts() == (0, 0)

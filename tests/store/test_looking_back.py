"""The way back through a session: page by page, and each line as it was done."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fivewhys.models.commands import (
    Answer,
    DeleteCause,
    EditCause,
    NewPerson,
    Refused,
    StartSession,
)
from fivewhys.models.delta import Change, ChangeKind, Operation, Value, row_of
from fivewhys.models.history import Backwards, Decided, Step, is_about
from fivewhys.models.past import Sameness
from fivewhys.models.tree import Tree
from fivewhys.reports.history import Entry, entry
from fivewhys.store.problems import Conflict
from fivewhys.store.store import Store
from tests.building import session
from tests.store.acts import commands

Opens = Callable[..., Store]
START = StartSession(problem="customers are angry", people=(NewPerson(name="Bo", role="driver"),))


@pytest.fixture
def both(open_store: Opens) -> list[Store]:
    """The history as two people have it open."""
    return [open_store("Ines"), open_store("Bo")]


def way(store: Store, tree: Tree, page: int = 50) -> list[Step | Decided]:
    """All that was done, newest first."""
    back, found = store.way_back(tree), []
    while not back.is_at_start:
        found += back.go(page)
    assert back.go(page) == []
    return found


def told(store: Store, tree: Tree) -> list[Entry]:
    return [entry(one) for one in way(store, tree)]


def wordings(tree: Tree) -> dict[UUID, str]:
    return {key: cause.text for key, cause in tree.causes.items()}


@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_whatever_people_do_each_line_says_what_was_before(
    both: list[Store], data: st.DataObject
) -> None:
    tree = both[0].start(START)
    trees = [tree]
    for _ in range(data.draw(st.integers(1, 15))):
        store = data.draw(st.sampled_from(both))
        step = data.draw(st.sampled_from(["do", "do", "do", "undo", "redo"]))
        try:
            if step == "do":
                after = store.apply(tree, data.draw(commands(tree)))
            else:
                undone = store.undo(tree) if step == "undo" else store.redo(tree)
                after = undone.tree if undone else tree
        except (Refused, Conflict):
            continue
        if after.seq != tree.seq:
            trees.append(after)
        tree = after
    found = way(both[0], tree, data.draw(st.integers(1, 20)))
    assert [one.change.seq for one in found if isinstance(one, Step)] == [
        one.seq for one in reversed(trees)
    ]
    for one, after in zip(found, reversed(trees), strict=True):
        assert isinstance(one, Step)
        said = entry(one)
        assert said.words
        assert said.sentence.startswith(("Ines ", "Bo "))
        before = trees[trees.index(after) - 1] if after is not trees[0] else None
        was, now = wordings(before) if before else {}, wordings(after)
        reworded = {
            row.key: row.before["text"]
            for row in one.rows
            if row.table == "cause" and row.before and "text" in row.changed
        }
        assert reworded == {
            key: text for key, text in was.items() if key in now and now[key] != text
        }
        for row in one.rows:
            assert row.after == _row_in(after, row.table, row.key)
            assert row.before == (_row_in(before, row.table, row.key) if before else None)


def _row_in(tree: Tree, table: str, key: UUID) -> dict[str, Any] | None:
    values: list[Value] = [tree.session, *tree.parked, *tree.people]
    values += [value for cause in tree.causes.values() for value in (cause, *tree.on(cause.id))]
    return next((row_of(value) for value in values if value.id == key), None)


def test_each_page_goes_on_where_the_last_one_ended(store: Store) -> None:
    tree = store.start(START)
    for number in range(12):
        tree = store.apply(tree, EditCause(cause=tree.problem.id, text=f"wording {number}"))
    back = store.way_back(tree)
    pages = []
    while not back.is_at_start:
        pages.append([entry(one).sentence for one in back.go(5)])
    assert list(map(len, pages)) == [5, 5, 3]
    assert pages[0][0] == "Ines reworded the problem “wording 11” — before: “wording 10”"
    assert pages[2] == [
        "Ines reworded the problem “wording 1” — before: “wording 0”",
        "Ines reworded the problem “wording 0” — before: “customers are angry”",
        "Ines started the session with the problem “customers are angry”",
    ]


def test_it_tells_of_the_tree_that_it_began_at(open_store: Opens) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    tree = ines.start(START)
    tree = ines.apply(tree, Answer(parent=tree.problem.id, text="late van"))
    bo.apply(tree, EditCause(cause=tree.answers(tree.problem.id)[0].id, text="no van"))
    assert told(ines, tree)[0].sentence == (
        "Ines answered “late van” to why of “customers are angry”"
    )
    now = ines.refresh(tree)
    assert told(ines, now)[0].sentence == "Bo reworded the answer “no van” — before: “late van”"
    assert ines.way_back(now).people() == ["Ines", "Bo"]


def test_undo_and_redo_are_told_as_such(store: Store) -> None:
    tree = store.start(START)
    tree = store.apply(tree, Answer(parent=tree.problem.id, text="late van"))
    tree = store.apply(tree, EditCause(cause=tree.answers(tree.problem.id)[0].id, text="no van"))
    undone = store.undo(tree)
    assert undone is not None
    redone = store.redo(undone.tree)
    assert redone is not None
    found = told(store, redone.tree)
    assert [one.sentence for one in found[:3]] == [
        "Ines did again: reworded the answer “no van” — before: “late van”",
        "Ines took back: reworded the answer “no van” — now again: “late van”",
        "Ines reworded the answer “no van” — before: “late van”",
    ]
    again, back = (one.parts[0].details[0] for one in found[:2])
    assert (again.before, again.after) == ("late van", "no van")
    assert (back.before, back.after) == ("no van", "late van")


def test_what_was_decided_stands_between_what_was_done(open_store: Opens) -> None:
    ines, bo = open_store("Ines"), open_store("Bo")
    clock = count()
    for one in (ines, bo):
        one._now = lambda: datetime(2026, 3, 3, tzinfo=UTC) + timedelta(minutes=next(clock))
    first = ines.start(START)
    first = ines.apply(first, Answer(parent=first.problem.id, text="late van"))
    other = bo.start(StartSession(problem="letters go astray"))
    other = bo.apply(other, Answer(parent=other.problem.id, text="the van was late"))
    (a,), (b,) = first.children(first.problem.id), other.children(other.problem.id)
    bo.decide(a, b, Sameness.SAME)
    first = ines.apply(first, EditCause(cause=a, text="no van"))
    ines.decide(a, b, Sameness.DIFFERENT)
    ines.take_back_decision()
    first = ines.apply(first, DeleteCause(cause=a))
    assert [one.sentence for one in told(ines, first)] == [
        "Ines deleted the answer “no van”, which stood under “customers are angry”",
        "Ines took back what was said of “no van” and “the van was late” of S-2",
        "Ines said that “no van” is another cause than “the van was late” of S-2",
        "Ines reworded the answer “no van” — before: “late van”",
        "Bo said that “no van” is the same cause as “the van was late” of S-2",
        "Ines answered “late van” to why of “customers are angry”",
        "Ines started the session with the problem “customers are angry”",
    ]
    about = [one for one in way(ines, first) if is_about(one, "Bo", a)]
    assert len(about) == 1
    # The other session has them too.
    assert any("“the van was late” is the same cause as" in one.sentence for one in told(bo, other))


def test_what_was_removed_or_brought_in_is_said(open_store: Opens, store: Store) -> None:
    tree = store.start(START)
    tree = store.apply(tree, EditCause(cause=tree.problem.id, text="customers are cross"))
    record = store.record(tree.session.id)
    store.purge_history(tree.session.id)
    tree = store.apply(store.refresh(tree), EditCause(cause=tree.problem.id, text="they left"))
    assert [one.sentence for one in told(store, tree)] == [
        "Ines reworded the problem “they left” — before: “customers are cross”",
        "Ines removed what the history said before",
    ]
    store.bring_in([record], copies=True)
    copy = store.numbered(2)
    assert told(store, copy)[0].tail == "before: “customers are angry”"


@given(data=st.data())
def test_a_journal_that_does_not_fit_is_told_too(data: st.DataObject) -> None:
    """Archives from elsewhere may say anything of rows that nobody has."""
    tree = session()
    keys = st.sampled_from([tree.problem.id, UUID(int=7), UUID(int=8)])
    rows = st.none() | st.fixed_dictionaries(
        {}, optional={"text": st.text(), "parent_id": st.none() | keys, "cause_id": keys}
    )
    operations = st.builds(
        Operation,
        st.sampled_from(["cause", "evidence", "parked", "countermeasure", "measure", "person"]),
        keys,
        rows,
        rows,
    )
    changes = data.draw(
        st.lists(
            st.builds(
                Change,
                st.integers(1, 9),
                st.just(datetime(2026, 1, 1, tzinfo=UTC)),
                st.text(max_size=3),
                st.sampled_from(ChangeKind),
                st.text(max_size=5),
                st.none(),
                st.lists(operations, max_size=3).map(tuple),
            ),
            max_size=5,
        )
    )
    backwards = Backwards(tree)
    for change in changes:
        assert entry(backwards.step(change)).sentence

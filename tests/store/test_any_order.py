"""Whatever people do, in any order: what is on screen is what is stored, and undo is exact."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from fivewhys.imports.archive import read
from fivewhys.models.commands import NewPerson, Refused, StartSession
from fivewhys.models.delta import Change, ChangeKind, Value, inverse, row_of
from fivewhys.models.tree import Tree
from fivewhys.models.values import table_of_type, type_of_table
from fivewhys.reports.archive import write
from fivewhys.store.problems import Conflict
from fivewhys.store.store import Store
from tests.store.acts import commands
from tests.store.wordings import see_that_all_words_are_kept

START = StartSession(problem="customers are angry", people=(NewPerson(name="Bo", role="driver"),))

Rows = dict[tuple[str, UUID], dict[str, Any]]


def same(one: Tree, other: Tree) -> bool:
    """Whether two trees hold the same, whenever they were read."""
    return replace(one, seq=0) == replace(other, seq=0)


def see_that_touched_is_all(before: Tree, after: Tree) -> None:
    """Screens draw anew only the nodes in `touched`: no other may look different."""
    for key in after.causes.keys() - after.touched:
        assert after.causes[key] == before.causes[key]
        assert after.children(key) == before.children(key)
        assert after.on(key) == before.on(key)


class OnePerson(RuleBasedStateMachine):
    """One person at work, with undo, redo and restarts in between."""

    def __init__(self, database: str) -> None:
        super().__init__()
        self.database = database
        self.store = Store(database, "Ines")
        self.tree = self.store.start(START)
        self.earlier = [self.tree]
        self.done: list[tuple[Tree, Tree]] = []
        self.undone: list[tuple[Tree, Tree]] = []

    def teardown(self) -> None:
        self.store.close()

    def _now(self, tree: Tree) -> None:
        see_that_touched_is_all(self.tree, tree)
        self.tree = tree
        self.earlier.append(tree)

    @rule(data=st.data())
    def act(self, data: st.DataObject) -> None:
        before = self.tree
        try:
            after = self.store.apply(before, data.draw(commands(before)))
        except Refused:
            return
        if after.seq == before.seq:
            assert after == before
            return
        self.done.append((before, after))
        self.undone.clear()
        self._now(after)

    @rule()
    def undo(self) -> None:
        undone = self.store.undo(self.tree)
        if not self.done:
            assert undone is None
            return
        assert undone is not None
        before, after = self.done.pop()
        assert same(undone.tree, before)
        self.undone.append((before, after))
        self._now(undone.tree)

    @rule()
    def redo(self) -> None:
        redone = self.store.redo(self.tree)
        if not self.undone:
            assert redone is None
            return
        assert redone is not None
        before, after = self.undone.pop()
        assert same(redone.tree, after)
        self.done.append((before, after))
        self._now(redone.tree)

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = Store(self.database, "Ines")

    @rule()
    def archive(self) -> None:
        """Whatever people did can leave the database and come back."""
        records = [self.store.record(self.tree.session.id)]
        assert read(write(records)) == records
        see_that_all_words_are_kept(self.store)

    @precondition(lambda self: len(self.earlier) > 1)
    @rule(data=st.data())
    def look_up_from_an_earlier_state(self, data: st.DataObject) -> None:
        old = data.draw(st.sampled_from(self.earlier))
        fresh = self.store.refresh(old)
        assert fresh == self.tree
        see_that_touched_is_all(old, fresh)

    @invariant()
    def what_is_shown_is_what_is_stored(self) -> None:
        assert self.store.tree(self.tree.session.id) == self.tree


def rows_of(tree: Tree) -> Rows:
    """Every row of a session."""
    values: list[Value] = [tree.session, *tree.causes.values(), *tree.parked, *tree.people]
    values += [item for key in tree.causes for item in tree.on(key)]
    return {(table_of_type[type(value)], value.id): row_of(value) for value in values}


def tree_of(rows: Rows) -> Tree:
    """The tree that rows make; ValueError where they make none."""
    values: dict[str, list[Any]] = {name: [] for name in type_of_table}
    for (table, _), row in rows.items():
        values[table].append(type_of_table[table](**row))
    (session,) = values["why_session"]
    return Tree.of(
        session,
        values["cause"],
        values["evidence"],
        values["parked"],
        values["person"],
        link_answers=values["link_answer"],
        dismissals=values["dismissal"],
        root_checks=values["root_check"],
        countermeasures=values["countermeasure"],
        measures=values["measure"],
        checks=values["measure_check"],
    )


def taken_back(tree: Tree, change: Change) -> Tree | None:
    """What taking `change` back makes of `tree`, worked out on plain rows; None if it cannot be."""
    rows = rows_of(tree)
    for operation in inverse(change.operations):
        place = (operation.table, operation.key)
        row = rows.get(place)
        expected = operation.before
        if expected is None:
            if row is not None:
                return None
            assert operation.after is not None
            rows[place] = dict(operation.after)
        elif row is None or any(row[name] != value for name, value in expected.items()):
            return None
        elif operation.after is None:
            del rows[place]
        else:
            rows[place] = row | dict(operation.after)
    try:
        return tree_of(rows)
    except ValueError:
        return None


class TwoPeople(RuleBasedStateMachine):
    """Two people in one session, each with a program of their own and often a stale tree."""

    def __init__(self, database: str) -> None:
        super().__init__()
        self.stores = {name: Store(database, name) for name in ("Ines", "Bo")}
        tree = self.stores["Ines"].start(START)
        self.id = tree.session.id
        self.seen = dict.fromkeys(self.stores, tree)
        # Each person's changes that can be taken back and, after that, done again; newest last.
        self.done: dict[str, list[Change]] = {name: [] for name in self.stores}
        self.undone: dict[str, list[Change]] = {name: [] for name in self.stores}

    def teardown(self) -> None:
        for store in self.stores.values():
            store.close()

    people = st.sampled_from(["Ines", "Bo"])

    @rule(name=people, data=st.data())
    def act(self, name: str, data: st.DataObject) -> None:
        lines = len(self.stores[name].history(self.id))
        try:
            after = self.stores[name].apply(self.seen[name], data.draw(commands(self.seen[name])))
        except Refused:
            return
        self.seen[name] = after
        history = self.stores[name].history(self.id)
        if len(history) > lines:
            self.done[name].append(history[-1])
            self.undone[name].clear()

    @rule(name=people)
    def undo(self, name: str) -> None:
        self._take_back(name, self.stores[name].undo, self.done[name], self.undone[name])

    @rule(name=people)
    def redo(self, name: str) -> None:
        self._take_back(name, self.stores[name].redo, self.undone[name], self.done[name])

    def _take_back(
        self,
        name: str,
        do: Callable[[Tree], Any],
        changes: list[Change],
        others: list[Change],
    ) -> None:
        before = self.stores[name].tree(self.id)
        history = self.stores[name].history(self.id)
        expected = None
        if changes:
            rows = {(item.table, item.key) for item in changes[-1].operations}
            went_on = any(
                line.actor != name and (item.table, item.key) in rows
                for line in history
                if line.seq > changes[-1].seq
                for item in line.operations
            )
            lost = before.session.deleted_at is not None and not any(
                "deleted_at" in (item.after or {}) for item in changes[-1].operations
            )
            expected = None if went_on or lost else taken_back(before, changes[-1])
        try:
            undone = do(self.seen[name])
        except Conflict:
            assert changes
            assert expected is None
            assert self.stores[name].tree(self.id) == before
            assert self.stores[name].history(self.id) == history
            return
        if not changes:
            assert undone is None
            return
        assert expected is not None
        assert same(undone.tree, expected)
        assert undone.label == changes.pop().label
        self.seen[name] = undone.tree
        line = self.stores[name].history(self.id)[-1]
        assert line.actor == name
        assert line.kind in (ChangeKind.UNDO, ChangeKind.REDO)
        others.append(line)

    @rule(name=people)
    def look(self, name: str) -> None:
        self.seen[name] = self.stores[name].refresh(self.seen[name])
        assert self.seen[name] == self.stores[name].tree(self.id)


def run(
    machine: Callable[[str], RuleBasedStateMachine], database: str, runs: int, acts: int
) -> None:
    class OnThisDatabase(machine):  # type: ignore[valid-type, misc]
        def __init__(self) -> None:
            super().__init__(database)

    run_state_machine_as_test(
        OnThisDatabase,
        settings=settings(
            max_examples=runs,
            stateful_step_count=acts,
            suppress_health_check=list(HealthCheck),
        ),
    )


def runs_on(database: str) -> int:
    """PostgreSQL takes several times as long, and differs only in how rows are written."""
    return 5 if "://" in database else 12


def test_one_person_can_take_back_anything_exactly(database: str) -> None:
    run(OnePerson, database, runs_on(database), acts=25)


def test_two_people_never_take_back_each_others_work(database: str) -> None:
    run(TwoPeople, database, runs_on(database), acts=25)


@pytest.mark.slow
def test_one_person_can_take_back_anything_exactly_at_length(database: str) -> None:
    run(OnePerson, database, 8 * runs_on(database), acts=60)


@pytest.mark.slow
def test_two_people_never_take_back_each_others_work_at_length(database: str) -> None:
    run(TwoPeople, database, 8 * runs_on(database), acts=60)

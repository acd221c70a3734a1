"""The database's own last line: rows that no command writes are refused, whoever writes them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from fivewhys.models.commands import (
    AddCountermeasure,
    AddMeasure,
    Answer,
    PlanCheck,
    StartSession,
)
from fivewhys.models.tree import Tree
from fivewhys.store.store import Store
from tests.building import new_key

Row = dict[str, Any]
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
TODAY = date(2026, 11, 21)


@pytest.fixture
def tree(store: Store) -> Tree:
    tree = store.start(StartSession(problem="customers are angry"))
    tree = store.apply(tree, Answer(parent=tree.problem.id, text="They are overcharged"))
    return with_a_check(store, tree)


@pytest.fixture
def other(store: Store) -> Tree:
    """Another session in the same database."""
    return with_a_check(store, store.start(StartSession(problem="soup is cold")))


def with_a_check(store: Store, tree: Tree) -> Tree:
    """The session with a countermeasure of its problem, a measure and a planned check."""
    tree = store.apply(tree, AddCountermeasure(cause=tree.problem.id, text="a lock"))
    (lock,) = tree.all_countermeasures()
    tree = store.apply(tree, AddMeasure(countermeasure=lock.id, definition="thefts"))
    (thefts,) = tree.measures(lock)
    return store.apply(tree, PlanCheck(measure=thefts.id, due=TODAY))


def plain(db: Connection, value: Any) -> Any:
    """The value as the driver takes it, past all that this program checks."""
    if db.dialect.name == "sqlite" and isinstance(value, UUID):
        return value.bytes
    if db.dialect.name == "sqlite" and isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    if db.dialect.name == "sqlite" and isinstance(value, date):
        return value.isoformat()
    return value


def insert(db: Connection, table: str, row: Row) -> None:
    columns, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    values = {name: plain(db, value) for name, value in row.items()}
    db.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({marks})"), values)


def session_row(tree: Tree) -> Row:
    return {"id": new_key(), "number": 99, "state": "open", "opened_at": NOW}


def cause_row(tree: Tree) -> Row:
    return {
        "id": new_key(),
        "session_id": tree.session.id,
        "parent_id": tree.problem.id,
        "kind": "cause",
        "position": 5000,
        "text": "They wait too long",
        "status": "open",
        "created_at": NOW,
    }


def evidence_row(tree: Tree) -> Row:
    return {
        "id": new_key(),
        "session_id": tree.session.id,
        "cause_id": tree.problem.id,
        "position": 1,
        "kind": "note",
        "text": "12 receipts",
        "supports": True,
        "created_at": NOW,
    }


def link_answer_row(tree: Tree) -> Row:
    row = {"id": new_key(), "session_id": tree.session.id, "cause_id": tree.problem.id}
    return row | {"question": "follows", "verdict": "needs_evidence", "created_at": NOW}


def dismissal_row(tree: Tree) -> Row:
    row = {"id": new_key(), "session_id": tree.session.id, "cause_id": tree.problem.id}
    return row | {"rule": "blame", "prompt": "What made it easy?", "created_at": NOW}


def root_check_row(tree: Tree) -> Row:
    row = {"id": new_key(), "session_id": tree.session.id, "cause_id": tree.problem.id}
    return row | {"point": "prevents_class", "created_at": NOW}


def countermeasure_row(tree: Tree) -> Row:
    row: Row = {"id": new_key(), "session_id": tree.session.id, "cause_id": tree.problem.id}
    row |= {"position": 1, "text": "a sign", "kind": "detect", "progress": "planned"}
    return row | {"created_at": NOW}


def measure_row(tree: Tree) -> Row:
    (lock,) = tree.all_countermeasures()
    row: Row = {"id": new_key(), "session_id": tree.session.id, "cause_id": tree.problem.id}
    row |= {"countermeasure_id": lock.id, "position": 1, "kind": "balance"}
    return row | {"definition": "queues"}


def check_row(tree: Tree) -> Row:
    (lock,) = tree.all_countermeasures()
    (thefts,) = tree.measures(lock)
    row = {"id": new_key(), "session_id": tree.session.id, "cause_id": tree.problem.id}
    return row | {"measure_id": thefts.id, "due": TODAY, "created_at": NOW}


def parked_row(tree: Tree) -> Row:
    row = {"id": new_key(), "session_id": tree.session.id, "position": 1, "text": "old prices"}
    return row | {"created_at": NOW}


def person_row(tree: Tree) -> Row:
    row = {"id": new_key(), "session_id": tree.session.id, "position": 1, "name": "Bo"}
    return row | {"here": True}


def change_row(tree: Tree) -> Row:
    row = {"session_id": tree.session.id, "at": NOW, "actor": "Bo", "kind": "do"}
    return row | {"operations": "[]"}


GOOD: dict[str, Callable[[Tree], Row]] = {
    "why_session": session_row,
    "cause": cause_row,
    "evidence": evidence_row,
    "link_answer": link_answer_row,
    "dismissal": dismissal_row,
    "root_check": root_check_row,
    "countermeasure": countermeasure_row,
    "measure": measure_row,
    "measure_check": check_row,
    "parked": parked_row,
    "person": person_row,
    "change": change_row,
}


def test_good_rows_are_taken(store: Store, tree: Tree) -> None:
    """Without this, the tests below could fail for another reason than theirs."""
    with store._database.engine.begin() as db:
        for table, row in GOOD.items():
            insert(db, table, row(tree))


SAID = ("link_answer", "dismissal", "root_check")
PLAN = ("countermeasure", "measure", "measure_check")

BAD: list[tuple[str, Row]] = [
    ("why_session", {"number": 0}),
    ("why_session", {"number": 1}),
    ("why_session", {"number": None}),
    ("why_session", {"state": "bogus"}),
    ("why_session", {"state": "finished"}),
    ("why_session", {"finished_at": NOW}),
    ("why_session", {"severity": "awful"}),
    ("why_session", {"time_box": 0}),
    ("why_session", {"site": None}),
    ("why_session", {"acknowledgement": None}),
    ("why_session", {"told_channel": None}),
    ("why_session", {"opened_at": None}),
    ("cause", {"text": ""}),
    ("cause", {"text": None}),
    ("cause", {"kind": "bogus"}),
    ("cause", {"kind": "problem"}),
    ("cause", {"kind": "problem", "parent_id": None}),
    ("cause", {"parent_id": None}),
    ("cause", {"parent_id": "nobody"}),
    ("cause", {"parent_id": "itself"}),
    ("cause", {"parent_id": "the problem of another session"}),
    ("cause", {"session_id": "nobody"}),
    ("cause", {"id": "the problem"}),
    ("cause", {"status": "bogus"}),
    ("cause", {"status": "ruled_out"}),
    ("cause", {"status": "stopped", "reason": ""}),
    ("cause", {"part": "bogus"}),
    ("cause", {"leg": "bogus"}),
    ("cause", {"status": "stopped", "stop": "bogus"}),
    ("cause", {"status": "stopped", "stop": None, "reason": ""}),
    ("cause", {"stop": "out_of_time"}),
    ("cause", {"status": "ruled_out", "stop": "out_of_time"}),
    ("cause", {"status": "ruled_out", "stop": "out_of_time", "reason": "no"}),
    ("cause", {"lens": "customer"}),
    ("cause", {"category": "speed"}),
    ("cause", {"lens": None, "category": None}),
    ("cause", {"kind": "problem", "part": "condition"}),
    ("cause", {"position": None}),
    ("evidence", {"text": ""}),
    ("evidence", {"kind": "bogus"}),
    ("evidence", {"cause_id": "nobody"}),
    ("evidence", {"cause_id": "the problem of another session"}),
    ("evidence", {"cause_id": None}),
    ("evidence", {"session_id": "nobody"}),
    ("evidence", {"supports": None}),
    *(
        (table, wrong)
        for table in (*SAID, *PLAN)
        for wrong in (
            {"cause_id": "nobody"},
            {"cause_id": "the problem of another session"},
            {"cause_id": None},
            {"session_id": "nobody"},
            {"session_id": "another session"},
            {"id": None},
            {"id": "the other of its kind"} if table in PLAN else {"created_at": None},
        )
    ),
    ("countermeasure", {"text": ""}),
    ("countermeasure", {"text": None}),
    ("countermeasure", {"kind": "bogus"}),
    ("countermeasure", {"kind": None}),
    ("countermeasure", {"means": "bogus"}),
    ("countermeasure", {"progress": "bogus"}),
    ("countermeasure", {"progress": None}),
    ("countermeasure", {"progress": "rejected"}),
    ("countermeasure", {"progress": "not_effective", "done_on": TODAY}),
    ("countermeasure", {"progress": "planned", "done_on": TODAY}),
    ("countermeasure", {"progress": "rejected", "reason": "too dear", "done_on": TODAY}),
    ("countermeasure", {"owner": None}),
    ("countermeasure", {"notes": None}),
    ("countermeasure", {"position": None}),
    ("countermeasure", {"ready_plan": None}),
    ("countermeasure", {"created_at": None}),
    ("measure", {"countermeasure_id": "nobody"}),
    ("measure", {"countermeasure_id": "that of another session"}),
    ("measure", {"countermeasure_id": None}),
    ("measure", {"cause_id": "another cause"}),
    ("measure", {"kind": "bogus"}),
    ("measure", {"definition": ""}),
    ("measure", {"definition": None}),
    ("measure", {"baseline": None}),
    ("measure", {"target": None}),
    ("measure", {"days": 0}),
    ("measure", {"position": None}),
    ("measure_check", {"measure_id": "nobody"}),
    ("measure_check", {"measure_id": "that of another session"}),
    ("measure_check", {"measure_id": None}),
    ("measure_check", {"cause_id": "another cause"}),
    ("measure_check", {"due": None}),
    ("measure_check", {"made_on": TODAY}),
    ("measure_check", {"result": "met", "checked_by": "Bo"}),
    ("measure_check", {"made_on": TODAY, "result": "met"}),
    ("measure_check", {"made_on": TODAY, "result": "bogus", "checked_by": "Bo"}),
    ("measure_check", {"checked_by": "Bo", "owner": "Bo"}),
    ("measure_check", {"checked_by": "bo", "owner": "BO"}),
    ("measure_check", {"checked_by": None}),
    ("measure_check", {"owner": None}),
    ("measure_check", {"value": None}),
    ("measure_check", {"created_at": None}),
    ("link_answer", {"question": "bogus"}),
    ("link_answer", {"verdict": "bogus"}),
    ("link_answer", {"words": None}),
    ("dismissal", {"rule": ""}),
    ("dismissal", {"prompt": ""}),
    ("dismissal", {"reason": None}),
    ("root_check", {"point": "bogus"}),
    ("parked", {"text": ""}),
    ("parked", {"session_id": "nobody"}),
    ("person", {"name": ""}),
    ("person", {"session_id": "nobody"}),
    ("change", {"kind": "bogus"}),
    ("change", {"session_id": "nobody"}),
    ("change", {"operations": None}),
]


def in_plan(tree: Tree) -> dict[str, UUID]:
    """The keys of the rows of `with_a_check` by their tables."""
    (lock,) = tree.all_countermeasures()
    (thefts,) = tree.measures(lock)
    (look,) = tree.checks(thefts)
    return {"countermeasure": lock.id, "measure": thefts.id, "measure_check": look.id}


def test_bad_rows_are_refused(
    store: Store, tree: Tree, other: Tree, subtests: pytest.Subtests
) -> None:
    for table, wrong in BAD:
        row = GOOD[table](tree) | wrong
        keys = {
            "nobody": new_key(),
            "itself": row.get("id"),
            "the problem": tree.problem.id,
            "the problem of another session": other.problem.id,
            "another session": other.session.id,
            "another cause": tree.children(tree.problem.id)[0],
            "the other of its kind": in_plan(tree).get(table),
            "that of another session": in_plan(other).get(
                "countermeasure" if table == "measure" else "measure"
            ),
        }
        row = {name: keys.get(value, value) if value else value for name, value in row.items()}
        with (
            subtests.test(f"{table} {wrong}"),
            store._database.engine.connect() as db,
            db.begin(),
            pytest.raises(DBAPIError),
        ):
            insert(db, table, row)
    assert store.tree(tree.session.id) == tree


@pytest.mark.parametrize("table", SAID)
def test_nothing_is_said_twice_of_a_cause(store: Store, tree: Tree, table: str) -> None:
    with store._database.engine.begin() as db:
        insert(db, table, GOOD[table](tree))
    with store._database.engine.connect() as db, db.begin(), pytest.raises(DBAPIError):
        insert(db, table, GOOD[table](tree))


def test_a_known_reason_is_enough_to_stop(store: Store, tree: Tree) -> None:
    with store._database.engine.begin() as db:
        insert(db, "cause", cause_row(tree) | {"status": "stopped", "stop": "evidence_pending"})


def test_good_looks_at_what_was_done_are_taken(store: Store, tree: Tree) -> None:
    done = {"progress": "done", "done_on": TODAY}
    made = {"made_on": TODAY, "result": "too_early", "checked_by": "Bo", "owner": "Dana"}
    with store._database.engine.begin() as db:
        insert(db, "countermeasure", countermeasure_row(tree) | done)
        insert(db, "countermeasure", countermeasure_row(tree) | {"progress": "done"})
        insert(db, "measure_check", check_row(tree) | made)
        # Nobody owns it and nobody is to check it yet.
        insert(db, "measure_check", check_row(tree) | {"checked_by": "", "owner": ""})


def test_bad_changes_are_refused(store: Store, tree: Tree, subtests: pytest.Subtests) -> None:
    for statement in (
        "UPDATE cause SET part = 'root' WHERE kind = 'problem'",
        "UPDATE cause SET status = 'ruled_out'",
        "UPDATE cause SET text = ''",
        "UPDATE cause SET parent_id = id WHERE kind = 'cause'",
        "UPDATE cause SET parent_id = NULL WHERE kind = 'cause'",
        "UPDATE why_session SET state = 'finished'",
        "DELETE FROM cause WHERE kind = 'problem'",
        "UPDATE countermeasure SET progress = 'rejected'",
        "UPDATE countermeasure SET done_on = '2026-11-21'",
        "UPDATE measure_check SET result = 'met', checked_by = 'Bo'",
        "DELETE FROM measure",
        "DELETE FROM countermeasure",
        "DELETE FROM why_session",
    ):
        with (
            subtests.test(statement),
            store._database.engine.connect() as db,
            db.begin(),
            pytest.raises(DBAPIError),
        ):
            db.execute(text(statement))
    assert store.tree(tree.session.id) == tree

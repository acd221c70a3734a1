"""Databases of every released schema open, and the way up from each of them loses nothing."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Boolean, Column, DateTime, MetaData, create_engine, select, text

from fivewhys.models.commands import AddCountermeasure, Answer, SetPart, StartSession
from fivewhys.models.found import What
from fivewhys.models.past import Sameness
from fivewhys.models.plan_words import CheckResult, Means, Progress, Ready
from fivewhys.models.tables import tables, wording_table
from fivewhys.models.tree import Tree
from fivewhys.models.words import Kind, Part, RootPoint, State, Status, StopReason, Verdict
from fivewhys.store import schema
from fivewhys.store.engine import url_of
from fivewhys.store.store import Store
from fivewhys.text import words_number
from tests.store.specimens import FOLDER

pytestmark = pytest.mark.usefixtures("made_by_migrations")

Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def database(empty_database: str) -> str:
    """On each engine one that no migration has touched."""
    return empty_database


@pytest.mark.parametrize("specimen", sorted(FOLDER.glob("schema-*.db")), ids=lambda path: path.stem)
def test_a_database_of_each_released_schema_opens(specimen: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(specimen, tmp_path / "history.db"))
    with closing(Store(path, "Ines")) as store:
        assert [(line.name, line.problem, line.state) for line in store.library()] == [
            ("S-2", "Soup is cold", State.FINISHED),
            ("S-1", "Customers are charged twice", State.OPEN),
        ]
        tree = store.numbered(1)
        assert [(depth, cause.text) for cause, depth in tree.walk()] == [
            (0, "Customers are charged twice"),
            (1, "The card reader times out"),
            (2, "価格 [/b] `x` | <i>ärger</i>"),
            (1, "Staff press the key again"),
        ]
        reader, staff = tree.answers(tree.problem.id)
        (root,) = tree.roots()
        assert (root.part, root.part_reason) == (Part.ROOT, "Ours to change")
        assert (reader.said_by, reader.question) == ("Bo", "Why so slow?")
        assert staff.reason == "Not on film"
        assert [item.text for item in tree.evidence(reader.id)] == ["38 of 40 slips"]
        assert [person.name for person in tree.people] == ["Bo", "Dana"]
        assert tree.parked == ()
        assert tree.session.customer_words == "“I paid for one coffee.”\nTwice."
        (deepest,) = tree.answers(reader.id)
        said = [(answer.verdict, answer.words) for answer in tree.link_answers(deepest.id)]
        ticked = list(tree.checked_points(deepest.id))
        aside = [(item.rule, item.reason) for item in tree.dismissals(reader.id)]
        settled = (deepest.status, deepest.stop, reader.lens, reader.category)
        if specimen.stem == "schema-1":
            assert not any((said, ticked, aside))
            assert settled == (Status.OPEN, None, "", "")
        else:
            assert settled == (Status.STOPPED, StopReason.OUT_OF_TIME, "six-m", "machine")
            assert said == [(Verdict.NEEDS_EVIDENCE, "Ask `Bo` | [/b]")]
            assert (ticked, aside) == ([RootPoint.EVIDENCE], [("vague", "All")])
        see_the_plan(tree, there=specimen.stem not in ("schema-1", "schema-2"))
        see_the_decisions(store, there=specimen.stem > "schema-3")
        see_what_is_found(store, there=specimen.stem not in ("schema-1", "schema-2"))
        assert store.drafts("") == {f"{tree.session.id}/answer": "Because the"}
        assert store.last_deleted() is not None
        redone = store.redo(tree)
        assert redone is not None
        assert redone.label == "park: Ask the bank"


def see_the_decisions(store: Store, *, there: bool) -> None:
    """What was decided on the causes of both sessions; not `there` before schema 4."""
    if not there:
        assert store.decisions() == []
        return
    first, second = store.numbered(1), store.numbered(2)
    reader = first.answers(first.problem.id)[0].id
    lift, times_out = second.children(second.problem.id)
    different, same = store.decisions()
    assert ((different.a, different.b), different.sameness) == (
        (reader, times_out),
        Sameness.DIFFERENT,
    )
    assert (same.b, same.sameness, same.decided_by) == (lift, Sameness.SAME, "Ines")
    assert store.shared(first).keys() == {same.a}


def see_what_is_found(store: Store, *, there: bool) -> None:
    """What people wrote; of the plan only if it is `there`, which it is not before schema 3."""
    found = [(each.session.name, each.what, each.text) for each in store.search("reader time")]
    second = ("S-2", What.CAUSE, "the card-reader times out!")
    first = ("S-1", What.CAUSE, "The card reader times out")
    assert sorted(found) == ([first, second] if there else [first])
    assert [(each.text, each.is_out) for each in store.search("staff")] == [
        ("Staff press the key again", True)
    ]
    seen = {"38 of 40 slips", "Slips printed"} if there else {"38 of 40 slips"}
    assert {each.text for each in store.search("38 slips")} == seen
    assert {each.what for each in store.search("価格")} == (
        {What.CAUSE, What.NOTE} if there else {What.CAUSE}
    )
    told = [each.what for each in store.search("sorry")]
    assert told == ([What.ACKNOWLEDGEMENT] if there else [])
    # A deleted session, and an idea that was taken back.
    assert store.search("a test") == store.search("bank") == []


def see_the_plan(tree: Tree, *, there: bool) -> None:
    """What was done about a cause, and told to customers; not `there` before schema 3."""
    session = tree.session
    told = (session.acknowledgement, session.told_channel)
    if not there:
        assert tree.all_countermeasures() == []
        assert told == ("", "")
        assert (session.acknowledged_at, session.root_found_at, session.told_at) == (None,) * 3
        return
    assert told == ("We charged you twice.\nWe are sorry.", "letter")
    assert session.told_at == datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
    assert session.root_found_at is not None
    reader, sign = tree.all_countermeasures()
    assert (reader.progress, reader.done_on) == (Progress.DONE, date(2026, 11, 20))
    assert (reader.means, reader.owner, reader.due) == (Means.PLACE, "Bo", date(2026, 11, 30))
    assert reader.not_ready == (Ready.PEOPLE, Ready.CHANNELS, Ready.IMPACT)
    assert (sign.progress, sign.reason) == (Progress.REJECTED, "Too weak")
    printed, twice = tree.measures(reader)
    (looked,), (planned,) = tree.checks(printed), tree.checks(twice)
    assert (looked.result, looked.value, looked.checked_by) == (CheckResult.MET, "40 of 40", "Dana")
    assert (planned.due, planned.made_on) == (date(2026, 12, 20), None)


def migrations_up_to(number: int, folder: Path) -> Path:
    """The migrations as they were when there were so many."""
    newer = [f"{later:04}*" for later in range(number + 1, schema.SCHEMA + 1)]
    ignored = shutil.ignore_patterns("__pycache__", *newer)
    return Path(shutil.copytree(schema.MIGRATIONS, folder, ignore=ignored))


def rows_of(database: str, specimen: Path) -> Rows:
    """Every row in the tables and columns of a specimen."""
    engine = create_engine(url_of(database))
    made = MetaData()
    with closing(sqlite3.connect(specimen)) as source, engine.connect() as connection:
        made.reflect(connection)
        found = {
            name: sorted(
                (
                    tuple(plainly(value) for value in row)
                    for row in connection.execute(
                        select(*(made.tables[name].c[column] for column in columns(source, name)))
                    )
                ),
                key=str,
            )
            for name in tables_of(source)
        }
    engine.dispose()
    return found


def tables_of(specimen: sqlite3.Connection) -> list[str]:
    """The tables with people's words, parents first."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table'"
    found = {name for (name,) in specimen.execute(query)}
    return [name for name in (*tables, "change", "draft", "counter", "decision") if name in found]


def columns(specimen: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in specimen.execute(f"PRAGMA table_info({table})")]


def plainly(value: Any) -> Any:
    """A value as both engines can give it."""
    if isinstance(value, bytes):
        return UUID(bytes=value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC)
    return value


def begun_with(number: int, database: str, folder: Path) -> Path:
    """Make `database` one of schema `number` with the rows of its specimen, which is returned."""
    specimen = FOLDER / f"schema-{number}.db"
    if "://" in database:
        # There is no file to keep of a server.
        schema.ready(url_of(database), migrations_up_to(number, folder), schema=number)
        pour(specimen, database)
    else:
        shutil.copy(specimen, database)
    return specimen


@pytest.mark.parametrize(
    ("number", "counts"), [(1, [7, 2, 18]), (2, [7, 2, 23]), (3, [8, 2, 33]), (4, [8, 2, 33])]
)
def test_the_way_up_from_each_older_schema_keeps_every_row(
    database: str, tmp_path: Path, number: int, counts: list[int]
) -> None:
    specimen = begun_with(number, database, tmp_path / "older")
    before = rows_of(database, specimen)
    assert [len(before[name]) for name in ("cause", "evidence", "change")] == counts
    schema.ready(url_of(database))
    assert rows_of(database, specimen) == before
    with closing(Store(database, "Ines")) as store:
        assert store.version() == schema.SCHEMA
        tree = store.numbered(1)
        reader = tree.answers(tree.problem.id)[0]
        whole = tree
        # Rows of the old journal lack what came since, and are taken back and done again all same.
        lines = 0
        while (undone := store.undo(tree)) is not None:
            tree, lines = undone.tree, lines + 1
        assert (len(tree.causes), tree.evidence_of, tree.link_answers_of) == (1, {}, {})
        for _ in range(lines):
            redone = store.redo(tree)
            assert redone is not None
            tree = redone.tree
        assert (
            replace(tree, seq=0)
            == replace(whole, seq=0)
            == replace(store.tree(tree.session.id), seq=0)
        )
        tree = store.apply(tree, SetPart(cause=reader.id, part=Part.CONDITION))
        assert [cause.id for cause in tree.conditions()] == [reader.id]


@pytest.mark.parametrize("at_a_time", [1, 2, 5000])
def test_the_way_up_finds_the_words_of_every_older_cause(
    database: str, tmp_path: Path, at_a_time: int
) -> None:
    begun_with(2, database, tmp_path / "older")
    now = migrations_up_to(schema.SCHEMA, tmp_path / "now")
    third = now / "versions" / "0003_countermeasures.py"
    source = third.read_text("utf-8")
    assert source.count("ROWS_AT_A_TIME = 5000") == 1
    third.write_text(source.replace("TIME = 5000", f"TIME = {at_a_time}"), "utf-8")
    schema.ready(url_of(database), now)
    engine = create_engine(url_of(database))
    with engine.connect() as connection:
        cause = tables["cause"]
        found = connection.execute(select(cause.c.id, cause.c.text, cause.c.kind)).all()
        kept = connection.execute(select(wording_table)).all()
    engine.dispose()
    causes = [(words_number(words), key) for key, words, kind in found if kind is Kind.CAUSE]
    assert len(causes) == 4
    assert sorted(tuple(row) for row in kept) == sorted(causes)
    with closing(Store(database, "Ines")) as store:
        tree = store.start(StartSession(problem="Tills are slow"))
        tree = store.apply(tree, Answer(parent=tree.problem.id, text="the card-reader times out!"))
        reader = tree.children(tree.problem.id)[0]
        tree = store.apply(tree, AddCountermeasure(cause=reader, text="A new one"))
        assert [again.name for again in tree.elsewhere[reader]] == ["S-1"]


def pour(specimen: Path, database: str) -> None:
    """Put the rows of a file into a database on a server."""
    engine = create_engine(url_of(database))
    made = MetaData()
    with closing(sqlite3.connect(specimen)) as source, engine.begin() as connection:
        made.reflect(connection)
        for name in tables_of(source):
            table = made.tables[name]
            names = columns(source, name)
            rows = [
                {
                    column: poured(table.c[column], value)
                    for column, value in zip(names, row, strict=True)
                }
                for row in source.execute(f"SELECT {', '.join(names)} FROM {name} ORDER BY 1")
            ]
            # The migrations count from 0 themselves.
            connection.execute(table.delete())
            # A parent comes before its children; the keys count up.
            for row in sorted(rows, key=lambda row: str(row.get("id", row.get("seq", "")))):
                connection.execute(table.insert(), row)
        connection.execute(text("SELECT setval('change_seq_seq', (SELECT max(seq) FROM change))"))
    engine.dispose()


def poured(column: Column[Any], value: Any) -> Any:
    if isinstance(value, bytes):
        return UUID(bytes=value)
    if value is not None and isinstance(column.type, DateTime):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return bool(value) if isinstance(column.type, Boolean) else value

"""The database's form: the migrations make what the tables say, and the way up loses nothing."""

import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    MetaData,
    create_engine,
    inspect,
    select,
    text,
)

from fivewhys.models.commands import Answer, SetPart
from fivewhys.models.tables import metadata
from fivewhys.models.words import Part, RootPoint, State, Status, StopReason, Verdict
from fivewhys.store import schema
from fivewhys.store.engine import connect, url_of
from fivewhys.store.problems import StoreProblem
from fivewhys.store.store import Store
from tests.conftest import fresh_database
from tests.store.specimens import FOLDER, fill

Opens = Callable[..., Store]
Rows = dict[str, list[tuple[Any, ...]]]


# Migrations and tables say the same


def statements(path: Path) -> dict[str, list[str]]:
    """What SQLite keeps of every table and index, whatever the order of columns' neighbours."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(
            "SELECT name, sql FROM sqlite_master "
            "WHERE sql IS NOT NULL AND name <> 'sqlite_sequence'"
        ).fetchall()
    return {
        name: sorted(re.sub(r"\s+", " ", part).strip(" ,") for part in re.split(r"\n", sql))
        for name, sql in found
        if name != "alembic_version"
    }


def described(database: str) -> Any:
    """What PostgreSQL says of every column, constraint and index."""
    engine = create_engine(url_of(database))
    queries = (
        "SELECT table_name, column_name, data_type, is_nullable, column_default, is_identity "
        "FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace",
        "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    )
    with engine.connect() as connection:
        found = [
            sorted(str(row) for row in connection.execute(text(query)) if "alembic" not in row[0])
            for query in queries
        ]
    engine.dispose()
    return found


def test_migrations_make_the_tables_that_the_program_knows(tmp_path: Path) -> None:
    Store(tmp_path / "migrated.db", "Ines").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'made.db'}")
    metadata.create_all(engine)
    engine.dispose()
    made = statements(tmp_path / "made.db")
    assert len(made) > 15
    assert statements(tmp_path / "migrated.db") == made


def test_migrations_make_the_same_tables_on_a_server(server: str) -> None:
    migrated, made = fresh_database(server), fresh_database(server)
    Store(migrated, "Ines").close()
    engine = create_engine(url_of(made))
    metadata.create_all(engine)
    engine.dispose()
    assert described(migrated) == described(made)


def test_alembic_finds_nothing_to_add(database: str, open_store: Opens) -> None:
    open_store()
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    config.set_main_option("path_separator", "os")
    engine = connect(url_of(database))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.check(config)
    engine.dispose()


def test_the_number_of_the_schema_is_that_of_the_newest_migration(
    database: str, open_store: Opens
) -> None:
    assert open_store().version() == schema.SCHEMA
    if "://" not in database:
        with closing(sqlite3.connect(database)) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            (application,) = connection.execute("PRAGMA application_id").fetchone()
        assert (version, application) == (schema.SCHEMA, schema.APPLICATION_ID)


# Databases of every released schema


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
            assert said == [(Verdict.NEEDS_EVIDENCE, "Ask `Bo` | [/b]")]
            assert (ticked, aside) == ([RootPoint.EVIDENCE], [("vague", "All")])
            assert settled == (Status.STOPPED, StopReason.OUT_OF_TIME, "six-m", "machine")
        assert store.drafts("") == {f"{tree.session.id}/answer": "Because the"}
        assert store.last_deleted() is not None
        redone = store.redo(tree)
        assert redone is not None
        assert redone.label == "park: Ask the bank"


def schema_1(folder: Path) -> Path:
    """The migrations as they were when there was one."""
    ignored = shutil.ignore_patterns("__pycache__", "0002*")
    return Path(shutil.copytree(schema.MIGRATIONS, folder, ignore=ignored))


def first_rows(database: str) -> Rows:
    """Every row in the columns of the first schema."""
    engine = create_engine(url_of(database))
    made = MetaData()
    with sqlite3.connect(FOLDER / "schema-1.db") as specimen, engine.connect() as connection:
        made.reflect(connection)
        found = {
            name: sorted(
                (
                    tuple(plainly(value) for value in row)
                    for row in connection.execute(
                        select(*(made.tables[name].c[column] for column in columns(specimen, name)))
                    )
                ),
                key=str,
            )
            for name in FIRST_TABLES
        }
    engine.dispose()
    return found


FIRST_TABLES = ("why_session", "cause", "evidence", "parked", "person", "change", "draft")


def columns(specimen: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in specimen.execute(f"PRAGMA table_info({table})")]


def plainly(value: Any) -> Any:
    """A value as both engines can give it."""
    if isinstance(value, bytes):
        return UUID(bytes=value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC)
    return value


def test_the_way_up_from_the_first_schema_keeps_every_row(database: str, tmp_path: Path) -> None:
    """On a server as well, for which there is no file to keep: the rows of the specimen's."""
    if "://" in database:
        schema.ready(url_of(database), schema_1(tmp_path / "first"), schema=1)
        pour(FOLDER / "schema-1.db", database)
    else:
        shutil.copy(FOLDER / "schema-1.db", database)
    before = first_rows(database)
    assert [len(before[name]) for name in ("cause", "evidence", "change")] == [7, 2, 18]
    schema.ready(url_of(database))
    assert first_rows(database) == before
    with closing(Store(database, "Ines")) as store:
        assert store.version() == schema.SCHEMA
        tree = store.numbered(1)
        reader = tree.answers(tree.problem.id)[0]
        whole = tree
        # Rows of the old journal lack what came since, and are taken back and done again all same.
        lines = 0
        while (undone := store.undo(tree)) is not None:
            tree, lines = undone.tree, lines + 1
        assert (len(tree.causes), tree.evidence_of) == (1, {})
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


def pour(specimen: Path, database: str) -> None:
    """Put the rows of a file into a database on a server."""
    engine = create_engine(url_of(database))
    made = MetaData()
    with closing(sqlite3.connect(specimen)) as source, engine.begin() as connection:
        made.reflect(connection)
        for name in FIRST_TABLES:
            table = made.tables[name]
            names = columns(source, name)
            rows = [
                {
                    column: poured(table.c[column], value)
                    for column, value in zip(names, row, strict=True)
                }
                for row in source.execute(f"SELECT {', '.join(names)} FROM {name} ORDER BY 1")
            ]
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


def test_there_is_a_specimen_of_the_current_schema(tmp_path: Path) -> None:
    """While a schema is not released, `python -m tests.store.specimens` makes it anew."""
    specimen = Path(shutil.copy(FOLDER / f"schema-{schema.SCHEMA}.db", tmp_path))
    Store(tmp_path / "fresh.db", "Ines").close()
    assert statements(specimen) == statements(tmp_path / "fresh.db")


# The way up

NEXT = schema.SCHEMA + 1
"""The schema that a migration of the future makes."""

REBUILD = """
    with op.batch_alter_table("cause") as batch:
        batch.add_column(sa.Column("weight", sa.Integer()))
        batch.create_check_constraint("weight", "weight > 0")
"""
LOSE_ROWS = (
    REBUILD
    + """
    op.execute("DELETE FROM evidence")
"""
)
FAIL_MIDWAY = (
    REBUILD
    + """
    op.execute("UPDATE cause SET weight = 1")
    op.execute("SELECT nothing FROM nowhere")
"""
)
CUT_OFF = """
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute("UPDATE evidence SET cause_id = session_id")
"""


@pytest.fixture
def migrations(tmp_path: Path) -> Callable[[str], Path]:
    """The migrations with one more after them, which does what is given."""

    def with_one_more(steps: str) -> Path:
        folder = tmp_path / "migrations"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / f"{NEXT:04}_more.py").write_text(
            "import sqlalchemy as sa\nfrom alembic import op\n\n"
            f'revision = "{NEXT}"\ndown_revision = "{schema.SCHEMA}"\n\n\n'
            f"def upgrade() -> None:\n{steps}",
            encoding="utf-8",
        )
        return folder

    return with_one_more


def rows(database: str) -> Rows:
    """Every row of every table, in the columns of the current schema."""
    engine = create_engine(url_of(database))
    with engine.connect() as connection:
        found = {
            name: sorted((tuple(row) for row in connection.execute(table.select())), key=str)
            for name, table in metadata.tables.items()
        }
        found["columns of cause"] = [
            (column["name"],) for column in inspect(connection).get_columns("cause")
        ]
        found["version"] = [(schema.version_of(connection),)]
        if connection.dialect.name == "sqlite":
            found["version"].append(
                (connection.exec_driver_sql("PRAGMA user_version").scalar_one(),)
            )
    engine.dispose()
    return found


def newest(database: str) -> dict[str, Rows]:
    """The copies beside a file, by name."""
    folder = Path(database).parent / "backups"
    return {path.name: rows(str(path)) for path in sorted(folder.iterdir())}


def test_a_rebuilt_table_keeps_every_row(database: str, migrations: Callable[[str], Path]) -> None:
    fill(database)
    before = rows(database)
    assert len(before["cause"]) == 7
    schema.ready(url_of(database), migrations(REBUILD), schema=NEXT)
    after = rows(database)
    assert after["columns of cause"] == [*before["columns of cause"], ("weight",)]
    assert after["version"] == [(NEXT,)] * len(before["version"])
    for name in ("columns of cause", "version"):
        del before[name], after[name]
    assert after == before
    if "://" not in database:
        with closing(sqlite3.connect(database)) as connection:
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]


def test_a_file_is_copied_before_it_is_changed(
    tmp_path: Path, migrations: Callable[[str], Path]
) -> None:
    database = str(tmp_path / "history.db")
    fill(database)
    before = rows(database)
    with pytest.raises(StoreProblem):
        schema.ready(url_of(database), migrations(LOSE_ROWS), schema=NEXT)
    assert newest(database) == {f"history-before-version-{NEXT}.db": before}
    # The person went on with the old version before the new one came that works.
    with closing(Store(database, "Ines")) as store:
        tree = store.numbered(1)
        store.apply(tree, Answer(parent=tree.problem.id, text="Said since"))
    since = rows(database)
    assert since != before
    schema.ready(url_of(database), migrations(REBUILD), schema=NEXT)
    assert newest(database) == {f"history-before-version-{NEXT}.db": since}


def test_what_is_current_is_not_copied(tmp_path: Path) -> None:
    fill(tmp_path / "history.db")
    Store(tmp_path / "history.db", "Ines").close()
    assert not (tmp_path / "backups").exists()


def test_only_the_last_copies_are_kept_and_only_ones_own_go(tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    fill(tmp_path / "history.db")
    others = [f"history-of-bo-2026-01-{day:02}.db" for day in range(1, 20)] + ["notes.txt"]
    for name in others:
        (folder / name).touch()
    for day in range(1, 20):
        schema.back_up(tmp_path / "history.db", f"2026-02-{day:02}")
    kept = {path.name for path in folder.iterdir()} - set(others)
    assert kept == {f"history-2026-02-{day:02}.db" for day in range(13, 20)}
    assert set(others) <= {path.name for path in folder.iterdir()}


def test_one_copy_a_day(tmp_path: Path) -> None:
    fill(tmp_path / "history.db")
    first = schema.back_up(tmp_path / "history.db")
    content = first.read_bytes()
    with closing(Store(tmp_path / "history.db", "Ines")) as store:
        store.purge_deleted()
    assert schema.back_up(tmp_path / "history.db") == first
    assert first.read_bytes() == content


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        (LOSE_ROWS, "would have lost rows of evidence. Nothing was changed"),
        (FAIL_MIDWAY, "nowhere"),
    ],
    ids=["loses rows", "fails midway"],
)
def test_a_migration_that_goes_wrong_changes_nothing(
    database: str, migrations: Callable[[str], Path], steps: str, sentence: str
) -> None:
    fill(database)
    before = rows(database)
    with pytest.raises(Exception, match=sentence):
        schema.ready(url_of(database), migrations(steps), schema=NEXT)
    assert rows(database) == before
    with closing(Store(database, "Ines")) as store:
        assert len(store.library()) == 2


def test_a_migration_that_cuts_rows_off_changes_nothing(
    tmp_path: Path, migrations: Callable[[str], Path]
) -> None:
    database = str(tmp_path / "history.db")
    fill(database)
    before = rows(database)
    with pytest.raises(StoreProblem, match=r"2 rows would hang on nothing\. Nothing was changed"):
        schema.ready(url_of(database), migrations(CUT_OFF), schema=NEXT)
    assert rows(database) == before


# Several programs at once


def test_four_programs_make_the_same_database(database: str) -> None:
    """Several files: about one in twenty once failed, because SQLite does not wait here."""
    databases = [database]
    if "://" not in database:
        databases += [f"{database}{number}" for number in range(12)]
    run = subprocess.run(
        [sys.executable, "-m", "tests.store.racing", "open", *databases],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.stdout, run.returncode) == ("", 0), run.stdout + run.stderr
    for made in databases:
        assert rows(made)["version"][0] == (schema.SCHEMA,)

"""The database's form: the migrations make what the tables say, and the way up loses nothing."""

import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import (
    create_engine,
    inspect,
    text,
)

from fivewhys.models.commands import Answer
from fivewhys.models.tables import metadata
from fivewhys.store import schema
from fivewhys.store.engine import connect, url_of
from fivewhys.store.problems import StoreProblem
from fivewhys.store.store import Store
from tests.conftest import fresh_database
from tests.store.specimens import FOLDER, fill

pytestmark = pytest.mark.usefixtures("made_by_migrations")

Opens = Callable[..., Store]
Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def database(empty_database: str) -> str:
    """On each engine one that no migration has touched."""
    return empty_database


# Migrations and tables say the same


def statements(path: Path) -> dict[str, list[str]]:
    """What SQLite keeps of every table and index, whatever the order of columns' neighbours."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(
            "SELECT name, sql FROM sqlite_master "
            "WHERE sql IS NOT NULL AND name <> 'sqlite_sequence'"
        ).fetchall()
    return {
        name: sorted(re.sub(r"\s+", " ", part).strip(" ,)") for part in parts(sql))
        for name, sql in found
        if name != "alembic_version"
    }


def parts(sql: str) -> list[str]:
    """A statement cut at its lines, and at its commas outside all but the outer parentheses.

    SQLite writes a column that was added later into the last line.
    """
    found, depth = [""], 0
    for sign in sql:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "\n" or (sign == "," and depth == 1):
            found.append("")
        else:
            found[-1] += sign
    return [part for part in found if part.strip(" ,)")]


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
    assert len(before["cause"]) == 8
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


@pytest.mark.parametrize("more", [3, pytest.param(24, marks=pytest.mark.slow)])
def test_four_programs_make_the_same_database(database: str, more: int) -> None:
    """Several files: about one in twenty once failed, because SQLite does not wait here."""
    databases = [database]
    if "://" not in database:
        databases += [f"{database}{number}" for number in range(more)]
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

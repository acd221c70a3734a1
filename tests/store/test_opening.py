"""What the store opens, and what it refuses and leaves alone because it is no history of ours."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from fivewhys.models.commands import StartSession
from fivewhys.store import glance, schema
from fivewhys.store.store import Store
from tests.store.trouble import print_of, problem_of

pytestmark = pytest.mark.usefixtures("made_by_migrations")


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "data" / "of mine" / "history.db"
    with closing(Store(path, "Ines")) as store:
        store.start(StartSession(problem="customers are angry"))
    assert path.is_file()


def test_an_empty_file_becomes_a_history(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    path.touch()
    with closing(Store(path, "Ines")) as store:
        assert store.library() == []
        assert store.version() == schema.SCHEMA


@pytest.mark.parametrize(
    "content",
    [
        b"ok",
        b"Dear diary,\n" * 3,
        b"Dear diary,\n" * 1000,
        b"SQLite format 2\0" + b"x" * 2000,
        random.Random(1).randbytes(50_000),
    ],
    ids=["one word", "a few lines", "a long text", "an older SQLite", "random bytes"],
)
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "diary.txt"
    path.write_bytes(content)
    assert problem_of(lambda: Store(path, "Ines")) == (
        f"{path} is not a Five Whys history, and nothing in it was touched. Name another file "
        "with --database."
    )
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]
    assert glance.first_page(path) is None


@pytest.mark.parametrize("mode", ["delete", "wal"])
@pytest.mark.parametrize(
    "filling",
    ["CREATE TABLE cause (id TEXT)", "PRAGMA user_version = 1", "PRAGMA application_id = 77"],
)
def test_another_programs_database_is_left_alone(tmp_path: Path, mode: str, filling: str) -> None:
    path = tmp_path / "bookmarks.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}")
        connection.execute("CREATE TABLE bookmark (id INTEGER)" if "user" in filling else filling)
        connection.execute(filling) if "PRAGMA" in filling else None
    before = print_of(path)
    assert problem_of(lambda: Store(path, "Ines")) == (
        f"{path} is a database of another program, and nothing in it was touched. Name another "
        "file with --database."
    )
    assert print_of(path) == before


def test_a_folder_given_as_file(tmp_path: Path) -> None:
    assert problem_of(lambda: Store(tmp_path, "Ines")) == (
        f"{tmp_path} is a folder. Name a file in it with --database."
    )


def test_a_file_given_as_folder(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("hello", encoding="utf-8")
    path = tmp_path / "notes" / "history.db"
    assert problem_of(lambda: Store(path, "Ines")).startswith(
        f"The folder {tmp_path / 'notes'} cannot be made"
    )


def test_a_damaged_history(file: Path) -> None:
    content = bytearray(file.read_bytes())
    # The header stays, what it describes does not.
    content[4096:] = random.Random(1).randbytes(len(content) - 4096)
    file.write_bytes(content)
    sentence = problem_of(lambda: Store(file, "Ines").library())
    assert sentence == (
        f"{file} is damaged. Keep a copy of it, then go back to a file in the folder “backups” "
        "beside it."
    )


def test_a_history_of_a_newer_version(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA user_version = {schema.SCHEMA + 1}")
        connection.execute("UPDATE about SET value = '9.1.0' WHERE name = 'needs'")
        connection.commit()
    before = print_of(file)
    sentence = problem_of(lambda: Store(file, "Ines"))
    assert sentence.startswith(f"{file} was written by a newer Five Whys.")
    assert "it needs 9.1.0 or later. Nothing was changed" in sentence
    assert print_of(file) == before


def test_a_server_history_of_a_newer_version(on_server: str) -> None:
    with closing(Store(on_server, "Ines")) as store, store._database.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = {schema.SCHEMA + 1}")
        connection.exec_driver_sql("UPDATE about SET value = '9.1.0' WHERE name = 'needs'")
    sentence = problem_of(lambda: Store(on_server, "Ines"))
    assert "was written by a newer Five Whys." in sentence
    assert "it needs 9.1.0 or later. Nothing was changed" in sentence


def test_a_server_database_of_another_program(on_server: str) -> None:
    with closing(Store(on_server, "Ines")) as store, store._database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'a1b2c3'")
    assert "is a database of another program" in problem_of(lambda: Store(on_server, "Ines"))

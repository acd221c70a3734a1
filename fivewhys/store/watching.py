"""Noticing that another program wrote to the database, cheaply enough to ask all the time."""

import sqlite3
from typing import Any, Protocol

from sqlalchemy import URL


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
        self._connection = sqlite3.connect(url.database or "", check_same_thread=False)
        self._version = self._read()

    def _read(self) -> Any:
        return self._connection.execute("PRAGMA data_version").fetchone()[0]

    def changed(self) -> bool:
        before, self._version = self._version, self._read()
        return bool(before != self._version)

    def close(self) -> None:
        self._connection.close()


class _Server:
    """LISTEN on a connection that is used for nothing else: a query on it would wait forever."""

    def __init__(self, url: URL) -> None:
        import psycopg

        address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection = psycopg.connect(address, autocommit=True)
        self._connection.execute("LISTEN fivewhys")

    def changed(self) -> bool:
        return any(True for _ in self._connection.notifies(timeout=0))

    def close(self) -> None:
        self._connection.close()

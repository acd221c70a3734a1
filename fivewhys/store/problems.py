"""What can go wrong with a database, as sentences for a person: what, where, what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from fivewhys.store.engine import shown


class StoreProblem(Exception):
    """The database cannot do what was asked. Nothing was changed; the text says what to do."""


class Conflict(StoreProblem):
    """Somebody else has changed the same rows since."""


SESSION_GONE = "This session is no longer there. Somebody has removed it for good."

SESSION_DELETED = "Somebody has deleted this session. Bring it back in the library, then go on."

_FULL = (
    "The disk is full, so this was not saved to {where}. Free some space and try again; nothing "
    "that was saved before is lost."
)
_READ_ONLY = (
    "{where} may only be read, so this was not saved. Make the file and its folder writable, or "
    "name another with --database."
)
_BUSY = (
    "Another program is writing to {where} and does not let go. This was not saved; try again in a "
    "moment."
)
_BY_SQLITE_NAME = {
    "SQLITE_FULL": _FULL,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_NOTADB": "{where} is not a Five Whys history, and nothing in it was touched. Name "
    "another file with --database.",
    "SQLITE_BUSY": _BUSY,
    "SQLITE_CANTOPEN": "{where} cannot be opened. See that its folder exists and may be written "
    "(SQLite keeps two files beside it), or name another with --database.",
    "SQLITE_CORRUPT": "{where} is damaged. Keep a copy of it, then go back to a file in the folder "
    "“backups” beside it.",
    "SQLITE_IOERR": "The disk did not answer while using {where}. This was not saved; if the file "
    "is on a network drive, keep it on this computer instead.",
    "SQLITE_PROTOCOL": "{where} cannot be locked. SQLite does not work on network drives; keep the "
    "file on this computer.",
}
_BY_SQL_STATE = {
    "53100": _FULL,
    "25006": "{where} may only be read, so this was not saved. Ask whoever runs the server, or "
    "name another with --database.",
    "55P03": _BUSY,
}
"""PostgreSQL's codes: disk_full, read_only_sql_transaction, lock_not_available."""


def in_words(error: BaseException, where: str) -> StoreProblem:
    """The sentence for an error of a driver about the database `where`."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    first = str(cause).strip().splitlines()[0] if str(cause).strip() else type(cause).__name__
    if isinstance(cause, sqlite3.Error):
        name = getattr(cause, "sqlite_errorname", "")
        for known, text in _BY_SQLITE_NAME.items():
            if name.startswith(known):
                return StoreProblem(text.format(where=where))
    elif state := _BY_SQL_STATE.get(getattr(cause, "sqlstate", None) or ""):
        return StoreProblem(state.format(where=where))
    # Only the server's listener raises errors of its driver as they are.
    elif isinstance(error, OperationalError) or not isinstance(error, DBAPIError):
        return StoreProblem(
            f"The database server of {where} does not answer ({first}). Nothing was changed; see "
            "that it runs and that the address is right."
        )
    return StoreProblem(f"{where}: {first}. Nothing was changed.")


def is_full(error: BaseException) -> bool:
    """Whether an error of a driver says that there is no room left."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    name = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    return name in ("SQLITE_FULL", "53100")


@contextmanager
def plainly(where: str) -> Iterator[None]:
    """Turn errors of the drivers and of the file system into `StoreProblem`, without passwords."""
    where = shown(where)
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise in_words(error, where) from error
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreProblem(
            f"{where} is no database that Five Whys knows. Give a file, or an address like "
            "postgresql://user@host/name."
        ) from error
    except ModuleNotFoundError as error:
        if error.name != "psycopg":
            raise
        raise StoreProblem(
            f"{where} is on a PostgreSQL server, and the driver for that is not installed. Install "
            "it with: pip install 'fivewhys[postgresql]'."
        ) from error
    except OSError as error:
        if error.filename is None:  # not about a file, so not ours
            raise
        raise StoreProblem(f"{error.filename}: {error.strerror}. Nothing was changed.") from error

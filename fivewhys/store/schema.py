"""The database's version: is it ours, is it current, and the safe way up if it is not."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from fivewhys import __version__
from fivewhys.store.engine import connect, look_at_file, shown
from fivewhys.store.problems import StoreProblem, is_full
from fivewhys.store.stages import TELL, Stage, Tell, nobody

SCHEMA = 6
"""The number of the newest migration, which SQLite files hold as `user_version`."""

APPLICATION_ID = 0x35574859
"""“5WHY”: marks a SQLite file as ours."""

MIGRATIONS = Path(__file__).parent / "migrations"

KEPT_BACKUPS = 7

ROOM = 4
"""How many times its size a file takes while it is brought up to date, at most: itself, its copy,
and what is new, which is written twice."""

_LOCK = 0x5757_4859


def ready(
    url: URL, migrations: Path = MIGRATIONS, schema: int = SCHEMA, tell: Tell = nobody
) -> None:
    """Make the database at `url` ready for use: create, check or upgrade it.

    A file of another program and a database of a newer version are refused with `StoreProblem`
    and not touched. A file is copied into the folder `backups` beside it before it is upgraded,
    which is one transaction: whatever ends it early, the database stays as it was. `tell` hears
    how far an upgrade is.
    """
    try:
        if url.get_backend_name() == "sqlite":
            _ready_file(url, migrations, schema, tell)
        else:
            _ready_server(url, migrations, schema, tell)
    except (DBAPIError, sqlite3.Error) as error:
        if is_full(error):
            raise StoreProblem(
                f"The disk is full, so {shown(url)} could not be brought up to date. Nothing was "
                f"changed. It needs room for about {ROOM} times its size; free some and try again."
            ) from error
        raise


def version_of(connection: Connection) -> int:
    """The schema's number of an open database; 0 where there is none yet.

    Raises ValueError where another program's migrations were here.
    """
    if not inspect(connection).has_table("alembic_version"):
        return 0
    version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return int(version or 0)


def _ready_file(url: URL, migrations: Path, schema: int, tell: Tell) -> None:
    path = Path(url.database or "")
    if path.is_dir():
        raise StoreProblem(f"{path} is a folder. Name a file in it with --database.")
    if path.exists() and path.stat().st_size:
        found = version_of_file(path)
        if found == schema:
            return
        if found > schema:
            raise _too_new(str(path), _needed_by(path))
        if found:
            tell(Stage("copying it first"))
            back_up(path, f"before-version-{schema}", renew=True)
    else:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreProblem(
                f"The folder {path.parent} cannot be made ({error.strerror}). Name another place "
                "with --database."
            ) from error
    # With foreign keys on, an ordinary rebuild of a table deleted every cause without a word.
    engine = connect(url, foreign_keys=False)
    try:
        with engine.begin() as connection:
            # Another program may have done it while this one waited for the lock.
            now = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            if now != schema:
                _upgrade(connection, migrations, tell)
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    raise StoreProblem(
                        f"{path} could not be brought up to date: {len(broken)} rows would hang on "
                        "nothing. Nothing was changed."
                    )
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.exec_driver_sql(f"PRAGMA user_version = {schema}")
    finally:
        engine.dispose()


def _ready_server(url: URL, migrations: Path, schema: int, tell: Tell) -> None:
    engine = connect(url)
    try:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            try:
                found = version_of(connection)
            except ValueError as error:
                raise StoreProblem(
                    f"{shown(url)} is a database of another program, and nothing in it was "
                    "touched. Name another with --database."
                ) from error
            if found > schema:
                needs = connection.execute(text("SELECT value FROM about WHERE name = 'needs'"))
                raise _too_new(shown(url), needs.scalar_one())
            if found < schema:
                _upgrade(connection, migrations, tell)
    finally:
        engine.dispose()


def _too_new(where: str, needed: str) -> StoreProblem:
    return StoreProblem(
        f"{where} was written by a newer Five Whys. This is version {__version__}; it needs "
        f"{needed} or later. Nothing was changed; upgrade Five Whys to go on."
    )


def version_of_file(path: Path) -> int:
    """The schema's number of a file; refuses one that is not ours."""
    with closing(look_at_file(path)) as connection:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if (tables or application) and application != APPLICATION_ID:
        raise StoreProblem(
            f"{path} is a database of another program, and nothing in it was touched. Name "
            "another file with --database."
        )
    return int(version) if tables else 0


def _needed_by(path: Path) -> str:
    with closing(look_at_file(path)) as connection:
        (needed,) = connection.execute("SELECT value FROM about WHERE name = 'needs'").fetchone()
    return str(needed)


def _upgrade(connection: Connection, migrations: Path, tell: Tell) -> None:
    """Run the migrations inside the caller's transaction; no row may vanish on the way."""
    from alembic import command
    from alembic.config import Config

    before = _row_counts(connection)
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    # A new database is made too quickly for anybody to be told.
    config.attributes[TELL] = tell if before else nobody
    command.upgrade(config, "head")
    config.attributes[TELL](Stage("seeing that nothing is lost"))
    after = _row_counts(connection)
    lost = [name for name, rows in before.items() if after.get(name, rows) != rows]
    if lost:
        raise StoreProblem(
            f"Bringing the database up to date would have lost rows of {', '.join(lost)}. "
            "Nothing was changed; please report this."
        )


def _row_counts(connection: Connection) -> dict[str, int]:
    names = inspect(connection).get_table_names()
    return {
        name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()
        for name in names
        # Of passages the words are derived, and may be derived in another way.
        if name not in ("alembic_version", "about") and not name.startswith("passage")
    }


def back_up(path: Path, name: str = "", *, renew: bool = False) -> Path:
    """Copy a SQLite file into the folder `backups` beside it and drop the oldest copies.

    Copies while others write. `name` defaults to today's date; a copy of that name is kept as it
    is unless `renew` is set.
    """
    folder = path.parent / "backups"
    copy = folder / f"{path.stem}-{name or datetime.now(UTC).date().isoformat()}{path.suffix}"
    if copy.exists() and not renew:
        return copy
    folder.mkdir(exist_ok=True)
    partial = copy.with_name(copy.name + ".partial")
    # A crash may have left one that is half written, which SQLite would refuse to write over.
    partial.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(partial)) as target:
            source.backup(target)
        partial.replace(copy)
    finally:
        partial.unlink(missing_ok=True)
    for old in sorted(backups(path), key=lambda file: file.stat().st_mtime)[:-KEPT_BACKUPS]:
        old.unlink(missing_ok=True)
    return copy


def backups(path: Path) -> list[Path]:
    """The copies of this file, not those of a neighbour whose name begins alike."""
    folder = path.parent / "backups"
    ours = re.compile(
        re.escape(path.stem) + r"-(\d{4}-\d\d-\d\d|before-version-\d+)" + re.escape(path.suffix)
    )
    found = folder.iterdir() if folder.is_dir() else ()
    return [file for file in found if ours.fullmatch(file.name)]

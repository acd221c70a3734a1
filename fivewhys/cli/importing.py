"""Sessions from a file or from standard input: all of them, or none."""

import codecs
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from fivewhys import settings
from fivewhys.cli import printing
from fivewhys.cli.history import Chosen, history

if TYPE_CHECKING:
    from fivewhys.store.bringing import Brought

MANY = 20
"""Sessions in an import from which on it says how far it is."""


def import_sessions(chosen: Chosen, source: str, copies: bool, as_json: bool) -> None:
    """Bring the sessions of `source` in and say what became of each."""
    from fivewhys.imports import Unreadable, read

    brought: list[Brought] | None = None
    name = "Standard input" if source == "-" else source
    try:
        try:
            records = read(_text(_data(source), name), now=datetime.now(UTC))
        except Unreadable as error:
            printing.fail(error.of(name))
        with history(chosen) as store, _counting(len(records)) as count:
            brought = store.bring_in(records, copies=copies, progress=count)
    except KeyboardInterrupt:
        if brought is None:
            printing.say("Cancelled. Nothing was imported.")
            raise typer.Exit(printing.CANCELLED) from None
    _report(chosen, brought or [], as_json)


def _data(source: str) -> bytes:
    """What is in a file, or in standard input for -."""
    if source == "-":
        return typer.get_binary_stream("stdin").read()
    if not source:
        printing.fail("The name of the file is empty. Name a file, or - for standard input.")
    path = settings.path(source)
    if path.is_dir():
        printing.fail(f"{source} is a folder. Name one file in it.")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        printing.fail(f"There is no file {source}. See that its name and folder are right.")


def _text(data: bytes, name: str) -> str:
    """What is in the file `name`, as text."""
    if data.startswith(b"SQLite format 3\0"):
        printing.fail(
            f"{name} is a database, not an export. To work on it, name it with --database; to "
            "bring its sessions in here, write them out first with --database and export --all."
        )
    # PowerShell writes what is piped into a file as UTF-16.
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if is_wide else "utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        code = "UTF-16" if is_wide else "UTF-8"
        printing.fail(
            f"{name}, line {line}: this is not text in {code}, so nothing was imported. Save the "
            "file as UTF-8."
        )


@contextmanager
def _counting(total: int) -> Iterator[Callable[[int], None]]:
    """Gives what is told how many sessions are done, and shows it to a person who waits.

    Ctrl+C is heard between two sessions alone, so that an import ends whole or not at all.
    """
    is_cancelled = False
    is_shown = total >= MANY and is_watched()

    def cancel(*_: object) -> None:
        nonlocal is_cancelled
        is_cancelled = True

    def count(done: int) -> None:
        if is_cancelled:
            raise KeyboardInterrupt
        if is_shown:
            end = "\r\033[K" if done == total else ""
            typer.echo(f"\r{done:,} of {total:,}{end}", err=True, nl=False)

    before = signal.signal(signal.SIGINT, cancel)
    try:
        yield count
    finally:
        signal.signal(signal.SIGINT, before)


def is_watched() -> bool:
    """Whether a person sees what is said beside the result."""
    return sys.stderr.isatty()


def _report(chosen: Chosen, brought: "list[Brought]", as_json: bool) -> None:
    from fivewhys.store.bringing import Outcome

    if as_json:
        found: dict[str, list[object]] = {outcome.value: [] for outcome in Outcome}
        for one in brought:
            session = {"name": f"S-{one.number}", "number": one.number, "problem": one.problem}
            found[one.outcome.value].append(session)
        printing.write_json(found)
        return
    for one in brought:
        what = "Added" if one.outcome is Outcome.ADDED else "Here already:"
        typer.echo(chosen.written(f"{what} S-{one.number}  {one.problem}"))
    added = sum(one.outcome is Outcome.ADDED for one in brought)
    printing.say(f"{added:,} added, {len(brought) - added:,} here already.")

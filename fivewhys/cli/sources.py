"""Sessions read from a file or from standard input, for the commands that take either."""

import codecs
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from fivewhys import settings
from fivewhys.cli import printing

if TYPE_CHECKING:
    from fivewhys.models.tree import Record


def records(source: str) -> "list[Record]":
    """The sessions in the file `source`, or in standard input for -; all of them, or it fails."""
    from fivewhys.imports import Unreadable, read

    name = "Standard input" if source == "-" else source
    try:
        return read(_text(_data(source), name), now=datetime.now(UTC))
    except Unreadable as error:
        printing.fail(error.of(name))


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
            "have its sessions as a file, write them out with --database and export --all."
        )
    # PowerShell writes what is piped into a file as UTF-16.
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if is_wide else "utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        code = "UTF-16" if is_wide else "UTF-8"
        printing.fail(
            f"{name}, line {line}: this is not text in {code}, so nothing of it was read. Save the "
            "file as UTF-8."
        )

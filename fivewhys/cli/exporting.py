"""Sessions to a file or to standard output."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typer

from fivewhys import files, settings
from fivewhys.cli import printing
from fivewhys.cli.history import Chosen, all_lines, begun_history

if TYPE_CHECKING:
    from fivewhys.models.tree import Record
    from fivewhys.store.store import Store


def export(
    chosen: Chosen,
    numbers: Sequence[int],
    output: str | None,
    form: Literal["md", "json"],
    *,
    replace: bool,
) -> None:
    """Write the sessions `numbers`, or all of them, oldest first, where none is named."""
    with begun_history(chosen) as store:
        if numbers:
            keys = [store.numbered(number).session.id for number in numbers]
        else:
            keys = [line.id for line in all_lines(store)][::-1]
        if not keys:
            printing.fail(chosen.nothing)
        records = [store.record(key) for key in keys]
        text = _text(store, records, form)
    if output == "-":
        printing.write(text)
        return
    path = write_file(text, output, _name(records, form), replace=replace)
    typer.echo(f"Wrote {printing.readable(str(path))}")


def _text(store: "Store", records: "Sequence[Record]", form: Literal["md", "json"]) -> str:
    if form == "json":
        from fivewhys.reports import archive

        return archive.write(records)
    from fivewhys.reports import markdown
    from fivewhys.template_files import own_templates

    tree = records[0].tree
    page = markdown.page(tree, own_templates(settings.templates()), store.shared(tree))
    for problem in page.problems:
        printing.say(problem)
    return page.text


def _name(records: "Sequence[Record]", form: str) -> str:
    """The file name of an export that nobody has named."""
    if len(records) == 1:
        return files.export_name(records[0].tree, form)
    today = datetime.now(UTC).date().isoformat()
    return f"{today}-{len(records)}-sessions.{form}"


def write_file(text: str, output: str | None, name: str, *, replace: bool) -> Path:
    """Write to the file `output`, or as `name` into the folder that it is, or into the exports.

    Raises `fivewhys.files.NotWritten`.
    """
    path = settings.path(output) if output else settings.exports()
    if not output or path.is_dir() or output.endswith(("/", os.sep)):
        path /= name
    try:
        # The exports folder is made; one that somebody names for this file may be mistyped.
        return files.write(path, text, replace=replace, make_folders=not output)
    except files.NotWritten as error:
        if replace or not path.is_file():
            raise
        raise files.NotWritten(
            f"“{path}” is there already and was left as it is. Write over it with --replace, or "
            "name another file with -o."
        ) from error

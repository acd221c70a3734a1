"""The commands that carry sessions out of the history, into it, and away for good."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from fivewhys.cli.options import SESSION, AsJson, Replace


def export(
    ctx: typer.Context,
    numbers: Annotated[list[int] | None, SESSION] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Write all sessions, into one archive.")
    ] = False,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write to this file, or into this folder; - is standard output. Without it: into "
            "the folder exports, which is made if need be, named after date and problem.",
            show_default=False,
        ),
    ] = None,
    form: Annotated[
        Literal["md", "json"] | None,
        typer.Option(
            "--format",
            help="md is Markdown, to read. json is an archive, which “fivewhys import” takes in "
            "again without loss. Without it: json for several sessions and for a FILE that ends "
            "with .json, or else md.",
            show_default=False,
        ),
    ] = None,
    replace: Replace = False,
) -> None:
    """Write a session as Markdown, or sessions as a JSON archive.

    One session becomes a report in Markdown with its action plan; several, or all with --all,
    become one archive. For the actions of all sessions: fivewhys actions
    """
    from fivewhys.cli import exporting

    wanted = list(dict.fromkeys(numbers or ()))
    if bool(wanted) == every:
        ctx.fail("Name a session, like S-12, or say --all.")
    many = every or len(wanted) > 1
    if form is None:
        ending = Path(output or "").suffix
        form = "json" if ending == ".json" or (many and ending != ".md") else "md"
    if many and form == "md":
        ctx.fail("Markdown holds one session; write several with --format json.")
    exporting.export(ctx.obj, wanted, output, form, replace=replace)


def import_sessions(
    ctx: typer.Context,
    source: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="An archive that “fivewhys export” wrote, or chains as JSON or JSON Lines; - is "
            "standard input.",
        ),
    ],
    copies: Annotated[
        bool,
        typer.Option(
            "--copy", help="Bring all in as new sessions, also those that are here already."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring in the sessions of a file: all of them, or none.

    A session that is here already is left as it is. If anything in the file is wrong, nothing is
    brought in, and you are told where it is wrong.
    """
    from fivewhys.cli import importing

    importing.import_sessions(ctx.obj, source, copies, as_json)


def purge(
    ctx: typer.Context,
    number: Annotated[int | None, SESSION] = None,
    deleted: Annotated[
        bool, typer.Option("--deleted", help="Remove all deleted sessions.")
    ] = False,
    history: Annotated[
        bool,
        typer.Option("--history", help="Forget the session's former wordings and its undo."),
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do it. Without this, nothing is removed.")
    ] = False,
) -> None:
    """Take deleted sessions or former wordings away for good.

    This cannot be undone. Backups and files that you exported still hold the words; after purging,
    the command says which backups there are.
    """
    from fivewhys.cli import purging

    if (number is not None) is not history or deleted is history:
        ctx.fail("Say what is to go: --deleted, or a session with --history.")
    if number is None:
        purging.deleted_sessions(ctx.obj, is_meant=yes)
    else:
        purging.former_wordings(ctx.obj, number, is_meant=yes)

"""The command line: the commands and their options; the modules beside this do what they ask.

What a command needs is imported inside it, so that the program, `--version` and completion start
quickly. What is printed is text and nothing else: no markup is read from it, no colour put into it.
"""

from pathlib import Path
from typing import Annotated, Literal

import typer

from fivewhys import __version__, settings
from fivewhys.cli.completion import offered, session_number
from fivewhys.cli.group import Commands
from fivewhys.cli.history import Chosen

LISTED = 50
"""Sessions that `list` shows unless it is told otherwise."""

MOST = 1_000_000
"""The highest limit that `list` takes."""

SESSION = typer.Argument(
    metavar="SESSION",
    help="S-12, s-12 or 12.",
    parser=session_number,
    autocompletion=offered,
    show_default=False,
)
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON, for scripts.")]

app = typer.Typer(
    cls=Commands,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"fivewhys {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def begin(
    ctx: typer.Context,
    database: Annotated[
        str | None,
        typer.Option(
            metavar="PATH-OR-URL",
            help="The history to work on: a SQLite file, or postgresql://…  Without it: "
            f"{settings.DATABASE}, or else your own file (see: fivewhys where).",
            show_default=False,
        ),
    ] = None,
    ascii_only: Annotated[
        bool, typer.Option("--ascii", help="Use plain ASCII characters alone.")
    ] = False,
    _: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Say which version this is."
        ),
    ] = False,
) -> None:
    """Lead a team from a problem to its root causes, by asking why.

    Without a command, Five Whys opens on your history. To look around first: fivewhys demo
    """
    ctx.obj = Chosen(database, ascii_only)
    if ctx.invoked_subcommand is None:
        from fivewhys.cli import screen

        screen.run(ctx.obj)


@app.command("open")
def open_session(ctx: typer.Context, number: Annotated[int, SESSION]) -> None:
    """Open a session on the screen."""
    from fivewhys.cli import screen

    screen.open_session(ctx.obj, number)


@app.command()
def demo(
    ctx: typer.Context,
    into: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write the examples to this new file instead, to try the other commands on.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Look around in worked examples, in a copy that is gone afterwards."""
    from fivewhys.cli import screen

    chosen: Chosen = ctx.obj
    if chosen.database is not None:
        ctx.fail("The demo has a history of its own; name a file for it with --into.")
    if into is None:
        screen.demo(chosen)
    else:
        screen.write_demo(settings.path(str(into)))


@app.command("list")
def list_sessions(
    ctx: typer.Context,
    search: Annotated[
        str,
        typer.Option(
            metavar="WORDS",
            help="Only sessions with all these words in problem, place or name.",
            show_default=False,
        ),
    ] = "",
    limit: Annotated[int, typer.Option(min=1, max=MOST, help="At most so many.")] = LISTED,
    every: Annotated[bool, typer.Option("--all", help="All of them, however many.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the sessions, newest first. Into a pipe: a line each, with tabs between the columns."""
    from fivewhys.cli import looking

    looking.list_sessions(ctx.obj, search, None if every else limit, as_json)


@app.command()
def show(ctx: typer.Context, number: Annotated[int, SESSION], as_json: AsJson = False) -> None:
    """Show one session: what is known of its problem, and its tree."""
    from fivewhys.cli import looking

    looking.show(ctx.obj, number, as_json)


@app.command()
def where(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Say which database this is, what it holds, and where exports go."""
    from fivewhys.cli import looking

    looking.where(ctx.obj, as_json)


@app.command()
def export(
    ctx: typer.Context,
    numbers: Annotated[list[int] | None, SESSION] = None,
    every: Annotated[bool, typer.Option("--all", help="All sessions, in one archive.")] = False,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write to this file or folder, or with - to standard output. Without it: a file "
            "in exports, named after date and problem.",
            show_default=False,
        ),
    ] = None,
    form: Annotated[
        Literal["md", "json"] | None,
        typer.Option(
            "--format",
            help="md is Markdown, to read. json is an archive, which import takes in again "
            "without loss; it holds as many sessions as you like. Without it: what FILE ends "
            "with, or else md.",
            show_default=False,
        ),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over a file that is there.")
    ] = False,
) -> None:
    """Write a session as Markdown, or sessions as a JSON archive."""
    from fivewhys.cli import exporting

    wanted = list(dict.fromkeys(numbers or ()))
    if bool(wanted) == every:
        ctx.fail("Name a session, like S-12, or say --all.")
    many = every or len(wanted) > 1
    if form is None:
        form = "json" if many or (output or "").endswith(".json") else "md"
    if many and form == "md":
        ctx.fail("Markdown holds one session; write several with --format json.")
    exporting.export(ctx.obj, wanted, output, form, replace=replace)


@app.command("import")
def import_sessions(
    ctx: typer.Context,
    source: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="An archive of Five Whys, or chains as JSON or JSON Lines; - is standard input.",
        ),
    ],
    copies: Annotated[
        bool,
        typer.Option("--copy", help="Make new sessions, also of those that are here already."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the sessions of a file in: all, or none if anything is wrong."""
    from fivewhys.cli import importing

    importing.import_sessions(ctx.obj, source, copies, as_json)


@app.command()
def purge(
    ctx: typer.Context,
    number: Annotated[int | None, SESSION] = None,
    deleted: Annotated[
        bool, typer.Option("--deleted", help="Remove all deleted sessions for good.")
    ] = False,
    history: Annotated[
        bool,
        typer.Option("--history", help="Forget the session's former wordings and its undo."),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; it cannot be undone.")] = False,
) -> None:
    """Take deleted sessions or former wordings away for good."""
    from fivewhys.cli import purging

    if (number is not None) is not history or deleted is history:
        ctx.fail("Say what is to go: --deleted, or a session with --history.")
    if number is None:
        purging.deleted_sessions(ctx.obj, is_meant=yes)
    else:
        purging.former_wordings(ctx.obj, number, is_meant=yes)

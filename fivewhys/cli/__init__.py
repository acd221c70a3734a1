"""The command line: the commands and their options; the modules beside this do what they ask.

What commands over all sessions take is in `over_all`, and export, import and purge in `carrying`.

What a command needs is imported inside it, so that the program, `--version` and completion start
quickly. What is printed is text and nothing else: no markup is read from it; where `lint` puts
colours into it, that is for a terminal alone.
"""

from pathlib import Path
from typing import Annotated

import typer

from fivewhys import __version__, settings
from fivewhys.cli import carrying, history_of, over_all, reviewing, searching
from fivewhys.cli.completion import offered_or_file, offered_rules, rule
from fivewhys.cli.group import OPTIONS, Command, Commands, examples
from fivewhys.cli.history import Chosen
from fivewhys.cli.options import SESSION, AsJson, limited, named

LISTED = 50
"""Sessions that `list` shows unless it is told otherwise."""

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
            help="The history to work on: a SQLite file, or postgresql://user@host/name. Without "
            f"it: {settings.DATABASE}, or else your own file (see: fivewhys where). May stand "
            "behind a command too.",
            callback=named,
            show_default=False,
        ),
    ] = None,
    ascii_only: Annotated[
        bool, typer.Option("--ascii", help="Write and draw with plain ASCII characters alone.")
    ] = False,
    _: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Say which version this is."
        ),
    ] = False,
) -> None:
    """Lead a team from a problem to its root causes, by asking why.

    Without a command, Five Whys opens on your own history. To look around first: fivewhys demo

    Each command explains itself: fivewhys export --help
    """
    ctx.obj = Chosen(database, ascii_only)
    if ctx.invoked_subcommand is None:
        from fivewhys.cli import screen

        screen.run(ctx.obj)


@app.command("open", cls=Command, epilog=examples("open S-12"))
def open_session(ctx: typer.Context, number: Annotated[int, SESSION]) -> None:
    """Open one session on the screen, ready for the next why."""
    from fivewhys.cli import screen

    screen.open_session(ctx.obj, number)


@app.command(cls=Command, epilog=examples("demo", "demo --into examples.db"))
def demo(
    ctx: typer.Context,
    into: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write the examples to this new file instead of opening them, to try the other "
            "commands on.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Look around in worked examples, in a throwaway copy.

    Try anything: your own history is not touched.
    """
    from fivewhys.cli import screen

    chosen: Chosen = ctx.obj
    if chosen.database is not None:
        ctx.fail("The demo has a history of its own; name a file for it with --into.")
    if into is None:
        screen.demo(chosen)
    else:
        screen.write_demo(settings.path(str(into)))


@app.command(
    "list", cls=Command, epilog=examples("list", "list --search 'harwick angry'", "list --json")
)
def list_sessions(
    ctx: typer.Context,
    search: Annotated[
        str,
        typer.Option(
            metavar="WORDS",
            help="Only sessions that have all these words in their problem, place or name.",
            show_default=False,
        ),
    ] = "",
    limit: Annotated[
        int,
        typer.Option(
            parser=limited, metavar="NUMBER", help="List at most so many, the newest ones."
        ),
    ] = LISTED,
    every: Annotated[bool, typer.Option("--all", help="List all, however many.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the sessions, newest first.

    In a terminal, long problems are cut to fit. Into a pipe or a file: one line for each session,
    nothing cut, with tabs between name, date, state, number of roots, problem and place.
    """
    from fivewhys.cli import looking

    looking.list_sessions(ctx.obj, search, None if every else limit, as_json)


@app.command(cls=Command, epilog=examples("show S-12", "show S-12 --json"))
def show(ctx: typer.Context, number: Annotated[int, SESSION], as_json: AsJson = False) -> None:
    """Show one session: problem, tree, and what is done about it."""
    from fivewhys.cli import looking

    looking.show(ctx.obj, number, as_json)


app.command(
    "history",
    cls=Command,
    options_metavar=f"{OPTIONS} (SESSION | [SESSION] --cause WORDS)",
    epilog=examples(
        "history S-12",
        "history S-12 --since 'last monday'",
        "history S-12 --json",
        "history --cause 'the new forms were not ordered'",
        "history S-12 --cause 'not ordered' --confirmed -o forms.md",
    ),
)(history_of.history)


@app.command(
    cls=Command,
    options_metavar=f"{OPTIONS} (SESSION... | FILE... | --all)",
    epilog=examples(
        "lint S-12",
        "lint chains.jsonl",
        "lint --all --rule blame --rule hindsight",
        "lint S-12 --skip narrow --json",
    ),
)
def lint(
    ctx: typer.Context,
    targets: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SESSION|FILE",
            help="A session's name, S-12, or a file that “fivewhys import” reads; - is standard "
            "input. A file that is named like a session: ./12",
            autocompletion=offered_or_file,
            show_default=False,
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Look at all sessions.")] = False,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--rule",
            parser=rule,
            metavar="NAME",
            help="Look with this rule alone; give it several times for several rules.",
            autocompletion=offered_rules,
            show_default=False,
        ),
    ] = None,
    skipped: Annotated[
        list[str] | None,
        typer.Option(
            "--skip",
            parser=rule,
            metavar="NAME",
            help="Look without this rule; may be given several times too.",
            autocompletion=offered_rules,
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Find the weak spots of an analysis, and what to ask about each.

    Weak is what a good facilitator would ask about aloud: blame, vague words, two causes in one
    answer, a root without evidence, and so on. What was ruled out is left alone, and so is what
    you dismissed.

    The exit status is 1 where something is found, and 0 where nothing is.
    """
    from fivewhys.cli import linting

    if bool(targets) == every:
        ctx.fail("Name a session, like S-12, or a file, or say --all.")
    linting.lint(ctx.obj, targets or (), only or (), skipped or (), as_json)


app.command(
    "actions",
    cls=Command,
    options_metavar=f"{OPTIONS} [--open | --overdue | --all]",
    epilog=examples(
        "actions",
        "actions --overdue --owner Helen",
        "actions --all --site Harwick -o plan.md",
        "actions -o plan.ics",
        "actions --format csv",
    ),
)(over_all.actions)


app.command(
    "patterns",
    cls=Command,
    epilog=examples(
        "patterns",
        "patterns --site Harwick --since 2026-01-01",
        "patterns --confirmed -o report.md",
        "patterns -o map.graphml",
    ),
)(over_all.patterns)


app.command(
    "similar",
    cls=Command,
    options_metavar=f"{OPTIONS} TEXT...",
    epilog=examples('similar "nobody ordered the forms"', "similar no forms ordered --json"),
)(over_all.similar)


app.command(
    "search",
    cls=Command,
    options_metavar=f"{OPTIONS} WORDS...",
    epilog=examples(
        "search price form",
        "search charg twice --site Montelar",
        "search refund --json",
    ),
)(searching.search)


app.command(
    "review",
    cls=Command,
    epilog=examples(
        "review",
        "review --since 2026-01 --until 2026-06 -o review.html",
        "review --site Harwick --severity major --severity critical",
        "review --format html --per-site reports",
        "review --json",
    ),
)(reviewing.review)


@app.command(cls=Command, epilog=examples("where", "--database team.db where"))
def where(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Say which database this is, and where your files are."""
    from fivewhys.cli import looking

    looking.where(ctx.obj, as_json)


app.command(
    "export",
    cls=Command,
    options_metavar=f"{OPTIONS} (SESSION... | --all)",
    epilog=examples(
        "export S-12",
        "export S-12 -o report.md",
        "export S-12 -o - | less",
        "export S-3 S-12 -o two.json",
        "export --all -o everything.json",
    ),
)(carrying.export)


app.command(
    "import",
    cls=Command,
    epilog=examples("import everything.json", "import chains.jsonl --database new.db"),
)(carrying.import_sessions)


app.command(
    "purge",
    cls=Command,
    options_metavar=f"{OPTIONS} (--deleted | SESSION --history)",
    epilog=examples("purge --deleted --yes", "purge S-12 --history --yes"),
)(carrying.purge)

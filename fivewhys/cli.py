"""The command line: thin commands over the store, the readers and the reports.

What a command needs is imported inside it, so that `--version`, help and completion stay quick.
What is printed is text and nothing else: no markup is read from it, no colour is put into it.
"""

import codecs
import json
import re
import shlex
import shutil
import signal
import sys
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from fivewhys import __version__, settings
from fivewhys.models.values import SessionLine
from fivewhys.text import clean

if TYPE_CHECKING:
    from fivewhys.models.tree import Record, Tree
    from fivewhys.models.values import Person
    from fivewhys.store.bringing import Brought
    from fivewhys.store.store import Store

LISTED = 50
"""Sessions that `list` shows unless it is told otherwise."""

MOST = 1_000_000
"""The highest limit that `list` takes."""

OFFERED = 50
"""Sessions that completion offers: the newest."""

MANY = 20
"""Sessions in an import from which on it says how far it is."""

CANCELLED = 130
"""Exit status after Ctrl+C, as shells know it."""

_NAME = re.compile(r"(?:s-?)?(\d{1,15})", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The options that hold for every command."""

    database: str | None
    ascii_only: bool

    @property
    def where(self) -> str:
        """The file or address of the history."""
        return settings.database(self.database)

    @property
    def is_begun(self) -> bool:
        """Whether there is a history: looking at a file must not make it."""
        return "://" in self.where or Path(self.where).exists()

    @property
    def shown(self) -> str:
        """How to name the history to a person: without a password."""
        from fivewhys.store.engine import shown

        return shown(self.where)

    def written(self, text: str) -> str:
        """`text` in the characters that the person asked for."""
        if not self.ascii_only:
            return text
        apart = unicodedata.normalize("NFKD", text)
        plain = "".join(char for char in apart if not unicodedata.combining(char))
        return plain.encode("ascii", "replace").decode("ascii")


class Format(StrEnum):
    """What a session can be written as."""

    MD = "md"
    JSON = "json"


class Commands(TyperGroup):
    """The commands, with one line on standard error for whatever can go wrong in them."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take the global options behind a command too: people write them there."""
        front: list[str] = []
        rest: list[str] = []
        left = iter(args)
        for arg in left:
            if arg == "--":
                rest += [arg, *left]
            elif arg == "--database":
                value = next(left, None)
                if value is None and not ctx.resilient_parsing:
                    ctx.fail("Option '--database' requires an argument.")
                front += [arg, value or ""]
            else:
                is_global = arg == "--ascii" or arg.startswith("--database=")
                (front if is_global else rest).append(arg)
        return super().parse_args(ctx, front + rest)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; where it cannot be done, say so in one line."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            _say("Cancelled.")
            raise typer.Exit(CANCELLED) from None
        except BrokenPipeError:
            # Whoever read this has seen enough. Typer ends quietly.
            raise
        except OSError as error:
            what = error.strerror or str(error)
            _fail(f"{error.filename}: {what}." if error.filename else f"{what}.")
        except Exception as error:
            if not isinstance(error, _told()):
                raise
            _fail(str(error))


def _told() -> tuple[type[Exception], ...]:
    """The errors whose text is a sentence for the person."""
    from fivewhys.files import NotWritten
    from fivewhys.imports import Unreadable
    from fivewhys.models.commands import Refused
    from fivewhys.store.problems import StoreProblem

    return NotWritten, Unreadable, Refused, StoreProblem


def _say(text: str) -> None:
    """Tell the person something that is not the command's result."""
    typer.echo(clean(text), err=True)


def _fail(text: str) -> NoReturn:
    _say(text)
    raise typer.Exit(1) from None


# -- what people type


def session_number(text: str) -> int:
    """Read a session's name, for example S-12, as its number."""
    found = _NAME.fullmatch(text.strip())
    if not found:
        raise typer.BadParameter(f"“{clean(text)}” is no session; they have names like S-12.")
    return int(found[1])


def offered(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The newest sessions whose name begins like `incomplete`, for completion in the shell."""
    from fivewhys.store.glance import first_page

    before = incomplete.rstrip("0123456789")
    if before.upper() not in ("", "S", "S-"):
        return []
    if before == incomplete:
        before = (before.removesuffix("-") or "S") + "-"
    option = (ctx.parent.params if ctx.parent else {}).get("database")
    lines = first_page(settings.database(option), OFFERED) or []
    return [(f"{before}{line.number}", _only_words(line.problem)) for line in lines]


def _only_words(text: str) -> str:
    """`text` for a shell's list: zsh evaluates what it is offered, so nothing else may stay."""
    return clean("".join(char if char.isalnum() or char in ",.-" else " " for char in text))[:60]


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"fivewhys {__version__}")
        raise typer.Exit


def _named() -> Any:
    return typer.Argument(
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
    chosen = Chosen(database, ascii_only)
    ctx.obj = chosen
    if ctx.invoked_subcommand is None:
        _run(chosen, chosen.where)


# -- the program on the screen


@app.command("open")
def open_session(ctx: typer.Context, number: Annotated[int, _named()]) -> None:
    """Open a session on the screen."""
    from fivewhys.store.glance import first_page

    chosen: Chosen = ctx.obj
    # The newest are found without loading the store, which would keep the screen waiting.
    if number not in [line.number for line in first_page(chosen.where) or []]:
        with _begun_history(chosen) as store:
            store.numbered(number)
    _run(chosen, chosen.where, open_number=number)


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
    from fivewhys import examples

    chosen: Chosen = ctx.obj
    if chosen.database is not None:
        ctx.fail("The demo has a history of its own; name a file for it with --into.")
    if into is None:
        with TemporaryDirectory(prefix="fivewhys-", ignore_cleanup_errors=True) as folder:
            _run(chosen, str(Path(folder) / "demo.db"), prepare=examples.fill)
        return
    into = settings.path(str(into))
    into.parent.mkdir(parents=True, exist_ok=True)
    try:
        # Only a file that this makes itself is filled, and taken away again if that fails.
        into.open("xb").close()
    except FileExistsError:
        _fail(f"{into} is there already and stays as it is. Name a file that is not there yet.")
    try:
        with _history(Chosen(str(into), False)) as store:
            examples.fill(store)
            sessions, causes = store.counts()
    except BaseException:
        into.unlink(missing_ok=True)
        raise
    file = clean(str(into))
    typer.echo(f"Wrote {sessions} sessions with {causes} causes to {file}. Go on with:")
    for command in ("", " list", " show S-1"):
        typer.echo(f"  fivewhys --database {shlex.quote(file)}{command}")


def _end_when_the_window_closes() -> None:
    """Let signals end this process as errors do: the terminal and the demo are tidied up."""

    def end(number: int, _: object) -> NoReturn:
        sys.exit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)


def _run(
    chosen: Chosen,
    database: str,
    *,
    open_number: int | None = None,
    prepare: "Callable[[Store], None] | None" = None,
) -> None:
    if not _has_terminal():
        _fail(
            "This needs a terminal to draw on, and here is none. For scripts there are commands "
            "like list, show, export and import: fivewhys --help"
        )
    _end_when_the_window_closes()
    from fivewhys.app import FiveWhysApp

    program = FiveWhysApp(
        database,
        settings.actor(),
        settings.exports(),
        open_number=open_number,
        ascii_only=chosen.ascii_only,
        prepare=prepare,
    )
    program.run()
    if program.return_code:
        raise typer.Exit(program.return_code)


def _has_terminal() -> bool:
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


@contextmanager
def _history(chosen: Chosen) -> "Iterator[Store]":
    from fivewhys.store.store import Store

    with closing(Store(chosen.where, settings.actor())) as store:
        yield store


@contextmanager
def _begun_history(chosen: Chosen) -> "Iterator[Store]":
    """The history, where there is one."""
    if not chosen.is_begun:
        _fail(f"There is no history at {chosen.where} yet. To begin one: fivewhys")
    with _history(chosen) as store:
        yield store


# -- looking


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
    chosen: Chosen = ctx.obj
    search = clean(search)
    lines: list[SessionLine] = []
    more = False
    if chosen.is_begun:
        with _history(chosen) as store:
            if every:
                lines = list(_all_lines(store, search))
            else:
                lines = store.library(search, limit=limit + 1)
                lines, more = lines[:limit], len(lines) > limit
    if as_json:
        _write_json([_line_object(line) for line in lines])
    elif lines:
        rows = [tuple(map(chosen.written, _cells(line))) for line in lines]
        width = _width()
        for row in _table(rows, width, chosen.written("…")) if width else map("\t".join, rows):
            typer.echo(row)
    if not lines:
        _say("No session has all these words." if search else _empty(chosen))
    elif more:
        _say("There are more. See them all with --all, or find some with --search WORDS.")


def _empty(chosen: Chosen) -> str:
    return (
        f"No sessions in {chosen.shown} yet. To begin one: fivewhys. To look around: fivewhys demo"
    )


def _all_lines(store: "Store", search: str = "") -> Iterator[SessionLine]:
    before = None
    while page := store.library(search, before, limit=1000):
        yield from page
        before = page[-1].number


def _line_object(line: SessionLine) -> dict[str, Any]:
    return {
        "name": line.name,
        "number": line.number,
        "opened_at": line.opened_at.isoformat().replace("+00:00", "Z"),
        "state": line.state.value,
        "roots": line.roots,
        "problem": line.problem,
        "site": line.site,
        "department": line.department,
        "location": line.location,
    }


def _cells(line: SessionLine) -> tuple[str, ...]:
    opened = line.opened_at.date().isoformat()
    return line.name, opened, line.state.value, str(line.roots), line.problem, line.place


def _width() -> int:
    """The columns of the terminal that is written to; 0 for a pipe or a file."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 0


def _table(rows: list[tuple[str, ...]], width: int, dots: str) -> Iterator[str]:
    """`rows` in columns, cut to `width`; the problem gets what the others leave."""
    from rich.cells import cell_len, set_cell_size

    rows = [("Name", "Opened", "State", "Roots", "Problem", "Place"), *rows]
    *narrow, problem, place = (max(map(cell_len, column)) for column in zip(*rows, strict=True))
    left = max(width - sum(narrow) - 2 * len(narrow) - 2, 20)
    place = min(place, left // 3)
    sizes = (*narrow, min(problem, left - place), place)

    def cell(text: str, size: int) -> str:
        if cell_len(text) > size:
            text = set_cell_size(text, max(size - len(dots), 0)).rstrip() + dots[:size]
        return set_cell_size(text, size)

    for row in rows:
        yield "  ".join(map(cell, row, sizes)).rstrip()


@app.command()
def show(ctx: typer.Context, number: Annotated[int, _named()], as_json: AsJson = False) -> None:
    """Show one session: what is known of its problem, and its tree."""
    from fivewhys.reports import archive, outline

    chosen: Chosen = ctx.obj
    with _begun_history(chosen) as store:
        tree = store.numbered(number)
        record = store.record(tree.session.id) if as_json else None
    if record:
        _write_json(json.loads(archive.write([record]))["sessions"][0])
        return
    width = _width()
    for line in _facts(tree, width):
        typer.echo(chosen.written(line))
    typer.echo(outline.text(tree, ascii_only=chosen.ascii_only, width=width), nl=False)


def _facts(tree: "Tree", width: int) -> Iterator[str]:
    """Everything but the tree, one fact a line."""
    from fivewhys.reports.view import View

    view = View(tree)
    facts = [
        ("Customer", " / ".join(view.session.customer_words.split("\n"))),
        *view.facts,
        ("In the room", _people(view.here)),
        ("Not here", _people(view.absent)),
        ("Parked", "; ".join(idea.text for idea in tree.parked)),
        ("Notes", " / ".join(view.session.notes.split("\n"))),
    ]
    facts = [(name, fact) for name, fact in facts if fact]
    column = max((len(name) for name, _ in facts), default=0) + 2
    yield from textwrap.wrap(" · ".join(view.headline), width or sys.maxsize)
    yield ""
    room = max(width - column, 24) if width else sys.maxsize
    for name, fact in facts:
        first, *rest = textwrap.wrap(fact, room, break_on_hyphens=False)
        yield name.ljust(column) + first
        yield from (" " * column + line for line in rest)
    if facts:
        yield ""


def _people(people: "Iterable[Person]") -> str:
    return ", ".join(
        f"{person.name} ({person.role})" if person.role else person.name for person in people
    )


@app.command()
def where(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Say which database this is, what it holds, and where exports go."""
    chosen: Chosen = ctx.obj
    found: dict[str, Any] = {
        "database": chosen.shown,
        "begun": chosen.is_begun,
        "schema": None,
        "program": __version__,
        "sessions": 0,
        "causes": 0,
        "exports": str(settings.exports().absolute()),
    }
    if chosen.is_begun:
        with _history(chosen) as store:
            found["schema"] = store.version()
            found["sessions"], found["causes"] = store.counts()
    if as_json:
        _write_json(found)
        return
    schema = f"version {found['schema']}" if found["begun"] else "none yet: nothing is written"
    typer.echo(f"Database  {clean(found['database'])}")
    typer.echo(f"Schema    {schema}")
    typer.echo(f"Program   version {found['program']}")
    typer.echo(f"Sessions  {found['sessions']:,} with {found['causes']:,} causes")
    typer.echo(f"Exports   {clean(found['exports'])}")


# -- out and in


@app.command()
def export(
    ctx: typer.Context,
    numbers: Annotated[list[int] | None, _named()] = None,
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
        Format | None,
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
    from fivewhys.reports import archive, markdown

    wanted = list(dict.fromkeys(numbers or ()))
    if bool(wanted) == every:
        ctx.fail("Name a session, like S-12, or say --all.")
    many = every or len(wanted) > 1
    if form is None:
        form = Format.JSON if many or (output or "").endswith(".json") else Format.MD
    if many and form is Format.MD:
        ctx.fail("Markdown holds one session; write several with --format json.")
    with _begun_history(ctx.obj) as store:
        if every:
            keys = [line.id for line in _all_lines(store)][::-1]
        else:
            keys = [store.numbered(number).session.id for number in wanted]
        if not keys:
            _fail(_empty(ctx.obj))
        records = [store.record(key) for key in keys]
    text = archive.write(records) if form is Format.JSON else markdown.plan(records[0].tree)
    if output == "-":
        _write_bytes(text)
        return
    path = _write(text, output, _name(records, form), replace)
    typer.echo(f"Wrote {clean(str(path))}")


def _name(records: "Sequence[Record]", form: Format) -> str:
    """The file name of an export that nobody has named."""
    from fivewhys import files

    if len(records) == 1:
        return files.export_name(records[0].tree, form.value)
    today = datetime.now(UTC).date().isoformat()
    return f"{today}-{len(records)}-sessions.{form.value}"


def _write(text: str, output: str | None, name: str, replace: bool) -> Path:
    from fivewhys import files

    path = settings.path(output) if output else settings.exports()
    if not output or path.is_dir():
        path /= name
    try:
        return files.write(path, text, replace=replace)
    except files.NotWritten as error:
        if replace or not path.is_file():
            raise
        raise files.NotWritten(
            f"“{path}” is there already and was left as it is. Write over it with --replace, or "
            "name another file with -o."
        ) from error


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
    from fivewhys.imports import read

    brought: list[Brought] | None = None
    try:
        records = read(_text_of(source), now=datetime.now(UTC))
        with _history(ctx.obj) as store, _cancelling() as look:
            progress = _Progress(len(records), look)
            brought = store.bring_in(records, copies=copies, progress=progress)
    except KeyboardInterrupt:
        if brought is None:
            _say("Cancelled. Nothing was imported.")
            raise typer.Exit(CANCELLED) from None
    _report(ctx.obj, brought or [], as_json)


def _text_of(source: str) -> str:
    """The text of a file, or of standard input for -."""
    if source == "-":
        data = typer.get_binary_stream("stdin").read()
    else:
        data = settings.path(source).read_bytes()
    # PowerShell writes what is piped into a file as UTF-16.
    marks = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    try:
        return data.decode("utf-16" if data.startswith(marks) else "utf-8")
    except UnicodeDecodeError:
        name = "Standard input" if source == "-" else f"“{source}”"
        _fail(f"{name} is not text in UTF-8, so nothing was imported. Save it as UTF-8.")


@contextmanager
def _cancelling() -> Iterator[Callable[[], None]]:
    """Let Ctrl+C wait until it is looked for, so that an import ends whole or not at all."""
    asked = False

    def note(*_: object) -> None:
        nonlocal asked
        asked = True

    def look() -> None:
        if asked:
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, note)
    try:
        yield look
    finally:
        signal.signal(signal.SIGINT, before)


class _Progress:
    """How far an import is, on a terminal, when it brings many sessions."""

    def __init__(self, total: int, look: Callable[[], None]) -> None:
        self.total = total
        self.look = look
        self.shown = total >= MANY and sys.stderr.isatty()

    def __call__(self, done: int) -> None:
        """Say that so many are done; raises KeyboardInterrupt where the person has had enough."""
        self.look()
        if self.shown:
            end = "\r\033[K" if done == self.total else ""
            typer.echo(f"\r{done:,} of {self.total:,}{end}", err=True, nl=False)


def _report(chosen: Chosen, brought: "list[Brought]", as_json: bool) -> None:
    """What an import has done."""
    from fivewhys.store.bringing import Outcome

    if as_json:
        _write_json(
            {
                outcome.value: [
                    {"name": f"S-{one.number}", "number": one.number, "problem": one.problem}
                    for one in brought
                    if one.outcome is outcome
                ]
                for outcome in Outcome
            }
        )
        return
    for one in brought:
        what = "Added" if one.outcome is Outcome.ADDED else "Here already:"
        typer.echo(chosen.written(f"{what} S-{one.number}  {one.problem}"))
    added = sum(one.outcome is Outcome.ADDED for one in brought)
    _say(f"{added:,} added, {len(brought) - added:,} here already.")


# -- taking away


@app.command()
def purge(
    ctx: typer.Context,
    number: Annotated[int | None, _named()] = None,
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
    if (number is not None) is not history or deleted is history:
        ctx.fail("Say what is to go: --deleted, or a session with --history.")
    with _begun_history(ctx.obj) as store:
        if number is None:
            if store.last_deleted() is None:
                typer.echo("There are no deleted sessions.")
                return
            _see_that_it_is_meant(yes, "All deleted sessions would be removed")
            typer.echo(f"Removed for good: {_count(store.purge_deleted(), 'deleted session')}.")
            return
        tree = store.numbered(number)
        _see_that_it_is_meant(yes, f"The former wordings of S-{number} would be forgotten")
        gone = store.purge_history(tree.session.id)
        typer.echo(f"Forgotten of S-{number}: {_count(gone, 'step')} of its history.")


def _see_that_it_is_meant(yes: bool, what: str) -> None:
    if not yes:
        _fail(f"{what} for good, which cannot be undone. If you mean it, add --yes.")


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}{'' if number == 1 else 's'}"


def _write_json(value: object) -> None:
    _write_bytes(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _write_bytes(text: str) -> None:
    """Write `text` to standard output as UTF-8, whatever the terminal speaks: to the last byte."""
    out = typer.get_binary_stream("stdout")
    left = memoryview(text.encode())
    while left:
        # Unbuffered (PYTHONUNBUFFERED), a full disk or closed pipe takes a part and says nothing.
        left = left[out.write(left) :]
    out.flush()

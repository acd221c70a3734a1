"""The commands that only look: list, show, where."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from fivewhys import __version__, settings
from fivewhys.cli import printing
from fivewhys.cli.history import Chosen, all_lines, begun_history, history
from fivewhys.text import clean

if TYPE_CHECKING:
    from fivewhys.models.tree import Tree
    from fivewhys.models.values import SessionLine

COLUMNS = ("Name", "Opened", "State", "Roots", "Problem", "Place")


def list_sessions(chosen: Chosen, search: str, limit: int | None, as_json: bool) -> None:
    """List the sessions with all words of `search`, at most `limit` of them."""
    search = clean(search)
    lines: list[SessionLine] = []
    if chosen.is_begun or chosen.database:
        with begun_history(chosen) as store:
            if limit is None:
                lines = list(all_lines(store, search))
            else:
                lines = store.library(search, limit=limit + 1)
    more = limit is not None and len(lines) > limit
    lines = lines[:limit]
    if as_json:
        printing.write_json([_object(line) for line in lines])
    elif lines:
        rows = [tuple(map(chosen.written, _cells(line))) for line in lines]
        if width := printing.width():
            written = printing.table([COLUMNS, *rows], width, chosen.written("…"))
        else:
            written = map("\t".join, rows)
        for row in written:
            typer.echo(row)
    if not lines:
        printing.say("No session has all these words." if search else chosen.nothing)
    elif more:
        printing.say("There are more. See them all with --all, or find some with --search WORDS.")


def _object(line: "SessionLine") -> dict[str, Any]:
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


def _cells(line: "SessionLine") -> tuple[str, ...]:
    opened = line.opened_at.date().isoformat()
    return line.name, opened, line.state.value, str(line.roots), line.problem, line.place


def show(chosen: Chosen, number: int, as_json: bool) -> None:
    """Show one session: its facts, its tree, and briefly its plan; as JSON all of it."""
    from fivewhys.reports import outline

    with begun_history(chosen) as store:
        tree = store.numbered(number)
        record = store.record(tree.session.id) if as_json else None
    if record:
        import json

        from fivewhys.reports import archive

        printing.write_json(json.loads(archive.write([record]))["sessions"][0])
        return
    width = printing.width()
    for line in _facts(chosen, tree, width):
        typer.echo(line)
    typer.echo(outline.text(tree, ascii_only=chosen.ascii_only, width=width), nl=False)
    plan = outline.plan(tree, ascii_only=chosen.ascii_only, width=width)
    if plan:
        typer.echo(f"\n{plan}", nl=False)


def _facts(chosen: Chosen, tree: "Tree", width: int) -> Iterator[str]:
    """Everything but the tree, one fact a line; wrapped at `width` columns where there is one."""
    from fivewhys.reports.cells import wrapped
    from fivewhys.reports.view import View

    view = View(tree)
    facts = [
        ("Customer", " / ".join(view.session.customer_words.split("\n"))),
        *view.facts,
        ("In the room", view.here),
        ("Not here", view.absent),
        ("Parked", "; ".join(idea.text for idea in tree.parked)),
        ("Notes", " / ".join(view.session.notes.split("\n"))),
    ]
    facts = [(name, chosen.written(fact)) for name, fact in facts if fact]
    headline = chosen.written(" · ".join(view.headline))
    yield from wrapped(headline, width) if width else [headline]
    yield ""
    column = max((len(name) for name, _ in facts), default=0) + 2
    for name, fact in facts:
        first, *rest = wrapped(fact, max(width - column, 24)) if width else [fact]
        yield name.ljust(column) + first
        yield from (" " * column + line for line in rest)
    if facts:
        yield ""


def where(chosen: Chosen, as_json: bool) -> None:
    """Say which database this is, what it holds, where its index, exports and own files are."""
    from fivewhys.memory import beside, in_the_way

    index = beside(chosen.where).absolute()
    found: dict[str, Any] = {
        "database": chosen.shown,
        "begun": chosen.is_begun,
        "schema": None,
        "program": __version__,
        "sessions": 0,
        "causes": 0,
        "index": str(index),
        "index_problems": list(filter(None, [in_the_way(index)])),
        "exports": str(settings.exports().absolute()),
        "lenses": str(settings.lenses().absolute()),
        "lens_problems": _lens_problems(),
        "templates": str(settings.templates().absolute()),
        "template_problems": _template_problems(),
    }
    if chosen.is_begun:
        with history(chosen) as store:
            found["schema"] = store.version()
            found["sessions"], found["causes"] = store.counts()
    if as_json:
        printing.write_json(found)
        return
    schema = f"version {found['schema']}" if found["begun"] else "none yet: nothing is written"
    for name, fact in (
        ("Database", clean(found["database"])),
        ("Schema", schema),
        ("Program", f"version {found['program']}"),
        ("Sessions", f"{found['sessions']:,} with {found['causes']:,} causes"),
        ("Index", clean(found["index"])),
        ("Exports", clean(found["exports"])),
        ("Lenses", clean(found["lenses"])),
        ("Templates", clean(found["templates"])),
    ):
        typer.echo(f"{name:<11}{fact}")
    for problem in (
        *found["index_problems"],
        *found["lens_problems"],
        *found["template_problems"],
    ):
        printing.say(problem)


def _lens_problems() -> list[str]:
    """A sentence for each of a team's own lenses that cannot be read."""
    folder = settings.lenses()
    # Reading them loads all that the guide knows of the language.
    if not _may_be_there(folder):
        return []
    from fivewhys.lens_files import all_lenses

    return list(all_lenses(folder).problems)


def _template_problems() -> list[str]:
    """A sentence for each of a team's own templates that cannot be read or is not well-formed."""
    folder = settings.templates()
    if not _may_be_there(folder):
        return []
    from fivewhys.reports.templates import syntax_problems
    from fivewhys.template_files import own_templates

    own = own_templates(folder)
    return [*own.problems, *syntax_problems(own)]


def _may_be_there(folder: Path) -> bool:
    """Whether there is anything to read: most people have no files of their own."""
    try:
        return folder.exists()
    except OSError:
        # It may not be looked at, which the reading tells.
        return True

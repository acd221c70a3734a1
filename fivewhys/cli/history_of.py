"""The history of one session: who changed what when, with the wording before."""

from collections.abc import Iterator
from datetime import UTC, date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fivewhys.cli import printing, time_lines
from fivewhys.cli.history import Chosen, begun_history
from fivewhys.cli.options import SESSION, AsJson, Output, Replace, since
from fivewhys.text import clean

if TYPE_CHECKING:
    from fivewhys.models.tree import Tree
    from fivewhys.reports.history import Entry
    from fivewhys.store.store import Store

PAGE = 1000
"""Lines of the journal read at a time."""

_INDENT = 18
"""Columns of a day with its time, and two."""

_LEAST_ROOM = 24
"""Columns that a sentence gets at least."""


def history(
    ctx: typer.Context,
    number: Annotated[int | None, SESSION] = None,
    since_day: Annotated[
        date | None,
        typer.Option(
            "--since",
            parser=since,
            metavar="DAY",
            help="Only what was done since then: 2026-03-01, “1 March”, “last monday”.",
            show_default=False,
        ),
    ] = None,
    cause: Annotated[
        str | None,
        typer.Option(
            metavar="WORDS",
            help="The time line of the cause with these words instead: each time that it was "
            "found, in whatever session, what was done in between, and what checks of that found.",
            show_default=False,
        ),
    ] = None,
    confirmed: Annotated[
        bool,
        typer.Option(
            "--confirmed",
            help="With --cause: only what people decided and equal words join, no suggestions.",
        ),
    ] = False,
    output: Output = None,
    replace: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Tell who changed what when in a session, newest first.

    Each line says what stood there before. Undo and redo are told as such, and so is what people
    said of its causes and those of other sessions. Into a pipe or a file: one line for each change,
    with tabs between moment, person and what was done. Moments are those of your time zone.

    With --cause it is the history of one cause over all sessions, oldest first, as Markdown; name
    a session as well where several causes have these words.
    """
    chosen: Chosen = ctx.obj
    if cause is not None:
        if since_day is not None:
            ctx.fail("Say --since or --cause, not both.")
        asked = time_lines.Asked(chosen, clean(cause), number, confirmed, as_json)
        time_lines.write(asked, output, replace=replace)
        return
    if number is None:
        ctx.fail("Name a session, like S-12, or a cause: --cause 'its words'.")
    if confirmed or output is not None:
        ctx.fail("--confirmed and -o are for the time line of a cause: say --cause too.")
    with begun_history(chosen) as store:
        tree = store.numbered(number)
        found = list(_entries(store, tree, since_day))
    if as_json:
        printing.write_json([_object(one) for one in found])
    width = printing.width()
    for one in [] if as_json else found:
        for line in _lines(one, width, chosen):
            typer.echo(line)
    if not found:
        printing.say(f"Nothing was done to {tree.session.name} since then.")


def _entries(store: "Store", tree: "Tree", since_day: date | None) -> "Iterator[Entry]":
    """What was done since a day where the person is, newest first."""
    from fivewhys.reports.history import entry

    way = store.way_back(tree)
    while not way.is_at_start:
        page = [entry(found) for found in way.go(PAGE)]
        late = [one for one in page if _is_since(one, since_day)]
        yield from late
        if page and not late:
            return


def _is_since(found: "Entry", since_day: date | None) -> bool:
    return since_day is None or found.at.astimezone().date() >= since_day


def _lines(found: "Entry", width: int, chosen: Chosen) -> Iterator[str]:
    """A change as it is read, wrapped at `width` columns where there is one."""
    from fivewhys.reports.cells import wrapped
    from fivewhys.reports.history import NOBODY

    at = f"{found.at.astimezone():%Y-%m-%d %H:%M}"
    if not width:
        told = found.sentence.removeprefix(f"{found.who or NOBODY} ")
        yield chosen.written(f"{at}\t{printing.readable(found.who)}\t{printing.readable(told)}")
        return
    said = chosen.written(printing.readable(found.sentence))
    for place, line in enumerate(wrapped(said, max(width - _INDENT, _LEAST_ROOM))):
        yield f"{'' if place else at:<{_INDENT}}{line}"


def _object(found: "Entry") -> dict[str, Any]:
    return {
        "at": found.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "who": found.who,
        "kind": found.kind,
        "did": found.words,
        "changes": [
            {
                "did": part.words,
                "details": [
                    {"what": one.what, "before": one.before, "after": one.after}
                    for one in part.details
                ],
            }
            for part in found.parts
        ],
        "more_changes": found.left_out,
        "cause_id": str(found.cause) if found.cause else None,
        "cause_ids": sorted(map(str, found.causes)),
    }

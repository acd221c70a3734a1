"""Words in everything that people wrote, with where they stand."""

import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fivewhys.cli import printing
from fivewhys.cli.fields import session_fields
from fivewhys.cli.history import Chosen, begun_history
from fivewhys.cli.near import see_that_there_is
from fivewhys.cli.options import AsJson, Since, Site, counted
from fivewhys.text import clean

if TYPE_CHECKING:
    from datetime import date

    from fivewhys.models.found import Found

FOUND = 20
"""Answers that are shown unless it is told otherwise."""

LETTERS = 240
"""Of a long text as many are shown, around what was found; all of them are in the JSON."""

RULED_OUT = "ruled out"

_LEAST_ROOM = 24
"""Columns that a text gets at least."""

_INDENT = 18
"""Columns of the longest kind of words, and two."""


def search(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS", help="Words, or their beginnings, that stand together in one text."
        ),
    ],
    site: Site = "",
    since: Since = None,
    limit: Annotated[
        int, typer.Option(parser=counted, metavar="NUMBER", help="Show at most so many.")
    ] = FOUND,
    as_json: AsJson = False,
) -> None:
    """Find words in everything that people wrote.

    Problems, causes, evidence, countermeasures, measures, checks, parked ideas, what customers
    said and were told. All of the words must be there, in any order; capitals and accents do not
    count. The best answers come first, and what was ruled out says so.

    For causes that say it in other words: fivewhys similar
    """
    _search(ctx.obj, clean(" ".join(words)), clean(site), since, limit, as_json)


def _search(
    chosen: Chosen, words: str, site: str, since: "date | None", limit: int, as_json: bool
) -> None:
    from fivewhys.models.searched import asked

    if not asked(words):
        printing.fail("Say in words what you look for: fivewhys search price form")
    found: list[Found] = []
    nothing = chosen.nothing
    if chosen.is_begun or chosen.database:
        with begun_history(chosen) as store:
            found = store.search(words, limit=limit, site=site, since=since)
            if not found and store.library(limit=1):
                if site:
                    see_that_there_is(site, store.suggestions("site"))
                nothing = _nothing(words, site, since)
    if as_json:
        printing.write_json(list(map(_object, found)))
    width = printing.width()
    for number, each in enumerate([] if as_json else found):
        if number:
            typer.echo()
        for line in _lines(each, words, width, chosen):
            typer.echo(line)
    if not found:
        printing.say(nothing)


def _nothing(words: str, site: str, since: "date | None") -> str:
    """What to say where there are sessions and nothing is found in them."""
    from fivewhys.reports.search_words import Within, nothing_has

    again = f"fivewhys similar {shlex.quote(words)}"
    return f"{nothing_has(Within(site, since))} Causes that say it in other words: {again}"


def _lines(found: "Found", words: str, width: int, chosen: Chosen) -> Iterator[str]:
    """What was found and where, wrapped at `width` columns where there is one."""
    from fivewhys.models.found import excerpt
    from fivewhys.reports.cells import wrapped

    text, _ = excerpt(found.text, found.hits, LETTERS)
    first = found.what.value
    room = max(width - _INDENT, _LEAST_ROOM)
    for number, told in enumerate((clean(text), _where(found))):
        said = chosen.written(told)
        for line in wrapped(said, room) if width else [said]:
            marked = line if number else _marked(line, words)
            yield f"{first:<{_INDENT}}{marked}"
            first = ""


def _marked(line: str, words: str) -> str:
    """`line` with what was found in bold, in a terminal that can show it."""
    from fivewhys.models.searched import asked, hits

    if not printing.has_colours():
        return line
    marked, at = "", 0
    for start, end in hits(line, asked(words)):
        marked += line[at:start] + printing.styled(line[start:end], bold=True)
        at = end
    return marked + line[at:]


def _where(found: "Found") -> str:
    from fivewhys.models.plan_words import PROGRESS_WORDS
    from fivewhys.reports.dates import day

    session = found.session
    place = ", ".join(filter(None, (session.site, session.department)))
    progress = PROGRESS_WORDS[found.progress] if found.progress else ""
    out = RULED_OUT if found.is_out else ""
    return " · ".join(filter(None, (session.name, place, day(session.on), progress, out)))


def _object(found: "Found") -> dict[str, Any]:
    context = found.context
    return {
        "kind": found.what.name.lower(),
        "text": found.text,
        "hits": [list(hit) for hit in found.hits],
        "ruled_out": found.is_out,
        "progress": found.progress and found.progress.value,
        "cause_id": str(context.cause.id),
        **session_fields(context.session),
        "chain": list(context.chain),
    }

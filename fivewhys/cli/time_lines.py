"""The time line of one cause over all sessions, as Markdown or JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import typer

from fivewhys import settings
from fivewhys.cli import patterns, planning, printing
from fivewhys.cli.exporting import write_file
from fivewhys.cli.history import Chosen, begun_history
from fivewhys.cli.memory import remembered

if TYPE_CHECKING:
    from fivewhys.patterns.findings.moments import TimeLine
    from fivewhys.store.store import Store

_LOOKED_AT = 100
"""Causes with the words that are looked at: more than that are not one cause."""

_NAMED = 3
"""Causes that are named where it is not clear which one is meant."""

_LETTERS = 60
"""Letters of a cause that name it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for."""

    chosen: Chosen
    words: str
    """The words of the cause, or some of them."""
    number: int | None
    """The session that it is looked for in; None for all of them."""
    confirmed_only: bool
    as_json: bool


@dataclass(frozen=True, slots=True)
class _Cause:
    id: UUID
    text: str
    session: str


def write(asked: Asked, output: str | None, *, replace: bool) -> None:
    """Write the time line to the file `output`, or to standard output for none and for -."""
    from fivewhys.reports.escape import file_name
    from fivewhys.reports.time_line import NOT_THERE

    line = _by_people(asked) if asked.confirmed_only else _with_suggestions(asked)
    if line is None:
        printing.fail(NOT_THERE)
    text = _text(asked, line)
    if output in (None, "-"):
        printing.write(text)
        return
    form = "json" if asked.as_json else "md"
    name = f"{planning.today_here().isoformat()}-time-line-{file_name(line.text)}.{form}"
    path = write_file(text, output, name, replace=replace)
    typer.echo(f"Wrote {printing.readable(str(path))}")


def _by_people(asked: Asked) -> "TimeLine | None":
    from fivewhys.screens.time_reading import found_by_people, line_of

    with begun_history(asked.chosen) as store:
        cause = _meant(store, asked)
        return line_of(store, str(cause), found_by_people(store, cause), confirmed_only=True)


def _with_suggestions(asked: Asked) -> "TimeLine | None":
    from fivewhys.screens.time_reading import line_of

    with begun_history(asked.chosen) as store:
        # Nobody waits for the reading of all causes only to hear that there is none like that.
        cause = _meant(store, asked)
    with remembered(asked.chosen) as known:
        return line_of(known.store, str(cause), patterns.map_of(known))


def _text(asked: Asked, line: "TimeLine") -> str:
    today = planning.today_here()
    if asked.as_json:
        from fivewhys.reports.time_line_data import time_line_object

        return printing.json_text(time_line_object(line, today))
    from fivewhys.reports.time_line import time_line_md
    from fivewhys.template_files import own_templates

    own = own_templates(settings.templates())
    page = time_line_md(patterns.written(asked.chosen, line), today, own)
    for problem in page.problems:
        printing.say(problem)
    return asked.chosen.written(page.text)


def _meant(store: "Store", asked: Asked) -> UUID:
    """The cause that is meant; fails with a sentence where there is none, or more than one."""
    from fivewhys.text import words_number

    found = _in_session(store, asked) if asked.number is not None else _anywhere(store, asked.words)
    if not found:
        where = f" of S-{asked.number}" if asked.number is not None else ""
        printing.fail(f"No cause{where} has all of these words. Fewer words find more.")
    wanted = words_number(asked.words)
    exact = [cause for cause in found if words_number(cause.text) == wanted]
    first, *others = exact or found
    same = store.alike([first.id]).get(first.id, {}) if others else {}
    different = [cause for cause in others if cause.id not in same]
    if different:
        printing.fail(_which([first, *different], asked.number))
    return first.id


def _in_session(store: "Store", asked: Asked) -> list[_Cause]:
    from fivewhys.models.searched import asked as terms_of
    from fivewhys.models.searched import scores
    from fivewhys.models.words import Kind

    assert asked.number is not None
    tree = store.numbered(asked.number)
    terms = terms_of(asked.words)
    return [
        _Cause(cause.id, cause.text, tree.session.name)
        for cause, _ in tree.walk()
        if cause.kind is Kind.CAUSE and scores([cause.text], terms) is not None
    ]


def _anywhere(store: "Store", words: str) -> list[_Cause]:
    from fivewhys.models.found import What

    return [
        _Cause(found.context.cause.id, found.text, found.session.name)
        for found in store.search(words, limit=_LOOKED_AT)
        if found.what is What.CAUSE
    ]


def _which(causes: Sequence[_Cause], number: int | None) -> str:
    from fivewhys.reports.patterns_words import listed
    from fivewhys.text import excerpt

    names = [f"“{excerpt(cause.text, _LETTERS)}” ({cause.session})" for cause in causes]
    more = "more of its words" if number is not None else "more of its words, or name its session"
    return f"{len(causes):,} causes have these words: {listed(names, _NAMED)}. Say {more}."

"""The managers' review as text: one report, or one for each site."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typer

from fivewhys import files, settings
from fivewhys.cli import patterns, printing
from fivewhys.cli.exporting import write_file
from fivewhys.cli.history import Chosen, begun_history
from fivewhys.cli.memory import remembered
from fivewhys.cli.near import see_that_there_is
from fivewhys.cli.waiting import line

if TYPE_CHECKING:
    from fivewhys.countermeasures.targets import Targets
    from fivewhys.facilitation.lenses import Lens
    from fivewhys.reports.review_data import ReviewReport
    from fivewhys.review.period import ReviewFilter
    from fivewhys.review.shared import Suggested
    from fivewhys.store.store import Store

Form = Literal["md", "html", "json"]

FORMS: dict[str, Form] = {".md": "md", ".html": "html", ".htm": "html", ".json": "json"}
"""What a file holds whose name ends like this."""

MANY = 20
"""Sessions to be looked at from which on it says how far it is."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for."""

    chosen: Chosen
    narrowed: "ReviewFilter"
    lens: "Lens"
    form: Form
    is_replacing: bool
    is_with_suggested: bool = False
    """Whether root causes that only the program finds alike count as shared."""


def now_here() -> datetime:
    """The time where the person is, aware."""
    return datetime.now().astimezone()


def write(asked: Asked, output: str | None) -> None:
    """Write one report to the file `output`, or to standard output for none and for -."""
    now = now_here()
    is_file = output not in (None, "-")
    suggested = _suggested(asked)
    with _history(asked.chosen) as store:
        targets = _targets()
        report = _report(store, asked, asked.narrowed, targets, now, suggested)
        if not report.sessions.value:
            printing.say(_nothing(store, asked))
            if asked.form == "md" and not is_file:
                return
        text = _text(asked, report)
    if not is_file:
        printing.write(text)
        return
    name = f"{now.date().isoformat()}-review.{asked.form}"
    path = write_file(text, output, name, replace=asked.is_replacing)
    typer.echo(f"Wrote {printing.readable(str(path))}")


def write_for_sites(asked: Asked, folder: Path) -> None:
    """Write a report for each site that is asked about into `folder`, which is made if need be.

    No file that is there already is touched unless it was asked for, and then none is written.
    Raises `fivewhys.files.NotWritten`.
    """
    now = now_here()
    suggested = _suggested(asked)
    with _history(asked.chosen) as store:
        targets = _targets()
        lines = store.reviewing.of(asked.narrowed).heat().lines
        sites = [line.site for line in lines if line.site]
        if not sites:
            printing.fail(_nothing(store, asked) if not lines else NO_SITE)
        paths = _paths(folder, sites, f"{now.date().isoformat()}-review", asked.form)
        if not folder.exists() and not folder.parent.is_dir():
            # One that somebody names for this may be mistyped; only its last part is made.
            raise files.NotWritten(f"{files.no_folder(folder.parent)}, so nothing was written.")
        taken = [path for path in paths.values() if os.path.lexists(path)]
        if taken and not asked.is_replacing:
            more = f" and {len(taken) - 1:,} more are" if len(taken) > 1 else " is"
            raise files.NotWritten(
                f"“{taken[0]}”{more} there already, so nothing was written. Write over it with "
                "--replace, or name another folder."
            )
        for site, path in paths.items():
            narrowed = replace(asked.narrowed, sites=(site,))
            text = _text(asked, _report(store, asked, narrowed, targets, now, suggested))
            files.write(path, text, replace=asked.is_replacing)
            typer.echo(f"Wrote {printing.readable(str(path))}")


NO_SITE = "No session asked about says at which site it was, so there is no report for one."


def _suggested(asked: Asked) -> "Suggested | None":
    """What the program finds alike, where that was asked for and there is a history."""
    chosen = asked.chosen
    if not asked.is_with_suggested or not (chosen.is_begun or chosen.database):
        return None
    from fivewhys.review.shared import suggested_by

    with remembered(chosen) as known:
        return suggested_by(patterns.known_patterns(known).groups.values())


@contextmanager
def _history(chosen: Chosen) -> "Iterator[Store]":
    """The history with the analyses of its sessions looked at, where there is one."""
    if not chosen.is_begun and not chosen.database:
        printing.say(chosen.nothing)
        raise typer.Exit
    with begun_history(chosen) as store:
        _look_at(chosen, store)
        yield store


def _look_at(chosen: Chosen, store: "Store") -> None:
    """Count what changed since the last review; a history that may only be read goes without."""
    from fivewhys.store.problems import StoreProblem

    try:
        with line(chosen.written) as show:
            store.reviewing.count_changed(
                lambda done, of: show(
                    f"Looking at analyses: {done:,} of {of:,} …" if of >= MANY else ""
                )
            )
    except StoreProblem as problem:
        printing.say(f"How sessions were analysed could not be counted. {problem}")


def _targets() -> "Targets":
    from fivewhys.target_file import team_targets

    targets, problem = team_targets(settings.targets())
    if problem:
        printing.say(problem)
    return targets


def _report(
    store: "Store",
    asked: Asked,
    narrowed: "ReviewFilter",
    targets: "Targets",
    now: datetime,
    suggested: "Suggested | None",
) -> "ReviewReport":
    from fivewhys.reports.review_data import review_report

    panels, lines = store.reviewing.of(narrowed), store.reviewing.lines
    return review_report(panels, lines, asked.lens, targets, now, suggested)


def _text(asked: Asked, report: "ReviewReport") -> str:
    chosen = asked.chosen
    if asked.form == "json":
        from fivewhys.reports.review_json import review_json

        return review_json(report)
    plain = patterns.written(chosen, report)
    if asked.form == "html":
        from fivewhys.reports.review_html import review_html

        page = review_html(plain)
        # The page's own words and marks are more than ASCII too: HTML has a way to say them.
        return page.encode("ascii", "xmlcharrefreplace").decode() if chosen.ascii_only else page
    from fivewhys.reports.review import review_md
    from fivewhys.template_files import own_templates

    own = own_templates(settings.templates())
    filled = review_md(plain, own, ascii_only=chosen.ascii_only)
    for problem in filled.problems:
        printing.say(problem)
    return chosen.written(filled.text)


def _paths(folder: Path, sites: Sequence[str], begin: str, form: Form) -> dict[str, Path]:
    """A file for each site; sites that are spelled alike in a file's name are numbered."""
    from fivewhys.reports.escape import file_name

    paths: dict[str, Path] = {}
    taken: set[str] = set()
    for site in sorted(sites):
        slug = stem = file_name(site, "site")
        number = 1
        while stem in taken:
            number += 1
            stem = f"{slug}-{number}"
        taken.add(stem)
        paths[site] = folder / f"{begin}-{stem}.{form}"
    return paths


def _nothing(store: "Store", asked: Asked) -> str:
    """What to say where no session is asked about; fails for a site that there is not."""
    from fivewhys.reports.review_view import asked_words

    everything = store.reviewing.of()
    if not everything.sessions().value:
        return asked.chosen.nothing
    for site in asked.narrowed.sites:
        see_that_there_is(site, (line.site for line in everything.heat().lines))
    return f"No session was found: {' · '.join(asked_words(asked.narrowed))}."

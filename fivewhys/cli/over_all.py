"""The commands over all sessions: what is to be done, what comes back, and what is like a text."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import typer

from fivewhys.cli.completion import offered_departments, offered_owners
from fivewhys.cli.options import AsJson, Output, Replace, Since, Site, counted

SIMILAR = 5
"""Causes that `similar` shows unless it is told otherwise."""


Form = TypeVar("Form", bound=str)


def actions(
    ctx: typer.Context,
    still_open: Annotated[
        bool, typer.Option("--open", help="What is still to be done. This is so without it too.")
    ] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what is overdue.")] = False,
    every: Annotated[
        bool, typer.Option("--all", help="Also what was done, or considered and not done.")
    ] = False,
    owner: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Only what this person or team owns.",
            autocompletion=offered_owners,
            show_default=False,
        ),
    ] = "",
    site: Site = "",
    department: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Only of sessions about this department.",
            autocompletion=offered_departments,
            show_default=False,
        ),
    ] = "",
    form: Annotated[
        Literal["md", "csv", "ics", "json"] | None,
        typer.Option(
            "--format",
            help="md is Markdown, to read. csv is for spreadsheets, ics for calendars: the days "
            "on which things are due, and those of the planned checks. json is for scripts. "
            "Without it: as FILE ends, or else md.",
            show_default=False,
        ),
    ] = None,
    output: Output = None,
    replace: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Write the plan over all sessions: what is still to be done.

    What is due first comes first, and what has no date last. The plan of one session is in its
    report: fivewhys export
    """
    from fivewhys.cli import planning

    if still_open + overdue + every > 1:
        ctx.fail("Say --open, --overdue or --all, not several of them.")
    planning.actions(
        ctx.obj,
        "overdue" if overdue else "all" if every else "open",
        planning.Narrowed(owner, site, department),
        chosen_form(ctx, form, as_json, output, planning.FORMS),
        output,
        replace=replace,
    )


def patterns(
    ctx: typer.Context,
    site: Site = "",
    since: Since = None,
    roots_only: Annotated[
        bool, typer.Option("--roots-only", help="Only causes that some session called root.")
    ] = False,
    confirmed: Annotated[
        bool,
        typer.Option(
            "--confirmed",
            help="Only what people said is the same, or what has equal words; no suggestions.",
        ),
    ] = False,
    form: Annotated[
        Literal["md", "json", "graphml", "dot"] | None,
        typer.Option(
            "--format",
            help="md is Markdown, to read. json is for scripts. graphml (for Gephi, yEd) and dot "
            "(for Graphviz) are the causal map. Without it: as FILE ends, or else md.",
            show_default=False,
        ),
    ] = None,
    output: Output = None,
    replace: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Write what keeps coming back over all sessions.

    The same root causes in other words, what came back after it was fixed, the few causes that
    cover most problems, where another team dug deeper, and causes that feed each other. What other
    sites and earlier sessions know of the same cause is told with it.
    """
    from fivewhys.cli import patterns
    from fivewhys.patterns.findings.scope import Scope
    from fivewhys.text import clean

    wanted = chosen_form(ctx, form, as_json, output, patterns.FORMS)
    scope = Scope(clean(site), since, roots_only, confirmed)
    patterns.patterns(ctx.obj, scope, wanted, output, replace=replace)


def similar(
    ctx: typer.Context,
    text: Annotated[
        list[str],
        typer.Argument(metavar="TEXT", help="What somebody said, in any words; quotes or not."),
    ],
    count: Annotated[
        int, typer.Option(parser=counted, metavar="NUMBER", help="Show at most so many.")
    ] = SIMILAR,
    as_json: AsJson = False,
) -> None:
    """Find earlier causes that say nearly the same in other words.

    The likeliest first, each with its session, place and day, whether it was root, what was done
    about it and whether that held.
    """
    from fivewhys.cli import similar

    similar.similar(ctx.obj, " ".join(text), count, as_json)


def chosen_form(
    ctx: typer.Context,
    form: Form | None,
    as_json: bool,
    output: str | None,
    endings: Mapping[str, Form],
) -> Form:
    """What to write: as was said, or else as the file's name ends, or else Markdown."""
    if as_json and form not in (None, "json"):
        ctx.fail(f"Say --json or --format {form}, not both.")
    if as_json:
        return endings[".json"]
    return form or endings.get(Path(output or "").suffix.lower(), endings[".md"])

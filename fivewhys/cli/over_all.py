"""The commands that look over all sessions: what keeps coming back, and what is like a text."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from fivewhys.cli.options import AsJson, Output, Replace, Site, counted, since

SIMILAR = 5
"""Causes that `similar` shows unless it is told otherwise."""


def patterns(
    ctx: typer.Context,
    site: Site = "",
    since_day: Annotated[
        date | None,
        typer.Option(
            "--since",
            parser=since,
            metavar="DAY",
            help="Only of sessions since then: 2026-03-01, “1 March”, “6 months ago”.",
            show_default=False,
        ),
    ] = None,
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

    if as_json and form not in (None, "json"):
        ctx.fail(f"Say --json or --format {form}, not both.")
    ending = patterns.FORMS.get(Path(output or "").suffix.lower(), "md")
    scope = Scope(clean(site), since_day, roots_only, confirmed)
    patterns.patterns(
        ctx.obj, scope, "json" if as_json else form or ending, output, replace=replace
    )


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

"""The command of the managers' review: its options, read and checked; `review_files` writes it."""

import re
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from fivewhys import settings
from fivewhys.cli import options, over_all, printing
from fivewhys.cli.completion import (
    offered_channels,
    offered_departments,
    offered_facilitators,
    offered_owners,
    offered_regions,
    offered_sites,
)
from fivewhys.cli.near import meant
from fivewhys.cli.options import AsJson, Output, Replace, Since
from fivewhys.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fivewhys.facilitation.lenses import Lens

LENS = "customer-behaviour"
"""The lens that sites are looked at through unless it is told otherwise."""

SEVERITIES = ("minor", "moderate", "major", "critical", "none")
"""What people write for a severity; none where nobody said."""

Names = list[str] | None


def _name(text: str) -> str:
    """Refuse an empty name: a script's unset variable must not ask about something else."""
    name = clean(text)
    if not name:
        raise typer.BadParameter("it is empty. Write a name, or leave it out.")
    return name


def _severity(text: str) -> str:
    """Read the name of a severity, whatever its capitals."""
    name = text.strip().lower()
    if name not in SEVERITIES:
        raise typer.BadParameter(
            f"“{clean(text)[:60]}” is no severity. They are {', '.join(SEVERITIES)}."
        )
    return name


def _offered_severities(incomplete: str) -> list[str]:
    return [name for name in SEVERITIES if name.startswith(incomplete.lower())]


def until(text: str) -> date:
    """Read the last day that is asked about; of a month or a year, its last."""
    if found := re.fullmatch(r"([12][0-9]{3})(?:-(0?[1-9]|1[0-2]))?", text.strip()):
        year, month = int(found[1]), int(found[2] or 12)
        return date(year, month, monthrange(year, month)[1])
    return options.since(text)


def review(
    ctx: typer.Context,
    since: Since = None,
    until: Annotated[
        date | None,
        typer.Option(
            "--until",
            parser=until,
            metavar="DAY",
            help="Only of sessions until then, that day among them; of a month, its last day.",
            show_default=False,
        ),
    ] = None,
    site: Annotated[
        Names,
        typer.Option(
            parser=_name,
            metavar="NAME",
            help="Only of sessions at this site; several times for several sites. So are the "
            "other names.",
            autocompletion=offered_sites,
            show_default=False,
        ),
    ] = None,
    region: Annotated[
        Names,
        typer.Option(
            parser=_name,
            metavar="NAME",
            help="Only in this region.",
            autocompletion=offered_regions,
            show_default=False,
        ),
    ] = None,
    department: Annotated[
        Names,
        typer.Option(
            parser=_name,
            metavar="NAME",
            help="Only about this department.",
            autocompletion=offered_departments,
            show_default=False,
        ),
    ] = None,
    channel: Annotated[
        Names,
        typer.Option(
            parser=_name,
            metavar="NAME",
            help="Only of customers who came by this channel.",
            autocompletion=offered_channels,
            show_default=False,
        ),
    ] = None,
    severity: Annotated[
        Names,
        typer.Option(
            parser=_severity,
            metavar="|".join(SEVERITIES),
            help="Only of this severity; none is where nobody said.",
            autocompletion=_offered_severities,
            show_default=False,
        ),
    ] = None,
    category: Annotated[
        Names,
        typer.Option(
            parser=_name,
            metavar="NAME",
            help="Only with a cause that carries this category of a lens, for example rudeness.",
            show_default=False,
        ),
    ] = None,
    owner: Annotated[
        Names,
        typer.Option(
            parser=_name,
            metavar="NAME",
            help="Only with a countermeasure that this person or team owns.",
            autocompletion=offered_owners,
            show_default=False,
        ),
    ] = None,
    facilitator: Annotated[
        Names,
        typer.Option(
            parser=_name,
            metavar="NAME",
            help="Only led by this facilitator.",
            autocompletion=offered_facilitators,
            show_default=False,
        ),
    ] = None,
    words: Annotated[
        str,
        typer.Option(
            "--text",
            metavar="WORDS",
            help="Only with all these words in the problem, place or name.",
            show_default=False,
        ),
    ] = "",
    lens: Annotated[
        str,
        typer.Option(metavar="NAME", help="The lens through which sites are seen.", parser=_name),
    ] = LENS,
    suggested: Annotated[
        bool,
        typer.Option(
            "--suggested",
            help="Count root causes as shared too that only the program finds alike, marked as "
            "such.",
        ),
    ] = False,
    form: Annotated[
        Literal["md", "html", "json"] | None,
        typer.Option(
            "--format",
            help="md is Markdown, to read. html is one file with drawings, for browsers and paper. "
            "json is for scripts. Without it: as FILE ends, or else md.",
            show_default=False,
        ),
    ] = None,
    output: Output = None,
    per_site: Annotated[
        str | None,
        typer.Option(
            metavar="FOLDER",
            parser=_name,
            help="Write a report for each site into this folder, for its manager.",
            show_default=False,
        ),
    ] = None,
    replace: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Write the figures of all sessions, for a review of them.

    Shared root causes, many minor wounds beside the big ones, places beside their regions, months,
    clocks against their targets, follow-through and the quality of the analyses; each figure with
    how it is counted and the sessions behind it.
    """
    from fivewhys.cli import review_files
    from fivewhys.models.words import Severity
    from fivewhys.review.period import ReviewFilter

    if since and until and until < since:
        ctx.fail("The last day comes before the first one: turn --since and --until round.")
    if per_site and output:
        ctx.fail("Say --per-site FOLDER or -o FILE, not both.")
    lenses = _lenses()
    narrowed = ReviewFilter(
        since=since,
        until=until,
        sites=tuple(site or ()),
        regions=tuple(region or ()),
        departments=tuple(department or ()),
        channels=tuple(channel or ()),
        severities=tuple(None if one == "none" else Severity(one) for one in severity or ()),
        categories=tuple(pair for one in category or () for pair in _category(one, lenses)),
        owners=tuple(owner or ()),
        facilitators=tuple(facilitator or ()),
        text=clean(words),
    )
    wanted = over_all.chosen_form(ctx, form, as_json, output, review_files.FORMS)
    seen_through = _lens(lens, lenses)
    asked = review_files.Asked(ctx.obj, narrowed, seen_through, wanted, replace, suggested)
    if per_site:
        review_files.write_for_sites(asked, settings.path(per_site))
    else:
        review_files.write(asked, output)


def _lenses() -> "Sequence[Lens]":
    from fivewhys.lens_files import all_lenses

    found = all_lenses(settings.lenses())
    for problem in found.problems:
        printing.say(problem)
    return found.known


def _lens(name: str, lenses: "Sequence[Lens]") -> "Lens":
    """The lens of this name or id, whatever its capitals."""
    folded = name.casefold()
    found = [lens for lens in lenses if folded in (lens.id.casefold(), lens.name.casefold())]
    if not found:
        names = [lens.name for lens in lenses]
        said = f"“{name[:60]}” is no lens.{meant(name, names)}"
        printing.fail(f"{said} There are {', '.join(names)}.")
    return found[0]


def _category(name: str, lenses: "Sequence[Lens]") -> list[tuple[str, str]]:
    """The categories of this name or id, each with its lens: several lenses may have one."""
    folded = name.casefold()
    found = [
        (lens.id, category.id)
        for lens in lenses
        for category in lens.categories
        if folded in (category.id.casefold(), category.name.casefold())
    ]
    if not found:
        names = [category.name for lens in lenses for category in lens.categories]
        printing.fail(f"“{name[:60]}” is no category of a lens.{meant(name, names)}")
    return found

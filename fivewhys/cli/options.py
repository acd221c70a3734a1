"""The options that several commands have, and what people type behind options, read and checked.

Refusals say what to write instead.
"""

import re
from datetime import date
from typing import Annotated

import typer

from fivewhys.cli.completion import offered, offered_sites, session_number
from fivewhys.text import clean

SESSION = typer.Argument(
    metavar="SESSION",
    help="The session's name, S-12; s-12 and 12 do too.",
    parser=session_number,
    autocompletion=offered,
    show_default=False,
)

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON, for scripts.")]
Site = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="Only of sessions about this site.",
        autocompletion=offered_sites,
        show_default=False,
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to this file, or into this folder. Without it, or with -: to standard output.",
        show_default=False,
    ),
]
Replace = Annotated[
    bool, typer.Option("--replace", help="Write over a file that is there already.")
]

MOST = 1_000_000
"""The highest limit that `list` takes."""

MOST_SIMILAR = 100
"""The most that `similar` and `search` show: what is farther off says something else."""


def limited(given: str | int) -> int:
    """Read how many sessions to list; Typer brings the default here too."""
    number = int(given) if re.fullmatch("[0-9]{1,15}", str(given)) else 0
    if not 1 <= number <= MOST:
        raise typer.BadParameter(f"write a whole number from 1 to {MOST:,}.")
    return number


def counted(given: str | int) -> int:
    """Read how many answers to show; Typer brings the default here too."""
    number = int(given) if re.fullmatch("[0-9]{1,15}", str(given)) else 0
    if not 1 <= number <= MOST_SIMILAR:
        raise typer.BadParameter(f"write a whole number from 1 to {MOST_SIMILAR}.")
    return number


def since(text: str) -> date:
    """Read the day from which on sessions are asked about; of a month or a year, its first."""
    try:
        if found := re.fullmatch(r"([12][0-9]{3})(?:-([0-9]{1,2}))?", text.strip()):
            return date(int(found[1]), int(found[2] or 1), 1)
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text.strip()):
            return date.fromisoformat(text.strip())
        from fivewhys.cli.planning import today_here
        from fivewhys.countermeasures.days import day_from

        return day_from(text, today_here(), past=True)
    except ValueError:
        said = f"“{clean(text)[:40]}”"
        raise typer.BadParameter(
            f"{said} is no day. Write for example 2026-03-01, 1 March or 6 months ago."
        ) from None


Since = Annotated[
    date | None,
    typer.Option(
        "--since",
        parser=since,
        metavar="DAY",
        help="Only of sessions since then: 2026-03-01, “1 March”, “6 months ago”.",
        show_default=False,
    ),
]


def named(text: str | None) -> str | None:
    """Refuse an empty name: a script's unset variable must not lead to the person's own history."""
    if text is not None and not text.strip():
        raise typer.BadParameter("it is empty. Name a file or an address, or leave it out.")
    return text

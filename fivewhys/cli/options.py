"""What people type behind options, read and checked; refusals say what to write instead."""

import re

import typer

MOST = 1_000_000
"""The highest limit that `list` takes."""


def limited(given: str | int) -> int:
    """Read how many sessions to list; Typer brings the default here too."""
    number = int(given) if re.fullmatch("[0-9]{1,15}", str(given)) else 0
    if not 1 <= number <= MOST:
        raise typer.BadParameter(f"write a whole number from 1 to {MOST:,}.")
    return number


def named(text: str | None) -> str | None:
    """Refuse an empty name: a script's unset variable must not lead to the person's own history."""
    if text is not None and not text.strip():
        raise typer.BadParameter("it is empty. Name a file or an address, or leave it out.")
    return text

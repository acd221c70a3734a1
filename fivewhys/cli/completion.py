"""Sessions as people type them: read as their number, and completed in the shell."""

import re

import typer

from fivewhys import settings
from fivewhys.text import clean

OFFERED = 50
"""Sessions that completion offers: the newest."""

_NAME = re.compile(r"(?:s-?)?(\d{1,15})", re.IGNORECASE | re.ASCII)


def session_number(text: str) -> int:
    """Read a session's name, for example S-12, as its number."""
    found = _NAME.fullmatch(text.strip())
    if not found:
        raise typer.BadParameter(f"“{clean(text)}” is no session; they have names like S-12.")
    return int(found[1])


def offered(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The newest sessions whose name begins like `incomplete`, each with its problem."""
    from fivewhys.store.glance import first_page

    before = incomplete.rstrip("0123456789")
    if before.upper() not in ("", "S", "S-"):
        return []
    if before == incomplete:
        before = (before.removesuffix("-") or "S") + "-"
    option = (ctx.parent.params if ctx.parent else {}).get("database")
    lines = first_page(settings.database(option), OFFERED) or []
    return [(f"{before}{line.number}", _only_words(line.problem)) for line in lines]


def _only_words(text: str) -> str:
    """`text` for a shell's list: zsh evaluates what it is offered, so nothing else may stay."""
    return clean("".join(char if char.isalnum() or char in ",.-" else " " for char in text))[:60]

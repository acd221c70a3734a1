"""Sessions, files, rules and names as people type them: read, and completed in the shell."""

import re
from collections.abc import Callable
from pathlib import Path

import typer

from fivewhys import settings
from fivewhys.text import clean

OFFERED = 50
"""Sessions that completion offers: the newest."""

_READ = (".json", ".jsonl")
"""How the names end of files that hold sessions."""

_PLAIN = re.compile(r"[\w+,.][\w+,.-]*", re.ASCII)
"""A file's name that no shell reads anything into."""

_PLAIN_NAME = re.compile(r"\w[\w.-]*")
"""A name that no shell reads anything into; each shell would want one with spaces otherwise."""

_NAME = re.compile(r"(?:s-?)?(\d{1,15})", re.IGNORECASE | re.ASCII)


def spells_session(text: str) -> bool:
    """Whether `text` is written like a session's name; any other may be a file."""
    return bool(_NAME.fullmatch(text.strip()))


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
    lines = first_page(_database(ctx), OFFERED) or []
    return [(f"{before}{line.number}", _only_words(line.problem)) for line in lines]


def offered_or_file(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """What `offered` has, then the files and folders whose name begins like `incomplete`."""
    folder = Path(incomplete if incomplete.endswith("/") else Path(incomplete).parent)
    before = incomplete[: incomplete.rfind("/") + 1]
    try:
        paths = sorted(folder.expanduser().iterdir())
    except (OSError, RuntimeError):
        paths = []
    files = [
        (before + path.name, "a file") if path.is_file() else (f"{before}{path.name}/", "a folder")
        for path in paths
        if _PLAIN.fullmatch(path.name) and (path.is_dir() or path.suffix in _READ)
    ]
    begun = [(name, kind) for name, kind in files if name.startswith(incomplete)]
    return offered(ctx, incomplete) + begun[:OFFERED]


def _offering(column: str) -> Callable[[typer.Context, str], list[str]]:
    """Offers the names in a column of the history that begin as was typed, most used first."""

    def offered_names(ctx: typer.Context, incomplete: str) -> list[str]:
        from fivewhys.store.glance import values

        names = [name for name in values(_database(ctx), column) if _PLAIN_NAME.fullmatch(name)]
        begun = incomplete.casefold()
        return [name for name in names if name.casefold().startswith(begun)][:OFFERED]

    return offered_names


offered_sites = _offering("site")
offered_regions = _offering("region")
offered_departments = _offering("department")
offered_channels = _offering("channel")
offered_facilitators = _offering("facilitator")
offered_owners = _offering("owner")


def _database(ctx: typer.Context) -> str:
    return settings.database((ctx.parent.params if ctx.parent else {}).get("database"))


def rule(text: str) -> str:
    """Read the name of a rule, or its number in the rulebook, for example R5."""
    from difflib import get_close_matches

    from fivewhys.facilitation.lint import known_prompts

    names = list(dict.fromkeys(prompt.rule for prompt in known_prompts()))
    asked = text.strip().replace("-", "_")
    for name in (*names, *(prompt.id for prompt in known_prompts())):
        if name and name.lower() == asked.lower():
            return name
    near = get_close_matches(asked.lower(), names, n=1)
    meant = f" Did you mean {near[0]}?" if near else ""
    raise typer.BadParameter(
        f"“{clean(text)[:60]}” is no rule.{meant} The rules are {', '.join(names)}."
    )


def offered_rules(incomplete: str) -> list[tuple[str, str]]:
    """The rules whose name begins like `incomplete`, each with its question."""
    from fivewhys.facilitation.lint import known_prompts

    asks = {prompt.rule: prompt.text for prompt in reversed(known_prompts())}
    return [(name, _only_words(asks[name])) for name in sorted(asks) if name.startswith(incomplete)]


def _only_words(text: str) -> str:
    """`text` for a shell's list: zsh evaluates what it is offered, so nothing else may stay."""
    return clean("".join(char if char.isalnum() or char in ",.-" else " " for char in text))[:60]

"""Words taken away for good, which is never done by mistake."""

from pathlib import Path

import typer

from fivewhys.cli.history import Chosen, begun_history
from fivewhys.cli.printing import count, fail, say


def deleted_sessions(chosen: Chosen, *, is_meant: bool) -> None:
    """Remove every deleted session."""
    with begun_history(chosen) as store:
        if store.last_deleted() is None:
            typer.echo("There are no deleted sessions.")
            return
        _check(is_meant, "All deleted sessions would be removed")
        typer.echo(f"Removed for good: {count(store.purge_deleted(), 'deleted session')}.")
    _tell_of_backups(chosen)


def former_wordings(chosen: Chosen, number: int, *, is_meant: bool) -> None:
    """Forget what one session said before, and with it its undo."""
    with begun_history(chosen) as store:
        tree = store.numbered(number)
        _check(is_meant, f"The former wordings of S-{number} would be forgotten")
        gone = store.purge_history(tree.session.id)
        typer.echo(f"Forgotten of S-{number}: {count(gone, 'step')} of its history.")
    _tell_of_backups(chosen)


def _tell_of_backups(chosen: Chosen) -> None:
    """Say where the words may still be: nobody looks for them there."""
    if "://" in chosen.where:
        say("Backups of the server may still hold these words; ask whoever keeps them.")
        return
    from fivewhys.store.schema import backups

    found = sorted(backups(Path(chosen.where)))
    if found:
        names = ", ".join(copy.name for copy in found)
        say(
            f"Backups in {found[0].parent.absolute()} may still hold these words, until you "
            f"delete: {names}"
        )


def _check(is_meant: bool, what: str) -> None:
    if not is_meant:
        fail(f"{what} for good, which cannot be undone. If you mean it, add --yes.")

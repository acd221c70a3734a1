"""Sessions from a file or from standard input: all of them, or none."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from fivewhys.cli import printing, sources
from fivewhys.cli.history import Chosen, history
from fivewhys.cli.waiting import line

if TYPE_CHECKING:
    from fivewhys.store.bringing import Brought

MANY = 20
"""Sessions in an import from which on it says how far it is."""


def import_sessions(chosen: Chosen, source: str, copies: bool, as_json: bool) -> None:
    """Bring the sessions of `source` in and say what became of each."""
    brought: list[Brought] | None = None
    try:
        records = sources.records(source)
        with history(chosen) as store, _counting(len(records)) as count:
            brought = store.bring_in(records, copies=copies, progress=count)
    except KeyboardInterrupt:
        if brought is None:
            printing.say("Cancelled. Nothing was imported.")
            raise typer.Exit(printing.CANCELLED) from None
    _report(chosen, brought or [], as_json)


@contextmanager
def _counting(total: int) -> Iterator[Callable[[int], None]]:
    """Gives what is told how many sessions are done, and shows it to a person who waits.

    Ctrl+C is heard between two sessions alone, so that an import ends whole or not at all.
    """
    is_cancelled = False

    def cancel(*_: object) -> None:
        nonlocal is_cancelled
        is_cancelled = True

    def count(done: int) -> None:
        if is_cancelled:
            raise KeyboardInterrupt
        if total >= MANY:
            show(f"{done:,} of {total:,}")

    before = signal.signal(signal.SIGINT, cancel)
    try:
        with line(str) as show:
            yield count
    finally:
        signal.signal(signal.SIGINT, before)


def _report(chosen: Chosen, brought: "list[Brought]", as_json: bool) -> None:
    from fivewhys.store.bringing import Outcome

    if as_json:
        found: dict[str, list[object]] = {outcome.value: [] for outcome in Outcome}
        for one in brought:
            session = {"name": f"S-{one.number}", "number": one.number, "problem": one.problem}
            found[one.outcome.value].append(session)
        printing.write_json(found)
        return
    for one in brought:
        what = "Added" if one.outcome is Outcome.ADDED else "Here already:"
        typer.echo(chosen.written(f"{what} S-{one.number}  {one.problem}"))
    added = sum(one.outcome is Outcome.ADDED for one in brought)
    printing.say(f"{added:,} added, {len(brought) - added:,} here already.")

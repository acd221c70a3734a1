"""What a person who waits for a command sees: one line on standard error that is written over."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer


def is_watched() -> bool:
    """Whether a person sees what is said beside the result."""
    return sys.stderr.isatty()


@contextmanager
def line(written: Callable[[str], str]) -> Iterator[Callable[[str], None]]:
    """Gives what shows a text, as `written` has it, until the end; nothing where nobody sees it."""
    is_seen, shown = is_watched(), ""

    def show(text: str) -> None:
        nonlocal shown
        if is_seen and text != shown:
            typer.echo(f"\r\033[K{written(text)}", err=True, nl=False)
            shown = text

    try:
        yield show
    finally:
        if shown:
            typer.echo("\r\033[K", err=True, nl=False)

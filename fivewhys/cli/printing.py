"""How the commands write: results to standard output, everything else to standard error."""

import os
import re
import sys
from collections.abc import Iterator
from typing import Any, NoReturn

import typer

from fivewhys.text import clean

_NO_TEXT = re.compile("[\ud800-\udfff]")

CANCELLED = 130
"""Exit status after Ctrl+C, as shells know it."""


def say(text: str) -> None:
    """Tell the person something that is not the command's result."""
    typer.echo(readable(text), err=True)


def readable(text: str) -> str:
    """`text` as one safe line, in which each byte of a file's name that is no text is marked."""
    return clean(_NO_TEXT.sub("\ufffd", text))


def fail(text: str) -> NoReturn:
    """Say why the command cannot be done, and end it."""
    say(text)
    raise typer.Exit(1) from None


def count(number: int, name: str) -> str:
    """`number` of what is called `name`: 1 session, 2 sessions."""
    return f"{number:,} {name}{'' if number == 1 else 's'}"


def json_text(value: object) -> str:
    """`value` as scripts read it."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def write_json(value: object) -> None:
    """Write `value` for scripts."""
    write(json_text(value))


def write(text: str) -> None:
    """Write `text` to standard output as UTF-8, whatever the terminal speaks: to the last byte."""
    out = typer.get_binary_stream("stdout")
    left = memoryview(text.encode())
    while left:
        # Unbuffered (PYTHONUNBUFFERED), a full disk or closed pipe takes a part and says nothing.
        left = left[out.write(left) :]
    out.flush()


def width() -> int:
    """The columns of the terminal that is written to; 0 for a pipe or a file."""
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 0


def has_colours() -> bool:
    """Whether to write in colours: to a terminal that has them, unless the person has said no."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return wanted and width() > 0


def styled(text: str, **style: Any) -> str:
    """`text` in the colours of `typer.style`, where there are colours."""
    return typer.style(text, **style) if style and text.strip() and has_colours() else text


def table(rows: list[tuple[str, ...]], width: int, dots: str) -> Iterator[str]:
    """`rows`, the first of them names, in columns cut to `width`.

    The last column gets a third of what the narrow ones leave, the last but one the rest.
    """
    from fivewhys.reports import cells

    *narrow, wide, last = (max(map(cells.width, column)) for column in zip(*rows, strict=True))
    left = max(width - sum(narrow) - 2 * len(narrow) - 2, 20)
    last = min(last, left // 3)
    sizes = (*narrow, min(wide, left - last), last)
    for row in rows:
        fitted = (cells.fitted(text, size, dots) for text, size in zip(row, sizes, strict=True))
        yield "  ".join(fitted).rstrip()

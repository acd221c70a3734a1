"""`python -m fivewhys` and the installed `fivewhys`."""

import os
import sys
from io import TextIOWrapper


def main() -> None:
    """Run the command line with the arguments of this process."""
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that lacks a character shows a question mark, not a traceback.
            stream.reconfigure(errors="replace")
    try:
        from fivewhys.cli import app

        app(prog_name="fivewhys")
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        _let_go_of_output()


def _open_what_is_closed() -> None:
    """Give a stream that the shell has closed an empty file, before a database takes its place."""
    # In this order, because a system gives the lowest number that is free.
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))


def _let_go_of_output() -> None:
    """What could not be written is lost; Python would complain of it once more when it ends.

    The screen is drawn on the stream for errors.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    main()

"""The commands that open the program on the screen, and the demo."""

import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from fivewhys import settings
from fivewhys.cli.history import Chosen, begun_history, history
from fivewhys.cli.printing import fail
from fivewhys.text import clean

if TYPE_CHECKING:
    from fivewhys.store.store import Store

FRAMES_A_SECOND = "240"
"""Moments at which a frame may be drawn; where nothing changed, none is."""

SWITCH_SECONDS = 0.001
"""How long a thread in the background may keep the screen waiting for its turn."""

LOOK_SECONDS = 2
"""How often to look whether the terminal is still there."""


def run(
    chosen: Chosen,
    *,
    database: str = "",
    open_number: int | None = None,
    prepare: "Callable[[Store], None] | None" = None,
) -> None:
    """Open the program on the chosen history, or on `database`, until the person leaves it."""
    if not has_terminal():
        fail(
            "This needs a terminal to draw on, and here is none. For scripts there are commands "
            "like list, show, export and import: fivewhys --help"
        )
    end_when_the_window_closes()
    # A frame waits for the next tick: at the usual 60 a second that is a noticeable part of a
    # keystroke's time. Textual reads this when it is imported.
    os.environ.setdefault("TEXTUAL_FPS", FRAMES_A_SECOND)
    sys.setswitchinterval(SWITCH_SECONDS)
    from fivewhys.app import FiveWhysApp

    program = FiveWhysApp(
        database or chosen.where,
        settings.actor(),
        settings.exports(),
        open_number=open_number,
        ascii_only=chosen.ascii_only,
        prepare=prepare,
    )
    program.run()
    if program.return_code:
        raise typer.Exit(program.return_code)


def has_terminal() -> bool:
    """Whether there is a person to draw for."""
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def end_when_the_window_closes() -> None:
    """Let signals end this process as errors do: the terminal and the demo are tidied up."""
    import signal

    def end(number: int, _: object) -> NoReturn:
        sys.exit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)
    if hasattr(signal, "SIGHUP"):
        threading.Thread(target=_watch_the_terminal, daemon=True).start()


def _watch_the_terminal() -> None:
    """Hang up where the terminal is gone and nobody says so, as for a program begun by `setsid`.

    Textual would go on to ask it for keys, as fast as one core can.
    """
    import signal

    while True:
        time.sleep(LOOK_SECONDS)
        try:
            os.get_terminal_size(sys.__stdin__.fileno() if sys.__stdin__ else 0)
        except OSError:
            os.kill(os.getpid(), signal.SIGHUP)
            return


def open_session(chosen: Chosen, number: int) -> None:
    """Open the program on one session."""
    from fivewhys.store.glance import first_page

    # The newest are found without loading the store, which would keep the screen waiting.
    if number not in [line.number for line in first_page(chosen.where) or []]:
        with begun_history(chosen) as store:
            store.numbered(number)
    run(chosen, open_number=number)


def demo(chosen: Chosen) -> None:
    """Open the program on the worked examples, in a folder that is gone afterwards."""
    from tempfile import TemporaryDirectory

    from fivewhys import examples

    with TemporaryDirectory(prefix="fivewhys-", ignore_cleanup_errors=True) as folder:
        run(chosen, database=str(Path(folder) / "demo.db"), prepare=examples.fill)


def write_demo(file: Path) -> None:
    """Write the worked examples to `file`, which must not be there yet."""
    import shlex

    from fivewhys import examples

    try:
        # Only a file that this makes itself is filled, and taken away again if that fails.
        file.open("xb").close()
    except FileExistsError:
        fail(f"{file} is there already and stays as it is. Name a file that is not there yet.")
    except FileNotFoundError:
        from fivewhys.files import no_folder

        fail(f"{no_folder(file.parent)}, so nothing was written. Make it first, or name another.")
    try:
        with history(Chosen(str(file), False)) as store:
            examples.fill(store)
            sessions, causes = store.counts()
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    name = clean(str(file))
    typer.echo(f"Wrote {sessions} sessions with {causes} causes to {name}. Go on with:")
    for command in ("", " list", " show S-1"):
        typer.echo(f"  fivewhys --database {shlex.quote(name)}{command}")

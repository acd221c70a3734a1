"""What a terminal shows after many small changes is what it shows when all is drawn anew."""

import random
import re
import sys
from pathlib import Path

import pytest

from fivewhys import examples
from fivewhys.store.store import Store
from tests.benchmarks.terminal import Terminal

KEYS = ("j", "k", "j", "j", "\x1b[C", "h", "w", "\x1b[6~", "\x1b[5~", "\x1b[F", "\x1b[H")
"""Keys of the tree that change what is in view, and no word of the session."""

BOTH_THEMES = "\x1b[20~"
"""F9 switches between dark and light, and so draws every row."""


def told(terminal: Terminal) -> str:
    """What stands there, without the clock of the meeting and the scrollbars."""
    terminal.rest()
    return re.sub(r"\d\d:\d\d|[▁▂▃▄▅▆▇█]+ *$", "", terminal.text, flags=re.MULTILINE)


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["120x40", "80x24"])
def test_nothing_stale_is_left_in_a_live_session(tmp_path: Path, size: tuple[int, int]) -> None:
    database = str(tmp_path / "history.db")
    store = Store(database, "Ines")
    examples.fill(store)
    store.close()
    chance = random.Random(5)
    argv = [sys.executable, "-m", "fivewhys", "--database", database, "open", "S-14"]
    with Terminal(argv, *size) as terminal:
        terminal.until("Because")
        terminal.rest()
        terminal.press("\x1b")
        terminal.rest()
        for _ in range(4):
            for _ in range(12):
                terminal.press(chance.choice(KEYS))
                terminal.still(0.05)
            seen = told(terminal)
            terminal.press(BOTH_THEMES)
            assert told(terminal) == seen

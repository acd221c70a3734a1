"""A person at the keyboard: opens the program on a history, types, and reads the screen.

async with sitting(database) as desk:
    await desk.press("enter")
    await desk.type("They are overcharged\\r")
    await desk.sees("Why are they overcharged?")
"""

import asyncio
import math
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import TextArea

from fivewhys.app import FiveWhysApp
from fivewhys.models.commands import Answer
from fivewhys.models.tree import Tree
from fivewhys.store.store import Store

PATIENCE = 30.0
"""Seconds that something may take to come on the screen before a test gives up."""

FRAMES = 5
"""Frames after which the screen should be done; something that moves never is."""

_CLOCK = re.compile(r"\b\d\d:\d\d(?=( / \d+ min)? *$)")
_NAMES = {"\r": "enter", "\n": "enter", "\t": "tab", "\x1b": "escape"}


def screen_text(app: FiveWhysApp) -> str:
    """What stands on the screen as rows of text; the clock in the first row shows 00:00."""
    screen = app.screen
    rows = ["".join(seg.text for seg in strip) for strip in _strips(app)]
    assert len(rows) == screen.size.height
    if rows:
        # The clock of a session.
        rows[0] = _CLOCK.sub("00:00", rows[0])
    return "\n".join(row.rstrip() for row in rows)


def _strips(app: FiveWhysApp) -> list[Any]:
    # There is no public way to the screen's rows that keeps them as text.
    return app.screen._compositor.render_strips()


def key_event(key: str) -> events.Key:
    """The event of a key by its name, or of a character."""
    if len(key) == 1:
        return events.Key(_NAMES.get(key) or _character_to_key(key), key)
    return events.Key(key, " " if key == "space" else None)


class Desk:
    """The program as one person has it before them."""

    def __init__(self, app: FiveWhysApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def text(self) -> str:
        """The screen as text."""
        return screen_text(self.app)

    @property
    def rows(self) -> list[str]:
        """The screen's rows."""
        return self.text.split("\n")

    @property
    def hint(self) -> str:
        """What stands in the rows above the keys."""
        return self.told("HintRow")

    @property
    def box(self) -> str:
        """The text in the box that has the cursor."""
        focused = self.app.focused
        assert isinstance(focused, TextArea), f"the keys are at {focused}\n{self.text}"
        return focused.text

    # -- doing

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, waiting for what each does."""
        for key in keys:
            self._send(key)
            await self.settled()

    async def type(self, text: str) -> None:
        """Type as fast as the keyboard allows: nothing waits for what a key does."""
        for char in text:
            self._send(char)
        await self.settled()

    async def burst(self, *keys: str) -> None:
        """Press keys as fast as the keyboard allows."""
        for key in keys:
            self._send(key)
        await self.settled()

    def _send(self, key: str) -> None:
        driver = self.app._driver
        assert driver is not None
        event = key_event(key)
        event.set_sender(self.app)
        driver.send_message(event)

    async def paste(self, text: str) -> None:
        """Paste text where the cursor is."""
        driver = self.app._driver
        assert driver is not None
        driver.send_message(events.Paste(text))
        await self.settled()

    async def settled(self) -> None:
        """Wait until what was typed is done and drawn."""
        # Pilot.pause watches the processor, at 20 ms a look, and asks every widget of the screen;
        # the queues tell sooner.
        await self._calm()
        for _ in range(FRAMES):
            self.app.screen._on_timer_update()
            await self._calm()
            # What a frame laid out may ask for another.
            if not self.app.screen._update_timer._active.is_set():
                break

    async def _calm(self) -> None:
        """Wait until no message is left: a queue may be empty while its last one is at work."""
        calm = 0
        while calm < 6:
            await asyncio.sleep(0)
            calm = 0 if self._busy() else calm + 1

    def _busy(self) -> bool:
        if not self.app.is_running:
            return False
        if self.app._batch_count:
            return True
        pumps = [self.app, *self.app.screen_stack, *self.app.screen.walk_children()]
        return any(len(pump._next_callbacks) + pump._message_queue.qsize() for pump in pumps)

    async def restless(self, seconds: float) -> None:
        """Let time pass."""
        await asyncio.sleep(seconds)
        await self.settled()

    # -- reading

    async def sees(self, *wanted: str) -> None:
        """Wait until all of this is on the screen, each in one row."""
        for words in wanted:
            await self._sees(words)

    async def _sees(self, words: str) -> None:
        await self.until(lambda: words in self.text, f"“{words}” is not there")

    async def misses(self, words: str) -> None:
        """Wait until this is no longer on the screen."""
        await self.until(lambda: words not in self.text, f"“{words}” is still there")

    async def reads(self, selector: str, words: str) -> None:
        """Wait until one part of the screen has these words, however they wrap."""
        await self.until(
            lambda: words in self.told(selector), f"“{words}” does not stand in {selector}"
        )

    async def ends(self) -> None:
        """Wait until the program has ended by itself."""
        end = time.monotonic() + PATIENCE
        while self.app.is_running and not self.app._exit:
            assert time.monotonic() < end, f"it goes on\n{self.text}"
            await asyncio.sleep(0.01)

    async def until(self, holds: Callable[[], bool], otherwise: str = "it never came") -> None:
        """Wait until something holds."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, f"{otherwise}\n{self.text}"
            assert self.app.is_running, "the program has ended"
            await asyncio.sleep(0.005)
            await self.settled()

    async def press_until(self, key: str, holds: Callable[[], bool]) -> None:
        """Press a key again and again, as people do whose list is still being read."""
        pressed = -math.inf

        def done() -> bool:
            nonlocal pressed
            # What waits until the keys rest has the time to come.
            if not holds() and time.monotonic() > pressed + 0.1:
                pressed = time.monotonic()
                self._send(key)
            return holds()

        await self.until(done, f"{key} never led there")

    def row_with(self, words: str) -> str:
        """The first row that has these words."""
        for row in self.rows:
            if words in row:
                return row
        raise AssertionError(f"“{words}” is not there\n{self.text}")

    def part(self, selector: str) -> list[str]:
        """The rows of one part of the screen."""
        left, top, width, height = self.app.screen.query_one(selector).region
        rows = _strips(self.app)[top : top + height]
        return [row.crop(left, left + width).text.rstrip() for row in rows]

    def told(self, selector: str) -> str:
        """The words of one part of the screen with single spaces, however they wrap."""
        return " ".join(" ".join(self.part(selector)).split())

    @property
    def tree(self) -> str:
        """The tree of a live session as it stands there."""
        return "\n".join(row for row in self.part("#tree") if row)


@asynccontextmanager
async def sitting(
    database: Path | str,
    size: tuple[int, int] = (120, 40),
    *,
    actor: str = "Ines",
    exports: Path | None = None,
    wait: bool = True,
    **options: Any,
) -> AsyncIterator[Desk]:
    """Open the program on `database`; the store is loaded unless `wait` is false."""
    folder = exports or Path(str(database)).parent / "exports"
    app = FiveWhysApp(str(database), actor, folder, **options)
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        desk = Desk(app, pilot)
        if wait:
            await app.store_ready()
            await desk.settled()
        yield desk
        if app.return_code is None:
            # As people leave: what still reads hears that it is over.
            app.exit()


@asynccontextmanager
async def meeting(
    database: Path | str, size: tuple[int, int] = (120, 40), number: int = 1, **options: Any
) -> AsyncIterator[Desk]:
    """Open the program right in the live session S-`number`."""
    async with sitting(database, size, open_number=number, **options) as desk:
        await desk.until(lambda: desk.app.screen.query("#answer").first() is not None)
        await desk.settled()
        yield desk


# -- trees through a store


def grow(store: Store, tree: Tree, outline: str) -> Tree:
    """Answer as an indented outline says: a line for each answer, two spaces for each why."""
    above = [tree.problem.id]
    for line in outline.strip("\n").splitlines():
        depth = (len(line) - len(line.lstrip(" "))) // 2
        del above[depth + 1 :]
        tree = store.apply(tree, Answer(parent=above[depth], text=line.strip()))
        above.append(tree.children(above[depth])[-1])
    return tree


def outline(tree: Tree) -> str:
    """The tree's causes as such an outline."""
    return "\n".join(
        "  " * (depth - 1) + cause.text for cause, depth in tree.walk() if cause.parent_id
    )


def named(tree: Tree, text: str) -> Any:
    """The one node with this text."""
    (found,) = [cause for cause in tree.causes.values() if cause.text == text]
    return found

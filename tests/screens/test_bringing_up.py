"""A history of an older version, as its people see it brought up to date."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from fivewhys.app import FiveWhysApp
from fivewhys.store.schema import SCHEMA, version_of_file
from fivewhys.store.stages import Stage
from tests.screens.driving import sitting
from tests.store.specimens import FOLDER


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """One that search did not know yet."""
    return Path(shutil.copy(FOLDER / "schema-4.db", tmp_path / "history.db"))


@pytest.fixture
def go_on(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Holds the work up in the middle until it is set, as a large history would."""
    event, told = threading.Event(), FiveWhysApp._tell

    def tell(app: FiveWhysApp, stage: Stage) -> None:
        told(app, stage)
        if stage.done:
            event.wait(30)
            told(app, stage)

    monkeypatch.setattr(FiveWhysApp, "_tell", tell)
    yield event
    event.set()


async def test_who_waits_sees_how_far_it_is(history: Path, go_on: threading.Event) -> None:
    async with sitting(history, (80, 24), wait=False) as desk:
        await desk.sees("Bringing your history up to date: collecting its words … ", "S-1")
        go_on.set()
        await desk.misses("Bringing")
        await desk.press("slash")
        await desk.type("soup")
        await desk.sees("1 session")
    assert version_of_file(history) == SCHEMA


async def test_who_leaves_meanwhile_has_the_history_as_it_was(
    history: Path, go_on: threading.Event
) -> None:
    async with sitting(history, wait=False) as desk:
        await desk.sees("up to date: collecting its words … ")
        # No command waits for minutes, which would keep ^Q waiting behind it.
        for key in ("n", "enter", "f3", "x", "ctrl+q"):
            desk._send(key)
        await desk.ends()
        go_on.set()
    assert version_of_file(history) == 4

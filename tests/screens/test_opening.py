"""Keys that are pressed while a screen comes: none acts on another screen, and none is lost."""

import asyncio
from pathlib import Path

import pytest

from fivewhys.app import FiveWhysApp
from fivewhys.models.commands import StartSession
from fivewhys.screens.live import LiveScreen
from fivewhys.screens.widgets.answer_box import AnswerBox
from fivewhys.screens.widgets.lines import TextPane
from fivewhys.store.store import Store


@pytest.fixture
def database(tmp_path: Path) -> str:
    """A history with one session."""
    path = str(tmp_path / "history.db")
    store = Store(path, "Ines")
    store.start(StartSession(problem="Customers are angry"))
    store.close()
    return path


async def live(app: FiveWhysApp) -> None:
    """Wait until a session is on the screen."""
    async with asyncio.timeout(30):
        while not isinstance(app.screen, LiveScreen):
            await asyncio.sleep(0.02)


async def test_no_key_reaches_the_library_while_a_session_opens(
    database: str, tmp_path: Path
) -> None:
    app = FiveWhysApp(database, "Ines", tmp_path, open_number=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("d", "d", "n")
        await live(app)
        await pilot.pause()
        assert isinstance(app.screen, LiveScreen)
        assert app.store is not None
        assert [line.number for line in app.store.library()] == [1]


async def test_a_screen_is_laid_out_for_its_size_from_the_first_frame(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    widths = []

    def note(pane: TextPane) -> None:
        widths.append((pane.id, pane.inner_width))

    monkeypatch.setattr(TextPane, "width_changed", note)
    app = FiveWhysApp(database, "Ines", tmp_path, open_number=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await live(app)
        await pilot.pause()
    for pane in ("question", "beside"):
        assert len({width for name, width in widths if name == pane and width}) == 1, widths


async def test_what_is_typed_after_the_problem_begins_the_first_answer(
    database: str, tmp_path: Path
) -> None:
    app = FiveWhysApp(database, "Ines", tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        while app.store is None or app.screen.query("#problem").first().has_focus is False:
            await pilot.pause(0.05)
        for key in ["l", "a", "t", "e", "enter", *"forms"]:
            app.simulate_key(key)
        await live(app)
        async with asyncio.timeout(30):
            while (
                not app.screen.query(AnswerBox) or app.screen.query_one(AnswerBox).text != "forms"
            ):
                await pilot.pause(0.05)
        assert app.store.numbered(2).problem.text == "late"

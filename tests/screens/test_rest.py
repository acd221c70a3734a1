"""The screen comes to rest: nothing is drawn or laid out over and over."""

import asyncio
from pathlib import Path

import pytest
from textual import screen as screen_module
from textual.screen import Screen

from fivewhys.app import FiveWhysApp
from fivewhys.models.commands import Answer, StartSession
from fivewhys.screens.live import LiveScreen
from fivewhys.store.store import Store


@pytest.mark.parametrize("width", [81, 90, 99])
async def test_a_question_on_the_edge_of_a_row_does_not_flap(
    width: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = str(tmp_path / "history.db")
    store = Store(database, "Ines")
    tree = store.start(StartSession(problem="Customers are angry"))
    store.apply(tree, Answer(parent=tree.problem.id, text="The new forms were not ordered " * 3))
    store.close()
    layouts: list[str] = []
    before = Screen._refresh_layout

    def counted(screen: Screen[object], *args: object, **options: object) -> None:
        layouts.append(str(screen))
        before(screen, *args, **options)  # type: ignore[arg-type]  # passed on as they came

    app = FiveWhysApp(database, "Ines", tmp_path, open_number=1)
    # What flaps does so at every frame.
    monkeypatch.setattr(screen_module, "UPDATE_PERIOD", 1 / 60)
    monkeypatch.setattr(Screen, "_refresh_layout", counted)
    async with app.run_test(size=(width, 24)) as pilot:
        async with asyncio.timeout(30):
            while not isinstance(app.screen, LiveScreen):
                await pilot.pause(0.02)
        # However long the program takes to start: it must come to rest, but for its clock.
        for _ in range(20):
            layouts.clear()
            await pilot.pause(0.5)
            if len(layouts) <= 1:
                break
    assert len(layouts) <= 1

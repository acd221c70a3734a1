"""The screen comes to rest: nothing is drawn or laid out over and over."""

from pathlib import Path

import pytest
from textual.screen import Screen

from fivewhys.app import FiveWhysApp
from fivewhys.models.commands import Answer, StartSession
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
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.pause(1.5)
        monkeypatch.setattr(Screen, "_refresh_layout", counted)
        await pilot.pause(0.5)
    assert len(layouts) <= 1

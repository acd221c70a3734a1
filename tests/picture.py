"""Draws README's picture: the worked example in the live session, with nothing made up.

python -m tests.picture
"""

import asyncio
import re
import tempfile
from pathlib import Path

from fivewhys import examples
from fivewhys.app import FiveWhysApp
from fivewhys.screens.live import LiveScreen
from fivewhys.screens.widgets.bars import TopBar
from fivewhys.store.store import Store

PICTURE = Path(__file__).parent.parent / "docs" / "live-session.svg"
CAUSE = "The new forms were not ordered"


async def draw(folder: Path) -> str:
    """The live session at the worked example's fifth why, as SVG that loads nothing."""
    database = str(folder / "history.db")
    store = Store(database, "Ines")
    examples.fill(store)
    tree = next(
        store.tree(line.id) for line in store.library() if line.problem == "Customers are angry"
    )
    store.close()
    app = FiveWhysApp(database, "Ines", folder, open_number=tree.session.number)
    async with app.run_test(size=(120, 40)) as pilot:
        while not isinstance(app.screen, LiveScreen):
            await pilot.pause(0.1)
        screen = app.screen
        cause = next(cause for cause in tree.causes.values() if cause.text.startswith(CAUSE))
        screen.go_to(cause.id)
        screen.hint("")
        await pilot.pause(0.3)
        screen.query_one(TopBar).elapsed = "18:42"
        screen.query_one(TopBar).saved = "✓ saved"
        await pilot.pause(0.1)
        svg = app.export_screenshot(title="Five Whys")
    return re.sub(r"@font-face\s*{.*?}", "", svg, flags=re.DOTALL)


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        PICTURE.write_text(asyncio.run(draw(Path(folder))), encoding="utf-8")


if __name__ == "__main__":
    main()

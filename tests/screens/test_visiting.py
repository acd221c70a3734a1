"""A session that one came to look at: from the review, the search, the patterns, the follow-up."""

from pathlib import Path

import pytest

from fivewhys.models.tree import Tree
from fivewhys.screens.widgets.answer_box import AnswerBox
from fivewhys.screens.widgets.why_tree import WhyTree
from fivewhys.store.store import Store
from tests.screens.conftest import begun
from tests.screens.driving import Desk, grow, named, sitting

LETTERS = "abcdefgijklmnoprstuvyU123"
"""Keys of the tree that write, or open something that does."""


@pytest.fixture
def tree(ines: Store) -> Tree:
    """A session with a cause."""
    return grow(ines, begun(ines, "the queue is long"), "Nobody counts the queue")


async def looking(desk: Desk) -> None:
    """Open the session from the search."""
    await desk.press("f3")
    await desk.type("nobody counts")
    await desk.sees("1 found")
    await desk.press("enter", "enter")
    await desk.until(lambda: desk.app.screen.query_one(WhyTree).has_focus)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_it_starts_in_the_tree_and_q_leads_back(
    database: Path, tree: Tree, size: tuple[int, int]
) -> None:
    async with sitting(database, size) as desk:
        await looking(desk)
        cause = named(tree, "Nobody counts the queue").id
        assert desk.app.screen.query_one(WhyTree).cursor == cause
        assert desk.rows[-1].split()[:5] == ["q", "back", "Enter", "go", "into"]
        assert "You are only looking." in desk.hint
        assert "00:00" not in desk.rows[0]
        await desk.press("q")
        await desk.sees("1 found")
        await desk.press("enter", "escape")
        await desk.sees("1 found")
        # The keys come at once, and none is lost.
        await desk.burst("enter", "q")
        await desk.sees("1 found")


async def test_a_stray_letter_writes_nothing(database: Path, tree: Tree, ines: Store) -> None:
    async with sitting(database, (120, 40)) as desk:
        await looking(desk)
        await desk.type(LETTERS)
        await desk.press("f5", "delete")
        assert desk.app.screen.query_one(WhyTree).has_focus
        assert "You are only looking." in desk.hint
        assert ines.tree(tree.session.id) == tree


async def test_enter_goes_into_it(database: Path, tree: Tree, ines: Store) -> None:
    async with sitting(database, (120, 40)) as desk:
        await looking(desk)
        await desk.type("\rNobody has the time\r")
        await desk.sees("Why does nobody have the time?", "00:00")
        assert desk.app.screen.query_one(AnswerBox).has_focus
        named(ines.tree(tree.session.id), "Nobody has the time")
        await desk.press("escape")
        assert desk.rows[-1].split()[:5] == ["q", "back", "Enter", "answer", "here"]
        await desk.press("v")
        await desk.sees("verified")
        await desk.press("q")
        await desk.sees("1 found")

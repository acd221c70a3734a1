"""A session with branches, and the keys in its tree."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.store.store import Store
from tests.screens.driving import Desk, grow, meeting, named

BRANCHES = """
overcharged
  wrong form
    last year's form
not told
  nobody at the phone
late
"""


def three_branches(store: Store, tree: Tree) -> UUID:
    """A session with three branches."""
    return grow(store, tree, BRANCHES).session.id


@asynccontextmanager
async def at(database: Path, text: str, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Desk]:
    """The meeting with the keys in the tree and the cursor on a cause."""
    async with meeting(database, size) as desk:
        await desk.press("escape")
        await go_to(desk, text)
        yield desk


async def go_to(desk: Desk, text: str) -> None:
    """Move the cursor of the tree to a cause."""
    await desk.press("home")
    for _ in range(20):
        if under_cursor(desk) == text:
            return
        await desk.press("down")
    raise AssertionError(f"“{text}” cannot be reached\n{desk.text}")


def under_cursor(desk: Desk) -> str:
    """The words of the cause under the cursor, from the column beside it."""
    return desk.part("#beside")[1]


def cause(store: Store, session: UUID, text: str) -> Cause:
    """A cause as the database has it."""
    found: Cause = named(store.tree(session), text)
    return found

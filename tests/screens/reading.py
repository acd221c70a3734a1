"""A read-back before the person at the keyboard."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fivewhys.models.commands import (
    SetPart,
)
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part
from fivewhys.screens.read_back import ReadBackScreen
from fivewhys.store.store import Store
from tests.screens.driving import Desk, grow, meeting, named

SIZES = [(60, 20), (80, 24), (120, 40), (200, 50)]


@asynccontextmanager
async def reading(
    database: Path, size: tuple[int, int] = (120, 40), **options: Any
) -> AsyncIterator[Desk]:
    """Open the read-back of S-1 over its live session."""
    async with meeting(database, size, **options) as desk:
        await opened(desk)
        yield desk


async def opened(desk: Desk) -> list[Tree | None]:
    """Open it; what comes back when it is left."""
    back: list[Tree | None] = []
    store = desk.app.opened_store()
    await desk.app.push_screen(ReadBackScreen(store, store.numbered(1)), back.append)
    await desk.settled()
    return back


def answers(tree: Tree) -> dict[str, list[str]]:
    """What was said of each cause: question, verdict and words."""
    return {
        cause.text: [
            " ".join(filter(None, (answer.question.value, answer.verdict.value, answer.words)))
            for answer in tree.link_answers(cause.id)
        ]
        for cause in tree.causes.values()
        if tree.link_answers(cause.id)
    }


def two_roots(store: Store, tree: Tree) -> Tree:
    """Two roots that share a link: form → bill, pile → bill; bill → angry."""
    tree = grow(store, tree, "bill\n  form\n  pile")
    for text in ("form", "pile"):
        tree = store.apply(tree, SetPart(cause=named(tree, text).id, part=Part.ROOT))
    return tree

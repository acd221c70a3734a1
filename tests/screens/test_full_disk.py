"""A database that does not take what is typed: the words stay in the box."""

from pathlib import Path
from typing import Any

import pytest

from fivewhys.models.commands import Command
from fivewhys.models.tree import Tree
from fivewhys.store.problems import StoreProblem
from fivewhys.store.store import Store
from tests.screens.driving import grow, meeting, outline


def fails(problem: str) -> Any:
    """A `Store.apply` that always meets a problem of the database."""

    def apply(store: Store, tree: Tree, command: Command) -> Tree:
        raise StoreProblem(problem)

    return apply


async def test_a_full_disk_keeps_the_text_and_says_so(
    database: Path, ines: Store, angry: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with meeting(database) as desk:
        with monkeypatch.context() as broken:
            broken.setattr(Store, "apply", fails("The disk is full, so this was not saved."))
            await desk.type("overcharged\r")
            await desk.sees("The disk is full, so this was not saved.")
            assert desk.box == "overcharged"
            await desk.sees("Why are customers angry?")
            await desk.press("ctrl+o")
            assert desk.box == "overcharged"
            await desk.press("ctrl+l")
            assert desk.box == "overcharged"
            assert "saved" not in desk.rows[0]
        await desk.press("enter")
        await desk.sees("Why: overcharged?")
    assert outline(ines.tree(angry.session.id)) == "overcharged"


async def test_what_was_typed_on_stays_behind_an_answer_that_could_not_be_saved(
    database: Path, angry: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with meeting(database) as desk:
        monkeypatch.setattr(Store, "apply", fails("The disk is full"))
        await desk.type("one\rtwo")
        await desk.sees("The disk is full")
        assert desk.box == "one two"


async def test_a_reason_that_could_not_be_saved_stays_in_the_box(
    database: Path, ines: Store, angry: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    grow(ines, angry, "overcharged")
    async with meeting(database) as desk:
        await desk.press("ctrl+g")
        monkeypatch.setattr(Store, "apply", fails("The disk is full"))
        await desk.type("ours\r")
        await desk.sees("The disk is full", "We act on this as root because")
        assert desk.box == "ours"

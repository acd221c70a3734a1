"""Ideas kept aside, and brought back when their time comes."""

from pathlib import Path

from fivewhys.models.commands import Park
from fivewhys.models.tree import Tree
from fivewhys.store.store import Store
from tests.screens.driving import meeting, outline


async def test_a_parked_idea_becomes_an_answer(database: Path, ines: Store, angry: Tree) -> None:
    ines.apply(angry, Park(text="the shop's lights"))
    async with meeting(database) as desk:
        await desk.press("shift+tab")
        await desk.sees("Enter uses one")
        await desk.press("enter")
        assert desk.box == "the shop's lights"
        assert desk.hint == "Enter gives it as an answer to: customers are angry"
        await desk.type(" were out\r")
        await desk.sees("Why were the shop's lights out?", "Parked (0)")
        tree = ines.tree(angry.session.id)
        assert outline(tree) == "the shop's lights were out"
        assert not tree.parked
        await desk.press("ctrl+z")
        await desk.sees("Parked (1)")
    assert [idea.text for idea in ines.tree(angry.session.id).parked] == ["the shop's lights"]


async def test_the_last_two_ideas_show_and_all_of_them_with_the_keys_there(
    database: Path, ines: Store, angry: Tree
) -> None:
    tree = angry
    for number in range(1, 6):
        tree = ines.apply(tree, Park(text=f"idea {number}"))
    async with meeting(database, (80, 24)) as desk:
        await desk.sees("Parked (5)", "· idea 4", "· idea 5")
        assert "idea 3" not in desk.text
        await desk.press("shift+tab")
        await desk.sees("· idea 1", "· idea 5")
        await desk.press("up", "k", "d")
        assert desk.hint == "Taken away. Undo brings it back."
        assert [idea.text for idea in ines.tree(angry.session.id).parked] == [
            "idea 1", "idea 2", "idea 4", "idea 5",
        ]  # fmt: skip
        await desk.press("escape")
        assert desk.box == ""
        await desk.press("ctrl+z")
        await desk.sees("Parked (5)")


async def test_without_ideas_the_keys_do_nothing(database: Path, angry: Tree) -> None:
    async with meeting(database) as desk:
        await desk.press("shift+tab", "enter", "d", "up", "down", "escape")
        assert desk.box == ""


async def test_more_ideas_than_fit_follow_the_cursor(
    database: Path, ines: Store, angry: Tree
) -> None:
    tree = angry
    for number in range(1, 21):
        tree = ines.apply(tree, Park(text=f"idea {number:02}"))
    async with meeting(database, (80, 24)) as desk:
        await desk.press("shift+tab")
        await desk.sees("· idea 20")
        for _ in range(19):
            await desk.press("up")
        await desk.sees("· idea 01")
        await desk.press("enter")
        assert desk.box == "idea 01"


async def test_a_click_takes_the_idea_it_hits(database: Path, ines: Store, angry: Tree) -> None:
    tree = angry
    for number in range(1, 21):
        tree = ines.apply(tree, Park(text=f"idea {number:02}"))
    async with meeting(database) as desk:
        for idea, times in (("idea 20", 1), ("idea 16", 2)):
            row = next(y for y, row in enumerate(desk.rows) if idea in row)
            await desk.pilot.click(offset=(6, row), times=times)
            await desk.settled()
        assert desk.box == "idea 16"

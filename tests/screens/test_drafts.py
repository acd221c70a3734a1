"""Nothing typed is lost: drafts over moves of the focus, other screens, leaving and restarts."""

import asyncio
from pathlib import Path

from fivewhys.models.tree import Tree
from fivewhys.store.store import Store
from tests.screens.conftest import OpenStore
from tests.screens.driving import grow, meeting, named, outline, sitting


async def test_a_draft_stays_with_its_question(database: Path, ines: Store, angry: Tree) -> None:
    grow(ines, angry, "overcharged\nnot told")
    async with meeting(database) as desk:
        await desk.sees("Why: overcharged?")
        await desk.type("the form")
        await desk.press("escape", "down", "enter")
        await desk.sees("Why: not told?")
        assert desk.box == ""
        await desk.type("no letter")
        await desk.press("escape", "up", "enter")
        assert desk.box == "the form"
        # A word about another cause does not mix with it.
        await desk.press("escape", "x")
        assert desk.box == ""
        await desk.press("escape", "escape")
        assert desk.box == "the form"
    assert outline(ines.tree(angry.session.id)) == "overcharged\nnot told"


async def test_a_draft_survives_other_screens_and_the_library(database: Path, angry: Tree) -> None:
    async with meeting(database) as desk:
        await desk.type("They are over")
        for there, back in (("f1", "escape"), ("f2", "escape"), ("f3", "escape")):
            await desk.press(there, back)
            await desk.sees("Because")
            assert desk.box == "They are over", there
        await desk.press("escape", "q")
        await desk.sees("1 session")
        await desk.press("enter")
        await desk.sees("Because")
        assert desk.box == "They are over"
        await desk.type("charged\r")
        await desk.sees("Why are they overcharged?")
        await desk.press("up")
        assert desk.box == ""


async def test_drafts_survive_leaving_the_program(database: Path, ines: Store, angry: Tree) -> None:
    grow(ines, angry, "overcharged")
    async with meeting(database) as desk:
        await desk.type("the form")
        await desk.press("ctrl+g")
        await desk.type("ours to ")
        await desk.press("ctrl+q")
    async with meeting(database) as desk:
        await desk.press("escape", "down", "enter")
        await desk.sees("Why: overcharged?")
        assert desk.box == "the form"
        await desk.press("ctrl+g", "ctrl+g")
        await desk.sees("We act on this as root because")
        assert desk.box == "ours to "


async def test_a_draft_is_in_the_database_soon_after_the_last_letter(
    database: Path, ines: Store, angry: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.type("They are over")
        await desk.until(
            lambda: list(ines.drafts(f"{angry.session.id}/").values()) == ["They are over"]
        )
        assert "draft kept" in desk.rows[0]
        # A crash: nothing is said to anybody any more. Then the answer, and no draft is left.
        await desk.press("enter")
        await desk.until(lambda: not ines.drafts(f"{angry.session.id}/"))


async def test_the_draft_of_an_answer_that_was_saved_is_not_offered_again(
    database: Path, ines: Store, angry: Tree
) -> None:
    """A crash between the answer and forgetting its draft."""
    tree = grow(ines, angry, "overcharged")
    ines.save_draft(f"{tree.session.id}/answer/{tree.problem.id}", "overcharged ")
    ines.save_draft(
        f"{tree.session.id}/answer/{named(tree, 'overcharged').id}", "the form \n is wrong"
    )
    async with meeting(database) as desk:
        assert desk.box == "the form \n is wrong"
        await desk.press("ctrl+u", "backspace", "ctrl+u", "up")
        await desk.sees("Why are customers angry?")
        assert desk.box == ""


async def test_each_person_has_drafts_of_their_own(
    database: Path, angry: Tree, open_store: OpenStore
) -> None:
    open_store("Bo").save_draft(
        f"{angry.session.id}/answer/{angry.problem.id}", "Bo thinks otherwise"
    )
    async with meeting(database) as desk:
        assert desk.box == ""


async def test_a_reason_that_was_not_given_is_there_when_the_key_is_pressed_again(
    database: Path, ines: Store, angry: Tree
) -> None:
    grow(ines, angry, "overcharged")
    async with meeting(database) as desk:
        await desk.press("escape", "x")
        await desk.type("the letters went")
        await desk.press("f1", "escape")
        assert desk.box == "the letters went"
        await desk.press("tab")
        await desk.press("escape")
        await desk.type(" out\r")
        await asyncio.sleep(0)
    found = named(ines.tree(angry.session.id), "overcharged")
    assert found.reason == "the letters went out"


async def test_tab_goes_through_answer_tree_and_parked_ideas(database: Path, angry: Tree) -> None:
    async with meeting(database) as desk:
        order = []
        for _ in range(4):
            await desk.press("tab")
            focused = desk.app.focused
            order.append(focused.id if focused else None)
    assert order == ["tree", "parked", "answer", "tree"]


async def test_the_problem_of_a_new_session_is_kept_when_one_leaves(database: Path) -> None:
    async with sitting(database) as desk:
        await desk.press("n")
        await desk.type("customers are an")
        await desk.press("escape")
        await desk.sees("No session yet.")
        await desk.press("n")
        assert desk.box == "customers are an"
        await desk.type("gr")
        await desk.press("ctrl+q")
    async with sitting(database) as desk:
        await desk.press("n")
        assert desk.box == "customers are angr"
        await desk.type("y\r")
        await desk.sees("Why are customers angry?")
        await desk.press("escape", "q", "n")
        assert desk.box == ""

"""Two people in the same session, each at their own screen."""

from pathlib import Path

import pytest

from fivewhys.models.commands import (
    Answer,
    DeleteCause,
    DeleteSession,
    EditCause,
    Finish,
    Park,
    SetStatus,
)
from fivewhys.models.tree import Tree
from fivewhys.models.words import Status
from fivewhys.store.store import Store
from tests.screens.conftest import OpenStore
from tests.screens.driving import grow, meeting, named, outline


async def test_anothers_answer_comes_onto_the_screen(
    database: Path, angry: Tree, open_store: OpenStore
) -> None:
    bo = open_store("Bo")
    async with meeting(database) as desk:
        await desk.type("my own wo")
        # The first look of all is always worth a refresh; the one that counts comes later.
        await desk.restless(0.4)
        bo.apply(angry, Answer(parent=angry.problem.id, text="They are overcharged"))
        await desk.sees("They are overcharged")
        assert desk.hint == "Somebody else has changed this session; the tree shows it."
        assert "They are overcharged" in desk.told("#beside")
        # What the guide would ask of the typed words waits until that is read.
        await desk.restless(1.2)
        assert desk.hint == "Somebody else has changed this session; the tree shows it."
        # What one types, and where, stays.
        assert desk.box == "my own wo"
        await desk.sees("Why are customers angry?")


async def test_two_people_answer_in_turn(
    database: Path, ines: Store, angry: Tree, open_store: OpenStore
) -> None:
    async with meeting(database) as desk, meeting(database, actor="Bo") as other:
        await desk.type("overcharged\r")
        await other.sees("overcharged")
        await other.type("not told\r")
        await desk.sees("not told")
        await desk.type("wrong form\r")
        await other.sees("wrong form")
        assert desk.tree.replace("►", "○") == other.tree.replace("►", "○")
        # Each takes back what is their own.
        await other.press("ctrl+z")
        assert other.hint == "Undid: answer: not told"
        await desk.misses("not told")
        await desk.press("ctrl+z")
        assert desk.hint == "Undid: answer: wrong form"
    assert outline(ines.tree(angry.session.id)) == "overcharged"


async def test_an_undo_that_would_take_anothers_work_along_says_so(
    database: Path, ines: Store, angry: Tree, open_store: OpenStore
) -> None:
    bo = open_store("Bo")
    async with meeting(database) as desk:
        await desk.type("overcharged\r")
        tree = bo.tree(angry.session.id)
        bo.apply(tree, EditCause(cause=named(tree, "overcharged").id, text="overcharged by 3 €"))
        await desk.sees("overcharged by 3 €")
        await desk.press("ctrl+z")
        await desk.sees("Bo has changed this since")
    assert outline(ines.tree(angry.session.id)) == "overcharged by 3 €"


async def test_a_question_that_another_deletes_moves_up(
    database: Path, ines: Store, angry: Tree, open_store: OpenStore
) -> None:
    tree = grow(ines, angry, "overcharged\n  wrong form\n    last year's form\nlate")
    bo = open_store("Bo")
    async with meeting(database) as desk:
        await desk.sees("Why: last year's form?")
        bo.apply(tree, DeleteCause(cause=named(tree, "wrong form").id))
        await desk.sees("Why: overcharged?")
        await desk.misses("wrong form")
        await desk.type("other form\r")
        await desk.sees("Why: other form?")


async def test_an_answer_to_a_question_that_is_gone_stays_in_the_box(
    database: Path,
    ines: Store,
    angry: Tree,
    open_store: OpenStore,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Enter before the screen has heard that another deleted the question."""
    monkeypatch.setattr("fivewhys.screens.sitting.WATCH_SECONDS", 1)
    tree = grow(ines, angry, "overcharged")
    bo = open_store("Bo")
    async with meeting(database) as desk:
        await desk.sees("Why: overcharged?")
        await desk.type("wrong form")
        bo.apply(tree, DeleteCause(cause=named(tree, "overcharged").id))
        await desk.press("enter")
        assert desk.hint == "That cause is no longer in the tree. Somebody has deleted it."
        assert desk.box == "wrong form"
        await desk.sees("Why are customers angry?")
        assert desk.box == "wrong form"


async def test_the_cursor_in_the_tree_survives_what_another_deletes(
    database: Path, ines: Store, angry: Tree, open_store: OpenStore
) -> None:
    tree = grow(ines, angry, "overcharged\nlate")
    bo = open_store("Bo")
    async with meeting(database) as desk:
        await desk.press("escape", "end")
        bo.apply(tree, DeleteCause(cause=named(tree, "late").id))
        await desk.misses("late")
        await desk.press("v")
        await desk.press("up", "down", "enter")
        await desk.sees("Why: overcharged?")


async def test_what_another_did_during_the_summary_is_there_afterwards(
    database: Path, ines: Store, angry: Tree, open_store: OpenStore
) -> None:
    tree = grow(ines, angry, "overcharged\nlate")
    bo = open_store("Bo")
    async with meeting(database) as desk:
        await desk.press("f3")
        await desk.sees("no why asked: late")
        tree = bo.apply(tree, Answer(parent=named(tree, "late").id, text="the van broke down"))
        bo.apply(tree, EditCause(cause=named(tree, "overcharged").id, text="overcharged by 3 €"))
        # The live session behind it has heard of it meanwhile.
        await desk.restless(0.7)
        await desk.press("escape")
        await desk.sees("the van broke down", "overcharged by 3 €")


async def test_an_open_point_that_another_deleted_leads_somewhere_sensible(
    database: Path, ines: Store, angry: Tree, open_store: OpenStore
) -> None:
    tree = grow(ines, angry, "overcharged\nlate")
    bo = open_store("Bo")
    async with meeting(database) as desk:
        await desk.press("f3", "down")
        bo.apply(tree, DeleteCause(cause=named(tree, "late").id))
        await desk.restless(0.7)
        await desk.press("enter")
        await desk.sees("Because")
        await desk.type("wrong form\r")
        await desk.sees("Why: wrong form?")


async def test_finishing_and_parking_elsewhere_show_here(
    database: Path, ines: Store, angry: Tree, open_store: OpenStore
) -> None:
    bo = open_store("Bo")
    async with meeting(database) as desk:
        tree = bo.apply(angry, Park(text="the shop's lights"))
        await desk.sees("Parked (1)", "the shop's lights")
        tree = bo.apply(tree, Finish())
        tree = bo.apply(
            tree,
            SetStatus(
                cause=grow(bo, tree, "late").below[tree.problem.id][0], status=Status.VERIFIED
            ),
        )
        await desk.sees("✓ late")


async def test_a_session_that_another_deletes_takes_nothing_and_loses_nothing(
    database: Path, angry: Tree, open_store: OpenStore
) -> None:
    bo = open_store("Bo")
    async with meeting(database) as desk:
        deleted = bo.apply(angry, DeleteSession())
        await desk.sees("Somebody else has changed this session")
        await desk.type("overcharged\r")
        assert desk.hint.startswith("Somebody has deleted this session. Bring it back")
        assert desk.box == "overcharged"
        bo.undo(deleted)
        await desk.sees("Somebody else has changed this session")
        await desk.press("enter")
        await desk.sees("Why: overcharged?")

"""What is typed in a read-back is not lost, whatever the store or others do meanwhile."""

from pathlib import Path

import pytest

from fivewhys.models.commands import (
    Answer,
    AnswerLink,
    DeleteCause,
    EditCause,
)
from fivewhys.models.tree import Tree
from fivewhys.models.words import LinkQuestion, Verdict
from fivewhys.screens import read_back, read_back_words
from fivewhys.screens.widgets.verdicts import Verdicts
from fivewhys.store.problems import StoreProblem
from fivewhys.store.store import Store
from tests.screens.conftest import OpenStore
from tests.screens.driving import named
from tests.screens.reading import answers, reading, two_roots


@pytest.fixture
def session(ines: Store, angry: Tree) -> Tree:
    """Two roots that share a link."""
    return two_roots(ines, angry)


async def test_what_was_typed_comes_back_with_the_next_no(
    database: Path, ines: Store, session: Tree
) -> None:
    async with reading(database) as desk:
        await desk.press("n")
        await desk.type("nobody loo")
        await desk.press("escape", "left", "n")
        assert desk.box == "nobody loo"
        await desk.press("ctrl+q")
    async with reading(database) as desk:
        await desk.press("home", "n")
        assert desk.box == "nobody loo"
        await desk.type("ked\r")
        await desk.sees("Link 1 of 3")
        await desk.press("n")
        assert desk.box == ""
    assert not ines.drafts(f"{session.session.id}/")


async def test_a_draft_is_kept_by_itself(
    database: Path, ines: Store, session: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_back_words, "DRAFT_SECONDS", 0.01)
    async with reading(database) as desk:
        await desk.press("n")
        await desk.type("nobody")
        await desk.until(lambda: "nobody" in ines.drafts(f"{session.session.id}/").values())


async def test_a_text_that_is_refused_stays_in_the_box(
    database: Path, ines: Store, session: Tree
) -> None:
    async with reading(database) as desk:
        await desk.press("n")
        await desk.paste("x" * 100_001)
        await desk.press("enter")
        await desk.sees("100,001 characters")
        assert len(desk.box) == 100_001
        await desk.type("y")
        assert len(desk.box) == 100_002


async def test_a_store_that_fails_tells_so_and_keeps_the_question(
    database: Path, ines: Store, session: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> Tree:
        raise StoreProblem("The disk is full, so this was not saved.")

    async with reading(database) as desk:
        await desk.press("n")
        await desk.type("nobody looked")
        with monkeypatch.context() as broken:
            broken.setattr(Store, "apply", full)
            await desk.press("enter")
            await desk.sees("The disk is full, so this was not saved.")
            assert desk.box == "nobody looked"
            await desk.press("escape")
            for key in ("y", "n", "e"):
                await desk.press(key)
                await desk.sees("Link 2 of 2, root 1", "1 of 7 answered")
        await desk.press("y")
        await desk.sees("Without it")
    assert answers(ines.tree(session.session.id)) == {
        "form": ["follows no"],
        "bill": ["follows yes"],
    }


async def test_anothers_change_shows_and_the_question_stays(
    database: Path, session: Tree, open_store: OpenStore
) -> None:
    bo = open_store("Bo")
    async with reading(database) as desk:
        await desk.press("y")
        tree = bo.tree(session.session.id)
        tree = bo.apply(tree, EditCause(cause=named(tree, "bill").id, text="overcharged by 3 €"))
        await desk.reads("#read-text", "overcharged by 3 €")
        assert desk.hint.startswith("Somebody else has changed this session")
        await desk.sees("Link 2 of 2, root 1")
        bo.apply(
            tree,
            AnswerLink(
                cause=named(tree, "pile").id,
                question=LinkQuestion.FOLLOWS,
                verdict=Verdict.NEEDS_EVIDENCE,
            ),
        )
        await desk.sees("2 of 7 answered", "Link 2 of 2, root 1")


async def test_a_link_that_another_deletes_leads_on_and_typed_words_are_parked(
    database: Path, ines: Store, session: Tree, open_store: OpenStore
) -> None:
    bo = open_store("Bo")
    async with reading(database) as desk:
        await desk.press("n")
        await desk.type("nobody looked")
        tree = bo.tree(session.session.id)
        bo.apply(tree, DeleteCause(cause=named(tree, "form").id))
        await desk.sees("root 1 of 1", "That link is gone. What you typed is parked.")
        assert isinstance(desk.app.focused, Verdicts)
        await desk.press("y")
    tree = ines.tree(session.session.id)
    assert [idea.text for idea in tree.parked] == ["nobody looked"]
    assert answers(tree) == {"pile": ["follows yes"]}


async def test_an_answer_about_a_link_that_is_gone_says_so(
    database: Path,
    session: Tree,
    open_store: OpenStore,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(read_back, "WATCH_SECONDS", 600)
    bo = open_store("Bo")
    async with reading(database) as desk:
        tree = bo.tree(session.session.id)
        bo.apply(tree, DeleteCause(cause=named(tree, "form").id))
        await desk.press("y")
        assert desk.hint == "That cause is no longer in the tree. Somebody has deleted it."


async def test_a_session_emptied_by_another_says_that_nothing_is_left_to_read(
    database: Path, session: Tree, open_store: OpenStore
) -> None:
    bo = open_store("Bo")
    async with reading(database) as desk:
        bo.apply(session, DeleteCause(cause=named(session, "bill").id))
        await desk.sees("There is nothing to read back yet.")
        bo.apply(bo.tree(session.session.id), Answer(parent=session.problem.id, text="late"))
        await desk.sees("late")

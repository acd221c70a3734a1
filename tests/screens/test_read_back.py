"""The read-back: every link read out from the root up, answered with one key, kept at once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.binding import Binding

from fivewhys.facilitation.read_back import ReadBack
from fivewhys.models.commands import (
    Answer,
    AnswerLink,
    DeleteCause,
    EditCause,
    SetPart,
    SetStatus,
)
from fivewhys.models.tree import Record, Tree
from fivewhys.models.words import LinkQuestion, Part, Status, Verdict
from fivewhys.screens import read_back
from fivewhys.screens.read_back import ReadBackScreen
from fivewhys.screens.widgets.verdicts import Verdicts
from fivewhys.screens.widgets.word_box import WordBox
from fivewhys.store.problems import StoreProblem
from fivewhys.store.store import Store
from tests.building import chain, do
from tests.screens.conftest import OpenStore
from tests.screens.driving import Desk, grow, meeting, named, outline
from tests.screens.test_golden import BOOKS, NEW, looks_like, named_size
from tests.screens.test_hostile import ALL, harmless, stands_in
from tests.screens.test_look import contrast
from tests.screens.test_seeing import pairs

FOLLOWS, WITHOUT, ALWAYS = LinkQuestion
YES, NO, NEEDS_EVIDENCE = Verdict

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


@pytest.fixture
def session(ines: Store, angry: Tree) -> Tree:
    """Two roots that share a link: form → bill, pile → bill; bill → angry."""
    tree = grow(ines, angry, "bill\n  form\n  pile")
    for text in ("form", "pile"):
        tree = ines.apply(tree, SetPart(cause=named(tree, text).id, part=Part.ROOT))
    return tree


async def test_a_link_is_read_out_with_its_place_and_its_three_answers(
    database: Path, session: Tree
) -> None:
    async with reading(database) as desk:
        await desk.sees("Link 1 of 2, root 1 of 2", "0 of 7 answered", "therefore")
        assert desk.told("#read-text").replace("█", "").split() == [
            "form", "↳", "therefore", "bill",
            *["Beside", "it,", "for", "the", "same", "effect:", "pile"],
        ]  # fmt: skip
        assert desk.told("#verdicts") == (
            "Does that follow from what we know? y □ yes n □ no e □ needs evidence"
        )


async def test_each_answer_is_saved_at_once_and_the_next_question_comes_by_itself(
    database: Path, ines: Store, session: Tree
) -> None:
    key = session.session.id
    async with reading(database) as desk:
        await desk.press("y")
        assert answers(ines.tree(key)) == {"form": ["follows yes"]}
        assert desk.hint == "Saved: yes."
        await desk.sees("Link 2 of 2, root 1 of 2", "1 of 7 answered")
        await desk.press("e")
        await desk.reads("#read-text", "If “form” had not been so, would “customers are angry”")
        await desk.press("n")
        await desk.reads("#read-text", "With only “form”, would “customers are angry” always")
        await desk.press("y")
        # What both share is not read again.
        await desk.sees("Link 1 of 1, root 2 of 2", "and on as read before")
        await desk.press("y", "n", "y")
        await desk.sees("What it came to", "7 of 7 answered")
    tree = ines.tree(key)
    assert answers(tree) == {
        "bill": ["follows needs_evidence"],
        "form": ["follows yes", "without no", "always yes"],
        "pile": ["follows yes", "without no", "always yes"],
    }
    told = tree.link_answer(named(tree, "form").id, FOLLOWS)
    assert told is not None
    assert told.said_by == "Ines"
    assert told.created_at.tzinfo is not None


async def test_the_end_says_what_held_what_did_not_and_what_can_be_said(
    database: Path, session: Tree
) -> None:
    async with reading(database) as desk:
        await desk.press(*"yyny", "n", "escape", "n", "y")
        await desk.sees("What it came to", "✓ 6 held", "✗ 1 did not")
        end = desk.told("#read-end")
        assert (
            "“form” increased the likelihood of “bill”, which led to “customers are angry”." in end
        )
        assert "“pile” cannot be said to the end yet: 1 did not hold." in end
        assert "Did not hold ✗ pile ↳ so bill" in end
        assert "✓ form ↳ so bill" in end
        assert "✓ Without “form”: it would not have happened" in end
        assert "✓ With only “pile”: it would always happen" in end


async def test_what_is_not_answered_or_lacks_evidence_is_said_at_the_end(
    database: Path, session: Tree
) -> None:
    async with reading(database) as desk:
        await desk.press("e", "end")
        end = desk.told("#read-end")
        assert "? 1 needs evidence □ 6 not answered" in end
        assert "Needs evidence ? form ↳ so bill" in end
        assert "“pile” cannot be said to the end yet: 2 not answered." in end
        assert "□ With only “pile”: would it always happen?" in end


async def test_a_no_asks_what_was_in_between_and_inserts_the_level(
    database: Path, ines: Store, session: Tree
) -> None:
    async with reading(database) as desk:
        await desk.press("n")
        await desk.sees("What had to happen in between?", "2, root 1 of 2")
        assert answers(ines.tree(session.session.id)) == {"form": ["follows no"]}
        await desk.type("nobody looked\r")
        await desk.sees("Link 1 of 3, root 1 of 2", "0 of 8 answered")
        assert "Put in between" in desk.hint
        assert "form ↳ therefore nobody looked" in desk.told("#read-text").replace("█ ", "")
        await desk.press("y")
        assert "nobody looked ↳ therefore bill" in desk.told("#read-text").replace("█ ", "")
        await desk.press("y")
        await desk.sees("Link 3 of 3")
    tree = ines.tree(session.session.id)
    assert outline(tree) == "bill\n  nobody looked\n    form\n  pile"
    assert answers(tree) == {"form": ["follows yes"], "nobody looked": ["follows yes"]}


@pytest.mark.parametrize("keys", [("escape",), ("enter",), (" ", "enter")])
async def test_esc_or_nothing_leaves_it_as_a_no_and_reads_on(
    database: Path, ines: Store, session: Tree, keys: tuple[str, ...]
) -> None:
    async with reading(database) as desk:
        await desk.press("n", *keys)
        await desk.sees("Link 2 of 2, root 1 of 2")
        assert desk.hint == "The no stays."
        await desk.press("y")
        await desk.sees("Without it")
    tree = ines.tree(session.session.id)
    assert answers(tree) == {"form": ["follows no"], "bill": ["follows yes"]}
    assert outline(tree) == "bill\n  form\n  pile"


async def test_a_whole_read_back_in_one_burst_of_keys(
    database: Path, ines: Store, session: Tree
) -> None:
    """The letters of what is typed are keys of the answers too, and none is taken for one."""
    async with reading(database) as desk:
        await desk.burst(
            *"n", *"yes and no, eh", "enter", *"yyyn", *"n", *"need of ye", "enter", *"yn", "y"
        )
        await desk.sees("What it came to")
    tree = ines.tree(session.session.id)
    assert outline(tree) == "bill\n  yes and no, eh\n    form\n  pile"
    assert answers(tree) == {
        "form": ["follows yes", "without no", "always no need of ye"],
        "yes and no, eh": ["follows yes"],
        "bill": ["follows yes"],
        "pile": ["follows yes", "without no", "always yes"],
    }


async def test_what_else_was_there_is_kept_with_the_no(
    database: Path, ines: Store, session: Tree
) -> None:
    async with reading(database) as desk:
        await desk.press(*"yyn", "n")
        await desk.sees("What else was there?", "Enter keeps it · Esc leaves the no")
        await desk.type("the till was down\r")
        await desk.sees("root 2 of 2")
        assert answers(ines.tree(session.session.id))["form"][-1] == ("always no the till was down")
        # A second no changes neither the words nor the answer, and lets one edit them.
        history = ines.history(session.session.id)
        await desk.press("left")
        await desk.reads("#read-text", "What else was there: the till was down")
        await desk.press("n")
        assert desk.box == "the till was down"
        assert ines.history(session.session.id) == history
        await desk.type(" too\r")
        assert answers(ines.tree(session.session.id))["form"][-1] == (
            "always no the till was down too"
        )
        await desk.press("end")
        assert "◇ With only “form”: not always. the till was down too" in desk.told("#read-end")


async def test_arrows_go_over_all_questions_and_an_answer_can_be_changed(
    database: Path, ines: Store, session: Tree
) -> None:
    async with reading(database) as desk:
        for key, place in (
            ("up", "Link 1 of 2"), ("right", "Link 2 of 2"), ("down", "Without it"),
            ("left", "Link 2 of 2"), ("home", "Link 1 of 2"), ("end", "What it came to"),
            ("right", "What it came to"), ("left", "With it alone, root 2 of 2"),
            ("home", "Link 1 of 2, root 1"),
        ):  # fmt: skip
            await desk.press(key)
            assert place in desk.told("#read-place"), key
        await desk.press("y", "left")
        assert "y ■ yes n □ no" in desk.told("#verdicts")
        assert "saved, Ines" in desk.told("#verdicts")
        await desk.press("e")
        assert answers(ines.tree(session.session.id)) == {"form": ["follows needs_evidence"]}
        await desk.sees("Link 2 of 2")
        # Enter goes to the next that has no answer, and from the last on to the first of them.
        await desk.press("enter")
        await desk.sees("Without it, root 1")
        await desk.press("end", "enter")
        await desk.sees("Link 2 of 2, root 1")


async def test_enter_behind_the_last_answer_goes_back(database: Path, session: Tree) -> None:
    async with reading(database) as desk:
        await desk.press(*"yynyyny")
        await desk.sees("What it came to")
        await desk.press("enter")
        await desk.misses("What it came to")
        await desk.sees("Because")


@pytest.mark.parametrize("key", ["u", "ctrl+z"])
async def test_undo_and_redo_show_the_question_that_they_were_about(
    database: Path, ines: Store, session: Tree, key: str
) -> None:
    async with reading(database) as desk:
        await desk.press("y", "y", key)
        await desk.sees("Link 2 of 2, root 1", "1 of 7 answered")
        assert desk.hint == "Undid: does it follow? yes: bill"
        await desk.press(key)
        await desk.sees("Link 1 of 2, root 1", "0 of 7 answered")
        await desk.press("U")
        assert desk.hint == "Did again: does it follow? yes: form"
        await desk.press("ctrl+y", "home")
        await desk.sees("2 of 7 answered")
        assert answers(ines.tree(session.session.id)) == {
            "form": ["follows yes"],
            "bill": ["follows yes"],
        }


async def test_an_inserted_level_is_taken_back_step_by_step(
    database: Path, ines: Store, session: Tree
) -> None:
    async with reading(database) as desk:
        await desk.press("n")
        await desk.type("nobody looked\r")
        await desk.press("u")
        assert desk.hint == "Undid: insert: nobody looked"
        await desk.sees("Link 1 of 2, root 1", "1 of 7 answered")
        assert "n ■ no" in desk.told("#verdicts")
        await desk.press("u")
        await desk.sees("0 of 7 answered")
    tree = ines.tree(session.session.id)
    assert outline(tree) == "bill\n  form\n  pile"
    assert answers(tree) == {}


async def test_ctrl_z_in_the_box_takes_typing_back_then_the_answer(
    database: Path, ines: Store, session: Tree
) -> None:
    async with reading(database) as desk:
        await desk.press("n")
        await desk.type("nob")
        await desk.press("ctrl+z")
        assert desk.box == ""
        await desk.press("ctrl+y")
        assert desk.box == "nob"
        await desk.press("ctrl+z", "ctrl+z")
        await desk.sees("Link 1 of 2, root 1", "0 of 7 answered")
        await desk.press("y")
        assert answers(ines.tree(session.session.id)) == {"form": ["follows yes"]}


async def test_an_answer_is_taken_away_with_one_key(
    database: Path, ines: Store, session: Tree
) -> None:
    async with reading(database) as desk:
        await desk.press("y", "left", "d")
        await desk.sees("0 of 7 answered", "Link 1 of 2")
        assert desk.hint == "Taken away. Undo brings it back."
        await desk.press("delete", "u")
        await desk.sees("1 of 7 answered")
        assert "y ■ yes" in desk.told("#verdicts")


async def test_it_begins_at_the_first_question_without_an_answer(
    database: Path, ines: Store, session: Tree
) -> None:
    ines.apply(session, AnswerLink(cause=named(session, "form").id, question=FOLLOWS, verdict=YES))
    async with reading(database) as desk:
        await desk.sees("Link 2 of 2, root 1 of 2")


@pytest.mark.parametrize("key", ["escape", "f4"])
async def test_leaving_gives_the_tree_back(
    database: Path, ines: Store, session: Tree, key: str
) -> None:
    async with meeting(database) as desk:
        back = await opened(desk)
        await desk.press("y", key)
        await desk.sees("Because")
        assert back == [ines.tree(session.session.id)]


async def test_without_a_root_the_deepest_causes_are_read(
    database: Path, ines: Store, angry: Tree
) -> None:
    grow(ines, angry, "bill\n  form\nlate")
    async with reading(database) as desk:
        assert desk.hint == "No root is marked yet, so the deepest causes are read back."
        await desk.sees("Link 1 of 2, deepest cause 1 of 2")
        await desk.press(*"yyy")
        await desk.reads("#read-end", "Mark one with r in the tree")


async def test_a_problem_without_answers_says_what_to_do(database: Path, angry: Tree) -> None:
    async with reading(database) as desk:
        await desk.sees("There is nothing to read back yet.", "Ask why of it first")
        await desk.press("y", "n", "e", "d", "left", "right", "home", "u")
        await desk.sees("There is nothing to read back yet.")
        await desk.press("enter")
        await desk.sees("Because")


async def test_a_session_with_all_branches_settled_says_so(
    database: Path, ines: Store, angry: Tree
) -> None:
    tree = grow(ines, angry, "bill")
    ines.apply(tree, SetStatus(cause=named(tree, "bill").id, status=Status.STOPPED, reason="time"))
    async with reading(database) as desk:
        await desk.reads("#read-end", "No root is marked, and every branch is ruled out, stopped")


async def test_a_condition_is_read_with_the_cause(
    database: Path, ines: Store, session: Tree
) -> None:
    tree = grow(ines, session, "rain")
    ines.apply(tree, SetPart(cause=named(tree, "rain").id, part=Part.CONDITION))
    async with reading(database, (60, 20)) as desk:
        await desk.press("y")
        assert "bill and rain ↳ therefore customers are angry" in " ".join(
            desk.told("#read-text").replace("█", "").split()
        )


# -- what is typed is not lost


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
    monkeypatch.setattr(read_back, "DRAFT_SECONDS", 0.01)
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


# -- others


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
            tree, AnswerLink(cause=named(tree, "pile").id, question=FOLLOWS, verdict=NEEDS_EVIDENCE)
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


# -- how it looks

WHEN = datetime(2026, 11, 21, 9, 4, tzinfo=UTC)


@pytest.fixture
def books(database: Path) -> Tree:
    """Long sentences, two roots, a condition; two links are answered."""
    store = Store(database, "Ines", now=lambda: WHEN)
    from tests.screens.conftest import begun

    tree = grow(store, begun(store), BOOKS.strip("\n"))
    for command in (
        SetPart(cause=named(tree, NEW).id, part=Part.ROOT),
        SetPart(cause=named(tree, "The pile has no date on it").id, part=Part.ROOT),
        SetPart(cause=named(tree, "The shelf label is wrong").id, part=Part.CONDITION),
    ):
        tree = store.apply(tree, command)
    read = ReadBack.of(tree)
    for question, verdict in zip(read.questions, (YES, NO, NEEDS_EVIDENCE, YES, NO), strict=False):
        tree = store.apply(
            tree, AnswerLink(cause=question.cause, question=question.asks, verdict=verdict)
        )
    store.close()
    return tree


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize("size", SIZES, ids=named_size)
async def test_golden_link(database: Path, size: tuple[int, int]) -> None:
    async with reading(database, size) as desk:
        await desk.press("home", "right", "right", "right")
        looks_like(desk, f"read-back-{named_size(size)}")


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=named_size)
async def test_golden_no_and_end(database: Path, size: tuple[int, int]) -> None:
    async with reading(database, size) as desk:
        await desk.press("home", "right", "n")
        looks_like(desk, f"read-back-no-{named_size(size)}")
        await desk.press("escape", "end")
        looks_like(desk, f"read-back-end-{named_size(size)}")


@pytest.mark.usefixtures("books")
async def test_golden_in_plain_characters(database: Path) -> None:
    async with reading(database, (80, 24), ascii_only=True) as desk:
        await desk.press("home", "right", "n")
        looks_like(desk, "read-back-ascii-80x24")


SHOWN = ((), ("home", "n"), ("escape", "home", "right", "right"), ("end",))


@pytest.mark.usefixtures("books")
async def test_with_ascii_every_state_is_plain(database: Path) -> None:
    async with reading(database, ascii_only=True) as desk:
        for keys in SHOWN:
            await desk.press(*keys)
            assert desk.text.isascii(), desk.text


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_every_text_has_a_contrast_of_six(
    database: Path, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIVEWHYS_THEME", theme)
    async with reading(database) as desk:
        for keys in SHOWN:
            await desk.press(*keys)
            for text, colour, ground in pairs(desk):
                assert contrast(colour, ground) >= 6, (keys, text)


@pytest.mark.usefixtures("books")
async def test_without_colours_the_answer_given_has_a_shape(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading(database) as desk:
        await desk.press("home", "right")
        assert "y □ yes n ■ no e □ needs evidence" in desk.told("#verdicts")
        await desk.press("right", "right")
        chain_rows = desk.told("#read-chain")
        for shape in ("✗ so The price form", "? so They are overcharged", "► so customers"):
            assert shape in chain_rows
        for _text, colour, ground in pairs(desk):
            for each in (colour, ground):
                assert not each or len({each[1:3], each[3:5], each[5:7]}) == 1, "a colour is left"


@pytest.mark.usefixtures("books")
async def test_the_theme_may_change_at_any_time(database: Path) -> None:
    async with reading(database) as desk:
        for keys in SHOWN:
            await desk.press(*keys)
            before = desk.text
            desk.app.action_switch_theme()
            await desk.settled()
            assert desk.text == before
            for text, colour, ground in pairs(desk):
                assert contrast(colour, ground) >= 6, (keys, text)


@pytest.mark.usefixtures("books")
async def test_any_size_at_any_time(database: Path) -> None:
    async with reading(database, (120, 40)) as desk:
        await desk.press("home", "n")
        await desk.type("half an ans")
        for size in ((60, 20), (200, 50), (9, 4), (80, 24)):
            await desk.pilot.resize_terminal(*size)
            await desk.settled()
            assert desk.box == "half an ans"
        await desk.press("escape", "end")
        for size in ((9, 4), (60, 20), (120, 40)):
            await desk.pilot.resize_terminal(*size)
            await desk.settled()
        await desk.sees("What it came to", "“The pile has no date on it” cannot be said")


@pytest.mark.parametrize("size", SIZES, ids=named_size)
async def test_a_text_longer_than_the_room_scrolls_and_the_answers_stay(
    database: Path, ines: Store, angry: Tree, size: tuple[int, int]
) -> None:
    long = " ".join(f"word{number}" for number in range(600))
    tree = grow(ines, angry, f"{long}\n  form")
    ines.apply(tree, SetPart(cause=named(tree, "form").id, part=Part.ROOT))
    async with reading(database, size) as desk:
        await desk.sees("word0", "Does that follow", "y □")
        # The narrowest bar has no room for it; the scrollbar tells.
        assert ("PgDn read on" in desk.rows[-1]) is (size[0] > 60)
        await desk.misses("word599")
        for _ in range(60):
            await desk.press("pagedown")
        await desk.sees("word599", "y □")
        await desk.press("ctrl+up", "ctrl+up")
        await desk.misses("word599")
        await desk.press("y")
        # The next question begins at its top again.
        await desk.sees("word0", "Link 2 of 2")


@pytest.mark.parametrize("text", [ALL[0], ALL[1], ALL[2], ALL[3], " ".join(ALL[-4:])])
async def test_texts_show_literally(database: Path, ines: Store, text: str) -> None:
    from tests.screens.conftest import begun

    tree = begun(ines, text)
    tree = ines.apply(tree, Answer(parent=tree.problem.id, text=text))
    (cause,) = tree.children(tree.problem.id)
    tree = ines.apply(tree, Answer(parent=tree.problem.id, text=text))
    ines.apply(tree, SetPart(cause=cause, part=Part.ROOT, reason=text))
    async with reading(database, (160, 48)) as desk:
        stands_in(desk, "#read-text", tree.problem.text)
        stands_in(desk, "#read-chain", tree.problem.text[:20])
        harmless(desk)
        await desk.press("n")
        await desk.paste(text)
        await desk.press("enter", "y", "y")
        harmless(desk)
        stands_in(desk, "#read-text", tree.problem.text.rstrip("."))
        await desk.press("n", "n")
        await desk.paste(text)
        await desk.press("enter")
        stands_in(desk, "#read-end", tree.problem.text)
        harmless(desk)


async def test_a_chain_of_a_thousand_is_read_in_a_window(database: Path, ines: Store) -> None:
    tree = chain(1_000)
    last = tree.open_questions()[-1]
    ines.bring_in([Record(do(tree, SetPart(cause=last.id, part=Part.ROOT)))])
    async with reading(database, (80, 24)) as desk:
        await desk.sees("Link 1 of 1000", "0 of 1002 answered", "► so cause 999", "◆ cause 1000")
        await desk.press("y", "y", "y", "y", "y")
        await desk.sees("► so cause 994", "✓ so cause 995", "□ so cause 993")
        await desk.press("end")
        await desk.sees("✓ 5 held", "997 not answered")


# -- keys


def bindings(owner: type) -> list[Binding]:
    return list(Binding.make_bindings(vars(owner)["BINDINGS"]))


@pytest.mark.parametrize("owner", [ReadBackScreen, Verdicts, WordBox])
def test_every_binding_has_an_id_and_says_what_it_does(owner: type) -> None:
    for binding in bindings(owner):
        assert binding.id, binding
        assert binding.tooltip, binding
        assert not binding.tooltip.endswith("."), binding
        assert binding.description or not binding.show, binding
        assert not binding.priority


@pytest.mark.parametrize("size", SIZES, ids=named_size)
async def test_the_bar_shows_what_works_where_the_keys_are(
    database: Path, session: Tree, size: tuple[int, int]
) -> None:
    async with reading(database, size) as desk:
        bar = " ".join(desk.rows[-1].split())
        assert bar.startswith("y yes n no e evidence Left back")
        assert bar.endswith("u undo Esc leave F1 help")
        await desk.press("n")
        assert " ".join(desk.rows[-1].split()) == "Enter save ^Z undo Esc leave it F1 help"
        await desk.press("f1")
        await desk.sees("The marks")
        await desk.press("escape")
        await desk.sees("What had to happen in between?")
        await desk.press("escape", "end")
        bar = " ".join(desk.rows[-1].split())
        assert bar.startswith("Left back u undo Esc leave")
        assert "yes" not in bar


async def test_the_palette_answers_too(database: Path, ines: Store, session: Tree) -> None:
    async with reading(database) as desk:
        await desk.press("ctrl+p")
        await desk.type("needs evidence")
        await desk.sees("Needs evidence")
        await desk.press("enter")
        await desk.sees("Link 2 of 2")
    assert answers(ines.tree(session.session.id)) == {"form": ["follows needs_evidence"]}

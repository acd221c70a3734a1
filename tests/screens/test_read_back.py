"""The read-back: every link read out from the root up, answered with one key, kept at once."""

from pathlib import Path

import pytest

from fivewhys.models.commands import (
    AnswerLink,
    SetPart,
    SetStatus,
)
from fivewhys.models.tree import Tree
from fivewhys.models.words import LinkQuestion, Part, Status, Verdict
from fivewhys.store.store import Store
from tests.screens.driving import grow, meeting, named, outline
from tests.screens.reading import answers, opened, reading, two_roots

FOLLOWS, WITHOUT, ALWAYS = LinkQuestion
YES, NO, NEEDS_EVIDENCE = Verdict


@pytest.fixture
def session(ines: Store, angry: Tree) -> Tree:
    """Two roots that share a link."""
    return two_roots(ines, angry)


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

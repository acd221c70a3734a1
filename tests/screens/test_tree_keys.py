"""The keys of the tree in a live session that walk in it and change its shape and words."""

from pathlib import Path
from uuid import UUID

import pytest

from fivewhys.models.commands import MoveCause
from fivewhys.models.tree import Tree
from fivewhys.models.words import Leg, Status
from fivewhys.screens.widgets.why_tree import WhyTree
from fivewhys.store.store import Store
from tests.screens.branches import BRANCHES, at, cause, go_to, three_branches, under_cursor
from tests.screens.driving import grow, meeting, named, outline


@pytest.fixture
def session(ines: Store, angry: Tree) -> UUID:
    """A session with three branches."""
    return three_branches(ines, angry)


async def test_arrows_walk_the_tree(database: Path, session: UUID) -> None:
    async with meeting(database) as desk:
        await desk.press("escape")
        assert under_cursor(desk) == "last year's form"
        for key, expected in (
            ("up", "wrong form"),
            ("left", "overcharged"),
            ("down", "wrong form"),
            ("end", "late"),
            ("k", "nobody at the phone"),
            ("h", "not told"),
            ("right", "nobody at the phone"),
            ("home", "customers are angry"),
            ("pagedown", "late"),
            ("pageup", "customers are angry"),
            ("up", "customers are angry"),
            ("j", "overcharged"),
        ):
            await desk.press(key)
            assert under_cursor(desk) == expected, key


async def test_enter_answers_there(database: Path, ines: Store, session: UUID) -> None:
    async with at(database, "not told") as desk:
        await desk.press("enter")
        await desk.sees("Why: not told?")
        await desk.type("no letter\r")
    assert "not told\n  nobody at the phone\n  no letter" in outline(ines.tree(session))


async def test_o_gives_another_cause_to_the_same_question(
    database: Path, ines: Store, session: UUID
) -> None:
    async with at(database, "wrong form") as desk:
        await desk.press("o")
        await desk.sees("Why: overcharged?")
        await desk.type("wrong sum\r")
    assert "  wrong form\n    last year's form\n  wrong sum" in outline(ines.tree(session))


async def test_e_edits_the_words_of_a_cause_and_of_the_problem(
    database: Path, ines: Store, session: UUID
) -> None:
    async with at(database, "late") as desk:
        await desk.press("e")
        await desk.sees("In better words")
        assert desk.box == "late"
        await desk.type(" by an hour\r")
        assert under_cursor(desk) == "late by an hour"
        await desk.press("home", "e", "ctrl+u")
        await desk.type("guests are angry\r")
        await desk.sees("S-1  guests are angry")
    tree = ines.tree(session)
    assert tree.problem.text == "guests are angry"
    assert outline(tree).endswith("late by an hour")


async def test_an_edit_to_nothing_is_refused_and_esc_leaves_the_words(
    database: Path, ines: Store, session: UUID
) -> None:
    async with at(database, "late") as desk:
        await desk.press("e", "ctrl+u", "enter")
        assert desk.hint == "Say it in a word or two, or leave with Esc."
        await desk.type("other")
        await desk.press("escape", "e")
        assert desk.box == "late"
    assert outline(ines.tree(session)) == BRANCHES.strip()


async def test_m_moves_a_branch_to_another_parent(
    database: Path, ines: Store, session: UUID
) -> None:
    async with at(database, "wrong form") as desk:
        await desk.press("m")
        assert "Enter hangs it there" in desk.hint
        await go_to(desk, "late")
        await desk.press("enter")
        assert under_cursor(desk) == "wrong form"
        assert desk.tree.endswith("└ ● late\n  └ ● wrong form\n    └ ► last year's form")
        assert outline(ines.tree(session)) == (
            "overcharged\nnot told\n  nobody at the phone\nlate\n  wrong form\n    last year's form"
        )
        await desk.press("u")
        assert outline(ines.tree(session)) == BRANCHES.strip()


async def test_a_branch_cannot_hang_under_itself(
    database: Path, ines: Store, session: UUID
) -> None:
    async with at(database, "overcharged") as desk:
        await desk.press("m")
        await go_to(desk, "last year's form")
        await desk.press("enter")
        assert desk.hint == ("A cause cannot hang under itself. Choose a place outside its branch.")
    assert outline(ines.tree(session)) == BRANCHES.strip()


@pytest.mark.parametrize("keys", [("escape",), ("m",), ("enter",)])
async def test_a_carried_branch_can_be_put_back(
    database: Path, ines: Store, session: UUID, keys: tuple[str, ...]
) -> None:
    async with at(database, "late") as desk:
        await desk.press("m", *keys)
        # The tree still has the keys, and Enter answers again.
        assert under_cursor(desk) == "late"
        assert "Enter hangs it there" not in desk.hint
        await desk.press("enter")
        await desk.sees("Why: late?")
    assert outline(ines.tree(session)) == BRANCHES.strip()


async def test_shift_with_arrows_moves_among_siblings(
    database: Path, ines: Store, session: UUID
) -> None:
    async with at(database, "late") as desk:
        await desk.press("shift+up")
        assert [row.split()[-1] for row in desk.tree.split("\n")][-1] == "phone"
        await desk.press("K", "K")
        assert outline(ines.tree(session)).startswith("late\novercharged")
        await desk.press("shift+down")
        assert outline(ines.tree(session)).startswith("overcharged\n")
        await desk.press("J", "J")
        assert outline(ines.tree(session)) == BRANCHES.strip()
        assert under_cursor(desk) == "late"


async def test_d_deletes_a_branch_and_u_brings_it_back_as_it_was(
    database: Path, ines: Store, session: UUID
) -> None:
    before = ines.tree(session)
    async with at(database, "overcharged") as desk:
        await desk.press("d")
        assert desk.hint == "Deleted 3 causes. u brings it back."
        assert under_cursor(desk) == "not told"
        # The question now was in the branch: it goes up to the problem.
        await desk.sees("Why are customers angry?")
        assert outline(ines.tree(session)) == "not told\n  nobody at the phone\nlate"
        await go_to(desk, "late")
        await desk.press("delete", "u")
        assert under_cursor(desk) == "late"
        await desk.press("u")
        assert under_cursor(desk) == "overcharged"
    after = ines.tree(session)
    assert (after.causes, after.below) == (before.causes, before.below)


async def test_p_parks_a_cause_and_refuses_one_with_answers(
    database: Path, ines: Store, session: UUID
) -> None:
    async with at(database, "late") as desk:
        await desk.press("p")
        await desk.sees("Parked (1)", "· late")
        await go_to(desk, "not told")
        await desk.press("p")
        assert desk.hint.startswith("Only a cause with nothing on it can be parked.")
    tree = ines.tree(session)
    assert [idea.text for idea in tree.parked] == ["late"]
    assert "not told" in outline(tree)


async def test_u_and_U_go_back_and_forth(database: Path, ines: Store, session: UUID) -> None:
    async with at(database, "late") as desk:
        await desk.press("v", "l", "u", "ctrl+z")
        assert cause(ines, session, "late").status is Status.OPEN
        await desk.press("U", "ctrl+y")
        found = cause(ines, session, "late")
        assert (found.status, found.leg) == (Status.VERIFIED, Leg.OCCURRENCE)


async def test_n_goes_to_the_next_open_question(database: Path, session: UUID) -> None:
    async with at(database, "overcharged") as desk:
        await desk.press("n")
        await desk.sees("Why: nobody at the phone?")
        assert desk.box == ""


async def test_a_words_the_question_and_nothing_brings_the_first_one_back(
    database: Path, ines: Store, session: UUID
) -> None:
    async with at(database, "late") as desk:
        await desk.press("a")
        await desk.type("What held the van up?\r")
        assert cause(ines, session, "late").question == "What held the van up?"
        await desk.press("enter")
        await desk.sees("What held the van up?")
        await desk.press("escape", "a")
        assert desk.box == "What held the van up?"
        await desk.press("ctrl+u", "enter", "enter")
        await desk.sees("Why: late?")


async def test_w_shows_three_all_or_one_row_of_a_cause(
    database: Path, ines: Store, angry: Tree
) -> None:
    words = " ".join(f"word{number}" for number in range(1, 31))
    grow(ines, angry, words)
    async with meeting(database, (80, 24)) as desk:
        await desk.press("escape")
        three = len(desk.tree.split("\n"))
        assert three == 1 + 3
        assert "word30" not in desk.tree
        # What the rows leave out stands beside them.
        assert "word30" in desk.told("#beside")
        await desk.press("w")
        assert "word30" in desk.tree
        await desk.press("w")
        assert len(desk.tree.split("\n")) == 2
        await desk.press("w")
        assert len(desk.tree.split("\n")) == three


async def test_space_folds_a_branch(database: Path, session: UUID) -> None:
    async with at(database, "not told") as desk:
        await desk.press("space")
        assert "▸ not told" in desk.tree
        assert "nobody at the phone" not in desk.tree
        await desk.press("down")
        assert under_cursor(desk) == "late"
        await desk.press("up", "right")
        assert under_cursor(desk) == "nobody at the phone"
        await desk.press("left", "space", "space")
        assert "nobody at the phone" in desk.tree
        # An answer inside a folded branch unfolds it.
        await desk.press("space", "n")
        assert "► nobody at the phone" in desk.tree


async def test_what_is_folded_above_the_question_stays_so(database: Path, session: UUID) -> None:
    async with at(database, "not told") as desk:
        await desk.press("down")
        assert under_cursor(desk) == "nobody at the phone"
        await desk.press("enter")
        await desk.sees("► nobody at the phone")
        await desk.press("escape", "up", "space")
        assert "▸ not told" in desk.tree
        # Neither other colours nor a word about the cause show what is below it.
        await desk.press("f9", "v")
        await desk.sees("answers why 1 · verified")
        assert "▸ not told" in desk.tree
        assert "nobody at the phone" not in desk.tree
        # An answer to the question does.
        await desk.press("escape")
        await desk.type("on holiday\r")
        await desk.until(lambda: "► on holiday" in desk.tree)
        assert "nobody at the phone" in desk.tree


async def test_q_goes_to_the_library_and_back(database: Path, session: UUID) -> None:
    async with at(database, "late") as desk:
        await desk.press("q")
        await desk.sees("1 session", "S-1")
        await desk.press("enter")
        await desk.sees("Why: last year's form?")


async def test_another_persons_move_of_the_carried_branch_does_no_harm(
    database: Path, ines: Store, session: UUID
) -> None:
    async with at(database, "late") as desk:
        await desk.press("m")
        await go_to(desk, "overcharged")
        tree = ines.tree(session)
        ines.apply(
            tree,
            MoveCause(cause=named(tree, "overcharged").id, parent=named(tree, "late").id),
        )
        await desk.until(lambda: "  └ ● overcharged" in desk.tree)
        assert desk.app.screen.query_one(WhyTree).carried is not None
        await desk.press("enter")
        assert "cannot hang under itself" in desk.hint

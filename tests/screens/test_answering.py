"""The answer box of a live session: what people type, and where it goes."""

import time
from pathlib import Path
from typing import Any

import pytest

from fivewhys.models.commands import DeleteCause, Finish, SetPart, SetStatus
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part, State, Status
from fivewhys.screens.live import LiveScreen
from fivewhys.screens.widgets.meeting_bar import MeetingBar
from fivewhys.store.store import Store
from tests.screens.conftest import OpenStore, begun
from tests.screens.driving import Desk, grow, meeting, named, outline, sitting

TWO_BRANCHES = """
overcharged
  wrong form
    last year's form
not told
  nobody at the phone
"""


async def test_enter_saves_the_answer_and_asks_why_of_it(
    database: Path, ines: Store, angry: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.sees("Why are customers angry?")
        await desk.type("They are overcharged for this book.\r")
        await desk.sees("Why are they overcharged for this book?", "└ ► They are overcharged")
        assert desk.box == ""
        assert "saved" in desk.rows[0]
        assert outline(ines.tree(angry.session.id)) == "They are overcharged for this book."
        await desk.type("The price form is incorrect.\r")
        await desk.sees("Why is the price form incorrect?", "└ ► The price form is incorrect.")
    assert outline(ines.tree(angry.session.id)) == (
        "They are overcharged for this book.\n  The price form is incorrect."
    )


async def test_the_answer_is_in_the_database_before_the_next_question_is_drawn(
    database: Path, angry: Tree, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = open_store("Bo")
    at_each_drawing = []
    draw = LiveScreen._draw_question

    def drawn(screen: LiveScreen) -> None:
        at_each_drawing.append(outline(other.tree(angry.session.id)))
        draw(screen)

    async with meeting(database) as desk:
        monkeypatch.setattr(LiveScreen, "_draw_question", drawn)
        await desk.type("They are overcharged\r")
        await desk.sees("Why are they overcharged?")
    assert at_each_drawing
    assert set(at_each_drawing) == {"They are overcharged"}


async def test_empty_enter_goes_round_the_open_questions(
    database: Path, ines: Store, angry: Tree
) -> None:
    grow(ines, angry, TWO_BRANCHES)
    async with meeting(database) as desk:
        await desk.sees("Why: last year's form?")
        await desk.press("enter")
        await desk.sees("Why: nobody at the phone?")
        await desk.type("   ")
        await desk.press("enter")
        await desk.sees("Why: last year's form?")
    assert "   " not in outline(ines.tree(angry.session.id)).split("\n")


async def test_the_only_open_question_says_so(database: Path, angry: Tree) -> None:
    async with meeting(database) as desk:
        await desk.press("enter")
        assert desk.hint == "This is the only open question."


async def test_no_open_question_left_points_to_the_summary(
    database: Path, ines: Store, angry: Tree
) -> None:
    tree = grow(ines, angry, "overcharged")
    ines.apply(tree, SetPart(cause=named(tree, "overcharged").id, part=Part.ROOT))
    async with meeting(database) as desk:
        await desk.press("enter")
        assert desk.hint == "No question is open. F3 shows the summary."


async def test_ctrl_o_saves_and_stays_at_the_question(
    database: Path, ines: Store, angry: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.type("overcharged")
        await desk.press("ctrl+o")
        assert "Another cause of the same question?" in desk.hint
        await desk.sees("Why are customers angry?", "○ overcharged")
        await desk.type("not told\r")
        await desk.sees("Why: not told?")
    assert outline(ines.tree(angry.session.id)) == "overcharged\nnot told"


async def test_ctrl_g_marks_the_root_then_asks_for_the_reason(
    database: Path, ines: Store, angry: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.type("The new forms were not ordered\r")
        await desk.press("ctrl+g")
        await desk.sees("We act on this as root because", "ROOT")
        cause = named(ines.tree(angry.session.id), "The new forms were not ordered")
        assert cause.is_root
        assert cause.part_reason == ""
        await desk.type("Ordering is ours to arrange\r")
        await desk.sees("Because", "Why were the new forms not ordered?")
        tree = ines.tree(angry.session.id)
        assert tree.causes[cause.id].part_reason == "Ordering is ours to arrange"
        await desk.press("ctrl+g")
        assert "No longer a root" in desk.hint
        await desk.misses("ROOT")
    tree = ines.tree(angry.session.id)
    assert not tree.roots()


async def test_a_root_needs_no_reason(database: Path, ines: Store, angry: Tree) -> None:
    async with meeting(database) as desk:
        await desk.type("not ordered\r")
        await desk.press("ctrl+g", "enter")
        await desk.sees("Because")
        assert [root.text for root in ines.tree(angry.session.id).roots()] == ["not ordered"]
        await desk.press("ctrl+g")
        assert not ines.tree(angry.session.id).roots()
        await desk.press("ctrl+g", "escape")
        await desk.sees("Because")
        assert len(ines.tree(angry.session.id).roots()) == 1


async def test_the_problem_is_no_root(database: Path, ines: Store, angry: Tree) -> None:
    async with meeting(database) as desk:
        await desk.press("ctrl+g")
        assert desk.hint == "That is the problem itself. Choose one of its causes."
    assert not ines.tree(angry.session.id).roots()


async def test_what_is_typed_when_the_root_is_marked_is_still_there_afterwards(
    database: Path, angry: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.type("not ordered\r")
        await desk.type("perhaps the manager")
        await desk.press("ctrl+g")
        assert desk.box == ""
        await desk.type("ours\r")
        assert desk.box == "perhaps the manager"


async def test_several_roots_each_with_a_reason(database: Path, ines: Store, angry: Tree) -> None:
    grow(ines, angry, TWO_BRANCHES)
    async with meeting(database) as desk:
        await desk.press("ctrl+g")
        await desk.type("ours to order\r")
        await desk.press("enter")
        await desk.sees("Why: nobody at the phone?")
        await desk.press("ctrl+g")
        await desk.type("ours to man\r")
    roots = ines.tree(angry.session.id).roots()
    assert [(root.text, root.part_reason) for root in roots] == [
        ("last year's form", "ours to order"),
        ("nobody at the phone", "ours to man"),
    ]


async def test_ctrl_l_parks_and_the_question_stays(
    database: Path, ines: Store, angry: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.press("ctrl+l")
        assert not ines.tree(angry.session.id).parked
        await desk.type("the shop's lights")
        await desk.press("ctrl+l")
        assert desk.hint == "Parked. The question stays."
        assert desk.box == ""
        await desk.sees("Parked (1)", "· the shop's lights", "Why are customers angry?")
    tree = ines.tree(angry.session.id)
    assert [idea.text for idea in tree.parked] == ["the shop's lights"]
    assert outline(tree) == ""


async def test_ctrl_z_takes_steps_back_and_ctrl_y_does_them_again(
    database: Path, ines: Store, angry: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.type("overcharged\r")
        await desk.type("wrong form\r")
        await desk.press("ctrl+z")
        assert desk.hint == "Undid: answer: wrong form"
        await desk.sees("Why: overcharged?")
        assert outline(ines.tree(angry.session.id)) == "overcharged"
        await desk.press("ctrl+z")
        await desk.sees("Why are customers angry?")
        assert outline(ines.tree(angry.session.id)) == ""
        await desk.press("ctrl+z")
        assert desk.hint == "There is nothing of yours left to undo."
        await desk.press("ctrl+y", "ctrl+y")
        assert desk.hint == "Did again: answer: wrong form"
        assert outline(ines.tree(angry.session.id)) == "overcharged\n  wrong form"
        await desk.press("ctrl+y")
        assert desk.hint == "There is nothing to do again."


async def test_typing_is_undone_before_any_step(database: Path, ines: Store, angry: Tree) -> None:
    async with meeting(database) as desk:
        await desk.type("overcharged\r")
        await desk.type("wrong")
        await desk.press("ctrl+z")
        assert desk.box == ""
        assert outline(ines.tree(angry.session.id)) == "overcharged"
        await desk.press("ctrl+y")
        assert desk.box == "wrong"
        await desk.press("ctrl+z", "ctrl+z")
        assert outline(ines.tree(angry.session.id)) == ""


async def test_redo_goes_forward_in_the_order_in_which_undo_went_back(
    database: Path, ines: Store, angry: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.type("overcharged\r")
        await desk.press("v", "ctrl+z", "ctrl+z")
        assert outline(ines.tree(angry.session.id)) == ""
        await desk.press("ctrl+y")
        assert outline(ines.tree(angry.session.id)) == "overcharged"


async def test_undo_reaches_back_over_a_restart(database: Path, ines: Store, angry: Tree) -> None:
    async with meeting(database) as desk:
        await desk.type("overcharged\r")
        await desk.press("ctrl+g")
        await desk.type("ours\r")
    async with meeting(database) as desk:
        await desk.press("ctrl+z", "ctrl+z", "ctrl+z")
        assert desk.hint == "Undid: answer: overcharged"
    assert outline(ines.tree(angry.session.id)) == ""
    async with meeting(database) as desk:
        await desk.press("ctrl+y", "ctrl+y", "ctrl+y")
    roots = ines.tree(angry.session.id).roots()
    assert [(root.text, root.part_reason) for root in roots] == [("overcharged", "ours")]


async def test_up_goes_to_the_question_before_and_down_to_the_next_open_one(
    database: Path, ines: Store, angry: Tree
) -> None:
    grow(ines, angry, TWO_BRANCHES)
    async with meeting(database) as desk:
        await desk.press("up")
        await desk.sees("Why: wrong form?")
        await desk.press("up", "up", "up")
        await desk.sees("Why are customers angry?")
        await desk.press("down")
        await desk.sees("Why: last year's form?")
        await desk.press("down")
        await desk.sees("Why: nobody at the phone?")


async def test_up_and_down_move_in_a_text_of_several_rows(database: Path, angry: Tree) -> None:
    async with meeting(database, (80, 24)) as desk:
        await desk.type("one two three four five six seven eight nine ten eleven twelve thirteen")
        await desk.press("up")
        await desk.type("X")
        assert "X" in desk.box[:-1]
        await desk.press("down", "end")
        await desk.type("Y")
        assert desk.box.endswith("thirteenY")
        await desk.sees("Why are customers angry?")


async def test_esc_goes_to_the_tree_and_back_without_losing_a_letter(
    database: Path, angry: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.type("They are over")
        await desk.press("escape")
        await desk.sees("In the tree", "They are over", "Enter answer here")
        await desk.press("escape")
        assert desk.box == "They are over"
        await desk.type("charged\r")
        await desk.sees("Why are they overcharged?")


async def test_question_marks_and_letters_of_commands_are_text_in_the_box(
    database: Path, ines: Store, angry: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.type("q? /noxrvsemdpu!\r")
        await desk.sees("Why: q? /noxrvsemdpu?")
    assert outline(ines.tree(angry.session.id)) == "q? /noxrvsemdpu!"


async def test_a_joined_emoji_is_kept_whole_typed_or_pasted(
    database: Path, ines: Store, angry: Tree
) -> None:
    family = "👨\u200d👩\u200d👧"
    async with meeting(database) as desk:
        await desk.type(f"{family} waited\r")
        await desk.sees("waited?")
        await desk.paste(f"{family} left")
        await desk.press("enter")
        await desk.sees("left?")
    assert outline(ines.tree(angry.session.id)) == f"{family} waited\n  {family} left"


async def test_a_pasted_text_of_several_lines_is_one_answer(
    database: Path, ines: Store, angry: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.paste("They are\r\novercharged \x1b[31mfor\x1b[0m\tthis book")
        assert "\x1b" not in desk.box
        await desk.press("enter")
        await desk.sees("Why are they overcharged for this book?")
    assert outline(ines.tree(angry.session.id)) == "They are overcharged for this book"


async def test_an_answer_under_a_ruled_out_branch_is_refused_and_stays_in_the_box(
    database: Path, ines: Store, angry: Tree
) -> None:
    tree = grow(ines, angry, "overcharged")
    out = SetStatus(
        cause=named(tree, "overcharged").id, status=Status.RULED_OUT, reason="checked it"
    )
    async with meeting(database) as desk:
        await desk.sees("Why: overcharged?")
        ines.apply(tree, out)
        await desk.sees("Somebody else has changed this session")
        await desk.type("wrong form\r")
        assert desk.hint.startswith("This branch is ruled out.")
        assert desk.box == "wrong form"


async def test_a_second_person_with_a_deleted_question_keeps_the_typed_text(
    database: Path, ines: Store, angry: Tree, open_store: OpenStore
) -> None:
    tree = grow(ines, angry, TWO_BRANCHES)
    bo = open_store("Bo")
    async with meeting(database) as desk:
        await desk.sees("Why: last year's form?")
        await desk.type("nobody ordered")
        bo.apply(bo.tree(tree.session.id), DeleteCause(cause=named(tree, "wrong form").id))
        await desk.sees("Why: overcharged?")
        assert desk.box == "nobody ordered"
        await desk.press("enter")
        await desk.sees("Why did nobody order?")
    assert "overcharged\n  nobody ordered" in outline(ines.tree(tree.session.id))


async def test_the_time_box_stands_beside_the_clock(database: Path, ines: Store) -> None:
    begun(ines, time_box=45)
    async with meeting(database) as desk:
        assert desk.rows[0].endswith("00:00 / 45 min")


async def test_a_time_box_that_is_over_says_so_once_and_stops_nothing(
    database: Path, ines: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(ines, time_box=45)
    async with meeting(database) as desk:
        screen: Any = desk.app.screen
        screen.query_one(MeetingBar)._since = time.monotonic() - 45 * 60 + 0.1
        await desk.sees("45 minutes are over. Go on, or finish with F3: all is kept.")
        await desk.type("still here\r")
        await desk.sees("Why: still here?")


async def test_a_finished_session_says_so_and_can_go_on(
    database: Path, ines: Store, angry: Tree
) -> None:
    ines.apply(grow(ines, angry, "overcharged"), Finish())
    async with meeting(database) as desk:
        assert desk.hint == "This session is finished. Another answer opens it again."
        await desk.type("wrong form\r")
        await desk.sees("Why: wrong form?", "Saved. The session is open again.")
        tree = ines.tree(angry.session.id)
        assert outline(tree) == "overcharged\n  wrong form"
        assert tree.session.state is State.OPEN
        await desk.press("ctrl+z")
        await desk.sees("Why: overcharged?")
        assert ines.tree(angry.session.id).session.state is State.FINISHED


async def test_the_read_back_goes_from_the_question_up_to_the_problem(
    database: Path, ines: Store, angry: Tree
) -> None:
    grow(ines, angry, "overcharged\n  wrong form")
    async with meeting(database) as desk:
        await desk.reads(
            "#beside", "Read it back wrong form ↳ so overcharged ↳ so customers are angry"
        )


async def test_a_new_session_is_two_keys_and_a_sentence(database: Path, ines: Store) -> None:
    async with sitting(database) as desk:
        await desk.press("n")
        await desk.type("customers are angry\r")
        await desk.sees("Why are customers angry?", "S-1  customers are angry")
        assert desk.box == ""
    assert ines.numbered(1).problem.text == "customers are angry"


async def test_mouse_alone_opens_answers_and_marks(
    examples: Path, ines: Store, angry: Tree, database: Path
) -> None:
    tree = grow(ines, angry, TWO_BRANCHES)
    async with sitting(database) as desk:
        await desk.sees("customers are angry")
        await click(desk, "customers are angry", times=2)
        await desk.sees("Why: last year's form?")
        await click(desk, "nobody at the phone")
        await desk.sees("In the tree")
        await click(desk, "Enter answer here")
        await desk.sees("Why: nobody at the phone?")
        await click(desk, "^G root")
        await desk.sees("We act on this as root because")
    assert named(ines.tree(tree.session.id), "nobody at the phone").is_root


async def click(desk: Desk, words: str, times: int = 1) -> None:
    """Click on the first place where these words stand."""
    for y, row in enumerate(desk.rows):
        if words in row:
            await desk.pilot.click(offset=(row.index(words) + 1, y), times=times)
            await desk.settled()
            return
    raise AssertionError(f"“{words}” is not there\n{desk.text}")

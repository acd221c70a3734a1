"""Keys that come faster than the screen can follow: each goes where it was meant to go."""

from pathlib import Path

from fivewhys.models.tree import Tree
from fivewhys.models.words import Status
from fivewhys.store.store import Store
from tests.screens.driving import grow, meeting, outline, sitting


async def test_a_burst_of_answers_lands_in_order(database: Path, ines: Store, angry: Tree) -> None:
    async with meeting(database) as desk:
        await desk.type("answer one\ranswer two\ranswer three\rand mo")
        await desk.sees("Why: answer three?")
        assert desk.box == "and mo"
    assert outline(ines.tree(angry.session.id)) == "answer one\n  answer two\n    answer three"


async def test_letters_typed_while_an_answer_is_saved_belong_to_the_next_question_alone(
    database: Path, angry: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.type("answer one\ranswer tw")
        assert desk.box == "answer tw"
        await desk.type("o\r")
        await desk.sees("Why: answer two?")
        await desk.press("up")
        assert desk.box == ""
        await desk.press("up")
        await desk.sees("Why are customers angry?")
        assert desk.box == ""


async def test_a_burst_of_branches_lands_at_the_same_question(
    database: Path, ines: Store, angry: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.burst(*"one", "ctrl+o", *"two", "ctrl+o", *"three", "enter", *"four", "enter")
        await desk.sees("Why: four?")
    assert outline(ines.tree(angry.session.id)) == "one\ntwo\nthree\n  four"


async def test_a_burst_with_parking_keeps_each_text_where_it_belongs(
    database: Path, ines: Store, angry: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.burst(*"idea", "ctrl+l", *"answer", "enter")
        await desk.sees("Why: answer?")
    tree = ines.tree(angry.session.id)
    assert [idea.text for idea in tree.parked] == ["idea"]
    assert outline(tree) == "answer"


async def test_a_root_and_its_reason_typed_in_a_burst(
    database: Path, ines: Store, angry: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.burst(*"not ordered", "enter", "ctrl+g", *"ours", "enter")
        await desk.sees("ROOT")
    tree = ines.tree(angry.session.id)
    assert outline(tree) == "not ordered"
    assert [(root.text, root.part_reason) for root in tree.roots()] == [("not ordered", "ours")]


async def test_a_word_about_a_cause_typed_right_after_its_key(
    database: Path, ines: Store, angry: Tree
) -> None:
    """The letters of the reason are keys of the tree too, and none of them is taken for one."""
    grow(ines, angry, "overcharged\nnot told")
    async with meeting(database) as desk:
        await desk.press("escape")
        await desk.burst("home", "j", "x", *"drop verse", "enter", "j", "s", *"dud", "enter")
        await desk.sees("Kept.")
    tree = ines.tree(angry.session.id)
    assert outline(tree) == "overcharged\nnot told"
    assert [(cause.status, cause.reason) for cause, depth in tree.walk() if depth] == [
        (Status.RULED_OUT, "drop verse"),
        (Status.STOPPED, "dud"),
    ]


async def test_a_problem_and_its_first_answers_typed_in_one_go(database: Path, ines: Store) -> None:
    async with sitting(database) as desk:
        await desk.press("n")
        await desk.burst(*"late", "enter", *"no forms", "enter", *"not ordered", "enter", *"no")
        await desk.sees("Why: not ordered?")
        assert desk.box == "no"
    tree = ines.numbered(1)
    assert tree.problem.text == "late"
    assert outline(tree) == "no forms\n  not ordered"

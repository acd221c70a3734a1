"""One answer that holds two, and a level that was skipped: one step each, and one undo."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest

from fivewhys.models.commands import (
    AddEvidence,
    AnswerLink,
    Command,
    InsertBetween,
    SetLeg,
    SetPart,
    SetSaidBy,
    SetStatus,
    SplitCauses,
    SplitLevels,
)
from fivewhys.models.delta import inverse
from fivewhys.models.tree import Tree
from fivewhys.models.words import Leg, LinkQuestion, Part, State, Status, Verdict
from tests.building import answer, do, finished, moment
from tests.models.commands.asking import key, node, order, refusal, ruled_out, wrong

TOP = "customers are angry"


def read_back(tree: Tree, *texts: str) -> Tree:
    """Every question of these causes answered."""
    for text in texts:
        for question in LinkQuestion:
            command = AnswerLink(cause=key(tree, text), question=question, verdict=Verdict.YES)
            tree = do(tree, command)
    return tree


def asked(tree: Tree, text: str) -> list[str]:
    return [item.question.value for item in tree.link_answers(key(tree, text))]


SPLITS: list[Callable[[UUID], Command]] = [
    lambda cause: InsertBetween(cause=cause, text="between"),
    lambda cause: SplitCauses(cause=cause, first="one", second="other"),
    lambda cause: SplitLevels(cause=cause, effect="effect", below="below"),
]


@pytest.mark.parametrize("split", SPLITS)
def test_one_step_is_taken_back_in_one(tree: Tree, split: Callable[[UUID], Command]) -> None:
    tree = read_back(tree, "bill", "list", "till")
    tree = do(tree, SetLeg(cause=key(tree, "bill"), leg=Leg.DETECTION))
    operations = split(key(tree, "bill")).plan(tree, moment())
    after = tree.with_operations(operations)
    assert after != tree
    assert after.with_operations(inverse(operations)) == tree


@pytest.mark.parametrize("split", SPLITS)
def test_nothing_grows_in_a_ruled_out_branch(tree: Tree, split: Callable[[UUID], Command]) -> None:
    out = SetStatus(cause=key(tree, "bill"), status=Status.RULED_OUT, reason="it is right")
    tree = do(tree, out)
    for text in ("bill", "till"):
        assert refusal(tree, split(key(tree, text))) == ruled_out("bill")


def test_a_cause_is_put_between_at_the_place_of_the_one_below_it(tree: Tree) -> None:
    tree = do(tree, SetLeg(cause=key(tree, "bill"), leg=Leg.DETECTION))
    tree = do(tree, InsertBetween(cause=key(tree, "bill"), text="between"))
    assert order(tree, TOP) == ["between", "wait"]
    assert order(tree, "between") == ["bill"]
    assert order(tree, "bill") == ["list", "till"]
    between, below = node(tree, "between"), node(tree, "bill")
    assert (between.leg, below.leg) == (Leg.DETECTION, None)
    assert (between.status, between.said_by) == (Status.OPEN, "")


def test_a_link_that_is_broken_up_was_not_read_back(tree: Tree) -> None:
    tree = read_back(tree, "bill", "till")
    tree = do(tree, InsertBetween(cause=key(tree, "till"), text="between"))
    assert asked(tree, "till") == ["without", "always"]
    assert asked(tree, "between") == []
    assert asked(tree, "bill") == ["follows", "without", "always"]


def test_two_causes_stand_side_by_side(tree: Tree) -> None:
    bill = key(tree, "bill")
    for command in (
        SetLeg(cause=bill, leg=Leg.DETECTION),
        SetSaidBy(cause=bill, name="Bo"),
        SetStatus(cause=bill, status=Status.VERIFIED),
        AddEvidence(cause=bill, text="12 receipts"),
    ):
        tree = do(tree, command)
    tree = do(tree, SplitCauses(cause=bill, first="no list", second="no price"))
    assert order(tree, TOP) == ["no list", "no price", "wait"]
    assert order(tree, "no list") == ["list", "till"]
    assert order(tree, "no price") == []
    first, second = node(tree, "no list"), node(tree, "no price")
    assert first.id == bill
    assert (first.leg, first.said_by) == (second.leg, second.said_by) == (Leg.DETECTION, "Bo")
    assert (first.status, second.status) == (Status.VERIFIED, Status.OPEN)
    assert len(tree.evidence(first.id)) == 1


def test_room_is_made_where_siblings_stand_close(tree: Tree) -> None:
    bill, wait = node(tree, "bill"), node(tree, "wait")
    close = replace(wait, position=bill.position + 1)
    tree = replace(tree, causes={**tree.causes, wait.id: close})
    tree = do(tree, SplitCauses(cause=bill.id, first="no list", second="no price"))
    assert order(tree, TOP) == ["no list", "no price", "wait"]


def test_two_levels_stand_one_below_the_other(tree: Tree) -> None:
    bill = key(tree, "bill")
    tree = do(tree, SetSaidBy(cause=bill, name="Bo"))
    tree = do(tree, AddEvidence(cause=bill, text="12 receipts"))
    tree = do(tree, SetPart(cause=bill, part=Part.CONTRIBUTING, reason="it hid it"))
    tree = do(tree, SplitLevels(cause=bill, effect="timed out", below="limit of 5 min"))
    assert order(tree, TOP) == ["timed out", "wait"]
    assert order(tree, "timed out") == ["limit of 5 min"]
    assert order(tree, "limit of 5 min") == ["list", "till"]
    assert node(tree, "timed out").id == bill
    assert node(tree, "limit of 5 min").said_by == "Bo"
    assert node(tree, "timed out").part is Part.CONTRIBUTING
    assert len(tree.evidence(bill)) == 1


def test_the_asking_goes_on_below_a_stopped_cause_in_two_levels(tree: Tree) -> None:
    till = key(tree, "till")
    tree = do(tree, SetStatus(cause=till, status=Status.STOPPED, reason="no time"))
    tree = do(tree, SplitLevels(cause=till, effect="timed out", below="limit of 5 min"))
    assert (node(tree, "timed out").status, node(tree, "timed out").reason) == (Status.OPEN, "")
    assert "limit of 5 min" in [cause.text for cause in tree.open_questions()]


@pytest.mark.parametrize("split", SPLITS[1:])
def test_what_was_read_out_as_a_whole_is_read_back_anew(
    tree: Tree, split: Callable[[UUID], Command]
) -> None:
    tree = read_back(tree, "bill", "list", "wait")
    tree = do(tree, split(key(tree, "bill")))
    assert tree.link_answers(tree.answers(tree.problem.id)[0].id) == ()
    assert asked(tree, "list") == ["without", "always"]
    assert asked(tree, "wait") == ["follows", "without", "always"]


@pytest.mark.parametrize(("split", "goes_on"), list(zip(SPLITS, (False, True, True), strict=True)))
def test_a_finished_session_goes_on_where_a_question_opens(
    tree: Tree, split: Callable[[UUID], Command], goes_on: bool
) -> None:
    tree, cause = answer(tree, key(tree, "van"), "late")
    tree = finished(do(tree, SetPart(cause=cause.id, part=Part.ROOT)))
    tree = do(tree, split(cause.id))
    assert tree.session.state is (State.OPEN if goes_on else State.FINISHED)


def test_both_halves_have_words(tree: Tree) -> None:
    bill = key(tree, "bill")
    for make in (
        lambda: SplitCauses(cause=bill, first="a", second=""),
        lambda: SplitLevels(cause=bill, effect="\x1b", below="b"),
        lambda: InsertBetween(cause=bill, text=" "),
    ):
        assert wrong(make) == "There is nothing to read in this text."

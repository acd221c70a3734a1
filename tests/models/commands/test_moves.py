"""A branch hangs elsewhere, and the order stays what people made it."""

import random

import pytest

from fivewhys.models.commands import MoveCause, SetStatus
from fivewhys.models.tree import Tree
from fivewhys.models.words import Status
from tests.building import answer, do, moment, session
from tests.models.commands.asking import key, node, order, refusal, ruled_out


def test_a_branch_moves_as_a_whole(tree: Tree) -> None:
    tree = do(tree, MoveCause(cause=key(tree, "bill"), parent=key(tree, "van")))
    assert order(tree, "van") == ["bill"]
    assert order(tree, "bill") == ["list", "till"]
    assert order(tree, "customers are angry") == ["wait"]


def test_a_move_before_an_answer_keeps_the_others_in_order(tree: Tree) -> None:
    before = MoveCause(cause=key(tree, "van"), parent=key(tree, "bill"), before=key(tree, "till"))
    assert order(do(tree, before), "bill") == ["list", "van", "till"]
    swap = MoveCause(cause=key(tree, "till"), parent=key(tree, "bill"), before=key(tree, "list"))
    assert order(do(tree, swap), "bill") == ["till", "list"]
    # One row is written: there is room between.
    assert len(swap.plan(tree, moment())) == 1


def test_a_move_to_where_it_is_changes_nothing(tree: Tree) -> None:
    bill = key(tree, "bill")
    assert MoveCause(cause=key(tree, "till"), parent=bill).plan(tree, moment()) == []
    same = MoveCause(cause=key(tree, "list"), parent=bill, before=key(tree, "till"))
    assert same.plan(tree, moment()) == []
    for text in ("list", "till"):
        itself = MoveCause(cause=key(tree, text), parent=bill, before=key(tree, text))
        assert itself.plan(tree, moment()) == []


@pytest.mark.parametrize("where", ["bill", "till"])
def test_a_branch_cannot_hang_under_itself(tree: Tree, where: str) -> None:
    assert refusal(tree, MoveCause(cause=key(tree, "bill"), parent=key(tree, where))) == (
        "A cause cannot hang under itself. Choose a place outside its branch."
    )


def test_a_place_that_is_gone(tree: Tree) -> None:
    move = MoveCause(cause=key(tree, "till"), parent=tree.problem.id, before=key(tree, "van"))
    assert refusal(tree, move) == "That place is gone. Choose another."
    till = key(tree, "till")
    itself = MoveCause(cause=till, parent=tree.problem.id, before=till)
    assert refusal(tree, itself) == "That place is gone. Choose another."


def test_a_move_into_a_ruled_out_branch_is_refused_but_not_within_it(tree: Tree) -> None:
    out = SetStatus(cause=key(tree, "bill"), status=Status.RULED_OUT, reason="bills are right")
    tree = do(tree, out)
    assert refusal(tree, MoveCause(cause=key(tree, "van"), parent=key(tree, "bill"))) == (
        ruled_out("bill")
    )
    swap = MoveCause(cause=key(tree, "till"), parent=key(tree, "bill"), before=key(tree, "list"))
    assert order(do(tree, swap), "bill") == ["till", "list"]


def test_a_move_under_a_stopped_cause_goes_on_with_it(tree: Tree) -> None:
    stop = SetStatus(cause=key(tree, "till"), status=Status.STOPPED, reason="not ours")
    tree = do(do(tree, stop), MoveCause(cause=key(tree, "van"), parent=key(tree, "till")))
    assert node(tree, "till").status is Status.OPEN


def test_moves_keep_their_order_when_the_gaps_run_out() -> None:
    """Again and again into the same gap, and then anywhere."""
    chance = random.Random(1)
    tree = session()
    names = [f"cause {number}" for number in range(8)]
    for name in names:
        tree, _ = answer(tree, tree.problem.id, name)
    renumbered = False
    for turn in range(200):
        name = names[-1] if turn < 40 else chance.choice(names)
        rest = [other for other in names if other != name]
        place = turn % 2 if turn < 40 else chance.randint(0, len(rest))
        before = key(tree, rest[place]) if place < len(rest) else None
        move = MoveCause(cause=key(tree, name), parent=tree.problem.id, before=before)
        renumbered |= len(move.plan(tree, moment())) > 1
        tree = do(tree, move)
        names = [*rest[:place], name, *rest[place:]]
        assert order(tree, "customers are angry") == names
    assert renumbered
    assert tree == Tree.of(tree.session, tree.causes.values(), seq=tree.seq)

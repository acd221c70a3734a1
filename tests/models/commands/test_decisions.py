"""What is known of a cause and what part it plays, each with its reason."""

import pytest

from fivewhys.models.commands import SetPart, SetStatus
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part, Status
from tests.building import do, moment
from tests.models.commands.asking import RULED_OUT, key, node, refusal


@pytest.mark.parametrize(
    ("status", "word"), [(Status.RULED_OUT, "ruled out"), (Status.STOPPED, "stopped")]
)
def test_ruling_out_and_stopping_need_a_reason(tree: Tree, status: Status, word: str) -> None:
    assert refusal(tree, SetStatus(cause=key(tree, "till"), status=status)) == (
        f"Say why it is {word}: the reason is kept with it."
    )
    tree = do(tree, SetStatus(cause=key(tree, "till"), status=status, reason="we looked"))
    assert (node(tree, "till").status, node(tree, "till").reason) == (status, "we looked")


def test_a_reason_goes_with_what_it_was_for(tree: Tree) -> None:
    out = SetStatus(cause=key(tree, "till"), status=Status.RULED_OUT, reason="we looked")
    tree = do(do(tree, out), SetStatus(cause=key(tree, "till"), status=Status.VERIFIED, reason="x"))
    assert (node(tree, "till").status, node(tree, "till").reason) == (Status.VERIFIED, "")


def test_a_ruled_out_cause_plays_no_part(tree: Tree) -> None:
    tree = do(tree, SetPart(cause=key(tree, "till"), part=Part.ROOT, reason="ours to change"))
    assert node(tree, "till").part_reason == "ours to change"
    out = SetStatus(cause=key(tree, "till"), status=Status.RULED_OUT, reason="we looked")
    tree = do(tree, out)
    assert (node(tree, "till").part, node(tree, "till").part_reason) == (None, "")
    assert refusal(tree, SetPart(cause=key(tree, "till"), part=Part.ROOT)) == RULED_OUT
    assert SetPart(cause=key(tree, "till"), part=None).plan(tree, moment()) == []


def test_a_part_can_be_taken_back_with_its_reason(tree: Tree) -> None:
    tree = do(tree, SetPart(cause=key(tree, "till"), part=Part.CONTRIBUTING, reason="a little"))
    tree = do(tree, SetPart(cause=key(tree, "till"), part=None, reason="x"))
    assert (node(tree, "till").part, node(tree, "till").part_reason) == (None, "")

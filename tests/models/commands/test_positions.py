"""Rows stand in order, and where no number is left above them they are moved together."""

from dataclasses import replace

import pytest

from fivewhys.models.commands import FARTHEST, GAP, AddEvidence, Answer, MoveCause, Park
from fivewhys.models.tree import Tree
from tests.building import do
from tests.models.commands.asking import key, order


def far(tree: Tree, text: str, position: int) -> Tree:
    """The tree with a cause somewhere else in its order."""
    cause = replace(tree.causes[key(tree, text)], position=position)
    return Tree.of(
        tree.session,
        ({**tree.causes, cause.id: cause}).values(),
        [item for items in tree.evidence_of.values() for item in items],
        tree.parked,
        seq=tree.seq,
    )


@pytest.mark.parametrize("position", [FARTHEST - GAP + 1, FARTHEST, 2**63 - 1])
def test_an_answer_after_the_farthest_moves_the_others_together(tree: Tree, position: int) -> None:
    tree = far(tree, "till", position)
    tree = do(tree, Answer(parent=key(tree, "bill"), text="one more"))
    assert order(tree, "bill") == ["list", "till", "one more"]
    assert [cause.position for cause in tree.answers(key(tree, "bill"))] == [
        GAP,
        2 * GAP,
        3 * GAP,
    ]


def test_a_move_after_the_farthest_moves_the_others_together(tree: Tree) -> None:
    tree = far(tree, "till", FARTHEST)
    tree = do(tree, MoveCause(cause=key(tree, "van"), parent=key(tree, "bill")))
    assert order(tree, "bill") == ["list", "till", "van"]
    assert max(cause.position for cause in tree.causes.values()) == 3 * GAP


def test_an_answer_comes_after_those_far_below_nothing(tree: Tree) -> None:
    tree = far(far(tree, "till", -FARTHEST), "list", -FARTHEST + 1)
    tree = do(tree, Answer(parent=key(tree, "bill"), text="one more"))
    assert order(tree, "bill") == ["till", "list", "one more"]


def test_evidence_and_ideas_after_the_farthest_move_the_others_together(tree: Tree) -> None:
    till = key(tree, "till")
    tree = do(tree, AddEvidence(cause=till, text="12 receipts"))
    tree = do(tree, Park(text="old prices"))
    (item,), (idea,) = tree.evidence(till), tree.parked
    tree = replace(
        tree,
        evidence_of={till: (replace(item, position=FARTHEST),)},
        parked=(replace(idea, position=FARTHEST),),
    )
    tree = do(do(tree, AddEvidence(cause=till, text="13 receipts")), Park(text="new prices"))
    assert [(item.text, item.position) for item in tree.evidence(till)] == [
        ("12 receipts", GAP),
        ("13 receipts", 2 * GAP),
    ]
    assert [(idea.text, idea.position) for idea in tree.parked] == [
        ("old prices", GAP),
        ("new prices", 2 * GAP),
    ]

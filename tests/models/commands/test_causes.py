"""The words of causes, who said them, and taking a branch away."""

from fivewhys.models.commands import (
    AddEvidence,
    AskInstead,
    DeleteCause,
    EditCause,
    SetLeg,
    SetSaidBy,
)
from fivewhys.models.tree import Tree
from fivewhys.models.words import Leg
from tests.building import do, moment
from tests.models.commands.asking import key, node, order


def test_words_of_causes_and_of_the_problem_can_be_changed(tree: Tree) -> None:
    tree = do(tree, EditCause(cause=tree.problem.id, text="customers shout"))
    assert tree.problem.text == "customers shout"
    tree = do(tree, EditCause(cause=key(tree, "till"), text="the till"))
    assert order(tree, "bill") == ["list", "the till"]


def test_the_same_words_change_nothing(tree: Tree) -> None:
    assert EditCause(cause=key(tree, "till"), text=" till ").plan(tree, moment()) == []


def test_a_question_in_ones_own_words_and_back(tree: Tree) -> None:
    tree = do(tree, AskInstead(cause=key(tree, "till"), question="Why does the till round up?"))
    assert node(tree, "till").question == "Why does the till round up?"
    tree = do(tree, AskInstead(cause=key(tree, "till"), question=""))
    assert node(tree, "till").question == ""


def test_who_said_it_and_which_leg(tree: Tree) -> None:
    tree = do(tree, SetSaidBy(cause=key(tree, "till"), name="Bo"))
    tree = do(tree, SetLeg(cause=key(tree, "till"), leg=Leg.SYSTEM))
    assert (node(tree, "till").said_by, node(tree, "till").leg) == ("Bo", Leg.SYSTEM)
    assert node(do(tree, SetLeg(cause=key(tree, "till"), leg=None)), "till").leg is None


def test_a_branch_goes_with_everything_on_it(tree: Tree) -> None:
    tree = do(tree, AddEvidence(cause=key(tree, "till"), text="12 receipts"))
    tree = do(tree, DeleteCause(cause=key(tree, "bill")))
    assert [cause.text for cause, _ in tree.walk()] == ["customers are angry", "wait", "van"]
    assert tree.evidence_of == {}


def test_what_hangs_on_something_goes_before_it(tree: Tree) -> None:
    tree = do(tree, AddEvidence(cause=key(tree, "bill"), text="12 receipts"))
    gone = [
        operation.key for operation in DeleteCause(cause=key(tree, "bill")).plan(tree, moment())
    ]
    assert gone.index(key(tree, "till")) < gone.index(key(tree, "bill"))
    assert gone.index(tree.evidence(key(tree, "bill"))[0].id) < gone.index(key(tree, "bill"))

"""Where an answer goes, and what it does to what is above it."""

from fivewhys.models.commands import GAP, Answer, EditCause, SetStatus
from fivewhys.models.tree import Tree
from fivewhys.models.words import Leg, Status
from tests.building import answer, chain, do
from tests.models.commands.asking import key, node, order, refusal, ruled_out


def test_an_answer_comes_after_the_others(tree: Tree) -> None:
    assert order(tree, "customers are angry") == ["bill", "wait"]
    tree = do(tree, Answer(parent=tree.problem.id, text="rude", said_by="Bo", leg=Leg.DETECTION))
    assert order(tree, "customers are angry") == ["bill", "wait", "rude"]
    assert node(tree, "rude").said_by == "Bo"
    assert node(tree, "rude").leg is Leg.DETECTION
    assert node(tree, "rude").status is Status.OPEN


def test_an_answer_below_a_stopped_cause_goes_on_with_it(tree: Tree) -> None:
    stop = SetStatus(cause=key(tree, "till"), status=Status.STOPPED, reason="not ours")
    tree = do(tree, stop)
    tree = do(tree, Answer(parent=key(tree, "till"), text="old software"))
    assert node(tree, "till").status is Status.OPEN
    assert node(tree, "till").reason == ""


def test_no_answer_goes_into_a_branch_that_is_ruled_out(tree: Tree) -> None:
    out = SetStatus(cause=key(tree, "bill"), status=Status.RULED_OUT, reason="bills are right")
    tree = do(tree, out)
    for text in ("bill", "till"):
        assert refusal(tree, Answer(parent=key(tree, text), text="x")) == ruled_out("bill")
    do(tree, Answer(parent=key(tree, "wait"), text="x"))


def test_an_answer_ten_thousand_deep_is_planned_without_recursion() -> None:
    tree = chain(10_000)
    deepest = tree.open_questions()[0]
    tree, cause = answer(tree, deepest.id, "one more")
    assert cause.position == GAP
    assert tree.depth(cause.id) == 10_001


def test_the_cause_to_take_in_again_is_named_shortly_and_the_upper_one_first(tree: Tree) -> None:
    words = "the bill is right, " * 10
    for text in ("till", "bill"):
        out = SetStatus(cause=key(tree, text), status=Status.RULED_OUT, reason="we looked")
        tree = do(tree, out)
    tree = do(tree, EditCause(cause=key(tree, "bill"), text=words))
    said = refusal(tree, Answer(parent=key(tree, "till"), text="x"))
    assert said == ruled_out("the bill is right, the bill is right…")
    back = SetStatus(cause=node(tree, words.strip()).id, status=Status.OPEN)
    assert refusal(do(tree, back), Answer(parent=key(tree, "till"), text="x")) == ruled_out("till")

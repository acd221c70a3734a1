"""The words of causes, who said them, and taking a branch away."""

from fivewhys.models.commands import (
    AddEvidence,
    AnswerLink,
    AskInstead,
    Categorize,
    CheckRoot,
    DeleteCause,
    DismissPrompt,
    EditCause,
    SetLeg,
    SetSaidBy,
)
from fivewhys.models.delta import inverse
from fivewhys.models.tree import Tree
from fivewhys.models.words import Leg, LinkQuestion, RootPoint, Verdict
from tests.building import do, moment
from tests.models.commands.asking import key, node, order, wrong


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


def test_a_cause_is_put_into_a_category_of_a_lens_and_out_again(tree: Tree) -> None:
    till = key(tree, "till")
    tree = do(tree, Categorize(cause=till, lens="customer", category="speed"))
    assert (node(tree, "till").lens, node(tree, "till").category) == ("customer", "speed")
    tree = do(tree, Categorize(cause=till, lens="", category=" "))
    assert (node(tree, "till").lens, node(tree, "till").category) == ("", "")


def test_a_lens_and_a_category_are_given_together(tree: Tree) -> None:
    till = key(tree, "till")
    for lens, category in (("customer", ""), ("", "speed"), ("\x1b", "speed")):
        assert wrong(
            lambda lens=lens, category=category: Categorize(  # type: ignore[misc]
                cause=till, lens=lens, category=category
            )
        ) == ("A category belongs to a lens: give both, or neither.")


def test_a_branch_goes_with_everything_on_it_and_comes_back_whole(tree: Tree) -> None:
    for cause in (key(tree, "till"), key(tree, "bill")):
        for command in (
            AddEvidence(cause=cause, text="12 receipts"),
            AnswerLink(cause=cause, question=LinkQuestion.FOLLOWS, verdict=Verdict.YES),
            DismissPrompt(cause=cause, rule="blame", rule_set="1", prompt="Why?"),
            CheckRoot(cause=cause, point=RootPoint.EVIDENCE, held=True),
        ):
            tree = do(tree, command)
    operations = DeleteCause(cause=key(tree, "bill")).plan(tree, moment())
    gone = tree.with_operations(operations)
    assert [cause.text for cause, _ in gone.walk()] == ["customers are angry", "wait", "van"]
    hanging = (gone.evidence_of, gone.link_answers_of, gone.dismissals_of, gone.root_checks_of)
    assert not any(hanging)
    assert gone.with_operations(inverse(operations)) == tree


def test_what_hangs_on_something_goes_before_it(tree: Tree) -> None:
    tree = do(tree, AddEvidence(cause=key(tree, "bill"), text="12 receipts"))
    gone = [
        operation.key for operation in DeleteCause(cause=key(tree, "bill")).plan(tree, moment())
    ]
    assert gone.index(key(tree, "till")) < gone.index(key(tree, "bill"))
    assert gone.index(tree.evidence(key(tree, "bill"))[0].id) < gone.index(key(tree, "bill"))

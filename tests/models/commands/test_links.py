"""Reading back: one answer to each question of a cause, kept with who gave it and when."""

import pytest

from fivewhys.models.commands import AnswerLink, ForgetLink, MoveCause, SetStatus
from fivewhys.models.delta import inverse
from fivewhys.models.tree import Tree
from fivewhys.models.words import LinkQuestion, Status, Verdict
from tests.building import do, moment
from tests.models.commands.asking import key, refusal, ruled_out

FOLLOWS, WITHOUT, ALWAYS = LinkQuestion


def said(tree: Tree, text: str) -> dict[LinkQuestion, tuple[Verdict, str]]:
    answers = tree.link_answers(key(tree, text))
    return {answer.question: (answer.verdict, answer.words) for answer in answers}


def test_an_answer_is_kept_with_who_and_when(tree: Tree) -> None:
    now = moment("Bo")
    command = AnswerLink(
        cause=key(tree, "till"), question=FOLLOWS, verdict=Verdict.NEEDS_EVIDENCE, words="the tape"
    )
    tree = tree.with_operations(command.plan(tree, now))
    (answer,) = tree.link_answers(key(tree, "till"))
    assert (answer.question, answer.verdict) == (FOLLOWS, Verdict.NEEDS_EVIDENCE)
    assert (answer.words, answer.said_by, answer.created_at) == ("the tape", "Bo", now.now)
    assert tree.link_answer(key(tree, "till"), FOLLOWS) == answer
    assert tree.link_answer(key(tree, "till"), ALWAYS) is None
    assert tree.touched == {key(tree, "till")}


def test_a_second_answer_takes_the_place_of_the_first(tree: Tree) -> None:
    till = key(tree, "till")
    tree = do(tree, AnswerLink(cause=till, question=FOLLOWS, verdict=Verdict.NO, words="a jump"))
    (first,) = tree.link_answers(till)
    command = AnswerLink(cause=till, question=FOLLOWS, verdict=Verdict.YES)
    tree = tree.with_operations(command.plan(tree, moment("Bo")))
    (second,) = tree.link_answers(till)
    assert second.id == first.id
    assert (second.verdict, second.words, second.said_by) == (Verdict.YES, "", "Bo")
    assert second.created_at > first.created_at


def test_the_same_answer_again_changes_nothing_unless_another_gives_it(tree: Tree) -> None:
    command = AnswerLink(cause=key(tree, "till"), question=WITHOUT, verdict=Verdict.NO)
    tree = do(tree, command)
    assert command.plan(tree, moment()) == []
    assert command.plan(tree, moment("Bo")) != []


def test_answers_stand_in_the_order_of_the_questions(tree: Tree) -> None:
    for question in (ALWAYS, FOLLOWS, WITHOUT):
        command = AnswerLink(cause=key(tree, "till"), question=question, verdict=Verdict.YES)
        tree = do(tree, command)
    assert list(said(tree, "till")) == [FOLLOWS, WITHOUT, ALWAYS]


def test_an_answer_can_be_forgotten(tree: Tree) -> None:
    till = key(tree, "till")
    forget = ForgetLink(cause=till, question=FOLLOWS)
    assert forget.plan(tree, moment()) == []
    before = do(tree, AnswerLink(cause=till, question=FOLLOWS, verdict=Verdict.NO))
    operations = forget.plan(before, moment())
    after = before.with_operations(operations)
    assert after.link_answers_of == {}
    assert after.with_operations(inverse(operations)) == before


def test_nothing_is_read_back_in_a_ruled_out_branch(tree: Tree) -> None:
    till = key(tree, "till")
    tree = do(tree, AnswerLink(cause=till, question=FOLLOWS, verdict=Verdict.NO))
    out = SetStatus(cause=key(tree, "bill"), status=Status.RULED_OUT, reason="it is right")
    tree = do(tree, out)
    command = AnswerLink(cause=till, question=FOLLOWS, verdict=Verdict.YES)
    assert refusal(tree, command) == ruled_out("bill")
    assert do(tree, ForgetLink(cause=till, question=FOLLOWS)).link_answers_of == {}


@pytest.mark.parametrize(
    ("parent", "before", "kept"),
    [("bill", "list", True), ("wait", None, False), ("customers are angry", None, False)],
)
def test_a_cause_that_leads_elsewhere_was_not_read_back(
    tree: Tree, parent: str, before: str | None, kept: bool
) -> None:
    till = key(tree, "till")
    for question in LinkQuestion:
        tree = do(tree, AnswerLink(cause=till, question=question, verdict=Verdict.YES))
    place = key(tree, before) if before else None
    after = do(tree, MoveCause(cause=till, parent=key(tree, parent), before=place))
    assert (FOLLOWS in said(after, "till")) == kept
    assert {WITHOUT, ALWAYS} <= said(after, "till").keys()

"""What is read back, in which order, and what the answers come to."""

from itertools import groupby, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from fivewhys.facilitation.read_back import (
    AFTER_ROOT,
    Outcome,
    Question,
    ReadBack,
    closing_sentence,
    in_the_way,
    needed_with,
    quoted,
    said_beside,
)
from fivewhys.models.commands import AnswerLink, InsertBetween, Refused, SetPart, SetStatus
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.models.words import LinkQuestion, Part, Status, StopReason, Verdict
from tests.building import answer, chain, do, session
from tests.store.acts import commands

FOLLOWS, WITHOUT, ALWAYS = LinkQuestion


def grown(outline: str) -> Tree:
    """A tree by an indented outline; a * after a cause marks a root."""
    tree = session("angry")
    above = [tree.problem.id]
    for line in outline.strip("\n").splitlines():
        depth = (len(line) - len(line.lstrip())) // 2
        del above[depth + 1 :]
        tree, cause = answer(tree, above[depth], line.strip(" *"))
        above.append(cause.id)
        if line.endswith("*"):
            tree = do(tree, SetPart(cause=cause.id, part=Part.ROOT))
    return tree


def named(tree: Tree, text: str) -> Cause:
    (found,) = [cause for cause in tree.causes.values() if cause.text == text]
    return found


def told(tree: Tree) -> list[str]:
    """The questions as words."""
    return [
        f"{tree.causes[question.cause].text} {question.asks}"
        for question in ReadBack.of(tree).questions
    ]


def said(
    tree: Tree, text: str, asks: LinkQuestion, verdict: Verdict = Verdict.YES, words: str = ""
) -> Tree:
    """The tree with one answer."""
    key = named(tree, text).id
    return do(tree, AnswerLink(cause=key, question=asks, verdict=verdict, words=words))


TWO = """
bill
  form
    list *
    pile *
wait *
"""


def test_each_chain_from_its_root_up_then_the_root_itself() -> None:
    tree = grown(TWO)
    assert told(tree) == [
        "list follows", "form follows", "bill follows", "list without", "list always",
        "pile follows", "pile without", "pile always",
        "wait follows", "wait without", "wait always",
    ]  # fmt: skip
    read = ReadBack.of(tree)
    assert [(each.chain, each.link, each.links) for each in read.questions] == [
        (1, 1, 3), (1, 2, 3), (1, 3, 3), (1, 0, 3), (1, 0, 3),
        (2, 1, 1), (2, 0, 1), (2, 0, 1),
        (3, 1, 1), (3, 0, 1), (3, 0, 1),
    ]  # fmt: skip


def test_a_root_above_a_root_has_its_links_read_with_the_one_that_comes_first() -> None:
    tree = grown("bill *\n  form *")
    assert told(tree) == [
        "bill follows", "bill without", "bill always",
        "form follows", "form without", "form always",
    ]  # fmt: skip
    # The one below comes first where it stands in an earlier branch.
    assert [each.links for each in ReadBack.of(tree).questions] == [1] * 6


def test_without_a_root_the_deepest_causes_are_read_and_nothing_is_asked_about_roots() -> None:
    tree = grown("bill\n  form\nlate\nrain\nout\nclosed")
    rain, out, closed = (named(tree, text).id for text in ("rain", "out", "closed"))
    for command in (
        SetPart(cause=rain, part=Part.CONDITION),
        SetStatus(cause=out, status=Status.RULED_OUT, reason="no"),
        SetStatus(cause=closed, status=Status.STOPPED, stop=StopReason.OUTSIDE_CONTROL),
    ):
        tree = do(tree, command)
    assert told(tree) == ["form follows", "bill follows", "late follows"]
    assert not ReadBack.of(tree).from_roots


def test_a_problem_alone_and_settled_branches_leave_nothing_to_read() -> None:
    for tree in (
        session(),
        do(
            one := grown("bill"),
            SetStatus(cause=named(one, "bill").id, status=Status.STOPPED, reason="time"),
        ),
    ):
        read = ReadBack.of(tree)
        assert read.questions == ()
        assert read.percent == 0
        assert read.next_unanswered() is None


def test_roots_in_a_ruled_out_branch_are_not_read() -> None:
    tree = grown("bill\n  form *\nwait *")
    tree = do(tree, SetStatus(cause=named(tree, "bill").id, status=Status.RULED_OUT, reason="no"))
    assert told(tree) == ["wait follows", "wait without", "wait always"]


def test_the_next_question_is_the_next_without_an_answer() -> None:
    tree = grown("bill\n  form *")
    read = ReadBack.of(tree)
    assert (read.next_unanswered(), read.answered, read.percent) == (0, 0, 0)
    tree = said(tree, "form", FOLLOWS)
    tree = said(tree, "form", WITHOUT, Verdict.NEEDS_EVIDENCE)
    read = ReadBack.of(tree)
    assert (read.next_unanswered(), read.answered, read.percent) == (1, 2, 50)
    assert read.next_unanswered(after=1) == 3
    assert read.next_unanswered(after=3) == 1
    for text, asks in (("bill", FOLLOWS), ("form", ALWAYS)):
        tree = said(tree, text, asks)
    read = ReadBack.of(tree)
    assert (read.next_unanswered(), read.answered, read.percent) == (None, 4, 100)


def test_what_an_answer_says_about_the_chain() -> None:
    tree = grown("bill *")
    outcomes = {}
    for asks in LinkQuestion:
        for verdict in Verdict:
            read = ReadBack.of(said(tree, "bill", asks, verdict))
            place = read.place(named(tree, "bill").id, asks)
            assert place is not None
            outcomes[asks.value, verdict.value] = read.outcome(read.questions[place]).value
    assert outcomes == {
        ("follows", "yes"): "held",
        ("follows", "no"): "broke",
        ("follows", "needs_evidence"): "needs_evidence",
        # It would not have happened without the root: that is what makes it one.
        ("without", "yes"): "broke",
        ("without", "no"): "held",
        ("without", "needs_evidence"): "needs_evidence",
        ("always", "yes"): "held",
        ("always", "no"): "not_alone",
        ("always", "needs_evidence"): "needs_evidence",
    }


def test_a_level_put_in_between_is_two_questions_where_one_was() -> None:
    tree = grown("bill\n  form *")
    tree = said(tree, "form", FOLLOWS, Verdict.NO)
    tree = do(tree, InsertBetween(cause=named(tree, "form").id, text="list"))
    assert told(tree)[:3] == ["form follows", "list follows", "bill follows"]
    assert ReadBack.of(tree).next_unanswered() == 0


def test_conditions_are_read_with_the_cause_and_others_named_beside_it() -> None:
    tree = grown("bill *\nrain\nlate\nout")
    tree = do(tree, SetPart(cause=named(tree, "rain").id, part=Part.CONDITION))
    tree = do(tree, SetStatus(cause=named(tree, "out").id, status=Status.RULED_OUT, reason="no"))
    bill = named(tree, "bill")
    assert [cause.text for cause in needed_with(tree, bill)] == ["rain"]
    assert [cause.text for cause in said_beside(tree, bill)] == ["late"]


def test_the_closing_sentence() -> None:
    tree = grown("They are overcharged.\n  The form is old. *\nLate *")
    assert closing_sentence(tree, named(tree, "The form is old.")) == (
        "“The form is old” increased the likelihood of “They are overcharged”, "
        "which led to “angry”."
    )
    assert (
        closing_sentence(tree, named(tree, "Late")) == "“Late” increased the likelihood of “angry”."
    )
    assert quoted("...") == "“...”"


def test_what_keeps_a_chain_from_being_said_to_the_end() -> None:
    tree = grown("bill\n  form *\n  pile *")
    pile = named(tree, "pile").id
    assert in_the_way(tree, pile) == [Outcome.UNANSWERED] * 2
    tree = said(tree, "pile", FOLLOWS)
    # The shared link counts for both; what is said about the root is told beside the sentence.
    tree = said(tree, "pile", WITHOUT, Verdict.YES)
    tree = said(tree, "bill", FOLLOWS, Verdict.NO)
    tree = said(tree, "pile", ALWAYS, Verdict.NO)
    assert in_the_way(tree, pile) == [Outcome.BROKE]
    assert in_the_way(said(tree, "bill", FOLLOWS), pile) == []


def test_a_chain_ten_thousand_whys_deep_is_read_like_any_other() -> None:
    tree = chain(10_000)
    last = tree.open_questions()[-1]
    tree = do(tree, SetPart(cause=last.id, part=Part.ROOT))
    read = ReadBack.of(tree)
    assert len(read.questions) == 10_002
    assert len(read.chain_of(read.questions[5_000])) == 10_002


FEW = settings(max_examples=20)
"""A tree of many acts takes a third of a second to draw."""


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """A tree after some acts of any kind."""
    tree = session("angry")
    for _ in range(draw(st.integers(0, 25))):
        try:
            tree = do(tree, draw(commands(tree)))
        except Refused:
            continue
    return tree


@FEW
@given(trees())
def test_every_link_above_a_root_is_read_once_and_nothing_else(tree: Tree) -> None:
    read = ReadBack.of(tree)
    keys = [question.key for question in read.questions]
    assert len(keys) == len(set(keys))
    above = {cause.id for start in read.starts for cause in tree.path(start) if cause.parent_id}
    assert {cause for cause, asks in keys if asks is FOLLOWS} == above
    roots = {root.id for root in tree.roots()}
    for asks in AFTER_ROOT:
        assert {cause for cause, asked in keys if asked is asks} == roots
    assert read.from_roots is bool(roots)
    assert [read.place(*key) for key in keys] == list(range(len(keys)))


@FEW
@given(trees())
def test_chains_stand_together_and_climb(tree: Tree) -> None:
    read = ReadBack.of(tree)
    chains = [list(group) for _, group in groupby(read.questions, key=lambda each: each.chain)]
    starts = [group[0].start for group in chains]
    assert starts == [start for start in read.starts if start in set(starts)]
    for group in chains:
        for question in group:
            assert read.chain_of(question) == tuple(group)
        links = [question for question in group if question.link]
        assert [question.link for question in links] == list(range(1, len(links) + 1))
        assert all(question.links == len(links) for question in group)
        if links:
            assert links[0].cause == group[0].start
        for lower, upper in pairwise(links):
            assert tree.causes[lower.cause].parent_id == upper.cause


@FEW
@given(trees(), st.data())
def test_an_answer_is_found_again_and_counted(tree: Tree, data: st.DataObject) -> None:
    read = ReadBack.of(tree)
    if not read.questions:
        return
    question: Question = data.draw(st.sampled_from(read.questions))
    verdict = data.draw(st.sampled_from(Verdict))
    after = ReadBack.of(
        do(tree, AnswerLink(cause=question.cause, question=question.asks, verdict=verdict))
    )
    assert after.questions == read.questions
    found = after.answer(question)
    assert found is not None
    assert found.verdict is verdict
    assert after.answered == read.answered + (read.answer(question) is None)
    assert (after.percent == 100) is (after.next_unanswered() is None)

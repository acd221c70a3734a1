"""Every weak spot of an analysis, and nothing that one would not say aloud."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from fivewhys.facilitation import RULE_SET
from fivewhys.facilitation.lint import MOST_ABOVE, findings, known_prompts
from fivewhys.models.commands import (
    AddEvidence,
    AnswerLink,
    CheckRoot,
    Command,
    DismissPrompt,
    NewPerson,
    SetPart,
    SetStatus,
)
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.models.words import (
    EvidenceKind,
    Leg,
    LinkQuestion,
    Part,
    RootPoint,
    Status,
    Verdict,
)
from tests.building import answer, chain, do, session

PROBLEM = "9 of 20 refunds took 19 days in October instead of 5"
PLAIN = (
    "The refund desk pays out 50 euro on its own",
    "The ceiling dates from the opening of the shop",
    "The list of ceilings has no review date",
    "Contracts are kept by the office in Leeds",
)
"""Answers that no rule fires on."""


def found(tree: Tree) -> list[tuple[str, str]]:
    """What the lint says: place and rule."""
    return [(".".join(map(str, one.place)), one.prompt.rule) for one in findings(tree)]


def one_answer(text: str, problem: str = PROBLEM) -> tuple[Tree, Cause]:
    tree = session(problem)
    return answer(tree, tree.problem.id, text)


def line(*texts: str) -> tuple[Tree, list[Cause]]:
    """One branch."""
    tree = session(PROBLEM)
    below: list[Cause] = []
    for text in texts:
        tree, cause = answer(tree, below[-1].id if below else tree.problem.id, text)
        below.append(cause)
    return tree, below


def dismissed(tree: Tree, cause: Cause, rule: str) -> Tree:
    return do(tree, DismissPrompt(cause=cause.id, rule=rule, rule_set=RULE_SET, prompt="?"))


def test_good_answers_are_left_alone() -> None:
    assert found(line(*PLAIN[:2])[0]) == []
    assert found(session(PROBLEM)) == []


def test_every_rule_that_fires_is_told_the_most_important_first() -> None:
    tree, cause = one_answer("Probably human error")
    told = list(findings(tree))
    assert [one.prompt.rule for one in told] == ["blame", "hedge"]
    assert [one.cause for one in told] == [cause, cause]
    assert told[0].place == (1,)
    assert told[0].prompt.id == "R1"
    assert told[0].prompt.text.startswith("Would a colleague")


def test_order_and_places_are_those_of_the_tree() -> None:
    tree, first = one_answer("Human error")
    tree, _ = answer(tree, tree.problem.id, "Poor communication")
    tree, _ = answer(tree, first.id, PLAIN[0])
    tree, _ = answer(tree, first.id, "They should have called")
    assert found(tree) == [("1", "blame"), ("1.2", "hindsight"), ("2", "vague")]


def test_names_in_the_room_parents_and_ancestors_are_known() -> None:
    tree = session(PROBLEM, people=(NewPerson(name="Mircea"),))
    tree, _ = answer(tree, tree.problem.id, "Mircea forgot the handover list")
    assert found(tree) == [("1", "blame")]
    assert ("1.1.1", "circular") in found(line(PLAIN[0], PLAIN[1], PLAIN[0])[0])
    assert ("1.1", "restated") in found(line(PLAIN[0], PLAIN[0])[0])
    assert found(line(PLAIN[0], PLAIN[1], PROBLEM)[0])[-1] == ("1.1.1", "circular")


def test_ruled_out_branches_are_left_alone() -> None:
    tree, (cause, *_) = line("Human error", "They should have called")
    assert len(found(tree)) == 2
    assert found(do(tree, SetStatus(cause=cause.id, status=Status.RULED_OUT, reason="no"))) == []


def test_what_was_dismissed_there_is_not_said_again() -> None:
    tree, cause = one_answer("Probably human error")
    tree, other = answer(tree, tree.problem.id, "Human error")
    assert found(dismissed(tree, cause, "blame")) == [("1", "hedge"), ("2", "blame")]
    assert found(dismissed(tree, other, "blame")) == [("1", "blame"), ("1", "hedge")]
    tree = session("Bad support")
    assert found(dismissed(tree, tree.problem, "problem")) == []


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("Probably the release", lambda key: SetStatus(cause=key, status=Status.SUSPECTED)),
        ("The vendor changed the API", lambda key: SetPart(cause=key, part=Part.CONDITION)),
        (
            "The vendor changed the API",
            lambda key: SetStatus(cause=key, status=Status.STOPPED, reason="not ours"),
        ),
        (
            "Nobody ever reads it",
            lambda key: AddEvidence(cause=key, kind=EvidenceKind.NUMBER, text="0 of 40"),
        ),
    ],
)
def test_what_the_team_has_done_already_is_not_asked(
    text: str, done: Callable[[UUID], Command]
) -> None:
    tree, cause = one_answer(text)
    assert len(found(tree)) == 1
    assert found(do(tree, done(cause.id))) == []


# -- the problem


def test_problem_without_a_gap_is_asked_for_it() -> None:
    assert found(session("The refunds are slow")) == [("", "problem")]
    assert found(session(PROBLEM)) == []


@pytest.mark.parametrize("name", ["actual", "location", "since_when", "how_much"])
def test_facts_can_say_what_the_problem_leaves_out(name: str) -> None:
    fact: dict[str, Any] = {name: "Leeds"}
    assert found(session("The refunds do not arrive", **fact)) == []


def test_vague_problem_needs_more_than_a_place() -> None:
    assert found(session("Bad support", location="Leeds")) == [("", "problem")]
    assert found(session("Bad support", actual="Calls wait 11 minutes")) == []


# -- the tree


def test_roots_and_claims_need_evidence_and_other_answers_do_not() -> None:
    tree, (first, second) = line(*PLAIN[:2])
    assert found(tree) == []
    verified = do(tree, SetStatus(cause=first.id, status=Status.VERIFIED))
    assert found(verified) == [("1", "no_evidence")]
    against = AddEvidence(cause=first.id, text="Asked at the desk: it is 100", supports=False)
    assert found(do(verified, against)) == [("1", "no_evidence")]
    assert found(do(verified, AddEvidence(cause=first.id, text="Seen in the desk's list"))) == []
    root = do(tree, SetPart(cause=second.id, part=Part.ROOT, reason="Ours"))
    assert found(root) == [("1.1", "no_evidence"), ("1.1", "shallow")]
    guess = do(root, SetStatus(cause=second.id, status=Status.SUSPECTED))
    assert found(guess) == [("1.1", "shallow")]


def test_read_back_is_heard() -> None:
    tree, cause = one_answer(PLAIN[0])
    follows = LinkQuestion.FOLLOWS

    def said(verdict: Verdict) -> Tree:
        return do(tree, AnswerLink(cause=cause.id, question=follows, verdict=verdict))

    assert found(said(Verdict.YES)) == []
    assert found(said(Verdict.NO)) == [("1", "jump")]
    needing = said(Verdict.NEEDS_EVIDENCE)
    assert found(needing) == [("1", "no_evidence")]
    assert found(do(needing, AddEvidence(cause=cause.id, text="Seen in the desk's list"))) == []


def rooted(tree: Tree, cause: Cause) -> Tree:
    """The same with `cause` as a root that was seen."""
    tree = do(tree, AddEvidence(cause=cause.id, text="Read in the contract"))
    return do(tree, SetPart(cause=cause.id, part=Part.ROOT, reason="Ours"))


def test_narrow_is_said_once_at_the_top_of_a_line_with_a_root() -> None:
    tree, (*_, last) = line(*PLAIN)
    assert found(tree) == []
    assert found(rooted(tree, last)) == [("", "narrow")]


def test_narrow_is_not_said_where_another_answer_was_given() -> None:
    tree, (*_, last) = line(*PLAIN)
    tree = rooted(tree, last)
    more, _ = answer(tree, last.id, "The tray is emptied on Fridays")
    assert [rule for _, rule in found(more)] == ["narrow"]
    more, other = answer(more, last.id, "The tray stands in the basement")
    assert found(more) == []
    more = do(more, SetStatus(cause=other.id, status=Status.RULED_OUT, reason="moved in May"))
    assert found(more) == []
    other_leg, _ = answer(tree, tree.problem.id, "The list is read in June", leg=Leg.DETECTION)
    assert found(other_leg) == []


def test_narrow_is_not_said_where_it_was_answered() -> None:
    tree, (*_, third, last) = line(*PLAIN)
    tree = rooted(tree, last)
    assert found(dismissed(tree, third, "narrow")) == []
    ticked = CheckRoot(cause=last.id, point=RootPoint.WHAT_ELSE, held=True)
    assert found(do(tree, ticked)) == []


def test_what_is_true_of_the_whole_session_is_said_in_one_line() -> None:
    tree, (*_, last) = line(*PLAIN)
    tree = do(tree, SetPart(cause=last.id, part=Part.ROOT, reason="Ours"))
    (one,) = findings(tree)
    assert (one.place, one.prompt.rule) == ((), "thin")
    assert one.prompt.text == (
        "One answer to each why and no evidence so far. What did we see, count or read?"
    )
    bare, cause = one_answer(PLAIN[0], "Refunds are slow")
    bare = do(bare, SetPart(cause=cause.id, part=Part.ROOT, reason="Ours"))
    thin, *others = findings(bare)
    assert thin.prompt.text.startswith("No evidence and no measured gap in the problem so far.")
    assert [other.prompt.rule for other in others] == ["shallow"]
    assert found(dismissed(bare, cause, "no_evidence")) == [("", "problem"), ("1", "shallow")]


def test_session_that_keeps_no_evidence_is_asked_for_it_once() -> None:
    tree = session(PROBLEM)
    below: list[Cause] = []
    for text in PLAIN:
        tree, cause = answer(tree, tree.problem.id, text)
        below.append(cause)
        tree = do(tree, SetStatus(cause=cause.id, status=Status.VERIFIED))
    assert found(tree) == [("1", "no_evidence")]
    needs = AnswerLink(
        cause=below[2].id, question=LinkQuestion.FOLLOWS, verdict=Verdict.NEEDS_EVIDENCE
    )
    assert found(do(tree, needs)) == [("1", "no_evidence"), ("3", "no_evidence")]
    tree = do(tree, AddEvidence(cause=below[0].id, text="Seen in the desk's list"))
    assert found(tree) == [(place, "no_evidence") for place in ("2", "3", "4")]


def test_depth_of_roots() -> None:
    tree, cause = one_answer(PLAIN[0])
    tree = do(tree, AddEvidence(cause=cause.id, text="Seen in the desk's list"))
    tree = do(tree, SetPart(cause=cause.id, part=Part.ROOT, reason="Ours"))
    assert found(tree) == [("1", "shallow")]
    assert found(do(tree, CheckRoot(cause=cause.id, point=RootPoint.PROCESS, held=True))) == []
    deep = chain(8, PROBLEM)
    (*_, (last, _)) = deep.walk()
    deep = do(deep, SetPart(cause=last.id, part=Part.ROOT, reason="Ours"))
    assert [one.prompt.rule for one in findings(deep) if one.cause.id == last.id][-1] == "deep"
    changeable = CheckRoot(cause=last.id, point=RootPoint.CHANGEABLE, held=True)
    assert "deep" not in [rule for _, rule in found(do(deep, changeable))]


def test_known_prompts_name_every_rule_once_but_blame() -> None:
    names = [prompt.rule for prompt in known_prompts()]
    assert len(names) == len(set(names)) + 1
    assert names[:2] == ["problem", "blame"]
    assert {"jump", "no_evidence", "narrow", "shallow", "deep", "too_long"} <= set(names)


def test_deep_trees_are_no_trouble() -> None:
    tree = chain(2 * MOST_ABOVE, PROBLEM)
    nodes = [replace(node, text=f"{node.text} fell over") for node, _ in tree.walk()]
    nodes[-1] = replace(nodes[-1], text=nodes[0].text)
    assert found(Tree.of(tree.session, nodes, seq=1))[-1][1] == "circular"
    assert len(found(chain(2000))) >= 2000

"""What the guide recorded stands in the Markdown: plainly, and only where it is there."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from fivewhys.models.commands import (
    AddEvidence,
    AnswerLink,
    Categorize,
    CheckRoot,
    Command,
    DismissPrompt,
    SetPart,
    SetStatus,
)
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.models.words import (
    ROOT_POINTS,
    LinkQuestion,
    Part,
    RootPoint,
    Status,
    StopReason,
    Verdict,
)
from fivewhys.reports import outline
from fivewhys.reports.markdown import plan
from tests.building import answer, do, moment, session

FOLLOWS, WITHOUT, ALWAYS = LinkQuestion
YES, NO, UNSURE = Verdict


@pytest.fixture
def tree() -> Tree:
    """customers are angry ← The forms are old. ← Nobody orders forms, which is root."""
    tree = session()
    tree, forms = answer(tree, tree.problem.id, "The forms are old.")
    tree, root = answer(tree, forms.id, "Nobody orders forms")
    tree = do(tree, SetPart(cause=root.id, part=Part.ROOT, reason="Ours"))
    return do(tree, AddEvidence(cause=root.id, text="The drawer was empty"))


def forms(tree: Tree) -> Cause:
    return tree.answers(tree.problem.id)[0]


def root(tree: Tree) -> Cause:
    return tree.answers(forms(tree).id)[0]


def said(
    tree: Tree, cause: UUID, question: LinkQuestion, verdict: Verdict, words: str = ""
) -> Tree:
    return do(tree, AnswerLink(cause=cause, question=question, verdict=verdict, words=words))


def section(tree: Tree, name: str) -> str:
    """One section of the page; empty where it is not there."""
    _, found, rest = plan(tree).partition(f"## {name}\n")
    return rest.partition("\n## ")[0].strip("\n") if found else ""


def test_what_was_not_recorded_leaves_nothing(tree: Tree) -> None:
    page = plan(tree)
    for words in ("follow", "still have happened", "In one sentence", "[ ]", "put aside", "Condit"):
        assert words not in page
    assert "1 root cause, no open questions.\n" in page


def test_a_chain_that_one_person_read_back_says_so_once(tree: Tree) -> None:
    tree = said(tree, root(tree).id, FOLLOWS, YES, "the drawer was empty")
    tree = said(tree, forms(tree).id, FOLLOWS, YES)
    assert (
        "   - Read back to the problem; each step follows (Ines, 21 November 2026):\n"
        "     - *therefore:* The forms are old. · the drawer was empty\n"
        "     - *therefore:* customers are angry\n"
        "   - In one sentence: “Nobody orders forms” increased the likelihood of “The forms are "
        "old”, which led to “customers are angry”.\n"
    ) in plan(tree) + "\n"


def test_steps_that_differ_are_told_each(tree: Tree) -> None:
    tree = said(tree, root(tree).id, FOLLOWS, YES)
    step = AnswerLink(cause=forms(tree).id, question=FOLLOWS, verdict=UNSURE, words="ask [/] Bo")
    tree = tree.with_operations(step.plan(tree, moment("Bo")))
    page = plan(tree)
    assert (
        "   - Read back to the problem:\n"
        "     - *therefore:* The forms are old. · does it follow: yes (Ines, 21 November 2026)\n"
        "     - *therefore:* customers are angry · does it follow: needs evidence: ask "
    ) in page
    assert "In one sentence" not in page


def test_a_chain_that_was_read_in_part_says_how_far(tree: Tree) -> None:
    tree = said(tree, root(tree).id, FOLLOWS, YES)
    told = section(tree, "Root causes")
    assert "The forms are old. · does it follow: yes (Ines, 21 November 2026)\n" in told
    assert "*therefore:* customers are angry" in told
    assert "In one sentence" not in told


def test_a_root_right_below_the_problem_has_a_shorter_sentence() -> None:
    tree = session()
    tree, cause = answer(tree, tree.problem.id, "Nobody orders forms")
    tree = do(tree, SetPart(cause=cause.id, part=Part.ROOT))
    tree = said(tree, cause.id, FOLLOWS, YES)
    assert (
        "In one sentence: “Nobody orders forms” increased the likelihood of “customers are angry”."
        in plan(tree)
    )


def test_the_two_questions_about_a_root(tree: Tree) -> None:
    tree = said(tree, root(tree).id, ALWAYS, NO, "the post was empty too")
    tree = said(tree, root(tree).id, WITHOUT, NO)
    assert (
        "   - Had it not been so, would the problem still have happened? No "
        "(Ines, 21 November 2026)\n"
        "   - With only this, would it always happen? No: the post was empty too "
        "(Ines, 21 November 2026)"
    ) in plan(tree)


def test_the_root_list_shows_what_is_ticked_and_what_is_open(tree: Tree) -> None:
    tree = do(tree, CheckRoot(cause=root(tree).id, point=RootPoint.PROCESS, held=True))
    page = plan(tree)
    assert page.count("[x]") == 1
    assert page.count("[ ] open: ") == 7
    assert f"     - [x] {ROOT_POINTS[RootPoint.PROCESS]}\n" in page
    assert f"     - [ ] open: {ROOT_POINTS[RootPoint.EVIDENCE]}\n" in page
    assert "[x]" not in plan(do(tree, SetPart(cause=root(tree).id, part=None)))


def test_what_needs_evidence_and_what_does_not_follow_is_open(tree: Tree) -> None:
    tree = said(tree, root(tree).id, FOLLOWS, NO, "a year is between")
    tree = said(tree, root(tree).id, ALWAYS, UNSURE)
    tree = said(tree, forms(tree).id, FOLLOWS, UNSURE)
    assert section(tree, "Still open") == (
        "Read back, and not settled:\n\n"
        "- “The forms are old”, therefore “customers are angry”: needs evidence "
        "(Ines, 21 November 2026)\n"
        "- “Nobody orders forms”, therefore “The forms are old”: it does not follow: a year is "
        "between (Ines, 21 November 2026)\n"
        "- “Nobody orders forms”: with only this, would it always happen? needs evidence "
        "(Ines, 21 November 2026)"
    )
    assert "**In short:** 1 root cause, no open questions, 3 open in the read-back." in plan(tree)
    out = SetStatus(cause=forms(tree).id, status=Status.RULED_OUT, reason="They are new")
    assert section(do(tree, out), "Still open") == ""


@pytest.mark.parametrize(
    ("stop", "reason", "told"),
    [
        (StopReason.HANDED_OVER, "Amara asks", "handed over. Amara asks"),
        (StopReason.TOO_COMPLEX, "", "too complex, escalated"),
        (None, "Enough", "Enough"),
    ],
)
def test_why_the_asking_stopped(tree: Tree, stop: StopReason, reason: str, told: str) -> None:
    command = SetStatus(cause=forms(tree).id, status=Status.STOPPED, stop=stop, reason=reason)
    tree = do(tree, command)
    assert section(tree, "Stopped") == f"- **The forms are old.**\n  - Reason: {told}"
    assert f"({told})" in outline.text(tree)
    part = SetPart(cause=forms(tree).id, part=Part.CONTRIBUTING)
    tree = do(tree, part)
    assert f"  - Why the asking stopped here: {told}" in section(tree, "Contributing causes")


def test_conditions_have_a_list_of_their_own(tree: Tree) -> None:
    tree, rain = answer(tree, tree.problem.id, "It rains on the roof")
    for command in (
        SetPart(cause=rain.id, part=Part.CONDITION, reason="It rains there every week"),
        SetStatus(cause=rain.id, status=Status.STOPPED, stop=StopReason.OUTSIDE_CONTROL),
        AddEvidence(cause=rain.id, text="12 mm on 20 November"),
    ):
        tree = do(tree, command)
    assert section(tree, "Conditions we keep in mind") == (
        "- **It rains on the roof**\n"
        "  - Why we keep it in mind: It rains there every week\n"
        "  - Why the asking stopped here: outside our control\n"
        "  - Evidence: 12 mm on 20 November"
    )
    assert section(tree, "Stopped") == section(tree, "Still open") == ""
    assert "- □ condition, stopped: It rains on the roof\n" in plan(tree)
    assert "~ condition, stopped: It rains on the roof" in outline.text(tree, ascii_only=True)
    out = SetStatus(cause=rain.id, status=Status.RULED_OUT, reason="It was dry")
    assert section(do(tree, out), "Conditions we keep in mind") == ""


@pytest.mark.parametrize(
    ("lens", "category", "told"),
    [
        ("customer-behaviour", "not-listening", "customer behaviour: not listening"),
        ("Front desk", "Check-in", "Front desk: Check-in"),
    ],
)
def test_a_category_stands_beside_its_cause(
    tree: Tree, lens: str, category: str, told: str
) -> None:
    tree = do(tree, Categorize(cause=forms(tree).id, lens=lens, category=category))
    assert f"The forms are old. ({told})\n" in plan(tree)


def test_prompts_that_were_put_aside_with_a_reason_come_last(tree: Tree) -> None:
    def aside(cause: UUID, rule: str, reason: str) -> Command:
        return DismissPrompt(cause=cause, rule=rule, rule_set="1", prompt="So?", reason=reason)

    for command in (
        aside(root(tree).id, "blame", "It is a post, not a person."),
        aside(root(tree).id, "vague", ""),
        aside(tree.problem.id, "problem", "Said in full below"),
    ):
        tree = do(tree, command)
    assert section(tree, "Prompts put aside") == (
        "- “customers are angry” was asked: So? Put aside: Said in full below "
        "(Ines, 21 November 2026)\n"
        "- “Nobody orders forms” was asked: So? Put aside: It is a post, not a person. "
        "(Ines, 21 November 2026)"
    )


def test_an_answer_of_another_day_is_told_with_its_day(tree: Tree) -> None:
    tree = said(tree, root(tree).id, FOLLOWS, YES)
    later = replace(moment(), now=moment().now + timedelta(days=3))
    step = AnswerLink(cause=forms(tree).id, question=FOLLOWS, verdict=YES)
    tree = tree.with_operations(step.plan(tree, later))
    page = plan(tree)
    assert "does it follow: yes (Ines, 24 November 2026)" in page
    assert "increased the likelihood" in page

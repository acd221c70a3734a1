"""What the guide recorded, in words: the read-back of each root, the root list, what was put aside.

It words; which section has what is the template's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause, LinkAnswer
from fivewhys.models.words import (
    LINK_QUESTIONS,
    ROOT_POINTS,
    STOP_WORDS,
    VERDICT_WORDS,
    LinkQuestion,
    Status,
    Verdict,
)
from fivewhys.reports.dates import day
from fivewhys.reports.readback import Chain

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_OF_THE_PROBLEM = (LinkQuestion.WITHOUT, LinkQuestion.ALWAYS)


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a chain: what the cause led to, and whether the team says that it follows."""

    effect: Cause
    said: str
    """Empty where it was not asked, or where it is said at once for the whole chain."""


def why_settled(cause: Cause) -> str:
    """Why a cause was ruled out or the asking stopped there: the known reason, then the words."""
    known = STOP_WORDS[cause.stop] if cause.stop else ""
    return ". ".join(filter(None, (known, cause.reason)))


def category(cause: Cause) -> str:
    """The category of a cause with its lens: “customer: speed”; empty where it has none.

    Lenses name themselves and their categories by ids, which are the names in small letters.
    """
    if not cause.category:
        return ""
    return ": ".join(
        text.replace("-", " ") if _ID.fullmatch(text) else text
        for text in (cause.lens, cause.category)
    )


def all_follow(tree: Tree, chain: Chain) -> str:
    """Who said when that every step of the chain follows, where that is one person on one day."""
    answers = _answers(tree, chain)
    said = {_who_and_when(answer.said_by, answer.created_at) for answer in answers if answer}
    follow = all(answer and answer.verdict is Verdict.YES for answer in answers)
    return said.pop() if follow and len(said) == 1 else ""


def links(tree: Tree, chain: Chain) -> list[Link]:
    """The steps of the chain, each with what was said of it."""
    at_once = bool(all_follow(tree, chain))
    steps = zip(chain.effects, _answers(tree, chain), strict=True)
    return [Link(effect, _step(answer, at_once) if answer else "") for effect, answer in steps]


def counterfactuals(tree: Tree, root: Cause) -> list[str]:
    """The questions that were asked of the root and the problem, with their answers."""
    return [
        f"{_upper(LINK_QUESTIONS[answer.question])}? {_upper(_said(answer))}"
        for answer in tree.link_answers(root.id)
        if answer.question in _OF_THE_PROBLEM
    ]


def closing(tree: Tree, root: Cause) -> str:
    """The chain in one sentence, once all of it was read back and follows; else nothing."""
    if not tree.link_answers(root.id):
        return ""
    path = tree.path(root.id)
    for cause in path[1:]:
        answer = tree.link_answer(cause.id, LinkQuestion.FOLLOWS)
        if answer is None or answer.verdict is not Verdict.YES:
            return ""
    problem, *_, effect, _ = path if len(path) > 2 else (path[0], path[0], path[-1])
    told = f"{_quoted(root)} increased the likelihood of {_quoted(effect)}"
    return f"{told}, which led to {_quoted(problem)}." if effect is not problem else f"{told}."


def root_list(tree: Tree, root: Cause) -> list[tuple[bool, str]]:
    """The points of the root list, each with whether it is ticked; none where none is."""
    ticked = tree.checked_points(root.id)
    return [(point in ticked, words) for point, words in ROOT_POINTS.items()] if ticked else []


def unsettled(tree: Tree) -> list[str]:
    """What the read-back left open outside ruled-out branches, in the tree's order."""
    return list(_unsettled(tree)) if tree.link_answers_of else []


def put_aside(tree: Tree) -> list[str]:
    """The prompts that were put aside with a reason, in the tree's order."""
    if not tree.dismissals_of:
        return []
    return [
        f"{_quoted(cause)} was asked: {dismissal.prompt} Put aside: {dismissal.reason} "
        f"({_who_and_when(dismissal.said_by, dismissal.created_at)})"
        for cause, _ in tree.walk()
        for dismissal in tree.dismissals(cause.id)
        if dismissal.reason
    ]


def _unsettled(tree: Tree) -> Iterator[str]:
    cut = -1
    for cause, depth in tree.walk():
        if 0 <= cut < depth:
            continue
        cut = depth if cause.status is Status.RULED_OUT else -1
        if cut >= 0 or cause.parent_id is None:
            continue
        effect = tree.causes[cause.parent_id]
        for answer in tree.link_answers(cause.id):
            if answer.question is LinkQuestion.FOLLOWS and answer.verdict is not Verdict.YES:
                yield f"{_quoted(cause)}, therefore {_quoted(effect)}: {_link_said(answer)}"
            elif answer.verdict is Verdict.NEEDS_EVIDENCE:
                yield f"{_quoted(cause)}: {LINK_QUESTIONS[answer.question]}? {_said(answer)}"


def _answers(tree: Tree, chain: Chain) -> list[LinkAnswer | None]:
    """What was said of each step; a step's answer is kept with its cause."""
    causes = (chain.root, *chain.effects[:-1])
    return [tree.link_answer(cause.id, LinkQuestion.FOLLOWS) for cause in causes]


def _step(answer: LinkAnswer, at_once: bool) -> str:
    return answer.words if at_once else f"does it follow: {_said(answer)}"


def _link_said(answer: LinkAnswer) -> str:
    said = _said(answer)
    if answer.verdict is Verdict.NO:
        return said.replace(VERDICT_WORDS[Verdict.NO], "it does not follow", 1)
    return said


def _said(answer: LinkAnswer) -> str:
    words = f": {answer.words}" if answer.words else ""
    who = _who_and_when(answer.said_by, answer.created_at)
    return f"{VERDICT_WORDS[answer.verdict]}{words} ({who})"


def _who_and_when(name: str, moment: datetime) -> str:
    return ", ".join(filter(None, (name, day(moment))))


def _quoted(cause: Cause) -> str:
    return f"“{cause.text.rstrip('.')}”"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]

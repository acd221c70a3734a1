"""Which prompt stands in the reserved row of a live session, and what one key does about it.

It reads trees and the facilitator's rules and makes commands; it knows no widgets. One prompt at a
time: after a dismissal nothing more is asked of that answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from fivewhys.facilitation import (
    RULE_SET,
    MarkCondition,
    MarkSuspected,
    Offer,
    Prompt,
    SplitCauses,
    SplitLevels,
    problem_prompts,
    prompts,
)
from fivewhys.facilitation.named import named
from fivewhys.facilitation.tree_rules import NARROW_LEVELS, depth_hint, narrow
from fivewhys.models import commands
from fivewhys.models.commands import Command
from fivewhys.models.tree import Tree
from fivewhys.models.words import LEG_QUESTIONS, Leg, Part, Status
from fivewhys.text import excerpt

LONGEST_ANSWER = 70
"""Characters of another team's answer in the row where the guide asks."""


@dataclass(frozen=True, slots=True)
class AskElse:
    """Ask once more for another answer to the question of `key`."""

    key: UUID


@dataclass(frozen=True, slots=True)
class AskLeg:
    """Ask the problem's second or third question: a branch of its own."""

    leg: Leg


@dataclass(frozen=True, slots=True)
class GoDeeper:
    """Answer the question of `key` as another team did that asked why of the same cause."""

    key: UUID
    text: str
    cause: UUID
    """The answer of that team."""
    session: str


Step = Offer | AskElse | AskLeg | GoDeeper
"""What one key takes up: something done to the answer, somewhere to go, or a text to begin with."""

_STEP_WORDS: dict[type[Step], str] = {
    SplitCauses: "split in two",
    SplitLevels: "two levels",
    MarkSuspected: "suspected",
    MarkCondition: "a condition",
    AskElse: "ask it",
    AskLeg: "ask it",
    GoDeeper: "take it",
}

WENT_ON = "another_team"
"""The rule by which the guide tells what another team answered."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt that stands in the reserved row."""

    prompt: Prompt
    about: UUID
    """The cause it asks about; for a text that is still typed, the one whose answer it will be."""
    is_draft: bool = False
    step: Step | None = None

    @property
    def is_wide(self) -> bool:
        """Whether it is about the tree, and can wait: a root's depth, another branch or cause."""
        return isinstance(self.step, AskElse | AskLeg) or self.prompt.rule in ("shallow", "deep")

    @property
    def keys(self) -> str:
        """What the two keys do about it."""
        take = f"^T {_STEP_WORDS[type(self.step)]} · " if self.step else ""
        return f"{take}^N not now"


def of_draft(tree: Tree, question: UUID, text: str) -> Asked | None:
    """What to ask back while `text` is typed as an answer to `question`."""
    found = _first(_prompts(tree, question, text))
    return Asked(found, question, True, _step(found)) if found else None


def of_answer(tree: Tree, key: UUID) -> Asked | None:
    """What to ask back about an answer that is saved, unless that was dismissed."""
    cause = tree.causes[key]
    if cause.parent_id is None or tree.dismissals(key):
        return None
    found = _first(_prompts(tree, cause.parent_id, cause.text))
    return Asked(found, key, step=_step(found)) if found else _what_else(tree, key)


def of_problem(tree: Tree) -> Asked | None:
    """What to ask back about the problem while it has no answer yet."""
    problem = tree.problem
    if tree.children(problem.id) or tree.dismissals(problem.id):
        return None
    found = _first(problem_prompts(problem.text, people=named(tree)))
    return Asked(found, problem.id) if found else None


def of_root(tree: Tree, key: UUID) -> Asked | None:
    """After a root: a hint at its depth, else the problem's next question."""
    hint = depth_hint(tree.depth(key))
    if hint is not None and not any(told.rule == hint.rule for told in tree.dismissals(key)):
        return Asked(hint, key)
    asked = {cause.leg for cause in tree.causes.values()}
    refused = {told.rule for told in tree.dismissals(tree.problem.id)}
    for leg in (Leg.DETECTION, Leg.SYSTEM):
        rule = f"{leg.value}_leg"
        if leg not in asked and rule not in refused:
            words = f"A branch of its own: {LEG_QUESTIONS[leg]}?"
            return Asked(Prompt(rule, "", words), tree.problem.id, step=AskLeg(leg))
    return None


def of_other_team(tree: Tree, step: GoDeeper) -> Asked | None:
    """That another team asked on from the same cause, unless that was dismissed."""
    if any(told.rule == WENT_ON for told in tree.dismissals(step.key)):
        return None
    begin = excerpt(step.text, LONGEST_ANSWER)
    words = f"In {step.session} another team asked why of this: “{begin}” Go on?"
    return Asked(Prompt(WENT_ON, "", words), step.key, step=step)


def taken_up(step: Offer, key: UUID) -> Command:
    """The command that does what a prompt about the saved answer `key` offers."""
    match step:
        case SplitCauses(first, second):
            return commands.SplitCauses(cause=key, first=first, second=_like(first, second))
        case SplitLevels(effect, below):
            return commands.SplitLevels(cause=key, effect=effect, below=_like(effect, below))
        case MarkSuspected():
            return commands.SetStatus(cause=key, status=Status.SUSPECTED)
        case MarkCondition():
            return commands.SetPart(cause=key, part=Part.CONDITION)


def dismissed(asked: Asked) -> Command:
    """The command that keeps what was asked about a saved answer from being asked again."""
    prompt = asked.prompt
    return commands.DismissPrompt(
        cause=asked.about, rule=prompt.rule, rule_set=RULE_SET, prompt=prompt.text
    )


def _like(first: str, second: str) -> str:
    """`second` with a capital where `first` has one."""
    return second[:1].upper() + second[1:] if first[:1].isupper() else second


def _prompts(tree: Tree, question: UUID, text: str) -> list[Prompt]:
    path = tree.path(question)
    return prompts(
        text,
        parent=path[-1].text,
        ancestors=[cause.text for cause in path[:-1]],
        people=named(tree),
    )


def _what_else(tree: Tree, key: UUID) -> Asked | None:
    """After three levels with one answer each: was there nothing beside it?"""
    path = tree.path(key)[:-1]
    children = [len(tree.children(cause.id)) for cause in path]
    # Once for each such run of levels, not at every answer that makes it longer.
    found = narrow(children) if children[-NARROW_LEVELS - 1 : -NARROW_LEVELS] != [1] else None
    return Asked(found, key, step=AskElse(path[-1].id)) if found else None


def _first(found: Iterable[Prompt]) -> Prompt | None:
    return next(iter(found), None)


def _step(prompt: Prompt) -> Step | None:
    return prompt.offers[0] if prompt.offers else None

"""What a read-back asks of a tree, in which order, and what the answers came to.

A chain is read from its root up to the problem, link by link; then come two questions about the
root and the problem. A link that two chains share is read once, with the first of them. It knows
no screen: who reads it out, and how, is not its business.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause, LinkAnswer
from fivewhys.models.words import LinkQuestion, Part, Status, Verdict

AFTER_ROOT = (LinkQuestion.WITHOUT, LinkQuestion.ALWAYS)
"""What is asked of a root once its chain was read."""


class Outcome(StrEnum):
    """What the answer to a question says about the chain."""

    HELD = "held"
    BROKE = "broke"
    NEEDS_EVIDENCE = "needs_evidence"
    NOT_ALONE = "not_alone"
    """The root alone does not always lead to the problem: something else was there."""
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the read-back."""

    cause: UUID
    """The cause of the link, or the root that the question is about."""
    asks: LinkQuestion
    start: UUID
    """Where its chain begins: a root, or a deepest cause where there is no root."""
    chain: int
    """Which chain it is, counted from 1."""
    link: int = 0
    """Which link of its chain it is, counted from 1 at the root; 0 for a question about a root."""
    links: int = 0
    """How many links are read in its chain: those that no chain before it has."""

    @property
    def key(self) -> tuple[UUID, LinkQuestion]:
        """What an answer is kept under."""
        return self.cause, self.asks


@dataclass(frozen=True)
class ReadBack:
    """The questions of a tree as it is now, and how far they are answered."""

    tree: Tree
    starts: tuple[UUID, ...]
    """Where the chains begin, in the tree's order."""
    from_roots: bool
    """Whether they begin at roots. Where no root is marked, the deepest causes are read, without
    the questions about roots."""
    questions: tuple[Question, ...]

    @staticmethod
    def of(tree: Tree) -> "ReadBack":
        """What there is to read back in `tree`."""
        roots = tuple(root.id for root in tree.roots())
        starts = roots or tuple(cause.id for cause in deepest(tree))
        asked = tuple(_questions(tree, starts, from_roots=bool(roots)))
        return ReadBack(tree, starts, bool(roots), asked)

    @cached_property
    def _places(self) -> dict[tuple[UUID, LinkQuestion], int]:
        return {question.key: place for place, question in enumerate(self.questions)}

    def place(self, cause: UUID, asks: LinkQuestion) -> int | None:
        """The place of a question, counted from 0; None where it is not asked."""
        return self._places.get((cause, asks))

    def answer(self, question: Question) -> LinkAnswer | None:
        """What the team said to a question, if it did."""
        return self.tree.link_answer(question.cause, question.asks)

    def outcome(self, question: Question) -> Outcome:
        """What the answer to a question says about the chain."""
        return outcome(question.asks, self.answer(question))

    @cached_property
    def answered(self) -> int:
        """How many questions are answered."""
        return sum(1 for question in self.questions if self.answer(question))

    @property
    def percent(self) -> int:
        """How much is answered, 0 to 100; 100 only when all is."""
        return 100 * self.answered // len(self.questions) if self.questions else 0

    def next_unanswered(self, after: int = -1) -> int | None:
        """The place of the next question without an answer: after `after`, else the first."""
        waiting = [
            place for place, question in enumerate(self.questions) if not self.answer(question)
        ]
        return next((place for place in waiting if place > after), next(iter(waiting), None))

    def chain_of(self, question: Question) -> tuple[Question, ...]:
        """The questions that are read in the same chain, in order."""
        place = self._places[question.key]
        first = place - (question.link - 1 if question.link else 0)
        if not question.link:
            first -= AFTER_ROOT.index(question.asks) + question.links
        extra = len(AFTER_ROOT) if self.from_roots else 0
        return self.questions[first : first + question.links + extra]


def deepest(tree: Tree) -> list[Cause]:
    """The causes that nothing stands under and that are neither settled nor mere conditions."""
    return [
        cause
        for cause in tree.open_questions()
        # A problem without answers is open, and is no cause.
        if cause.parent_id is not None
    ]


def outcome(asks: LinkQuestion, answer: LinkAnswer | None) -> Outcome:
    """What an answer says about the chain.

    Whether the problem would have come without the root is answered well with no.
    """
    if answer is None:
        return Outcome.UNANSWERED
    if answer.verdict is Verdict.NEEDS_EVIDENCE:
        return Outcome.NEEDS_EVIDENCE
    said_yes = answer.verdict is Verdict.YES
    if asks is LinkQuestion.ALWAYS:
        return Outcome.HELD if said_yes else Outcome.NOT_ALONE
    return Outcome.HELD if said_yes is (asks is LinkQuestion.FOLLOWS) else Outcome.BROKE


def needed_with(tree: Tree, cause: Cause) -> list[Cause]:
    """The conditions beside a cause: its effect needed them too, so they are read with it."""
    return [other for other in _beside(tree, cause) if other.part is Part.CONDITION]


def said_beside(tree: Tree, cause: Cause) -> list[Cause]:
    """The other causes that were given for the same effect, in the tree's order."""
    return [other for other in _beside(tree, cause) if other.part is not Part.CONDITION]


def in_the_way(tree: Tree, start: UUID) -> list[Outcome]:
    """What keeps the chain of a root from being said to the end: its links that did not hold.

    Every link counts, read with this root or with another; reports ask for the same. What was said
    about the root and the problem is told beside it.
    """
    links = [cause for cause in tree.path(start) if cause.parent_id is not None]
    told = [outcome(LinkQuestion.FOLLOWS, _follows(tree, link)) for link in reversed(links)]
    return [each for each in told if each is not Outcome.HELD]


def closing_sentence(tree: Tree, root: Cause) -> str:
    """What a chain comes to, in one sentence.

    Causes are whole sentences themselves, so they stand in quotation marks.
    """
    effect = tree.causes[root.parent_id] if root.parent_id else tree.problem
    said = f"{quoted(root.text)} increased the likelihood of {quoted(effect.text)}"
    more = "" if effect.parent_id is None else f", which led to {quoted(tree.problem.text)}"
    return f"{said}{more}."


def quoted(text: str) -> str:
    """`text` as it stands inside another sentence.

    >>> quoted("They are overcharged for this book.")
    '“They are overcharged for this book”'
    """
    return f"“{text.rstrip().rstrip('.').rstrip() or text}”"


def _follows(tree: Tree, cause: Cause) -> LinkAnswer | None:
    return tree.link_answer(cause.id, LinkQuestion.FOLLOWS)


def _beside(tree: Tree, cause: Cause) -> list[Cause]:
    siblings = tree.answers(cause.parent_id) if cause.parent_id else []
    return [
        other for other in siblings if other.id != cause.id and other.status is not Status.RULED_OUT
    ]


def _questions(tree: Tree, starts: tuple[UUID, ...], *, from_roots: bool) -> Iterator[Question]:
    read: set[UUID] = set()
    for chain, start in enumerate(starts, 1):
        links = []
        node = tree.causes[start]
        while node.parent_id is not None and node.id not in read:
            read.add(node.id)
            links.append(node.id)
            node = tree.causes[node.parent_id]
        for link, cause in enumerate(links, 1):
            yield Question(cause, LinkQuestion.FOLLOWS, start, chain, link, len(links))
        if from_roots:
            for asks in AFTER_ROOT:
                yield Question(start, asks, start, chain, links=len(links))

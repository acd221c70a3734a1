"""A session in which every kind of thing is there, each with words of the test's choice."""

from fivewhys.models.commands import (
    AddEvidence,
    AskInstead,
    NewPerson,
    Park,
    SetPart,
    SetStatus,
)
from fivewhys.models.tree import Tree
from fivewhys.models.words import EvidenceKind, Leg, Part, Severity, Status
from tests.building import answer, do, session


def full(words: str, *, lines: str = "") -> Tree:
    """A tree with `words` in every field, and `lines` in those of several lines."""
    lines = lines or words
    tree = session(
        words,
        customer_words=lines,
        expected=words,
        actual=words,
        location=words,
        since_when=words,
        how_much=words,
        site=words,
        region=words,
        department=words,
        channel=words,
        severity=Severity.MAJOR,
        facilitator=words,
        notes=lines,
        people=(
            NewPerson(name=words, role=words),
            NewPerson(name=words, role=words, here=False),
        ),
    )
    top = tree.problem.id
    tree, cause = answer(tree, top, words, said_by=words, leg=Leg.OCCURRENCE)
    tree = do(tree, SetStatus(cause=cause.id, status=Status.VERIFIED))
    tree = do(tree, AddEvidence(cause=cause.id, text=words, said_by=words))
    tree, root = answer(tree, cause.id, words)
    tree = do(tree, SetPart(cause=root.id, part=Part.ROOT, reason=words))
    tree = do(tree, AddEvidence(cause=root.id, text=words, supports=False))
    tree, bare = answer(tree, cause.id, words)
    tree = do(tree, SetPart(cause=bare.id, part=Part.ROOT))
    tree, out = answer(tree, top, words, leg=Leg.DETECTION)
    tree = do(tree, SetStatus(cause=out.id, status=Status.RULED_OUT, reason=words))
    tree = do(tree, AddEvidence(cause=out.id, text=words, kind=EvidenceKind.NUMBER))
    tree, stopped = answer(tree, top, words)
    tree = do(tree, SetStatus(cause=stopped.id, status=Status.STOPPED, reason=words))
    tree = do(tree, SetPart(cause=stopped.id, part=Part.CONTRIBUTING, reason=words))
    tree, end = answer(tree, top, words)
    tree = do(tree, SetStatus(cause=end.id, status=Status.STOPPED, reason=words))
    tree, waiting = answer(tree, top, words)
    tree = do(tree, AskInstead(cause=waiting.id, question=words))
    tree = do(tree, AddEvidence(cause=top, text=words))
    return do(tree, Park(text=words, said_by=words))

"""A session in which every kind of thing is there, each with words of the test's choice."""

from fivewhys.models.commands import (
    AddEvidence,
    AnswerLink,
    AskInstead,
    Categorize,
    CheckRoot,
    DismissPrompt,
    NewPerson,
    Park,
    SetPart,
    SetStatus,
)
from fivewhys.models.tree import Tree
from fivewhys.models.words import (
    EvidenceKind,
    Leg,
    LinkQuestion,
    Part,
    RootPoint,
    Severity,
    Status,
    StopReason,
    Verdict,
)
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
    tree, rain = answer(tree, top, words)
    tree = do(tree, SetPart(cause=rain.id, part=Part.CONDITION, reason=words))
    known = StopReason.OUTSIDE_CONTROL
    tree = do(tree, SetStatus(cause=rain.id, status=Status.STOPPED, stop=known, reason=words))
    tree = do(tree, Categorize(cause=rain.id, lens=words, category=words))
    for node, verdict in ((cause, Verdict.YES), (root, Verdict.YES), (bare, Verdict.NO)):
        for question in LinkQuestion:
            given = AnswerLink(cause=node.id, question=question, verdict=verdict, words=words)
            tree = do(tree, given)
    for node in (rain, end):
        for question in LinkQuestion:
            unsure = Verdict.NEEDS_EVIDENCE
            given = AnswerLink(cause=node.id, question=question, verdict=unsure, words=words)
            tree = do(tree, given)
    for point in (RootPoint.PROCESS, RootPoint.READ_BACK):
        tree = do(tree, CheckRoot(cause=root.id, point=point, held=True))
    for node in (tree.problem, bare):
        aside = DismissPrompt(cause=node.id, rule=words, rule_set=words, prompt=words, reason=words)
        tree = do(tree, aside)
    tree, waiting = answer(tree, top, words)
    tree = do(tree, AskInstead(cause=waiting.id, question=words))
    tree = do(tree, AddEvidence(cause=top, text=words))
    return do(tree, Park(text=words, said_by=words))

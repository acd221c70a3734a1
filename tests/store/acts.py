"""Anything that people can do to a session, for Hypothesis to try in any order."""

from datetime import UTC
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from fivewhys.models.commands import (
    AddEvidence,
    Answer,
    AnswerLink,
    AskInstead,
    Categorize,
    CheckRoot,
    Command,
    DeleteCause,
    DeleteEvidence,
    DeleteParked,
    DeleteSession,
    DismissPrompt,
    EditCause,
    EditEvidence,
    ExplainDismissal,
    Facts,
    Finish,
    ForgetLink,
    InsertBetween,
    MoveCause,
    NewPerson,
    Park,
    ParkCause,
    Reopen,
    RestoreSession,
    SetFacts,
    SetLeg,
    SetPart,
    SetSaidBy,
    SetStatus,
    SplitCauses,
    SplitLevels,
    UseParked,
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
from tests.store.plan_acts import lines, names, of_the_plan, statements

__all__ = ["commands", "facts", "lines", "statements"]


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """Some of a session's facts: what a form would give that changed only these."""
    choices: dict[str, st.SearchStrategy[Any]] = {
        "customer_words": lines,
        "expected": lines,
        "location": lines,
        "site": lines,
        "severity": st.none() | st.sampled_from(Severity),
        "noticed_at": st.none() | st.datetimes(timezones=st.just(UTC)),
        "time_box": st.none() | st.integers(1, 24 * 60),
        "notes": lines,
        "acknowledged_at": st.none() | st.datetimes(timezones=st.just(UTC)),
        "acknowledgement": lines,
        "told_channel": lines,
    }
    given = draw(st.sets(st.sampled_from(sorted(choices)), max_size=3))
    return Facts(**{name: draw(choices[name]) for name in sorted(given)})


people = st.lists(st.builds(NewPerson, name=names, role=lines, here=st.booleans()), max_size=4).map(
    tuple
)


@st.composite
def commands(draw: st.DrawFn, tree: Tree) -> Command:
    """One act on `tree`. Some do not fit it: those must be refused and leave it alone."""
    if tree.session.deleted_at is not None and draw(st.booleans()):
        # Else most runs would end where nothing but this is taken in.
        return RestoreSession()
    nodes = st.sampled_from(sorted(tree.causes))
    if draw(st.integers(0, 2)) == 2:
        # A check needs five acts before it, each on the one before.
        return draw(of_the_plan(tree))
    choices: list[st.SearchStrategy[Command]] = [
        st.builds(
            Answer,
            parent=nodes,
            text=statements,
            said_by=lines,
            leg=st.none() | st.sampled_from(Leg),
        ),
        st.builds(EditCause, cause=nodes, text=statements),
        st.builds(AskInstead, cause=nodes, question=lines),
        _moves(tree),
        st.builds(DeleteCause, cause=nodes),
        st.builds(
            SetStatus,
            cause=nodes,
            status=st.sampled_from(Status),
            reason=st.just("seen") | lines,
            stop=st.none() | st.sampled_from(StopReason),
        ),
        st.builds(SetPart, cause=nodes, part=st.none() | st.sampled_from(Part), reason=lines),
        st.builds(SetLeg, cause=nodes, leg=st.none() | st.sampled_from(Leg)),
        st.builds(SetSaidBy, cause=nodes, name=lines),
        st.builds(
            AddEvidence,
            cause=nodes,
            text=statements,
            kind=st.sampled_from(EvidenceKind),
            supports=st.booleans(),
        ),
        st.builds(Park, text=statements, said_by=lines),
        st.builds(ParkCause, cause=nodes),
        *_of_the_guide(nodes),
        st.builds(SetFacts, facts=facts()),
        st.builds(SetFacts, problem=statements),
        st.builds(SetFacts, people=people),
        st.sampled_from([Finish(), Reopen(), DeleteSession(), RestoreSession()]),
    ]
    evidence = [item.id for items in tree.evidence_of.values() for item in items]
    if evidence:
        kept = st.sampled_from(sorted(evidence))
        choices.append(
            st.builds(
                EditEvidence,
                evidence=kept,
                text=statements,
                kind=st.sampled_from(EvidenceKind),
                supports=st.booleans(),
            )
        )
        choices.append(st.builds(DeleteEvidence, evidence=kept))
    if tree.parked:
        ideas = st.sampled_from([idea.id for idea in tree.parked])
        choices.append(st.builds(UseParked, parked=ideas, parent=nodes, text=statements))
        choices.append(st.builds(DeleteParked, parked=ideas))
    # Twice as many answers and moves as the rest: they are what makes trees.
    command: Command = draw(st.one_of(choices[0], choices[0], choices[3], *choices))
    return command


def _of_the_guide(nodes: st.SearchStrategy[UUID]) -> list[st.SearchStrategy[Command]]:
    # Few questions, points and rules, so that the same one comes again.
    questions = st.sampled_from(LinkQuestion)
    return [
        st.builds(
            AnswerLink,
            cause=nodes,
            question=questions,
            verdict=st.sampled_from(Verdict),
            words=lines,
        ),
        st.builds(ForgetLink, cause=nodes, question=questions),
        st.builds(
            DismissPrompt,
            cause=nodes,
            rule=st.sampled_from(["blame", "hedge"]),
            rule_set=st.just("1"),
            prompt=statements,
            reason=lines,
        ),
        st.builds(ExplainDismissal, cause=nodes, reason=lines),
        st.builds(
            CheckRoot,
            cause=nodes,
            point=st.sampled_from([RootPoint.EVIDENCE, RootPoint.WHAT_ELSE]),
            held=st.booleans(),
        ),
        st.builds(Categorize, cause=nodes, lens=st.just("customer"), category=statements)
        | st.builds(Categorize, cause=nodes, lens=st.just(""), category=st.just("")),
        st.builds(InsertBetween, cause=nodes, text=statements),
        st.builds(SplitCauses, cause=nodes, first=statements, second=statements),
        st.builds(SplitLevels, cause=nodes, effect=statements, below=statements),
    ]


@st.composite
def _moves(draw: st.DrawFn, tree: Tree) -> MoveCause:
    nodes: list[UUID] = sorted(tree.causes)
    parent = draw(st.sampled_from(nodes))
    before = draw(st.none() | st.sampled_from(tree.children(parent) or (parent,)))
    return MoveCause(cause=draw(st.sampled_from(nodes)), parent=parent, before=before)

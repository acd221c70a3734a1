"""Plans for tests: a session with one root, and what is done about it."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from fivewhys.models.commands import (
    AddCountermeasure,
    AddMeasure,
    CountermeasureFacts,
    MakeCheck,
    MeasureFacts,
    PlanCheck,
    SetPart,
    SetProgress,
)
from fivewhys.models.plan_words import CheckResult, MeasureKind, Progress, Ready
from fivewhys.models.tree import Tree
from fivewhys.models.values import Appearance, Cause, Countermeasure, Measure
from fivewhys.models.words import Part
from tests.building import answer, do, new_key, session

ROOT = "No rule says who orders the forms while the post is empty"
READY: dict[str, Any] = {f"ready_{point}": True for point in Ready}


def with_root(
    text: str = ROOT, problem: str = "Refunds took 19 days", **facts: Any
) -> tuple[Tree, Cause]:
    """A session with a root right below its problem."""
    return root(session(problem, **facts), text)


def root(tree: Tree, text: str, **more: Any) -> tuple[Tree, Cause]:
    """The tree with one more root right below its problem."""
    tree, cause = answer(tree, tree.problem.id, text, **more)
    tree = do(tree, SetPart(cause=cause.id, part=Part.ROOT, reason="ours to change"))
    return tree, tree.causes[cause.id]


def planned(
    tree: Tree, cause: UUID, text: str, progress: Progress = Progress.PLANNED, **facts: Any
) -> tuple[Tree, Countermeasure]:
    """The tree with one more countermeasure on `cause`; a done one was done on 21 November 2026."""
    first = progress if progress is Progress.IDEA else Progress.PLANNED
    adding = AddCountermeasure(
        cause=cause, text=text, facts=CountermeasureFacts(**facts), progress=first
    )
    tree = do(tree, adding)
    key = tree.countermeasures(cause)[-1].id
    if progress in (Progress.EFFECTIVE, Progress.NOT_EFFECTIVE):
        tree = do(tree, SetProgress(countermeasure=key, progress=Progress.DONE))
    if progress is Progress.EFFECTIVE:
        tree = shown(tree, key)
    if progress is not first:
        tree = do(tree, SetProgress(countermeasure=key, progress=progress, reason="so it is"))
    found = tree.countermeasure(key)
    assert found
    return tree, found


def measured(
    tree: Tree, key: UUID, kind: MeasureKind = MeasureKind.OUTCOME
) -> tuple[Tree, Measure]:
    """The tree with one more measure of a countermeasure."""
    adding = AddMeasure(
        countermeasure=key, definition="Days to a refund", facts=MeasureFacts(kind=kind)
    )
    tree = do(tree, adding)
    item = tree.countermeasure(key)
    assert item
    return tree, tree.measures(item)[-1]


def shown(tree: Tree, key: UUID) -> Tree:
    """The tree with all that calls a countermeasure effective."""
    for kind in (MeasureKind.PROCESS, MeasureKind.OUTCOME):
        tree, measure = measured(tree, key, kind)
        tree = do(tree, MakeCheck(measure=measure.id, result=CheckResult.MET, checked_by="Nuno"))
    return tree


def looked_at(tree: Tree, measure: Measure, due: date) -> Tree:
    """The tree with a check of `measure` planned."""
    return do(tree, PlanCheck(measure=measure.id, due=due))


def came_back(tree: Tree, cause: UUID, *days: date) -> Tree:
    """The tree whose cause was found again in S-9, S-10 … on these days."""
    found = tuple(
        Appearance(new_key(), number, "Harwick", on, is_root=True)
        for number, on in enumerate(days, 9)
    )
    return replace(tree, elsewhere={**tree.elsewhere, cause: found})

"""Countermeasures for tests of commands, and days on which something is done about them.

The tree of the tests has bill → {list, till}, wait → {van}.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from fivewhys.models.commands import (
    AddCountermeasure,
    AddMeasure,
    Command,
    CountermeasureFacts,
    MakeCheck,
    MeasureFacts,
    Moment,
    Refused,
    SetProgress,
)
from fivewhys.models.plan_words import CheckResult, MeasureKind, Progress
from fivewhys.models.tree import Tree
from fivewhys.models.values import Appearance, Check, Countermeasure, Measure
from tests.building import new_key
from tests.models.commands.asking import key

DAY = date(2026, 11, 21)
"""The day on which things are done unless another is given."""


def later(days: int) -> date:
    return DAY + timedelta(days)


def act(tree: Tree, command: Command, day: date = DAY) -> Tree:
    """The tree after `command` on `day`."""
    now = datetime.combine(day, time(12), UTC)
    moment = Moment(now=now, actor="Ines", new_key=new_key)
    return tree.with_operations(command.plan(tree, moment), seq=tree.seq + 1)


def refused(tree: Tree, command: Command, day: date = DAY) -> str:
    """Why `command` is not done on `day`."""
    with pytest.raises(Refused) as raised:
        act(tree, command, day)
    return str(raised.value)


def with_plan(tree: Tree, cause: str = "till", text: str = "a lock", **facts: Any) -> Tree:
    """The tree with one more countermeasure of a cause."""
    facts = {"owner": "Bo", "due": later(7)} | facts
    adds = AddCountermeasure(
        cause=key(tree, cause), text=text, facts=CountermeasureFacts.model_validate(facts)
    )
    return act(tree, adds)


def item(tree: Tree, text: str = "a lock") -> Countermeasure:
    return next(found for found in tree.all_countermeasures() if found.text == text)


def done(tree: Tree, day: date = DAY, text: str = "a lock") -> Tree:
    """The tree in which a countermeasure was done on `day`."""
    said = SetProgress(countermeasure=item(tree, text).id, progress=Progress.DONE, on=day)
    return act(tree, said, day)


def with_measure(
    tree: Tree, definition: str, kind: MeasureKind = MeasureKind.OUTCOME, text: str = "a lock"
) -> Tree:
    """The tree with one more measure of a countermeasure."""
    adds = AddMeasure(
        countermeasure=item(tree, text).id, definition=definition, facts=MeasureFacts(kind=kind)
    )
    return act(tree, adds)


def measure(tree: Tree, definition: str) -> Measure:
    return next(
        found
        for of in tree.all_countermeasures()
        for found in tree.measures(of)
        if found.definition == definition
    )


def check(tree: Tree, definition: str) -> Check:
    (found,) = tree.checks(measure(tree, definition))
    return found


def looked(
    tree: Tree,
    definition: str,
    result: CheckResult = CheckResult.MET,
    day: date = DAY,
    **more: Any,
) -> Tree:
    """The tree in which Chidi looked at a measure on `day`."""
    of = measure(tree, definition).id
    made = {"measure": of, "result": result, "checked_by": "Chidi", "on": day} | more
    return act(tree, MakeCheck.model_validate(made), day)


def shown(tree: Tree, day: date = DAY) -> Tree:
    """The tree in which a lock was done on `day`, and a process and an outcome check were met."""
    tree = done(with_plan(tree), day)
    tree = with_measure(tree, "doors locked", MeasureKind.PROCESS)
    tree = with_measure(tree, "thefts")
    return looked(looked(tree, "doors locked", day=day), "thefts", day=day)


def found_again(tree: Tree, *days: date, cause: str = "till") -> Tree:
    """The tree whose store says that a cause was found in other sessions on `days` as well."""
    again = tuple(
        Appearance(UUID(int=number), number, "Harwick", day, is_root=True)
        for number, day in enumerate(days, 2)
    )
    return replace(tree, elsewhere={key(tree, cause): again})

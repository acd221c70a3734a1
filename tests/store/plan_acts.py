"""Anything that people can do to a session's plan, for Hypothesis to try in any order."""

from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from fivewhys.models.commands import (
    AddCountermeasure,
    AddMeasure,
    Command,
    CountermeasureFacts,
    DeleteCheck,
    DeleteCountermeasure,
    DeleteMeasure,
    EditCountermeasure,
    EditMeasure,
    MakeCheck,
    MeasureFacts,
    PlanCheck,
    SetProgress,
)
from fivewhys.models.plan_words import (
    FINISHED,
    CheckResult,
    CountermeasureKind,
    Means,
    MeasureKind,
    Progress,
)
from fivewhys.models.tree import Tree
from fivewhys.text import clean

# Ten words tell two texts apart as well as ten thousand do; the other half is any text at all.
lines = st.one_of(
    st.sampled_from(["rain", "no stock", "wrong price", "late van", "Ärger [/b] `x` | 價"]),
    st.text(max_size=12),
)
statements = lines.filter(clean)
names = st.sampled_from(["Ines", "Bo", "Chidi", "Dana"])


days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@st.composite
def countermeasure_facts(draw: st.DrawFn) -> CountermeasureFacts:
    """Some of what a form says of a countermeasure."""
    choices: dict[str, st.SearchStrategy[Any]] = {
        "kind": st.sampled_from(CountermeasureKind),
        "means": st.none() | st.sampled_from(Means),
        "owner": names | lines,
        "due": st.none() | days,
        "notes": lines,
        "ready_plan": st.booleans(),
        "ready_impact": st.booleans(),
    }
    given = draw(st.sets(st.sampled_from(sorted(choices)), max_size=3))
    return CountermeasureFacts(**{name: draw(choices[name]) for name in sorted(given)})


measure_facts = st.builds(
    MeasureFacts,
    kind=st.sampled_from(MeasureKind),
    target=lines,
    days=st.none() | st.integers(1, 3650),
)


@st.composite
def of_the_plan(draw: st.DrawFn, tree: Tree) -> Command:
    """An act on the plan; the later it comes in the life of a plan, the more acts go before it."""
    items = tree.all_countermeasures()
    measured = [item for item in items if tree.measures(item)]
    done = [item for item in measured if item.progress in FINISHED]
    plan = st.sampled_from([item.id for item in items]) if items else st.nothing()
    keys = [of.id for item in done or measured for of in tree.measures(item)]
    measures = st.sampled_from(keys) if keys else st.nothing()
    further, stage = draw(st.booleans()), draw(st.integers(0, 3))
    if done and (further or stage == 3):
        return draw(_looks(tree, measures))
    if measured and stage == 2:
        return draw(_of_measures(measures))
    if measured and further:
        return draw(_done(st.sampled_from([item.id for item in measured])))
    if items and further:
        return draw(_measures(plan))
    if items and stage:
        return draw(_of_countermeasures(plan))
    return draw(
        st.builds(
            AddCountermeasure,
            cause=st.sampled_from(sorted(tree.causes)),
            text=statements,
            facts=countermeasure_facts(),
            progress=st.none() | st.sampled_from([Progress.IN_PROGRESS, Progress.DONE]),
        )
    )


def _measures(items: st.SearchStrategy[UUID]) -> st.SearchStrategy[Command]:
    return st.builds(AddMeasure, countermeasure=items, definition=statements, facts=measure_facts)


def _done(items: st.SearchStrategy[UUID]) -> st.SearchStrategy[Command]:
    on = st.dates(date(2020, 1, 1), date(2024, 1, 1))
    return st.builds(SetProgress, countermeasure=items, progress=st.just(Progress.DONE), on=on)


def _of_countermeasures(items: st.SearchStrategy[UUID]) -> st.SearchStrategy[Command]:
    return st.one_of(
        _done(items),
        _measures(items),
        st.builds(EditCountermeasure, countermeasure=items, facts=countermeasure_facts()),
        st.builds(EditCountermeasure, countermeasure=items, text=statements),
        st.builds(
            SetProgress,
            countermeasure=items,
            progress=st.sampled_from(Progress),
            reason=st.just("seen") | lines,
        ),
        st.builds(DeleteCountermeasure, countermeasure=items),
    )


def _of_measures(measures: st.SearchStrategy[UUID]) -> st.SearchStrategy[Command]:
    return st.one_of(
        st.builds(PlanCheck, measure=measures, due=days, checked_by=names | lines),
        st.builds(EditMeasure, measure=measures, definition=statements, facts=measure_facts),
        st.builds(DeleteMeasure, measure=measures),
    )


def _looks(tree: Tree, measures: st.SearchStrategy[UUID]) -> st.SearchStrategy[Command]:
    made = [item.id for items in tree.checks_of.values() for item in items]
    look = st.sampled_from(sorted(made)) if made else st.none()
    makes = st.builds(
        MakeCheck,
        measure=measures,
        result=st.sampled_from(CheckResult),
        checked_by=names,
        value=lines,
        on=st.none() | st.dates(date(2024, 1, 1), date(2026, 1, 1)),
        check=st.none() | look,
    )
    return st.one_of(makes, st.builds(DeleteCheck, check=look)) if made else makes

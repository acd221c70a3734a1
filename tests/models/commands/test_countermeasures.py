"""What is done about causes: adding it, changing it, saying how far it is, taking it away."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from fivewhys.models.commands import (
    AddCountermeasure,
    CountermeasureFacts,
    DeleteCause,
    DeleteCountermeasure,
    EditCountermeasure,
    MakeCheck,
    ParkCause,
    PlanCheck,
    SetPart,
    SetProgress,
    SetStatus,
)
from fivewhys.models.delta import inverse
from fivewhys.models.plan_words import (
    STRENGTH_OF,
    CheckResult,
    CountermeasureKind,
    Means,
    MeasureKind,
    Progress,
    Ready,
    Strength,
)
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part, State, Status
from tests.building import do, finished, moment, new_key
from tests.models.commands.asking import GONE, key, node, refusal, wrong
from tests.models.commands.planning import (
    DAY,
    act,
    check,
    done,
    found_again,
    item,
    later,
    looked,
    measure,
    refused,
    shown,
    with_measure,
    with_plan,
)

NO_LONGER_THERE = "That countermeasure is no longer there. Somebody has deleted it."


def progress(tree: Tree, to: Progress, reason: str = "", on: date | None = None) -> SetProgress:
    return SetProgress(countermeasure=item(tree).id, progress=to, reason=reason, on=on)


# Adding


def test_a_new_one_is_an_idea(tree: Tree) -> None:
    tree = do(tree, AddCountermeasure(cause=key(tree, "till"), text=" a\tlock "))
    (added,) = tree.countermeasures(key(tree, "till"))
    assert (added.text, added.progress, added.kind) == (
        "a lock",
        Progress.IDEA,
        CountermeasureKind.PREVENT,
    )
    assert (added.owner, added.due, added.means, added.done_on) == ("", None, None, None)
    assert added.said_by == "Ines"
    assert added.strength is None
    assert added.not_ready == tuple(Ready)


@pytest.mark.parametrize("facts", [{"owner": "Bo"}, {"due": DAY}])
def test_one_with_an_owner_or_a_date_is_planned(tree: Tree, facts: dict[str, object]) -> None:
    given = CountermeasureFacts.model_validate(facts)
    tree = do(tree, AddCountermeasure(cause=key(tree, "till"), text="a lock", facts=given))
    assert item(tree).progress is Progress.PLANNED


def test_a_new_one_can_be_begun_but_not_done(tree: Tree) -> None:
    till = key(tree, "till")
    begun = AddCountermeasure(cause=till, text="a lock", progress=Progress.IN_PROGRESS)
    assert item(do(tree, begun)).progress is Progress.IN_PROGRESS
    for finished_state in (Progress.DONE, Progress.EFFECTIVE, Progress.REJECTED):
        said = AddCountermeasure(cause=till, text="a lock", progress=finished_state)
        assert refusal(tree, said) == "A new countermeasure is an idea, planned or in progress."


def test_they_stand_in_the_order_in_which_they_came(tree: Tree) -> None:
    for text in ("a lock", "a sign", "a rule"):
        tree = with_plan(tree, text=text)
    tree = with_plan(tree, "list", "a list")
    assert [found.text for found in tree.countermeasures(key(tree, "till"))] == [
        "a lock",
        "a sign",
        "a rule",
    ]
    assert [found.text for found in tree.all_countermeasures()] == [
        "a list",
        "a lock",
        "a sign",
        "a rule",
    ]


def test_something_can_be_done_about_the_problem_itself(tree: Tree) -> None:
    tree = do(tree, AddCountermeasure(cause=tree.problem.id, text="a letter"))
    assert [found.text for found in tree.countermeasures(tree.problem.id)] == ["a letter"]


def test_there_is_nothing_to_do_about_what_is_gone(tree: Tree) -> None:
    assert refusal(tree, AddCountermeasure(cause=new_key(), text="a lock")) == GONE


def test_it_has_words(tree: Tree) -> None:
    said = wrong(lambda: AddCountermeasure(cause=key(tree, "till"), text=" \x1b[0m "))
    assert said == "There is nothing to read in this text."


def test_strength_follows_from_the_means(tree: Tree) -> None:
    assert set(STRENGTH_OF) == set(Means)
    assert item(with_plan(tree, means=Means.FORCING)).strength is Strength.STRONGER
    assert item(with_plan(tree, means=Means.CHECKLIST)).strength is Strength.INTERMEDIATE
    assert item(with_plan(tree, means=Means.TRAINING)).strength is Strength.WEAKER


def test_what_is_not_ready_is_said_in_the_lists_order(tree: Tree) -> None:
    tree = with_plan(tree, ready_impact=True, ready_tools=True)
    assert item(tree).not_ready == (Ready.PLAN, Ready.PEOPLE, Ready.CHANNELS)


# Changing


def test_only_what_a_form_gave_is_changed(tree: Tree) -> None:
    tree = with_plan(tree, notes="two\nlines", means=Means.WARNING)
    edit = EditCountermeasure(
        countermeasure=item(tree).id, facts=CountermeasureFacts(owner="Dana", means=None)
    )
    before, after = item(tree), item(do(tree, edit))
    assert after == replace(before, owner="Dana", means=None)
    worded = EditCountermeasure(countermeasure=before.id, text="two locks")
    assert item(do(tree, worded), "two locks") == replace(before, text="two locks")
    assert EditCountermeasure(countermeasure=before.id, text="a lock").plan(tree, moment()) == []


def test_an_idea_with_an_owner_and_a_date_is_planned(tree: Tree) -> None:
    tree = do(tree, AddCountermeasure(cause=key(tree, "till"), text="a lock"))
    for facts, then in (
        (CountermeasureFacts(owner="Bo"), Progress.IDEA),
        (CountermeasureFacts(due=DAY), Progress.PLANNED),
    ):
        tree = do(tree, EditCountermeasure(countermeasure=item(tree).id, facts=facts))
        assert item(tree).progress is then


def test_another_owner_or_date_leaves_it_as_far_as_it_is(tree: Tree) -> None:
    tree = with_plan(tree)
    tree = do(tree, progress(tree, Progress.IN_PROGRESS))
    facts = CountermeasureFacts(owner="Dana", due=later(30))
    tree = do(tree, EditCountermeasure(countermeasure=item(tree).id, facts=facts))
    assert item(tree).progress is Progress.IN_PROGRESS


@pytest.mark.parametrize("name", ["Chidi", "chidi", " CHIDI. "])
def test_whoever_checks_it_cannot_own_it(tree: Tree, name: str) -> None:
    tree = with_measure(with_plan(tree), "thefts")
    edit = EditCountermeasure(countermeasure=item(tree).id, facts=CountermeasureFacts(owner=name))
    asked = PlanCheck(measure=measure(tree, "thefts").id, due=DAY, checked_by="Chidi")
    said = (
        f"{name.strip()} is the one who checks it, so somebody else should own it. Change who "
        "checks first."
    )
    assert refusal(act(tree, asked), edit) == said
    assert refusal(looked(done(tree), "thefts"), edit) == said
    assert item(do(tree, edit)).owner == name.strip()
    nobody = EditCountermeasure(countermeasure=item(tree).id, facts=CountermeasureFacts(owner=""))
    assert item(do(act(tree, asked), nobody)).owner == ""


# How far it is


@pytest.mark.parametrize(
    ("to", "word"), [(Progress.REJECTED, "rejected"), (Progress.NOT_EFFECTIVE, "not effective")]
)
def test_rejecting_it_and_finding_no_effect_need_a_reason(
    tree: Tree, to: Progress, word: str
) -> None:
    tree = done(with_plan(tree))
    said = f"Say why it is {word}: the reason is kept with it."
    assert refused(tree, progress(tree, to)) == said
    assert refused(tree, progress(tree, to, " \t ")) == said
    tree = act(tree, progress(tree, to, "too dear"))
    assert (item(tree).progress, item(tree).reason) == (to, "too dear")
    tree = act(tree, progress(tree, Progress.PLANNED, "x"))
    assert (item(tree).progress, item(tree).reason) == (Progress.PLANNED, "")


def test_what_was_rejected_is_kept_and_can_be_taken_up_again(tree: Tree) -> None:
    tree = with_plan(tree)
    tree = act(tree, progress(tree, Progress.REJECTED, "too dear"))
    assert item(tree).done_on is None
    assert item(act(tree, progress(tree, Progress.IDEA))).progress is Progress.IDEA


def test_it_was_done_today_unless_another_day_is_said(tree: Tree) -> None:
    tree = with_plan(tree)
    assert item(act(tree, progress(tree, Progress.DONE))).done_on == DAY
    earlier = progress(tree, Progress.DONE, on=later(-40))
    assert item(act(tree, earlier)).done_on == later(-40)


def test_it_was_not_done_on_a_day_to_come(tree: Tree) -> None:
    tree = with_plan(tree)
    # It may be tomorrow already where the person is.
    assert item(act(tree, progress(tree, Progress.DONE, on=later(1)))).done_on == later(1)
    assert refused(tree, progress(tree, Progress.DONE, on=later(2))) == (
        "2026-11-23 is still to come. Say “done” once it is done."
    )


def test_the_day_on_which_it_was_done_stays_until_another_is_said(tree: Tree) -> None:
    tree = shown(tree, later(-60))
    for to in (Progress.DONE, Progress.EFFECTIVE, Progress.DONE):
        tree = act(tree, progress(tree, to))
        assert item(tree).done_on == later(-60)
    tree = act(tree, progress(tree, Progress.DONE, on=later(-50)))
    assert item(tree).done_on == later(-50)
    tree = act(tree, progress(tree, Progress.NOT_EFFECTIVE, "two thefts"))
    assert item(tree).done_on == later(-50)
    # It was done once more.
    assert item(act(tree, progress(tree, Progress.DONE))).done_on == DAY
    assert item(act(tree, progress(tree, Progress.IN_PROGRESS))).done_on is None


@pytest.mark.parametrize("to", [Progress.EFFECTIVE, Progress.NOT_EFFECTIVE])
def test_only_what_was_done_can_have_an_effect(tree: Tree, to: Progress) -> None:
    tree = with_plan(tree)
    word = "effective" if to is Progress.EFFECTIVE else "not effective"
    said = f"Only what was done can be {word}. Say first that it is done."
    assert refused(tree, progress(tree, to, "x")) == said


NO_PROCESS = (
    "Not effective yet. No check has shown yet that it is being done (a process measure that is "
    "met)."
)
NO_OUTCOME = (
    "Not effective yet. No check has shown yet that the problem shrank (an outcome measure that is "
    "met)."
)


def test_effective_needs_a_process_and_an_outcome_check_that_are_met(tree: Tree) -> None:
    tree = done(with_plan(tree))
    assert refused(tree, progress(tree, Progress.EFFECTIVE)) == NO_PROCESS
    tree = with_measure(with_measure(tree, "thefts"), "doors locked", MeasureKind.PROCESS)
    assert refused(tree, progress(tree, Progress.EFFECTIVE)) == NO_PROCESS
    tree = looked(tree, "doors locked")
    assert refused(tree, progress(tree, Progress.EFFECTIVE)) == NO_OUTCOME
    too_early = looked(tree, "thefts", CheckResult.TOO_EARLY)
    assert refused(too_early, progress(tree, Progress.EFFECTIVE)) == NO_OUTCOME
    tree = looked(tree, "thefts")
    tree = act(tree, progress(tree, Progress.EFFECTIVE))
    assert (item(tree).progress, item(tree).done_on) == (Progress.EFFECTIVE, DAY)


def test_a_balance_that_is_met_shows_no_effect(tree: Tree) -> None:
    tree = with_measure(done(with_plan(tree)), "queues", MeasureKind.BALANCE)
    tree = looked(tree, "queues")
    assert refused(tree, progress(tree, Progress.EFFECTIVE)) == NO_PROCESS


def test_nothing_is_effective_while_a_check_is_not_met(tree: Tree) -> None:
    tree = with_measure(shown(tree), "queues", MeasureKind.BALANCE)
    tree = looked(tree, "queues", CheckResult.NOT_MET)
    assert refused(tree, progress(tree, Progress.EFFECTIVE)) == (
        "Not effective yet. A check was not met: queues"
    )
    tree = looked(tree, "queues", day=later(10))
    tree = act(tree, progress(tree, Progress.EFFECTIVE), later(10))
    assert item(tree).progress is Progress.EFFECTIVE


def test_nothing_is_effective_once_its_cause_came_back(tree: Tree) -> None:
    tree = found_again(shown(tree, later(-30)), later(-3))
    assert refused(tree, progress(tree, Progress.EFFECTIVE)) == (
        "Not effective yet. Its cause came back in S-2 (2026-11-18)."
    )


def test_a_cause_that_came_often_needs_quiet_days(tree: Tree) -> None:
    tree = replace(
        tree, session=replace(tree.session, noticed_at=datetime(2026, 11, 1, tzinfo=UTC))
    )
    tree = found_again(shown(tree), date(2026, 10, 12), date(2026, 9, 22))
    assert refused(tree, progress(tree, Progress.EFFECTIVE), later(59)) == (
        "Not effective yet. Its cause came every 20 days, so 60 quiet days are needed to tell; 59 "
        "have passed."
    )
    tree = act(tree, progress(tree, Progress.EFFECTIVE), later(60))
    assert item(tree).progress is Progress.EFFECTIVE


def test_a_day_of_doing_that_nobody_knows_needs_its_checks_alone(tree: Tree) -> None:
    """Plans of other sources say that something was done, and not when."""
    tree = shown(tree)
    unknown = replace(item(tree), done_on=None)
    tree = replace(tree, countermeasures_of={unknown.cause_id: (unknown,)})
    tree = found_again(tree, later(-9), later(-3))
    tree = act(tree, progress(tree, Progress.EFFECTIVE))
    assert (item(tree).progress, item(tree).done_on) == (Progress.EFFECTIVE, None)
    assert item(act(tree, progress(tree, Progress.DONE))).done_on is None


# A cause that is open again


@pytest.fixture
def acted_on(tree: Tree) -> Tree:
    """A finished session whose only root, the till, has a lock that was done."""
    tree = do(tree, SetPart(cause=key(tree, "till"), part=Part.ROOT))
    for text in ("list", "van"):
        tree = do(tree, SetStatus(cause=key(tree, text), status=Status.STOPPED, reason="no"))
    return finished(done(with_plan(tree)))


def is_open(tree: Tree) -> bool:
    """Whether the session goes on and asks about the till."""
    assert (tree.session.state is State.OPEN) == (tree.session.finished_at is None)
    asks = node(tree, "till") in tree.open_questions()
    assert asks == tree.is_reopened(key(tree, "till"))
    return tree.session.state is State.OPEN and asks


def test_what_had_no_effect_opens_its_cause_and_its_session(acted_on: Tree) -> None:
    assert not is_open(acted_on)
    assert is_open(act(acted_on, progress(acted_on, Progress.NOT_EFFECTIVE, "two thefts")))


def test_something_else_that_is_planned_settles_it_again(acted_on: Tree) -> None:
    tree = act(acted_on, progress(acted_on, Progress.NOT_EFFECTIVE, "two thefts"))
    tree = with_plan(tree, text="a guard")
    assert tree.open_questions() == []
    assert tree.session.state is State.OPEN


@pytest.mark.parametrize("way", ["reject", "delete"])
def test_without_that_it_is_open_once_more(acted_on: Tree, way: str) -> None:
    tree = with_plan(acted_on, text="a guard")
    tree = finished(act(tree, progress(tree, Progress.NOT_EFFECTIVE, "two thefts")))
    guard = item(tree, "a guard").id
    assert tree.session.state is State.FINISHED
    if way == "reject":
        out = SetProgress(countermeasure=guard, progress=Progress.REJECTED, reason="too dear")
        assert is_open(act(tree, out))
    else:
        assert is_open(act(tree, DeleteCountermeasure(countermeasure=guard)))


def test_without_what_had_no_effect_the_cause_is_settled(acted_on: Tree) -> None:
    tree = act(acted_on, progress(acted_on, Progress.NOT_EFFECTIVE, "two thefts"))
    assert is_open(tree)
    tree = act(tree, DeleteCountermeasure(countermeasure=item(tree).id))
    assert tree.open_questions() == []


# Taking it away


def test_its_measures_and_checks_go_with_it_and_come_back(tree: Tree) -> None:
    tree = with_measure(with_plan(shown(tree), text="a sign"), "seen", text="a sign")
    operations = DeleteCountermeasure(countermeasure=item(tree).id).plan(tree, moment())
    after = tree.with_operations(operations)
    assert [found.text for found in after.all_countermeasures()] == ["a sign"]
    assert [found.definition for found in after.measures(item(after, "a sign"))] == ["seen"]
    assert after.checks_of == {}
    assert after.with_operations(inverse(operations)) == tree


def test_a_deleted_branch_takes_it_along_and_brings_it_back(tree: Tree) -> None:
    tree = shown(tree)
    operations = DeleteCause(cause=key(tree, "bill")).plan(tree, moment())
    after = tree.with_operations(operations)
    assert (after.countermeasures_of, after.measures_of, after.checks_of) == ({}, {}, {})
    assert after.with_operations(inverse(operations)) == tree


def test_a_cause_with_a_plan_is_not_parked(tree: Tree) -> None:
    tree = with_plan(tree)
    assert refusal(tree, ParkCause(cause=key(tree, "till"))) == (
        "Only a cause with nothing on it can be parked. Move it or rule it out."
    )


def test_what_somebody_deleted_is_not_changed(tree: Tree) -> None:
    for command in (
        EditCountermeasure(countermeasure=new_key(), text="x"),
        SetProgress(countermeasure=new_key(), progress=Progress.DONE),
        DeleteCountermeasure(countermeasure=new_key()),
    ):
        assert refusal(tree, command) == NO_LONGER_THERE


def test_a_check_that_was_not_met_can_be_looked_at_anew(acted_on: Tree) -> None:
    tree = looked(with_measure(acted_on, "thefts"), "thefts", CheckResult.NOT_MET)
    assert is_open(tree)
    again = MakeCheck(
        measure=measure(tree, "thefts").id,
        check=check(tree, "thefts").id,
        result=CheckResult.MET,
        checked_by="Chidi",
    )
    tree = act(tree, again)
    # People say when it has an effect after all; a look alone does not.
    assert item(tree).progress is Progress.NOT_EFFECTIVE

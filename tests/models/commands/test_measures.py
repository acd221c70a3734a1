"""How it is known that a countermeasure works: measures, and checks that somebody else makes."""

from dataclasses import replace

import pytest

from fivewhys.models.commands import (
    AddMeasure,
    Command,
    DeleteCheck,
    DeleteMeasure,
    EditMeasure,
    MakeCheck,
    MeasureFacts,
    PlanCheck,
    SetPart,
    SetProgress,
    SetStatus,
)
from fivewhys.models.delta import inverse
from fivewhys.models.plan_words import CheckResult, MeasureKind, Progress
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part, State, Status
from tests.building import do, finished, moment, new_key
from tests.models.commands.asking import key, refusal, wrong
from tests.models.commands.planning import (
    DAY,
    act,
    check,
    done,
    item,
    later,
    looked,
    measure,
    refused,
    shown,
    with_measure,
    with_plan,
)

MEASURE_GONE = "That measure is no longer there. Somebody has deleted it."
CHECK_GONE = "That check is no longer there. Somebody has deleted it."


@pytest.fixture
def tree(tree: Tree) -> Tree:
    """A lock for the till, Bo's, which was done on `DAY`; thefts are counted."""
    return with_measure(done(with_plan(tree)), "thefts")


def look(tree: Tree, result: CheckResult = CheckResult.MET, by: str = "Chidi") -> MakeCheck:
    return MakeCheck(measure=measure(tree, "thefts").id, result=result, checked_by=by)


# Measures


def test_a_measure_looks_at_the_outcome_unless_another_kind_is_said(tree: Tree) -> None:
    assert measure(tree, "thefts").kind is MeasureKind.OUTCOME
    facts = MeasureFacts(kind=MeasureKind.PROCESS, baseline="0", target=" 9 of 10 ", days=30)
    tree = do(tree, AddMeasure(countermeasure=item(tree).id, definition="doors", facts=facts))
    doors = measure(tree, "doors")
    assert (doors.kind, doors.baseline, doors.target, doors.days) == (
        MeasureKind.PROCESS,
        "0",
        "9 of 10",
        30,
    )
    assert [found.definition for found in tree.measures(item(tree))] == ["thefts", "doors"]


def test_measures_belong_to_their_own_countermeasure(tree: Tree) -> None:
    tree = with_measure(with_plan(tree, text="a sign"), "read by people", text="a sign")
    assert [found.definition for found in tree.measures(item(tree))] == ["thefts"]
    assert [found.definition for found in tree.measures(item(tree, "a sign"))] == ["read by people"]


@pytest.mark.parametrize("days", [0, -1, 3651])
def test_a_window_is_one_day_to_ten_years(days: int) -> None:
    bound = "at least 1" if days < 1 else "at most 3,650"
    assert wrong(lambda: MeasureFacts(days=days)) == f"Days: it should be {bound}."


def test_only_what_a_form_gave_is_changed(tree: Tree) -> None:
    before = measure(tree, "thefts")
    edit = EditMeasure(measure=before.id, facts=MeasureFacts(target="0", days=30))
    assert measure(do(tree, edit), "thefts") == replace(before, target="0", days=30)
    worded = EditMeasure(measure=before.id, definition="thefts a week")
    assert measure(do(tree, worded), "thefts a week") == replace(before, definition="thefts a week")
    assert EditMeasure(measure=before.id, definition="thefts").plan(tree, moment()) == []


def test_a_measure_goes_with_its_checks_and_comes_back(tree: Tree) -> None:
    tree = looked(with_measure(tree, "queues"), "queues")
    tree = looked(looked(tree, "thefts"), "thefts", day=later(5))
    operations = DeleteMeasure(measure=measure(tree, "thefts").id).plan(tree, moment())
    after = tree.with_operations(operations)
    assert [found.definition for found in after.measures(item(after))] == ["queues"]
    assert [found.measure_id for found in after.checks_of[item(tree).cause_id]] == [
        measure(tree, "queues").id
    ]
    assert after.with_operations(inverse(operations)) == tree


# Planning a look


def test_a_look_is_planned_for_a_day_and_perhaps_for_a_person(tree: Tree) -> None:
    tree = do(tree, PlanCheck(measure=measure(tree, "thefts").id, due=later(30)))
    planned = check(tree, "thefts")
    assert (planned.due, planned.made_on, planned.result) == (later(30), None, None)
    assert (planned.checked_by, planned.owner) == ("", "Bo")


def test_a_planned_look_moves_to_another_day_in_one_step(tree: Tree) -> None:
    of = measure(tree, "thefts").id
    tree = do(tree, PlanCheck(measure=of, due=later(30)))
    key = check(tree, "thefts").id
    tree = do(tree, PlanCheck(measure=of, due=later(40), checked_by="Dana", check=key))
    moved = check(tree, "thefts")
    assert (moved.id, moved.due, moved.checked_by, moved.result) == (key, later(40), "Dana", None)
    # One that was made by mistake is to come again.
    tree = looked(tree, "thefts", CheckResult.MET, later(41), check=key, value="0")
    tree = do(tree, PlanCheck(measure=of, due=later(50), check=key))
    again = check(tree, "thefts")
    assert (again.due, again.made_on, again.result, again.value) == (later(50), None, None, "")


@pytest.mark.parametrize("name", ["Bo", "bo", " BO. "])
def test_whoever_owns_it_does_not_check_it(tree: Tree, name: str) -> None:
    said = "Bo owns it, so somebody else should check it."
    asked = PlanCheck(measure=measure(tree, "thefts").id, due=DAY, checked_by=name)
    assert refused(tree, asked) == said
    assert refused(tree, look(tree, by=name)) == said
    planned = act(tree, PlanCheck(measure=measure(tree, "thefts").id, due=DAY))
    filled = MakeCheck(
        measure=measure(tree, "thefts").id,
        check=check(planned, "thefts").id,
        result=CheckResult.MET,
        checked_by=name,
    )
    assert refused(planned, filled) == said


def test_what_nobody_owns_anybody_checks(tree: Tree) -> None:
    tree = with_measure(with_plan(tree, text="a sign", owner=""), "seen", text="a sign")
    tree = looked(done(tree, text="a sign"), "seen", checked_by="Bo")
    assert (check(tree, "seen").checked_by, check(tree, "seen").owner) == ("Bo", "")


def test_looks_come_in_the_order_of_their_days(tree: Tree) -> None:
    for days in (30, 10, 20):
        tree = do(tree, PlanCheck(measure=measure(tree, "thefts").id, due=later(days)))
    assert [found.due for found in tree.checks(measure(tree, "thefts"))] == [
        later(10),
        later(20),
        later(30),
    ]


# Looking


def test_what_a_look_found_is_kept(tree: Tree) -> None:
    tree = looked(tree, "thefts", day=later(3), value=" 0\tof 12 ")
    made = check(tree, "thefts")
    assert (made.due, made.made_on, made.result) == (later(3), later(3), CheckResult.MET)
    assert (made.value, made.checked_by, made.owner) == ("0 of 12", "Chidi", "Bo")


def test_a_look_is_today_unless_another_day_is_said(tree: Tree) -> None:
    assert check(act(tree, look(tree), later(4)), "thefts").made_on == later(4)


def test_a_planned_look_is_made_and_can_be_put_right(tree: Tree) -> None:
    of = measure(tree, "thefts").id
    tree = do(tree, PlanCheck(measure=of, due=later(30), checked_by="Dana"))
    for result, value in ((CheckResult.TOO_EARLY, "1"), (CheckResult.MET, "0")):
        tree = looked(
            tree, "thefts", result, later(32), check=check(tree, "thefts").id, value=value
        )
        made = check(tree, "thefts")
        assert (made.due, made.made_on) == (later(30), later(32))
        assert (made.result, made.value, made.checked_by) == (result, value, "Chidi")


def test_the_owner_of_the_day_of_a_look_is_kept_with_it(tree: Tree) -> None:
    of = measure(tree, "thefts").id
    tree = do(tree, PlanCheck(measure=of, due=later(30)))
    unowned = replace(item(tree), owner="Dana")
    tree = replace(tree, countermeasures_of={unowned.cause_id: (unowned,)})
    tree = looked(tree, "thefts", day=later(30), check=check(tree, "thefts").id, checked_by="Bo")
    assert check(tree, "thefts").owner == "Dana"


def test_a_look_has_somebody_who_made_it(tree: Tree) -> None:
    said = wrong(lambda: look(tree, by=" "))
    assert said == "There is nothing to read in this text."


def test_there_is_nothing_to_see_before_it_is_done(tree: Tree) -> None:
    for progress in (Progress.PLANNED, Progress.IN_PROGRESS):
        undone = act(tree, SetProgress(countermeasure=item(tree).id, progress=progress))
        assert (
            refused(undone, look(undone)) == "It is not done yet. A check looks at what was done."
        )
    early = MakeCheck(
        measure=measure(tree, "thefts").id,
        result=CheckResult.NOT_MET,
        checked_by="Chidi",
        on=later(-1),
    )
    assert refused(tree, early) == ("It was done on 2026-11-21. A check looks at what came of it.")


def test_nobody_looks_on_a_day_to_come(tree: Tree) -> None:
    look_on = {"measure": measure(tree, "thefts").id, "result": "met", "checked_by": "Chidi"}
    # It may be tomorrow already where the person is.
    tomorrow = MakeCheck.model_validate(look_on | {"on": later(1)})
    assert check(act(tree, tomorrow), "thefts").made_on == later(1)
    after = MakeCheck.model_validate(look_on | {"on": later(2)})
    assert refused(tree, after) == "2026-11-23 is still to come. A check says what was found."


@pytest.mark.parametrize("result", [CheckResult.MET, CheckResult.TOO_EARLY])
def test_a_look_alone_makes_nothing_effective(tree: Tree, result: CheckResult) -> None:
    assert item(looked(tree, "thefts", result)) == item(tree)


@pytest.mark.parametrize(
    ("value", "reason"),
    [("", "Check not met: thefts"), ("4 of 12", "Check not met: thefts (4 of 12)")],
)
def test_a_look_that_is_not_met_makes_it_not_effective(tree: Tree, value: str, reason: str) -> None:
    tree = looked(tree, "thefts", CheckResult.NOT_MET, value=value)
    assert (item(tree).progress, item(tree).reason) == (Progress.NOT_EFFECTIVE, reason)
    assert item(tree).done_on == DAY


def test_a_look_that_is_not_met_opens_the_cause_and_the_session(tree: Tree) -> None:
    tree = do(tree, SetPart(cause=key(tree, "till"), part=Part.ROOT))
    for text in ("list", "van"):
        tree = do(tree, SetStatus(cause=key(tree, text), status=Status.STOPPED, reason="no"))
    tree = finished(tree)
    assert tree.open_questions() == []
    operations = look(tree, CheckResult.NOT_MET).plan(tree, moment())
    after = tree.with_operations(operations)
    assert [cause.text for cause in after.open_questions()] == ["till"]
    assert (after.session.state, after.session.finished_at) == (State.OPEN, None)
    assert after.with_operations(inverse(operations)) == tree


def test_a_look_is_taken_away_alone(tree: Tree) -> None:
    tree = looked(looked(tree, "thefts"), "thefts", day=later(5))
    first, second = tree.checks(measure(tree, "thefts"))
    tree = do(tree, DeleteCheck(check=first.id))
    assert tree.checks(measure(tree, "thefts")) == [second]


def test_what_no_look_shows_any_longer_is_done_and_not_effective(tree: Tree) -> None:
    tree = shown(replace(tree, countermeasures_of={}, measures_of={}))
    tree = act(tree, SetProgress(countermeasure=item(tree).id, progress=Progress.EFFECTIVE))
    thefts, look = measure(tree, "thefts"), check(tree, "thefts")
    command: Command
    for command in (
        DeleteCheck(check=look.id),
        DeleteMeasure(measure=thefts.id),
        EditMeasure(measure=thefts.id, facts=MeasureFacts(kind=MeasureKind.BALANCE)),
        PlanCheck(measure=thefts.id, due=later(5), check=look.id),
        MakeCheck(
            measure=thefts.id, check=look.id, result=CheckResult.TOO_EARLY, checked_by="Chidi"
        ),
    ):
        after = item(act(tree, command))
        assert (after.progress, after.done_on) == (Progress.DONE, DAY), command
    # What others show still, and what nobody had shown, stays as it is.
    for command in (
        EditMeasure(measure=thefts.id, definition="thefts a week"),
        AddMeasure(countermeasure=item(tree).id, definition="queues"),
        PlanCheck(measure=thefts.id, due=later(50)),
    ):
        assert item(act(tree, command)).progress is Progress.EFFECTIVE
    again = looked(tree, "thefts", day=later(3))
    assert item(act(again, DeleteCheck(check=look.id))).progress is Progress.EFFECTIVE
    unshown = act(tree, DeleteCheck(check=look.id))
    said = replace(item(unshown), progress=Progress.EFFECTIVE)
    unshown = replace(unshown, countermeasures_of={said.cause_id: (said,)})
    look = check(unshown, "doors locked")
    assert item(act(unshown, DeleteCheck(check=look.id))).progress is Progress.EFFECTIVE


def test_a_look_is_at_its_own_measure(tree: Tree) -> None:
    tree = looked(with_measure(tree, "queues"), "queues")
    other = MakeCheck(
        measure=measure(tree, "thefts").id,
        check=check(tree, "queues").id,
        result=CheckResult.MET,
        checked_by="Chidi",
    )
    assert refused(tree, other) == "That check looks at another measure."


def test_what_somebody_deleted_is_not_changed(tree: Tree) -> None:
    for command in (
        EditMeasure(measure=new_key(), definition="x"),
        DeleteMeasure(measure=new_key()),
        PlanCheck(measure=new_key(), due=DAY),
        MakeCheck(measure=new_key(), result=CheckResult.MET, checked_by="Chidi"),
    ):
        assert refusal(tree, command) == MEASURE_GONE
    gone = MakeCheck(
        measure=measure(tree, "thefts").id,
        check=new_key(),
        result=CheckResult.MET,
        checked_by="Chidi",
    )
    assert refused(tree, gone) == CHECK_GONE
    assert refusal(tree, DeleteCheck(check=new_key())) == CHECK_GONE
    assert refusal(tree, AddMeasure(countermeasure=new_key(), definition="x")) == (
        "That countermeasure is no longer there. Somebody has deleted it."
    )

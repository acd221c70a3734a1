"""What plans lack, in sentences. Today is Friday 4 December 2026."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivewhys import examples
from fivewhys.countermeasures.warnings import Warning, warnings
from fivewhys.models.commands import (
    AddMeasure,
    MakeCheck,
    MeasureFacts,
    PlanCheck,
    SetProgress,
    SetStatus,
)
from fivewhys.models.plan_words import (
    CheckResult,
    CountermeasureKind,
    Means,
    MeasureKind,
    Progress,
)
from fivewhys.models.tree import Tree
from fivewhys.models.words import Status
from tests.building import FIRST, answer, do, finished, session
from tests.countermeasures.planning import (
    READY,
    ROOT,
    came_back,
    looked_at,
    measured,
    planned,
    root,
    shown,
    with_root,
)

TODAY = date(2026, 12, 4)
SOON = date(2026, 12, 18)
AGREED: dict[str, Any] = {"owner": "Ana", "due": SOON, **READY}


def rules(tree: Tree) -> list[str]:
    return [warning.rule for warning in warnings(tree, TODAY)]


def told(tree: Tree, rule: str) -> str:
    (found,) = [warning.text for warning in warnings(tree, TODAY) if warning.rule == rule]
    return found


def in_order() -> tuple[Tree, object]:
    """A plan that lacks nothing."""
    tree, cause = with_root()
    tree, item = planned(tree, cause.id, "Block the form", **AGREED)
    tree, _ = measured(tree, item.id)
    return tree, item


def test_a_plan_that_lacks_nothing_is_not_warned_of() -> None:
    tree, _ = in_order()
    assert warnings(tree, TODAY) == []
    assert warnings(session(), TODAY) == []


def test_a_root_with_nothing_planned() -> None:
    tree, cause = with_root()
    assert warnings(tree, TODAY) == [
        Warning(
            cause.id, f"Nothing is planned yet about the root cause “{ROOT}”.", "nothing_planned"
        )
    ]
    tree, _ = root(tree, "The form has no year")
    assert warnings(tree, TODAY) == [
        Warning(
            None,
            "Nothing is planned yet about 2 root causes: “No rule says who orders the forms…” and "
            "“The form has no year”.",
            "nothing_planned",
        )
    ]


def test_rejecting_and_owning_up_do_nothing_about_a_root() -> None:
    tree, cause = with_root()
    tree, _ = planned(tree, cause.id, "Block the form", Progress.REJECTED)
    assert rules(tree) == ["nothing_planned"]
    tree, _ = planned(tree, cause.id, "Write to all", kind=CountermeasureKind.ACKNOWLEDGE, **AGREED)
    assert rules(tree) == ["nothing_planned"]


def test_a_root_in_a_ruled_out_branch_needs_nothing() -> None:
    tree, cause = with_root()
    tree = do(tree, SetStatus(cause=cause.id, status=Status.RULED_OUT, reason="the log says no"))
    assert warnings(tree, TODAY) == []


@pytest.mark.parametrize(
    ("texts", "means", "words"),
    [
        (["Train the agents"], None, "seems to rest on training alone"),
        (["Do this and that"], Means.TRAINING, "rests on training alone"),
        (
            ["Train the agents", "Remind everybody"],
            None,
            "seems to rest on training and rules and reminders alone",
        ),
        (["Put up a poster"], None, "seems to rest on warnings or labels alone"),
    ],
)
def test_a_root_with_weaker_measures_only(
    texts: list[str], means: Means | None, words: str
) -> None:
    tree, cause = with_root()
    for text in texts:
        tree, _ = planned(tree, cause.id, text, Progress.IDEA, means=means)
    assert told(tree, "only_weaker") == (
        f"What is planned about “{ROOT}” {words}, which leaves it to memory and care."
    )


@pytest.mark.parametrize(
    ("text", "means"),
    [("Block the form", None), ("Do this and that", Means.SOFTWARE), ("Do this and that", None)],
)
def test_a_stronger_or_unknown_one_beside_it_is_enough(text: str, means: Means | None) -> None:
    tree, cause = with_root()
    tree, _ = planned(tree, cause.id, "Train the agents")
    assert "only_weaker" in rules(tree)
    tree, _ = planned(tree, cause.id, text, means=means)
    assert "only_weaker" not in rules(tree)


def test_a_plan_of_weaker_measures_without_a_root() -> None:
    tree = session("Refunds took 19 days")
    tree, cause = answer(tree, tree.problem.id, "The post was empty")
    tree, _ = planned(tree, cause.id, "Send a memo to all", Progress.IDEA)
    assert [warning for warning in warnings(tree, TODAY) if warning.rule == "only_weaker"] == [
        Warning(
            None,
            "What is planned seems to rest on rules and reminders alone, which leaves it to memory "
            "and care.",
            "only_weaker",
        )
    ]
    tree, _ = planned(tree, tree.problem.id, "Train the agents", means=Means.TRAINING)
    assert "to rest on training and rules and reminders alone" in told(tree, "only_weaker")
    tree, _ = planned(tree, cause.id, "Tell them", kind=CountermeasureKind.ACKNOWLEDGE)
    assert "only_weaker" in rules(tree)
    tree, _ = planned(tree, cause.id, "Block the form", Progress.REJECTED)
    assert "only_weaker" in rules(tree)
    tree, _ = planned(tree, tree.problem.id, "Block the form")
    assert "only_weaker" not in rules(tree)


def test_a_root_beside_a_plan_of_weaker_measures() -> None:
    tree, cause = with_root()
    tree, other = answer(tree, cause.id, "The post was empty")
    tree, _ = planned(tree, other.id, "Do this and that", means=Means.POLICY)
    assert rules(tree)[:2] == ["nothing_planned", "only_weaker"]
    assert told(tree, "only_weaker") == (
        "What is planned rests on rules and reminders alone, which leaves it to memory and care."
    )


def test_only_weaker_measures_are_told_once() -> None:
    tree, cause = with_root()
    tree, _ = planned(tree, cause.id, "Train the agents")
    tree, other = answer(tree, cause.id, "The post was empty")
    tree, _ = planned(tree, other.id, "Send a memo to all")
    assert told(tree, "only_weaker").startswith(f"What is planned about “{ROOT}” seems")


def test_measures_that_did_not_help_are_no_plan() -> None:
    tree = session("Refunds took 19 days")
    tree, cause = answer(tree, tree.problem.id, "The post was empty")
    tree, _ = planned(tree, cause.id, "Send a memo to all", Progress.NOT_EFFECTIVE)
    assert "only_weaker" not in rules(tree)


def test_what_a_person_decided_outranks_the_words() -> None:
    tree, cause = with_root()
    tree, _ = planned(tree, cause.id, "Train the agents", means=Means.SIMULATION)
    assert "only_weaker" not in rules(tree)


def test_no_owner_and_no_due_date_are_grouped() -> None:
    tree, cause = with_root()
    for number in range(1, 6):
        tree, _ = planned(tree, cause.id, f"Block form {number}", Progress.IDEA)
    assert told(tree, "no_owner") == (
        "5 countermeasures have no owner yet: “Block form 1”, “Block form 2”, “Block form 3” and 2 "
        "more."
    )
    assert told(tree, "no_due") == (
        "5 countermeasures have no due date yet: “Block form 1”, “Block form 2”, “Block form 3” "
        "and 2 more."
    )
    # It is too early to ask that of an idea.
    assert "no_measure" not in rules(tree)


def test_what_is_done_needs_no_owner_and_no_date() -> None:
    tree, cause = with_root()
    tree, _ = planned(tree, cause.id, "Block the form", Progress.DONE, **READY)
    assert rules(tree) == ["no_measure"]


@pytest.mark.parametrize(("due", "words"), [(3, "3 days ago"), (1, "yesterday"), (30, "Wed 4 Nov")])
def test_overdue(due: int, words: str) -> None:
    tree, cause = with_root()
    tree, item = planned(
        tree, cause.id, "Block the form", **AGREED | {"due": TODAY - timedelta(days=due)}
    )
    tree, _ = measured(tree, item.id)
    assert warnings(tree, TODAY) == [
        Warning(item.id, f"“Block the form” was due {words} and is not done yet.", "overdue")
    ]


def test_due_today_is_not_overdue() -> None:
    tree, cause = with_root()
    tree, _ = planned(tree, cause.id, "Block the form", **AGREED | {"due": TODAY})
    assert "overdue" not in rules(tree)


def test_several_overdue_ones() -> None:
    tree, cause = with_root()
    for number in (1, 2):
        due = TODAY - timedelta(days=number)
        tree, _ = planned(tree, cause.id, f"Block form {number}", **AGREED | {"due": due})
    assert told(tree, "overdue") == (
        "2 countermeasures are past their day: “Block form 1” (yesterday) and “Block form 2” (2 "
        "days ago)."
    )


def test_done_before_it_was_ready_says_which_points_are_missing() -> None:
    tree, cause = with_root()
    tree, _ = planned(
        tree, cause.id, "Block the form", Progress.DONE, ready_plan=True, ready_people=True
    )
    assert told(tree, "not_ready") == (
        "“Block the form” is done, and points of its readiness are still open: tools and "
        "materials, every place and channel and what customers will notice."
    )


def test_how_we_will_know() -> None:
    tree, cause = with_root()
    tree, item = planned(tree, cause.id, "Block the form", **AGREED)
    assert told(tree, "no_measure") == (
        "Nothing says yet how we will know that “Block the form” works."
    )
    tree, _ = measured(tree, item.id, MeasureKind.BALANCE)
    assert rules(tree) == ["no_measure"]
    tree, measure = measured(tree, item.id)
    assert rules(tree) == []
    tree = do(tree, SetProgress(countermeasure=item.id, progress=Progress.DONE))
    assert told(tree, "no_check") == (
        "“Block the form” is done, and a check of it is still to be planned."
    )
    for each in tree.measures(item):
        tree = looked_at(tree, each, SOON)
    assert rules(tree) == []
    assert measure in tree.measures(item)


def test_a_check_that_came_too_early_asks_for_another() -> None:
    tree, cause = with_root()
    tree, item = planned(tree, cause.id, "Block the form", Progress.DONE, **AGREED)
    tree, measure = measured(tree, item.id)
    early = MakeCheck(measure=measure.id, result=CheckResult.TOO_EARLY, checked_by="Nuno")
    tree = do(tree, early)
    assert rules(tree) == ["no_check"]
    tree = do(tree, MakeCheck(measure=measure.id, result=CheckResult.MET, checked_by="Nuno"))
    assert rules(tree) == []


def test_a_check_past_its_day() -> None:
    tree, cause = with_root()
    tree, item = planned(tree, cause.id, "Block the form", Progress.DONE, **AGREED)
    tree, measure = measured(tree, item.id)
    tree = looked_at(tree, measure, date(2026, 12, 1))
    assert warnings(tree, TODAY) == [
        Warning(item.id, "A check of “Block the form” was due 3 days ago.", "check_overdue")
    ]


def test_an_outcome_that_was_met_too_early_asks_for_another() -> None:
    tree, cause = with_root()
    tree, item = planned(tree, cause.id, "Block the form", Progress.DONE, **AGREED)
    adding = AddMeasure(
        countermeasure=item.id, definition="Days to a refund", facts=MeasureFacts(days=30)
    )
    tree = do(tree, adding)
    (measure,) = tree.measures(item)
    tree = do(tree, MakeCheck(measure=measure.id, result=CheckResult.MET, checked_by="Nuno"))
    assert rules(tree) == ["no_check"]
    assert rules(looked_at(tree, measure, SOON)) == []
    # What was put right is right from that day on.
    right = replace(item, kind=CountermeasureKind.CORRECT)
    corrected = replace(tree, countermeasures_of={cause.id: (right,)})
    assert "no_check" not in rules(corrected)


def test_what_is_called_effective_and_not_proven() -> None:
    tree, cause = with_root()
    tree, item = planned(tree, cause.id, "Block the form", Progress.EFFECTIVE)
    assert rules(tree) == []
    # An earlier session whose cause is the same: 10 days before, and so 30 quiet days are needed.
    joined = came_back(tree, cause.id, date(2026, 11, 11))
    assert warnings(joined, TODAY) == [
        Warning(
            item.id,
            "“Block the form” is called effective, and not proven yet: its cause came every 10 "
            "days, so 30 quiet days are needed to tell; 13 have passed.",
            "not_proven",
        )
    ]
    assert warnings(joined, date(2026, 12, 21)) == []
    # The first of all days stands for no day at all.
    assert warnings(joined, date.min) == []
    assert [each.rule for each in warnings(replace(tree, checks_of={}), date.min)] == ["not_proven"]
    tree, _ = planned(tree, cause.id, "Print the year", Progress.EFFECTIVE)
    joined = came_back(tree, cause.id, date(2026, 11, 11))
    assert told(joined, "not_proven") == (
        "2 countermeasures are called effective, and not proven yet: “Block the form” and “Print "
        "the year”."
    )


def test_somebody_who_may_check_their_own_work() -> None:
    tree, cause = with_root()
    tree, item = planned(tree, cause.id, "Block the form", **AGREED | {"owner": "Jo Bell"})
    tree, measure = measured(tree, item.id)
    tree = do(tree, PlanCheck(measure=measure.id, due=SOON, checked_by="JB"))
    found = Warning(
        item.id,
        "JB checks what Jo Bell owns: if that is one person, let somebody else check.",
        "own_checker",
    )
    assert warnings(tree, TODAY) == [found]
    for by in ("JB", "Nuno"):
        tree = do(tree, PlanCheck(measure=measure.id, due=SOON, checked_by=by))
        assert warnings(tree, TODAY) == [found]
    tree, other = planned(tree, cause.id, "Print the year", **AGREED | {"owner": "$names"})
    tree, measure = measured(tree, other.id)
    tree = do(tree, PlanCheck(measure=measure.id, due=SOON, checked_by="$names $more"))
    assert told(tree, "own_checker") == (
        "2 countermeasures may be checked by the one who owns them: “Block the form” (JB checks "
        "what Jo Bell owns) and “Print the year” ($names $more checks what $names owns)."
    )


def test_people_with_other_names_check_each_other() -> None:
    tree, cause = with_root()
    tree, item = planned(tree, cause.id, "Block the form", **AGREED | {"owner": "Jo Bell"})
    tree, measure = measured(tree, item.id)
    for by in ("", "Ann Bell", "Joanna", "AB"):
        tree = do(tree, PlanCheck(measure=measure.id, due=SOON, checked_by=by))
    assert warnings(tree, TODAY) == []


def test_a_cause_that_came_back() -> None:
    tree, cause = with_root()
    tree, item = planned(tree, cause.id, "Block the form", Progress.DONE, **AGREED)
    tree = came_back(tree, cause.id, date(2027, 3, 3))
    found = warnings(tree, TODAY)
    assert found[0] == Warning(
        item.id,
        "Since “Block the form” was done, its cause came back in S-9 (3 Mar 2027).",
        "came_back",
    )
    assert found[1] == Warning(
        cause.id,
        f"What was done about “{ROOT}” has not held, and nothing else is planned for it yet.",
        "no_effect",
    )
    assert len(found) == 2
    tree = came_back(tree, cause.id, date(2027, 3, 3), date(2027, 4, 3))
    assert told(tree, "came_back").endswith("came back in S-9 (3 Mar 2027) and 1 more.")
    tree, _ = planned(tree, cause.id, "Print the year", **AGREED)
    assert rules(tree) == ["came_back", "no_measure"]


def test_what_is_shown_to_work_is_left_alone() -> None:
    tree, cause = with_root()
    tree, _ = planned(tree, cause.id, "Block the form", Progress.EFFECTIVE)
    assert rules(tree) == []


def test_customers_are_told_once_something_is_done() -> None:
    tree, item = in_order()
    assert rules(finished(tree)) == []
    tree, cause = with_root()
    tree, item_done = planned(tree, cause.id, "Block the form", Progress.DONE)
    tree = shown(tree, item_done.id)
    assert "not_told" not in rules(tree)
    ended = finished(tree)
    assert told(ended, "not_told") == (
        "The customers have not been told yet what happened and what changes."
    )
    ended = replace(ended, session=replace(ended.session, told_at=FIRST))
    assert "not_told" not in rules(ended)
    assert item is not None


def test_rejected_ones_count_for_nothing() -> None:
    tree, _ = in_order()
    cause = tree.roots()[0]
    tree, _ = planned(tree, cause.id, "Something else", Progress.REJECTED)
    assert warnings(tree, TODAY) == []


def test_a_name_that_looks_like_a_place_to_fill_stays_as_it_is() -> None:
    tree, cause = with_root("$more $names {x} [/foo]")
    assert told(tree, "nothing_planned").endswith("the root cause “$more $names {x} [/foo]”.")
    tree, _ = planned(tree, cause.id, "$more $name", Progress.IDEA)
    assert told(tree, "no_owner") == "“$more $name” has no owner yet."


def test_a_measure_that_looks_like_a_place_to_fill_stays_as_it_is() -> None:
    tree, cause = with_root()
    tree, item = planned(tree, cause.id, "Block the form", Progress.EFFECTIVE)
    failed = [
        replace(check, result=CheckResult.NOT_MET, made_on=TODAY)
        for checks in tree.checks_of.values()
        for check in checks
    ]
    named = [replace(each, definition="$name " * 90) for each in tree.measures(item)]
    tree = replace(tree, checks_of={cause.id: tuple(failed)}, measures_of={cause.id: tuple(named)})
    sentence = told(tree, "not_proven")
    assert "a check was not met: $name $name" in sentence
    assert len(sentence) < 300


TEXTS = st.sampled_from(["Train the agents", "Block the form", "Look into it", "x. y?", "a" * 300])


PLANNED = st.tuples(TEXTS, st.sampled_from(Progress), st.sampled_from(CountermeasureKind))


@given(st.lists(PLANNED, max_size=6), st.booleans())
def test_every_warning_is_one_soft_sentence(
    plan: list[tuple[str, Progress, CountermeasureKind]], ended: bool
) -> None:
    tree, cause = with_root()
    tree, other = answer(tree, cause.id, "The post was empty")
    for number, (text, progress, kind) in enumerate(plan):
        on = cause.id if number % 2 else other.id
        tree, _ = planned(tree, on, text, progress, kind=kind)
    tree = finished(tree) if ended else tree
    found = warnings(tree, TODAY)
    # One sentence for each rule: at most what a person can read.
    assert len({warning.rule for warning in found}) == len(found)
    for warning in found:
        assert re.fullmatch(r"[^\n]+[.]", warning.text)
        assert len(warning.text) < 600
        assert not re.search(r"\b(must|fail|forgot|fault|you)\b", warning.text.split("“")[0])
        assert warning.about is None or warning.about in {
            *tree.causes,
            *(item.id for item in tree.all_countermeasures()),
        }


def test_examples_are_warned_of_in_few_sentences() -> None:
    for record in examples.records():
        found = warnings(record.tree, date(2026, 11, 21))
        assert len(found) <= 6
        assert all(len(warning.text) < 500 for warning in found)

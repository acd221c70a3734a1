"""What is done about causes comes in with a chain, and a plain list of actions as well."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from fivewhys.imports import read
from fivewhys.models.plan_words import (
    CheckResult,
    CountermeasureKind,
    Means,
    MeasureKind,
    Progress,
    Ready,
)
from fivewhys.models.tree import Record
from fivewhys.reports.archive import write
from tests.imports.reading import NOW, one, refusal


def test_a_plan_comes_in_with_a_chain() -> None:
    chain = {
        "id": "plan",
        "problem": "Customers are angry",
        "facts": {
            "facilitator": "Ines",
            "acknowledged_at": "2026-11-20T09:00:00+01:00",
            "acknowledgement": "We asked too much.\r\n\r\nWe are sorry.",
            "told_at": "2026-11-21T09:00:00Z",
            "told_channel": "letter",
        },
        "finished_at": "2026-11-20T10:00:00Z",
        "root_found_at": "2026-11-20T09:50:00Z",
        "countermeasures": [{"text": "Write to them", "kind": "acknowledge"}],
        "tree": [
            {
                "text": "No rule says who orders",
                "root": "",
                "countermeasures": [
                    {"text": "A memo", "progress": "rejected", "reason": "Too weak"},
                    {
                        "text": "A line on the\tsheet",
                        "kind": "detect",
                        "means": "checklist",
                        "owner": "Bo",
                        "due": "2026-12-01",
                        "progress": "done",
                        "done_on": "2026-11-19",
                        "notes": "one\ntwo",
                        "ready": ["people", "plan"],
                        "said_by": "Chidi",
                        "measures": [
                            {
                                "kind": "process",
                                "definition": "Lines with a name",
                                "baseline": "0 of 6",
                                "target": "6 of 6",
                                "days": 30,
                                "checks": [
                                    {"due": "2026-12-20"},
                                    {
                                        "due": "2026-11-25",
                                        "made_on": "2026-11-26",
                                        "result": "too_early",
                                        "value": "2 of 6",
                                        "checked_by": "Dana",
                                    },
                                ],
                            },
                            {
                                "definition": "Late orders",
                                "checks": [
                                    {
                                        "made_on": "2026-11-28",
                                        "result": "met",
                                        "checked_by": "Dana",
                                    }
                                ],
                            },
                        ],
                    },
                ],
            }
        ],
        "actions": [{"text": "Order the forms"}],
    }
    tree = one(chain)
    session = tree.session
    assert session.acknowledged_at == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert session.acknowledgement == "We asked too much.\n\nWe are sorry."
    assert (session.told_at, session.told_channel) == (
        datetime(2026, 11, 21, 9, tzinfo=UTC),
        "letter",
    )
    assert session.root_found_at == datetime(2026, 11, 20, 9, 50, tzinfo=UTC)
    assert session.notes == ""
    write_to, order, memo, line = tree.all_countermeasures()
    assert (write_to.kind, write_to.progress) == (CountermeasureKind.ACKNOWLEDGE, Progress.IDEA)
    assert [item.text for item in tree.countermeasures(tree.problem.id)] == [
        "Write to them",
        "Order the forms",
    ]
    assert (write_to.position, order.position) == (1024, 2048)
    assert (memo.progress, memo.reason, memo.said_by) == (Progress.REJECTED, "Too weak", "Ines")
    assert (line.text, line.kind, line.means, line.owner) == (
        "A line on the sheet",
        CountermeasureKind.DETECT,
        Means.CHECKLIST,
        "Bo",
    )
    assert (line.due, line.done_on) == (date(2026, 12, 1), date(2026, 11, 19))
    assert (line.notes, line.said_by) == ("one\ntwo", "Chidi")
    assert line.not_ready == (Ready.TOOLS, Ready.CHANNELS, Ready.IMPACT)
    named, late = tree.measures(line)
    assert (named.kind, named.baseline, named.target, named.days) == (
        MeasureKind.PROCESS,
        "0 of 6",
        "6 of 6",
        30,
    )
    assert (late.kind, late.days) == (MeasureKind.OUTCOME, None)
    made, planned = tree.checks(named)
    assert (made.due, made.made_on) == (date(2026, 11, 25), date(2026, 11, 26))
    assert (made.result, made.value, made.checked_by) == (CheckResult.TOO_EARLY, "2 of 6", "Dana")
    assert (planned.due, planned.made_on, planned.owner) == (date(2026, 12, 20), None, "Bo")
    (looked,) = tree.checks(late)
    assert (looked.due, looked.made_on) == (date(2026, 11, 28), date(2026, 11, 28))
    assert {item.created_at for item in tree.all_countermeasures()} == {session.finished_at}
    again = one(chain)
    assert again == tree
    assert read(write([Record(tree)]), now=NOW) == [Record(tree)]


@pytest.mark.parametrize(
    ("action", "progress", "due", "notes"),
    [
        ({}, Progress.IDEA, None, ""),
        ({"status": "done"}, Progress.DONE, None, ""),
        ({"status": " DONE. ", "due": "2026-04-20"}, Progress.DONE, date(2026, 4, 20), ""),
        ({"status": "proposed"}, Progress.IDEA, None, ""),
        ({"status": "open", "owner": "Bo"}, Progress.IDEA, None, ""),
        ({"status": "open", "due": "2026-04-20"}, Progress.IDEA, date(2026, 4, 20), ""),
        (
            {"status": "proposed", "owner": "Bo", "due": "2026-04-20"},
            Progress.PLANNED,
            date(2026, 4, 20),
            "",
        ),
        ({"owner": "Bo", "due": "2026-04-20"}, Progress.PLANNED, date(2026, 4, 20), ""),
        ({"status": "planned"}, Progress.PLANNED, None, ""),
        ({"status": "In_Progress"}, Progress.IN_PROGRESS, None, ""),
        ({"owner": "Bo", "due": "next\tFriday"}, Progress.IDEA, None, "due next Friday"),
        ({"due": "Q3", "status": "blocked"}, Progress.IDEA, None, "due Q3\nstatus blocked"),
        # Without the reason and the checks that these need, they are kept in words alone.
        ({"status": "rejected"}, Progress.IDEA, None, "status rejected"),
        ({"status": "effective"}, Progress.IDEA, None, "status effective"),
        ({"status": "?!"}, Progress.IDEA, None, "status ?!"),
        # A week is no day, though there is a way to read it as one.
        ({"due": "2026-W10", "owner": "Bo"}, Progress.IDEA, None, "due 2026-W10"),
        ({"due": "", "status": "", "owner": None}, Progress.IDEA, None, ""),
    ],
)
def test_a_plain_action_says_what_it_can(
    action: dict[str, Any], progress: Progress, due: date | None, notes: str
) -> None:
    tree = one({"problem": "p", "actions": [{"text": "Write a rule"} | action]})
    (item,) = tree.countermeasures(tree.problem.id)
    assert (item.text, item.owner) == ("Write a rule", action.get("owner") or "")
    assert (item.progress, item.due, item.notes) == (progress, due, notes)
    assert (item.reason, item.done_on) == ("", None)
    assert tree.session.notes == ""


def test_without_a_root_no_root_was_found() -> None:
    finished = {"problem": "p", "finished_at": "2026-11-20T10:00:00Z"}
    assert one(finished).session.root_found_at is None
    root = finished | {"tree": [{"text": "x"}], "root_causes": ["y"]}
    assert one(root).session.root_found_at == one(root).session.finished_at
    assert one({"problem": "p", "tree": [{"text": "x", "root": ""}]}).session.root_found_at is None


def plan_of(item: Any) -> str:
    """A file with one countermeasure."""
    return json.dumps({"problem": "a", "tree": [{"text": "b", "countermeasures": [item]}]})


def measures_of(measure: Any) -> str:
    return plan_of({"text": "c", "owner": "Bo", "measures": [measure]})


def checks_of(check: Any) -> str:
    return measures_of({"definition": "d", "checks": [check]})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (plan_of({"text": " "}), "cause 1, countermeasure 1, text: There is nothing to read"),
        (plan_of({"text": "c", "due": "friday"}), "due: “friday” is not a date like 2026-11-21"),
        (plan_of({"text": "c", "strength": "x"}), "strength: this name is not known here"),
        (plan_of({"text": "c", "progress": "rejected"}), "“reason” goes with the progress reject"),
        (plan_of({"text": "c", "reason": "d"}), "“reason” goes with the progress rejected or not"),
        (
            plan_of({"text": "c", "progress": "planned", "done_on": "2026-11-21"}),
            "It has a “done_on”, which only what was done has",
        ),
        (plan_of({"text": "c", "ready": ["plan", "plan"]}), "“ready” has “plan” twice"),
        (plan_of({"text": "c", "ready": ["luck"]}), "ready 1: it should be 'plan'"),
        (measures_of({}), "countermeasure 1, measure 1, definition: it is missing"),
        (measures_of({"definition": "d", "days": 0}), "measure 1, days: it should be at least 1"),
        (checks_of({}), "check 1: A check says when it is due, or when it was made"),
        (checks_of({"due": "2026-12-01", "result": "met"}), "“made_on” exactly where it has a res"),
        (checks_of({"made_on": "2026-12-01", "result": "met"}), "says who made it, in “checked_by"),
        (checks_of({"due": "2026-12-01", "checked_by": "BO "}), "Whoever owns a countermeasure do"),
        ('{"problem": "a", "countermeasures": [{}]}', "This file, countermeasure 1, text: it is"),
        (
            json.dumps({"problem": "a", "actions": [{"text": "b", "due": "y" * 99_999}]}),
            "action 1: Where “due” is no day and “status” no state, they become its notes, which",
        ),
        ('{"problem": "a", "facts": {"told_at": "today"}}', "told_at: “today” is not a moment"),
    ],
)
def test_what_is_wrong_in_a_plan_is_said_with_its_place(text: str, says: str) -> None:
    assert says in refusal(text)

"""The plan over all sessions, as Markdown, as CSV and as objects."""

import csv
import json
from dataclasses import fields, replace
from datetime import date, timedelta
from io import StringIO

import pytest
from hypothesis import given

from fivewhys.models.plan_words import CountermeasureKind, Progress
from fivewhys.reports.action_data import COLUMNS, objects, table
from fivewhys.reports.actions import Action, actions_with, group_of, page
from fivewhys.reports.escape import csv_cell
from fivewhys.reports.templates import NONE
from tests.reports.acting import TODAY, acted, again, done, line
from tests.reports.hostile import HOSTILE, lines
from tests.reports.tables import tables

PAGE = """\
# Action plan over all sessions

As of 21 November 2026 · everything · site Harwick

**In short:** 5 countermeasures: 1 overdue, 1 due within a week, 1 without a date, \
1 not effective, 1 considered and not done.

## Overdue

HEAD
| S-12 | Harwick · Check-out | Call back | Nobody calls back | prevent | \
stronger: it cannot be done wrong | Amara | 20 November 2026 | in progress | \
Calls that nobody returned: 0 (next check 1 December 2026) |

## Due within a week

HEAD
| S-12 | Harwick · Check-out | Today | Nobody calls back | prevent | \
stronger: it cannot be done wrong | Amara | 21 November 2026 | planned | not said yet |

## Without a date

HEAD
| S-12 | – | Someday | Nobody calls back | detect | – | nobody yet | no date yet | idea | \
not said yet |

## Not effective

HEAD
| S-12 | Harwick · Check-out | A bell | Nobody calls back | prevent | \
stronger: it cannot be done wrong | Amara | 21 November 2026 | \
not effective (done 2 November 2026), not all was ready: came back in S-15, 18 November 2026 | \
not said yet |

## Considered and not done

HEAD
| S-12 | Harwick · Check-out | A mail | Nobody calls back | prevent | \
stronger: it cannot be done wrong | Amara | 21 November 2026 | rejected: It is forgotten. | \
not said yet |
"""

HEAD = """\
| Session | Place | What we do | About which cause | Kind | Strength | Owner | Due | State | \
How we will know |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"""


def plan() -> list[Action]:
    late = line(due=date(2026, 11, 20), progress=Progress.IN_PROGRESS, next_check=date(2026, 12, 1))
    undated = line(
        "Someday",
        due=None,
        owner="",
        means=None,
        site="",
        department="",
        kind=CountermeasureKind.DETECT,
        progress=Progress.IDEA,
    )
    return [
        acted(late, "Calls that nobody returned", days=(date(2026, 12, 1),)),
        Action(line("Today")),
        Action(undated),
        Action(done("A bell", back=again(), not_ready=True)),
        Action(line("A mail", progress=Progress.REJECTED, reason="It is forgotten.")),
    ]


def test_the_plan_reads_like_this() -> None:
    found = page(plan(), TODAY, NONE, narrowed_to=["everything", "site Harwick"])
    assert found.text.replace(HEAD, "HEAD") == PAGE
    assert found.problems == ()


def test_nothing_to_do_is_said() -> None:
    assert page([], TODAY, NONE, narrowed_to=["overdue"]).text == (
        "# Action plan over all sessions\n\nAs of 21 November 2026 · overdue\n\n"
        "There is nothing of that kind.\n"
    )


@pytest.mark.parametrize(
    ("days", "title"),
    [
        (-400, "Overdue"),
        (-1, "Overdue"),
        (0, "Due within a week"),
        (7, "Due within a week"),
        (8, "Due later"),
        (None, "Without a date"),
    ],
)
def test_what_is_to_be_done_waits_for_its_day(days: int | None, title: str) -> None:
    due = None if days is None else TODAY + timedelta(days=days)
    assert group_of(line(due=due), TODAY) == title
    assert group_of(replace(line(due=due), progress=Progress.DONE), TODAY).startswith("Done")


def test_measures_and_checks_find_their_countermeasure() -> None:
    first, second = plan()[0], acted(line("Today"), "a", "b", days=(TODAY,))
    found = actions_with(
        [first.line, second.line],
        [*second.measures, *first.measures],
        [*second.checks, *first.checks],
    )
    assert found == [first, second]


@given(text=lines)
def test_no_text_breaks_the_tables(text: str) -> None:
    texts = {
        part.name: text
        for part in fields(plan()[0].line)
        if part.name in ("problem", "site", "department", "cause", "text", "owner", "reason")
    }
    hostile = [replace(action, line=replace(action.line, **texts)) for action in plan()]  # type: ignore[arg-type]  # only texts
    found = tables(page(hostile, TODAY, NONE, narrowed_to=[text]).text)
    assert [(len(rows), {len(row) for row in rows}) for rows in found] == [(2, {10})] * 5
    assert {rows[1][2] for rows in found} == {" ".join(text.split())}


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline="")))


def test_csv_is_read_back() -> None:
    text = table(plan(), TODAY)
    assert text.replace("\r\n", "").count("\n") == 0
    rows = read(text)
    assert tuple(rows[0]) == COLUMNS
    assert [row["text"] for row in rows] == ["Call back", "Today", "Someday", "A bell", "A mail"]
    assert rows[0] | {"id": "", "session_id": "", "cause_id": ""} == {
        **dict.fromkeys(COLUMNS, ""),
        "session": "S-12",
        "problem": "customers are angry",
        "site": "Harwick",
        "department": "Check-out",
        "severity": "minor",
        "cause": "Nobody calls back",
        "text": "Call back",
        "kind": "prevent",
        "strength": "stronger",
        "means": "forcing",
        "owner": "Amara",
        "due": "2026-11-20",
        "overdue": "yes",
        "state": "in_progress",
        "ready": "yes",
        "how_known": "Calls that nobody returned: 0",
        "planned_checks": "2026-12-01 Ines",
    }
    assert (rows[3]["came_back"], rows[3]["came_back_on"]) == ("S-15", "2026-11-18")
    assert read(table([], TODAY)) == []


@pytest.mark.parametrize("text", [*HOSTILE, "-1", "+1", "@x", "＝1", 'a "b", c\n'])
def test_no_cell_of_a_csv_is_calculated(text: str) -> None:
    (row,) = read(table([Action(line(text, owner=text))], TODAY))
    assert row["text"] == row["owner"] == csv_cell(text)
    assert not row["text"].startswith(("=", "+", "-", "@", "\t", "＝"))
    assert row["text"].removeprefix("'") == text.removeprefix("'")


def test_objects_have_all_keys_and_plain_values() -> None:
    found = json.loads(json.dumps(objects(plan(), TODAY)))
    assert {tuple(sorted(one)) for one in found} == {tuple(sorted(COLUMNS))}
    assert found[0]["how_known"] == [
        {
            "kind": "outcome",
            "definition": "Calls that nobody returned",
            "baseline": "9 of 10",
            "target": "0",
            "days": 30,
        }
    ]
    assert found[0]["planned_checks"] == [
        {
            "due": "2026-12-01",
            "definition": "Calls that nobody returned",
            "checked_by": "Ines",
        }
    ]
    assert (found[0]["overdue"], found[1]["overdue"]) == (True, False)
    assert (found[2]["due"], found[2]["strength"], found[2]["means"]) == (None, None, None)
    assert (found[3]["state"], found[3]["came_back"], found[3]["came_back_on"]) == (
        "not_effective",
        "S-15",
        "2026-11-18",
    )

"""The action plan over all sessions for machines: objects for JSON, and rows for spreadsheets.

An object has these keys, always all of them. Dates are ISO dates, a text that is not known is
empty, and anything else that is not known is null.

- `id`, `session` (S-2), `session_id`, `problem`, `site`, `department`, `severity`
- `cause`, `cause_id`: what it is about
- `text`: what is done; `kind`, `strength`, `means`: its words from `fivewhys.models.plan_words`
- `owner`, `due`, `overdue` (on the day that was asked about)
- `state`: where it stands, as `fivewhys.models.tree.Tree.standing` has it; `reason`, `done_on`
- `ready`: whether all of its readiness list is ticked
- `came_back`, `came_back_on`: the session in which its cause was found again first
- `how_known`: objects with `kind`, `definition`, `baseline`, `target`, `days`
- `planned_checks`: objects with `due`, `definition`, `checked_by`

A row of the CSV has the same, with the last two in words.
"""

import csv
from collections.abc import Iterable
from datetime import date
from io import StringIO
from typing import Any

from fivewhys.models.plan_words import STRENGTH_OF
from fivewhys.reports import plan_cells as cells
from fivewhys.reports.actions import OVERDUE, Action, group_of
from fivewhys.reports.escape import csv_cell

COLUMNS = (
    *("session", "problem", "site", "department", "severity", "cause", "text", "kind"),
    *("strength", "means", "owner", "due", "overdue", "state", "reason", "done_on", "ready"),
    *("came_back", "came_back_on", "how_known", "planned_checks"),
    *("id", "session_id", "cause_id"),
)
"""The columns of the CSV, what people read in front."""


def objects(found: Iterable[Action], today: date) -> list[dict[str, Any]]:
    """The plan for scripts, one object a countermeasure."""
    return [_object(action, today) for action in found]


def table(found: Iterable[Action], today: date) -> str:
    """The plan as CSV (RFC 4180) with a head; cells that a spreadsheet would calculate are text."""
    written = StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for action in found:
        row = _object(action, today)
        row["how_known"] = cells.known(action.measures) if action.measures else ""
        row["planned_checks"] = "; ".join(
            " ".join(filter(None, (check["due"], check["checked_by"])))
            for check in row["planned_checks"]
        )
        writer.writerow([csv_cell(_plain(row[column])) for column in COLUMNS])
    return written.getvalue()


def _object(action: Action, today: date) -> dict[str, Any]:
    line = action.line
    definitions = {measure.id: measure.definition for measure in action.measures}
    return {
        "id": str(line.id),
        "session": line.session,
        "session_id": str(line.session_id),
        "problem": line.problem,
        "site": line.site,
        "department": line.department,
        "severity": line.severity and line.severity.value,
        "cause": line.cause,
        "cause_id": str(line.cause_id),
        "text": line.text,
        "kind": line.kind.value,
        "strength": STRENGTH_OF[line.means].value if line.means else None,
        "means": line.means and line.means.value,
        "owner": line.owner,
        "due": _iso(line.due),
        "overdue": group_of(line, today) == OVERDUE,
        "state": line.standing.value,
        "reason": line.reason,
        "done_on": _iso(line.done_on),
        "ready": not line.not_ready,
        "came_back": line.back and line.back.name,
        "came_back_on": line.back and _iso(line.back.on),
        "how_known": [
            {
                "kind": measure.kind.value,
                "definition": measure.definition,
                "baseline": measure.baseline,
                "target": measure.target,
                "days": measure.days,
            }
            for measure in action.measures
        ],
        "planned_checks": [
            {
                "due": _iso(check.due),
                "definition": definitions[check.measure_id],
                "checked_by": check.checked_by,
            }
            for check in action.checks
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)

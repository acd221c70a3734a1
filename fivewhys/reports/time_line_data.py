"""The time line of a cause, for machines: as JSON.

The object has these keys, always all of them; dates are ISO dates, what is not known is null or an
empty text.

- `cause` (its words in the session that it is about first), `is_confirmed`, `quiet_days`: days
  since it was found last
- `moments`, oldest first, each with `kind` and `on`:
  - `found`: a sighting as in `patterns_data`, with `gap_days` since the time before, and
    `came_back_after`: the texts of what was done by then
  - `done`: what was done as in `patterns_data`, with `is_dated`: whether `on` is when it was done,
    and not when its session was
  - `checked`: `of` (the text of what was done), `session`, `measure`, `target`, `result`, `value`,
    `checked_by`
"""

from datetime import date
from typing import Any

from fivewhys.patterns.findings.moments import Checked, Found, Moment, TimeLine
from fivewhys.reports.patterns_data import sighting_row, tried_row


def time_line_object(line: TimeLine, today: date) -> dict[str, Any]:
    """A time line in values that JSON has, as the module says."""
    return {
        "cause": line.text,
        "is_confirmed": line.is_confirmed,
        "quiet_days": line.quiet(today),
        "moments": [{**_kind(one), "on": one.on.isoformat()} for one in line.moments],
    }


def _kind(moment: Moment) -> dict[str, Any]:
    if isinstance(moment, Found):
        return {
            "kind": "found",
            **sighting_row(moment.seen),
            "gap_days": moment.gap,
            "came_back_after": [tried.deed.text for tried in moment.after],
        }
    if isinstance(moment, Checked):
        check = moment.check
        return {
            "kind": "checked",
            "of": moment.tried.deed.text,
            "session": moment.tried.session.name,
            "measure": moment.measure.definition,
            "target": moment.measure.target,
            "result": check.result and check.result.value,
            "value": check.value,
            "checked_by": check.checked_by,
        }
    return {"kind": "done", **tried_row(moment.tried), "is_dated": moment.is_dated}

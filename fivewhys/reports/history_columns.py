"""The columns of each kind of row as people call them, and what stands in them, in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from fivewhys.models.history import RowStep
from fivewhys.models.plan_words import (
    KIND_WORDS,
    MEANS_WORDS,
    MEASURE_QUESTIONS,
    PROGRESS_WORDS,
    READY_WORDS,
    RESULT_WORDS,
    CheckResult,
    CountermeasureKind,
    Means,
    MeasureKind,
    Progress,
)
from fivewhys.models.words import (
    LEG_QUESTIONS,
    LINK_QUESTIONS,
    ROOT_POINTS,
    STATUS_WORDS,
    STOP_WORDS,
    VERDICT_WORDS,
    Leg,
    LinkQuestion,
    RootPoint,
    Status,
    StopReason,
    Verdict,
)
from fivewhys.reports.dates import day, time

Moment = Callable[[datetime], str]
"""How a moment is told: whoever shows it knows where the person is."""

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "why_session": {
        "state": "state",
        "customer_words": "the customer’s words",
        "expected": "expected",
        "actual": "actual",
        "location": "where",
        "since_when": "since when",
        "how_much": "how much",
        "site": "site",
        "region": "region",
        "department": "department",
        "channel": "channel",
        "severity": "severity",
        "noticed_at": "noticed",
        "time_box": "time box in minutes",
        "facilitator": "facilitator",
        "notes": "notes",
        "acknowledged_at": "acknowledged",
        "acknowledgement": "what the customers are told",
        "told_at": "customers told",
        "told_channel": "how they were told",
    },
    "cause": {
        "text": "wording",
        "question": "question",
        "status": "status",
        "stop": "why it stops here",
        "reason": "reason",
        "part": "part",
        "part_reason": "why it has that part",
        "leg": "leg",
        "said_by": "said by",
        "lens": "lens",
        "category": "category",
    },
    "evidence": {"text": "wording", "kind": "kind", "supports": "supports", "said_by": "said by"},
    "link_answer": {"verdict": "answer", "words": "in words"},
    "dismissal": {"prompt": "prompt", "reason": "why it does not apply"},
    "root_check": {"point": "point"},
    "countermeasure": {
        "text": "wording",
        "progress": "state",
        "reason": "reason",
        "done_on": "done on",
        "owner": "owner",
        "due": "due",
        "kind": "what it is for",
        "means": "what it works by",
        "notes": "notes",
        **{f"ready_{point}": words for point, words in READY_WORDS.items()},
    },
    "measure": {
        "definition": "wording",
        "kind": "kind",
        "baseline": "before",
        "target": "target",
        "days": "days",
    },
    "measure_check": {
        "result": "result",
        "value": "found",
        "due": "due",
        "made_on": "made on",
        "checked_by": "checked by",
    },
    "parked": {"text": "wording", "said_by": "said by"},
    "person": {"name": "name", "role": "role", "here": "in the room"},
}
"""By table, in the order in which they are told. What the program keeps for itself is not here."""

_WORDS: Mapping[type[Enum], Mapping[Any, str]] = {
    Status: STATUS_WORDS,
    StopReason: STOP_WORDS,
    Leg: LEG_QUESTIONS,
    LinkQuestion: LINK_QUESTIONS,
    Verdict: VERDICT_WORDS,
    RootPoint: ROOT_POINTS,
    CountermeasureKind: KIND_WORDS,
    Progress: PROGRESS_WORDS,
    Means: MEANS_WORDS,
    MeasureKind: MEASURE_QUESTIONS,
    CheckResult: RESULT_WORDS,
}


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing before and after; empty where there was or is nothing."""

    what: str
    before: str
    after: str
    is_text: bool = False
    """Whether these are words of people."""


def details(row: RowStep, moment: Moment = time) -> list[Detail]:
    """What differs in a row, in the order in which it is told; of one that came or went, all."""
    before, after = row.before or {}, row.after or {}
    found = []
    for column, name in COLUMNS.get(row.table, {}).items():
        was, now = before.get(column), after.get(column)
        if was == now:
            continue
        old, new = said(was, moment), said(now, moment)
        if old != new:
            found.append(Detail(name, old, new, type(was or now) is str))
    return found


def said(value: object, moment: Moment = time) -> str:
    """A value in words; nothing where it says nothing."""
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, Enum):
        words = _WORDS.get(type(value), {}).get(value)
        return words if words is not None else str(value.value).replace("_", " ")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return str(value)

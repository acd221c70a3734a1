"""The fields of a countermeasure, a measure and a check: their values, and text in, values out."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from fivewhys.countermeasures.days import NoDay, day_from, days_from
from fivewhys.models.plan_words import (
    KIND_WORDS,
    MEANS_WORDS,
    MEASURE_QUESTIONS,
    PROGRESS_WORDS,
    READY_WORDS,
    RESULT_WORDS,
    STRENGTH_OF,
    UNFINISHED,
    CountermeasureKind,
    Means,
    Progress,
    Ready,
    Strength,
)
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause, Countermeasure
from fivewhys.models.words import Kind
from fivewhys.screens.facts import NotUnderstood
from fivewhys.screens.widgets.form_fields import Value

KINDS = tuple(Value(kind.value, kind.value, words) for kind, words in KIND_WORDS.items())

_STRENGTHS = {
    Strength.STRONGER: "Stronger: it works even when nobody thinks of it",
    Strength.INTERMEDIATE: "Intermediate: it makes the right thing easier",
    Strength.WEAKER: "Weaker: it works while people remember",
}

MEANS = tuple(
    Value(means.value, words, STRENGTH_OF[means].value, head=_STRENGTHS[STRENGTH_OF[means]])
    for means, words in MEANS_WORDS.items()
)

_PROGRESS = {
    Progress.IDEA: "not agreed yet",
    Progress.PLANNED: "agreed; it has an owner or a date",
    Progress.IN_PROGRESS: "somebody is at it",
    Progress.DONE: "carried out; whether it works is still to be seen",
    Progress.EFFECTIVE: "checks show that it works, and nothing came back",
    Progress.NOT_EFFECTIVE: "it was done and did not help; say why",
    Progress.REJECTED: "it will not be done; say why",
}

ALL_PROGRESS = tuple(
    Value(progress.value, PROGRESS_WORDS[progress], words) for progress, words in _PROGRESS.items()
)

FIRST_PROGRESS = tuple(value for value in ALL_PROGRESS if value.key in UNFINISHED)
"""Where a new one may stand."""

READY = tuple((point.value, READY_WORDS[point]) for point in Ready)

MEASURE_KINDS = tuple(
    Value(kind.value, kind.value, f"{words}?") for kind, words in MEASURE_QUESTIONS.items()
)

RESULTS = tuple(Value(result.value, words) for result, words in RESULT_WORDS.items())


def usual_kind(cause: Cause) -> CountermeasureKind:
    """What a countermeasure of this cause mostly is for."""
    if cause.kind is Kind.PROBLEM:
        return CountermeasureKind.CONTAIN
    return CountermeasureKind.PREVENT if cause.is_root else CountermeasureKind.CORRECT


def as_text(name: str, item: Countermeasure) -> str:
    """What the field `name` holds for a countermeasure."""
    if name == "ready":
        return " ".join(point for point in Ready if point not in item.not_ready)
    value = getattr(item, name)
    return "" if value is None else str(value)


def fact_of(name: str, text: str, today: date) -> dict[str, Any]:
    """The values that a field's text means, by the names of the command. Raises `NotUnderstood`."""
    if name == "due":
        return {"due": day_of("Due", text, today)}
    if name == "kind":
        return {"kind": CountermeasureKind(text)}
    if name == "means":
        return {"means": Means(text) if text else None}
    if name == "ready":
        ticked = text.split()
        return {f"ready_{point}": point in ticked for point in Ready}
    return {name: text}


def day_of(label: str, text: str, today: date, *, past: bool = False) -> date | None:
    """The day that a text means; None for an empty one. Raises `NotUnderstood`."""
    if not text.strip():
        return None
    try:
        return day_from(text, today, past=past)
    except NoDay as problem:
        raise NotUnderstood(f"{label}: {problem}") from None


def window_of(text: str) -> int | None:
    """The days of a measure's window; None for an empty text. Raises `NotUnderstood`."""
    if not text.strip():
        return None
    try:
        return days_from(text)
    except NoDay as problem:
        raise NotUnderstood(f"Window: {problem}") from None


def owners(tree: Tree, earlier: Sequence[str]) -> list[str]:
    """Who may own it: the people in the room, those who are away, then earlier owners."""
    people = sorted(tree.people, key=lambda person: not person.here)
    return list(dict.fromkeys([*(person.name for person in people), *earlier]))


def owner_of(text: str, known: Sequence[str]) -> str:
    """The owner that a text names, in the spelling that is known already."""
    return next((name for name in known if name.casefold() == text.casefold()), text)

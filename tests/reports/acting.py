"""Lines of the follow-up for tests, as the store gives them."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from fivewhys.models.follow_up import ActionLine
from fivewhys.models.plan_words import CountermeasureKind, Means, MeasureKind, Progress
from fivewhys.models.values import Appearance, Check, Countermeasure, Measure
from fivewhys.models.words import Severity
from fivewhys.reports.actions import Action
from tests.building import new_key, session
from tests.reports.planned import action, check, measure

TODAY = date(2026, 11, 21)


def line(text: str = "Call back", **more: object) -> ActionLine:
    """A countermeasure of S-12, planned for today."""
    facts: dict[str, object] = {
        "number": 12,
        "problem": "customers are angry",
        "site": "Harwick",
        "department": "Check-out",
        "severity": Severity.MINOR,
        "cause": "Nobody calls back",
        "kind": CountermeasureKind.PREVENT,
        "means": Means.FORCING,
        "owner": "Amara",
        "due": TODAY,
        "progress": Progress.PLANNED,
        "reason": "",
        "done_on": None,
        "not_ready": False,
        "next_check": None,
        "check": None,
        "back": None,
    }
    keys = {name: new_key() for name in ("id", "session_id", "cause_id")}
    return ActionLine(text=text, **{**keys, **facts, **more})  # type: ignore[arg-type]  # fields


def done(text: str, progress: Progress = Progress.DONE, **more: object) -> ActionLine:
    """A countermeasure that was carried out on 2 November."""
    return line(text, progress=progress, done_on=date(2026, 11, 2), **more)


def acted(of: ActionLine, *words: str, days: tuple[date, ...] = ()) -> Action:
    """`of` with a measure for each of `words`; the first is to be checked on `days` by Ines."""
    tree = session()
    item: Countermeasure = action(tree, tree.problem.id, of.text)
    measures: list[Measure] = [
        replace(
            measure(item, MeasureKind.OUTCOME, text, baseline="9 of 10", target="0", days=30),
            countermeasure_id=of.id,
        )
        for text in words
    ]
    checks: list[Check] = [check(measures[0], day) for day in days]
    return Action(of, tuple(measures), tuple(checks))


def again(number: int = 15) -> Appearance:
    """The same cause, in S-15."""
    return Appearance(UUID(int=number), number, "Eastmere", date(2026, 11, 18), is_root=True)

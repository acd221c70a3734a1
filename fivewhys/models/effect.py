"""Whether a countermeasure is known to work, after the rulebook's “did it work?”.

It is effective once a process and an outcome check are met, none is not met, and its cause has not
come back for long enough to tell. How long that is follows from how often the cause came before:
about three mean intervals, after which chance alone explains the silence in one case of twenty
(e to the power of -3).
"""

from datetime import date
from itertools import pairwise
from math import ceil

from fivewhys.models.plan_words import FINISHED, CheckResult, MeasureKind
from fivewhys.models.tree import Tree
from fivewhys.models.values import Check, Countermeasure, Measure

INTERVALS = 3
"""Mean intervals without a recurrence that convince."""


def appeared_on(tree: Tree, countermeasure: Countermeasure) -> list[date]:
    """The days on which the cause was found, in this session and others, up to when it was done.

    Oldest first, each day once. This session counts by the day its problem was noticed or, where
    that is not known, by the day it was opened (UTC).
    """
    session = tree.session
    days = {(session.noticed_at or session.opened_at).date()}
    days |= {found.on for found in tree.elsewhere.get(countermeasure.cause_id, ())}
    last = countermeasure.done_on
    return sorted(day for day in days if last is None or day <= last)


def quiet_days_needed(tree: Tree, countermeasure: Countermeasure) -> int | None:
    """Days without a recurrence that convince; None where the cause was found only once."""
    days = appeared_on(tree, countermeasure)
    if len(days) < 2:
        return None
    gaps = [(after - before).days for before, after in pairwise(days)]
    return ceil(INTERVALS * sum(gaps) / len(gaps))


def quiet_days(tree: Tree, countermeasure: Countermeasure, today: date) -> int | None:
    """Days since it was done without a recurrence; None where it is not done."""
    if countermeasure.done_on is None or countermeasure.progress not in FINISHED:
        return None
    back = tree.recurrences(countermeasure)
    return ((back[0].on if back else today) - countermeasure.done_on).days


def latest_check(tree: Tree, countermeasure: Countermeasure, measure: Measure) -> Check | None:
    """The last check of a measure that was made since the countermeasure was done."""
    since = countermeasure.done_on
    made = [
        check
        for check in tree.checks(measure)
        if check.made_on is not None and (since is None or check.made_on >= since)
    ]
    return max(made, key=lambda check: (check.made_on, check.created_at, check.id), default=None)


def missing(tree: Tree, countermeasure: Countermeasure, today: date) -> list[str]:
    """What is missing to call it effective, each as a sentence, the first to do first."""
    if countermeasure.progress not in FINISHED:
        return ["It is not done yet."]
    back = tree.recurrences(countermeasure)
    if back:
        return [f"Its cause came back in {back[0].name} ({back[0].on})."]
    found = []
    latest = [
        (measure, latest_check(tree, countermeasure, measure))
        for measure in tree.measures(countermeasure)
    ]
    found += [
        f"A check was not met: {measure.definition}"
        for measure, check in latest
        if check and check.result is CheckResult.NOT_MET
    ]
    met = {measure.kind for measure, check in latest if check and check.result is CheckResult.MET}
    if MeasureKind.PROCESS not in met:
        found.append(
            "No check has shown yet that it is being done (a process measure that is met)."
        )
    if MeasureKind.OUTCOME not in met:
        found.append(
            "No check has shown yet that the problem shrank (an outcome measure that is met)."
        )
    needed, quiet = quiet_days_needed(tree, countermeasure), quiet_days(tree, countermeasure, today)
    if needed is not None and quiet is not None and quiet < needed:
        found.append(
            f"Its cause came every {round(needed / INTERVALS)} days, so {needed} quiet days are "
            f"needed to tell; {max(quiet, 0)} have passed."
        )
    return found

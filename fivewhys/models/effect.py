"""Whether a countermeasure is known to work, after the rulebook's “did it work?”.

It is effective once a process and an outcome check are met, none is not met, and its cause has not
come back for long enough to tell. An outcome check counts once its measure's window is over. How
long it has to be quiet follows from how often the cause came before: about three mean intervals,
after which chance alone explains the silence in one case of twenty (e to the power of -3).
"""

from datetime import date, timedelta
from itertools import pairwise
from math import ceil

from fivewhys.models.plan_words import (
    FINISHED,
    CheckResult,
    CountermeasureKind,
    MeasureKind,
    Progress,
)
from fivewhys.models.tree import Tree
from fivewhys.models.values import Check, Countermeasure, Measure
from fivewhys.text import excerpt, plain_words

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
    """Days without a recurrence that convince; None where the cause was found only once.

    None as well for what customers were told: no recurrence tells anything of that.
    """
    if countermeasure.kind is CountermeasureKind.ACKNOWLEDGE:
        return None
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


def quiet_until(tree: Tree, countermeasure: Countermeasure) -> date | None:
    """The day on which its cause has stayed away for long enough to tell.

    None where no quiet days are needed, it is not known when it was done, or the cause came back.
    """
    needed = quiet_days_needed(tree, countermeasure)
    if needed is None or countermeasure.done_on is None or tree.recurrences(countermeasure):
        return None
    return _after(countermeasure.done_on, needed)


def counts_from(countermeasure: Countermeasure, measure: Measure) -> date | None:
    """The day from which a check of a measure tells something; None where any day does.

    Whether the problem shrank shows once the window is over. Whether something is being done shows
    at once.
    """
    done_on = countermeasure.done_on
    if measure.kind is not MeasureKind.OUTCOME or measure.days is None or done_on is None:
        return None
    return _after(done_on, measure.days)


def is_early(countermeasure: Countermeasure, measure: Measure, check: Check) -> bool:
    """Whether a check was made before it could tell something."""
    start = counts_from(countermeasure, measure)
    return start is not None and check.made_on is not None and check.made_on < start


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
    found = unshown(tree, countermeasure)
    needed, quiet = quiet_days_needed(tree, countermeasure), quiet_days(tree, countermeasure, today)
    if needed is not None and quiet is not None and quiet < needed:
        every, passed = round(needed / INTERVALS), max(quiet, 0)
        found.append(
            f"Its cause came every {'day' if every == 1 else f'{every:,} days'}, so {needed:,} "
            f"quiet days are needed to tell; {passed:,} {'has' if passed == 1 else 'have'} passed."
        )
    return found


def unshown(tree: Tree, countermeasure: Countermeasure) -> list[str]:
    """What its checks do not show: that a process and an outcome are met, and none is not met.

    Each as a sentence, a check that was not met first. It is the same on every day.
    """
    latest = [
        (measure, check)
        for measure in tree.measures(countermeasure)
        if (check := latest_check(tree, countermeasure, measure))
    ]
    found = [
        f"A check was not met: {measure.definition}"
        for measure, check in latest
        if check.result is CheckResult.NOT_MET
    ]
    met = [(measure, check) for measure, check in latest if check.result is CheckResult.MET]
    early = [of for of in met if is_early(countermeasure, *of)]
    shown = {of[0].kind for of in met if of not in early}
    if MeasureKind.PROCESS not in shown:
        found.append(
            "No check has shown yet that it is being done (a process measure that is met)."
        )
    if MeasureKind.OUTCOME not in shown:
        found.append(
            _too_early(countermeasure, early)
            or "No check has shown yet that the problem shrank (an outcome measure that is met)."
        )
    return found


def not_proven(tree: Tree, countermeasure: Countermeasure, today: date) -> str:
    """That it is called effective and not proven yet, and why, as one sentence; empty otherwise."""
    why = doubt(tree, countermeasure, today)
    return f"Called effective, not proven yet: {why}." if why else ""


def doubt(tree: Tree, countermeasure: Countermeasure, today: date) -> str:
    """Why what is called effective is not proven yet, as the end of a sentence; empty otherwise.

    It arises when a cause is found to have come before, after the verdict, and where a plan comes
    from elsewhere. What came back stands as not effective, and is not doubted on top of that. On a
    day before it was done, as where nobody knows the day, its quiet days tell nothing.
    """
    if tree.standing(countermeasure) is not Progress.EFFECTIVE:
        return ""
    done_on = countermeasure.done_on
    if done_on is not None and today < done_on:
        found = unshown(tree, countermeasure)
    else:
        found = missing(tree, countermeasure, today)
    return (found[0][:1].lower() + found[0][1:]).rstrip(".") if found else ""


def is_checker(tree: Tree, countermeasure: Countermeasure, name: str) -> bool:
    """Whether somebody checks a countermeasure or has; nobody may who owns it."""
    checks = (check for item in tree.measures(countermeasure) for check in tree.checks(item))
    return bool(name) and any(is_same_name(check.checked_by, name) for check in checks)


def is_same_name(name: str, other: str) -> bool:
    """Whether two names are those of one person or team; nobody is the same as nobody."""
    return bool(name) and plain_words(name) == plain_words(other)


def _too_early(countermeasure: Countermeasure, early: list[tuple[Measure, Check]]) -> str:
    """That an outcome was looked at too early, told of the one that counts first; or nothing."""
    starts = [
        (start, measure, check.made_on)
        for measure, check in early
        if check.made_on and (start := counts_from(countermeasure, measure))
    ]
    if not starts or countermeasure.done_on is None:
        return ""
    start, measure, made_on = min(starts, key=lambda of: of[0])
    window = f"{measure.days:,} day{'' if measure.days == 1 else 's'}"
    return (
        f"“{excerpt(measure.definition)}” was looked at after "
        f"{(made_on - countermeasure.done_on).days:,} of its {window}, which shows nothing yet; a "
        f"check from {start} on counts."
    )


def _after(day: date, days: int) -> date:
    """The day `days` later, or the last of the calendar."""
    return day + timedelta(days=min(days, (date.max - day).days))

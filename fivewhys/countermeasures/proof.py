"""What a plan lacks that would show whether it works: measures, checks, somebody else to look.

Whether a countermeasure is known to work is for `fivewhys.models.effect`.
"""

from collections.abc import Callable, Iterable
from datetime import date

from fivewhys.countermeasures.days import said
from fivewhys.countermeasures.names import may_be_one
from fivewhys.countermeasures.sentences import Words
from fivewhys.models import effect
from fivewhys.models.plan_words import (
    FINISHED,
    CheckResult,
    CountermeasureKind,
    MeasureKind,
    Progress,
)
from fivewhys.models.tree import Tree
from fivewhys.models.values import Check, Countermeasure, Measure
from fivewhys.text import excerpt

Finds = Callable[[Countermeasure], str | None]
"""What a sentence says of one thing, empty where its name is enough; None where it is in order."""

_TELLS = (MeasureKind.PROCESS, MeasureKind.OUTCOME)
_LONGEST_REASON = 160
_LONGEST_PERSON = 40


def not_proven(tree: Tree, plan: Iterable[Countermeasure], today: date) -> tuple[Finds, Words]:
    """Called effective, which is not proven yet."""
    doubts = {item.id: why for item in plan if (why := effect.doubt(tree, item, today))}

    def finds(item: Countermeasure) -> str | None:
        if item.id not in doubts:
            return None
        # The reasons of several make no sentence; each is told with its countermeasure.
        return excerpt(doubts[item.id], _LONGEST_REASON) if len(doubts) == 1 else ""

    return finds, (
        "“$name” is called effective, and not proven yet: $more.",
        "$count countermeasures are called effective, and not proven yet: $names.",
    )


def check_overdue(tree: Tree, today: date) -> tuple[Finds, Words]:
    """A check that is past its day."""

    def finds(item: Countermeasure) -> str | None:
        if item.progress not in FINISHED:
            return None
        waiting = [
            check.due
            for check in _checks(tree, item)
            if check.made_on is None and check.due < today
        ]
        return said(min(waiting), today) if waiting else None

    return finds, (
        "A check of “$name” was due $more.",
        "The checks of $count countermeasures are past their day: $names.",
    )


def own_checker(tree: Tree) -> tuple[Finds, Words]:
    """Checked by somebody whose name may be another one of its owner."""

    def finds(item: Countermeasure) -> str | None:
        if tree.standing(item) is Progress.NOT_EFFECTIVE:
            return None
        names = (check.checked_by for check in _checks(tree, item))
        alike = next((name for name in names if may_be_one(name, item.owner)), None)
        if alike is None:
            return None
        owner = excerpt(item.owner, _LONGEST_PERSON)
        return f"{excerpt(alike, _LONGEST_PERSON)} checks what {owner} owns"

    return finds, (
        "$more: if that is one person, let somebody else check.",
        "$count countermeasures may be checked by the one who owns them: $names.",
    )


def no_measure(tree: Tree) -> tuple[Finds, Words]:
    """Nothing says how it will be known that it works."""

    def finds(item: Countermeasure) -> str | None:
        if not _is_to_be_shown(tree, item) or item.progress is Progress.IDEA:
            return None
        return None if any(each.kind in _TELLS for each in tree.measures(item)) else ""

    return finds, (
        "Nothing says yet how we will know that “$name” works.",
        "Nothing says yet how we will know that $count countermeasures work: $names.",
    )


def no_check(tree: Tree) -> tuple[Finds, Words]:
    """Done, with a measure that nobody is going to look at."""

    def finds(item: Countermeasure) -> str | None:
        if not _is_to_be_shown(tree, item) or tree.standing(item) is not Progress.DONE:
            return None
        waits = any(not _is_looked_at(tree, item, each) for each in tree.measures(item))
        return "" if waits else None

    return finds, (
        "“$name” is done, and a check of it is still to be planned.",
        "$count countermeasures are done, and checks of them are still to be planned: $names.",
    )


def _is_to_be_shown(tree: Tree, item: Countermeasure) -> bool:
    """Whether it is still to be shown that it works."""
    return item.kind is not CountermeasureKind.ACKNOWLEDGE and tree.standing(item) not in (
        Progress.EFFECTIVE,
        Progress.NOT_EFFECTIVE,
    )


def _is_looked_at(tree: Tree, item: Countermeasure, measure: Measure) -> bool:
    """Whether a check of a measure is still to come, or one has been met that counts."""
    latest = effect.latest_check(tree, item, measure)
    met = latest is not None and latest.result is CheckResult.MET
    # Money that was paid back stays so; whether something happens again shows only with time.
    lasts = item.kind is not CountermeasureKind.CORRECT
    if met and lasts and latest and effect.is_early(item, measure, latest):
        met = False
    return met or any(check.made_on is None for check in tree.checks(measure))


def _checks(tree: Tree, item: Countermeasure) -> list[Check]:
    return [check for measure in tree.measures(item) for check in tree.checks(measure)]

"""What a plan still lacks: said softly, of the plan and never of a person.

Whether a countermeasure is known to work is for `fivewhys.models.effect`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fivewhys.countermeasures.days import said
from fivewhys.countermeasures.sentences import Words, listed_in_words, short_date, told
from fivewhys.countermeasures.strength import suggest
from fivewhys.models import effect
from fivewhys.models.plan_words import (
    FINISHED,
    STRENGTH_OF,
    UNFINISHED,
    CheckResult,
    CountermeasureKind,
    Means,
    MeasureKind,
    Progress,
    Ready,
    Strength,
)
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause, Check, Countermeasure, Measure
from fivewhys.models.words import State

_READY = {
    Ready.PLAN: "the plan, step by step",
    Ready.TOOLS: "tools and materials",
    Ready.PEOPLE: "the training of those who do it",
    Ready.CHANNELS: "every place and channel",
    Ready.IMPACT: "what customers will notice",
}
_RESTS_ON = {
    Means.DOUBLE_CHECK: "double checks",
    Means.WARNING: "warnings or labels",
    Means.POLICY: "rules and reminders",
    Means.TRAINING: "training",
}
"""What only weaker measures leave it to."""
_TELLS = (MeasureKind.PROCESS, MeasureKind.OUTCOME)


@dataclass(frozen=True, slots=True)
class Warning:
    """One sentence about something that a plan lacks."""

    about: UUID | None
    """The countermeasure or cause that it is about; None for several, or the whole session."""
    text: str
    rule: str
    """Its name, for example `no_owner`."""


def warnings(tree: Tree, today: date) -> list[Warning]:
    """What the plan of a session lacks, most important first; what is alike in one sentence.

    What was rejected counts for nothing.

    >>> [warning.text for warning in warnings(tree, today)]  # doctest: +SKIP
    ['Nothing is planned yet about “No rule says who orders the forms”.']
    """
    plan = [item for item in tree.all_countermeasures() if item.progress is not Progress.REJECTED]
    roots = tree.roots()
    return [
        *_told("came_back", plan, *_came_back(tree)),
        *_told("no_effect", roots, *_no_effect(tree)),
        *_told("nothing_planned", roots, *_nothing_planned(tree)),
        *_not_told(tree, plan),
        *_told("only_weaker", roots, *_only_weaker(tree)),
        *_told("overdue", plan, *_overdue(today)),
        *_told("check_overdue", plan, *_check_overdue(tree, today)),
        *_told("not_ready", plan, *_not_ready(tree)),
        *_told("no_owner", plan, *_no_owner()),
        *_told("no_due", plan, *_no_due()),
        *_told("no_measure", plan, *_no_measure(tree)),
        *_told("no_check", plan, *_no_check(tree)),
    ]


_Finds = Callable[[Countermeasure], str | None]
"""What a sentence says of one thing, empty where its name is enough; None where it is in order."""
_FindsOfCause = Callable[[Cause], str | None]


def _came_back(tree: Tree) -> tuple[_Finds, Words]:
    def finds(item: Countermeasure) -> str | None:
        back = tree.recurrences(item)
        if item.progress not in FINISHED or not back:
            return None
        first = back[0]
        others = f" and {len(back) - 1} more" if len(back) > 1 else ""
        return f"{first.name} ({short_date(first.on)}){others}"

    return finds, (
        "Since “$name” was done, its cause came back in $more.",
        "The causes of $count finished countermeasures came back: $names.",
    )


def _no_effect(tree: Tree) -> tuple[_FindsOfCause, Words]:
    def finds(root: Cause) -> str | None:
        return "" if tree.is_reopened(root.id) else None

    return finds, (
        "What was done about “$name” has not held, and nothing else is planned for it yet.",
        "What was done about $count root causes has not held, and nothing else is planned for them "
        "yet: $names.",
    )


def _nothing_planned(tree: Tree) -> tuple[_FindsOfCause, Words]:
    def finds(root: Cause) -> str | None:
        return None if _acting_on(tree, root) or tree.is_reopened(root.id) else ""

    return finds, (
        "Nothing is planned yet about the root cause “$name”.",
        "Nothing is planned yet about $count root causes: $names.",
    )


def _only_weaker(tree: Tree) -> tuple[_FindsOfCause, Words]:
    def finds(root: Cause) -> str | None:
        acting = [
            item
            for item in _acting_on(tree, root)
            if tree.standing(item) is not Progress.NOT_EFFECTIVE
        ]
        means = [item.means or suggest(item.text) for item in acting]
        known = [each for each in means if each]
        # What nobody can tell may well be strong.
        if not acting or len(known) < len(acting):
            return None
        if any(STRENGTH_OF[each] is not Strength.WEAKER for each in known):
            return None
        words = listed_in_words(list(dict.fromkeys(_RESTS_ON[each] for each in known)))
        decided = all(item.means for item in acting)
        return f"{'rests' if decided else 'seems to rest'} on {words} alone"

    return finds, (
        "What is planned about “$name” $more, which leaves it to memory and care.",
        "What is planned about $count root causes leaves them to memory and care: $names.",
    )


def _overdue(today: date) -> tuple[_Finds, Words]:
    def finds(item: Countermeasure) -> str | None:
        late = item.progress in UNFINISHED and item.due is not None and item.due < today
        return said(item.due, today) if late and item.due else None

    return finds, (
        "“$name” was due $more and is not done yet.",
        "$count countermeasures are past their day: $names.",
    )


def _check_overdue(tree: Tree, today: date) -> tuple[_Finds, Words]:
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


def _not_ready(tree: Tree) -> tuple[_Finds, Words]:
    def finds(item: Countermeasure) -> str | None:
        if tree.standing(item) is not Progress.DONE or not item.not_ready:
            return None
        if len(item.not_ready) == len(_READY):
            return "all of them"
        return listed_in_words([_READY[point] for point in item.not_ready])

    return finds, (
        "“$name” is done, and points of its readiness are still open: $more.",
        "$count countermeasures are done with points of their readiness still open: $names.",
    )


def _no_owner() -> tuple[_Finds, Words]:
    return lambda item: "" if item.progress in UNFINISHED and not item.owner else None, (
        "“$name” has no owner yet.",
        "$count countermeasures have no owner yet: $names.",
    )


def _no_due() -> tuple[_Finds, Words]:
    return lambda item: "" if item.progress in UNFINISHED and item.due is None else None, (
        "“$name” has no due date yet.",
        "$count countermeasures have no due date yet: $names.",
    )


def _no_measure(tree: Tree) -> tuple[_Finds, Words]:
    def finds(item: Countermeasure) -> str | None:
        if not _is_to_be_shown(tree, item) or item.progress is Progress.IDEA:
            return None
        return None if any(each.kind in _TELLS for each in tree.measures(item)) else ""

    return finds, (
        "Nothing says yet how we will know that “$name” works.",
        "Nothing says yet how we will know that $count countermeasures work: $names.",
    )


def _no_check(tree: Tree) -> tuple[_Finds, Words]:
    def finds(item: Countermeasure) -> str | None:
        if not _is_to_be_shown(tree, item) or tree.standing(item) is not Progress.DONE:
            return None
        waits = any(not _is_looked_at(tree, item, each) for each in tree.measures(item))
        return "" if waits else None

    return finds, (
        "“$name” is done, and a check of it is still to be planned.",
        "$count countermeasures are done, and checks of them are still to be planned: $names.",
    )


def _not_told(tree: Tree, plan: Iterable[Countermeasure]) -> list[Warning]:
    session = tree.session
    done = any(item.progress in FINISHED for item in plan)
    if session.state is not State.FINISHED or session.told_at is not None or not done:
        return []
    return [
        Warning(
            None, "The customers have not been told yet what happened and what changes.", "not_told"
        )
    ]


def _acting_on(tree: Tree, root: Cause) -> list[Countermeasure]:
    """What is done about a root itself: owning up to it alone changes nothing."""
    return [
        item
        for item in tree.countermeasures(root.id)
        if item.progress is not Progress.REJECTED
        and item.kind is not CountermeasureKind.ACKNOWLEDGE
    ]


def _is_to_be_shown(tree: Tree, item: Countermeasure) -> bool:
    """Whether it is still to be shown that it works."""
    return item.kind is not CountermeasureKind.ACKNOWLEDGE and tree.standing(item) not in (
        Progress.EFFECTIVE,
        Progress.NOT_EFFECTIVE,
    )


def _is_looked_at(tree: Tree, item: Countermeasure, measure: Measure) -> bool:
    """Whether a check of a measure is still to come, or one has been met."""
    latest = effect.latest_check(tree, item, measure)
    met = latest is not None and latest.result is CheckResult.MET
    return met or any(check.made_on is None for check in tree.checks(measure))


def _checks(tree: Tree, item: Countermeasure) -> list[Check]:
    return [check for measure in tree.measures(item) for check in tree.checks(measure)]


def _told(
    rule: str,
    things: Sequence[Countermeasure] | Sequence[Cause],
    finds: Callable[..., str | None],
    words: Words,
) -> list[Warning]:
    """One sentence about all of `things` in which something was found."""
    found = [(thing, more) for thing in things if (more := finds(thing)) is not None]
    if not found:
        return []
    about = found[0][0].id if len(found) == 1 else None
    return [Warning(about, told([(thing.text, more) for thing, more in found], words), rule)]

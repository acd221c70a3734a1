"""What a plan still lacks: said softly, of the plan and never of a person.

How it is shown that countermeasures work is for `proof`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fivewhys.countermeasures import proof
from fivewhys.countermeasures.days import said
from fivewhys.countermeasures.proof import Finds
from fivewhys.countermeasures.sentences import Words, listed_in_words, short_date, told
from fivewhys.countermeasures.strength import suggest
from fivewhys.models.plan_words import (
    FINISHED,
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

    For example: Nothing is planned yet about “No rule says who orders the forms”.
    """
    plan = [item for item in tree.all_countermeasures() if item.progress is not Progress.REJECTED]
    roots = tree.roots()
    return [
        *_told("came_back", plan, *_came_back(tree)),
        *_told("no_effect", roots, *_no_effect(tree)),
        *_told("nothing_planned", roots, *_nothing_planned(tree)),
        *_not_told(tree, plan),
        *_only_weaker(tree, roots, plan),
        *_told("not_proven", plan, *proof.not_proven(tree, plan, today)),
        *_told("overdue", plan, *_overdue(today)),
        *_told("check_overdue", plan, *proof.check_overdue(tree, today)),
        *_told("not_ready", plan, *_not_ready(tree)),
        *_told("no_owner", plan, *_no_owner()),
        *_told("no_due", plan, *_no_due()),
        *_told("no_measure", plan, *proof.no_measure(tree)),
        *_told("no_check", plan, *proof.no_check(tree)),
        *_told("own_checker", plan, *proof.own_checker(tree)),
    ]


_FindsOfCause = Callable[[Cause], str | None]


def _came_back(tree: Tree) -> tuple[Finds, Words]:
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


def _only_weaker(
    tree: Tree, roots: Sequence[Cause], plan: Iterable[Countermeasure]
) -> list[Warning]:
    """Said of the roots or, where none of them rests on weaker ones alone, of the whole plan."""
    words = (
        "What is planned about “$name” $more, which leaves it to memory and care.",
        "What is planned about $count root causes leaves them to memory and care: $names.",
    )
    of_roots = _told("only_weaker", roots, lambda root: _rests(tree, _acting_on(tree, root)), words)
    if of_roots:
        return of_roots
    rests = _rests(tree, filter(_is_acting, plan))
    if rests is None:
        return []
    text = f"What is planned {rests}, which leaves it to memory and care."
    return [Warning(None, text, "only_weaker")]


def _rests(tree: Tree, acting: Iterable[Countermeasure]) -> str | None:
    """That weaker ones alone are left of what acts, as words; None where that is not so."""
    left = [item for item in acting if tree.standing(item) is not Progress.NOT_EFFECTIVE]
    means = [item.means or suggest(item.text) for item in left]
    known = [each for each in means if each]
    # What nobody can tell may well be strong.
    if not left or len(known) < len(left):
        return None
    if any(STRENGTH_OF[each] is not Strength.WEAKER for each in known):
        return None
    words = listed_in_words(list(dict.fromkeys(_RESTS_ON[each] for each in known)))
    decided = all(item.means for item in left)
    return f"{'rests' if decided else 'seems to rest'} on {words} alone"


def _overdue(today: date) -> tuple[Finds, Words]:
    def finds(item: Countermeasure) -> str | None:
        late = item.progress in UNFINISHED and item.due is not None and item.due < today
        return said(item.due, today) if late and item.due else None

    return finds, (
        "“$name” was due $more and is not done yet.",
        "$count countermeasures are past their day: $names.",
    )


def _not_ready(tree: Tree) -> tuple[Finds, Words]:
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


def _no_owner() -> tuple[Finds, Words]:
    return lambda item: "" if item.progress in UNFINISHED and not item.owner else None, (
        "“$name” has no owner yet.",
        "$count countermeasures have no owner yet: $names.",
    )


def _no_due() -> tuple[Finds, Words]:
    return lambda item: "" if item.progress in UNFINISHED and item.due is None else None, (
        "“$name” has no due date yet.",
        "$count countermeasures have no due date yet: $names.",
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
    """What is done about a root itself."""
    return [item for item in tree.countermeasures(root.id) if _is_acting(item)]


def _is_acting(item: Countermeasure) -> bool:
    """Whether it changes anything: owning up alone does not."""
    return (
        item.progress is not Progress.REJECTED and item.kind is not CountermeasureKind.ACKNOWLEDGE
    )


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

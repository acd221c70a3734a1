"""What the screens say of countermeasures, measures and checks, each in a row or a few. No widgets.

Texts of people are passed on as they are; whoever draws them sends them through `shown`.
"""

from datetime import date
from uuid import UUID

from fivewhys.countermeasures.days import said
from fivewhys.models import effect
from fivewhys.models.plan_words import (
    FINISHED,
    PROGRESS_WORDS,
    RESULT_WORDS,
    UNFINISHED,
    Progress,
    Ready,
)
from fivewhys.models.tree import Tree
from fivewhys.models.values import Check, Countermeasure, Measure

TO_DO = "→"
"""Before what is done about a cause, and how many things that are."""

NOT_HELPED = "did not help"
"""What stands after a cause for which all that was done had no effect."""


_READY = {
    Ready.PLAN: "the plan",
    Ready.TOOLS: "tools",
    Ready.PEOPLE: "people",
    Ready.CHANNELS: "places and channels",
    Ready.IMPACT: "what customers notice",
}


def how_many(tree: Tree, key: UUID) -> int:
    """How many countermeasures a cause has, without those that were rejected."""
    return sum(item.progress is not Progress.REJECTED for item in tree.countermeasures(key))


def standing(tree: Tree, item: Countermeasure) -> str:
    """Where it stands, in a word or two, with its reason where it has one."""
    stands = tree.standing(item)
    words = PROGRESS_WORDS[stands]
    if stands is not item.progress:
        return f"{words}: its cause came back in {tree.recurrences(item)[0].name}"
    return f"{words}: {item.reason}" if item.reason else words


def who_and_when(item: Countermeasure, today: date) -> list[str]:
    """Its owner and its day."""
    told = [item.owner or "no owner"]
    if item.done_on is not None and item.progress in FINISHED:
        told.append(f"done {said(item.done_on, today)}")
    elif item.due is None:
        told.append("no date")
    else:
        late = item.progress in UNFINISHED and item.due < today
        told.append(f"due {said(item.due, today)}{', overdue' if late else ''}")
    return told


def about_countermeasure(tree: Tree, item: Countermeasure, today: date) -> list[str]:
    """Owner, day and standing; for what was rejected, only why."""
    if item.progress is Progress.REJECTED:
        return [standing(tree, item)]
    is_told = item.done_on is not None and tree.standing(item) is Progress.DONE
    return [*who_and_when(item, today), *([] if is_told else [standing(tree, item)])]


def unready(item: Countermeasure) -> str:
    """Which points of the readiness list are missing of what was done; empty where none is."""
    if item.progress not in FINISHED or not item.not_ready:
        return ""
    return f"Done, and still to tick: {', '.join(_READY[point] for point in item.not_ready)}."


def about_measure(measure: Measure) -> str:
    """From where to where, over how long."""
    told = [
        f"now {measure.baseline}" if measure.baseline else "",
        f"target {measure.target}" if measure.target else "no target yet",
        f"over {measure.days} days" if measure.days else "",
    ]
    return ", ".join(word for word in told if word)


def about_check(check: Check, today: date) -> str:
    """A check that is planned, or what one found."""
    if check.result is None or check.made_on is None:
        late = ", overdue" if check.due < today else ""
        told = [f"check {said(check.due, today)}{late}", check.checked_by or "nobody named yet"]
    else:
        found = RESULT_WORDS[check.result]
        told = [f"{found}, {said(check.made_on, today)}", check.value, check.checked_by]
    return " · ".join(word for word in told if word)


def news(tree: Tree, item: Countermeasure, today: date) -> list[tuple[str, str]]:
    """What is to be said of how far it is, as sentences with the colour of each."""
    told = []
    if item.reason or tree.standing(item) is not item.progress:
        words = standing(tree, item).rstrip(".")
        told.append((f"{words[:1].upper()}{words[1:]}.", "bad"))
    if unready(item):
        told.append((unready(item), "bad"))
    if item.progress is Progress.DONE:
        missing = effect.missing(tree, item, today)
        words = missing[0] if missing else "All is there to call it effective."
        told.append((f"Effective? {words}", "quiet"))
    return told

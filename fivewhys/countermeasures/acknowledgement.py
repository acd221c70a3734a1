"""What customers are told, drafted from a tree: what happened, that we own it, what changes.

A person edits the draft. What the tree does not say stands in it as a place to fill, […]; what
customers should not read is left out, as `sayable` decides.
"""

from datetime import date

from fivewhys.countermeasures.days import long_day
from fivewhys.countermeasures.deeds import as_done, as_promised
from fivewhys.countermeasures.sayable import Discretion, listed, small_first
from fivewhys.facilitation.language import read
from fivewhys.models.plan_words import CountermeasureKind, Progress
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.models.words import Leg, Part, State, Status
from fivewhys.text import clean, plain_words

GAP = "[…]"
"""Where a person has to fill in what no tree says."""

_POINTS_BACK = frozenset(["it", "its", "they", "their", "them", "this", "these", "those", "such"])
_DONE = (Progress.DONE, Progress.EFFECTIVE)
_AGREED = (Progress.PLANNED, Progress.IN_PROGRESS)


def draft(tree: Tree, today: date | None = None) -> str:
    """The text for the customers of a session, in plain words and paragraphs.

    It holds no names of people, teams or programs, no numbers of sessions or tickets, and nothing
    that the tree does not say. What is only an idea is not promised, and no day that is past by
    `today`, where that is given.

    For example: Refunds took 19 days in October. What you could rightly expect: 5 days. …
    """
    discretion = Discretion(tree)
    found, looking = _found(tree, discretion)
    changes, deciding = _changes(tree, discretion, today)
    paragraphs = [
        _happened(tree, discretion),
        "This should not have happened. It was ours to get right, and we are sorry.",
        found,
        changes,
    ]
    if looking or deciding:
        paragraphs.append(f"You will hear from us again by {GAP}.")
    paragraphs.append(f"If you would like to talk to us about it, you reach us at {GAP}.")
    return "\n\n".join(paragraphs)


def _happened(tree: Tree, discretion: Discretion) -> str:
    session = tree.session
    lines = [_account(tree, discretion) or f"This is what happened: {GAP}"]
    if expected := discretion.fact(session.expected):
        lines[0] += f" What you could rightly expect: {small_first(expected)}"
    words = clean(session.customer_words).strip('“”"')
    if words and discretion.keeps(words):
        lines.append(f"One of you told us: “{words}”")
    return "\n\n".join(lines)


def _account(tree: Tree, discretion: Discretion) -> str:
    """What happened, as far as it can be said: the problem, or else what was seen of it."""
    problem = tree.problem.text
    feels = not listed("feelings").isdisjoint(plain_words(problem).split())
    if not feels and (said := discretion.reason(problem)):
        return said
    if said := discretion.fact(tree.session.actual):
        return said
    # A problem that says little says at least what it is about.
    if not feels and not discretion.blames(problem) and (said := discretion.fact(problem)):
        return said
    for cause in tree.answers(tree.problem.id):
        if cause.status is not Status.RULED_OUT and (
            said := discretion.reason(_with_subject(cause.text, problem))
        ):
            return said
    return ""


def _with_subject(text: str, problem: str) -> str:
    """An answer that begins with “they” told of whom the problem tells."""
    subject = read(problem).subject
    first, _, rest = text.partition(" ")
    return f"{subject} {rest}" if first.lower() == "they" and subject else text


def _found(tree: Tree, discretion: Discretion) -> tuple[str, bool]:
    """What lies behind it, and whether it is still being looked for."""
    roots = sorted(tree.roots(), key=lambda root: _leg(tree, root) is not Leg.SYSTEM)
    if not roots:
        return "We do not know yet what lies behind it, and we are still looking.", True
    known: dict[str, bool] = {}
    for root in roots:
        cause = _sayable(tree, root, discretion)
        if cause:
            said = discretion.reason(cause.text)
            known[said] = known.get(said, True) and _is_suspected(root, cause)
    sure = [said for said, suspected in known.items() if not suspected]
    unsure = [said for said, suspected in known.items() if suspected]
    parts = []
    if sure:
        parts.append(_list("We have looked for the reason, and this is what we found:", sure))
    if unsure:
        parts.append(_list("This may lie behind it; we are still checking:", unsure))
    if not parts:
        parts.append(f"We have looked for the reason, and this is what we found: {GAP}")
    looking = bool(unsure) or (tree.session.state is State.OPEN and bool(tree.open_questions()))
    return "\n\n".join(parts), looking


def _is_suspected(*causes: Cause) -> bool:
    return any(cause.status is Status.SUSPECTED for cause in causes)


def _leg(tree: Tree, cause: Cause) -> Leg | None:
    """Which question the branch of a cause answers."""
    legs = [node.leg for node in tree.path(cause.id) if node.leg]
    return legs[-1] if legs else None


def _sayable(tree: Tree, root: Cause, discretion: Discretion) -> Cause | None:
    """A root, or where it cannot be said the nearest cause above it that can.

    Above it, one that answers why our system let it happen is rather said than another.
    """
    branch = [
        cause
        for cause in reversed(tree.path(root.id)[1:])
        if cause.part is not Part.CONDITION
        and _stands_alone(cause.text)
        and discretion.reason(cause.text)
    ]
    if not branch or branch[0] is root:
        return branch[0] if branch else None
    return next((cause for cause in branch if cause.leg is Leg.SYSTEM), branch[0])


def _stands_alone(text: str) -> bool:
    """Whether a cause can be read without the one that it answers: “it is last year's” cannot."""
    return plain_words(text).partition(" ")[0] not in _POINTS_BACK


def _changes(tree: Tree, discretion: Discretion, today: date | None) -> tuple[str, bool]:
    """What changes and by when, and whether that is still to be decided."""
    stand = [
        (item, tree.standing(item))
        for item in tree.all_countermeasures()
        if item.kind is not CountermeasureKind.ACKNOWLEDGE
    ]
    done = [item for item, progress in stand if progress in _DONE]
    agreed = [item for item, progress in stand if progress in _AGREED]
    if not done and not agreed:
        if any(progress is Progress.NOT_EFFECTIVE for _, progress in stand):
            return "What we did about it has not held, and we are working on it again.", True
        return "We have not decided yet what we will change.", True
    # What has no day yet comes last.
    agreed.sort(key=lambda item: item.due or date.max)
    have = [as_done(text) for item in done if (text := discretion.deed(item.text))]
    will = [
        as_promised(text, f"By {_day(item.due, today)}")
        for item in agreed
        if (text := discretion.deed(item.text))
    ]
    if not have and not will:
        return f"This is what changes: {GAP}", False
    paragraphs = [_list("This is done:", have)] if have else []
    if len(will) == 1:
        paragraphs += will
    elif will:
        paragraphs.append(
            _list("This is still to come:" if have else "This is what changes:", will)
        )
    return "\n\n".join(paragraphs), False


def _day(due: date | None, today: date | None) -> str:
    return GAP if due is None or (today is not None and due < today) else long_day(due)


def _list(head: str, lines: list[str]) -> str:
    lines = list(dict.fromkeys(lines))
    if len(lines) == 1:
        return f"{head} {small_first(lines[0])}"
    return "\n".join([head, *(f"- {line}" for line in lines)])

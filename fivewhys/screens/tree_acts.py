"""What the tree's keys do to a cause: the command, what to say, what is typed next."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from fivewhys.models.commands import (
    Command,
    DeleteCause,
    MoveCause,
    ParkCause,
    SetLeg,
    SetPart,
    SetStatus,
)
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.models.words import LEG_QUESTIONS, STATUS_WORDS, Kind, Leg, Part, Status
from fivewhys.screens.purposes import Purpose


@dataclass(frozen=True, slots=True)
class Act:
    """One key's work. A word (a reason, mostly) is typed in the box after the command."""

    command: Command | None
    said: str = ""
    word: Purpose | None = None
    cursor: UUID | None = None
    """Where the cursor goes when it is done."""


NOTHING = Act(None)

_LEGS = (None, *Leg)


def act(what: str, tree: Tree, cause: Cause) -> Act | None:
    """The work of the key `what` on `cause`; None where the key does something else."""
    make = _ACTS.get(what)
    if make is None:
        return None
    if cause.kind is Kind.PROBLEM:
        return Act(None, "That is the problem itself. Choose one of its causes.")
    return make(tree, cause)


def _root(_tree: Tree, cause: Cause) -> Act:
    if cause.is_root:
        return Act(SetPart(cause=cause.id, part=None), "No longer a root. Undo brings it back.")
    # The mark is saved at once; the reason may follow or not.
    return Act(SetPart(cause=cause.id, part=Part.ROOT), "Marked as root.", Purpose.ROOT)


def _contributing(_tree: Tree, cause: Cause) -> Act:
    if cause.part is Part.CONTRIBUTING:
        return Act(SetPart(cause=cause.id, part=None), "No longer contributing.")
    command = SetPart(cause=cause.id, part=Part.CONTRIBUTING)
    said = "No longer a root: contributing." if cause.is_root else "Marked as contributing."
    return Act(command, said, Purpose.CONTRIBUTING)


def _status(status: Status, word: Purpose | None = None) -> Callable[[Tree, Cause], Act]:
    def make(_tree: Tree, cause: Cause) -> Act:
        if cause.status is status:
            return Act(SetStatus(cause=cause.id, status=Status.OPEN), "Open again.")
        if word is not None:
            return Act(None, word=word)
        command = SetStatus(cause=cause.id, status=status)
        return Act(command, f"Marked {STATUS_WORDS[status]}.")

    return make


def _leg(_tree: Tree, cause: Cause) -> Act:
    leg = _LEGS[(_LEGS.index(cause.leg) + 1) % len(_LEGS)]
    said = f"{leg.value} leg: {LEG_QUESTIONS[leg]}?" if leg else "No leg."
    return Act(SetLeg(cause=cause.id, leg=leg), said)


def _delete(tree: Tree, cause: Cause) -> Act:
    siblings = tree.children(cause.parent_id) if cause.parent_id else ()
    rest = [key for key in siblings if key != cause.id]
    then = rest[min(siblings.index(cause.id), len(rest) - 1)] if rest else cause.parent_id
    count = sum(1 for _ in tree.walk(cause.id))
    what = "Deleted" if count == 1 else f"Deleted {count} causes"
    return Act(DeleteCause(cause=cause.id), f"{what}. u brings it back.", cursor=then)


def _park(_tree: Tree, cause: Cause) -> Act:
    return Act(ParkCause(cause=cause.id), "Parked. u undoes it.", cursor=cause.parent_id)


def _shift(by: int) -> Callable[[Tree, Cause], Act]:
    def make(tree: Tree, cause: Cause) -> Act:
        parent = cause.parent_id
        siblings = list(tree.children(parent)) if parent else []
        place = siblings.index(cause.id) + by
        if parent is None or not 0 <= place < len(siblings):
            return NOTHING
        siblings.remove(cause.id)
        before = siblings[place] if place < len(siblings) else None
        command = MoveCause(cause=cause.id, parent=parent, before=before)
        return Act(command, cursor=cause.id)

    return make


_ACTS: dict[str, Callable[[Tree, Cause], Act]] = {
    "root": _root,
    "contributing": _contributing,
    "rule_out": _status(Status.RULED_OUT, Purpose.RULE_OUT),
    "stop": _status(Status.STOPPED, Purpose.STOP),
    "verified": _status(Status.VERIFIED),
    "suspected": _status(Status.SUSPECTED),
    "leg": _leg,
    "delete": _delete,
    "park": _park,
    "earlier": _shift(-1),
    "later": _shift(1),
}

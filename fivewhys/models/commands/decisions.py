"""What the team decides about a cause: what is known of it, and what part it plays."""

from typing import ClassVar
from uuid import UUID

from fivewhys.models.commands.command import Command, Moment, Refused
from fivewhys.models.commands.fields import Line
from fivewhys.models.commands.finding import find_cause, refuse_ruled_out, words_of
from fivewhys.models.commands.reopening import going_on
from fivewhys.models.delta import Operation, changed
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.models.words import STATUS_WORDS, STOP_WORDS, Part, Status, StopReason


class SetStatus(Command):
    """Say what is known of a cause. Ruling out and stopping need a reason.

    Stopping can do with `stop`, one of the known reasons, or say more of it in `reason`.
    """

    cause: UUID
    status: Status
    reason: Line = ""
    stop: StopReason | None = None

    NEEDS_REASON: ClassVar = (Status.RULED_OUT, Status.STOPPED)

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        cause = find_cause(tree, self.cause)
        stop = self.stop if self.status is Status.STOPPED else None
        if self.status in self.NEEDS_REASON and not self.reason and not stop:
            raise Refused(f"Say why it is {STATUS_WORDS[self.status]}: the reason is kept with it.")
        out = self.status is Status.RULED_OUT
        part = {"part": None, "part_reason": ""} if out and cause.part else {}
        reason = self.reason if self.status in self.NEEDS_REASON else ""
        return going_on(tree, changed(cause, status=self.status, reason=reason, stop=stop, **part))

    def label(self, tree: Tree) -> str:
        why = f", {STOP_WORDS[self.stop]}" if self.stop and self.status is Status.STOPPED else ""
        return f"{STATUS_WORDS[self.status]}{why}: {words_of(tree, self.cause)}"


class SetPart(Command):
    """Decide that a cause is a root, contributes or is a condition, with the reason, or nothing."""

    cause: UUID
    part: Part | None
    reason: Line = ""

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        cause = find_cause(tree, self.cause)
        if self.part is not None:
            refuse_ruled_out(tree, cause)
        reason = self.reason if self.part else ""
        operations = changed(cause, part=self.part, part_reason=reason)
        return going_on(tree, [*_root_found(tree, cause, self.part, moment), *operations])

    def label(self, tree: Tree) -> str:
        cause = tree.causes.get(self.cause)
        if self.part:
            what = self.part.value
        elif cause and cause.part is Part.CONDITION:
            what = "no longer a condition"
        else:
            what = "no longer root or contributing"
        return f"{what}: {words_of(tree, self.cause)}"


def _root_found(tree: Tree, cause: Cause, part: Part | None, moment: Moment) -> list[Operation]:
    """The session's clock stops when it has a root and had none."""
    if part is not Part.ROOT or any(node.is_root for node in (cause, *tree.roots())):
        return []
    return changed(tree.session, root_found_at=moment.now)

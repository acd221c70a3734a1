"""Evidence on a cause: adding, correcting and deleting it."""

from uuid import UUID

from fivewhys.models.commands.command import Command, Moment, Refused
from fivewhys.models.commands.fields import Line, Statement
from fivewhys.models.commands.finding import find_node
from fivewhys.models.commands.siblings import room_after
from fivewhys.models.delta import Operation, changed, inserted, removed
from fivewhys.models.tree import Tree
from fivewhys.models.values import Evidence
from fivewhys.models.words import EvidenceKind
from fivewhys.text import excerpt


class AddEvidence(Command):
    """Keep what was seen, counted or read about a cause."""

    cause: UUID
    text: Statement
    kind: EvidenceKind = EvidenceKind.NOTE
    supports: bool = True
    said_by: Line = ""

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        cause = find_node(tree, self.cause)
        position, moved = room_after(tree.evidence(cause.id))
        evidence = Evidence(
            id=moment.new_key(),
            session_id=tree.session.id,
            cause_id=cause.id,
            position=position,
            kind=self.kind,
            text=self.text,
            supports=self.supports,
            said_by=self.said_by,
            created_at=moment.now,
        )
        return [*moved, inserted(evidence)]

    def label(self, tree: Tree) -> str:
        return f"evidence: {excerpt(self.text)}"


class EditEvidence(Command):
    """Correct a piece of evidence."""

    evidence: UUID
    text: Statement
    kind: EvidenceKind
    supports: bool

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        item = _find(tree, self.evidence)
        return changed(item, text=self.text, kind=self.kind, supports=self.supports)

    def label(self, tree: Tree) -> str:
        return f"edit evidence: {excerpt(self.text)}"


class DeleteEvidence(Command):
    """Take a piece of evidence away."""

    evidence: UUID

    def plan(self, tree: Tree, moment: Moment) -> list[Operation]:
        return [removed(_find(tree, self.evidence))]

    def label(self, tree: Tree) -> str:
        return f"delete evidence: {excerpt(_find(tree, self.evidence).text)}"


def _find(tree: Tree, key: UUID) -> Evidence:
    item = tree.evidence_by_key(key)
    if item is None:
        raise Refused("That evidence is no longer there.")
    return item

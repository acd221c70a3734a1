"""Evidence on causes and on the problem."""

from fivewhys.models.commands import AddEvidence, DeleteEvidence, EditEvidence
from fivewhys.models.tree import Tree
from fivewhys.models.words import EvidenceKind
from tests.building import do
from tests.models.commands.asking import key, refusal


def test_evidence_is_kept_in_order_corrected_and_taken_away(tree: Tree) -> None:
    till = key(tree, "till")
    tree = do(tree, AddEvidence(cause=till, text="12 receipts", kind=EvidenceKind.NUMBER))
    tree = do(tree, AddEvidence(cause=till, text="a photo", supports=False, said_by="Bo"))
    first, second = tree.evidence(till)
    assert (first.text, first.kind, first.supports) == ("12 receipts", EvidenceKind.NUMBER, True)
    assert (second.text, second.supports, second.said_by) == ("a photo", False, "Bo")
    edit = EditEvidence(
        evidence=first.id, text="13 receipts", kind=EvidenceKind.NUMBER, supports=True
    )
    tree = do(tree, edit)
    assert [item.text for item in tree.evidence(till)] == ["13 receipts", "a photo"]
    tree = do(tree, DeleteEvidence(evidence=first.id))
    assert [item.text for item in tree.evidence(till)] == ["a photo"]
    assert refusal(tree, edit) == "That evidence is no longer there."
    assert refusal(tree, DeleteEvidence(evidence=first.id)) == "That evidence is no longer there."


def test_the_problem_can_have_evidence(tree: Tree) -> None:
    tree = do(tree, AddEvidence(cause=tree.problem.id, text="41 complaints"))
    assert tree.evidence(tree.problem.id)[0].text == "41 complaints"

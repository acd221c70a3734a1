from uuid import UUID

from fivewhys.models.commands import SetPart, SetStatus
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part, Status
from fivewhys.reports.marks import MARKS, in_ruled_out_branch, mark_of, waiting, words
from tests.building import answer, do, session


def sign(tree: Tree, key: UUID) -> tuple[str, str]:
    found = mark_of(tree, key)
    return found.shape, found.word


def test_every_state_has_a_shape_and_a_word_of_its_own() -> None:
    for part in ("shape", "ascii", "word"):
        assert len({getattr(mark, part) for mark in MARKS}) == len(MARKS)
    assert all(len(mark.shape) == 1 for mark in MARKS)
    assert all(mark.ascii.isascii() and len(mark.ascii) == 1 for mark in MARKS)


def test_a_cause_goes_from_open_to_answered() -> None:
    tree = session()
    assert sign(tree, tree.problem.id) == ("○", "open")
    tree, cause = answer(tree, tree.problem.id, "They are overcharged")
    assert sign(tree, tree.problem.id) == ("●", "")
    assert sign(tree, cause.id) == ("○", "open")


def test_what_the_team_decided_outranks_what_it_knows() -> None:
    tree = session()
    tree, cause = answer(tree, tree.problem.id, "No rule says who orders")
    tree = do(tree, SetStatus(cause=cause.id, status=Status.VERIFIED))
    assert sign(tree, cause.id) == ("✓", "verified")
    tree = do(tree, SetPart(cause=cause.id, part=Part.ROOT, reason="Ours"))
    assert sign(tree, cause.id) == ("◆", "root")
    assert words(tree.causes[cause.id], waiting=False) == "root, verified"
    tree = do(tree, SetPart(cause=cause.id, part=Part.CONTRIBUTING, reason="It helped"))
    assert sign(tree, cause.id) == ("◇", "contributing")
    tree = do(tree, SetPart(cause=cause.id, part=Part.CONDITION, reason="It rains there"))
    assert sign(tree, cause.id) == ("□", "condition")
    assert words(tree.causes[cause.id], waiting=False) == "condition, verified"
    tree = do(tree, SetStatus(cause=cause.id, status=Status.RULED_OUT, reason="No"))
    assert sign(tree, cause.id) == ("✗", "ruled out")
    assert words(tree.causes[cause.id], waiting=False) == "ruled out"


def test_nothing_below_a_ruled_out_cause_waits() -> None:
    tree = session()
    tree, cause = answer(tree, tree.problem.id, "The form is wrong")
    tree, below = answer(tree, cause.id, "It is last year's")
    tree, other = answer(tree, tree.problem.id, "The till is wrong")
    tree = do(tree, SetStatus(cause=cause.id, status=Status.RULED_OUT, reason="It is right"))
    assert waiting(tree) == {other.id}
    assert sign(tree, below.id) == ("●", "")
    assert [node.id for node in in_ruled_out_branch(tree)] == [below.id]
    tree = do(tree, SetStatus(cause=cause.id, status=Status.OPEN))
    tree = do(tree, SetPart(cause=below.id, part=Part.ROOT))
    tree = do(tree, SetStatus(cause=cause.id, status=Status.RULED_OUT, reason="It is right"))
    assert words(tree.causes[below.id], waiting=False) == "root"
    said = words(tree.causes[below.id], waiting=False, is_cut=True)
    assert said == "root (its branch is ruled out)"
    assert words(tree.causes[cause.id], waiting=False, is_cut=True) == "ruled out"

"""The root list: points are ticked one by one, and what is not ticked blocks nothing."""

from fivewhys.models.commands import CheckRoot, ParkCause, SetPart, SetStatus
from fivewhys.models.tree import Tree
from fivewhys.models.words import ROOT_POINTS, Part, RootPoint, Status
from tests.building import do, moment
from tests.models.commands.asking import key, node, refusal, ruled_out


def tick(tree: Tree, text: str, point: RootPoint, held: bool = True) -> CheckRoot:
    return CheckRoot(cause=key(tree, text), point=point, held=held)


def test_points_are_ticked_once_and_stand_in_the_order_of_the_list(tree: Tree) -> None:
    for point in (RootPoint.WHAT_ELSE, RootPoint.PROCESS, RootPoint.NECESSARY):
        tree = do(tree, tick(tree, "till", point))
        assert tick(tree, "till", point).plan(tree, moment("Bo")) == []
    checks = tree.root_checks(key(tree, "till"))
    assert [check.point for check in checks] == [
        RootPoint.PROCESS,
        RootPoint.NECESSARY,
        RootPoint.WHAT_ELSE,
    ]
    assert {check.said_by for check in checks} == {"Ines"}
    assert tree.checked_points(key(tree, "till")) == {check.point for check in checks}
    assert tree.checked_points(key(tree, "list")) == frozenset()


def test_a_tick_can_be_taken_away(tree: Tree) -> None:
    assert tick(tree, "till", RootPoint.PROCESS, held=False).plan(tree, moment()) == []
    ticked = do(tree, tick(tree, "till", RootPoint.PROCESS))
    again = do(ticked, tick(ticked, "till", RootPoint.PROCESS, held=False))
    assert again.root_checks_of == {}


def test_ticks_stay_while_a_cause_is_no_root(tree: Tree) -> None:
    tree = do(tree, tick(tree, "till", RootPoint.PROCESS))
    tree = do(tree, SetPart(cause=key(tree, "till"), part=Part.ROOT))
    tree = do(tree, SetPart(cause=key(tree, "till"), part=None))
    assert tree.checked_points(key(tree, "till")) == {RootPoint.PROCESS}


def test_nothing_is_ticked_in_a_ruled_out_branch(tree: Tree) -> None:
    tree = do(tree, tick(tree, "till", RootPoint.PROCESS))
    out = SetStatus(cause=key(tree, "bill"), status=Status.RULED_OUT, reason="it is right")
    tree = do(tree, out)
    assert refusal(tree, tick(tree, "till", RootPoint.EVIDENCE)) == ruled_out("bill")
    assert do(tree, tick(tree, "till", RootPoint.PROCESS, held=False)).root_checks_of == {}


def test_a_cause_with_ticks_is_not_parked(tree: Tree) -> None:
    tree = do(tree, tick(tree, "till", RootPoint.PROCESS))
    said = refusal(tree, ParkCause(cause=node(tree, "till").id))
    assert said == "Only a cause with nothing on it can be parked. Move it or rule it out."


def test_every_point_has_a_sentence() -> None:
    assert list(ROOT_POINTS) == list(RootPoint)
    assert len(set(ROOT_POINTS.values())) == len(RootPoint) == 8
    assert not any(sentence.endswith(".") for sentence in ROOT_POINTS.values())

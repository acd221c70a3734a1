"""What a tree says of the plan on its causes: what came back, what stands, what is open again."""

from dataclasses import replace

import pytest

from fivewhys.models.commands import AddCountermeasure, DeleteCause, SetPart
from fivewhys.models.plan_words import UNFINISHED, Progress
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause, Check, Countermeasure, Measure
from fivewhys.models.words import Part
from tests.building import answer, do, new_key, session
from tests.models.commands.asking import key
from tests.models.commands.planning import (
    DAY,
    done,
    found_again,
    item,
    later,
    shown,
    with_plan,
)


@pytest.fixture
def tree() -> Tree:
    """Two branches: bill → {list, till}, wait → {van}."""
    tree = session("customers are angry")
    tree, bill = answer(tree, tree.problem.id, "bill")
    tree, wait = answer(tree, tree.problem.id, "wait")
    tree, _ = answer(tree, bill.id, "list")
    tree, _ = answer(tree, bill.id, "till")
    tree, _ = answer(tree, wait.id, "van")
    return tree


def texts(causes: list[Cause]) -> list[str]:
    return [cause.text for cause in causes]


def test_measures_and_checks_on_nothing_are_no_tree(tree: Tree) -> None:
    tree = with_plan(shown(tree), "list", "a list")
    lock, other = item(tree), item(tree, "a list")
    doors, thefts = tree.measures(lock)
    looks = [*tree.checks(doors), *tree.checks(thefts)]
    causes = tree.causes.values()
    for plan, measures, checks, says in (
        ([lock], [doors], looks, "a check belongs to no measure of its cause"),
        ([other], [doors], [], "a measure belongs to no countermeasure of its cause"),
        ([], [doors, thefts], looks, "a measure belongs to no countermeasure of its cause"),
        ([replace(lock, cause_id=new_key())], [], [], "“a lock” belongs to no cause"),
        (
            [lock],
            [replace(doors, cause_id=new_key())],
            [],
            "measure “doors locked” belongs to no cause",
        ),
        (
            [lock],
            [doors, thefts],
            [replace(looks[0], cause_id=new_key())],
            "check of 2026-11-21 belongs to no cause",
        ),
    ):
        with pytest.raises(ValueError, match=says):
            Tree.of(tree.session, causes, countermeasures=plan, measures=measures, checks=checks)


def test_a_plan_comes_in_the_trees_order(tree: Tree) -> None:
    assert tree.all_countermeasures() == []
    for cause, text in (("van", "a map"), ("bill", "a new bill"), ("list", "a list")):
        tree = with_plan(tree, cause, text)
    tree = do(tree, AddCountermeasure(cause=tree.problem.id, text="a letter"))
    assert [found.text for found in tree.all_countermeasures()] == [
        "a letter",
        "a new bill",
        "a list",
        "a map",
    ]
    assert tree.countermeasure(item(tree, "a map").id) == item(tree, "a map")
    assert tree.countermeasure(new_key()) is None
    assert (tree.measure(new_key()), tree.check(new_key())) == (None, None)


def test_a_plan_hangs_on_its_cause_with_all_that_belongs_to_it(tree: Tree) -> None:
    tree = shown(tree)
    lock = item(tree)
    hanging = tree.on(lock.cause_id)
    assert [type(row) for row in hanging] == [Countermeasure, Measure, Measure, Check, Check]
    assert do(tree, DeleteCause(cause=lock.cause_id)).on(lock.cause_id) == ()


def test_what_came_back_since_it_was_done_is_a_recurrence(tree: Tree) -> None:
    tree = found_again(done(with_plan(tree)), later(-3), DAY, later(3), later(9))
    assert [found.on for found in tree.recurrences(item(tree))] == [later(3), later(9)]
    assert tree.standing(item(tree)) is Progress.NOT_EFFECTIVE
    before = found_again(tree, later(-3), DAY)
    assert before.recurrences(item(before)) == []
    assert before.standing(item(before)) is Progress.DONE


@pytest.mark.parametrize("progress", [*UNFINISHED, Progress.REJECTED])
def test_what_was_not_done_has_no_recurrences(tree: Tree, progress: Progress) -> None:
    tree = found_again(with_plan(tree), later(3))
    now = replace(item(tree), progress=progress, reason="x")
    assert (tree.recurrences(now), tree.standing(now)) == ([], progress)


@pytest.mark.parametrize(
    ("others", "reopened"),
    [
        ([], True),
        ([Progress.REJECTED], True),
        ([Progress.NOT_EFFECTIVE], True),
        ([Progress.IDEA], False),
        ([Progress.PLANNED], False),
        ([Progress.REJECTED, Progress.IN_PROGRESS], False),
        ([Progress.DONE], False),
        ([Progress.EFFECTIVE], False),
    ],
)
def test_a_cause_is_open_again_while_nothing_else_is_done_about_it(
    tree: Tree, others: list[Progress], reopened: bool
) -> None:
    till = key(tree, "till")
    tree = with_plan(do(tree, SetPart(cause=till, part=Part.ROOT)))
    assert (tree.is_reopened(till), tree.is_open(till)) == (False, False)
    lock = item(tree)
    plan = tuple(
        replace(lock, id=new_key(), progress=progress)
        for progress in (Progress.NOT_EFFECTIVE, *others)
    )
    tree = replace(tree, countermeasures_of={till: plan})
    assert (tree.is_reopened(till), tree.is_open(till)) == (reopened, reopened)
    assert (tree.causes[till] in tree.open_questions()) == reopened


def test_a_recurrence_opens_a_root_again(tree: Tree) -> None:
    till = key(tree, "till")
    tree = done(with_plan(do(tree, SetPart(cause=till, part=Part.ROOT))))
    assert "till" not in texts(tree.open_questions())
    assert "till" in texts(found_again(tree, later(3)).open_questions())
    assert "till" not in texts(found_again(tree, later(-3)).open_questions())


def test_where_else_causes_were_found_is_no_part_of_what_a_tree_is(tree: Tree) -> None:
    assert found_again(tree, DAY) == tree

"""A tree is what its rows say, and says itself what is open, what is root and how deep."""

import random
import sys
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fivewhys.models.commands import (
    AddEvidence,
    Answer,
    DeleteCause,
    MoveCause,
    NewPerson,
    Park,
    Refused,
    SetPart,
    SetStatus,
)
from fivewhys.models.delta import inverse
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.models.words import Kind, Part, Status
from tests.building import answer, chain, do, fan, moment, session
from tests.store.acts import commands
from tests.work import work


def texts(causes: list[Cause]) -> list[str]:
    return [cause.text for cause in causes]


def named(tree: Tree, text: str) -> UUID:
    return next(cause.id for cause in tree.causes.values() if cause.text == text)


@pytest.fixture
def tree() -> Tree:
    """Two branches: bill → {list, till}, wait → {van}."""
    tree = session("customers are angry", people=(NewPerson(name="Bo"),))
    tree, bill = answer(tree, tree.problem.id, "bill")
    tree, wait = answer(tree, tree.problem.id, "wait")
    tree, _ = answer(tree, bill.id, "list")
    tree, _ = answer(tree, bill.id, "till")
    tree, _ = answer(tree, wait.id, "van")
    return tree


def rebuilt(tree: Tree, chance: random.Random) -> Tree:
    """The same tree from its rows in another order."""
    causes = list(tree.causes.values())
    evidence = [item for items in tree.evidence_of.values() for item in items]
    answers = [item for items in tree.link_answers_of.values() for item in items]
    dismissals = [item for items in tree.dismissals_of.values() for item in items]
    ticked = [item for items in tree.root_checks_of.values() for item in items]
    countermeasures = [item for items in tree.countermeasures_of.values() for item in items]
    measures = [item for items in tree.measures_of.values() for item in items]
    checks = [item for items in tree.checks_of.values() for item in items]
    parked, people = list(tree.parked), list(tree.people)
    rows: list[list[Any]] = [causes, evidence, answers, dismissals, ticked, parked, people]
    rows += [countermeasures, measures, checks]
    for of_one_table in rows:
        chance.shuffle(of_one_table)
    return Tree.of(
        tree.session,
        causes,
        evidence,
        parked,
        people,
        tree.seq,
        link_answers=answers,
        dismissals=dismissals,
        root_checks=ticked,
        countermeasures=countermeasures,
        measures=measures,
        checks=checks,
    )


@settings(max_examples=25)
@given(st.data())
def test_a_tree_after_changes_is_the_tree_of_its_rows(data: st.DataObject) -> None:
    tree = session(people=(NewPerson(name="Bo"),))
    for _ in range(data.draw(st.integers(1, 20))):
        try:
            operations = data.draw(commands(tree)).plan(tree, moment())
        except Refused:
            continue
        after = tree.with_operations(operations, tree.seq + 1)
        assert after == rebuilt(after, random.Random(1))
        assert after.with_operations(inverse(operations), tree.seq) == tree
        tree = after


def test_the_tree_before_a_change_stays_as_it_was(tree: Tree) -> None:
    bill = named(tree, "bill")
    tree = do(tree, AddEvidence(cause=bill, text="12 receipts"))
    before = rebuilt(tree, random.Random(1))
    after = do(tree, Park(text="old prices"))
    after = do(after, AddEvidence(cause=bill, text="a photo"))
    after = do(after, MoveCause(cause=named(tree, "van"), parent=bill))
    do(after, DeleteCause(cause=bill))
    assert tree == before


def test_touched_is_what_the_last_change_touched(tree: Tree) -> None:
    bill, van, wait = (named(tree, text) for text in ("bill", "van", "wait"))
    assert do(tree, AddEvidence(cause=bill, text="12 receipts")).touched == {bill}
    assert do(tree, Park(text="old prices")).touched == frozenset()
    assert do(tree, MoveCause(cause=van, parent=bill)).touched == {van, wait, bill}
    answered = do(tree, Answer(parent=van, text="tyre"))
    assert answered.touched == {van, named(answered, "tyre")}
    assert do(tree, DeleteCause(cause=bill)).touched == {bill, tree.problem.id}


# Rows that are no tree


def test_rows_without_a_problem_are_no_tree(tree: Tree) -> None:
    causes = [cause for cause in tree.causes.values() if cause.kind is Kind.CAUSE]
    with pytest.raises(ValueError, match="a session has one problem, this one has 0"):
        Tree.of(tree.session, causes)


def test_rows_with_two_problems_are_no_tree(tree: Tree) -> None:
    other = session("another").problem
    with pytest.raises(ValueError, match="a session has one problem, this one has 2"):
        Tree.of(tree.session, [*tree.causes.values(), other])


def test_a_cause_that_answers_nothing_is_no_tree(tree: Tree) -> None:
    causes = [cause for cause in tree.causes.values() if cause.text != "bill"]
    with pytest.raises(ValueError, match="answers nothing in this session"):
        Tree.of(tree.session, causes)


def test_causes_in_a_circle_are_no_tree(tree: Tree) -> None:
    bill, van = named(tree, "bill"), named(tree, "list")
    causes = [
        replace(cause, parent_id=van) if cause.id == bill else cause
        for cause in tree.causes.values()
    ]
    with pytest.raises(ValueError, match="answer each other in a circle"):
        Tree.of(tree.session, causes)


def test_evidence_on_nothing_is_no_tree(tree: Tree) -> None:
    bill = named(tree, "bill")
    items = do(tree, AddEvidence(cause=bill, text="12 receipts")).evidence(bill)
    with pytest.raises(ValueError, match="“12 receipts” belongs to no cause"):
        Tree.of(tree.session, [tree.problem], items)


# Finding one's way


def test_the_way_down_to_a_cause(tree: Tree) -> None:
    assert texts(tree.path(named(tree, "till"))) == ["customers are angry", "bill", "till"]
    assert tree.path(tree.problem.id) == [tree.problem]
    assert tree.depth(tree.problem.id) == 0
    assert tree.depth(named(tree, "till")) == 2


def test_below_is_the_branch_with_its_own_top(tree: Tree) -> None:
    bill = named(tree, "bill")
    assert tree.is_below(bill, bill)
    assert tree.is_below(named(tree, "till"), bill)
    assert not tree.is_below(named(tree, "van"), bill)
    assert not tree.is_below(tree.problem.id, bill)


def test_a_walk_goes_from_the_top_down_each_branch_in_order(tree: Tree) -> None:
    walk = [(cause.text, depth) for cause, depth in tree.walk()]
    problem = ("customers are angry", 0)
    assert walk == [problem, ("bill", 1), ("list", 2), ("till", 2), ("wait", 1), ("van", 2)]
    assert [cause.text for cause, _ in tree.walk(named(tree, "bill"))] == ["bill", "list", "till"]


def test_answers_stand_in_the_order_of_their_positions_then_of_their_keys(tree: Tree) -> None:
    causes = [replace(cause, position=7) for cause in tree.causes.values()]
    level = Tree.of(tree.session, causes)
    assert list(level.children(tree.problem.id)) == sorted(level.children(tree.problem.id))


# What is open


def test_a_new_session_asks_why_of_its_problem() -> None:
    tree = session("customers are angry")
    assert tree.open_questions() == [tree.problem]
    assert tree.next_open(tree.problem.id) == tree.problem


def test_every_end_of_a_branch_waits_for_a_why(tree: Tree) -> None:
    assert texts(tree.open_questions()) == ["list", "till", "van"]


def test_roots_stopped_and_ruled_out_causes_wait_no_more(tree: Tree) -> None:
    tree = do(tree, SetPart(cause=named(tree, "list"), part=Part.ROOT))
    assert texts(tree.open_questions()) == ["till", "van"]
    stop = SetStatus(cause=named(tree, "till"), status=Status.STOPPED, reason="not ours")
    tree = do(tree, stop)
    assert texts(tree.open_questions()) == ["van"]
    # Ruling out a cause settles everything below it.
    tree = do(tree, SetStatus(cause=named(tree, "wait"), status=Status.RULED_OUT, reason="no"))
    assert tree.open_questions() == []
    assert tree.next_open(tree.problem.id) is None


def test_a_contributing_cause_still_waits(tree: Tree) -> None:
    tree = do(tree, SetPart(cause=named(tree, "list"), part=Part.CONTRIBUTING))
    assert texts(tree.open_questions()) == ["list", "till", "van"]


def test_the_next_open_question_is_the_next_in_the_tree_and_then_the_first(tree: Tree) -> None:
    following = {
        cause.text: (found.text if (found := tree.next_open(cause.id)) else None)
        for cause, _ in tree.walk()
    }
    assert following == {
        "customers are angry": "list",
        "bill": "list",
        "list": "till",
        "till": "van",
        "wait": "van",
        "van": "list",
    }


def test_roots_contributing_and_ruled_out_come_in_the_trees_order(tree: Tree) -> None:
    for text in ("van", "list"):
        tree = do(tree, SetPart(cause=named(tree, text), part=Part.ROOT))
    tree = do(tree, SetPart(cause=named(tree, "wait"), part=Part.CONTRIBUTING))
    tree = do(tree, SetStatus(cause=named(tree, "till"), status=Status.RULED_OUT, reason="no"))
    assert texts(tree.roots()) == ["list", "van"]
    assert texts(tree.contributing()) == ["wait"]
    assert texts(tree.ruled_out()) == ["till"]


# Size


def test_ten_thousand_whys_deep_without_recursion() -> None:
    depth = 10_000
    tree = chain(depth)
    assert depth > sys.getrecursionlimit()
    last = tree.open_questions()[-1]
    assert tree.depth(last.id) == depth
    assert tree.is_below(last.id, tree.problem.id)
    assert tree.next_open(tree.problem.id) == last
    first = tree.children(tree.problem.id)[0]
    deleted = do(tree, DeleteCause(cause=first))
    assert len(deleted.causes) == 1
    assert tree == rebuilt(tree, random.Random(1))


@pytest.mark.parametrize("shape", [chain, fan])
def test_an_answer_in_a_big_tree_copies_little(shape: object) -> None:
    """Nothing is built anew but the answers to the same question."""
    tree = chain(10_000) if shape is chain else fan(10_000)
    assert work(lambda: answer(tree, tree.problem.id, "one more")) < 5 * 10_000
    if shape is chain:
        assert work(lambda: answer(tree, tree.problem.id, "one more")) < 1000

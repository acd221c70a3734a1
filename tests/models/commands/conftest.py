"""The tree that tests of commands begin with."""

import pytest

from fivewhys.models.tree import Tree
from tests.building import answer, session


@pytest.fixture
def tree() -> Tree:
    """bill → {list, till}, wait → {van}."""
    tree = session("customers are angry")
    tree, bill = answer(tree, tree.problem.id, "bill")
    tree, wait = answer(tree, tree.problem.id, "wait")
    tree, _ = answer(tree, bill.id, "list")
    tree, _ = answer(tree, bill.id, "till")
    tree, _ = answer(tree, wait.id, "van")
    return tree

"""What the worked examples call effective, held against what it takes to call it so."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fivewhys.models import effect
from fivewhys.models.plan_words import Progress
from fivewhys.models.tree import Tree
from fivewhys.models.values import Countermeasure
from tests.test_examples import filled, trees_of


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> list[Tree]:
    folder: Path = tmp_path_factory.mktemp("proof")
    with filled(folder) as store:
        return trees_of(store)


def on_its_last_day(tree: Tree, item: Countermeasure) -> tuple[Tree, date]:
    """The last day on which something was seen of `item`, and the tree as it was known then.

    What came back later is a recurrence, and not yet there.
    """
    looks = [check.made_on for of in tree.measures(item) for check in tree.checks(of)]
    assert item.done_on
    last = max([item.done_on, *(day for day in looks if day)])
    known = tuple(again for again in tree.elsewhere.get(item.cause_id, ()) if again.on <= last)
    return replace(tree, elsewhere={**tree.elsewhere, item.cause_id: known}), last


def called_effective(trees: list[Tree]) -> list[tuple[Tree, Countermeasure]]:
    found = [(tree, item) for tree in trees for item in tree.all_countermeasures()]
    return [(tree, item) for tree, item in found if item.progress is Progress.EFFECTIVE]


def test_nothing_is_missing_of_what_an_example_calls_effective(trees: list[Tree]) -> None:
    lacking = {}
    for tree, item in called_effective(trees):
        then, last = on_its_last_day(tree, item)
        if missing := effect.missing(then, item, last):
            lacking[tree.session.name, item.text] = missing
    assert lacking == {}
    assert len(called_effective(trees)) > 10

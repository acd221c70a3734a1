"""The worked examples, and their Markdown in exports/examples, byte for byte.

After a change of an example or a template, `python -m tests.test_examples --write` writes the
files anew; read the difference before you keep it.
"""

import sys
from pathlib import Path

import pytest

from fivewhys import examples
from fivewhys.files import export_name
from fivewhys.models.tree import Record
from fivewhys.models.words import Leg, State, Status
from fivewhys.reports import archive, markdown
from fivewhys.store.store import Store

FOLDER = Path(__file__).parent.parent / "exports" / "examples"

BOOK_PRICES = [
    "They are overcharged for this book",
    "The price form is incorrect",
    "It is last year's form with last year's pricing",
    "The new forms were not ordered",
    "The old manager left before it was time to order them and the new manager came after they "
    "should have been ordered",
]


def written() -> dict[str, str]:
    """What exports/examples holds: the Markdown of each example by its file name."""
    trees = [record.tree for record in examples.records()]
    return {export_name(tree): markdown.plan(tree) for tree in trees}


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return examples.records()


def test_markdown_is_what_the_folder_holds() -> None:
    found = {path.name: path.read_bytes().decode() for path in FOLDER.iterdir()}
    assert found == written()


def test_examples_are_the_same_on_every_call(records: list[Record]) -> None:
    assert archive.write(records) == archive.write(examples.records())


def test_newest_has_the_highest_number(records: list[Record]) -> None:
    sessions = [record.tree.session for record in records]
    assert [session.number for session in sessions] == list(range(1, len(sessions) + 1))
    opened = [session.opened_at for session in sessions]
    assert opened == sorted(opened)
    assert len(set(opened)) == len(opened)


def test_angry_customers_are_led_past_the_fifth_why(records: list[Record]) -> None:
    tree = next(item.tree for item in records if item.tree.problem.text == "Customers are angry")
    texts = [cause.text for cause in tree.causes.values()]
    assert [text for text in BOOK_PRICES if text not in texts] == []
    assert tree.roots()
    assert max(tree.depth(root.id) for root in tree.roots()) > len(BOOK_PRICES)


def test_examples_show_what_a_tree_can_hold(records: list[Record]) -> None:
    trees = [record.tree for record in records]
    causes = [cause for tree in trees for cause in tree.causes.values()]
    assert len(trees) >= 6
    assert len({tree.session.department for tree in trees}) >= 5
    assert {cause.leg for cause in causes} >= set(Leg)
    assert {cause.status for cause in causes} >= {Status.RULED_OUT, Status.STOPPED, Status.VERIFIED}
    assert sum(len(tree.roots()) > 1 for tree in trees) >= 2
    assert {tree.session.state for tree in trees} == set(State)
    assert all(tree.evidence_of and tree.people for tree in trees)
    assert any(tree.parked for tree in trees)


def test_finished_examples_have_nothing_left_open(records: list[Record]) -> None:
    for tree in (record.tree for record in records):
        if tree.session.state is State.FINISHED:
            assert [cause.text for cause in tree.open_questions()] == []
            assert all(root.part_reason and tree.evidence(root.id) for root in tree.roots())


def test_filled_store_holds_the_examples(tmp_path: Path, records: list[Record]) -> None:
    store = Store(tmp_path / "history.db", "Ines")
    try:
        examples.fill(store)
        lines = store.library()
        assert [line.number for line in lines] == list(range(len(records), 0, -1))
        for line, record in zip(reversed(lines), records, strict=True):
            assert markdown.plan(store.tree(line.id)) == markdown.plan(record.tree)
    finally:
        store.close()


if __name__ == "__main__" and sys.argv[1:] == ["--write"]:
    texts = written()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.iterdir():
        if old.name not in texts:
            old.unlink()
    for name, text in texts.items():
        (FOLDER / name).write_bytes(text.encode())

"""When the disk is full: one clear sentence, and nothing lost."""

import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from fivewhys.models.commands import Answer, DeleteCause, StartSession
from fivewhys.models.tree import Tree
from fivewhys.store.problems import StoreProblem
from fivewhys.store.store import Store
from tests.store.trouble import first, problem_of

pytestmark = pytest.mark.usefixtures("made_by_migrations")


def fill(store: Store, tree: Tree) -> tuple[Tree, str]:
    """Answer why of one cause until it does not fit; the tree as it was then, and the sentence."""
    try:
        while True:
            parent = (*tree.children(tree.problem.id), tree.problem.id)[0]
            tree = store.apply(tree, Answer(parent=parent, text="long story " * 400))
    except StoreProblem as problem:
        return tree, str(problem)


def see_that_a_full_disk_loses_nothing(store: Store, tree: Tree, where: Path) -> None:
    tree, sentence = fill(store, tree)
    assert sentence == (
        f"The disk is full, so this was not saved to {where}. Free some space and try again; "
        "nothing that was saved before is lost."
    )
    assert store.tree(tree.session.id) == tree
    with closing(Store(where, "Bo")) as other:
        assert other.tree(tree.session.id) == tree


def test_a_full_disk(file: Path) -> None:
    with closing(Store(file, "Ines")) as store:
        pages = store._database.writer.exec_driver_sql("PRAGMA page_count").scalar_one()
        store._database.writer.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}")
        store._database.writer.rollback()
        tree = first(store)
        see_that_a_full_disk_loses_nothing(store, tree, file)
        store._database.writer.exec_driver_sql("PRAGMA max_page_count = 100000")
        store._database.writer.rollback()
        tree = store.tree(tree.session.id)
        saved = store.apply(tree, Answer(parent=tree.problem.id, text="There is room again"))
        assert store.tree(tree.session.id) == saved


def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(tmp_path)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a disk of one megabyte can be mounted by root only")
    try:
        file = tmp_path / "history.db"
        with closing(Store(file, "Ines")) as store:
            tree = store.start(StartSession(problem="customers are angry"))
            see_that_a_full_disk_loses_nothing(store, tree, file)
            tree = store.tree(tree.session.id)
            # Deleting writes to the journal, so it needs room as well. All that was answered goes:
            # a single answer may fit into what the last one that did not fit has left.
            delete = DeleteCause(cause=tree.children(tree.problem.id)[0])
            assert "The disk is full" in problem_of(lambda: store.apply(tree, delete))
            assert store.tree(tree.session.id) == tree
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)

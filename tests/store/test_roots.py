"""The library counts roots as the tree does: none in a ruled-out branch, until that is undone."""

from pathlib import Path
from uuid import UUID

from fivewhys.models.commands import Answer, SetPart, SetStatus, StartSession
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part, Status
from fivewhys.store.glance import first_page
from fivewhys.store.store import Store


def grown(store: Store) -> Tree:
    """A session with one branch of three whys, whose last two causes are roots, and another."""
    tree = store.start(StartSession(problem="Customers are angry"))
    above = tree.problem.id
    for text in ("The form is wrong", "Nobody orders forms", "There is no rule"):
        tree = store.apply(tree, Answer(parent=above, text=text))
        above = tree.children(above)[-1]
    tree = store.apply(tree, Answer(parent=tree.problem.id, text="The till is wrong"))
    for text in ("Nobody orders forms", "There is no rule", "The till is wrong"):
        tree = store.apply(tree, SetPart(cause=named(tree, text), part=Part.ROOT, reason="Ours"))
    return tree


def named(tree: Tree, text: str) -> UUID:
    return next(cause.id for cause in tree.causes.values() if cause.text == text)


def counted(store: Store, tree: Tree) -> int:
    """The roots that the library counts, everywhere alike."""
    (line,) = [line for line in store.library() if line.id == tree.session.id]
    if store.url.get_backend_name() == "sqlite":
        assert first_page(Path(store.url.database or "")) == store.library()
    assert line.roots == len(store.tree(tree.session.id).roots()) == len(tree.roots())
    return line.roots


def test_library_counts_no_root_in_a_ruled_out_branch(store: Store) -> None:
    grown(store)
    tree = grown(store)
    assert counted(store, tree) == 3
    out = SetStatus(cause=named(tree, "The form is wrong"), status=Status.RULED_OUT, reason="No")
    tree = store.apply(tree, out)
    assert counted(store, tree) == 1
    assert [line.roots for line in store.library()] == [1, 3]
    undone = store.undo(tree)
    assert undone
    tree = undone.tree
    assert counted(store, tree) == 3
    redone = store.redo(tree)
    assert redone
    tree = redone.tree
    assert counted(store, tree) == 1
    tree = store.apply(tree, SetStatus(cause=out.cause, status=Status.OPEN))
    assert counted(store, tree) == 3


def test_a_root_that_is_ruled_out_itself_takes_those_below_with_it(store: Store) -> None:
    tree = grown(store)
    out = SetStatus(cause=named(tree, "Nobody orders forms"), status=Status.RULED_OUT, reason="No")
    assert counted(store, store.apply(tree, out)) == 1

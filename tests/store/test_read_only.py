"""What may only be read is read, and a clear sentence says why nothing is saved."""

import os
from contextlib import closing
from pathlib import Path

import pytest

from fivewhys.models.commands import Answer, StartSession
from fivewhys.store import engine, schema
from fivewhys.store.problems import StoreProblem
from fivewhys.store.store import Store
from tests.store.rights import only_readable, without_rights
from tests.store.trouble import first, print_of, problem_of

pytestmark = pytest.mark.usefixtures("made_by_migrations")


@pytest.mark.parametrize("closed", ["file", "folder", "file and folder"])
@pytest.mark.parametrize("left_over", [False, True], ids=["put away", "in use"])
def test_what_may_only_be_read_is_read(file: Path, closed: str, left_over: bool) -> None:
    """`left_over`: another program has it open, so that SQLite's two files lie beside it."""
    paths = [file, file.parent] if closed == "file and folder" else []
    paths = paths or [file if closed == "file" else file.parent]
    other = Store(file, "Bo") if left_over else None
    if other:
        session = first(other)
        other.apply(session, Answer(parent=session.problem.id, text="They wait too long"))
        if closed != "folder":
            paths += [path for path in file.parent.iterdir() if path != file]
    before = print_of(file)
    with only_readable(*paths), closing(Store(file, "Ines")) as store:
        tree = first(store)
        assert len(tree.causes) == (3 if left_over else 2)
        assert store.library("angry")[0].problem == "customers are angry"
        assert store.history(tree.session.id)
        assert store.record(tree.session.id).tree.causes == tree.causes
        assert store.drafts("") == {}
        store.changed_elsewhere()
        assert not store.changed_elsewhere()
        store.rehearse()
        sentence = problem_of(
            lambda: store.apply(tree, Answer(parent=tree.problem.id, text="They wait too long"))
        )
        assert sentence == (
            f"{file} may only be read, so this was not saved. Make the file and its folder "
            "writable, or name another with --database."
        )
        assert problem_of(lambda: store.start(StartSession(problem="another"))) == sentence
        assert problem_of(lambda: store.save_draft("here", "text")) == sentence
        assert problem_of(lambda: store.undo(tree)) == sentence
        assert first(store) == tree
    assert print_of(file) == before
    if other:
        other.close()


def test_a_folder_that_one_may_not_write_shows_what_others_write(file: Path) -> None:
    with only_readable(file.parent):
        reader = Store(file, "Ines")
        assert reader.changed_elsewhere()
        tree = first(reader)
    with closing(Store(file, "Bo")) as writer:
        changed = writer.apply(tree, Answer(parent=tree.problem.id, text="They wait too long"))
    with only_readable(file.parent):
        assert reader.changed_elsewhere()
        assert reader.refresh(tree) == changed
        assert reader.tree(tree.session.id) == changed
        reader.close()


def test_a_folder_in_which_nothing_can_be_made(folder: Path) -> None:
    with only_readable(folder):
        sentence = problem_of(lambda: Store(folder / "history.db", "Ines"))
    assert sentence.startswith(f"{folder / 'history.db'} cannot be opened. See that its folder")


def test_a_folder_that_cannot_be_made(folder: Path) -> None:
    with only_readable(folder):
        sentence = problem_of(lambda: Store(folder / "new" / "history.db", "Ines"))
    assert sentence == (
        f"The folder {folder / 'new'} cannot be made (Permission denied). Name another place with "
        "--database."
    )


def test_a_folder_that_one_may_not_look_into(folder: Path) -> None:
    folder.chmod(0o700)
    if os.geteuid() != 0:
        folder.chmod(0)
    with without_rights():
        sentence = problem_of(lambda: Store(folder / "history.db", "Ines"))
    folder.chmod(0o700)
    assert sentence == f"{folder / 'history.db'}: Permission denied. Nothing was changed."


def test_an_older_history_that_may_only_be_read_says_why_it_cannot_be_opened(file: Path) -> None:
    url = engine.url_of(file)
    with only_readable(file, file.parent), pytest.raises((StoreProblem, OSError)) as raised:
        schema.ready(url, schema=schema.SCHEMA + 1)
    assert "Permission denied" in str(raised.value)

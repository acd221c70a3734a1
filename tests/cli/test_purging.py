import json
from contextlib import closing
from pathlib import Path

import pytest

from fivewhys.models.commands import DeleteSession, EditCause, StartSession
from fivewhys.store.store import Store
from tests.cli.ran import Run, failed


def test_purge_is_asked_for_twice(run: Run, filled: Path) -> None:
    assert failed(run("purge", "S-2", "--history")).endswith("If you mean it, add --yes.")
    assert run("purge", "--deleted", "--yes").out == "There are no deleted sessions.\n"
    with closing(Store(filled, "Ines")) as store:
        store.apply(store.numbered(3), DeleteSession())
    assert failed(run("purge", "--deleted")).endswith("If you mean it, add --yes.")
    ran = run("purge", "--deleted", "--yes")
    assert (ran.out, ran.err) == ("Removed for good: 1 deleted session.\n", "")
    assert json.loads(run("where", "--json").out)["sessions"] == 7


def test_purged_words_are_nowhere(run: Run, history: Path) -> None:
    with closing(Store(history, "Ines")) as store:
        tree = store.start(StartSession(problem="Mr Secretname shouted"))
        tree = store.apply(tree, EditCause(cause=tree.problem.id, text="A guest shouted"))
    assert "Secretname" in run("show", 1, "--json").out
    assert run("purge", "S-1", "--history", "--yes").out == (
        "Forgotten of S-1: 2 steps of its history.\n"
    )
    assert "Secretname" not in run("show", 1, "--json").out
    assert b"Secretname" not in history.read_bytes()


def backed_up(history: Path, copies: int) -> Path:
    """A history with a former wording and a deleted session, and copies that hold both."""
    with closing(Store(history, "Ines")) as store:
        tree = store.start(StartSession(problem="Mr Secretname shouted"))
        store.apply(tree, EditCause(cause=tree.problem.id, text="A guest shouted"))
        store.apply(store.start(StartSession(problem="Secretname again")), DeleteSession())
        store.back_up()
    folder = history.parent / "backups"
    (first,) = folder.iterdir()
    for day in range(1, copies):
        (folder / f"history-2026-01-0{day}.db").write_bytes(first.read_bytes())
    (folder / "history-of-a-neighbour-2026-01-01.db").touch()
    return folder


@pytest.mark.parametrize("arguments", [["--deleted"], ["S-1", "--history"]])
@pytest.mark.parametrize("copies", [1, 3])
def test_purge_says_that_backups_keep_the_words(
    run: Run, history: Path, arguments: list[str], copies: int
) -> None:
    folder = backed_up(history, copies)
    ran = run("purge", *arguments, "--yes")
    assert ran.status == 0
    names = sorted(copy.name for copy in folder.glob("history-2*.db"))
    assert len(names) == copies
    assert ran.err == (
        f"Backups in {folder} may still hold these words, until you delete: {', '.join(names)}\n"
    )
    assert failed(run("purge", "S-1", "--history")).endswith("If you mean it, add --yes.")
    for copy in folder.glob("history-2*.db"):
        copy.unlink()
    assert run("purge", "S-1", "--history", "--yes").err == ""


def test_purged_words_are_in_no_file_beside_the_history(run: Run, history: Path) -> None:
    folder = backed_up(history, 1)
    assert run("purge", "--deleted", "--yes").status == 0
    assert run("purge", "S-1", "--history", "--yes").status == 0
    files = [path for path in history.parent.iterdir() if path.is_file()]
    assert [path.name for path in files if b"Secretname" in path.read_bytes()] == []
    assert any(b"Secretname" in copy.read_bytes() for copy in folder.iterdir())


@pytest.mark.parametrize(
    "arguments",
    [[], ["S-1"], ["--history"], ["S-1", "--deleted"], ["S-1", "--deleted", "--history"]],
)
def test_purge_that_makes_no_sense_is_explained(run: Run, arguments: list[str]) -> None:
    assert run("purge", *arguments, "--yes").status == 1

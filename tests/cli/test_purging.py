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
    assert run("purge", "--deleted", "--yes").out == "Removed for good: 1 deleted session.\n"
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


@pytest.mark.parametrize(
    "arguments",
    [[], ["S-1"], ["--history"], ["S-1", "--deleted"], ["S-1", "--deleted", "--history"]],
)
def test_purge_that_makes_no_sense_is_explained(run: Run, arguments: list[str]) -> None:
    assert run("purge", *arguments, "--yes").status == 1

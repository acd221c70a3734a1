"""Which history a command works on, and what it says where there is none."""

import json
import shutil
from pathlib import Path

import pytest

from fivewhys.cli import waiting
from tests.cli.ran import Run, failed
from tests.store.specimens import FOLDER

LOOKING = [
    ["list"],
    ["list", "--json"],
    ["list", "--search", "angry"],
    ["actions"],
    ["actions", "--json"],
    ["show", "S-1"],
    ["show", "S-1", "--json"],
    ["open", "S-1"],
    ["export", "S-1"],
    ["export", "--all"],
    ["purge", "--deleted", "--yes"],
    ["purge", "S-1", "--history", "--yes"],
]


@pytest.mark.parametrize("arguments", LOOKING)
@pytest.mark.parametrize("place", ["mistyped.db", "mistyped/history.db", "my history.db"])
@pytest.mark.usefixtures("filled")
def test_history_that_is_not_there_is_not_begun_by_looking(
    run: Run, tmp_path: Path, arguments: list[str], place: str
) -> None:
    before = sorted(tmp_path.rglob("*"))
    quoted = f"'{place}'" if " " in place else place
    assert failed(run(*arguments, "--database", place)) == (
        f"There is no history at {place}. See that the path is right; to begin one there: "
        f"fivewhys --database {quoted}"
    )
    assert sorted(tmp_path.rglob("*")) == before


def test_empty_file_is_no_history_yet(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    said = failed(run("list", "--database", "empty.db"))
    assert said.startswith("There is no history at empty.db.")
    assert (tmp_path / "empty.db").stat().st_size == 0
    assert json.loads(run("where", "--database", "empty.db", "--json").out)["begun"] is False


@pytest.mark.parametrize("arguments", [one for one in LOOKING if one[0] not in ("list", "actions")])
def test_own_history_is_not_begun_by_looking(run: Run, history: Path, arguments: list[str]) -> None:
    assert failed(run(*arguments)) == (
        f"There is no history at {history} yet. To begin one: fivewhys"
    )
    assert not history.exists()


@pytest.mark.parametrize("database", ["new.db", "new/folder/new.db"])
def test_import_begins_a_history_where_it_is_told(run: Run, database: str) -> None:
    assert run("import", "-", "--database", database, stdin='{"problem": "angry"}').status == 0
    assert run("list", "--database", database).out.startswith("S-1\t")


@pytest.mark.parametrize("arguments", [["list"], ["where"], ["import", "-"]])
@pytest.mark.usefixtures("filled")
def test_empty_name_of_a_history_is_not_the_own_one(run: Run, arguments: list[str]) -> None:
    said = failed(run(*arguments, "--database", "", stdin='{"problem": "angry"}'))
    assert said.startswith("Invalid value for '--database': it is empty")
    assert len(run("list").out.splitlines()) == 8


def test_who_waits_for_an_older_history_sees_how_far_it_is(
    run: Run, history: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(FOLDER / "schema-4.db", history)
    assert run("list", "--database", shutil.copy(history, history.with_name("unseen.db"))).err == ""
    monkeypatch.setattr(waiting, "is_watched", lambda: True)
    ran = run("list", "--ascii")
    first, *_, last = ran.err.split("\r")[1:-1]
    assert first == "Bringing your history up to date: copying it first ..."
    assert last == "Bringing your history up to date: seeing that nothing is lost ..."
    assert "collecting its words ... 100 %\r" in ran.err
    assert ran.err.endswith("\r")
    assert (ran.status, ran.out.count("S-")) == (0, 2)
    assert run("list").err == ""

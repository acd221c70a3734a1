"""Bringing a database up to date: it is told how far that is, and nothing is ever half done."""

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from fivewhys.store import schema
from fivewhys.store.engine import connect, url_of
from fivewhys.store.problems import StoreProblem
from fivewhys.store.stages import Stage
from fivewhys.store.store import Store
from tests.store.test_older_schemas import begun_with, rows_of

pytestmark = pytest.mark.usefixtures("made_by_migrations")

COPYING, COLLECTING, INDEXING, ORDERING, SEEING = (
    "copying it first",
    "collecting its words",
    "making the index of words",
    "putting the index of words in order",
    "seeing that nothing is lost",
)


@pytest.fixture
def database(empty_database: str) -> str:
    """On each engine one that no migration has touched."""
    return empty_database


def test_each_part_is_told_with_how_far_it_is(database: str, tmp_path: Path) -> None:
    begun_with(4, database, tmp_path / "older")
    told: list[Stage] = []
    schema.ready(url_of(database), tell=told.append)
    on_file = "://" not in database
    parts = [COPYING, COLLECTING, INDEXING, ORDERING, SEEING]
    assert list(dict.fromkeys(stage.what for stage in told)) == [
        part for part in parts if on_file or part not in (COPYING, INDEXING)
    ]
    collected = [stage for stage in told if stage.what == COLLECTING]
    assert [stage.done for stage in collected] == sorted({stage.done for stage in collected})
    assert (collected[0].of, collected[-1].done) == (collected[-1].of,) * 2
    assert collected[-1].words == "Bringing your history up to date: collecting its words … 100 %"
    assert Stage(COPYING).words == "Bringing your history up to date: copying it first …"
    told.clear()
    schema.ready(url_of(database), tell=told.append)
    assert told == []


def test_nobody_is_told_of_a_new_database(database: str) -> None:
    told: list[Stage] = []
    Store(database, "Ines", tell=told.append).close()
    assert told == []


@pytest.mark.parametrize("part", [COLLECTING, SEEING])
def test_who_is_told_can_stop_it_and_nothing_was_changed(
    database: str, tmp_path: Path, part: str
) -> None:
    specimen = begun_with(4, database, tmp_path / "older")
    before = rows_of(database, specimen)

    def stop(stage: Stage) -> None:
        if stage.what == part:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Store(database, "Ines", tell=stop)
    assert rows_of(database, specimen) == before
    engine = connect(url_of(database))
    with engine.connect() as connection:
        assert schema.version_of(connection) == 4
    engine.dispose()
    with closing(Store(database, "Ines")) as store:
        assert [found.context.session.name for found in store.search("soup")] == ["S-2"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the program is forked")
def test_a_program_that_is_killed_leaves_the_history_as_it_was(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.store.killing_upgrades", tmp_path],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    kills = [json.loads(line) for line in run.stdout.splitlines()]
    assert all(was_whole for _, was_whole in kills), kills
    wordings = "comparing the wordings of causes"
    parts = [COPYING, wordings, COLLECTING, INDEXING, ORDERING, SEEING, "done"]
    assert list(dict.fromkeys(part for part, _ in kills)) == parts
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [
        f"history-before-version-{schema.SCHEMA}.db"
    ]


@pytest.mark.parametrize("more", [1, 6])
def test_a_disk_that_fills_meanwhile_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: int
) -> None:
    file = str(tmp_path / "history.db")
    specimen = begun_with(4, file, tmp_path)
    before = rows_of(file, specimen)

    def on_a_full_disk(*args: Any, **options: Any) -> Engine:
        engine = connect(*args, **options)

        @event.listens_for(engine, "connect")
        def _limit(connection: Any, _record: Any) -> None:
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages + more}")

        return engine

    with monkeypatch.context() as full:
        full.setattr(schema, "connect", on_a_full_disk)
        with pytest.raises(StoreProblem) as problem:
            Store(file, "Ines")
    assert str(problem.value) == (
        f"The disk is full, so {file} could not be brought up to date. Nothing was changed. It "
        "needs room for about 4 times its size; free some and try again."
    )
    assert rows_of(file, specimen) == before
    Store(file, "Ines").close()

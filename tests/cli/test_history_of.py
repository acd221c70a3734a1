"""history: who changed what when."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fivewhys.cli import printing
from fivewhys.models.commands import Answer, EditCause, StartSession
from fivewhys.store.store import Store
from tests.cli.ran import Run, failed
from tests.reports.hostile import HOSTILE


@pytest.fixture
def worked(history: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A session of three days, in UTC."""
    monkeypatch.setenv("TZ", "UTC")
    with closing(Store(history, "Ines")) as store:
        days = iter(range(1, 9))
        store._now = lambda: datetime(2026, 3, 1, 9, tzinfo=UTC) + timedelta(hours=12 * next(days))
        tree = store.start(StartSession(problem="customers are angry"))
        tree = store.apply(tree, Answer(parent=tree.problem.id, text="late van"))
        (cause,) = tree.children(tree.problem.id)
        tree = store.apply(tree, EditCause(cause=cause, text="no van"))
        store.undo(tree)
        yield store


@pytest.mark.usefixtures("worked")
def test_into_a_pipe_each_change_is_a_line(run: Run) -> None:
    ran = run("history", "S-1")
    assert [line.split("\t")[1:] for line in ran.out.splitlines()] == [
        ["Ines", "took back: reworded the answer “no van” — now again: “late van”"],
        ["Ines", "reworded the answer “no van” — before: “late van”"],
        ["Ines", "answered “late van” to why of “customers are angry”"],
        ["Ines", "started the session with the problem “customers are angry”"],
    ]
    assert (ran.status, ran.err) == (0, "")


@pytest.mark.usefixtures("worked")
def test_since_a_day(run: Run) -> None:
    ran = run("history", "1", "--since", "2026-03-03")
    assert all(line[:10] >= "2026-03-03" for line in ran.out.splitlines())
    assert 0 < len(ran.out.splitlines()) < 4
    ran = run("history", "1", "--since", "2026-04-01")
    assert (ran.status, ran.out, ran.err) == (0, "", "Nothing was done to S-1 since then.\n")


@pytest.mark.usefixtures("worked")
def test_for_scripts(run: Run) -> None:
    found = json.loads(run("history", "S-1", "--json").out)
    assert [one["kind"] for one in found] == ["undo", "do", "do", "start"]
    reworded = found[1]
    assert reworded["who"] == "Ines"
    assert reworded["changes"] == [
        {
            "did": "reworded the answer “no van”",
            "details": [{"what": "wording", "before": "late van", "after": "no van"}],
        }
    ]
    assert reworded["cause_ids"] == [reworded["cause_id"]]
    assert json.loads(run("history", "S-1", "--since", "2026-04-01", "--json").out) == []


@pytest.mark.usefixtures("worked")
def test_in_a_terminal_it_wraps(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "width", lambda: 50)
    ran = run("--ascii", "history", "S-1")
    lines = ran.out.splitlines()
    assert all(len(line) <= 50 for line in lines)
    assert ran.out.isascii()
    assert lines[1].startswith(" " * 18)


@pytest.mark.usefixtures("worked")
def test_a_session_that_is_not_there(run: Run) -> None:
    assert failed(run("history", "S-9")).startswith("There is no session S-9")


def test_hostile_words_come_out_as_they_are(run: Run, history: Path) -> None:
    with closing(Store(history, "[/foo] \x1b[31m")) as store:
        tree = store.start(StartSession(problem="customers are angry"))
        for text in HOSTILE:
            tree = store.apply(tree, EditCause(cause=tree.problem.id, text=text))
        said = [tree.problem.text]
    ran = run("history", "1")
    assert len(ran.out.splitlines()) == len(HOSTILE) + 1
    assert "\x1b" not in ran.out
    assert said[0] in ran.out
    assert "[$primary] and [b]bold[/b]" in ran.out

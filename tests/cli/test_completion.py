"""Names that the shell completes: those of the history, quickly, and in silence where none is."""

from contextlib import closing
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from fivewhys import cli
from fivewhys.models.commands import (
    AddCountermeasure,
    CountermeasureFacts,
    DeleteSession,
    Facts,
    StartSession,
)
from fivewhys.store import glance
from fivewhys.store.store import Store

FACTS = {
    "site": "Lyon",
    "region": "South",
    "department": "Bar",
    "channel": "phone",
    "facilitator": "Ines",
}
"""What a session says, by the name of its option."""

NAMES = {**FACTS, "owner": "Bo"}

WITH_NAMES = sorted(
    (command, parameter.name)
    for command, parameters in get_command(cli.app).commands.items()  # type: ignore[attr-defined]
    for parameter in parameters.params
    if parameter.name in NAMES
)
"""Every command with such an option."""


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """Two sessions in Lyon, one in Porto, and one that is gone."""
    path = tmp_path / "history.db"
    with closing(Store(path, "Ines")) as store:
        bo = CountermeasureFacts(owner="Bo")
        for site in ("Porto", "Lyon", "Lyon", "Gone", "Spa Hotel", "$(touch hit)"):
            facts = Facts.model_validate({**FACTS, "site": site})
            tree = store.start(StartSession(problem="no tea", facts=facts))
            add = AddCountermeasure(cause=tree.problem.id, text="a pot", facts=bo)
            tree = store.apply(tree, add)
            if site == "Gone":
                store.apply(tree, DeleteSession())
    return path


def offered(database: Path, command: str, option: str, begun: str = "") -> list[str]:
    """What a shell is told that could follow an option."""
    group = get_command(cli.app)
    above = typer.Context(group, info_name="fivewhys")
    above.params = {"database": str(database)}
    asked = group.commands[command]  # type: ignore[attr-defined]
    context = typer.Context(asked, parent=above, info_name=command)
    (parameter,) = [one for one in asked.params if one.name == option]
    return [item.value for item in parameter.shell_complete(context, begun)]


def test_every_name_of_every_command_is_completed(history: Path) -> None:
    assert {option for _, option in WITH_NAMES} == set(NAMES)
    for command, option in WITH_NAMES:
        found = offered(history, command, option)
        assert found == (["Lyon", "Porto"] if option == "site" else [NAMES[option]]), command


def test_names_are_found_by_their_beginning(history: Path) -> None:
    assert offered(history, "search", "site", "P") == ["Porto"]
    assert offered(history, "review", "site", "x") == []


def test_there_is_silence_where_nothing_can_be_had(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("no database", "utf-8")
    for database in (tmp_path / "missing.db", tmp_path, other, "postgresql://nowhere/x"):
        assert offered(Path(database), "review", "region") == []
    assert capfd.readouterr() == ("", "")
    assert not (tmp_path / "missing.db").exists()


def test_the_newest_tell_where_there_are_very_many(
    history: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glance, "RECENT", 3)
    # The last three: one of Lyon, and two that no shell reads as one word.
    assert offered(history, "actions", "site") == ["Lyon"]

"""Commands run in this process on SQLite files. `tests/test_start.py` has them in processes."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fivewhys import cli, settings
from tests.cli.ran import Ran, Run


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """Where the person's own history would be."""
    return tmp_path / "history.db"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, history: Path) -> Run:
    """Runs a command in a folder and with a history of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(settings.DATABASE, str(history))
    monkeypatch.setenv(settings.USER, "Ines")
    monkeypatch.setenv(settings.LENSES, str(tmp_path / "lenses"))
    monkeypatch.setenv(settings.TEMPLATES, str(tmp_path / "templates"))
    monkeypatch.delenv(settings.EXPORTS, raising=False)

    def run(*args: object, stdin: str | bytes = "") -> Ran:
        result = CliRunner().invoke(cli.app, [*map(str, args)], input=stdin, prog_name="fivewhys")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(
            status=result.exit_code,
            out=result.stdout_bytes.decode(),
            err=result.stderr_bytes.decode() if result.stderr_bytes else "",
        )

    return run


@pytest.fixture
def filled(examples_file: Path, history: Path) -> Path:
    """The person's own history, with the worked examples in it."""
    return Path(shutil.copy(examples_file, history))

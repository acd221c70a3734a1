"""The commands that open the program, with something else in the app's place."""

import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fivewhys import examples
from fivewhys.cli import screen
from fivewhys.store.store import Store
from tests.cli.ran import Run, failed


def test_demo_is_written_to_a_new_file(run: Run, tmp_path: Path, history: Path) -> None:
    (tmp_path / "new folder").mkdir()
    ran = run("demo", "--into", "new folder/demo.db")
    file = Path("new folder", "demo.db")
    assert ran.out.splitlines() == [
        f"Wrote 32 sessions with 376 causes to {file}. Go on with:",
        f"  fivewhys --database '{file}'",
        f"  fivewhys --database '{file}' list",
        f"  fivewhys --database '{file}' show S-1",
    ]
    assert [path.name for path in (tmp_path / "new folder").iterdir()] == ["demo.db"]
    assert len(run("list", "--database", file).out.splitlines()) == 32
    assert not history.exists()


def test_demo_leaves_a_file_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.db").write_text("mine")
    assert "is there already and stays as it is" in failed(run("demo", "--into", "mine.db"))
    assert (tmp_path / "mine.db").read_text() == "mine"
    assert failed(run("demo", "--into", "mine.db/x.db")).startswith("mine.db")
    assert failed(run("demo", "--into", "mistyped/demo.db")).startswith(
        "There is no folder “mistyped”, so nothing was written."
    )
    assert not (tmp_path / "mistyped").exists()
    assert run("demo", "--database", "mine.db").status == 1


def test_demo_that_fails_leaves_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Store) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(examples, "fill", full)
    assert failed(run("demo", "--into", "demo.db")) == "No space left on device."
    assert list(tmp_path.iterdir()) == []


class Opened:
    """Stands in for the app: what it was opened with."""

    calls: list[dict[str, Any]]
    lines: list[int]

    def __init__(self) -> None:
        self.calls, self.lines = [], []
        self.return_code = 0

    def __call__(self, database: str, actor: str, exports: Path, **more: Any) -> "Opened":
        self.calls.append({"database": database, "actor": actor, "exports": exports} | more)
        return self

    def run(self) -> None:
        """Do what the app does before the library is shown."""
        call = self.calls[-1]
        with closing(Store(call["database"], call["actor"])) as store:
            if call["prepare"]:
                call["prepare"](store)
            self.lines = [line.number for line in store.library()]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """The app is there and a terminal too."""
    app = Opened()
    monkeypatch.setitem(sys.modules, "fivewhys.app", SimpleNamespace(FiveWhysApp=app))
    monkeypatch.setattr(screen, "has_terminal", lambda: True)
    monkeypatch.setattr(screen, "end_when_the_window_closes", lambda: None)
    return app


def test_program_opens_on_the_own_history(run: Run, opened: Opened, history: Path) -> None:
    assert run().status == 0
    assert opened.calls == [
        {
            "database": str(history),
            "actor": "Ines",
            "exports": Path("exports"),
            "open_number": None,
            "ascii_only": False,
            "prepare": None,
        }
    ]


@pytest.mark.usefixtures("filled")
def test_program_opens_on_a_session(run: Run, opened: Opened) -> None:
    assert run("--ascii", "open", "s-2").status == 0
    assert opened.calls[0]["open_number"] == 2
    assert opened.calls[0]["ascii_only"]


def test_demo_is_gone_afterwards(run: Run, opened: Opened, history: Path) -> None:
    assert run("demo").status == 0
    assert opened.lines == list(range(32, 0, -1))
    assert not Path(opened.calls[0]["database"]).parent.exists()
    assert not history.exists()


def test_end_of_the_program_is_passed_on(run: Run, opened: Opened) -> None:
    opened.return_code = 1
    assert run("demo").status == 1
    assert not Path(opened.calls[0]["database"]).parent.exists()

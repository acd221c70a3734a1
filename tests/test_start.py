"""Starting the program, in a process of its own: what it loads, and how it ends."""

import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

import fivewhys
from fivewhys import __version__, settings
from fivewhys.models.commands import Facts, StartSession
from fivewhys.store.store import Store

HEAVY = (
    *("textual", "sqlmodel", "sqlalchemy", "pydantic", "alembic", "jinja2", "rich"),
    *("numpy", "networkx", "fivewhys.patterns.encoder", "fivewhys.memory"),
)

LOADED = f"""
import sys
sys.argv[0] = "fivewhys"
from fivewhys.__main__ import main
try:
    main()
finally:
    print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Environment variables of a process that must leave the person's own files alone."""
    return os.environ | {
        "PYTHONPATH": str(Path(fivewhys.__file__).parent.parent),
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "TMPDIR": str(tmp_path),
        settings.DATABASE: str(tmp_path / "history.db"),
        settings.USER: "Ines",
        settings.EXPORTS: str(tmp_path / "exports"),
    }


@pytest.fixture
def run(tmp_path: Path, environment: dict[str, str]) -> Run:
    """Runs `fivewhys` with arguments; standard input is empty."""

    def run(
        *args: str, code: str = "", stdout: object = subprocess.PIPE, **more: str
    ) -> "subprocess.CompletedProcess[bytes]":
        start = ["-c", code] if code else ["-m", "fivewhys"]
        return subprocess.run(  # type: ignore[call-overload, no-any-return]
            [sys.executable, *start, *args],
            check=False,
            input=b"",
            stdout=stdout,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            env=environment | more,
            timeout=60,
        )

    return run


@pytest.fixture
def filled(tmp_path: Path, examples_file: Path) -> Path:
    """A history with the worked examples, where the processes find it."""
    return Path(shutil.copy(examples_file, tmp_path))


def test_version_loads_nothing_heavy(run: Run) -> None:
    done = run("--version", code=LOADED)
    assert done.stdout.decode().split() == ["fivewhys", __version__]
    assert done.stderr.decode().split("\n")[0] == "[]"
    assert done.returncode == 0


def test_help_loads_nothing_heavy(run: Run) -> None:
    done = run("--help", code=LOADED)
    assert b"Lead a team from a problem to its root causes" in done.stdout
    assert done.stderr.decode().split("\n")[0] == "[]"


def test_nothing_heavy_is_loaded_before_the_screen(run: Run) -> None:
    done = run("--ascii", "--database", "history.db", code=LOADED)
    said, loaded, *_ = done.stderr.decode().split("\n")
    assert said.startswith("This needs a terminal")
    assert loaded == "[]"


def test_first_screen_waits_for_no_store() -> None:
    code = "import sys, fivewhys.app, fivewhys.cli, fivewhys.examples; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert set(done.stdout.split()) & set(HEAVY) == {"textual", "rich"}


@pytest.mark.usefixtures("filled")
def test_completion_asks_no_store(run: Run) -> None:
    asked = {"COMP_WORDS": "fivewhys show S-", "COMP_CWORD": "2"}
    done = run(code=LOADED, _FIVEWHYS_COMPLETE="complete_bash", **asked)
    assert done.stdout.split() == [b"S-8", b"S-7", b"S-6", b"S-5", b"S-4", b"S-3", b"S-2", b"S-1"]
    assert done.stderr.decode().split("\n")[0] == "[]"


def test_completion_of_names_asks_no_store_either(run: Run, filled: Path) -> None:
    asked = {"COMP_WORDS": "fivewhys search card --site H", "COMP_CWORD": "4"}
    done = run(code=LOADED, _FIVEWHYS_COMPLETE="complete_bash", **asked)
    assert done.stdout.split() == [b"Harwick"]
    assert done.stderr.decode().split("\n")[0] == "[]"


def test_what_zsh_evaluates_is_words_alone(run: Run, filled: Path) -> None:
    problem = 'pay \\$(touch hit) `touch hit`\'; touch hit; "${x:=hit}" [b]'
    with closing(Store(filled, "Ines")) as store:
        store.start(StartSession(problem=problem))
    asked = {"_TYPER_COMPLETE_ARGS": "fivewhys show 9", "_FIVEWHYS_COMPLETE": "complete_zsh"}
    offered = run(**asked).stdout.decode().strip()
    assert offered == """_arguments '*: :(("9":"pay touch hit touch hit touch hit x hit b"))'"""


def test_without_a_terminal_there_is_a_sentence(run: Run) -> None:
    done = run()
    assert done.returncode == 1
    assert done.stdout == b""
    assert done.stderr.startswith(b"This needs a terminal")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "S-99"], "There is no session S-99 in "),
        (["import", "nowhere.json"], "There is no file nowhere.json."),
        (["list", "--database", "text.txt"], "text.txt is not a Five Whys history"),
        (["show", "banana"], "Invalid value for 'SESSION': “banana” is no session"),
        (["frobnicate"], "No such command 'frobnicate'. See: fivewhys --help"),
        (["export"], "Name a session, like S-12, or say --all."),
    ],
)
@pytest.mark.usefixtures("filled")
def test_errors_end_in_one_line(run: Run, tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "text.txt").write_text("mine")
    done = run(*arguments)
    assert done.returncode == 1
    assert done.stdout == b""
    assert done.stderr.decode().startswith(said)
    assert done.stderr.count(b"\n") == 1
    assert (tmp_path / "text.txt").read_text() == "mine"


def test_reader_that_has_seen_enough_is_no_error(
    tmp_path: Path, environment: dict[str, str], filled: Path
) -> None:
    # More than a pipe holds.
    with closing(Store(filled, "Ines")) as store:
        store.start(StartSession(problem="x" * 90_000, facts=Facts(notes="y" * 90_000)))
    process = subprocess.Popen(
        [sys.executable, "-m", "fivewhys", "export", "--all", "-o", "-"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment,
    )
    assert process.stdout
    assert process.stderr
    with process.stdout as out, process.stderr as err:
        assert out.readline() == b"{\n"
        out.close()
        assert err.read() == b""
    assert process.wait(30) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.usefixtures("filled")
def test_full_disk_behind_the_output_is_one_line(run: Run) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run("show", "S-1", stdout=full)
    assert done.stderr == b"No space left on device.\n"
    assert done.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_full_disk_behind_help_is_one_line(run: Run, argument: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run(argument, stdout=full)
    assert done.stderr == b"No space left on device.\n"
    assert done.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_what_is_drawn_last_on_a_terminal_that_is_gone_changes_no_status(
    environment: dict[str, str],
) -> None:
    # The screen is drawn on the stream for errors, and the last part of it may still be to write.
    drawn = "import sys, fivewhys.cli as cli; cli.app = lambda **_: sys.stderr.write('part'); "
    run = "from fivewhys.__main__ import main; main()"
    environment.pop("PYTHONUNBUFFERED", None)
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-c", drawn + run]
        done = subprocess.run(command, stderr=full, env=environment, check=False)
    assert done.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="shells there cannot close a stream")
@pytest.mark.parametrize(
    ("arguments", "closed", "status", "out", "err"),
    [
        ("list", ">&-", 0, "", ""),
        ("show S-1", ">&- 2>&-", 0, "", ""),
        ("show S-99", "2>&-", 1, "", ""),
        ("where", "<&- 2>&-", 0, "Database  ", ""),
        ("import -", "<&-", 1, "", "Standard input is empty."),
        ("", "<&-", 1, "", "This needs a terminal"),
        ("list", ">&- 2>&- <&-", 0, "", ""),
    ],
)
def test_streams_that_are_closed_are_no_error(
    environment: dict[str, str],
    filled: Path,
    arguments: str,
    closed: str,
    status: int,
    out: str,
    err: str,
) -> None:
    before = filled.read_bytes()
    command = f"'{sys.executable}' -m fivewhys {arguments} {closed}"
    done = subprocess.run(
        ["/bin/sh", "-c", command], check=False, capture_output=True, env=environment, timeout=60
    )
    assert done.returncode == status
    assert "Traceback" not in done.stderr.decode()
    assert done.stdout.decode().startswith(out)
    assert done.stderr.decode().startswith(err)
    assert bool(done.stdout) is bool(out)
    assert filled.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="names there are text")
@pytest.mark.usefixtures("filled")
def test_file_name_that_is_no_text_is_shown(run: Run) -> None:
    done = run("import", "caf\udce9.json")
    assert done.stderr.decode() == (
        "There is no file caf\ufffd.json. See that its name and folder are right.\n"
    )
    assert run("export", "S-1", "-o", "caf\udce9.md").stdout.decode() == "Wrote caf\ufffd.md\n"


@pytest.mark.usefixtures("filled")
def test_terminal_without_a_character_gets_a_question_mark(run: Run) -> None:
    done = run("show", "S-1", PYTHONIOENCODING="latin-1")
    assert done.stderr == b""
    assert b"?? ? verified: One desk of three was open" in done.stdout
    done = run("export", "S-1", "-o", "-", PYTHONIOENCODING="latin-1")
    assert "◆" in done.stdout.decode()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_interrupted_import_says_that_nothing_came_in(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    os.mkfifo(tmp_path / "endless")
    process = subprocess.Popen(
        [sys.executable, "-m", "fivewhys", "import", "endless"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment,
    )
    # This opens as soon as the program reads, so the signal finds it at work.
    with (tmp_path / "endless").open("wb"):
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (out, err) == (b"", b"Cancelled. Nothing was imported.\n")
    assert process.returncode == 130
    assert not (tmp_path / "history.db").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no pseudo-terminals")
@pytest.mark.parametrize(
    ("how", "status"), [("ctrl+q", 0), ("SIGTERM", 128 + signal.SIGTERM), ("gone", 129)]
)
def test_demo_on_a_terminal_leaves_nothing(
    tmp_path: Path, environment: dict[str, str], how: str, status: int
) -> None:
    import pty
    import termios

    terminal, inside = pty.openpty()
    termios.tcsetwinsize(inside, (30, 100))
    process = subprocess.Popen(
        [sys.executable, "-m", "fivewhys", "demo"],
        stdin=inside,
        stdout=inside,
        stderr=inside,
        cwd=tmp_path,
        env=environment | {"TERM": "xterm-256color"},
        start_new_session=True,
    )
    os.close(inside)
    try:
        seen = _read_until(terminal, b"breakfast")
        assert b"breakfast" in seen, seen[-2000:]
        assert len(list(tmp_path.glob("fivewhys-*"))) == 1
        if how == "ctrl+q":
            os.write(terminal, b"\x11")
        elif how == "SIGTERM":
            process.send_signal(signal.SIGTERM)
        if how != "gone":
            _read_until(terminal, b"nothing more")
    finally:
        # Where it goes on without a terminal, it ends by itself.
        os.close(terminal)
    assert process.wait(30) == status
    assert list(tmp_path.glob("fivewhys-*")) == []
    assert not (tmp_path / "history.db").exists()


def _read_until(terminal: int, expected: bytes) -> bytes:
    """What a terminal shows until `expected` is in it, or it is closed, or a minute has passed."""
    seen = b""
    end = time.monotonic() + 60
    while expected not in seen and time.monotonic() < end:
        ready, _, _ = select.select([terminal], [], [], 1)
        try:
            seen += os.read(terminal, 65536) if ready else b""
        except OSError:
            break
    return seen

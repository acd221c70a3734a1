"""The commands, run in this process on SQLite files. `test_start` has them in processes."""

import json
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from fivewhys import __version__, cli, examples, settings
from fivewhys.files import export_name
from fivewhys.models.commands import (
    AddEvidence,
    Answer,
    DeleteSession,
    EditCause,
    Facts,
    NewPerson,
    Park,
    SetPart,
    StartSession,
)
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part
from fivewhys.reports import markdown, outline
from fivewhys.store.store import Store
from fivewhys.text import clean

CHAINS = Path(__file__).parent / "imports" / "data" / "chains.jsonl"

NASTY = (
    "[/foo] x[/] [$primary] [b]bold[/b] :smile:",
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b1m c1 \x85 bidi \u202egnp.exe\u2066",
    "emoji 👩‍👩‍👧‍👦 🏳️‍🌈 RTL שלום مرحبا CJK 客户很生气 e\u0301",
    "quotes ' \" ` | pipes | $(touch hit) `touch hit` <script>alert(1)</script> &amp;",
    "=cmd()|'/C calc'!A0",
    "{{ 7*7 }} {% raw %} %s %(x)s \\n \\",
    "x" * 100_000,
)

UNSEEN = {chr(code) for code in (*range(10), *range(11, 32), *range(0x7F, 0xA0))} | set(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


COMMANDS = ("open", "demo", "list", "show", "where", "export", "import", "purge")


class Ran(SimpleNamespace):
    """What a command did."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


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


@pytest.fixture(scope="module")
def examples_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A history with the worked examples, to copy."""
    path = tmp_path_factory.mktemp("examples") / "history.db"
    with closing(Store(path, "Ines")) as store:
        examples.fill(store)
    return path


@pytest.fixture
def filled(examples_file: Path, history: Path) -> Path:
    """The person's own history, with the worked examples in it."""
    return Path(shutil.copy(examples_file, history))


def failed(ran: Ran) -> str:
    """The one line of a command that could not do what was asked."""
    assert ran.status == 1
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    return ran.err.strip()


# -- list


@pytest.mark.usefixtures("filled")
def test_list_into_a_pipe_has_tabs_and_nothing_else(run: Run) -> None:
    ran = run("list")
    lines = [line.split("\t") for line in ran.out.splitlines()]
    assert [line[0] for line in lines] == [f"S-{number}" for number in range(8, 0, -1)]
    assert lines[6][:4] == ["S-2", "2026-03-03", "finished", "2"]
    assert lines[6][4:] == ["Customers are angry", "Harwick · Check-out"]
    assert ran.err == ""


@pytest.mark.usefixtures("filled")
def test_list_says_that_there_are_more(run: Run) -> None:
    ran = run("list", "--limit", 3)
    assert len(ran.out.splitlines()) == 3
    assert ran.err.startswith("There are more.")
    assert run("list", "--limit", 8).err == ""
    assert len(run("list", "--limit", 3, "--all").out.splitlines()) == 8


@pytest.mark.usefixtures("filled")
def test_list_finds_words(run: Run) -> None:
    assert run("list", "--search", "harwick ANGRY").out.startswith("S-2\t")
    ran = run("list", "--search", "nothing like this")
    assert (ran.status, ran.out, ran.err) == (0, "", "No session has all these words.\n")


@pytest.mark.usefixtures("filled")
def test_list_for_scripts(run: Run) -> None:
    found = json.loads(run("list", "--json").out)
    assert found[6] == {
        "name": "S-2",
        "number": 2,
        "opened_at": "2026-03-03T09:00:00Z",
        "state": "finished",
        "roots": 2,
        "problem": "Customers are angry",
        "site": "Harwick",
        "department": "Check-out",
        "location": "Tills 1 to 4, ground floor",
    }


@pytest.mark.parametrize("width", [200, 80, 60, 40])
def test_list_on_a_terminal_fits_its_width(
    run: Run, history: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    with closing(Store(history, "Ines")) as store:
        for problem in ("angry", "客户很生气" * 40, "👩‍👩‍👧‍👦" * 50, "é" * 500, "word " * 100):
            store.start(StartSession(problem=problem, facts=Facts(site="東京" * 9)))
    monkeypatch.setattr(cli, "_width", lambda: width)
    head, *lines = run("list").out.splitlines()
    assert head.split() == ["Name", "Opened", "State", "Roots", "Problem", "Place"]
    assert len(lines) == 5
    assert max(cell_len(line) for line in (head, *lines)) <= max(width, 55)
    assert "angry" in lines[-1]
    assert "客户" in lines[-2]
    assert all(line.isascii() for line in run("list", "--ascii").out.splitlines())


def test_list_of_nothing_says_how_to_begin(run: Run, history: Path) -> None:
    ran = run("list")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.startswith(f"No sessions in {history} yet. To begin one: fivewhys")
    assert json.loads(run("list", "--json").out) == []
    assert not history.exists()


# -- show


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("name", ["S-2", "s-2", "2", "s2", "S-002"])
def test_show_has_facts_and_tree(run: Run, name: str) -> None:
    out = run("show", name).out
    assert out.startswith("S-2 · ")
    assert "\nExpected     A customer pays the price in the window" in out
    assert "\nNot here     Greta (Saturday cashier), Helen (regional office" in out
    assert "\nCustomers are angry\n├─ ✓ verified: They are overcharged for this book\n" in out
    assert "◆ root, verified: Our handover rules do not say who orders" in out


@pytest.mark.usefixtures("filled")
def test_show_on_a_terminal_fits_its_width(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_width", lambda: 72)
    for number in range(1, 9):
        head, facts, tree = run("show", number).out.split("\n\n")
        assert max(map(cell_len, [*head.split("\n"), *facts.split("\n")])) <= 72
        assert tree == outline.text(examples.records()[number - 1].tree, width=72)


@pytest.mark.usefixtures("filled")
def test_show_in_plain_ascii(run: Run) -> None:
    out = run("show", 2, "--ascii").out
    assert out.isascii()
    assert "`- # root, verified: Nobody is assigned to add up the complaints" in out


@pytest.mark.usefixtures("filled")
def test_show_for_scripts_is_what_the_archive_holds(run: Run) -> None:
    shown = json.loads(run("show", "S-2", "--json").out)
    assert [shown] == json.loads(run("export", "S-2", "--format", "json", "-o", "-").out)[
        "sessions"
    ]


# -- export


@pytest.mark.usefixtures("filled")
def test_export_writes_the_markdown_into_exports(run: Run, tmp_path: Path) -> None:
    ran = run("export", "S-2")
    assert ran.out == f"Wrote {Path('exports', '2026-03-03-customers-are-angry.md')}\n"
    text = (tmp_path / "exports" / "2026-03-03-customers-are-angry.md").read_bytes().decode()
    assert text == markdown.plan(examples.records()[1].tree)
    assert run("export", "S-2", "-o", "-").out == text


@pytest.mark.usefixtures("filled")
def test_every_export_is_as_in_the_examples(run: Run) -> None:
    for record in examples.records():
        run("export", record.tree.session.number)
        name = export_name(record.tree)
        golden = Path(__file__).parent.parent / "exports" / "examples" / name
        assert Path("exports", name).read_bytes() == golden.read_bytes()


@pytest.mark.usefixtures("filled")
def test_export_never_writes_over_a_file_unasked(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.md"
    mine.write_text("mine")
    said = failed(run("export", "S-2", "-o", mine))
    assert said == (
        f"“{mine}” is there already and was left as it is. Write over it with --replace, or name "
        "another file with -o."
    )
    assert mine.read_text() == "mine"
    assert run("export", "S-2", "-o", mine, "--replace").status == 0
    assert mine.read_text("utf-8").startswith("# Customers are angry\n")


@pytest.mark.usefixtures("filled")
def test_export_knows_what_to_write(run: Run, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    run("export", "2", "-o", "folder")
    run("export", "2", "-o", "one.json")
    run("export", "2", "-o", "two.txt", "--format", "json")
    assert (tmp_path / "folder" / "2026-03-03-customers-are-angry.md").exists()
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.txt").read_bytes()
    out = run("export", "S-3", "s-1", "S-3").out
    written = json.loads(Path(out.removeprefix("Wrote ").strip()).read_text("utf-8"))
    assert [item["session"]["number"] for item in written["sessions"]] == [3, 1]
    assert "-2-sessions.json" in out


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    "arguments",
    [[], ["1", "--all"], ["1", "2", "--format", "md"], ["--all", "--format", "md"], ["S1x"]],
)
def test_export_that_makes_no_sense_is_explained(run: Run, arguments: list[str]) -> None:
    ran = run("export", *arguments)
    assert ran.status == 2
    assert ran.err.startswith("Usage: fivewhys export")


@pytest.mark.parametrize("command", ["show", "export", "open"])
def test_session_that_is_not_there(run: Run, filled: Path, command: str) -> None:
    assert failed(run(command, "S-99")) == f"There is no session S-99 in {filled}."


@pytest.mark.parametrize("arguments", [["show", 1], ["open", 1], ["export", "--all"]])
def test_looking_begins_no_history(run: Run, history: Path, arguments: list[str]) -> None:
    assert (
        failed(run(*arguments)) == f"There is no history at {history} yet. To begin one: fivewhys"
    )
    assert not history.exists()


# -- import


@pytest.mark.usefixtures("filled")
def test_archive_comes_back_as_it_was(run: Run) -> None:
    first = run("export", "--all", "-o", "-").out
    Path("all.json").write_bytes(first.encode())
    ran = run("import", "all.json", "--database", "other.db")
    assert ran.out.splitlines()[1] == "Added S-2  Customers are angry"
    assert ran.err == "8 added, 0 here already.\n"
    assert run("export", "--all", "-o", "-", "--database", "other.db").out == first
    again = run("import", "all.json", "--database=other.db")
    assert again.out.splitlines()[1] == "Here already: S-2  Customers are angry"
    assert again.err == "0 added, 8 here already.\n"
    assert run("export", "--all", "-o", "-", "--database", "other.db").out == first


@pytest.mark.usefixtures("filled")
def test_copy_stands_beside_the_first(run: Run) -> None:
    archive = run("export", "S-2", "--format", "json", "-o", "-").out
    found = json.loads(run("import", "-", "--copy", "--json", stdin=archive).out)
    assert found == {
        "added": [{"name": "S-9", "number": 9, "problem": "Customers are angry"}],
        "known": [],
    }
    assert run("show", 9).out.split(" · ", 1)[1] == run("show", 2).out.split(" · ", 1)[1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_import_reads_what_shells_write(run: Run, encoding: str) -> None:
    text = '{"problem": "客户很生气", "tree": [{"text": "overcharged"}]}'
    assert run("import", "-", stdin=text.encode(encoding)).out == "Added S-1  客户很生气\n"


def test_chains_can_be_worked_with(run: Run) -> None:
    ran = run("import", CHAINS)
    assert ran.err == "82 added, 0 here already.\n"
    lines = run("list", "--all").out.splitlines()
    assert len(lines) == 82
    for line in lines:
        name, *_, problem, _ = line.split("\t")
        assert problem in run("show", name).out
        assert run("export", name, "-o", "-").out.startswith("# ")
    archive = run("export", "--all", "-o", "-").out
    assert run("import", "-", "--database", "other.db", stdin=archive).status == 0
    assert run("export", "--all", "-o", "-", "--database", "other.db").out == archive


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "This file is empty."),
        (b"\xff\xfe\xfd", "Standard input is not text in UTF-8"),
        (b"\x80", "Standard input is not text in UTF-8"),
        (b"PK\x03\x04", "This file begins with"),
        (b'{"problem": ""}', ""),
        (b"{" * 100_000, ""),
        (b'[{"problem": "a"}, {}]', "Record 2"),
    ],
)
def test_what_cannot_be_read_is_explained(run: Run, history: Path, data: bytes, said: str) -> None:
    assert failed(run("import", "-", stdin=data)).startswith(said)
    assert not history.exists()


def test_import_is_cancelled_as_a_whole(
    run: Run, history: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = cli._Progress.__call__

    def interrupted(self: Any, done: int) -> None:
        if done == 3:
            signal.raise_signal(signal.SIGINT)
        ask(self, done)

    monkeypatch.setattr(cli._Progress, "__call__", interrupted)
    ran = run("import", CHAINS)
    assert (ran.status, ran.out, ran.err) == (130, "", "Cancelled. Nothing was imported.\n")
    with closing(Store(history, "Ines")) as store:
        assert store.counts() == (0, 0)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_import_that_is_done_cannot_be_cancelled(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    close = Store.close

    def interrupted(self: Store) -> None:
        close(self)
        raise KeyboardInterrupt

    monkeypatch.setattr(Store, "close", interrupted)
    ran = run("import", "-", stdin='{"problem": "angry", "tree": []}')
    assert (ran.status, ran.out) == (0, "Added S-1  angry\n")


def test_many_are_counted_on_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    begin = cli._Progress.__init__

    def on_terminal(self: Any, *args: Any) -> None:
        begin(self, *args)
        self.shown = True

    monkeypatch.setattr(cli._Progress, "__init__", on_terminal)
    assert "\r1 of 82\r2 of 82\r" in run("import", CHAINS).err


# -- where


def test_where_tells_of_a_history(run: Run, filled: Path, tmp_path: Path) -> None:
    assert json.loads(run("where", "--json").out) == {
        "database": str(filled),
        "begun": True,
        "schema": 1,
        "program": __version__,
        "sessions": 8,
        "causes": 120,
        "exports": str(tmp_path / "exports"),
    }
    assert run("where").out.splitlines() == [
        f"Database  {filled}",
        "Schema    version 1",
        f"Program   version {__version__}",
        "Sessions  8 with 120 causes",
        f"Exports   {tmp_path / 'exports'}",
    ]


def test_where_begins_no_history(run: Run, history: Path) -> None:
    assert "Schema    none yet" in run("where").out
    assert json.loads(run("where", "--json").out)["begun"] is False
    assert not history.exists()


# -- purge


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
    assert run("purge", *arguments, "--yes").status == 2


# -- demo and the screen


def test_demo_is_written_to_a_new_file(run: Run, tmp_path: Path, history: Path) -> None:
    ran = run("demo", "--into", "new folder/demo.db")
    file = Path("new folder", "demo.db")
    assert ran.out.splitlines() == [
        f"Wrote 8 sessions with 120 causes to {file}. Go on with:",
        f"  fivewhys --database '{file}'",
        f"  fivewhys --database '{file}' list",
        f"  fivewhys --database '{file}' show S-1",
    ]
    assert [path.name for path in (tmp_path / "new folder").iterdir()] == ["demo.db"]
    assert len(run("list", "--database", file).out.splitlines()) == 8
    assert not history.exists()


def test_demo_leaves_a_file_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.db").write_text("mine")
    assert "is there already and stays as it is" in failed(run("demo", "--into", "mine.db"))
    assert (tmp_path / "mine.db").read_text() == "mine"
    assert failed(run("demo", "--into", "mine.db/x.db")).startswith("mine.db")
    assert run("demo", "--database", "mine.db").status == 2


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
    monkeypatch.setattr(cli, "_has_terminal", lambda: True)
    monkeypatch.setattr(cli, "_end_when_the_window_closes", lambda: None)
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
    assert opened.lines == list(range(8, 0, -1))
    assert not Path(opened.calls[0]["database"]).parent.exists()
    assert not history.exists()


def test_end_of_the_program_is_passed_on(run: Run, opened: Opened) -> None:
    opened.return_code = 1
    assert run("demo").status == 1
    assert not Path(opened.calls[0]["database"]).parent.exists()


# -- for every command


@pytest.fixture
def nasty(history: Path) -> list[Tree]:
    """Sessions in which everything is hostile."""
    with closing(Store(history, "Ines")) as store:
        return [_nasty_session(store, text) for text in NASTY]


def _nasty_session(store: Store, text: str) -> Tree:
    short = text[:500]
    names = ("customer_words", "expected", "location", "site", "department", "notes")
    facts = Facts.model_validate(dict.fromkeys(names, short))
    tree = store.start(
        StartSession(problem=text, facts=facts, people=(NewPerson(name=short, role=short),))
    )
    tree = store.apply(tree, Answer(parent=tree.problem.id, text=text, said_by=short))
    cause = tree.answers(tree.problem.id)[0].id
    tree = store.apply(tree, AddEvidence(cause=cause, text=short))
    tree = store.apply(tree, SetPart(cause=cause, part=Part.ROOT, reason=short))
    return store.apply(tree, Park(text=short))


def test_hostile_text_comes_out_literally(
    run: Run, nasty: list[Tree], monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = run("list").out
    outputs = [listed]
    for text, tree in zip(NASTY, nasty, strict=True):
        number = tree.session.number
        assert f"\t{clean(text)}\t" in listed
        shown = run("show", number).out
        assert f"\n{clean(text)}\n└─ ◆ root: {clean(text)} (" in shown
        shown_object = json.loads(run("show", number, "--json").out)
        assert shown_object["causes"][1]["text"] == clean(text)
        outputs += [shown, run("export", number, "-o", "-").out]
        outputs.append(run("show", number, "--ascii").out)
        assert outputs[-1].isascii()
    archive = run("export", "--all", "-o", "-").out
    outputs += [archive, run("import", "-", "--database", "new.db", stdin=archive).out]
    monkeypatch.setattr(cli, "_width", lambda: 80)
    outputs += [run("list").out, run("show", 1).out, run("show", 3).out]
    for output in outputs:
        assert set(output) & UNSEEN == set() or set(output) & UNSEEN == {"\t"}


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["show", "\x1b[31mS-1\x07x"], 2),
        (["import", "\x1b]0;x\x07\u202e"], 1),
        (["import", "\udcff"], 1),
        (["list", "--search", "\udcff"], 0),
        (["list", "--limit", "9" * 30], 2),
        (["show", "9" * 30], 2),
        (["show", "9" * 15], 1),
        (["export", "1", "-o", "x" * 300], 1),
        (["list", "--database", "~nobody-has-this-name/x.db"], 0),
        (["list", "--database"], 2),
        (["--", "lst"], 2),
    ],
)
@pytest.mark.usefixtures("filled")
def test_hostile_arguments_are_answered(run: Run, arguments: list[str], status: int) -> None:
    ran = run(*arguments)
    assert ran.status == status
    assert set(ran.out + ran.err) & (UNSEEN - {"\t"}) == set()


def test_password_is_not_shown(run: Run) -> None:
    address = "postgresql://ines:secretword@127.0.0.1:1/whys"
    for arguments in (["where"], ["list"], ["show", 1]):
        assert "secretword" not in failed(run(*arguments, "--database", address))


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_every_command_has_help(run: Run, command: list[str]) -> None:
    ran = run(*command, "--help")
    assert ran.status == 0
    assert ran.out == run(*command, "-h").out
    assert max(map(len, ran.out.splitlines())) <= 80
    if not command:
        assert [name for name in COMMANDS if f"  {name} " not in ran.out] == []
        assert "..." not in ran.out.partition("Commands:")[2]


@pytest.mark.parametrize(
    ("begun", "offered"),
    [("", "S-8"), ("s", "s-8"), ("S-", "S-8"), ("8", "8"), ("s8", "s8"), ("x", ""), ("-", "")],
)
@pytest.mark.usefixtures("filled", "run")
def test_completion_goes_on_as_it_was_begun(begun: str, offered: str) -> None:
    found = cli.offered(SimpleNamespace(parent=None), begun)  # type: ignore[arg-type]
    assert [name for name, _ in found][:1] == ([offered] if offered else [])


@pytest.mark.usefixtures("run")
def test_completion_without_a_history_offers_nothing() -> None:
    assert cli.offered(SimpleNamespace(parent=None), "S-") == []  # type: ignore[arg-type]

import json
import signal
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from fivewhys.cli import waiting
from fivewhys.models.tree import Record
from fivewhys.reports.markdown import plan
from fivewhys.store.bringing import Brought
from fivewhys.store.store import Store
from tests.cli.ran import Run, failed

CHAINS = Path(__file__).parent.parent / "imports" / "data" / "chains.jsonl"


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
    for line in lines[::8]:
        name, *_, problem, _ = line.split("\t")
        assert problem in run("show", name).out
        assert run("export", name, "-o", "-").out.startswith("# ")
    with closing(Store("history.db", "Ines")) as store:
        for number in range(1, 83):
            assert plan(store.numbered(number)).startswith("# ")
    archive = run("export", "--all", "-o", "-").out
    assert run("import", "-", "--database", "other.db", stdin=archive).status == 0
    assert run("export", "--all", "-o", "-", "--database", "other.db").out == archive


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", " is empty. Five Whys reads"),
        (b"  \n\n", " is empty. Five Whys reads"),
        (b"\xff\xfe\xfd", ", line 1: this is not text in UTF-16"),
        (b"\x80", ", line 1: this is not text in UTF-8"),
        ('{"problem": "a"}\n{"problem": "für"}'.encode("latin-1"), ", line 2: this is not text"),
        (b"PK\x03\x04", " begins with “PK”, which is not JSON."),
        (b"# Customers are angry", " begins with “# Customers are angry”, which is not JSON."),
        (b"SQLite format 3\0\xff", " is a database, not an export. To work on it, name it"),
        (b"{not JSON}", ", line 1, column 2: this is not JSON"),
        (b'{"problem": ""}', ", problem: "),
        (b'{"problem": "' + b"x" * 3_000_000 + b'"}', ", problem: "),
        (b'{"problem": "a", "tree": [' + b"{" * 3_000_000, ""),
        (b"{" * 100_000, ""),
        (b'[{"problem": "a"}, {}]', ", record 2: there is no “problem” in it."),
        (b'{"problem": "a"}\n{"problem": "a"}', ", line 2: it has the same “id” as line 1."),
        (b'{"problem": "a"}\n{"problem": }', ", line 2, column 13: this is not JSON"),
        (b'{"problem": "a"}\n{"problem": 1}', ", line 2, problem: it should be text."),
        (b'{"problem": "a", "tree": [{}]}', ", cause 1, text: it is missing."),
        (b'{"problem": "a", "x": NaN}', ": NaN is not a number that JSON knows."),
        (b'{"problem": "a", "x": ' + b"9" * 5000 + b"}", " has a number that is too long."),
        (b'{"x": 1}', ": there is no “problem” in it."),
        (b'{"format": "other"}', " is no Five Whys archive"),
        (b'{"format": "fivewhys-archive"}', " is an archive that does not say its version."),
        (
            b'{"format": "fivewhys-archive", "version": 9}',
            " is an archive of a newer Five Whys than this one",
        ),
        (b'{"format": "fivewhys-archive", "version": 1}', ", sessions: it is missing."),
        (
            b'{"format": "fivewhys-archive", "version": 1, "sessions": [{}]}',
            ", session 1, session: it is missing.",
        ),
    ],
)
def test_what_cannot_be_read_is_explained(
    run: Run, tmp_path: Path, history: Path, data: bytes, said: str
) -> None:
    (tmp_path / "my chains.jsonl").write_bytes(data)
    from_file = failed(run("import", "my chains.jsonl"))
    assert from_file.startswith(f"my chains.jsonl{said}")
    assert len(from_file) < 400
    assert failed(run("import", "-", stdin=data)).startswith(f"Standard input{said}")
    assert not history.exists()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("none.json", "There is no file none.json. See that its name and folder are right."),
        ("no/where.json", "There is no file no/where.json. See that"),
        ("folder", "folder is a folder. Name one file in it."),
        (".", ". is a folder. Name one file in it."),
        ("", "The name of the file is empty. Name a file, or - for standard input."),
        ("mine.txt/x.json", "mine.txt/x.json: Not a directory."),
        ("\x1b[31mred.json", "There is no file red.json."),
    ],
)
def test_import_of_what_is_no_file(
    run: Run, tmp_path: Path, history: Path, source: str, said: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "mine.txt").touch()
    assert failed(run("import", source)).startswith(said)
    assert not history.exists()


def test_import_is_cancelled_as_a_whole(
    run: Run, history: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in = Store.bring_in

    def interrupted(
        self: Store, records: Sequence[Record], *, copies: bool, progress: Callable[[int], None]
    ) -> list[Brought]:
        def count(done: int) -> None:
            if done == 3:
                signal.raise_signal(signal.SIGINT)
            progress(done)

        return bring_in(self, records, copies=copies, progress=count)

    monkeypatch.setattr(Store, "bring_in", interrupted)
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
    monkeypatch.setattr(waiting, "is_watched", lambda: True)
    assert "\r1 of 82\r2 of 82\r" in run("import", CHAINS).err

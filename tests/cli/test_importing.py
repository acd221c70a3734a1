import json
import signal
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from fivewhys.cli import importing
from fivewhys.models.tree import Record
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
    monkeypatch.setattr(importing, "is_watched", lambda: True)
    assert "\r1 of 82\r2 of 82\r" in run("import", CHAINS).err

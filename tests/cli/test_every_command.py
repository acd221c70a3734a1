"""What holds for every command: hostile text and arguments, help, completion."""

import json
import shlex
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from fivewhys.cli import printing
from fivewhys.cli.completion import offered
from fivewhys.models.commands import (
    AddEvidence,
    Answer,
    Facts,
    NewPerson,
    Park,
    SetPart,
    StartSession,
)
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part
from fivewhys.store.store import Store
from fivewhys.text import clean
from tests.cli.ran import Run, failed

LOOKING = ["list", "show", "lint", "actions", "patterns", "similar", "search", "history", "review"]
LOOKING += ["where", "export", "import", "purge"]
COMMANDS = ["open", "demo", *LOOKING]

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
        linted = run("lint", number).out
        assert f"S-{number} · {clean(text)}\n" in linted
        assert f"\n     {clean(text)}\n" in linted
        outputs.append(linted)
        for command in ("show", "lint"):
            outputs.append(run(command, number, "--ascii").out)
            assert outputs[-1].isascii()
    archive = run("export", "--all", "-o", "-").out
    outputs += [archive, run("import", "-", "--database", "new.db", stdin=archive).out]
    monkeypatch.setattr(printing, "width", lambda: 80)
    outputs += [run("list").out, run("show", 1).out, run("show", 3).out, run("lint", "--all").out]
    for output in outputs:
        assert set(output) & UNSEEN == set() or set(output) & UNSEEN == {"\t"}


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["show", "\x1b[31mS-1\x07x"], 1),
        (["import", "\x1b]0;x\x07\u202e"], 1),
        (["import", "\udcff"], 1),
        (["list", "--search", "\udcff"], 0),
        (["list", "--limit", "9" * 30], 1),
        (["show", "9" * 30], 1),
        (["show", "9" * 15], 1),
        (["lint", "9" * 15], 1),
        (["lint", "\udcff\x1b[31m"], 1),
        (["lint", "x" * 300], 1),
        (["lint", "--all", "--rule", "\x1b[31mx"], 1),
        (["export", "1", "-o", "x" * 300], 1),
        (["list", "--database", "~nobody-has-this-name/x.db"], 1),
        (["list", "--database"], 1),
        (["actions", "--owner", "\x1b[31mx\udcff"], 0),
        (["actions", "--site", "x" * 10_000, "--ascii"], 0),
        (["actions", "-o", "x" * 300], 1),
        (["patterns", "--site", "\x1b[31mx\udcff"], 1),
        (["patterns", "--since", "\x1b[31mx\udcff"], 1),
        (["patterns", "--since", "9" * 300], 1),
        (["patterns", "-o", "x" * 300], 1),
        (["similar", "\x1b[31mx\udcff"], 0),
        (["similar", "x" * 10_000, "--ascii"], 0),
        (["similar", "x", "--count", "9" * 30], 1),
        (["search", "\x1b[31mx\udcff"], 0),
        (["search", "x" * 10_000, "--ascii"], 0),
        (["search", "x", "--limit", "9" * 30], 1),
        (["search", "x", "--site", "\x1b[31mx\udcff", "--since", "yesterday"], 1),
        (["--", "lst"], 1),
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
    assert "{" not in ran.out
    if not command:
        assert [name for name in COMMANDS if f"  {name} " not in ran.out] == []
        assert "..." not in ran.out.partition("Commands:")[2]


@pytest.mark.parametrize("command", LOOKING)
def test_examples_in_the_help_work(run: Run, filled: Path, command: str) -> None:
    (filled.parent / "team.db").write_bytes(filled.read_bytes())
    assert run("export", "S-5", "-o", "everything.json").status == 0
    (filled.parent / "chains.jsonl").write_text('{"problem": "angry"}')
    said = run(command, "--help").out.partition("Examples:\n")[2]
    examples = [shlex.split(line.partition("|")[0])[1:] for line in said.splitlines()]
    assert examples
    for example in examples:
        number = [argument.replace("S-12", "S-2") for argument in example]
        ran = run(*number, *(["--replace"] if "-o" in number else []))
        is_found = command == "lint" and "No weak spot" not in ran.out and ran.out != "[]\n"
        assert (ran.status, ran.out != "" or command == "purge") == (int(is_found), True), ran.err


@pytest.mark.parametrize(
    ("begun", "name"),
    [("", "S-8"), ("s", "s-8"), ("S-", "S-8"), ("8", "8"), ("s8", "s8"), ("x", ""), ("-", "")],
)
@pytest.mark.usefixtures("filled", "run")
def test_completion_goes_on_as_it_was_begun(begun: str, name: str) -> None:
    found = offered(SimpleNamespace(parent=None), begun)  # type: ignore[arg-type]
    assert [offer for offer, _ in found][:1] == ([name] if name else [])


@pytest.mark.usefixtures("run")
def test_completion_without_a_history_offers_nothing() -> None:
    assert offered(SimpleNamespace(parent=None), "S-") == []  # type: ignore[arg-type]

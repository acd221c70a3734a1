"""lint: what it looks at, how it tells it, and how it ends."""

import json
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from rich.cells import cell_len

from fivewhys.cli import printing
from fivewhys.cli.completion import offered_or_file, offered_rules
from fivewhys.models.commands import Answer, StartSession
from fivewhys.store.store import Store
from tests.cli.ran import Run, failed

CHAINS = Path(__file__).parent.parent / "imports" / "data" / "chains.jsonl"

WEAK = {
    "problem": "9 of 20 refunds took 19 days in October",
    "tree": [
        {
            "text": "Human error",
            "question": "What kept them?",
            "children": [{"text": "They should have called, probably"}],
        },
        {"text": "The ceiling dates from the opening of the shop"},
        {"text": "Nobody ever reads the mails", "leg": "detection"},
    ],
}
GOOD = {"problem": "9 of 20 refunds took 19 days in October", "tree": [{"text": "A lamp broke"}]}

TOLD = """\
1 · 9 of 20 refunds took 19 days in October

  1    Why did 9 of 20 refunds take 19 days in October?
       Human error
       blame (R1): Would a colleague likely have done the same? What made it easy to happen?

  1.1  What kept them?
       They should have called, probably
       hindsight (R4): That is what did not happen. What made sense to them then?
       hedge (R6): A hypothesis. What would we see if it were true, and if not? Who checks?

  3    Why was it not noticed sooner?
       Nobody ever reads the mails
       absolute (R7): How many of how many, since when?

4 weak spots in 1 of 2 sessions, among 5 answers: blame 1, hindsight 1, hedge 1, absolute 1.
"""


@pytest.fixture
def weak(tmp_path: Path) -> Path:
    """A file with one weak analysis and one good one."""
    path = tmp_path / "chains.jsonl"
    path.write_text(f"{json.dumps(WEAK)}\n{json.dumps(GOOD)}\n")
    return path


def begun(history: Path, problem: str, *answers: str) -> None:
    """A history with one session."""
    with closing(Store(history, "Ines")) as store:
        tree = store.start(StartSession(problem=problem))
        for text in answers:
            tree = store.apply(tree, Answer(parent=tree.problem.id, text=text))


def test_findings_stand_by_session_in_the_order_of_the_tree(run: Run, weak: Path) -> None:
    ran = run("lint", weak)
    assert (ran.status, ran.out, ran.err) == (1, TOLD, "")


def test_good_analysis_ends_well(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.json").write_text(json.dumps(GOOD))
    ran = run("lint", "good.json")
    assert (ran.status, ran.out, ran.err) == (0, "No weak spot in 1 session, among 1 answer.\n", "")
    ran = run("lint", "good.json", "--json")
    assert (ran.status, ran.out) == (0, "[]\n")


def test_sessions_of_the_history(run: Run, history: Path) -> None:
    begun(history, "9 of 20 refunds took 19 days in October", "Human error")
    begun(history, "The lamp broke on 3 May")
    one = run("lint", "S-1")
    assert one.out.startswith("S-1 · 9 of 20 refunds")
    assert one.out.endswith("\n1 weak spot in 1 session, among 1 answer: blame 1.\n")
    every = run("lint", "--all")
    assert every.status == 1
    assert every.out.endswith("\n1 weak spot in 1 of 2 sessions, among 1 answer: blame 1.\n")
    assert run("lint", "s-1", "1", "S-2").out == every.out
    ran = run("lint", 2)
    assert (ran.status, ran.out) == (0, "No weak spot in 1 session, with no answer yet.\n")


def test_example_of_the_readme(run: Run) -> None:
    weak = {"text": "They should have called, probably"}
    top = {"text": "The desk did not call back", "children": [weak]}
    told = run("import", "-", stdin=json.dumps({**GOOD, "tree": [top]}))
    assert told.status == 0
    readme = (Path(__file__).parent.parent.parent / "README.md").read_text(encoding="utf-8")
    assert f"```\n{run('lint', 1).out}```\n" in readme


@pytest.mark.usefixtures("weak")
def test_sessions_and_files_together_and_standard_input(run: Run, history: Path) -> None:
    begun(history, "9 of 20 refunds took 19 days in October", "Human error")
    told = run("lint", "chains.jsonl", "S-1").out
    assert told.startswith("1 · ")
    assert "\n\nS-1 · " in told
    assert "5 weak spots in 2 of 3 sessions, among 6 answers" in told
    archive = run("export", "S-1", "--format", "json", "-o", "-").out
    assert run("lint", "-", stdin=archive).out == run("lint", "S-1").out


def test_file_needs_no_history_and_makes_none(run: Run, weak: Path, history: Path) -> None:
    assert run("lint", weak).out
    assert not history.exists()


def test_for_scripts(run: Run, weak: Path) -> None:
    ran = run("lint", weak, "--json")
    assert (ran.status, ran.err) == (1, "")
    first, *rest = json.loads(ran.out)
    assert len(rest) == 3
    key = first.pop("cause")
    assert len(key) == 36
    assert first == {
        "session": None,
        "file": str(weak),
        "record": 1,
        "problem": "9 of 20 refunds took 19 days in October",
        "place": "1",
        "question": "Why did 9 of 20 refunds take 19 days in October?",
        "answer": "Human error",
        "rule": "blame",
        "id": "R1",
        "prompt": "Would a colleague likely have done the same? What made it easy to happen?",
    }


def test_session_for_scripts(run: Run, history: Path) -> None:
    begun(history, "Bad support")
    (found,) = json.loads(run("lint", "--all", "--json").out)
    assert (found["session"], found["file"], found["record"]) == ("S-1", None, None)
    assert (found["place"], found["question"], found["answer"]) == ("", "", "Bad support")
    assert run("lint", 1).out.startswith("S-1 · Bad support\n\n    problem (R21): State the gap")


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        (["--rule", "blame"], ["blame"]),
        (["--rule", "BLAME", "--rule", "R7"], ["blame", "absolute"]),
        (["--skip", "hedge", "--skip", "r4"], ["blame", "absolute"]),
        (["--rule", "hedge", "--rule", "blame", "--skip", "blame"], ["hedge"]),
        (["--rule", "absent-solution"], []),
    ],
)
def test_rules_are_chosen(run: Run, weak: Path, options: list[str], rules: list[str]) -> None:
    ran = run("lint", weak, *options, "--json")
    assert [found["rule"] for found in json.loads(ran.out)] == rules
    assert ran.status == (1 if rules else 0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Name a session, like S-12, or a file, or say --all. See: fivewhys lint --help"),
        (["S-1", "--all"], "Name a session, like S-12, or a file, or say --all."),
        (["S-9"], "There is no session S-9 in "),
        (["S-1x"], "“S-1x” is no file, and no session: they have names like S-12."),
        (["."], ". is a folder. Name one file in it."),
        ([""], "The name of the file is empty."),
        (["bad.json"], "bad.json, line 1, column 2: this is not JSON"),
        (["S-1", "bad.json"], "bad.json, line 1, column 2: this is not JSON"),
        (["--all", "--rule", "vage"], "Invalid value for '--rule': “vage” is no rule. Did you"),
        (["--all", "--skip", "x"], "Invalid value for '--skip': “x” is no rule. The rules are"),
        (["--all", "--rule", "R5", "--skip", "vague"], "With these --rule and --skip, no rule"),
    ],
)
def test_errors_are_one_line(
    run: Run, tmp_path: Path, history: Path, arguments: list[str], said: str
) -> None:
    begun(history, "Bad support")
    (tmp_path / "bad.json").write_text("{bad}")
    assert failed(run("lint", *arguments)).startswith(said)


def test_without_a_history(run: Run, history: Path) -> None:
    assert failed(run("lint", "--all")).startswith("There is no history at ")
    assert failed(run("lint", "S-1")).startswith("There is no history at ")
    assert not history.exists()


def test_history_without_sessions(run: Run, history: Path) -> None:
    Store(history, "Ines").close()
    ran = run("lint", "--all")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.startswith("No sessions in ")
    assert json.loads(run("lint", "--all", "--json").out) == []


def test_file_without_sessions(run: Run, tmp_path: Path) -> None:
    (tmp_path / "none.json").write_text("[]")
    ran = run("lint", "none.json")
    assert (ran.status, ran.out, ran.err) == (0, "", "No sessions in none.json.\n")


@pytest.mark.parametrize("width", [200, 60])
def test_lines_fit_the_terminal(run: Run, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(printing, "width", lambda: width)
    ran = run("lint", CHAINS)
    assert ran.status == 1
    assert max(map(cell_len, ran.out.splitlines())) <= min(width, 100)
    monkeypatch.setattr(printing, "width", lambda: 0)
    assert ran.out.split() == run("lint", CHAINS).out.split()


def test_far_place_has_a_line_of_its_own(run: Run) -> None:
    deep: dict[str, object] = {"text": "Human error"}
    for word in ("ash", "oak", "elm", "fir", "yew", "box"):
        deep = {"text": f"The {word} fell on the road", "children": [deep]}
    chain = json.dumps({"problem": "9 of 20 refunds were late", "tree": [deep]})
    told = run("lint", "-", "--rule", "blame", stdin=chain).out
    assert "\n  1.1.1.1.1.1.1\n    Why did the ash fall on the road?\n    Human error\n" in told


def test_colours_are_for_a_terminal_that_has_them(
    run: Run, weak: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    assert not printing.has_colours()
    assert "\x1b" not in run("lint", weak).out
    monkeypatch.setattr(printing, "width", lambda: 80)
    assert printing.styled("blame", fg="yellow") == "\x1b[33mblame\x1b[0m"
    assert printing.styled("   ", fg="yellow") == "   "
    monkeypatch.setenv("TERM", "dumb")
    assert printing.styled("blame", fg="yellow") == "blame"
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", "1")
    assert printing.styled("blame", fg="yellow") == "blame"


def test_plain_ascii(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text('{"problem": "Café ärger – “slow”"}', encoding="utf-8")
    out = run("lint", "one.json", "--ascii").out
    assert out.isascii()
    assert out.startswith('1 - Cafe arger - "slow"\n')


def test_real_analyses_are_read_to_the_end(run: Run) -> None:
    found = json.loads(run("lint", CHAINS, "--json").out)
    assert {one["record"] for one in found} <= set(range(1, 83))
    assert [one["record"] for one in found] == sorted(one["record"] for one in found)
    narrow = [one["record"] for one in found if one["rule"] == "narrow"]
    assert len(narrow) == len(set(narrow))


@pytest.mark.usefixtures("run")
def test_completion_of_files_and_rules(tmp_path: Path) -> None:
    for name in ("chains.jsonl", "all.json", "notes.txt", "$(x).json"):
        (tmp_path / name).touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "more.json").touch()
    ctx = SimpleNamespace(parent=None)

    def names(begun: str) -> list[str]:
        return [name for name, _ in offered_or_file(ctx, begun)]  # type: ignore[arg-type]

    assert names("") == ["all.json", "chains.jsonl", "folder/"]
    assert names("ch") == ["chains.jsonl"]
    assert names("folder/") == ["folder/more.json"]
    assert names(f"{tmp_path}/fol") == [f"{tmp_path}/folder/"]
    assert names("none/") == []
    assert [name for name, _ in offered_rules("ab")] == ["absent_solution", "absolute"]
    assert dict(offered_rules("vag"))["vague"].startswith("Tell one observed case")
    assert offered_rules("x") == []


@pytest.mark.usefixtures("filled", "run")
def test_completion_offers_sessions_first() -> None:
    found = offered_or_file(SimpleNamespace(parent=None), "S-")  # type: ignore[arg-type]
    assert found[0][0] == "S-8"

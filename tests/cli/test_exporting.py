import json
from pathlib import Path

import pytest

from fivewhys import examples, settings
from fivewhys.files import export_name
from fivewhys.reports import markdown
from tests import eight
from tests.cli.ran import Run, failed

EXAMPLES = Path(__file__).parent.parent.parent / "exports" / "examples"


@pytest.mark.usefixtures("filled")
def test_export_writes_the_markdown_into_exports(run: Run, tmp_path: Path) -> None:
    ran = run("export", "S-2")
    assert ran.out == f"Wrote {Path('exports', '2026-03-03-customers-are-angry.md')}\n"
    text = (tmp_path / "exports" / "2026-03-03-customers-are-angry.md").read_bytes().decode()
    assert text == markdown.plan(eight.records()[1].tree)
    assert run("export", "S-2", "-o", "-").out == text


def test_every_export_is_as_in_the_examples(run: Run) -> None:
    run("demo", "--into", "examples.db")
    for record in examples.records():
        run("--database", "examples.db", "export", record.tree.session.number)
        name = export_name(record.tree)
        assert Path("exports", name).read_bytes() == (EXAMPLES / name).read_bytes()


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
    [
        [],
        ["1", "--all"],
        ["1", "2", "--format", "md"],
        ["--all", "--format", "md"],
        ["S1x"],
        ["--all", "-o", "all.md"],
    ],
)
def test_export_that_makes_no_sense_is_explained(run: Run, arguments: list[str]) -> None:
    ran = run("export", *arguments)
    assert ran.status == 1
    assert ran.err.endswith("See: fivewhys export --help\n")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("command", ["show", "export", "open"])
def test_session_that_is_not_there(run: Run, filled: Path, command: str) -> None:
    assert failed(run(command, "S-99")) == f"There is no session S-99 in {filled}."


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("target", ["mistyped/plan.md", "mistyped/deep/plan.md", "mistyped/"])
def test_export_makes_no_folder_unasked(run: Run, tmp_path: Path, target: str) -> None:
    folder = str(Path(target)) if target.endswith("/") else str(Path(target).parent)
    assert failed(run("export", "S-2", "-o", target)) == (
        f"There is no folder “{folder}”, so nothing was written. Make it first, or name another."
    )
    assert failed(run("export", "S-2", "-o", target, "--replace")).startswith("There is no folder")
    assert not (tmp_path / "mistyped").exists()


@pytest.mark.usefixtures("filled")
def test_own_exports_folder_is_made(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(settings.EXPORTS, "team/reports")
    assert run("export", "S-2").status == 0
    assert Path("team", "reports", "2026-03-03-customers-are-angry.md").exists()


def test_usage_of_export_says_what_it_takes(run: Run) -> None:
    out = run("export", "--help").out
    assert out.startswith("Usage: fivewhys export [OPTIONS] (SESSION... | --all)\n")
    assert "\n    fivewhys export --all -o everything.json\n" in out

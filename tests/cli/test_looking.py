"""list, show and where."""

import json
from contextlib import closing
from pathlib import Path

import pytest
from rich.cells import cell_len

from fivewhys import __version__, settings
from fivewhys.cli import printing
from fivewhys.models.commands import Facts, StartSession
from fivewhys.reports import outline
from fivewhys.store.schema import SCHEMA
from fivewhys.store.store import Store
from tests.cli.ran import Run


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
    monkeypatch.setattr(printing, "width", lambda: width)
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


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("name", ["S-2", "s-2", "2", "s2", "S-002"])
def test_show_has_facts_and_tree(run: Run, name: str) -> None:
    out = run("show", name).out
    assert out.startswith("S-2 · ")
    assert "\nExpected     A customer pays the price in the window" in out
    assert "\nNot here     Greta (Saturday cashier), Helen (regional office" in out
    assert "\nCustomers are angry\n├─ ✓ verified: They are overcharged for this book\n" in out
    assert "◆ root, verified: Our handover rules do not say who orders" in out


def test_show_on_a_terminal_fits_its_width(
    run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "width", lambda: 72)
    with closing(Store(filled, "Ines")) as store:
        trees = [store.numbered(number) for number in range(1, 9)]
    for number, tree in enumerate(trees, 1):
        head, facts, drawn, plan = run("show", number).out.split("\n\n")
        lines = [line for part in (head, facts, plan) for line in part.split("\n")]
        assert max(map(cell_len, lines)) <= 72
        assert f"{drawn}\n" == outline.text(tree, width=72)
        assert plan == outline.plan(tree, width=72)


@pytest.mark.usefixtures("filled")
def test_show_tells_the_plan_briefly(run: Run) -> None:
    plan = run("show", 2).out.partition("\n\nAction plan\n")[2]
    assert len(plan.splitlines()) == 8
    assert "\n4. The handover sheet has a line with a name for each yearly order" in plan
    assert plan.splitlines()[3].endswith(" (Amara, done 18 March 2026)")
    assert plan.splitlines()[4].endswith(" (Lewis, due 15 December 2026, planned)")


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


def test_where_tells_of_a_history(
    run: Run, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(settings.LENSES, "lenses")
    monkeypatch.setenv(settings.TEMPLATES, "team/pages")
    assert json.loads(run("where", "--json").out) == {
        "database": str(filled),
        "begun": True,
        "schema": SCHEMA,
        "program": __version__,
        "sessions": 8,
        "causes": 120,
        "index": f"{filled}.recall",
        "index_problems": [],
        "exports": str(tmp_path / "exports"),
        "lenses": str(tmp_path / "lenses"),
        "lens_problems": [],
        "templates": str(tmp_path / "team" / "pages"),
        "template_problems": [],
    }
    assert run("where").out.splitlines() == [
        f"Database   {filled}",
        f"Schema     version {SCHEMA}",
        f"Program    version {__version__}",
        "Sessions   8 with 120 causes",
        f"Index      {filled}.recall",
        f"Exports    {tmp_path / 'exports'}",
        f"Lenses     {tmp_path / 'lenses'}",
        f"Templates  {tmp_path / 'team' / 'pages'}",
    ]


def test_where_tells_why_the_index_cannot_be_kept(
    run: Run, history: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Path(f"{history}.recall")
    begin = "The index of causes is made again at each start, because "
    with monkeypatch.context() as rights:
        rights.setattr("os.access", lambda *_about: False)
        assert run("where").err == (
            f"{begin}{history.parent} may not be written to. Allow that, and it is kept.\n"
        )
    index.write_text("mine", "utf-8")
    ran = run("where")
    assert (ran.status, ran.err) == (
        0,
        f"{begin}{index} is no folder. Move it away, and it is kept.\n",
    )
    assert json.loads(run("where", "--json").out)["index_problems"] == [ran.err.strip()]


def test_where_tells_which_lens_cannot_be_read(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(settings.LENSES, "lenses")
    (tmp_path / "lenses").mkdir()
    (tmp_path / "lenses" / "hotel.toml").write_text('id = "hotel"\n', "utf-8")
    ran = run("where")
    assert (ran.status, len(ran.out.splitlines())) == (0, 8)
    assert ran.err == 'hotel.toml: the name is missing. Add a line like name = "Front desk".\n'
    assert json.loads(run("where", "--json").out)["lens_problems"] == [ran.err.strip()]


def test_where_tells_which_template_is_broken(run: Run, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "session.md").write_text("# {{ view.problem.text }}\n", "utf-8")
    (tmp_path / "templates" / "plan.md").write_text("one\n{% if %}\n", "utf-8")
    (tmp_path / "templates" / "actions.md").write_bytes(b"caf\xe9\n")
    ran = run("where")
    assert (ran.status, ran.err.splitlines()) == (
        0,
        [
            "actions.md, line 1: this is not written in UTF-8. Save the file as UTF-8. The "
            "built-in template is used instead.",
            "plan.md, line 2: expected an expression, got 'end of statement block'. The built-in "
            "template is used instead.",
        ],
    )
    found = json.loads(run("where", "--json").out)["template_problems"]
    assert found == ran.err.splitlines()


def test_where_begins_no_history(run: Run, history: Path) -> None:
    assert "Schema     none yet" in run("where").out
    assert json.loads(run("where", "--json").out)["begun"] is False
    assert not history.exists()

"""The managers' review as the command line writes it."""

import json
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fivewhys import examples, settings
from fivewhys import memory as memory_package
from fivewhys.cli import review_files, reviewing, waiting
from fivewhys.memory import Memory
from fivewhys.models.commands import Answer, Facts, SetPart, StartSession
from fivewhys.models.words import Part, Severity
from fivewhys.store.store import Store
from tests.cli.ran import Run, failed
from tests.cli.test_every_command import NASTY, UNSEEN
from tests.memory.encoding import by_words

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)

FORMS = "Nobody ordered the new price forms"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(review_files, "now_here", lambda: NOW)
    monkeypatch.setenv(settings.TARGETS, str(tmp_path / "targets.toml"))


def held(store: Store, site: str, month: int, text: str = FORMS, region: str = "North") -> None:
    """A session of that month of 2026 with one root."""
    facts = Facts(
        site=site,
        region=region,
        department="Till",
        channel="counter",
        facilitator="Ines",
        severity=Severity.MINOR if month < 6 else Severity.MAJOR,
        noticed_at=datetime(2026, month, 3, 9, tzinfo=UTC),
    )
    tree = store.start(StartSession(problem=f"Customers are angry in {month}", facts=facts))
    tree = store.apply(tree, Answer(parent=tree.problem.id, text=text))
    (cause,) = tree.children(tree.problem.id)
    store.apply(tree, SetPart(cause=cause, part=Part.ROOT, reason="ours"))


@pytest.fixture
def three(history: Path) -> None:
    """Two sessions with the same root at two sites of a region, and one elsewhere."""
    with closing(Store(history, "Ines")) as store:
        held(store, "Lyon", 1)
        held(store, "Porto", 5)
        held(store, "Ghent", 9, "The printer jams", region="South")


def numbers(run: Run, *arguments: str) -> list[int]:
    """The sessions that a review is about."""
    ran = run("review", "--json", *arguments)
    assert ran.status == 0, ran.err
    found: list[int] = json.loads(ran.out)["sessions"]["sessions"]
    return found


@pytest.mark.usefixtures("three")
def test_the_report_is_markdown_html_or_json(run: Run, tmp_path: Path) -> None:
    ran = run("review")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(
        "# Review\n\n3 sessions · Jan 2026 to Sep 2026 · made on 21 November 2026\n"
    )
    assert f"| 1 | {FORMS} | 2 ███████████████ | 100 % · the line | 2 | S-2 and S-1 |" in ran.out
    assert run("review", "-o", "-").out == run("review", "--format", "md").out == ran.out
    page = run("review", "--format", "html").out
    assert page.startswith("<!DOCTYPE html>\n")
    assert run("review", "-o", "here.HTML").out == "Wrote here.HTML\n"
    assert (tmp_path / "here.HTML").read_text("utf-8") == page
    data = json.loads(run("review", "--json").out)
    assert data["quality"]["looked_at"] == 3
    assert data["made_on"] == "2026-11-21"
    assert data["pareto"]["suggested"] is None


@pytest.mark.usefixtures("three")
def test_suggestions_count_where_they_are_asked_for(
    run: Run, history: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(store: Store, folder: Path) -> Memory:
        return Memory(store, folder, encode=by_words, encoder="by words")

    monkeypatch.setattr(memory_package, "Memory", opened)
    with closing(Store(history, "Ines")) as store:
        held(store, "Porto", 10, f"{FORMS} in time")
    assert run("review", "--suggested", "-o", "all.json").status == 0
    data = json.loads((tmp_path / "all.json").read_text("utf-8"))
    (bar,) = data["pareto"]["bars"]
    assert (bar["sessions"], bar["is_confirmed"], bar["decided"]) == ([1, 2, 4], False, 2)
    assert data["pareto"]["suggested"]["value"] == 1
    page = run("review", "--suggested", "--site", "Porto").out
    assert f"| 1 | {FORMS} (suggested) | 2 " in page
    assert "1 of them is suggested: nobody has decided yet" in page


@pytest.mark.usefixtures("three")
def test_a_shared_cause_has_the_name_that_it_has_in_the_patterns(run: Run, history: Path) -> None:
    with closing(Store(history, "Ines")) as store:
        held(store, "Porto", 10, f"{FORMS.upper()}.")
    (pattern,) = json.loads(run("patterns", "--json").out)["shared_roots"]
    for narrowed in ([], ["--site", "Porto"], ["--since", "2026-10"]):
        data = json.loads(run("review", "--json", *narrowed).out)
        for bars in (data["pareto"]["bars"], data["pareto_by_weight"]["bars"]):
            assert [bar["text"] for bar in bars] == [pattern["text"]] == [FORMS]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["--since", "2026-05"], [2, 3]),
        (["--until", "2026-05"], [1, 2]),
        (["--until", "2026-05-02"], [1]),
        (["--site", "LYON", "--site", " porto "], [1, 2]),
        (["--region", "south"], [3]),
        (["--department", "till", "--channel", "Counter"], [1, 2, 3]),
        (["--severity", "major"], [3]),
        (["--severity", "Minor", "--severity", "none"], [1, 2]),
        (["--facilitator", "ines"], [1, 2, 3]),
        (["--owner", "Helen"], []),
        (["--category", "Rudeness"], []),
        (["--text", "angry 5"], [2]),
    ],
)
def test_it_is_narrowed(run: Run, arguments: list[str], found: list[int]) -> None:
    assert numbers(run, *arguments) == found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-02", date(2026, 2, 28)),
        ("2024-2", date(2024, 2, 29)),
        ("2025", date(2025, 12, 31)),
        (" 2026-03-01 ", date(2026, 3, 1)),
    ],
)
def test_the_last_day_of_a_month_or_year_is_meant(text: str, day: date) -> None:
    assert reviewing.until(text) == day


@pytest.mark.usefixtures("three")
def test_every_site_gets_its_report_beside_its_region(run: Run, tmp_path: Path) -> None:
    ran = run("review", "--format", "html", "--per-site", "reports", "--region", "north")
    names = [f"2026-11-21-review-{site}.html" for site in ("lyon", "porto")]
    assert ran.out == "".join(f"Wrote {Path('reports', name)}\n" for name in names)
    assert sorted(path.name for path in (tmp_path / "reports").iterdir()) == names
    page = (tmp_path / "reports" / names[0]).read_text("utf-8")
    assert "<h1>Review: Lyon</h1>" in page
    assert "Average of 2 sites" in page
    assert "Porto" not in page


@pytest.mark.usefixtures("three")
def test_no_file_is_written_over_unasked(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    mine = folder / "2026-11-21-review-lyon.md"
    mine.write_text("mine", "utf-8")
    said = failed(run("review", "--per-site", "reports"))
    assert said.startswith(f"“{Path('reports', mine.name)}” is there already, so nothing was")
    assert [path.name for path in folder.iterdir()] == [mine.name]
    assert mine.read_text("utf-8") == "mine"
    assert run("review", "--per-site", "reports", "--replace").status == 0
    assert mine.read_text("utf-8").startswith("# Review: Lyon\n")
    (tmp_path / "x.md").write_text("mine", "utf-8")
    assert "was left as it is" in failed(run("review", "-o", "x.md"))
    assert (tmp_path / "x.md").read_text("utf-8") == "mine"


def test_sites_that_are_spelled_alike_in_a_file_name_are_numbered(run: Run, history: Path) -> None:
    with closing(Store(history, "Ines")) as store:
        for month, site in enumerate(("St. Gall", "St Gall", "../up", "客"), 1):
            held(store, site, month)
    ran = run("review", "--per-site", "new")
    assert ran.out.split("\n")[:-1] == [
        f"Wrote {Path('new', f'2026-11-21-review-{name}.md')}"
        for name in ("up", "st-gall", "st-gall-2", "ke")
    ]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--site", "Lion"], "No session was held at “Lion”. Did you mean Lyon?"),
        (["--lens", "custmer behaviour"], "“custmer behaviour” is no lens. Did you mean Customer"),
        (["--category", "rudenes"], "“rudenes” is no category of a lens. Did you mean Rudeness?"),
        (["--severity", "bad"], "Invalid value for '--severity': “bad” is no severity. They are"),
        (["--site", " "], "Invalid value for '--site': it is empty. Write a name, or leave it"),
        (["--since", "2026-05", "--until", "2026-04"], "The last day comes before the first one"),
        (["--since", "banana"], "Invalid value for '--since': “banana” is no day."),
        (["--per-site", "x", "-o", "y"], "Say --per-site FOLDER or -o FILE, not both."),
        (["--json", "--format", "html"], "Say --json or --format html, not both."),
        (["--site", "Lion", "--per-site", "x"], "No session was held at “Lion”. Did you mean"),
        (["--per-site", "a/b"], "There is no folder “a”"),
    ],
)
def test_what_makes_no_sense_is_explained(run: Run, arguments: list[str], said: str) -> None:
    assert failed(run("review", *arguments)).startswith(said)


@pytest.mark.usefixtures("three")
def test_nothing_found_is_said_kindly(run: Run) -> None:
    ran = run("review", "--site", "porto", "--since", "2026-06-01")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == "No session was found: since 1 June 2026 · site porto.\n"
    data = json.loads(run("review", "--json", "--owner", "Helen").out)
    assert data["sessions"]["value"] == 0
    assert data["trend"]["repeats"]["value"] is None
    page = run("review", "--format", "html", "--owner", "Helen").out
    assert "There is no session to look at yet." in page


def test_without_a_session_it_says_how_to_begin(run: Run, history: Path, tmp_path: Path) -> None:
    for arguments in ([], ["--per-site", "x"]):
        ran = run("review", *arguments)
        assert (ran.status, ran.out) == (0, "")
        assert ran.err.startswith(f"No sessions in {history} yet. To begin one: fivewhys")
    assert list(tmp_path.iterdir()) == []
    assert failed(run("review", "--database", "nowhere.db")).startswith("There is no history at ")
    Store(history, "Ines").close()
    assert run("review").err.startswith(f"No sessions in {history} yet.")


@pytest.mark.usefixtures("three")
def test_own_targets_count_and_broken_ones_are_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "targets.toml").write_text("nonsense", "utf-8")
    ran = run("review")
    assert ran.status == 0
    assert ran.err.startswith("targets.toml")


@pytest.mark.usefixtures("three")
def test_who_waits_sees_how_far_it_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "is_watched", lambda: True)
    monkeypatch.setattr(review_files, "MANY", 1)
    ran = run("review")
    assert ran.err == "\rLooking at analyses: 0 of 3 …\rLooking at analyses: 3 of 3 …\r"


def test_hostile_text_comes_out_literally(run: Run, history: Path) -> None:
    with closing(Store(history, "Ines")) as store:
        for month, text in enumerate(NASTY, 1):
            for _ in range(2):
                held(store, text[:80], month, text)
    for form in ("md", "html", "json"):
        for plain in ([], ["--ascii"]):
            out = run("review", "--format", form, *plain).out
            assert out.count("\n") > 20
            assert set(out) & (UNSEEN - {"\t"}) == set()
            assert not plain or form == "json" or out.isascii()
            assert form != "html" or "<script" not in out


def test_the_demo_fills_every_panel(run: Run, history: Path) -> None:
    with closing(Store(history, "Ines")) as store:
        examples.fill(store)
    out = run("review").out
    for title in (
        "Root causes that keep coming back",
        "Minor wounds",
        "Places",
        "Trend",
        "Clocks",
        "Follow-through",
        "Quality of analyses",
    ):
        panel = out.split(f"\n## {title}\n")[1].split("\n## ")[0]
        assert panel.count("\n| ") >= 3, title
    assert "```mermaid\nflowchart LR\n" in out
    assert run("review").out == out

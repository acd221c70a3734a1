"""What keeps coming back over all sessions, as the command line tells it."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as Xml

import pytest

from fivewhys import examples
from fivewhys import memory as memory_package
from fivewhys.cli import memory, options, planning, waiting
from fivewhys.memory import Memory
from fivewhys.models.commands import (
    AddCountermeasure,
    Answer,
    CountermeasureFacts,
    DeleteSession,
    Facts,
    SetPart,
    SetProgress,
    StartSession,
)
from fivewhys.models.past import Sameness
from fivewhys.models.plan_words import CountermeasureKind, Progress
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part
from fivewhys.reports.templates import INSTEAD
from fivewhys.store.store import Store
from fivewhys.text import clean
from tests.cli.ran import Run, failed
from tests.cli.test_every_command import NASTY, UNSEEN
from tests.memory.encoding import by_words
from tests.test_readme import README

TODAY = date(2026, 11, 21)

FORMS = "Nobody ordered the new price forms"
NEW = "new staff start without training"
PRINTER = "The printer jams in damp weather"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts are as near as they share words, but where a test asks for the real encoder."""

    def opened(store: Store, folder: Path) -> Memory:
        return Memory(store, folder, encode=by_words, encoder="by words")

    monkeypatch.setattr(memory_package, "Memory", opened)
    monkeypatch.setattr(planning, "today_here", lambda: TODAY)


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> None:
    """The encoder that comes with the program."""
    monkeypatch.setattr(memory_package, "Memory", Memory)


def told(store: Store, site: str, month: int, *texts: str) -> Tree:
    """A session of that month of 2026 with a chain of causes, the last of them root."""
    noticed = datetime(2026, month, 3, 9, tzinfo=UTC)
    facts = Facts(site=site, department="Till", noticed_at=noticed)
    tree = store.start(StartSession(problem=f"Customers are angry in {site}", facts=facts))
    parent = tree.problem.id
    for text in texts:
        tree = store.apply(tree, Answer(parent=parent, text=text))
        (parent,) = tree.children(parent)
    return store.apply(tree, SetPart(cause=parent, part=Part.ROOT, reason="ours"))


def done(store: Store, tree: Tree, text: str, on: date) -> None:
    """A countermeasure on the root that was done on that day."""
    (root,) = tree.roots()
    tree = store.apply(tree, AddCountermeasure(cause=root.id, text=text))
    (deed,) = tree.countermeasures(root.id)
    store.apply(tree, SetProgress(countermeasure=deed.id, progress=Progress.DONE, on=on))


@pytest.fixture
def three(history: Path) -> list[Tree]:
    """Three sessions with one root in three wordings, two of them equal."""
    with closing(Store(history, "Ines")) as store:
        lyon = told(store, "Lyon", 1, "The price is wrong", FORMS)
        done(store, lyon, "Order them with the calendar", date(2026, 2, 1))
        porto = told(store, "Porto", 5, PRINTER, f"{FORMS}!")
        again = told(store, "Lyon", 9, "The shelf is empty", f"{FORMS} at all")
    return [lyon, porto, again]


def found(run: Run, *arguments: str) -> dict[str, Any]:
    ran = run("patterns", "--json", *arguments)
    assert ran.status == 0, ran.err
    read: dict[str, Any] = json.loads(ran.out)
    return read


# -- patterns


@pytest.mark.usefixtures("three")
def test_the_report_is_markdown(run: Run) -> None:
    ran = run("patterns")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("# What keeps coming back\n\n3 sessions · 2 sites · Jan 2026 to ")
    assert "\n**In short:** 1 root cause is shared (suggested) and 1 fix was foll" in ran.out
    assert "- S-3 · Lyon · Sep 2026: “Nobody ordered the new price forms at all” (sug" in ran.out
    assert "done 1 February 2026; again elsewhere in S-2 · Porto · May 2026, after 91" in ran.out
    assert run("patterns", "-o", "-").out == run("patterns", "--format", "md").out == ran.out


@pytest.mark.usefixtures("three")
def test_the_report_is_narrowed(run: Run) -> None:
    (every,) = found(run)["shared_roots"]
    assert [one["session"] for one in every["roots"]] == ["S-1", "S-2", "S-3"]
    (equal,) = found(run, "--confirmed")["shared_roots"]
    assert [one["session"] for one in equal["roots"]] == ["S-1", "S-2"]
    at_porto = found(run, "--site", " PORTO ")
    assert at_porto["sessions"] == 1
    # Whoever asks for one site hears what others know of the same.
    assert [one["session"] for one in at_porto["shared_roots"][0]["roots"]] == ["S-1", "S-2", "S-3"]
    assert found(run, "--since", "2026-05")["sessions"] == 2
    assert all(one["is_root"] for one in found(run, "--roots-only")["reach"])
    line = run("patterns", "--site", "lyon", "--since", "1 feb", "--roots-only").out.split("\n")[2]
    assert line.endswith(" · asked about Lyon · since 1 February 2026 · only roots")


@pytest.mark.usefixtures("run")
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-01", date(2026, 3, 1)),
        (" 2026-03 ", date(2026, 3, 1)),
        ("2009", date(2009, 1, 1)),
        ("1998-12-31", date(1998, 12, 31)),
        ("1 March", date(2026, 3, 1)),
        ("3 weeks ago", date(2026, 10, 31)),
        ("yesterday", date(2026, 11, 20)),
    ],
)
def test_days_are_read_as_people_write_them(text: str, day: date) -> None:
    assert options.since(text) == day


def test_decisions_tell_confirmed_from_suggested(
    run: Run, history: Path, three: list[Tree]
) -> None:
    roots = [tree.roots()[0].id for tree in three]
    assert not found(run)["shared_roots"][0]["is_confirmed"]
    with closing(Store(history, "Ines")) as store:
        store.decide(roots[1], roots[2], Sameness.SAME)
    assert found(run)["shared_roots"][0]["is_confirmed"]
    with closing(Store(history, "Ines")) as store:
        store.decide(roots[1], roots[2], Sameness.DIFFERENT)
    (shared,) = found(run)["shared_roots"]
    assert [one["session"] for one in shared["roots"]] == ["S-1", "S-2"]


@pytest.mark.usefixtures("three")
def test_the_map_is_for_other_programs(run: Run, tmp_path: Path) -> None:
    graph = run("patterns", "--format", "graphml").out
    space = "{http://graphml.graphdrawing.org/xmlns}"
    assert len(list(Xml.fromstring(graph).iter(f"{space}node"))) == 7
    assert run("patterns", "-o", "map.graphml").out == "Wrote map.graphml\n"
    assert (tmp_path / "map.graphml").read_text("utf-8") == graph
    at_porto = run("patterns", "--format", "graphml", "--site", "Porto").out
    assert len(list(Xml.fromstring(at_porto).iter(f"{space}node"))) == 3
    confirmed = run("patterns", "--format", "graphml", "--confirmed").out
    assert len(list(Xml.fromstring(confirmed).iter(f"{space}node"))) == 8
    drawing = run("patterns", "--format", "dot").out
    assert drawing.startswith("digraph causal_map {\n")
    assert drawing.count(" -> ") == 6
    run("patterns", "-o", "map.gv")
    assert (tmp_path / "map.gv").read_text("utf-8") == drawing


@pytest.mark.usefixtures("three")
def test_files_are_written_as_they_are_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert run("patterns", "-o", "folder").out == (
        f"Wrote {Path('folder', '2026-11-21-patterns.md')}\n"
    )
    assert run("patterns", "--format", "dot", "-o", "folder").out == (
        f"Wrote {Path('folder', '2026-11-21-causal-map.dot')}\n"
    )
    run("patterns", "-o", "found.JSON")
    assert json.loads((tmp_path / "found.JSON").read_text("utf-8")) == found(run)
    assert "was left as it is" in failed(run("patterns", "-o", "found.JSON"))
    assert run("patterns", "-o", "found.JSON", "--replace").status == 0
    assert failed(run("patterns", "-o", "nowhere/x.md")).startswith("There is no folder")


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--site", "Lion"], "No session was held at “Lion”. Did you mean Lyon? The sites are Lyon "
         "and Porto."),
        (["--site", "Harwick"], "No session was held at “Harwick”. The sites are Lyon and Porto."),
        (["--since", "banana"], "Invalid value for '--since': “banana” is no day. Write for "
         "example 2026-03-01, 1 March or 6 months ago. See: fivewhys patterns --help"),
        (["--since", "2026-13"], "Invalid value for '--since': “2026-13” is no day."),
        (["--json", "--format", "dot"], "Say --json or --format dot, not both."),
        (["--format", "pdf"], "Invalid value for '--format'"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_explained(run: Run, arguments: list[str], said: str) -> None:
    assert failed(run("patterns", *arguments)).startswith(said)


@pytest.mark.usefixtures("three")
def test_nothing_since_a_day_is_said_kindly(run: Run) -> None:
    ran = run("patterns", "--site", "porto", "--since", "2026-06-01")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == "No session at Porto since 1 June 2026.\n"
    assert found(run, "--since", "2026-10")["shared_roots"] == []


def test_without_a_session_it_says_how_to_begin(run: Run, history: Path, tmp_path: Path) -> None:
    for command in (["patterns"], ["similar", FORMS]):
        ran = run(*command)
        assert (ran.status, ran.out) == (0, "")
        assert ran.err.startswith(f"No sessions in {history} yet. To begin one: fivewhys")
    assert found(run)["sessions"] == 0
    assert json.loads(run("similar", FORMS, "--json").out) == []
    assert list(tmp_path.iterdir()) == []
    assert failed(run("patterns", "--database", "nowhere.db")).startswith("There is no history at ")
    with closing(Store(history, "Ines")) as store:
        store.apply(told(store, "Lyon", 1, FORMS), DeleteSession())
    assert run("patterns").err.startswith(f"No sessions in {history} yet.")
    assert run("similar", FORMS).err.startswith(f"No sessions in {history} yet.")


def test_one_session_alone_has_nothing_that_comes_back(run: Run, history: Path) -> None:
    with closing(Store(history, "Ines")) as store:
        told(store, "", 1, FORMS)
    assert "Nothing keeps coming back so far" in run("patterns").out
    said = "No session says at which site it was held."
    assert failed(run("patterns", "--site", "Lyon")) == said


@pytest.mark.usefixtures("three")
def test_own_templates_are_used(run: Run, tmp_path: Path) -> None:
    built_in = run("patterns").out
    (tmp_path / "templates").mkdir()
    own = tmp_path / "templates" / "patterns.md"
    own.write_text("Coming back: {{ view.shared | length }}\n", "utf-8")
    assert run("patterns").out == "Coming back: 1\n"
    own.write_text("{{ view.nothing }}", "utf-8")
    ran = run("patterns")
    assert (ran.status, ran.out) == (0, built_in)
    assert ran.err.startswith("patterns.md, line 1: ")
    assert ran.err.endswith(f"{INSTEAD}\n")


def test_hostile_text_comes_out_literally(run: Run, history: Path) -> None:
    with closing(Store(history, "Ines")) as store:
        for month, text in enumerate(NASTY, 1):
            for _ in range(2):
                told(store, text[:80], month, "The shelf is empty", text)
    for form in ("md", "json", "graphml", "dot"):
        for plain in ([], ["--ascii"]):
            out = run("patterns", "--format", form, *plain).out
            assert out.count("\n") > 20
            assert set(out) & (UNSEEN - {"\t"}) == set()
            assert not plain or form in ("json", "graphml") or out.isascii()
    for text in NASTY[:-1]:
        assert clean(text) in run("similar", "--", text).out
        assert run("similar", "--ascii", "--", text).out.isascii()


# -- similar


@pytest.mark.usefixtures("three")
def test_similar_causes_are_told_with_what_became_of_them(run: Run) -> None:
    ran = run("similar", "nobody", "ordered", "the", "new", "price", "forms")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        "very likely  Nobody ordered the new price forms!\n"
        "             S-2 · Porto, Till · 3 May 2026 · root\n"
        "             also in S-1 · Lyon · Jan 2026 (root)\n"
        "             what was done: nothing is planned yet\n"
        "\n"
        "likely       Nobody ordered the new price forms at all\n"
        "             S-3 · Lyon, Till · 3 September 2026 · root\n"
        "             what was done: nothing is planned yet\n"
    )
    assert run("similar", FORMS, "--count", "1").out == ran.out.partition("\n\n")[0] + "\n"


@pytest.mark.usefixtures("three")
def test_similar_causes_have_scores_for_scripts(run: Run) -> None:
    first, second = json.loads(run("similar", FORMS, "--json").out)
    assert (first["session"], first["likely"], first["is_root"]) == ("S-2", "very likely", True)
    assert 1 >= first["score"] > second["score"] > 0
    assert 1 >= first["probability"] > second["probability"] > 0.5
    assert first["chain"] == ["Customers are angry in Porto", PRINTER, f"{FORMS}!"]
    assert first["on"] == "2026-05-03"
    assert [other["session"] for other in first["also_in"]] == ["S-1"]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"progress": "done", "on": date(2026, 2, 1)},
         "done 1 February 2026; came back in S-2 · Porto · May 2026"),
        ({"progress": "done", "on": date(2026, 6, 1)}, "done 1 June 2026; not seen since"),
        ({"progress": "not_effective", "reason": "no"}, "done 1 June 2026; did not help"),
        ({"progress": "done", "on": date(2026, 2, 1), "kind": "acknowledge"},
         "done 1 February 2026"),
        ({"progress": "planned"}, "planned, due 1 December 2026"),
        ({"progress": "rejected", "reason": "no"}, "considered and not done"),
    ],
)  # fmt: skip
def test_similar_says_whether_it_held(
    run: Run, history: Path, facts: dict[str, Any], words: str
) -> None:
    with closing(Store(history, "Ines")) as store:
        lyon = told(store, "Lyon", 1, FORMS)
        (root,) = lyon.roots()
        kind = CountermeasureKind(facts.get("kind", "prevent"))
        facts = {name: fact for name, fact in facts.items() if name != "kind"}
        planned = CountermeasureFacts(due=date(2026, 12, 1), kind=kind)
        lyon = store.apply(lyon, AddCountermeasure(cause=root.id, text="A list", facts=planned))
        (deed,) = lyon.countermeasures(root.id)
        if facts["progress"] == "not_effective":
            first = SetProgress(countermeasure=deed.id, progress=Progress.DONE, on=date(2026, 6, 1))
            lyon = store.apply(lyon, first)
        if facts["progress"] != "planned":
            store.apply(lyon, SetProgress(countermeasure=deed.id, **facts))
        porto = told(store, "Porto", 5, PRINTER)
        store.decide(root.id, porto.roots()[0].id, Sameness.SAME)
    assert f"             what was done: “A list”: {words}\n" in run("similar", FORMS).out
    (seen,) = json.loads(run("similar", FORMS, "--json").out)
    assert bool(seen["deeds"][0]["came_back"]) is ("came back" in words)


@pytest.mark.usefixtures("three")
def test_similar_fits_the_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fivewhys.cli.printing.width", lambda: 40)
    out = run("similar", FORMS).out
    assert out.startswith(
        "very likely  Nobody ordered the new\n             price forms!\n             S-2 · "
    )
    assert max(map(len, out.split("\n"))) <= 40


@pytest.mark.usefixtures("three")
def test_no_similar_cause_is_said_kindly(run: Run) -> None:
    said = "No cause like that so far. Try other words, or a whole sentence.\n"
    ran = run("similar", "penguins")
    assert (ran.status, ran.out, ran.err) == (0, "", said)
    ran = run("similar", "penguins", "--json")
    assert (ran.out, ran.err) == ("[]\n", said)
    for text in ("", " ", "!?", "\x1b"):
        assert failed(run("similar", text)).startswith("Say in words what you look for: ")
    assert failed(run("similar")).startswith("Missing argument 'TEXT'")
    for count in ("0", "101", "x"):
        assert "write a whole number from 1 to 100" in failed(run("similar", "x", "--count", count))


# -- reading the history


@pytest.mark.usefixtures("three")
def test_who_waits_sees_how_far_it_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "is_watched", lambda: True)
    ran = run("patterns")
    shown = [line for line in ran.err.split("\r") if line]
    assert "Looking for what belongs together … 100 %" in shown
    assert shown[-1] == "Looking through the map …"
    assert ran.err.endswith("\r")
    assert run("patterns", "--ascii").err.isascii()


class Slow:
    """A memory that is still reading when it is looked at."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._looks = 0
        self.trouble = ""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._memory, name)

    @property
    def work(self) -> object:
        return SimpleNamespace(done=1200, of=9000, is_paused=False)

    @property
    def is_current(self) -> bool:
        self._looks += 1
        return self._looks > 1 and self._memory.is_current


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes memories slow; what `trouble` says keeps them from reading."""
    before = memory_package.Memory

    def made(trouble: str = "") -> None:
        def opened(store: Store, folder: Path) -> Slow:
            found = Slow(before(store, folder))
            found.trouble = trouble
            return found

        monkeypatch.setattr(memory_package, "Memory", opened)

    return made


@pytest.mark.usefixtures("three")
def test_reading_is_counted(
    run: Run, slow: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    slow()
    assert run("similar", FORMS).err == ""
    monkeypatch.setattr(waiting, "is_watched", lambda: True)
    ran = run("similar", FORMS)
    assert ran.status == 0
    assert ran.err == "\rReading 1,200 of 9,000 causes …\r"


@pytest.mark.usefixtures("three")
def test_reading_that_is_cancelled_ends_in_one_line(
    run: Run, slow: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    slow()

    def interrupted(seconds: float) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(memory, "time", SimpleNamespace(sleep=interrupted))
        ran = run("patterns", "-o", "report.md")
    assert (ran.status, ran.out) == (130, "")
    assert ran.err == "Cancelled. What was read so far is kept.\n"
    assert not Path("report.md").exists()
    assert run("patterns", "-o", "report.md").status == 0


@pytest.mark.usefixtures("three")
def test_trouble_with_reading_is_told(run: Run, slow: Callable[..., None]) -> None:
    slow("another program is writing to it")
    said = "What the sessions say cannot be read: another program is writing to it."
    assert failed(run("patterns")) == failed(run("similar", FORMS)) == said


# -- the demo


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's history, in which the index stays from one test to the next."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    with closing(Store(path, "Ines")) as store:
        examples.fill(store)
    return path


@pytest.mark.usefixtures("real")
def test_readme_shows_what_is_found_in_the_demo(run: Run, demo: Path) -> None:
    report = run("patterns", "--database", demo).out.splitlines()
    similar = run("similar", "--database", demo, NEW).out
    section = README.split("\n## The same cause again\n")[1].split("\n## Keys\n")[0]
    shown = section.split("```")[1::2]
    lines = [line for text in shown for line in text.splitlines()[1:] if line.strip(" …")]
    assert len(lines) > 12
    said = {" ".join(line.split()) for line in (*report, *similar.splitlines())}
    # Where README breaks or cuts a line, its beginning counts.
    assert [
        line
        for line in lines
        if not any(other.startswith(" ".join(line.strip(" …").split())) for other in said)
    ] == []


@pytest.mark.usefixtures("real")
def test_every_pattern_is_in_the_demo(run: Run, demo: Path) -> None:
    read = found(run, "--database", str(demo))
    for kind in ("shared_roots", "reach", "dug_deeper", "loops", "came_back"):
        assert read[kind], kind
    assert len(read["shared_roots"]) >= 6
    assert read["cover"]["share"] >= 0.8
    assert any(one["is_confirmed"] for one in read["came_back"])
    assert found(run, "--database", str(demo)) == read
    (first, *_) = json.loads(run("similar", "--database", demo, "--json", NEW).out)
    assert (
        first["text"]
        == "New clerks serve customers before anyone has trained them in the card procedure"
    )

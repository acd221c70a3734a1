"""`fivewhys history --cause`: one cause over all sessions."""

import json
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fivewhys import memory as memory_package
from fivewhys.cli import planning, waiting
from fivewhys.memory import Memory
from fivewhys.models.commands import (
    AddCountermeasure,
    AddMeasure,
    Answer,
    Facts,
    MakeCheck,
    SetProgress,
    StartSession,
)
from fivewhys.models.plan_words import CheckResult, Progress
from fivewhys.models.tree import Tree
from fivewhys.store.store import Store
from tests.cli.ran import Run, failed
from tests.memory.encoding import by_words

FORMS = "Nobody ordered the new price forms"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(store: Store, folder: Path) -> Memory:
        return Memory(store, folder, encode=by_words, encoder="by words")

    monkeypatch.setattr(memory_package, "Memory", opened)
    monkeypatch.setattr(planning, "today_here", lambda: date(2026, 11, 21))


def told(store: Store, month: int, *texts: str) -> Tree:
    """A session of that month with a chain of causes."""
    facts = Facts(site="Lyon", noticed_at=datetime(2026, month, 3, 9, tzinfo=UTC))
    tree = store.start(StartSession(problem=f"Customers are angry in {month}", facts=facts))
    parent = tree.problem.id
    for text in texts:
        tree = store.apply(tree, Answer(parent=parent, text=text))
        (parent,) = tree.children(parent)
    return tree


@pytest.fixture
def three(history: Path) -> None:
    """One cause in three wordings, two of them equal; something was done after the first."""
    with closing(Store(history, "Ines")) as store:
        tree = told(store, 1, "The price is wrong", FORMS)
        cause = next(one.id for one in tree.causes.values() if one.text == FORMS)
        tree = store.apply(tree, AddCountermeasure(cause=cause, text="Order them in June"))
        (deed,) = tree.countermeasures(cause)
        done = SetProgress(countermeasure=deed.id, progress=Progress.DONE, on=date(2026, 2, 1))
        tree = store.apply(tree, done)
        tree = store.apply(tree, AddMeasure(countermeasure=deed.id, definition="orders"))
        (measure,) = tree.measures(deed)
        look = MakeCheck(
            measure=measure.id, result=CheckResult.MET, checked_by="Dana", on=date(2026, 3, 1)
        )
        store.apply(tree, look)
        told(store, 5, "The printer is out of price forms", f"{FORMS}!")
        told(store, 9, f"{FORMS} at all")


@pytest.mark.usefixtures("three")
def test_it_is_markdown_with_what_was_done_and_checked(run: Run) -> None:
    ran = run("history", "--cause", FORMS)
    assert (ran.status, ran.err) == (0, "")
    assert [line for line in ran.out.splitlines() if line[:1] not in "-*"] == [
        "# Time line of a cause",
        "3 sessions (2 confirmed) · Jan 2026 to Sep 2026 · 1 fix · back after 1 of them · 1 check, "
        "1 met",
        "Confirmed: people said that it is the same, or its words are equal. Suggested: the "
        "program finds it alike, and nobody has said so yet.",
        "## 3 January 2026",
        "Found in S-1 · Lyon · not as root.",
        "## 1 February 2026",
        "Done: “Order them in June”.",
        "## 1 March 2026",
        "Checked: met.",
        "## 3 May 2026",
        "Found in S-2 · Lyon · not as root.",
        "## 3 September 2026",
        "Found in S-3 · Lyon · not as root · suggested.",
        "## Since then",
        "Not found for 79 days, since S-3.",
    ]
    assert "Found in S-3" not in run("history", "--cause", FORMS, "--confirmed").out
    assert run("history", "--cause", FORMS, "--ascii").out.isascii()


@pytest.mark.usefixtures("three")
def test_scripts_get_json_and_files_are_written(run: Run, tmp_path: Path) -> None:
    data = json.loads(run("history", "S-2", "--cause", "nobody forms", "--confirmed", "--json").out)
    assert data["cause"] == FORMS
    assert [one["kind"] for one in data["moments"]] == ["found", "done", "checked", "found"]
    ran = run("history", "--cause", FORMS, "--confirmed", "-o", f"{tmp_path}/")
    name = "2026-11-21-time-line-nobody-ordered-the-new-price-forms.md"
    assert ran.out == f"Wrote {tmp_path / name}\n"
    assert (tmp_path / name).read_text("utf-8").startswith("# Time line of a cause\n")
    again = run("history", "--cause", FORMS, "--confirmed", "-o", f"{tmp_path}/")
    assert "is there already" in failed(again)


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--cause", "penguin"], "No cause has all of these words. Fewer words find more."),
        (["S-3", "--cause", "price wrong"], "No cause of S-3 has all of these words."),
        (["--cause", "price"], "5 causes have these words: “"),
        (["S-1", "--cause", "the"], "2 causes have these words: “The price is wrong” (S-1) and “N"),
        (["S-9", "--cause", "price"], "There is no session S-9 in "),
        ([], "Name a session, like S-12, or a cause: --cause 'its words'."),
        (["S-1", "-o", "x.md"], "--confirmed and -o are for the time line of a cause: say --cause"),
        (["--cause", "x", "--since", "2026"], "Say --since or --cause, not both."),
    ],
)
def test_what_makes_no_sense_is_explained(run: Run, arguments: list[str], said: str) -> None:
    assert failed(run("history", *arguments)).startswith(said)


@pytest.mark.usefixtures("three")
def test_who_waits_sees_what_is_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "is_watched", lambda: True)
    assert "Looking for what belongs together …" in run("history", "--cause", FORMS).err

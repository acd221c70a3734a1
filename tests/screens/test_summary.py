"""The end of a meeting: what is open, what was found, the Markdown."""

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import OptionList

from fivewhys.models.commands import (
    AddCountermeasure,
    AddEvidence,
    AddMeasure,
    CountermeasureFacts,
    Finish,
    SetPart,
    SetStatus,
)
from fivewhys.models.tree import Record, Tree
from fivewhys.models.words import Part, State, Status
from fivewhys.screens.summary import MOST_LISTED, open_points
from fivewhys.store.problems import StoreProblem
from fivewhys.store.store import Store
from tests.building import fan
from tests.screens.driving import grow, meeting, named

BRANCHES = """
overcharged
  wrong form
not told
late
"""


@pytest.fixture
def session(ines: Store, angry: Tree) -> Tree:
    """A session with two open branches, a root, and one that is suspected."""
    tree = grow(ines, angry, BRANCHES)
    tree = ines.apply(tree, SetPart(cause=named(tree, "wrong form").id, part=Part.ROOT))
    return ines.apply(tree, SetStatus(cause=named(tree, "overcharged").id, status=Status.SUSPECTED))


def settled(store: Store, tree: Tree) -> Tree:
    """The same session with nothing left to ask."""
    root = named(tree, "wrong form").id
    for command in (
        SetPart(cause=root, part=Part.ROOT, reason="ours to order"),
        AddEvidence(cause=root, text="12 of 80 orders"),
        SetStatus(cause=named(tree, "overcharged").id, status=Status.VERIFIED),
        SetStatus(cause=named(tree, "not told").id, status=Status.RULED_OUT, reason="told"),
        SetStatus(cause=named(tree, "late").id, status=Status.STOPPED, reason="not ours"),
    ):
        tree = store.apply(tree, command)
    return tree


async def test_it_lists_what_is_open_the_most_important_first(
    database: Path, session: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.press("f3")
        points = [row.strip() for row in desk.part("#open-points") if row.strip()]
        assert points == [
            "no why asked: not told",
            "no why asked: late",
            "root without evidence: wrong form",
            "root without a reason: wrong form",
            "suspected, nothing shows it yet: overcharged",
            "plan: Nothing is planned yet about the root cause “wrong form”.",
        ]
        await desk.sees("4 causes · 1 root · customers not told yet", "Root causes")
        await desk.sees("◆ wrong form", "no evidence yet · nothing planned yet")


@pytest.mark.parametrize(
    ("down", "question"), [(0, "Why: not told?"), (1, "Why: late?"), (2, "Why: wrong form?")]
)
async def test_enter_goes_to_the_open_point(
    database: Path, session: Tree, down: int, question: str
) -> None:
    async with meeting(database) as desk:
        await desk.press("f3", *["down"] * down, "enter")
        await desk.sees(question)
        assert desk.box == ""


async def test_esc_goes_on_asking_and_q_leaves_for_the_library(
    database: Path, session: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.press("f3", "escape")
        await desk.sees("Why: not told?")
        await desk.press("f3", "q")
        await desk.sees("1 session")


async def test_a_settled_session_says_so(database: Path, ines: Store, session: Tree) -> None:
    tree = settled(ines, session)
    facts = CountermeasureFacts(owner="Bo", due=date(2099, 12, 4))
    command = AddCountermeasure(cause=named(tree, "wrong form").id, text="order", facts=facts)
    tree = ines.apply(tree, command)
    (item,) = tree.all_countermeasures()
    ines.apply(tree, AddMeasure(countermeasure=item.id, definition="share of new forms"))
    async with meeting(database) as desk:
        await desk.press("f3")
        await desk.sees("nothing: every branch is settled", "ours to order")
        await desk.sees("1 piece of evidence · 1 countermeasure", "1 ruled out")
        await desk.press("enter")
        await desk.sees("S-1  Summary")


async def test_f_finishes_writes_the_markdown_and_shows_it(
    database: Path, ines: Store, session: Tree, tmp_path: Path
) -> None:
    settled(ines, session)
    folder = tmp_path / "x"
    async with meeting(database, (200, 50), exports=folder) as desk:
        await desk.press("f3", "f")
        (path,) = folder.iterdir()
        await desk.sees(str(path), "# customers are angry", "## Root causes")
        assert ines.numbered(1).session.state is State.FINISHED
        assert "finished" in path.read_text("utf-8")
        await desk.press("escape")
        await desk.sees("finished", f"Written: {path}")
        # It is never written over.
        path.write_text("mine")
        await desk.press("e")
        await desk.sees("-2.md")
        assert path.read_text() == "mine"
        assert len(list(folder.iterdir())) == 2
        await desk.press("escape", "o")
        await desk.misses("finished")
        assert ines.numbered(1).session.state is State.OPEN
        # What is open cannot be reopened.
        history = ines.history(session.session.id)
        await desk.press("o")
        assert ines.history(session.session.id) == history
        await desk.press("escape", "ctrl+z")
        assert desk.hint == "Undid: reopen the session"


async def test_finishing_shows_in_the_library(database: Path, ines: Store, session: Tree) -> None:
    async with meeting(database) as desk:
        await desk.press("f3", "f", "escape", "q")
        await desk.sees("1 session")
        assert "finished" in desk.row_with("S-1")


async def test_the_markdown_scrolls_and_is_copied_as_it_was_written(
    database: Path, session: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with meeting(database) as desk:
        copied: list[str] = []
        monkeypatch.setattr(desk.app, "copy_to_clipboard", copied.append)
        await desk.press("f3", "e", "c")
        assert desk.hint == "Copied, where the terminal allows it."
        (path,) = (database.parent / "exports").iterdir()
        assert copied == [path.read_text("utf-8")]
        await desk.press("pagedown", "q")
        await desk.sees("S-1  Summary")


async def test_a_folder_that_cannot_be_written_is_told_and_the_session_is_finished(
    database: Path, ines: Store, session: Tree, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("mine")
    async with meeting(database, exports=tmp_path / "file") as desk:
        await desk.press("f3", "f")
        await desk.sees("a part of its path is a", "S-1  Summary")
    assert ines.numbered(1).session.state is State.FINISHED


async def test_a_store_that_fails_finishes_nothing(
    database: Path, session: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> Tree:
        raise StoreProblem("The disk is full, so this was not saved.")

    async with meeting(database, exports=tmp_path / "x") as desk:
        await desk.press("f3")
        monkeypatch.setattr(Store, "apply", full)
        await desk.press("f")
        await desk.sees("The disk is full, so this was not saved.", "S-1  Summary")
        assert not (tmp_path / "x").exists()


async def test_more_open_points_than_one_reads_are_counted(database: Path, ines: Store) -> None:
    ines.bring_in([Record(fan(MOST_LISTED + 1050))])
    async with meeting(database, (80, 24)) as desk:
        await desk.press("f3", "end")
        await desk.sees("no why asked: cause 200")
        desk.app.screen.query_one(OptionList).scroll_end(animate=False)
        await desk.sees("and 1,050 more", "Root causes")


def test_open_points_of_a_session_without_answers() -> None:
    tree = fan(0)
    assert [(point.what, point.text) for point in open_points(tree)] == [
        ("no why asked", "customers are angry")
    ]


def test_a_ruled_out_branch_has_no_open_points(ines: Store, session: Tree) -> None:
    tree = ines.apply(
        session,
        SetStatus(cause=named(session, "overcharged").id, status=Status.RULED_OUT, reason="not so"),
    )
    assert {point.text for point in open_points(tree)} <= {"not told", "late", "wrong form"}
    tree = ines.apply(tree, Finish())
    assert [point.text for point in open_points(tree)][:2] == ["not told", "late"]


async def test_f4_reads_back_and_what_was_said_counts(
    database: Path, ines: Store, angry: Tree
) -> None:
    tree = grow(ines, angry, "overcharged")
    ines.apply(tree, SetPart(cause=named(tree, "overcharged").id, part=Part.ROOT))
    async with meeting(database) as desk:
        await desk.press("f3", "f4")
        await desk.sees("Does that follow from what we know?")
        await desk.press("y", "escape")
        await desk.sees("Still open")
    tree = ines.tree(angry.session.id)
    assert tree.link_answers(named(tree, "overcharged").id)


async def test_points_of_the_plan_open_what_they_are_about(
    database: Path, ines: Store, session: Tree
) -> None:
    tree = settled(ines, session)
    async with meeting(database) as desk:
        await desk.press("f3", "enter")
        await desk.sees("New countermeasure", "The cause (root): wrong form")
        await desk.burst(*"order them", "enter", *"Bo", "enter", "enter")
        await desk.sees("“order them” has no due date yet.", "1 countermeasure")
        await desk.press("enter")
        await desk.sees("S-1  Countermeasure", "order them")
        await desk.press("escape", "c")
        await desk.sees("What we do about it", "Bo · no date · planned")
        await desk.press("escape", "t")
        await desk.sees("What the customers are told")
        await desk.press("escape")
        await desk.sees("Still open")
    assert len(ines.tree(tree.session.id).all_countermeasures()) == 1

"""Owning up to the customers: the text, when they first heard, when and how they were told."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivewhys import settings
from fivewhys.countermeasures.targets import Step, built_in_targets
from fivewhys.models.commands import (
    AddCountermeasure,
    CountermeasureFacts,
    Facts,
    SetFacts,
    SetPart,
)
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part, Severity
from fivewhys.screens.widgets.clock_rows import span
from fivewhys.store.store import Store
from fivewhys.target_file import team_targets
from fivewhys.text import clean_lines
from tests.screens.conftest import begun
from tests.screens.driving import Desk, grow, meeting
from tests.screens.test_golden import looks_like, named_size
from tests.screens.test_hostile import WORST, harmless

NOW = datetime(2026, 12, 2, 9, 30, tzinfo=UTC)
NOTICED = datetime(2026, 11, 28, 8, 40, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _same_moment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is half past nine, and the team has no targets of its own."""
    monkeypatch.setattr("fivewhys.screens.acknowledgement.now", lambda: NOW)
    monkeypatch.setattr("fivewhys.screens.acknowledgement.today", NOW.date)
    monkeypatch.setattr("fivewhys.screens.form.DRAFT_SECONDS", 600)
    monkeypatch.setenv(settings.TARGETS, str(tmp_path / "targets.toml"))


@pytest.fixture
def tree(database: Path) -> Iterator[Tree]:
    """A session with a root and something that will be done, noticed four days ago."""
    store = Store(database, "Ines", now=lambda: NOW)
    tree = begun(
        store,
        "Customers paid last year's price for this year's school books",
        expected="the price on the shelf",
        noticed_at=NOTICED,
        severity=Severity.MAJOR,
        channel="counter",
    )
    tree = grow(store, tree, "No rule says who orders the new price forms when the post is empty")
    (root,) = [cause for cause in tree.causes.values() if cause.parent_id]
    tree = store.apply(tree, SetPart(cause=root.id, part=Part.ROOT, reason="ours"))
    facts = CountermeasureFacts(owner="Bo", due=date(2026, 12, 18))
    text = "The till refuses a form that is not of this year"
    yield store.apply(tree, AddCountermeasure(cause=root.id, text=text, facts=facts))
    store.close()


async def opened(desk: Desk) -> None:
    """Open what the customers are told."""
    await desk.press("f3", "t")
    await desk.sees("What the customers are told")


async def test_a_draft_is_there_and_saved_once_somebody_says_so(
    database: Path, ines: Store, tree: Tree
) -> None:
    async with meeting(database) as desk:
        await opened(desk)
        drafted = desk.box
        assert "it was ours to get right" in drafted.lower()
        assert "Bo" not in drafted
        await desk.press("escape", "t")
        assert ines.numbered(1).session.acknowledgement == ""
        await desk.press("ctrl+s")
        await desk.sees("Still open")
    assert ines.numbered(1).session.acknowledgement == clean_lines(drafted)


async def test_the_text_is_edited_told_and_undone(database: Path, ines: Store, tree: Tree) -> None:
    async with meeting(database) as desk:
        await opened(desk)
        await desk.press("ctrl+home")
        await desk.burst(*"Dear customer,", "enter", "enter")
        await desk.press("ctrl+t")
        assert "How were they told? Enter saves." in desk.hint
        await desk.sees("told          Wed 2 Dec 2026, after 4 days, in time, target 32 days")
        await desk.burst(*"counter and letter", "enter")
        await desk.sees("customers told")
        session = ines.numbered(1).session
        assert session.acknowledgement.startswith("Dear customer,\n\n")
        assert session.told_at == NOW
        assert session.told_channel == "counter and letter"
        await desk.press("escape", "ctrl+z")
        assert desk.hint == "Undid: session details"
    assert ines.numbered(1).session.told_at is None


async def test_when_they_first_heard_is_typed_and_clocks_follow(
    database: Path, ines: Store, tree: Tree
) -> None:
    async with meeting(database) as desk:
        await opened(desk)
        await desk.sees("! acknowledged  not yet, late by 3 days, target 24 hours")
        await desk.press("tab")
        await desk.type("28 November 2026 14:40")
        await desk.sees("✓ acknowledged  Sat 28 Nov 2026, after 6 hours, in time, target 24 hours")
        await desk.type(" or so, who knows")
        await desk.press("ctrl+s")
        assert desk.hint.startswith("First heard: “28 November 2026 14:40 or so, who knows”")
        await desk.press("ctrl+u")
        await desk.type("2026-11-28 14:40")
        await desk.press("ctrl+s")
        await desk.sees("Still open")
    heard = ines.numbered(1).session.acknowledged_at
    assert heard is not None
    assert heard.astimezone(UTC) == datetime(2026, 11, 28, 14, 40, tzinfo=UTC)


async def test_a_new_draft_replaces_the_text_and_undo_brings_it_back(
    database: Path, ines: Store, tree: Tree
) -> None:
    ines.apply(tree, SetFacts(facts=Facts(acknowledgement="Ours.\n\nSorry.")))
    async with meeting(database) as desk:
        await opened(desk)
        assert desk.box == "Ours.\n\nSorry."
        await desk.press("ctrl+r")
        assert "ours to get right" in desk.box
        await desk.press("ctrl+z")
        assert desk.box == "Ours.\n\nSorry."
        await desk.press("escape")
        await desk.sees("Still open")
    assert ines.numbered(1).session.acknowledgement == "Ours.\n\nSorry."


async def test_what_is_typed_survives_leaving_the_program(database: Path, tree: Tree) -> None:
    async with meeting(database) as desk:
        await opened(desk)
        await desk.press("ctrl+home")
        await desk.type("Dear all. ")
        await desk.press("ctrl+q")
    async with meeting(database) as desk:
        await opened(desk)
        assert desk.box.startswith("Dear all. ")


async def test_a_team_has_its_own_targets(database: Path, tree: Tree, tmp_path: Path) -> None:
    (tmp_path / "targets.toml").write_text('[major]\nacknowledged = "2 weeks"\n')
    async with meeting(database) as desk:
        await opened(desk)
        await desk.sees("□ acknowledged  not yet, 9 days left, target 14 days")


async def test_targets_that_cannot_be_read_are_told_and_the_built_in_ones_count(
    database: Path, tree: Tree, tmp_path: Path
) -> None:
    (tmp_path / "targets.toml").write_text('[major]\nacknowledged = "soon"\n')
    async with meeting(database) as desk:
        await opened(desk)
        await desk.sees("“soon” is no length of time", "target 24 hours")


@pytest.mark.parametrize("data", [b"\xff\xfe", b"x" * 500_000, None])
def test_a_file_that_holds_no_targets_gives_a_sentence(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "targets.toml"
    path.mkdir() if data is None else path.write_bytes(data)
    targets, problem = team_targets(path)
    assert targets == built_in_targets()
    assert problem.startswith("targets.toml")
    assert problem.endswith((".", "?"))


async def test_texts_that_break_programs_show_as_they_are(
    database: Path, ines: Store, tree: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.press("f3")
        # While they are typed, joined glyphs stand as they are.
        for text in (text for text in WORST if "\u200d" not in text):
            await desk.press("t", "ctrl+home")
            await desk.paste(text)
            await desk.press("tab", "tab", "tab")
            await desk.paste(text)
            harmless(desk)
            await desk.press("escape")
            kept = ines.numbered(1).session.acknowledgement
            assert kept.startswith(clean_lines(text)[:50].rstrip())


@given(st.timedeltas(min_value=timedelta(), max_value=timedelta(days=4000)))
def test_a_length_of_time_is_told_in_one_unit(time: timedelta) -> None:
    words = span(time)
    assert words == "less than an hour" or words.split()[1].startswith(("hour", "day"))
    assert words not in ("1 hours", "1 days", "0 hours")


def test_every_step_has_a_target_in_each_severity() -> None:
    for severity in Severity:
        for step in Step:
            assert built_in_targets().of(severity).to(step)


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=named_size)
async def test_the_screen(database: Path, size: tuple[int, int]) -> None:
    async with meeting(database, size) as desk:
        await opened(desk)
        await looks_like(desk, f"acknowledgement-{named_size(size)}")


@pytest.mark.usefixtures("tree")
async def test_the_screen_in_plain_characters(database: Path) -> None:
    async with meeting(database, (80, 24), ascii_only=True) as desk:
        await opened(desk)
        await looks_like(desk, "acknowledgement-ascii-80x24")

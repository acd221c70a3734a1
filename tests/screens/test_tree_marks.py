"""The keys of the tree in a live session that say something about a cause."""

from pathlib import Path
from uuid import UUID

import pytest

from fivewhys.models.tree import Tree
from fivewhys.models.words import EvidenceKind, Leg, Part, Status
from fivewhys.store.store import Store
from tests.screens.branches import at, cause, go_to, three_branches, under_cursor
from tests.screens.driving import named


@pytest.fixture
def session(ines: Store, angry: Tree) -> UUID:
    """A session with three branches."""
    return three_branches(ines, angry)


async def test_r_marks_and_unmarks_a_root(database: Path, ines: Store, session: UUID) -> None:
    async with at(database, "late") as desk:
        await desk.press("r")
        await desk.sees("We act on this as root because")
        assert cause(ines, session, "late").is_root
        await desk.type("ours\r")
        assert cause(ines, session, "late").part_reason == "ours"
        # The keys are back in the tree, where they were.
        assert under_cursor(desk) == "late"
        await desk.reads("#beside", "Why we act on it ours")
        assert "◆ late" in desk.tree
        assert "ROOT" in desk.tree
        await desk.press("r")
        assert not cause(ines, session, "late").is_root
        assert "ROOT" not in desk.tree


async def test_x_rules_out_with_a_reason_and_takes_in_again(
    database: Path, ines: Store, session: UUID
) -> None:
    async with at(database, "not told") as desk:
        await desk.press("x")
        await desk.sees("Ruled out because", "Rule out: not told")
        await desk.press("enter")
        assert desk.hint == "Say it in a word or two, or leave with Esc."
        assert cause(ines, session, "not told").status is Status.OPEN
        await desk.type("the letters went out\r")
        found = cause(ines, session, "not told")
        assert (found.status, found.reason) == (Status.RULED_OUT, "the letters went out")
        assert "✗ not told" in desk.tree
        await desk.reads("#beside", "The reason the letters went out")
        await desk.press("x")
        found = cause(ines, session, "not told")
        assert (found.status, found.reason) == (Status.OPEN, "")


async def test_esc_leaves_the_reason_and_rules_nothing_out(
    database: Path, ines: Store, session: UUID
) -> None:
    async with at(database, "not told") as desk:
        await desk.press("x")
        await desk.type("the letters")
        await desk.press("escape")
        assert under_cursor(desk) == "not told"
        await desk.press("x")
        assert desk.box == ""
    assert cause(ines, session, "not told").status is Status.OPEN


async def test_v_and_t_mark_and_unmark(database: Path, ines: Store, session: UUID) -> None:
    async with at(database, "late") as desk:
        for key, status, shape in (
            ("v", Status.VERIFIED, "✓ late"),
            ("v", Status.OPEN, "○ late"),
            ("t", Status.SUSPECTED, "? late"),
            ("v", Status.VERIFIED, "✓ late"),
            ("t", Status.SUSPECTED, "? late"),
            ("t", Status.OPEN, "○ late"),
        ):
            await desk.press(key)
            assert cause(ines, session, "late").status is status
            assert shape in desk.tree


async def test_s_stops_a_branch_with_a_reason_and_goes_on_again(
    database: Path, ines: Store, session: UUID
) -> None:
    async with at(database, "late") as desk:
        await desk.press("s")
        await desk.sees("We stop here because")
        await desk.type("out of our hands\r")
        found = cause(ines, session, "late")
        assert (found.status, found.reason) == (Status.STOPPED, "out of our hands")
        assert "■ late" in desk.tree
        await desk.press("s")
        assert cause(ines, session, "late").status is Status.OPEN


async def test_i_adds_evidence_of_each_kind(database: Path, ines: Store, session: UUID) -> None:
    async with at(database, "late") as desk:
        for line in (
            "seen by Bo",
            "12 of 80 orders",
            "https://example.com/42",
            "against: the log says on time",
        ):
            await desk.press("i")
            await desk.sees("We saw, counted or read")
            await desk.type(f"{line}\r")
        await desk.sees("seen by Bo  note", "12 of 80 orders  number")
        await desk.sees("https://example.com/42  link", "the log says on time  note, against")
        tree = ines.tree(session)
        assert [
            (item.kind, item.supports, item.text) for item in tree.evidence(named(tree, "late").id)
        ] == [
            (EvidenceKind.NOTE, True, "seen by Bo"),
            (EvidenceKind.NUMBER, True, "12 of 80 orders"),
            (EvidenceKind.LINK, True, "https://example.com/42"),
            (EvidenceKind.NOTE, False, "the log says on time"),
        ]


async def test_the_number_of_evidence_edits_it_and_nothing_takes_it_away(
    database: Path, ines: Store, session: UUID
) -> None:
    async with at(database, "late") as desk:
        await desk.press("i")
        await desk.type("seen by Bo\r")
        await desk.press("i")
        await desk.type("against: on time\r")
        await desk.press("2")
        assert desk.box == "against: on time"
        await desk.type(" says the log\r")
        await desk.sees("2 on time says the log  note, against")
        await desk.press("1", "ctrl+u", "enter")
        await desk.misses("seen by Bo")
        await desk.press("9")
        assert under_cursor(desk) == "late"
        await desk.press("u")
        await desk.sees("1 seen by Bo  note")
    tree = ines.tree(session)
    assert [item.text for item in tree.evidence(named(tree, "late").id)] == [
        "seen by Bo",
        "on time says the log",
    ]


async def test_c_marks_a_contributing_cause(database: Path, ines: Store, session: UUID) -> None:
    async with at(database, "late") as desk:
        await desk.press("c")
        await desk.sees("It contributed because")
        await desk.type("made it worse\r")
        found = cause(ines, session, "late")
        assert (found.part, found.part_reason) == (Part.CONTRIBUTING, "made it worse")
        assert "◇ late" in desk.tree
        await desk.press("c")
        assert cause(ines, session, "late").part is None


async def test_l_goes_round_the_legs(database: Path, ines: Store, session: UUID) -> None:
    async with at(database, "late") as desk:
        for leg in (*Leg, None):
            await desk.press("l")
            assert cause(ines, session, "late").leg is leg
            if leg:
                assert leg.value in desk.row_with("○ late")


async def test_y_keeps_who_said_it(database: Path, ines: Store, session: UUID) -> None:
    async with at(database, "late") as desk:
        await desk.press("y")
        await desk.sees("Said by")
        await desk.type("Chidi\r")
        assert cause(ines, session, "late").said_by == "Chidi"
        await desk.sees("said by Chidi")
        await desk.press("y", "ctrl+u", "enter")
        assert cause(ines, session, "late").said_by == ""


@pytest.mark.parametrize("key", ["r", "x", "v", "s", "t", "c", "l", "d", "p", "m", "y"])
async def test_what_belongs_to_causes_leaves_the_problem_alone(
    database: Path, ines: Store, session: UUID, key: str
) -> None:
    before = ines.tree(session)
    async with at(database, "customers are angry") as desk:
        await desk.press(key)
        if key == "m":
            await go_to(desk, "late")
            await desk.press("enter")
        if key == "y":
            await desk.type("Chidi\r")
        assert "problem itself" in desk.hint
    assert ines.tree(session) == before

"""Whole screens as text, to be read in a diff.

After a change that is meant: FIVEWHYS_GOLDEN=write python -m pytest tests/screens/test_golden.py
"""

import os
import time
from pathlib import Path

import pytest

from fivewhys.models.commands import AddEvidence, NewPerson, Park, SetLeg, SetPart, SetStatus
from fivewhys.models.tree import Tree
from fivewhys.models.words import EvidenceKind, Leg, Part, Severity, Status
from fivewhys.store.store import Store
from tests.screens.conftest import begun
from tests.screens.driving import PATIENCE, Desk, grow, meeting, named, sitting

GOLDEN = Path(__file__).parent / "golden"

FORM = (
    "The price form is incorrect: it still shows the prices of the year before, which the "
    "publisher raised twice since, in spring and again when the paper became dearer"
)
OLD = (
    "It is last year's form with last year's pricing, because the box beside the till was filled "
    "from the old pile in the store room and nobody looks at the date in its corner"
)
NEW = (
    "The new forms were not ordered, although the catalogue came in October with the order sheet "
    "inside and the deadline on its cover"
)
BOOKS = f"""
They are overcharged for this book.
  {FORM}
    {OLD}
      {NEW}
    The pile has no date on it
Nobody at the counter noticed the difference for three weeks
The shelf label is wrong
"""


async def looks_like(desk: Desk, name: str) -> None:
    """The screen comes to be what the file says, character by character."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("FIVEWHYS_GOLDEN") == "write":
        await desk.restless(0.5)
        path.write_text(desk.text + "\n", "utf-8")
    wanted = path.read_text("utf-8")
    # Some parts are told a moment after the cursor rests.
    end = time.monotonic() + PATIENCE
    while desk.text + "\n" != wanted and time.monotonic() < end:
        await desk.restless(0.02)
    assert desk.text + "\n" == wanted, f"{name} has become\n{desk.text}"


@pytest.fixture(autouse=True)
def _no_word_of_drafts(monkeypatch: pytest.MonkeyPatch) -> None:
    """“draft kept” comes when it comes."""
    monkeypatch.setattr("fivewhys.screens.sitting.DRAFT_SECONDS", 600)


@pytest.fixture
def books(ines: Store) -> Tree:
    """The worked example in the middle of its meeting, four whys deep, in long sentences."""
    tree = begun(
        ines,
        "customers are angry",
        people=(NewPerson(name="Ines", role="host"), NewPerson(name="Bo", role="till")),
        customer_words="I paid two euros more than the sticker said, and was told it is the form.",
        site="Harwick",
        department="Books",
        severity=Severity.MODERATE,
        time_box=45,
    )
    tree = grow(ines, tree, BOOKS)
    for command in (
        SetStatus(cause=named(tree, FORM).id, status=Status.VERIFIED),
        AddEvidence(
            cause=named(tree, FORM).id, text="12 of 12 forms in the box", kind=EvidenceKind.NUMBER
        ),
        AddEvidence(
            cause=named(tree, FORM).id, text="the web shop has the new price", supports=False
        ),
        SetStatus(
            cause=named(tree, "The shelf label is wrong").id,
            status=Status.RULED_OUT,
            reason="It was compared on the spot",
        ),
        SetLeg(
            cause=named(tree, "Nobody at the counter noticed the difference for three weeks").id,
            leg=Leg.DETECTION,
        ),
        SetPart(
            cause=named(tree, "The pile has no date on it").id,
            part=Part.ROOT,
            reason="A date on the pile is ours to write",
        ),
        Park(text="the discount cards"),
        Park(text="who answers letters?"),
        Park(text="the second till"),
    ):
        tree = ines.apply(tree, command)
    return tree


def named_size(size: tuple[int, int]) -> str:
    """The size as the names of the files have it."""
    return f"{size[0]}x{size[1]}"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=named_size)
async def test_library(examples: Path, size: tuple[int, int]) -> None:
    async with sitting(examples, size) as desk:
        await desk.press("down", "down")
        await looks_like(desk, f"library-{named_size(size)}")


async def test_empty_library(database: Path) -> None:
    async with sitting(database, (80, 24)) as desk:
        await looks_like(desk, "library-empty-80x24")


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 50)], ids=named_size)
async def test_live_session_and_its_tree(database: Path, size: tuple[int, int]) -> None:
    async with meeting(database, size) as desk:
        await desk.type("Nobody knew that it was theirs to ")
        await looks_like(desk, f"live-{named_size(size)}")
        await desk.press("escape", "home", "down", "down")
        await looks_like(desk, f"tree-{named_size(size)}")


@pytest.mark.usefixtures("books")
async def test_live_session_in_plain_characters(database: Path) -> None:
    async with meeting(database, (80, 24), ascii_only=True) as desk:
        await looks_like(desk, "live-ascii-80x24")


@pytest.mark.usefixtures("books")
async def test_a_reason_is_asked_for(database: Path) -> None:
    async with meeting(database, (100, 32)) as desk:
        await desk.press("escape", "home", "down", "x")
        await looks_like(desk, "reason-100x32")


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=named_size)
async def test_details(database: Path, size: tuple[int, int]) -> None:
    async with meeting(database, size) as desk:
        await desk.press("f2")
        await looks_like(desk, f"details-{named_size(size)}")


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=named_size)
async def test_summary_with_open_points(database: Path, size: tuple[int, int]) -> None:
    async with meeting(database, size) as desk:
        await desk.press("f3")
        await looks_like(desk, f"summary-{named_size(size)}")


async def test_summary_of_a_settled_session(examples: Path) -> None:
    async with meeting(examples, (80, 24), number=2) as desk:
        await desk.press("f3")
        await looks_like(desk, "summary-settled-80x24")


async def test_help(database: Path) -> None:
    async with sitting(database, (80, 24)) as desk:
        await desk.press("f1")
        await looks_like(desk, "help-80x24")

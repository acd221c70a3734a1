"""The time line of a cause: when it was found, what was done, whether it came back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from fivewhys.memory import Memory
from fivewhys.models.commands import AddMeasure, MakeCheck, MeasureFacts, SetStatus
from fivewhys.models.plan_words import CheckResult
from fivewhys.models.tree import Tree
from fivewhys.models.words import Status
from fivewhys.screens import knowing, patterns_view, time_line
from fivewhys.screens.widgets.why_tree import WhyTree
from fivewhys.store.store import Store
from tests.screens.again import (
    NOBODY,
    ORDERED,
    ORDERED_IN_TIME,
    TODAY,
    Reading,
    done,
    fill,
    remembering,
)
from tests.screens.driving import Desk, meeting, named, sitting
from tests.screens.test_golden import looks_like


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (patterns_view, time_line):
        monkeypatch.setattr(module, "local_today", lambda: TODAY)


@pytest.fixture
def memory(ines: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Memory]:
    """The program's memory, without the encoder."""
    with remembering(ines) as memory:
        monkeypatch.setattr(knowing, "memory_of", lambda _: memory)
        yield memory


@pytest.fixture
def trees(ines: Store) -> list[Tree]:
    """The small history."""
    return fill(ines)


async def opened(desk: Desk) -> None:
    await desk.press("p")
    await desk.sees("shared roots 2")
    await desk.press("h")
    await desk.sees("Time line · The new forms were not ordered in time")


@pytest.mark.parametrize(
    ("size", "plain"), [((80, 24), False), ((120, 40), False), ((80, 24), True)]
)
async def test_it_looks_like_this(
    database: Path, trees: list[Tree], memory: Memory, size: tuple[int, int], plain: bool
) -> None:
    async with sitting(database, size, ascii_only=plain) as desk:
        await desk.press("p")
        await desk.sees("shared roots 2")
        await desk.press("h")
        await desk.sees("Found in S-3")
        await desk.press("down")
        kind = "-ascii" if plain else ""
        await looks_like(desk, f"time-line{kind}-{size[0]}x{size[1]}")


async def test_from_the_patterns_it_tells_what_came_back(
    database: Path, trees: list[Tree], memory: Memory
) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await desk.reads("#times", "9 Jan 2026 ◆ Found in S-1 · Lyon, Books · root")
        await desk.reads("#times", "4 Feb 2026 │ ✗ Done: “Put the order day into the")
        await desk.reads("#times", "Found in S-2 · Trento, Packing · root · suggested")
        await desk.reads("#times", "Elsewhere 94 days after “Put the order day into the")
        await desk.reads("#time", "Not found for")
        await desk.press("down", "enter")
        await desk.sees("S-1  customers are angry about the prices of books")
        tree = desk.app.screen.query_one(WhyTree)
        await desk.until(lambda: tree.cursor == named(trees[0], ORDERED_IN_TIME).id)
        await desk.press("q")
        await desk.sees("Time line · ")
        await desk.press("c")
        await desk.misses("S-2")
        await desk.press("c")
        await desk.sees("Found in S-2")
        await desk.press("q")
        await desk.sees("shared roots 2")


async def test_from_the_tree_what_is_decided_comes_before_the_rest(
    database: Path, ines: Store, trees: list[Tree], memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(ines, trees[2], NOBODY, "Name an owner", TODAY)
    reading = Reading(memory)
    monkeypatch.setattr(knowing, "memory_of", lambda _: reading)
    async with meeting(database, (120, 40)) as desk:
        desk.app.screen.query_one(WhyTree).focus_at(named(trees[0], NOBODY).id)
        await desk.settled()
        await desk.press("H")
        await desk.sees(f"Time line · {NOBODY}", "Found in S-1", "Found in S-3")
        await desk.reads("#times", "✓ Done: “Name an owner”")
        await desk.sees("Reading the history … 1,200 of 9,000")
        await desk.press("x", "q")
        await desk.sees("S-1  customers are angry")


async def test_what_is_alike_follows_once_it_is_read(
    database: Path, trees: list[Tree], memory: Memory
) -> None:
    async with meeting(database, (120, 40), number=2) as desk:
        desk.app.screen.query_one(WhyTree).focus_at(named(trees[1], ORDERED).id)
        await desk.settled()
        await desk.press("H")
        await desk.sees("Found in S-2", "Found in S-1")


async def test_what_was_ruled_out_has_no_line(
    database: Path, ines: Store, trees: list[Tree], memory: Memory
) -> None:
    key = named(trees[3], "The till is old").id
    ines.apply(trees[3], SetStatus(cause=key, status=Status.RULED_OUT, reason="it is new"))
    async with meeting(database, (120, 40), number=4) as desk:
        desk.app.screen.query_one(WhyTree).focus_at(key)
        await desk.settled()
        await desk.press("H")
        await desk.reads("#time-work", "This cause is on no time line: it was ruled out")
        await desk.press("e")
        assert desk.hint == "There is nothing to write yet."


async def test_checks_say_whether_the_fix_held(
    database: Path, ines: Store, trees: list[Tree], memory: Memory
) -> None:
    (deed,) = trees[0].all_countermeasures()
    facts = MeasureFacts(target="none late")
    tree = ines.apply(
        trees[0], AddMeasure(countermeasure=deed.id, definition="orders", facts=facts)
    )
    (measure,) = tree.measures(deed)
    for result, value, day in (
        (CheckResult.MET, "0 late", 1),
        (CheckResult.NOT_MET, "2 late", 9),
        (CheckResult.TOO_EARLY, "", 20),
    ):
        look = MakeCheck(
            measure=measure.id, result=result, checked_by="Dana", value=value, on=date(2026, 6, day)
        )
        tree = ines.apply(tree, look)
    async with sitting(database, (80, 24)) as desk:
        await opened(desk)
        await desk.reads(
            "#times", "1 Jun 2026 │ ✓ Checked: met (0 late) │ orders, target none late"
        )
        await desk.reads("#times", "9 Jun 2026 │ ✗ Checked: not met (2 late)")
        await desk.reads("#times", "20 Jun 2026 │ ○ Checked: too early to tell")
        await desk.press("end", "up")
        await desk.reads("#time", "Of “Put the order day into the calendar”, S-1, by Dana.")
        await desk.press("enter")
        await desk.sees("S-1  customers are angry about the prices of books")


async def test_it_is_written_as_markdown(
    database: Path, tmp_path: Path, trees: list[Tree], memory: Memory
) -> None:
    async with sitting(database, (120, 40), exports=tmp_path / "out") as desk:
        await opened(desk)
        await desk.press("e")
        await desk.sees("Written: ")
    (path,) = (tmp_path / "out").iterdir()
    assert path.name == "2026-11-21-time-line-the-new-forms-were-not-ordered-in-time.md"
    assert path.read_text("utf-8").startswith("# Time line of a cause\n\n**The new forms")

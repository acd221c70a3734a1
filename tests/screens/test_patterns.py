"""The patterns screen: what keeps coming back, seen in views, narrowed, and gone into."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fivewhys.memory import Memory
from fivewhys.models.commands import Answer
from fivewhys.models.past import Sameness
from fivewhys.models.tree import Tree
from fivewhys.screens import knowing, map_view, patterns_view
from fivewhys.screens.widgets.why_tree import WhyTree
from fivewhys.store.store import Store
from tests.screens.again import (
    NOBODY,
    ORDERED,
    ORDERED_AGAIN,
    ORDERED_IN_TIME,
    ORDERED_ONCE_MORE,
    RULE,
    TODAY,
    Reading,
    fill,
    hold,
    remembering,
)
from tests.screens.conftest import begun
from tests.screens.driving import Desk, grow, meeting, named, sitting
from tests.screens.test_golden import looks_like, named_size


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (patterns_view, map_view):
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


def listed(desk: Desk) -> list[str]:
    """The findings of the view, by the mark and the beginning of their texts."""
    return [row[:26].rstrip(" …") for row in desk.part("#findings")[::2] if row.strip()]


async def opened(desk: Desk) -> None:
    await desk.press("p")
    # The suggestions have come when there are two root causes that are shared.
    await desk.until(lambda: len(listed(desk)) == 2)


async def test_it_tells_confirmed_and_suggested_apart(
    database: Path, trees: list[Tree], memory: Memory
) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        assert listed(desk) == [" ? The new forms were not", " ✓ Nobody owns the list of"]
        rows = desk.part("#findings")
        assert "suggested" in rows[1]
        assert "confirmed" in rows[3]
        for words in ("S-1, S-2", "Lyon and Trento", "Jan 2026 to Aug 2026"):
            assert words in desk.told("#findings")
        for words in (
            "Root in S-1 · Lyon · Jan 2026 S-2 · Trento · May 2026 ? suggested “The new forms",
            "What was done Put the order day into the calendar (S-1, Ana)",
            "done 4 February 2026; again elsewhere in S-2 · Trento · May 2026, after 94 days",
        ):
            await desk.reads("#finding", words)
        await desk.press("down")
        await desk.reads("#finding", "S-1 · Lyon · Jan 2026 ✓ confirmed S-3")
        await desk.reads("#finding", "Nothing is planned yet.")


async def test_every_view_tells_its_own(database: Path, trees: list[Tree], memory: Memory) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await desk.press("right")
        await desk.reads("#finding", "It leads to 3 problems, 1 of them confirmed.")
        await desk.reads("#finding", "Root in S-1, S-2.")
        await desk.reads("#finding", "The problems it leads to S-1 · Lyon · Jan 2026")
        await desk.press("right")
        await desk.reads("#finding", "lead to 100 % of 4 problems.")
        await desk.reads("#finding", "│ 80 %")
        assert "+3" in desk.row_with("►")
        await desk.press("right")
        await desk.reads("#finding", "Stopped here S-1")
        await desk.reads("#finding", "Asked on, 1 why deeper S-3 · Lyon · Aug 2026")
        await desk.reads("#finding", f"↳ {RULE}")
        await desk.press("5")
        await desk.reads("#finding", "leads to: ")
        await desk.reads("#finding", "S-2 · Trento · May 2026")
        await desk.press("6")
        await desk.reads("#finding", "For S-1 · Lyon · Jan 2026")
        await desk.reads("#finding", "Found again in S-2")
        # Where one comes from, the other end stands.
        await desk.press("right", "left", "left")
        await desk.reads("#finding", "Round and round")


async def test_a_click_shows_a_view(database: Path, trees: list[Tree], memory: Memory) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        column = desk.part("#pattern-views")[0].index("loops")
        await desk.pilot.click("#pattern-views", offset=(column, 0))
        await desk.reads("#finding", "Round and round")


async def test_enter_opens_a_session_at_the_cause_and_comes_back(
    database: Path, trees: list[Tree], memory: Memory
) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await desk.press("enter")
        await desk.sees("Open which session?", "S-2 · Trento · May 2026")
        await desk.press("2")
        await desk.sees("S-2  line 3 stands still")
        tree = desk.app.screen.query_one(WhyTree)
        await desk.until(lambda: tree.cursor == named(trees[1], ORDERED).id and tree.has_focus)
        await desk.press("q")
        await desk.sees("Patterns", "shared roots 2")
        assert listed(desk)[0] == " ? The new forms were not"
        # A loop says which sessions, and the screen finds their causes.
        await desk.press("5", "enter")
        await desk.sees("Open which session?")
        await desk.press("1")
        await desk.sees("S-2  line 3")
        held = {named(trees[1], text).id for text in (CALLS, QUEUE)}
        await desk.until(lambda: desk.app.screen.query_one(WhyTree).cursor in held)


async def test_contradictions_are_told_with_the_way_to_them(
    database: Path, ines: Store, trees: list[Tree], memory: Memory
) -> None:
    first, second, third = (
        named(tree, text).id
        for tree, text in zip(trees, (ORDERED_IN_TIME, ORDERED, ORDERED_AGAIN), strict=False)
    )
    ines.decide(first, second, Sameness.SAME)
    ines.decide(second, third, Sameness.SAME)
    ines.decide(first, third, Sameness.DIFFERENT)
    async with sitting(database, (80, 24)) as desk:
        await desk.press("p")
        await desk.sees("1 decision on what is the same contradicts others: d, then c shows")
        await desk.press("d", "c")
        await desk.sees("The new forms were not ordered in time", "different")


CALLS = "Calls are not returned"
QUEUE = "The telephone queue is long"


async def test_what_is_asked_about_stands_in_words(
    database: Path, trees: list[Tree], memory: Memory
) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await desk.press("c")
        await desk.sees("Patterns · only what is confirmed")
        await desk.reads("#pattern-views", "shared roots 1")
        assert listed(desk) == [" ✓ Nobody owns the list of"]
        await desk.press("c", "r")
        await desk.sees("Patterns · only roots")
        await desk.press("2")
        await desk.until(lambda: not any("overcharged" in row for row in listed(desk)))
        await desk.press("r", "p")
        await desk.sees("Which place is asked about?", "Trento")
        await desk.type("tr\r")
        await desk.sees("Patterns · asked about Trento", "2 sessions")
        await desk.press("t")
        await desk.sees("Since when?", "the last 6 months")
        await desk.type("2026-09-01")
        await desk.sees("since")
        await desk.press("enter")
        await desk.sees("asked about Trento · since 1 September 2026", "1 session")
        await desk.reads("#patterns-work", "Nothing here is like that. Esc asks about everything")
        await desk.press("escape")
        await desk.until(lambda: len(listed(desk)) == 4)
        await desk.press("escape")
        await desk.sees("Five Whys")


async def test_the_report_is_written(
    database: Path, tmp_path: Path, trees: list[Tree], memory: Memory
) -> None:
    async with sitting(database, (120, 40), exports=tmp_path / "out") as desk:
        await opened(desk)
        await desk.press("e")
        await desk.sees("Written: ")
    (path,) = (tmp_path / "out").iterdir()
    assert path.name == "2026-11-21-patterns.md"
    text = path.read_text("utf-8")
    assert ORDERED_IN_TIME in text
    assert "suggested" in text


async def test_the_map_is_drawn_scrolled_and_written(
    database: Path, tmp_path: Path, trees: list[Tree], memory: Memory
) -> None:
    async with sitting(database, (80, 24), exports=tmp_path / "out") as desk:
        await opened(desk)
        await desk.press("m")
        await desk.sees("Map · The new forms", "It leads to", "problem: customers are angry")
        await desk.press("end")
        await desk.sees("It comes from", "root: No rule says who orders")
        await desk.press("home", "minus", "minus")
        await desk.sees("Up to 1 link either way.", "Grease is missing")
        await desk.misses("line 3 stands still")
        await desk.press("plus")
        await desk.sees("Up to 2 links either way.", "line 3 stands still")
        await desk.press("e")
        await desk.sees("Written, as SVG and as Markdown: ")
        await desk.press("g")
        await desk.sees("Open which session?")
        await desk.press("3")
        await desk.sees("S-3  letters go astray")
        await desk.until(lambda: desk.app.screen.query_one(WhyTree).has_focus)
        await desk.press("q")
        await desk.sees("Map · ")
        await desk.press("q")
        await desk.sees("shared roots 2")
    page, picture = sorted((tmp_path / "out").iterdir())
    assert (page.suffix, picture.suffix) == (".md", ".svg")
    assert picture.read_text("utf-8").startswith("<svg")
    assert "```mermaid\nflowchart LR\n" in page.read_text("utf-8")


async def test_the_map_of_confirmed_causes_has_nothing_suggested(
    database: Path, trees: list[Tree], memory: Memory
) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await desk.press("c")
        await desk.reads("#pattern-views", "shared roots 1")
        await desk.press("m")
        await desk.sees("root: Nobody owns the list of prices (confirmed)", "letters go astray")
        await desk.misses("suggested")


async def test_a_live_session_shows_the_map_around_its_cause(
    database: Path, trees: list[Tree], memory: Memory
) -> None:
    async with meeting(database, (120, 40), number=3) as desk:
        desk.app.screen.query_one(WhyTree).focus_at(named(trees[2], ORDERED_AGAIN).id)
        await desk.settled()
        await desk.press("f7")
        await desk.sees("Map · ", "It comes from", "line 3 stands still")
        await desk.press("escape")
        await desk.sees("S-3  letters go astray")


async def test_the_answer_shows_the_map_too(
    database: Path, trees: list[Tree], memory: Memory
) -> None:
    async with meeting(database, (120, 40), number=4) as desk:
        # What is typed on is for the map.
        await desk.burst("f7", "q")
        await desk.sees("S-4  the till is shut")
        assert not desk.box
        await desk.press("f7")
        await desk.sees("Map · The till is old", "problem: the till is shut")


async def test_a_cause_that_was_ruled_out_is_on_no_map(
    database: Path, ines: Store, trees: list[Tree], memory: Memory
) -> None:
    async with meeting(database, (120, 40), number=4) as desk:
        desk.app.screen.query_one(WhyTree).focus_at(named(trees[3], "The till is old").id)
        await desk.settled()
        await desk.press("x")
        await desk.type("It is new\r")
        await desk.sees("It is new")
        desk.app.screen.query_one(WhyTree).focus_at(named(trees[3], "The till is old").id)
        await desk.settled()
        await desk.press("f7")
        await desk.sees("This is not on the map: it was ruled out or deleted")


async def test_it_says_what_it_means_that_nothing_is_there(
    database: Path, ines: Store, memory: Memory
) -> None:
    async with sitting(database, (80, 24)) as desk:
        await desk.press("p")
        await desk.reads("#patterns-work", "No session yet, so nothing can come again.")
        await desk.press("q")
        grow(ines, begun(ines, "customers are angry"), "old forms")
        await desk.press("p")
        await desk.reads("#patterns-work", "There is one session so far.")
        await desk.press("q")
        grow(ines, begun(ines, "line 3 stands still"), "no grease")
        await desk.press("p")
        for key, words in enumerate(
            (
                "No root cause is shared.",
                "No cause leads to more than one problem",
                "",
                "Nobody asked on where another team stopped.",
                "No causes feed each other.",
                "Nothing came back after it was done.",
            ),
            1,
        ):
            await desk.press(str(key))
            await desk.reads("#patterns-work" if words else "#finding", words or "100 %")
        # Keys that need a finding say so.
        await desk.press("1", "m")
        assert "There is no finding to draw." in desk.hint


async def test_what_is_decided_comes_before_the_history_is_read(
    database: Path, trees: list[Tree], memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = Reading(memory)
    monkeypatch.setattr(knowing, "memory_of", lambda _: reading)
    async with sitting(database, (120, 40)) as desk:
        await desk.press("p")
        await desk.sees("Reading the history … 1,200 of 9,000", "shared roots 1")
        assert listed(desk) == [" ✓ Nobody owns the list of"]
        # Where nothing is confirmed, how far it is stands in the middle, with its keys.
        await desk.press("5")
        await desk.reads("#patterns-work", "1,200 of 9,000 ")
        await desk.reads("#patterns-work", "Space pauses it. x leaves it; nothing is lost.")
        await desk.press("space")
        assert reading.work is not None
        assert reading.work.is_paused
        await desk.reads("#patterns-work", "1,200 of 9,000, paused")
        await desk.press("space")
        assert not reading.work.is_paused
        await desk.press("x")
        await desk.sees("Left. F5 looks again")
        # What is left stays left, also where it is narrowed.
        await desk.press("1", "r")
        await desk.sees("Patterns · only roots")
        await desk.misses("1,200")
        await desk.press("f5")
        await desk.sees("Reading the history … 1,200 of 9,000")
        reading.finish()
        await desk.until(lambda: len(listed(desk)) == 2)
        assert listed(desk)[0] == " ? The new forms were not"


async def test_what_was_seen_last_stands_there_at_once(
    database: Path,
    ines: Store,
    trees: list[Tree],
    memory: Memory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    memory.patterns()
    hold(ines, "the post is late", ORDERED_ONCE_MORE, 10, [ORDERED_ONCE_MORE], site="Porto")
    reading = Reading(memory)
    monkeypatch.setattr(knowing, "memory_of", lambda _: reading)
    async with sitting(database, (120, 40)) as desk:
        await desk.press("p")
        await desk.sees("Reading the history … 1,200 of 9,000", "shared roots 2")
        assert listed(desk) == [" ? The new forms were not", " ✓ Nobody owns the list of"]
        assert "S-1, S-2" in desk.told("#findings")
        reading.finish()
        await desk.until(lambda: "S-1, S-2, S-5" in desk.told("#findings"))


async def test_what_goes_wrong_is_told_and_the_rest_stays(
    database: Path, trees: list[Tree], memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = Reading(memory)
    reading.trouble = "The disk is full [/foo]"
    monkeypatch.setattr(knowing, "memory_of", lambda _: reading)
    async with sitting(database, (120, 40)) as desk:
        await desk.press("p")
        await desk.sees("The disk is full [/foo]", "shared roots 1")
        assert listed(desk)[0] == " ✓ Nobody owns the list of"


async def test_leaving_does_not_wait_for_the_reading(
    database: Path, trees: list[Tree], memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = Reading(memory)
    monkeypatch.setattr(knowing, "memory_of", lambda _: reading)
    async with sitting(database, (80, 24)) as desk:
        await desk.press("p")
        await desk.sees("1,200 of 9,000")
        await desk.press("escape")
        await desk.sees("Left. F5 looks again")
        await desk.press("escape")
        await desk.sees("Five Whys", "4 sessions")


async def test_what_others_do_shows_by_itself(
    database: Path, ines: Store, trees: list[Tree], memory: Memory
) -> None:
    async with sitting(database, (120, 40), actor="Bo") as desk:
        await opened(desk)
        await desk.press("down")
        a, b = named(trees[0], ORDERED_IN_TIME).id, named(trees[1], ORDERED).id
        ines.decide(a, b, Sameness.SAME)
        await desk.until(lambda: listed(desk)[0].startswith(" ✓ The new forms"))
        # The cursor stays on its finding.
        await desk.reads("#finding", NOBODY)
        ines.decide(a, b, Sameness.DIFFERENT)
        await desk.reads("#pattern-views", "shared roots 1")


async def test_deciding_a_suggested_finding_confirms_it(
    database: Path, ines: Store, trees: list[Tree], memory: Memory
) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await desk.press("d")
        await desk.sees("Same cause?", "Only about “The new forms", "about 3 left")
        for _ in range(3):
            await desk.restless(0.2)
            await desk.press("s")
        await desk.sees("Nothing is left to decide about this cause.")
        await desk.press("q")
        await desk.until(lambda: listed(desk)[0].startswith(" ✓ The new forms"))


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_the_queue_says_which_finding_it_is_about_and_asks_about_all_with_a_key(
    database: Path, trees: list[Tree], memory: Memory, size: tuple[int, int]
) -> None:
    async with sitting(database, size) as desk:
        await opened(desk)
        await desk.press("d")
        await desk.sees("about 3 left")
        about = desk.row_with("Only about")
        assert about.startswith(" Only about “The new forms were")
        assert about.endswith("”   a asks about all")
        assert len(about) < size[0]
        asked = [row for row in desk.rows if "►" in row]
        await desk.press("a")
        await desk.sees("about 5 left", "All causes are asked about now.")
        await desk.misses("Only about")
        # The pair that a person looks at stays.
        assert [row for row in desk.rows if "►" in row] == asked
        await desk.press("a")
        await desk.sees("All causes are asked about already.")


async def test_any_text_is_shown_as_it_is(database: Path, ines: Store, memory: Memory) -> None:
    text = "The [/foo] was [$primary] not ordered x[/]"
    for problem in ("[b]angry", "[/] late"):
        tree = grow(ines, begun(ines, problem, site="[red]Lyon"), text)
        ines.apply(tree, Answer(parent=named(tree, text).id, text="[/why]"))
    async with sitting(database, (120, 40)) as desk:
        await desk.press("p", "2")
        await desk.until(lambda: len(listed(desk)) == 2)
        await desk.press("down")
        await desk.reads("#finding", text)
        await desk.press("m")
        await desk.sees(text)
        await desk.press("q", "enter")
        await desk.sees("S-1 · [red]Lyon")


@pytest.mark.parametrize("size", [(60, 20), (200, 50)], ids=named_size)
async def test_it_works_in_any_window(
    database: Path, size: tuple[int, int], trees: list[Tree], memory: Memory
) -> None:
    async with sitting(database, size) as desk:
        await opened(desk)
        for key in "123456":
            await desk.press(key)
            await desk.sees("Patterns")
            assert listed(desk)
        await desk.press("m")
        await desk.sees("It leads to")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=named_size)
async def test_golden(
    database: Path, size: tuple[int, int], trees: list[Tree], memory: Memory
) -> None:
    async with sitting(database, size) as desk:
        await opened(desk)
        # The cursor stays with what was under it when the suggestions came, soon or late.
        await desk.press("end")
        await desk.reads("#finding", "Root in")
        await looks_like(desk, f"patterns-{named_size(size)}")
        await desk.press("3")
        await desk.reads("#finding", "lead to 100 %")
        await looks_like(desk, f"patterns-few-{named_size(size)}")
        await desk.press("1", "m")
        await desk.sees("It leads to")
        await looks_like(desk, f"map-{named_size(size)}")


async def test_golden_in_plain_characters(
    database: Path, trees: list[Tree], memory: Memory
) -> None:
    async with sitting(database, (80, 24), ascii_only=True) as desk:
        await opened(desk)
        await desk.press("3")
        await desk.reads("#finding", "lead to 100 %")
        await looks_like(desk, "patterns-few-ascii-80x24")
        assert desk.text.isascii()

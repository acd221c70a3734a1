"""The queue of likely pairs, and decisions that contradict each other."""

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivewhys.memory import Memory
from fivewhys.models.past import Sameness
from fivewhys.models.tree import Tree
from fivewhys.screens import deciding, knowing
from fivewhys.screens.pair_queue import Asked, PairQueue, Settled
from fivewhys.screens.widgets.why_tree import WhyTree
from fivewhys.store.store import Store
from tests.screens.again import (
    ORDERED,
    ORDERED_AGAIN,
    ORDERED_IN_TIME,
    Reading,
    fill,
    remembering,
)
from tests.screens.driving import PATIENCE, Desk, named, sitting
from tests.screens.test_golden import looks_like, named_size

Said = tuple[frozenset[UUID], Sameness, str]


@pytest.fixture(autouse=True)
def _quick_eyes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever tests has seen a pair at once."""
    monkeypatch.setattr(deciding, "LEAST_LOOK", 0.0)


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
    """Open the queue of all pairs: the finding under the cursor is confirmed already."""
    await desk.press("p")
    await desk.until(lambda: "? The new forms" in desk.told("#findings"))
    await desk.press("end", "d")
    await desk.sees("The same cause?")


def said(store: Store) -> set[Said]:
    """What is decided, and by whom."""
    return {(frozenset((one.a, one.b)), one.sameness, one.decided_by) for one in store.decisions()}


def shown(desk: Desk) -> frozenset[str]:
    """The two causes that are asked about."""
    return frozenset(
        next(row for row in desk.part(pane) if "►" in row).strip(" ▕►")
        for pane in ("#pair-one", "#pair-other")
    )


def told(desk: Desk, pane: str) -> str:
    """The words of one of the two, without the line beside it."""
    return " ".join(desk.told(pane).replace("▕", "").split())


async def shows(desk: Desk, *texts: str) -> None:
    """Wait until these two are asked about."""
    await desk.until(lambda: shown(desk) == frozenset(texts), f"not {texts}")


async def go_to(desk: Desk, *texts: str) -> None:
    """Look ahead until these are asked about; what was decided may still change the order."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        await desk.press(*["left"] * 9)
        for _ in range(9):
            if shown(desk) >= frozenset(texts):
                return
            await desk.press("right")
    raise AssertionError(f"nobody asks about {texts}\n{desk.text}")


def keys(trees: list[Tree]) -> tuple[UUID, UUID, UUID]:
    """The three causes that are worded alike."""
    return (
        named(trees[0], ORDERED_IN_TIME).id,
        named(trees[1], ORDERED).id,
        named(trees[2], ORDERED_AGAIN).id,
    )


async def test_a_pair_stands_in_its_context(
    database: Path, trees: list[Tree], memory: Memory
) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await go_to(desk, ORDERED_IN_TIME, ORDERED)
        one, other = told(desk, "#pair-one"), told(desk, "#pair-other")
        assert one.startswith("S-1 · Lyon · Jan 2026 · Books ! customers are angry about the")
        assert "↳ They are overcharged for this book ► The new forms were not ordered in" in one
        assert "◆ called root · moderate problem" in one
        assert "done 4 February 2026: Put the order day into the calendar" in one
        assert other.startswith("S-2 · Trento · May 2026 · Packing ! line 3 stands still")
        assert "nothing was done about it yet" in other
        await desk.sees("likely", "0 decided", "left, biggest first")


async def test_one_key_decides_and_what_follows_is_not_asked(
    database: Path, ines: Store, trees: list[Tree], memory: Memory
) -> None:
    a, b, c = keys(trees)
    async with sitting(database, (120, 40), actor="Bo") as desk:
        await opened(desk)
        await go_to(desk, ORDERED_IN_TIME, ORDERED)
        await desk.press("s")
        await desk.sees("1 decided", "Same. u takes it back.")
        assert said(ines) == {(frozenset((a, b)), Sameness.SAME, "Bo")}
        await go_to(desk, ORDERED_AGAIN)
        await desk.press("s")
        await desk.sees("2 decided")
        # The third pair of the three is settled with it: nobody says it, and nobody is asked.
        three = {ORDERED_IN_TIME, ORDERED, ORDERED_AGAIN}
        end = time.monotonic() + PATIENCE
        while sum(pair <= three for pair in await pairs(desk)) != 2:
            assert time.monotonic() < end, desk.text
        assert len(said(ines)) == 2
        assert c in {key for pair, _, _ in said(ines) for key in pair}


async def pairs(desk: Desk) -> set[frozenset[str]]:
    """All pairs that one comes by, looking from the first to the last."""
    await desk.press(*["left"] * 9)
    found = [shown(desk)]
    for _ in range(9):
        await desk.press("right")
        found.append(shown(desk))
    return set(found)


async def test_undo_takes_back_one_after_the_other(
    database: Path, ines: Store, trees: list[Tree], memory: Memory
) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        first = shown(desk)
        await desk.press("d")
        second = shown(desk)
        assert second != first
        await desk.press("s")
        await desk.sees("2 decided")
        await desk.press("u")
        await desk.sees("1 decided", "Taken back: same.")
        await shows(desk, *second)
        await desk.press("u")
        await desk.sees("0 decided", "Taken back: different.")
        await shows(desk, *first)
        assert {sameness for _, sameness, _ in said(ines)} <= {Sameness.OPEN}
        await desk.press("u")
        assert "Nothing of yours is left to take back." in desk.hint


async def test_what_is_left_for_later_comes_last(
    database: Path, ines: Store, trees: list[Tree], memory: Memory
) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        first = shown(desk)
        await desk.press("n")
        await desk.sees("1 for later")
        second = shown(desk)
        assert second != first
        await desk.press("space")
        await desk.sees("2 for later")
        await desk.press(*["right"] * 9)
        await shows(desk, *second)
        await desk.sees("left for later")
        assert "That was the last pair." in desk.hint
        await desk.press("s")
        await desk.sees("1 decided", "1 for later")
        assert len(ines.decisions()) == 2


async def test_looking_back_shows_what_was_said_and_says_it_anew(
    database: Path, ines: Store, trees: list[Tree], memory: Memory
) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        first = shown(desk)
        await desk.press("d", "left")
        await shows(desk, *first)
        await desk.sees("You said: different")
        await desk.press("left")
        assert "That was the first pair." in desk.hint
        await desk.press("s")
        await desk.sees("1 decided")
        assert {sameness for _, sameness, _ in said(ines)} == {Sameness.SAME}


async def test_both_sessions_are_a_key_away(
    database: Path, trees: list[Tree], memory: Memory
) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await go_to(desk, ORDERED_IN_TIME, ORDERED)
        for key, session, cause in zip("gG", ("S-1  cust", "S-2  line"), keys(trees), strict=False):
            await desk.press(key)
            await desk.sees(session)
            await stands_at(desk, cause)
            await desk.press("q")
            await shows(desk, ORDERED_IN_TIME, ORDERED)


async def stands_at(desk: Desk, cause: UUID) -> None:
    """Wait until the tree of a session has its cursor there."""
    tree = desk.app.screen.query_one(WhyTree)
    await desk.until(lambda: tree.has_focus and tree.cursor == cause)


async def test_a_key_that_comes_too_soon_decides_nothing(
    database: Path, ines: Store, trees: list[Tree], memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        monkeypatch.setattr(deciding, "LEAST_LOOK", 600.0)
        await desk.press("s")
        assert "That was quick" in desk.hint
        assert not ines.decisions()


async def test_keys_pressed_at_once_are_done_in_order(
    database: Path, ines: Store, trees: list[Tree], memory: Memory
) -> None:
    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        await desk.burst("s", "u", "d", "n")
        await desk.sees("1 decided", "1 for later")
        held = {sameness for _, sameness, _ in said(ines)}
        assert held == {Sameness.DIFFERENT, Sameness.SKIPPED}


async def test_the_history_is_read_first_and_can_be_left(
    database: Path, trees: list[Tree], memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = Reading(memory)
    monkeypatch.setattr(knowing, "memory_of", lambda _: reading)
    async with sitting(database, (80, 24)) as desk:
        await desk.press("p", "d")
        await desk.sees("Reading the history … 1,200 of 9,000", "Space pauses it.")
        await desk.press("s")
        assert "There is no pair to decide." in desk.hint
        await desk.press("space")
        await desk.sees("1,200 of 9,000, paused")
        await desk.press("x")
        await desk.sees("Left. F5 looks again")
        reading.finish()
        await desk.press("f5")
        await desk.sees("The same cause?")


async def test_an_empty_queue_says_so(database: Path, ines: Store, memory: Memory) -> None:
    async with sitting(database, (80, 24)) as desk:
        await desk.press("p", "d")
        await desk.reads("#deciding-work", "Nothing is left to decide. With every session")
        await desk.press("c")
        await desk.sees("No decisions contradict each other.")
        await desk.press("s")
        assert "There is nothing to solve." in desk.hint
        await desk.press("q", "q")
        await desk.sees("Patterns")


async def test_a_cause_that_is_gone_is_not_asked_about(
    database: Path, ines: Store, trees: list[Tree], memory: Memory
) -> None:
    from fivewhys.models.commands import DeleteSession

    async with sitting(database, (120, 40)) as desk:
        await opened(desk)
        ines.apply(trees[1], DeleteSession())
        await desk.until(lambda: frozenset((ORDERED_IN_TIME, ORDERED_AGAIN)) == shown(desk))
        assert await pairs(desk) == {frozenset((ORDERED_IN_TIME, ORDERED_AGAIN))}


def contradict(database: Path, trees: list[Tree]) -> None:
    """Say a = b, b = c and a ≠ c, all on one day."""
    a, b, c = keys(trees)
    decided = datetime(2026, 11, 2, 9, tzinfo=UTC)
    with closing(Store(database, "Ines", now=lambda: decided)) as store:
        store.decide(a, b, Sameness.SAME)
        store.decide(b, c, Sameness.SAME)
        store.decide(a, c, Sameness.DIFFERENT)


async def test_a_contradiction_is_shown_and_solved(
    database: Path, ines: Store, trees: list[Tree], memory: Memory
) -> None:
    contradict(database, trees)
    a, b, c = keys(trees)
    async with sitting(database, (120, 40), actor="Bo") as desk:
        await desk.press("p")
        await desk.until(lambda: bool(desk.told("#findings")))
        await desk.press("d", "c")
        await desk.sees("These decisions cannot all be right", "contradiction 1 of 1")
        rows = [" ".join(row.split()) for row in desk.part("#links")]
        assert [row.count("=") for row in rows] == [1, 1, 0]
        assert "≠" in rows[2]
        assert all("Ines, " in row and "2026" in row for row in rows)
        # Each link shows its two causes in their context.
        for one, other in ((a, b), (b, c), (a, c)):
            await shows(desk, text(trees, one), text(trees, other))
            await desk.press("down")
        await desk.press("d")
        assert "It says different already." in desk.hint
        await desk.press("s")
        await desk.sees("No decisions contradict each other.")
        await desk.reads("HintRow", "That contradiction is gone. None is left.")
        assert (frozenset((a, c)), Sameness.SAME, "Bo") in said(ines)
        await desk.press("u")
        await desk.sees("contradiction 1 of 1")
        assert (frozenset((a, c)), Sameness.DIFFERENT, "Ines") in said(ines)
        await desk.press("home", "down", "n")
        await desk.sees("No decisions contradict each other.")
        assert (frozenset((b, c)), Sameness.SKIPPED, "Bo") in said(ines)


def text(trees: list[Tree], key: UUID) -> str:
    """The text of a cause."""
    return next(tree.causes[key].text for tree in trees if key in tree.causes)


async def test_the_queue_tells_of_contradictions(
    database: Path, trees: list[Tree], memory: Memory
) -> None:
    contradict(database, trees)
    async with sitting(database, (120, 40)) as desk:
        await desk.press("p")
        await desk.until(lambda: bool(desk.told("#findings")))
        await desk.press("d")
        await desk.reads("HintRow", "Some decisions contradict each other. c shows")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=named_size)
async def test_golden(
    database: Path, size: tuple[int, int], trees: list[Tree], memory: Memory
) -> None:
    async with sitting(database, size) as desk:
        await opened(desk)
        await go_to(desk, ORDERED_IN_TIME, ORDERED)
        await looks_like(desk, f"deciding-{named_size(size)}")


async def test_the_cause_itself_is_always_in_sight(
    database: Path, ines: Store, memory: Memory
) -> None:
    from tests.screens.conftest import begun
    from tests.screens.driving import grow

    long = "because nobody at all had looked at the date in the corner of the box " * 2
    for problem in ("one thing happened", "another thing happened"):
        outline = "\n".join(f"{'  ' * depth}why {depth} {problem} {long}" for depth in range(6))
        outline += f"\n{'  ' * 6}The forms of {problem} were not ordered"
        grow(ines, begun(ines, problem), outline)
    async with sitting(database, (60, 20)) as desk:
        await desk.press("p", "d")
        await desk.sees("The same cause?")
        for _ in range(12):
            assert "►" in desk.told("#pair-one")
            assert "►" in desk.told("#pair-other")
            await desk.press("right")
        await desk.sees("whys between")
        # All of it can be read.
        await desk.press("down")
        await desk.misses("whys between")
        before = desk.told("#pair-one")
        await desk.press("down")
        assert desk.told("#pair-one") != before


KEYS = [UUID(int=number) for number in range(1, 7)]
PAIRS = [*combinations(KEYS, 2)]


@given(
    said=st.lists(
        st.tuples(
            st.sampled_from([Sameness.SAME, Sameness.DIFFERENT, Sameness.SKIPPED]),
            st.integers(-3, 3),
        ),
        max_size=20,
    )
)
def test_what_is_settled_is_never_asked(said: list[tuple[Sameness, int]]) -> None:
    queue, held = PairQueue(), dict[tuple[UUID, UUID], Sameness]()
    queue.take([Asked(a, b) for a, b in PAIRS], held)
    for sameness, by in said:
        queue.look(by)
        here = queue.here
        if here is None:
            break
        held[here.pair] = sameness
        queue.decide(sameness, held)
        shown = queue.here
        if shown is not None and shown.said is None and shown.pair not in held:
            assert not Settled(held).knows(*shown.pair)
    # Whatever was not asked follows from what was said, or is still to come.
    settled = Settled(held)
    rest = set()
    queue.look(-queue.decided - len(PAIRS))
    while queue.look(-1):
        pass
    while queue.here is not None:
        rest.add(queue.here.pair)
        if not queue.look(1):
            break
    assert all(pair in rest or settled.knows(*pair) for pair in PAIRS)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=named_size)
async def test_golden_contradiction(
    database: Path, size: tuple[int, int], trees: list[Tree], memory: Memory
) -> None:
    contradict(database, trees)
    async with sitting(database, size) as desk:
        await desk.press("p")
        await desk.until(lambda: bool(desk.told("#findings")))
        await desk.press("d", "c")
        await desk.sees("These decisions cannot all be right", "2 Nov 2026")
        await looks_like(desk, f"contradiction-{named_size(size)}")

"""Search over everything: words as one types them, what is similar, and the way to it."""

from pathlib import Path

import pytest

from fivewhys.models.commands import AddEvidence, Answer, EditCause, Park, SetStatus
from fivewhys.models.tree import Tree
from fivewhys.models.words import Status
from fivewhys.patterns.likely import Likely
from fivewhys.screens import search
from fivewhys.screens.search import SearchScreen
from fivewhys.screens.widgets.why_tree import WhyTree
from fivewhys.store.problems import StoreProblem
from fivewhys.store.store import Store
from tests.screens.conftest import begun
from tests.screens.driving import Desk, grow, named, sitting
from tests.screens.remembering import Known
from tests.screens.test_golden import looks_like, named_size

HANDS = """
The card reader times out
  The reader’s cable is worn
Nobody counts the queue
"""


@pytest.fixture
def memory(ines: Store, monkeypatch: pytest.MonkeyPatch) -> Known:
    """A memory that knows what a test tells it."""
    known = Known(ines)
    monkeypatch.setattr(SearchScreen, "memory", known)
    monkeypatch.setattr(search, "AGAIN_SECONDS", 0.05)
    return known


@pytest.fixture(autouse=True)
def _no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SearchScreen, "memory", None)


@pytest.fixture
def tree(ines: Store) -> Tree:
    """A session about queues."""
    tree = grow(ines, begun(ines, "queues at the till", site="Harwick"), HANDS)
    reader = named(tree, "The card reader times out").id
    tree = ines.apply(tree, AddEvidence(cause=reader, text="38 of 40 slips of the reader"))
    cable = named(tree, "The reader’s cable is worn").id
    tree = ines.apply(
        tree, SetStatus(cause=cable, status=Status.RULED_OUT, reason="It was a new reader")
    )
    return ines.apply(tree, Park(text="a reader for every till"))


def kinds(desk: Desk) -> list[str]:
    """The kinds of what is listed."""
    return [row[:16].strip() for row in desk.part("#found")[::2] if row.strip()]


async def test_what_is_typed_is_found_as_one_types(database: Path, tree: Tree) -> None:
    async with sitting(database, (80, 24)) as desk:
        await desk.press("f3")
        await desk.sees("Type words that you remember")
        await desk.type("READ")
        await desk.sees("4 found")
        assert kinds(desk)[0] == "cause"
        assert sorted(kinds(desk)) == ["cause", "cause", "evidence", "parked idea"]
        await desk.reads("#found-text", "Cause · S-1 · Harwick")
        await desk.type(" slip")
        await desk.sees("1 found", "38 of 40 slips of the reader")
        await desk.reads("#found-text", "38 of 40 slips of the reader ↳ The card reader times out")
        await desk.type("x")
        await desk.sees("Nothing has all of these words.")
        await desk.press("escape")
        await desk.sees("Type words that you remember")
        await desk.press("escape")
        await desk.sees("queues at the till", "1 session")


async def test_what_was_ruled_out_says_so(database: Path, tree: Tree) -> None:
    async with sitting(database, (80, 24)) as desk:
        await desk.press("f3")
        await desk.type("cable")
        await desk.sees("1 found", "ruled out")


async def test_enter_opens_the_session_at_the_cause_and_comes_back(
    database: Path, ines: Store, tree: Tree
) -> None:
    begun(ines, "another problem")
    async with sitting(database, (120, 40)) as desk:
        await desk.press("f3")
        await desk.type("queue count")
        await desk.sees("Nobody counts the queue")
        await desk.press("enter", "enter")
        cause = named(tree, "Nobody counts the queue").id
        await desk.until(lambda: desk.app.screen.query_one(WhyTree).cursor == cause)
        ines.apply(tree, EditCause(cause=cause, text="Nobody ever counts the queue"))
        desk.app.pop_screen()
        await desk.sees("Nobody ever counts the queue", "1 found")


async def test_words_of_the_library_go_along(database: Path, tree: Tree) -> None:
    async with sitting(database, (80, 24)) as desk:
        await desk.type("cable")
        await desk.sees("F3 looks for them in everything")
        await desk.press("f3")
        await desk.sees("1 found", "The reader’s cable is worn")
        await desk.until(lambda: desk.rows[-1].split()[:2] == ["Down", "hits"])
        await desk.press("down")
        assert "hits" not in desk.rows[-1]
        # In the list, a letter goes to the words.
        await desk.type("x")
        await desk.sees("cablex")


@pytest.mark.parametrize("key", ["f", "p"])
async def test_other_screens_lead_there_too(database: Path, tree: Tree, key: str) -> None:
    async with sitting(database, (80, 24)) as desk:
        await desk.press(key)
        await desk.until(lambda: len(desk.app.screen_stack) == 3)
        await desk.press("f3")
        await desk.sees("Type words that you remember")
        await desk.type("cable")
        await desk.sees("1 found")
        await desk.press("escape", "escape")
        await desk.until(lambda: not isinstance(desk.app.screen, SearchScreen))


async def test_what_is_similar_comes_after_what_has_the_words(
    database: Path, ines: Store, tree: Tree, memory: Known
) -> None:
    other = grow(ines, begun(ines, "no tea"), "Nobody watches the line\n")
    watches = named(other, "Nobody watches the line").id
    memory.knows("queue", named(tree, "Nobody counts the queue").id)
    memory.knows("queue", watches)
    async with sitting(database, (80, 24)) as desk:
        await desk.press("f3")
        await desk.type("nobody queue")
        await desk.sees("Nobody counts the queue", "Similar in meaning", "Nobody watches the line")
        await desk.reads("#found-text", "Cause · S-1 · Harwick")
        # What has the words is not listed once more as similar.
        assert len([row for row in desk.part("#found") if "counts the queue" in row]) == 1
        await desk.press("down", "down")
        await desk.reads("#found-text", "In S-2")
        await desk.press("up")
        await desk.reads("#found-text", "Cause · S-1")
        await desk.press("end", "enter")
        await desk.until(lambda: desk.app.screen.query_one(WhyTree).cursor == watches)


async def test_similar_ones_alone_are_told_of_and_come_once_the_history_is_read(
    database: Path, ines: Store, tree: Tree, memory: Known
) -> None:
    memory.knows("standing", named(tree, "Nobody counts the queue").id, Likely.PERHAPS)
    memory.is_current = False
    async with sitting(database, (80, 24)) as desk:
        await desk.press("f3")
        await desk.type("people standing about")
        await desk.sees("Nothing has all of these words.")
        memory.is_current = True
        await desk.sees("Similar in meaning", "perhaps", "these causes say nearly the same")
        # The cursor stands on a line, not on the heading.
        await desk.press("enter")
        await desk.press("enter")
        await desk.sees("Why")


async def test_nothing_found_says_how_it_is_with_what_is_similar(
    database: Path, ines: Store, tree: Tree, memory: Known
) -> None:
    memory.is_current = False
    async with sitting(database, (80, 24)) as desk:
        await desk.press("f3")
        await desk.type("penguin")
        await desk.reads("#empty", "find more. A whole sentence also finds causes that say it in")
        await desk.type("s walk")
        await desk.reads("#empty", "find more. Looking for what says the same in other words …")
        memory.is_current = True
        await desk.reads("#empty", "find more. No cause says it in other words either.")


async def test_it_is_narrowed_to_a_site_and_a_day_and_stays_so(
    database: Path, ines: Store, tree: Tree, memory: Known
) -> None:
    lyon = grow(ines, begun(ines, "no tea", site="Lyon"), "The reader of Lyon\n")
    memory.knows("reader", named(lyon, "The reader of Lyon").id)
    memory.knows("reader", named(tree, "Nobody counts the queue").id)
    async with sitting(database, (80, 24)) as desk:
        await desk.press("f3")
        await desk.type("reader of")
        await desk.sees("2 found", "Nobody counts the queue")
        await desk.press("f4")
        await desk.sees("Which place is asked about?", "Harwick")
        await desk.type("ly")
        await desk.press("enter")
        # What is similar is narrowed as well.
        await desk.sees("Search at Lyon", "1 found", "The reader of Lyon")
        await desk.misses("Nobody counts the queue")
        await desk.press("f5")
        await desk.sees("Since when?", "the last 3 months")
        await desk.press("down", "enter")
        await desk.sees("Search at Lyon since 1 ", "1 found")
        # Another search of the same sitting begins so.
        await desk.press("escape", "escape")
        await desk.sees("2 sessions")
        await desk.press("f3")
        await desk.sees("Search at Lyon since 1 ")
        await desk.type("cable")
        await desk.reads("#empty", "Nothing at Lyon since 1")
        await desk.reads("#empty", "F4 and F5 widen where it is looked for.")
        await desk.press("f4")
        await desk.sees("everywhere")
        await desk.press("up", "up", "enter")
        await desk.sees("1 found", "The reader’s cable is worn")


async def test_what_others_write_is_found(database: Path, ines: Store, tree: Tree) -> None:
    async with sitting(database, (80, 24)) as desk:
        await desk.press("f3")
        await desk.type("reader")
        await desk.sees("4 found")
        ines.apply(tree, Answer(parent=tree.problem.id, text="One reader for two tills"))
        await desk.sees("5 found")


async def test_hostile_words_are_shown_as_they_are(database: Path, ines: Store) -> None:
    nasty = '[/b] "NEAR(*" 価格表 👩‍👩‍👧 [$primary] ' + "long " * 60
    tree = begun(ines, nasty)
    async with sitting(database, (60, 20)) as desk:
        await desk.press("f3")
        await desk.type('"NEAR(* [/b] 価格')
        await desk.sees("1 found")
        await desk.sees("価格表")
        await desk.press("enter", "enter")
        await desk.sees(tree.session.name)


async def test_trouble_is_told(database: Path, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise StoreProblem("The disk does not answer.")

    async with sitting(database, (80, 24)) as desk:
        monkeypatch.setattr(Store, "search", fails)
        await desk.press("f3")
        await desk.type("reader")
        await desk.sees("The disk does not answer.")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=named_size)
async def test_it_looks_so(examples: Path, size: tuple[int, int]) -> None:
    async with sitting(examples, size) as desk:
        await desk.press("f3")
        await desk.type("price form")
        await desk.sees("10 found")
        await desk.press("enter", "down")
        await looks_like(desk, f"search-{named_size(size)}")


async def test_it_looks_so_in_plain_characters(examples: Path) -> None:
    async with sitting(examples, (80, 24), ascii_only=True) as desk:
        await desk.press("f3")
        await looks_like(desk, "search-begin-ascii-80x24")
        await desk.type("price form")
        await desk.sees("10 found")
        await looks_like(desk, "search-ascii-80x24")

"""Every key is written once, with words, and works from the palette and the bar too."""

from pathlib import Path

import pytest
from textual.binding import Binding
from textual.widgets import OptionList

from fivewhys.app import FiveWhysApp
from fivewhys.models.tree import Tree
from fivewhys.screens.acknowledgement import AcknowledgementScreen
from fivewhys.screens.asking import Ask
from fivewhys.screens.contradicting import ContradictionsScreen
from fivewhys.screens.counted import CountedScreen
from fivewhys.screens.countermeasure import CountermeasureScreen
from fivewhys.screens.deciding import DecidingScreen
from fivewhys.screens.details import DetailsScreen
from fivewhys.screens.follow_up import FollowUpScreen
from fivewhys.screens.form import Form
from fivewhys.screens.help import HelpScreen
from fivewhys.screens.keys import table
from fivewhys.screens.lens_picker import LensPicker
from fivewhys.screens.library import LibraryScreen
from fivewhys.screens.live import LiveScreen
from fivewhys.screens.map_view import Drawing, MapScreen
from fivewhys.screens.markdown_view import MarkdownScreen
from fivewhys.screens.patterns import PatternsScreen
from fivewhys.screens.picker import Picker
from fivewhys.screens.plan import PlanScreen
from fivewhys.screens.read_back import ReadBackScreen
from fivewhys.screens.review import ReviewScreen
from fivewhys.screens.review_sessions import ReviewSessions
from fivewhys.screens.search import SearchScreen, WordsField
from fivewhys.screens.session_history import SessionHistoryScreen
from fivewhys.screens.summary import SummaryScreen
from fivewhys.screens.time_line import TimeLineScreen
from fivewhys.screens.widgets.action_list import ActionList
from fivewhys.screens.widgets.answer_box import AnswerBox
from fivewhys.screens.widgets.bars import key_name
from fivewhys.screens.widgets.form_fields import Box, Pick, Ticks
from fivewhys.screens.widgets.found_list import FoundList
from fivewhys.screens.widgets.history_list import HistoryList
from fivewhys.screens.widgets.link_list import LinkList
from fivewhys.screens.widgets.measure_list import MeasureList
from fivewhys.screens.widgets.parked import ParkedIdeas
from fivewhys.screens.widgets.pattern_list import PatternList
from fivewhys.screens.widgets.review_list import ReviewList
from fivewhys.screens.widgets.root_list import RootList
from fivewhys.screens.widgets.seen_before import SeenList
from fivewhys.screens.widgets.session_list import SessionList
from fivewhys.screens.widgets.time_list import TimeList
from fivewhys.screens.widgets.verdicts import Verdicts
from fivewhys.screens.widgets.why_tree import WhyTree
from fivewhys.screens.widgets.word_box import WordBox
from fivewhys.store.store import Store
from tests.screens.driving import Desk, grow, meeting, named, sitting

OWNERS: list[type] = [
    AnswerBox,
    SeenList,
    WhyTree,
    ParkedIdeas,
    RootList,
    WordBox,
    Verdicts,
    LensPicker,
    LiveScreen,
    PlanScreen,
    CountermeasureScreen,
    MeasureList,
    Box,
    Pick,
    Ticks,
    Picker,
    Form,
    AcknowledgementScreen,
    LibraryScreen,
    SessionList,
    ReviewScreen,
    ReviewList,
    ReviewSessions,
    CountedScreen,
    FollowUpScreen,
    ActionList,
    Ask,
    SearchScreen,
    WordsField,
    FoundList,
    PatternsScreen,
    PatternList,
    MapScreen,
    Drawing,
    DecidingScreen,
    ContradictionsScreen,
    LinkList,
    DetailsScreen,
    SummaryScreen,
    SessionHistoryScreen,
    HistoryList,
    TimeLineScreen,
    TimeList,
    ReadBackScreen,
    MarkdownScreen,
    FiveWhysApp,
]


def bindings(owner: type) -> list[Binding]:
    """What a screen or widget declares itself, one for each key."""
    return list(Binding.make_bindings(vars(owner)["BINDINGS"]))


@pytest.mark.parametrize("owner", [*OWNERS, HelpScreen])
def test_every_binding_has_an_id_and_says_what_it_does(owner: type) -> None:
    for binding in bindings(owner):
        assert binding.id, binding
        assert binding.tooltip, binding
        assert not binding.tooltip.endswith("."), binding
        # What the bar shows needs a word.
        assert binding.description or not binding.show, binding
        assert not binding.priority, "a priority key overtakes what was typed before it"


def test_the_table_has_every_key_of_every_place_once() -> None:
    lines = table(FiveWhysApp)
    assert [line for line in lines if lines.count(line) > 1] == []
    told = {(key, line.does) for line in lines for key in line.keys.split(", ")}
    wanted = {
        (key_name(binding), binding.tooltip) for owner in OWNERS for binding in bindings(owner)
    }
    assert told == wanted | {("^P", "Palette: every command by name")}
    assert all(line.where and line.keys and line.does for line in lines)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("ctrl+o", "^O"),
        ("enter", "Enter"),
        ("f1", "F1"),
        ("question_mark", "?"),
        ("slash", "/"),
        ("U", "U"),
        ("x", "x"),
        ("shift+up", "Shift+Up"),
        ("pagedown", "PgDn"),
    ],
)
def test_keys_have_the_names_that_people_read(key: str, name: str) -> None:
    assert key_name(Binding(key, "")) == name


async def test_help_shows_every_key_and_mark(database: Path) -> None:
    # All of it is in view at once: a page at a time, one may come before the other is seen.
    async with sitting(database, (120, 700)) as desk:
        await desk.press("f1")
        seen = " ".join(desk.text.split())
        for line in table(FiveWhysApp):
            assert " ".join(line.does.split())[:50] in seen, line
        for word in ("answered", "suspected", "ruled out", "contributing", "the 7th why"):
            assert word in seen
        await desk.press("q")
        await desk.sees("No session yet.")


@pytest.mark.parametrize(
    ("keys", "back"),
    [((), "S-1"), (("enter", "escape"), "In the tree"), (("enter", "f3"), "Still open")],
)
async def test_help_opens_everywhere_and_leads_back(
    database: Path, angry: Tree, keys: tuple[str, ...], back: str
) -> None:
    async with sitting(database) as desk:
        await desk.press(*keys, "?")
        await desk.until(lambda: isinstance(desk.app.screen, HelpScreen))
        await desk.press("escape")
        await desk.sees(back)


async def run_first_match(desk: Desk, words: str) -> None:
    """Wait until the palette has found the command before any other, then run it."""
    found = desk.app.screen.query_one(OptionList)

    def is_first() -> bool:
        return found.option_count > 0 and words in str(found.get_option_at_index(0).prompt)

    await desk.until(is_first, f"“{words}” is not the first that is found")
    await desk.press("enter")


async def test_the_palette_finds_and_runs_commands_of_the_tree(
    database: Path, ines: Store, angry: Tree
) -> None:
    tree = grow(ines, angry, "overcharged")
    async with meeting(database) as desk:
        await desk.press("escape", "ctrl+p")
        await desk.type("verified")
        await run_first_match(desk, "Mark verified; again opens it")
        await desk.sees("✓ overcharged")
        await desk.press("ctrl+p")
        await desk.type("rule out")
        await run_first_match(desk, "Rule out, with the reason")
        await desk.sees("Ruled out because")
    tree = ines.tree(tree.session.id)
    assert named(tree, "overcharged").status == "verified"


async def test_the_palette_works_in_the_library_and_the_answer(
    database: Path, ines: Store, angry: Tree
) -> None:
    async with sitting(database) as desk:
        await desk.press("ctrl+p")
        await desk.type("delete")
        await run_first_match(desk, "Delete the session; u brings it back")
        await desk.sees("Deleted S-1. u brings it back.")
        await desk.press("u", "enter")
        await desk.type("overcharged\r")
        await desk.press("ctrl+p")
        await desk.type("root")
        await run_first_match(desk, "Mark or unmark the root")
        await desk.sees("We act on this as root because")
    assert len(ines.tree(angry.session.id).roots()) == 1


async def test_the_bar_shows_what_works_where_the_keys_are(database: Path, angry: Tree) -> None:
    async with meeting(database, (80, 24)) as desk:
        assert desk.rows[-1].startswith(" Enter why?")
        assert desk.rows[-1].endswith("F1 help")
        await desk.press("escape")
        assert desk.rows[-1].startswith(" Enter answer here")
        assert desk.rows[-1].endswith("F1 help")
        await desk.press("tab")
        assert "answer with it" in desk.rows[-1]


async def figures_read(desk: Desk) -> None:
    """Wait for the figures, where it is them that one looks at."""
    screen = desk.app.screen
    await desk.until(lambda: all(list_.table is not None for list_ in screen.query(ReviewList)))


@pytest.mark.parametrize(
    ("keys", "where"),
    [
        (("f1",), "Type the answer, press Enter"),
        (("f3", "f1"), "Search"),
        (("r", "question_mark"), "Review"),
        (("r", "f1", "f1"), "Review"),
        (("r", "f", "f1"), "Follow-up question"),
        (("r", "4", "enter", "f1"), "Review sessions"),
        (("p", "f1"), "Patterns"),
        (("enter", "f1"), "Type the answer, press Enter"),
        (("enter", "escape", "f1"), "Tree"),
        (("enter", "f2", "f1"), "Details"),
    ],
)
async def test_help_opens_where_one_is(
    database: Path, angry: Tree, keys: tuple[str, ...], where: str
) -> None:
    async with sitting(database, (80, 24)) as desk:
        for key in keys:
            await desk.press(key)
            await figures_read(desk)
        await desk.sees("Help")
        await desk.until(lambda: desk.rows[2].strip().startswith(where))

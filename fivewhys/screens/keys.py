"""Every key in one table, taken from the bindings: for help, the palette and the README."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.screen import Screen

from fivewhys.screens.widgets.bars import key_name


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key (or several that do the same), where it works and what it does."""

    where: str
    keys: str
    does: str


def places() -> tuple[tuple[str, type], ...]:
    """Where keys work, in the order of the help, each with what has them there."""
    from fivewhys.screens.acknowledgement import AcknowledgementScreen
    from fivewhys.screens.asking import Ask
    from fivewhys.screens.contradicting import ContradictionsScreen
    from fivewhys.screens.counted import CountedScreen
    from fivewhys.screens.countermeasure import CountermeasureScreen
    from fivewhys.screens.deciding import DecidingScreen
    from fivewhys.screens.details import DetailsScreen
    from fivewhys.screens.follow_up import FollowUpScreen
    from fivewhys.screens.form import Form
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

    return (
        ("Answer", AnswerBox),
        ("Seen before", SeenList),
        ("Tree", WhyTree),
        ("Parked ideas", ParkedIdeas),
        ("Root list", RootList),
        ("Lenses", LensPicker),
        ("Live session", LiveScreen),
        ("Plan", PlanScreen),
        ("Countermeasure", CountermeasureScreen),
        ("Countermeasure", MeasureList),
        ("Countermeasure", Box),
        ("Countermeasure", Pick),
        ("Countermeasure", Ticks),
        ("List of values", Picker),
        ("Measure, check", Form),
        ("Customers", AcknowledgementScreen),
        ("Read-back", Verdicts),
        ("Read-back", ReadBackScreen),
        ("Words of a read-back", WordBox),
        ("Library", LibraryScreen),
        ("Library list", SessionList),
        ("Search", WordsField),
        ("Search", SearchScreen),
        ("Search list", FoundList),
        ("Review", ReviewScreen),
        ("Review table", ReviewList),
        ("Review sessions", ReviewSessions),
        ("How it is counted", CountedScreen),
        ("Follow-up", FollowUpScreen),
        ("Follow-up list", ActionList),
        ("Follow-up question", Ask),
        ("Patterns", PatternsScreen),
        ("Patterns list", PatternList),
        ("Map", MapScreen),
        ("Map", Drawing),
        ("Time line", TimeLineScreen),
        ("Time line list", TimeList),
        ("Likely pairs", DecidingScreen),
        ("Contradictions", ContradictionsScreen),
        ("Contradictions", LinkList),
        ("Details", DetailsScreen),
        ("Summary", SummaryScreen),
        ("History", SessionHistoryScreen),
        ("History list", HistoryList),
        ("Markdown", MarkdownScreen),
    )


def table(app: type[App[None]]) -> list[KeyLine]:
    """All keys of the program, screen by screen; `app` has those that work anywhere."""
    lines = [
        line for where, owner in (*places(), ("Anywhere", app)) for line in _lines(where, owner)
    ]
    return [*lines, KeyLine("Anywhere", "^P", "Palette: every command by name")]


_BEGINS = ("Answer", "Library")
"""Who asks here is told how it is all done, which stands before the keys."""


def place(screen: Screen[Any]) -> str:
    """Where one is, by its name in the table; empty where the help is read from its beginning.

    A screen has its own name; only of a live session the part that has the focus counts.
    """
    known = {owner: where for where, owner in reversed(places())}
    name = next((known[kind] for kind in type(screen).__mro__ if kind in known), "")
    if name == "Live session" and screen.focused is not None:
        name = known.get(type(screen.focused), name)
    return "" if name in _BEGINS else name


def _lines(where: str, owner: type) -> Iterator[KeyLine]:
    """One line for all the keys of a place that do the same."""
    keys: dict[str, list[str]] = {}
    for binding in Binding.make_bindings(vars(owner).get("BINDINGS", ())):
        names = keys.setdefault(binding.tooltip, [])
        if key_name(binding) not in names:
            names.append(key_name(binding))
    for does, names in keys.items():
        yield KeyLine(where, ", ".join(names), does)


def commands(screen: Screen[object]) -> Iterable[SystemCommand]:
    """What works on `screen` where the focus is, for the palette."""
    seen = set()
    for key, active in screen.active_bindings.items():
        binding = active.binding
        words = binding.tooltip
        if not words or binding.action in seen or key in ("up", "down", "k", "j"):
            continue
        seen.add(binding.action)
        run = partial(screen.app.run_action, binding.action, active.node)
        # The palette searches the first of the two: the sentence has more to find than a word.
        yield SystemCommand(words, f"key {key_name(binding)}", run)

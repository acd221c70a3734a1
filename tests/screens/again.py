"""A small history in which causes come again in other words, and a memory that needs no weights."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from fivewhys.memory import Memory
from fivewhys.models.commands import AddCountermeasure, CountermeasureFacts, SetPart, SetProgress
from fivewhys.models.plan_words import Progress
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part, Severity
from fivewhys.store.store import Store
from tests.memory.encoding import by_words
from tests.screens.conftest import begun
from tests.screens.driving import grow, named

if TYPE_CHECKING:
    from fivewhys.patterns.queue import Question

TODAY = date(2026, 11, 21)

ORDERED = "The new forms were not ordered"
ORDERED_IN_TIME = "The new forms were not ordered in time"
ORDERED_AGAIN = "The new forms were not ordered again"
ORDERED_ONCE_MORE = "The new forms were not ordered once more"
NOBODY = "Nobody owns the list of prices"
RULE = "No rule says who orders when the post is empty"


@contextmanager
def remembering(store: Store) -> Iterator[Memory]:
    """A memory of `store` that finds alike what shares many words."""
    with closing(Memory(store, encode=by_words, encoder="by words")) as memory:
        yield memory


def hold(
    store: Store, problem: str, outline: str, month: int, roots: Sequence[str], **facts: object
) -> Tree:
    """A session of 2026."""
    noticed = datetime(2026, month, 9, 10, tzinfo=UTC)
    tree = grow(store, begun(store, problem, (), noticed_at=noticed, **facts), outline)
    for text in roots:
        tree = store.apply(tree, SetPart(cause=named(tree, text).id, part=Part.ROOT))
    return tree


def done(store: Store, tree: Tree, cause: str, text: str, on: date) -> Tree:
    """Say that something was done about a cause."""
    facts = CountermeasureFacts(owner="Ana")
    command = AddCountermeasure(cause=named(tree, cause).id, text=text, facts=facts)
    tree = store.apply(tree, command)
    key = next(item.id for item in tree.all_countermeasures() if item.text == text)
    return store.apply(tree, SetProgress(countermeasure=key, progress=Progress.DONE, on=on))


def fill(store: Store) -> list[Tree]:
    """Four sessions: a root in other words, one that was fixed, one that was dug deeper, a loop."""
    books = hold(
        store,
        "customers are angry about the prices of books",
        f"They are overcharged for this book\n  {ORDERED_IN_TIME}\n  {NOBODY}",
        1,
        [ORDERED_IN_TIME, NOBODY],
        site="Lyon",
        department="Books",
        severity=Severity.MODERATE,
    )
    books = done(store, books, ORDERED_IN_TIME, "Put the order day into the calendar",
                 date(2026, 2, 4))  # fmt: skip
    line = hold(
        store,
        "line 3 stands still",
        f"Grease is missing\n  {ORDERED}\nCalls are not returned\n  The telephone queue is long",
        5,
        [ORDERED],
        site="Trento",
        department="Packing",
        severity=Severity.MAJOR,
    )
    letters = hold(
        store,
        "letters go astray",
        f"{ORDERED_AGAIN}\n  {RULE}\n{NOBODY}\n"
        "The telephone queue is too long\n  Calls are not returned at all",
        8,
        [RULE, NOBODY],
        site="Lyon",
        department="Post",
        severity=Severity.MINOR,
    )
    other = hold(store, "the till is shut", "The till is old", 9, [], site="Trento")
    return [books, line, letters, other]


@dataclass
class Work:
    """How far a reading is."""

    done: int
    of: int
    is_paused: bool = False


class Reading:
    """A memory that is still reading the history, until it is told that it has."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self.work: Work | None = Work(1200, 9000)
        self.trouble = ""

    @property
    def is_current(self) -> bool:
        """Whether all is read."""
        return self.work is None

    def keep_up(self) -> None:
        """It reads already."""

    def pause(self) -> None:
        """Rest."""
        assert self.work is not None
        self.work.is_paused = True

    def resume(self) -> None:
        """Go on."""
        assert self.work is not None
        self.work.is_paused = False

    def give_way(self) -> None:
        """It waits for nothing."""

    def finish(self) -> None:
        """All is read."""
        self.work = None

    @property
    def latest(self) -> object:
        """What the memory behind it has made."""
        return self._memory.latest

    def patterns(self, progress: object = None) -> object:
        """What the memory behind it knows."""
        return self._memory.patterns()

    def questions(self, progress: object = None) -> "Sequence[Question]":
        """What the memory behind it asks."""
        return self._memory.questions()

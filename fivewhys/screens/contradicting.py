"""Decisions that contradict each other: a = b and b = c were said, and a ≠ c too.

None of them is dropped by the program. A person sees who said what when, and says one of them anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from fivewhys.models.past import Context, Sameness
from fivewhys.screens.attempting import attempt
from fivewhys.screens.long_read import Stage, Tell
from fivewhys.screens.look import take_size
from fivewhys.screens.pair_queue import sorted_pair
from fivewhys.screens.pair_reading import contradictions_of
from fivewhys.screens.reading_screen import ReadingScreen
from fivewhys.screens.visiting import visit
from fivewhys.screens.widgets.bars import HintRow, KeyBar, TopBar
from fivewhys.screens.widgets.link_list import Link, LinkList
from fivewhys.screens.widgets.pair import Pair
from fivewhys.screens.widgets.work_pane import WorkPane

if TYPE_CHECKING:
    from fivewhys.store.store import Store

NOTHING = "No decisions contradict each other."


@dataclass(frozen=True, slots=True)
class Tangle:
    """One contradiction, as decisions."""

    links: tuple[Link, ...]
    """Those that say *same*, from one end to the other; then the one that says *different*."""


def tangles(store: "Store") -> tuple[list[Tangle], dict[UUID, Context]]:
    """All contradictions, with the causes that they are about."""
    decisions = store.decisions()
    by_pair = {(one.a, one.b): one for one in decisions}
    found = []
    for one in contradictions_of(decisions):
        ways = [*pairwise(map(UUID, one.path)), (UUID(one.path[0]), UUID(one.path[-1]))]
        links = [Link(by_pair[sorted_pair(a, b)], a, b) for a, b in ways]
        found.append(Tangle(tuple(links)))
    causes = {key for tangle in found for link in tangle.links for key in (link.one, link.other)}
    return found, store.context(sorted(causes))


class ContradictionsScreen(ReadingScreen):
    """Shows one contradiction after the other, and lets a person solve it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "decide('same')", "same", id="contradictions.same",
                tooltip="The two causes of this decision are the same after all"),
        Binding("d", "decide('different')", "different", id="contradictions.different",
                tooltip="The two causes of this decision are different after all"),
        Binding("n", "decide('skipped')", "leave open", id="contradictions.open",
                tooltip="Nobody can tell yet: leave it open"),
        Binding("u,ctrl+z", "undo", "undo", id="contradictions.undo",
                tooltip="Take back what you said last; once more, what you said before"),
        Binding("g", "visit(0)", "first", id="contradictions.first",
                tooltip="Open the session of the first cause (g) or the second (G)"),
        Binding("G", "visit(1)", "second", id="contradictions.second",
                tooltip="Open the session of the first cause (g) or the second (G)"),
        Binding("ctrl+down", "read(1)", "read on", show=False, id="contradictions.read_on",
                tooltip="Read all of both; scroll"),
        Binding("ctrl+up", "read(-1)", "read back", show=False, id="contradictions.read_back",
                tooltip="Read all of both; scroll"),
        Binding("f5", "again", "look again", show=False, id="contradictions.again",
                tooltip="Look again"),
        Binding("escape,q", "back", "back", id="contradictions.back",
                tooltip="Back to where you came from"),
        Binding("f1,question_mark", "app.help", "help", id="contradictions.help", tooltip="Help"),
    ]  # fmt: skip

    def __init__(self, store: "Store") -> None:
        super().__init__(store)
        self._tangles: list[Tangle] = []
        self._contexts: dict[UUID, Context] = {}
        self._place = 0
        self._is_known = False

    def compose(self) -> ComposeResult:
        take_size(self)
        yield TopBar()
        yield LinkList(id="links")
        yield Pair(id="pair")
        yield WorkPane(id="contradictions-work")
        yield HintRow()
        yield KeyBar()

    def on_mount(self) -> None:
        """Look for contradictions."""
        self.set_focus(self.query_one(LinkList))
        self.begin()
        self.begin_keys()

    # -- reading

    def begin(self, *, quietly: bool = False) -> None:
        """Look for contradictions."""
        store = self.store

        def read(tell: Tell) -> Any:
            tell(Stage("Reading what is decided …"))
            return tangles(store)

        self.read(read, self._take, quietly=quietly)

    def read_again(self) -> None:
        """Look again, without a word."""
        self.begin(quietly=True)

    def _take(self, found: tuple[list[Tangle], dict[UUID, Context]]) -> None:
        before = len(self._tangles)
        self._tangles, self._contexts = found
        self._place = max(0, min(self._place, len(self._tangles) - 1))
        if self._is_known and len(self._tangles) < before:
            left = len(self._tangles)
            rest = f"{left:,} more" if left else "None is"
            self.hint(f"That contradiction is gone. {rest} left. u takes it back.")
        self._is_known = True
        self._show()

    def show_stage(self, stage: Stage | None, said: str = "") -> None:
        """Where there is nothing to solve, that."""
        pane, is_there = self.query_one(WorkPane), bool(self._tangles)
        pane.display = not is_there
        self.query_one("#links").display = self.query_one("#pair").display = is_there
        if is_there and self.focused is None:
            # What is not in sight has lost the keys.
            self.set_focus(self.query_one(LinkList))
        if not is_there:
            pane.show(stage, said or (NOTHING if self._is_known and stage is None else ""))

    # -- drawing

    def _show(self) -> None:
        bar, number = self.query_one(TopBar), len(self._tangles)
        bar.title = "Contradictions"
        links = self._tangles[self._place].links if self._tangles else ()
        if links:
            bar.title = "These decisions cannot all be right"
            bar.saved = f"contradiction {self._place + 1:,} of {number:,}"
        else:
            bar.saved = ""
        self.tell_stage()
        self.query_one(LinkList).styles.height = min(
            max(1, len(links)), max(3, self.size.height // 3)
        )
        self.query_one(LinkList).show(links, self._contexts)

    @on(LinkList.Looked)
    def _looked(self, message: LinkList.Looked) -> None:
        message.stop()
        self.query_one(Pair).show(self._pair())

    def _pair(self) -> tuple[Context, Context] | None:
        link = self.query_one(LinkList).line
        if link is None or not {link.one, link.other} <= self._contexts.keys():
            return None
        return self._contexts[link.one], self._contexts[link.other]

    # -- keys

    def action_decide(self, said: str) -> None:
        """Say anew what the two causes of the decision are."""
        link, sameness = self.query_one(LinkList).line, Sameness(said)
        if link is None:
            self.hint("There is nothing to solve.")
        elif link.decision.sameness is sameness:
            self.hint(f"It says {sameness.value} already. One of them must say otherwise.")
        else:
            self._do(lambda: self._said(link, sameness))

    def _said(self, link: Link, sameness: Sameness) -> None:
        self.store.decide(link.one, link.other, sameness)

    def action_undo(self) -> None:
        """Take back what this person said last."""

        def act() -> None:
            back = self.store.take_back_decision()
            self.hint("Taken back." if back else "Nothing of yours is left to take back.")

        self._do(act)

    def _do(self, act: Callable[[], None]) -> None:
        if attempt(self, act, self.hint):
            self.store.changed_elsewhere()
            self.begin(quietly=True)

    def action_other(self, by: int) -> None:
        """Show the next contradiction, or the one before."""
        if self._tangles:
            self._place = (self._place + by) % len(self._tangles)
            self.hint("")
            self._show()

    def action_visit(self, which: int) -> None:
        """Open the session of the first or the second cause."""
        found = self._pair()
        if found is None:
            self.hint("There is no cause to go to.")
            return
        self.was_away = True
        visit(self, self.store, found[which].session.id, found[which].cause.id)

    def action_read(self, by: int) -> None:
        """Read all of both causes."""
        self.query_one(Pair).read(by)

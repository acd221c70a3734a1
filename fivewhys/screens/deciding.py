"""The queue of likely pairs: two causes in context, and one key says whether they are the same.

What is asked and in which order is for the memory; a decision is one line in the store, with who
said it and when.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from fivewhys.models.past import Context, Sameness
from fivewhys.reports import patterns_words as words
from fivewhys.screens.attempting import attempt
from fivewhys.screens.long_read import Stage, Tell
from fivewhys.screens.look import take_size
from fivewhys.screens.pair_queue import Asked, Pair, PairQueue, said_of
from fivewhys.screens.pair_reading import Groups, ToDecide, to_decide
from fivewhys.screens.reading_screen import ReadingScreen
from fivewhys.screens.rest import Rest
from fivewhys.screens.visiting import visit
from fivewhys.screens.widgets import pair as pair_widget
from fivewhys.screens.widgets.asked_row import AskedRow
from fivewhys.screens.widgets.bars import HintRow, KeyBar, TopBar
from fivewhys.screens.widgets.work_pane import WorkPane

if TYPE_CHECKING:
    from fivewhys.store.store import Store

AGAIN_SECONDS = 1.0
"""What follows from decisions in the whole history is looked for once a person rests this long."""

LEAST_LOOK = 0.15
"""Seconds that a pair must have been in sight: a key that comes sooner was meant for the last."""

NOTHING = (
    "Nothing is left to decide. With every session that is held, likely pairs may come.",
    "Nothing is left to decide about this cause. a asks about all.",
)

SAID = {
    Sameness.SAME: "Same",
    Sameness.DIFFERENT: "Different",
    Sameness.SKIPPED: "Left for later",
}


class DecidingScreen(ReadingScreen):
    """Asks whether two causes are the same, pair by pair.

    `narrowed` are groups of causes that alone are asked about, all where there is none; `about`
    says in words what they are.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "decide('same')", "same", id="deciding.same",
                tooltip="They are the same cause"),
        Binding("d", "decide('different')", "different", id="deciding.different",
                tooltip="They are different causes"),
        Binding("n,space", "later", "later", id="deciding.later",
                tooltip="Leave this pair for later; while the history is read, pause"),
        Binding("u,ctrl+z", "undo", "undo", id="deciding.undo",
                tooltip="Take back what you said last; once more, what you said before"),
        Binding("left", "look(-1)", "back", show=False, id="deciding.before",
                tooltip="Look back or ahead without deciding"),
        Binding("right", "look(1)", "ahead", show=False, id="deciding.after",
                tooltip="Look back or ahead without deciding"),
        Binding("g", "visit(0)", "first", id="deciding.first",
                tooltip="Open the session of the first cause (g) or the second (G)"),
        Binding("G", "visit(1)", "second", id="deciding.second",
                tooltip="Open the session of the first cause (g) or the second (G)"),
        Binding("c", "contradictions", "contradictions", id="deciding.contradictions",
                tooltip="Show decisions that contradict each other, to solve them"),
        Binding("a", "all", "all pairs", show=False, id="deciding.all",
                tooltip="Ask about all causes, not only those of one finding"),
        Binding("up,k", "read(-1)", "read back", show=False, id="deciding.read_back",
                tooltip="Read all of both; scroll"),
        Binding("down,j", "read(1)", "read on", show=False, id="deciding.read_on",
                tooltip="Read all of both; scroll"),
        Binding("x", "leave_work", "leave it", show=False, id="deciding.leave",
                tooltip="Wait no longer for what is being read"),
        Binding("f5", "again", "look again", show=False, id="deciding.again",
                tooltip="Look again for likely pairs"),
        Binding("escape,q", "back", "back", id="deciding.back",
                tooltip="Back to where you came from"),
        Binding("f1,question_mark", "app.help", "help", id="deciding.help", tooltip="Help"),
    ]  # fmt: skip

    def __init__(self, store: "Store", narrowed: Groups = (), about: str = "") -> None:
        super().__init__(store)
        self._narrowed, self._about = narrowed, about
        self._queue = PairQueue()
        self._said: dict[Pair, Sameness] = {}
        self._contradictions = 0
        self._more = 0
        """How many pairs there are beyond those that were read."""
        self._resting = Rest(self, lambda: self.begin(quietly=True))
        self._is_known = False
        """Whether the queue was read."""
        self._contexts: tuple[Context, Context] | None = None
        self._seen_at = 0.0

    def compose(self) -> ComposeResult:
        take_size(self)
        yield TopBar()
        yield AskedRow(id="asked-pair")
        yield pair_widget.Pair(id="pair")
        yield WorkPane(id="deciding-work")
        yield HintRow()
        yield KeyBar()

    def on_mount(self) -> None:
        """Look for what is to be decided."""
        self.query_one(TopBar).title = "Same cause?"
        self.query_one(AskedRow).about = self._about
        self.begin()
        self.begin_keys()

    # -- reading

    def begin(self, *, quietly: bool = False) -> None:
        """Look for pairs to decide."""
        store, memory, narrowed = self.store, self.memory, self._narrowed

        def read(tell: Tell) -> Any:
            return to_decide(store, memory, narrowed, tell)

        self.read(read, self._take, quietly=quietly)

    def read_again(self) -> None:
        """Look again, without a word; the pair that is shown stays."""
        if self._is_known:
            self.begin(quietly=True)

    def _take(self, found: ToDecide) -> None:
        self._is_known = True
        is_new = found.contradictions > self._contradictions
        is_solved = self._contradictions and not found.contradictions
        self._said, self._contradictions = found.said, found.contradictions
        self._more = found.more
        if is_new:
            self.hint(f"Some decisions contradict each other. {self._contradict()}")
        elif is_solved:
            self.hint("")
        self._queue.take(found.asked, found.said)
        self._show()

    def show_stage(self, stage: Stage | None, said: str = "") -> None:
        """Until there is a pair, how far it is; after the last one, that it was the last."""
        pane, is_asked = self.query_one(WorkPane), self._contexts is not None
        pane.display = not is_asked
        self.query_one("#pair").display = self.query_one("#asked-pair").display = is_asked
        if not is_asked:
            if stage is None and not said and self._is_known:
                said = NOTHING[bool(self._narrowed)]
                if self._contradictions:
                    said += f" {self._contradict()}"
            pane.show(stage, said)
        self._count()

    def _contradict(self) -> str:
        number = self._contradictions
        return "c shows a contradiction." if number == 1 else f"c shows {number} contradictions."

    def _count(self) -> None:
        queue, bullet = self._queue, self.program.marks.bullet
        left = queue.left + self._more
        told = [f"{queue.decided:,} decided"]
        if self._is_known:
            told.append(f"about {left:,} left, biggest first" if left else "none left")
        if queue.later:
            told.append(f"{queue.later:,} for later")
        self.query_one(TopBar).saved = f" {bullet} ".join(told)

    # -- drawing

    def _show(self) -> None:
        """Show the pair that is asked; one whose causes are gone is passed over."""
        before = self._contexts
        self._contexts = None
        while (here := self._queue.here) is not None:
            found = self._context_of(here)
            if found is not None:
                self._contexts = found
                break
            self._queue.drop(here)
        pair = self.query_one(pair_widget.Pair)
        self.tell_stage()
        pair.show(self._contexts)
        if here is not None:
            left = self._queue.left + self._more
            self.query_one(AskedRow).show(here, self._queue.number, left)
        if self._contexts != before:
            self._seen_at = time.monotonic()

    def _context_of(self, asked: Asked) -> tuple[Context, Context] | None:
        found: dict[UUID, Context] = {}

        def read() -> None:
            found.update(self.store.context([asked.a, asked.b]))

        if not attempt(self, read, self.hint) or len(found) < 2:
            return None
        # The older one first, as people tell it.
        one, other = found[asked.a], found[asked.b]
        is_later = (one.session.on, one.session.number) > (other.session.on, other.session.number)
        return (other, one) if is_later else (one, other)

    # -- deciding

    def action_decide(self, said: str) -> None:
        """Say what the two causes are."""
        self._decide(Sameness(said))

    def action_later(self) -> None:
        """Leave the pair for later; while the history is read, pause that."""
        if self._contexts is None:
            self.pause()
        else:
            self._decide(Sameness.SKIPPED)

    def _decide(self, sameness: Sameness) -> None:
        here = self._queue.here
        if here is None or self._contexts is None:
            self.hint("There is no pair to decide.")
            return
        if time.monotonic() - self._seen_at < LEAST_LOOK:
            self.hint("That was quick: look at this pair first.")
            return

        def act() -> None:
            self.store.decide(here.a, here.b, sameness)
            self._said[here.pair] = sameness
            before = self._queue.left
            self._queue.decide(sameness, self._said)
            implied = before - self._queue.left - (not here.is_skipped and here.said is None)
            also = (
                f" {words.count(implied, 'more follows', 'more follow')} from it."
                if implied > 0
                else ""
            )
            self.hint(f"{SAID[sameness]}. u takes it back.{also}")

        self._do(act)

    def action_undo(self) -> None:
        """Take back what this person said last."""

        def act() -> None:
            back = self.store.take_back_decision()
            if back is None:
                self.hint("Nothing of yours is left to take back.")
                return
            self._said = said_of(self.store.decisions())
            self._queue.take_back((back.a, back.b), self._said)
            self.hint(f"Taken back: {SAID[back.sameness].lower()}.")

        self._do(act)

    def _do(self, act: Callable[[], None]) -> None:
        """Do what writes a decision, and show what is asked next."""
        if attempt(self, act, self.hint):
            # What was just written here is not news.
            self.store.changed_elsewhere()
            self._show()
            self._look_soon()

    def _look_soon(self) -> None:
        """Look for what follows, at once where little is left, else when there is a rest."""
        self._resting.end()
        if self._queue.left:
            self._resting.begin(AGAIN_SECONDS)
        else:
            self.begin(quietly=True)

    # -- looking

    def action_all(self) -> None:
        """Ask about all causes; the pair that is shown stays."""
        if not self._narrowed:
            self.hint("All causes are asked about already.")
            return
        self._narrowed = ()
        self.query_one(AskedRow).about = ""
        self.hint("All causes are asked about now.")
        self.begin()

    def action_look(self, by: int) -> None:
        """Show the pair before, or the next."""
        if not self._queue.look(by):
            self.hint("That was the last pair." if by > 0 else "That was the first pair.")
            return
        self.hint("")
        self._show()

    def action_read(self, by: int) -> None:
        """Read all of both causes."""
        self.query_one(pair_widget.Pair).read(by)

    def action_visit(self, which: int) -> None:
        """Open the session of the first or the second cause."""
        if self._contexts is None:
            self.hint("There is no pair to go to.")
            return
        context = self._contexts[which]
        self.was_away = True
        visit(self, self.store, context.session.id, context.cause.id)

    def action_contradictions(self) -> None:
        """Show what contradicts itself."""
        from fivewhys.screens.contradicting import ContradictionsScreen

        self.was_away = True
        self.app.push_screen(ContradictionsScreen(self.store))

    def action_back(self) -> None:
        """Leave the work, or go back to where one came from."""
        if not self.leave_work():
            self.dismiss()

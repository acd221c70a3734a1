"""What a live session is on the screen: its tree, where the meeting is in it, and what is typed.

It draws the tree that comes back from each command and keeps drafts. Which key or message leads to
which command is not known here (`live.py`).
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast
from uuid import UUID

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea

from fivewhys import settings
from fivewhys.facilitation import next_question
from fivewhys.lens_files import all_lenses
from fivewhys.models.commands import (
    Command,
)
from fivewhys.models.follow_up import ActionLine
from fivewhys.models.tree import Tree
from fivewhys.models.words import LEG_QUESTIONS, Leg
from fivewhys.screens.attempting import attempt
from fivewhys.screens.background import NewestRead
from fivewhys.screens.drafts import Drafts
from fivewhys.screens.facts import today
from fivewhys.screens.look import take_size
from fivewhys.screens.purposes import WORDINGS, Purpose
from fivewhys.screens.two_frames import TwoFrames
from fivewhys.screens.widgets.answer_box import AnswerBox
from fivewhys.screens.widgets.bars import HintRow, KeyBar
from fivewhys.screens.widgets.last_time import last_time_text
from fivewhys.screens.widgets.lines import TextPane
from fivewhys.screens.widgets.meeting_bar import MeetingBar
from fivewhys.screens.widgets.parked import ParkedIdeas
from fivewhys.screens.widgets.question import (
    DepthMeter,
    beside_answer,
    beside_tree,
    question_text,
)
from fivewhys.screens.widgets.root_list import RootList
from fivewhys.screens.widgets.seen_before import SeenList
from fivewhys.screens.widgets.seen_text import about_elsewhere, about_seen
from fivewhys.screens.widgets.why_tree import WhyTree

if TYPE_CHECKING:
    from fivewhys.app import FiveWhysApp
    from fivewhys.screens.elsewhere import Elsewhere
    from fivewhys.screens.guiding import Guiding
    from fivewhys.screens.seeing import Seeing
    from fivewhys.store.store import Store

DRAFT_SECONDS = 0.4
"""A draft is kept this long after the last key: often enough for a crash, rare enough to type."""

WATCH_SECONDS = 0.3
"""How often to ask whether somebody else wrote to this session."""


class Sitting(Screen[None]):
    """One session of which a part is asked, drawn from the tree it holds."""

    guiding: "Guiding"
    seeing: "Seeing"
    elsewhere: "Elsewhere"

    def __init__(self, store: "Store", tree: Tree, looked_at: UUID | None = None) -> None:
        """With `looked_at`, the session is only looked at, from this cause on."""
        super().__init__()
        self.looked_at = looked_at
        """Where the tree's cursor begins while one only looks; None once one goes into it."""
        self.store = store
        self.why_tree = tree
        self.here: UUID = (tree.next_open(tree.problem.id) or tree.problem).id
        self.about: UUID = self.here
        """The cause that the box is about: `here` for answers, else the one a word is said of."""
        self._evidence: UUID | None = None
        """The piece of evidence that is edited in the box, if it is that."""
        self._drafts = Drafts(store, tree.session.id)
        self._draft_timer: Timer | None = None
        self.came_from_tree = False
        """Whether the keys go back to the tree once the word is said."""
        self.parked_in_use: UUID | None = None
        """The parked idea that is in the box."""
        self.leg: Leg | None = None
        """The problem's further question that is asked now, as a branch of its own."""
        self.lenses = all_lenses(settings.lenses())
        self._listed: UUID | None = None
        """The root whose points are gone through, where the tree's key asked for them."""
        self._just_rooted: UUID | None = None
        """The root just marked, whose points nobody has gone through yet."""
        self._last_time: Sequence[ActionLine] = ()
        """What earlier sessions like this one left to do."""
        self._reads = NewestRead(self)
        self.frames = TwoFrames(self, self._draw_around)
        """After an answer the next question comes first."""

    def compose(self) -> ComposeResult:
        take_size(self)
        is_visited = self.looked_at is not None
        yield MeetingBar(waits=is_visited)
        with Horizontal(id="parts"):
            with Vertical(id="left"):
                yield WhyTree(id="tree", is_visited=is_visited)
                yield ParkedIdeas(id="parked")
            with Vertical(id="right"):
                yield DepthMeter(id="meter")
                yield TextPane(grows=True, id="question")
                yield AnswerBox(id="answer")
                yield SeenList(id="seen")
                yield RootList(id="roots")
                yield TextPane(id="beside")
        yield HintRow()
        yield KeyBar()

    def on_mount(self) -> None:
        """Follow the tree's cursor and what others do."""
        self.set_interval(WATCH_SECONDS, self._look_for_others)
        self.look_back()
        self.watch(self.query_one(WhyTree), "cursor", self._cursor_moved, init=False)

    # -- drawing

    def _draw(self) -> None:
        """Show the tree as it is now."""
        self._draw_question()
        self.frames.draw_rest_now()

    def _draw_around(self) -> None:
        """Show all but the question."""
        tree = self.why_tree
        self.query_one(WhyTree).show(tree, self.here)
        self.query_one(ParkedIdeas).show(tree.parked)
        bar = self.query_one(MeetingBar)
        bar.title, bar.time_box = f"{tree.session.name}  {tree.problem.text}", tree.session.time_box
        self._draw_beside()
        self.elsewhere.look()

    def _draw_question(self) -> None:
        tree, box = self.why_tree, self.query_one(AnswerBox)
        self.query_one(DepthMeter).depth = tree.depth(self.here) + 1
        panel = self.query_one("#question", TextPane)
        wording = WORDINGS[box.purpose]
        about = tree.causes[self.about]
        if box.purpose is Purpose.ANSWER and self.leg is not None:
            asked = f"{LEG_QUESTIONS[self.leg].capitalize()}?"
        elif box.purpose is Purpose.ANSWER:
            asked = about.question or next_question(about.text)
        else:
            asked = f"{wording.above}: {about.text}"
        panel.show(question_text(panel, asked))
        self._draw_roots()

    def _draw_roots(self) -> None:
        """While a root is decided, its eight points stand where the answers stood."""
        deciding = self.query_one(AnswerBox).purpose is Purpose.ROOT
        key = self.about if deciding else self._listed or self._just_rooted
        roots = self.query_one(RootList)
        known = key if key in self.why_tree.causes else None
        if known and known == self._just_rooted and not self.why_tree.causes[known].is_root:
            known = self._just_rooted = None
        roots.show(known, self.why_tree.checked_points(known) if known else frozenset())
        self.query_one("#beside").display = not roots.display

    def offer_points(self, root: UUID | None) -> None:
        """Leave the points of a root that was just marked within reach, until something follows."""
        self._just_rooted = root
        self._draw_roots()

    def _draw_beside(self) -> None:
        panel = self.query_one("#beside", TextPane)
        tree, seen = self.query_one(WhyTree), self.query_one(SeenList)
        # Its `has_focus` lags behind: it changes with a message to the list itself.
        if self.focused is seen and seen.at_cursor is not None:
            text = about_seen(panel, seen.at_cursor, today())
        elif tree.has_focus and tree.cursor in self.why_tree.causes:
            cause = self.why_tree.causes[cast(UUID, tree.cursor)]
            shared = self.elsewhere.shared.get(cause.id, ())
            text = beside_tree(panel, self.why_tree, cause, self.lenses.known, today(), shared)
            around = self.elsewhere.around(cause.id)
            if around is not None:
                text.append_text(about_elsewhere(panel, around, today()))
            self.elsewhere.look_at(cause.id)
        else:
            tall = self.size.height >= 32
            about = self.why_tree.causes[self.here]
            text = beside_answer(panel, self.why_tree, about, tall=tall, leg=self.leg)
            if self._last_time and not self.why_tree.children(self.why_tree.problem.id):
                # Nothing is answered yet: what was said last time comes first.
                past = last_time_text(panel, self._last_time, today(), is_short=not tall)
                text = past.append("\n" if tall else "").append_text(text)
        panel.show(text)

    def draw_beside(self) -> None:
        """Something is known now that belongs beside the answer or the tree."""
        self._draw_beside()

    def look_back(self) -> None:
        """Read what earlier sessions like this one left to do; the first question does not wait."""
        tree = self.why_tree
        if tree.children(tree.problem.id):
            return

        def take(lines: Sequence[ActionLine]) -> None:
            self._last_time = lines
            self._draw_beside()

        self._reads.ask(lambda: self.store.last_time(tree), take)

    def _cursor_moved(self) -> None:
        if self.query_one(WhyTree).has_focus:
            self._draw_beside()

    def recolour(self) -> None:
        """Make the texts anew in other colours."""
        self._draw()

    def on_descendant_focus(self) -> None:
        """The right column follows the focus."""
        if self._just_rooted and isinstance(self.focused, WhyTree):
            self.offer_points(None)
        self.call_after_refresh(self._draw_beside)
        self.call_after_refresh(self.seeing.fit)

    def on_resize(self) -> None:
        """A taller screen has room for the way back up."""
        self.call_after_refresh(self._draw_beside)
        self.call_after_refresh(self.seeing.fit)

    def hint(self, words: str) -> None:
        """Say something in the reserved row."""
        self.guiding.make_room(words)
        self.query_one(HintRow).hint = words

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        """Move the focus; who comes to the tree finds it as it is now."""
        self.frames.catch_up()
        super().set_focus(widget, scroll_visible, from_app_focus)

    def action_read(self, by: int) -> None:
        """Scroll what does not fit: first the question, then what stands under the box."""
        for pane in (self.query_one("#question", TextPane), self.query_one("#beside", TextPane)):
            if pane.read(by):
                return

    # -- doing

    def try_to(self, act: Callable[[], None], *, quietly: bool = False) -> bool:
        """Do what may be refused; says whether it was done."""
        return attempt(self, act, self.hint, quietly=quietly)

    def do(self, command: Callable[[], Command], said: str = "", *, draw: bool = True) -> bool:
        """Do a command and draw the tree after it (or leave the drawing to what follows)."""

        def act() -> None:
            tree = self.store.apply(self.why_tree, command())
            if draw:
                self.go_on_with(tree)
            else:
                self.why_tree = tree
            self.query_one(MeetingBar).saved = f"{cast('FiveWhysApp', self.app).marks.saved} saved"
            self.hint(said)

        return self.try_to(act)

    def go_on_with(self, tree: Tree) -> None:
        """Go on with `tree`; where the question is gone, with the nearest one above it."""
        old, self.why_tree = self.why_tree, tree
        if _place_of(old) != _place_of(tree):
            self.look_back()
        self.here = _nearest(old, tree, self.here)
        if self.about not in tree.causes:
            # Somebody has deleted what the box was about: what is typed goes up with the question.
            box = self.query_one(AnswerBox)
            typed = box.text
            unchanged = typed == WORDINGS[box.purpose].before(old, self.target)
            self.ask(self.here)
            if not unchanged:
                box.put_back(typed)
        else:
            self._draw()

    def ask_first(self, key: UUID) -> None:
        """Ask why of `key`; where a frame is held back, the question comes in it, the rest next."""
        self._ask(key, Purpose.ANSWER, None)
        self._draw_question()
        self.frames.draw_rest()

    def ask(
        self, key: UUID, purpose: Purpose = Purpose.ANSWER, evidence: UUID | None = None
    ) -> None:
        """Put the box to work for `purpose` at `key`, with the draft that was left there."""
        self._ask(key, purpose, evidence)
        self._draw()

    def _ask(self, key: UUID, purpose: Purpose, evidence: UUID | None) -> None:
        self.keep_draft()
        if purpose is Purpose.ANSWER:
            self.here = key
            self.parked_in_use = self.leg = None
        self.about, self._evidence = key, evidence
        target = self.target
        text = self._drafts.at(purpose, target, self.why_tree)
        text = text or WORDINGS[purpose].before(self.why_tree, target)
        box = self.query_one(AnswerBox)
        box.show_purpose(purpose, text)
        self.seeing.asked()

    def _look_for_others(self) -> None:
        def look() -> None:
            # `is_current` is true right below the front screen too, which would then hear nothing.
            if self.app.screen is self and self.store.changed_elsewhere():
                self.elsewhere.look(anew=True)
                tree = self.store.refresh(self.why_tree)
                if tree is not self.why_tree:
                    self.go_on_with(tree)
                    self.hint("Somebody else has changed this session; the tree shows it.")

        self.try_to(look, quietly=True)

    # -- drafts

    @property
    def target(self) -> UUID:
        """What the text in the box goes to: a cause, or a piece of its evidence."""
        return self._evidence or self.about

    @on(TextArea.Changed, "#answer")
    def _typed(self, message: TextArea.Changed) -> None:
        message.stop()
        self.guiding.typed()
        self.seeing.typed()
        if self._draft_timer is not None:
            self._draft_timer.stop()
        self._draft_timer = self.set_timer(DRAFT_SECONDS, self.keep_draft)

    def keep_draft(self) -> None:
        """Save what is in the box as the draft of its place, if it differs from what is kept."""
        if self._draft_timer is not None:
            self._draft_timer.stop()
            self._draft_timer = None
        box = self.query_one(AnswerBox)
        if self.about not in self.why_tree.causes:
            return

        def keep() -> None:
            if self._drafts.keep(box.purpose, self.target, box.text, self.why_tree):
                self.query_one(MeetingBar).saved = "draft kept"

        self.try_to(keep, quietly=True)

    def on_screen_suspend(self) -> None:
        """Another screen is in front: the draft is safe before anything else happens."""
        self.keep_draft()

    def forget_draft(self, purpose: Purpose, about: UUID) -> None:
        """What was typed about a cause was given: it is no draft any more."""
        place = self._drafts.given(purpose, about)
        if place is not None:
            # The next question is on the screen before this is written; a draft that is left of an
            # answer is known as given.
            later = self.frames.soon if purpose is Purpose.ANSWER else self.call_after_refresh
            later(lambda: self.try_to(lambda: self.store.save_draft(place, ""), quietly=True))


def _place_of(tree: Tree) -> tuple[str, str]:
    return tree.session.site, tree.session.department


def _nearest(old: Tree, new: Tree, key: UUID) -> UUID:
    """`key`, or the nearest node above it that `new` still has."""
    for cause in reversed(old.path(key)):
        if cause.id in new.causes:
            return cause.id
    return new.problem.id

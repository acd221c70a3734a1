"""The live session: what each key and each message of a widget does.

Widgets say what happened; the screen does it through the store and draws the tree that comes back
(`sitting.py`).
"""

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from textual import events, on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from fivewhys.facilitation import how_question
from fivewhys.models.commands import (
    AskInstead,
    CheckRoot,
    DeleteParked,
    MoveCause,
)
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.models.words import ROOT_POINTS, State
from fivewhys.screens.answering import Answering
from fivewhys.screens.categorizing import Categorizing
from fivewhys.screens.elsewhere import Elsewhere
from fivewhys.screens.going import Going
from fivewhys.screens.guide import AskElse, AskLeg, GoDeeper
from fivewhys.screens.guiding import Guiding
from fivewhys.screens.purposes import Purpose
from fivewhys.screens.seeing import Seeing
from fivewhys.screens.sitting import Sitting
from fivewhys.screens.undoing import Undoing
from fivewhys.screens.wanting import Wanting
from fivewhys.screens.widgets.answer_box import AnswerBox, Link
from fivewhys.screens.widgets.bars import HintRow
from fivewhys.screens.widgets.meeting_bar import MeetingBar
from fivewhys.screens.widgets.parked import ParkedIdeas
from fivewhys.screens.widgets.root_list import RootList
from fivewhys.screens.widgets.seen_before import SeenList
from fivewhys.screens.widgets.why_tree import WhyTree
from fivewhys.text import excerpt

if TYPE_CHECKING:
    from fivewhys.store.store import Store

LOOKING = "You are only looking. Enter goes into the session, q goes back."

MOVING = "Choose what this is a cause of with the arrows; Enter hangs it there."


class LiveScreen(Sitting):
    """One session, live."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "details", "details", id="live.details", tooltip="Facts, place and people"),
        Binding("f3", "summary", "finish", id="live.summary", tooltip="What is open; finish"),
        Binding("f4", "read_back", "read back", show=False, id="live.reading",
                tooltip="Read the chains back from each root: does it follow?"),
        Binding("f6", "history", "history", show=False, id="live.history",
                tooltip="Show who changed what when; in the tree, of the cause under the cursor"),
        Binding("f7", "map", "map", show=False, id="live.map",
                tooltip="Draw the map around this cause: what leads to it in all sessions"),
        Binding("f8", "follow_up", "follow up", show=False, id="live.follow_up",
                tooltip="Follow up what was promised at this place"),
        Binding("ctrl+t", "take", "take up", show=False, id="live.take",
                tooltip="Take up what the guide offers: split, mark suspected, ask it …"),
        Binding("ctrl+n", "not_now", "not now", show=False, id="live.not_now",
                tooltip="Dismiss what the guide asks; once more, say why"),
        Binding("f5", "how", "how?", show=False, id="live.how",
                tooltip="Ask how it happened instead of why, or why again"),
        Binding("tab", "app.focus_next", "next part", show=False, id="live.next",
                tooltip="Answer, tree, parked ideas"),
        Binding("ctrl+down", "read(1)", "read on", show=False, id="live.read_on",
                tooltip="Scroll the right column: long questions, evidence, the way back up"),
        Binding("ctrl+up", "read(-1)", "read back", show=False, id="live.read_back",
                tooltip="Scroll the right column: long questions, evidence, the way back up"),
        Binding("f1", "app.help", "help", id="live.help", tooltip="Help"),
        Binding("question_mark", "app.help", "help", show=False, id="live.help2", tooltip="Help"),
    ]  # fmt: skip

    def __init__(
        self, store: "Store", tree: Tree, early: str = "", looked_at: UUID | None = None
    ) -> None:
        super().__init__(store, tree, looked_at)
        self.guiding = Guiding(self)
        self.seeing = Seeing(self)
        self.elsewhere = Elsewhere(self)
        self.answering = Answering(self)
        self.categorizing = Categorizing(self)
        self.undoing = Undoing(self)
        self.going = Going(self)
        self.wanting = Wanting(self)
        self._early = early
        """Keys that came before there was a box to take them; a newline is Enter."""
        self._early_in_tree: list[events.Key] = []
        """The same where one only looks: no letter of theirs is for the answer."""
        self._begun = False

    def on_mount(self) -> None:
        """Begin at the first open question with the drafts of the last time."""
        self.try_to(self._drafts.load)
        if self.looked_at is None:
            self.to_keys()
        # The draft is in the box before the box is looked at, or it would be taken as emptied.
        draft = self._drafts.at(Purpose.ANSWER, self.here, self.why_tree)
        self.query_one(AnswerBox).set_text(draft)
        self.ask(self.here)
        if self.looked_at is None:
            self._tell_state()
        else:
            # The tree is drawn by now: its cursor can go where it is to begin.
            self.to_keys()
            self.hint(LOOKING)
        self._begun = True
        self._take_early_keys()

    def _tell_state(self) -> None:
        if self.why_tree.session.state is State.FINISHED:
            self.hint("This session is finished. Another answer opens it again.")
        else:
            self.guiding.look_at_problem()

    def to_keys(self, key: UUID | None = None) -> None:
        """Give the keys to the answer; where one only looks, to the tree, on `key` if given."""
        if self.looked_at is None:
            self.set_focus(self.query_one(AnswerBox))
        else:
            self.query_one(WhyTree).focus_at(key or self.looked_at)

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        """Move the focus; who goes to the answer looks no longer, and the meeting begins."""
        super().set_focus(widget, scroll_visible, from_app_focus)
        if isinstance(widget, AnswerBox) and self.looked_at is not None:
            self.looked_at = None
            self.query_one(WhyTree).go_into()
            self.query_one(MeetingBar).begin()
            self._tell_state()

    def only_looks(self) -> bool:
        """Whether nothing may be written yet; says so."""
        if self.looked_at is not None:
            self.hint(LOOKING)
        return self.looked_at is not None

    def on_key(self, event: events.Key) -> None:
        """While nothing has the focus yet, what is typed belongs to the answer, or the tree."""
        if self.focused is None and self.looked_at is not None:
            event.stop()
            self._early_in_tree.append(events.Key(event.key, event.character))
        elif self.focused is None and (event.key == "enter" or event.is_printable):
            event.stop()
            self._early += "\n" if event.key == "enter" else event.character or ""
            if self._begun:
                self._take_early_keys()

    def _take_early_keys(self) -> None:
        self.query_one(WhyTree).take_keys(self._early_in_tree)
        early, self._early = self._early, ""
        for part in early.splitlines(keepends=True):
            box = self.query_one(AnswerBox)
            box.insert(part.rstrip("\n"))
            if part.endswith("\n"):
                box.action_give()

    @on(MeetingBar.TimeOver)
    def _time_over(self, message: MeetingBar.TimeOver) -> None:
        message.stop()
        self.hint(f"{message.minutes} minutes are over. Go on, or finish with F3: all is kept.")

    # -- doing

    @on(AnswerBox.Given)
    def _given(self, message: AnswerBox.Given) -> None:
        message.stop()
        self.answering.given(message)

    def ask_on(self, step: AskElse | AskLeg) -> None:
        """Go where the guide offers to go on asking."""
        if isinstance(step, AskElse):
            self.go_to(step.key)
            return
        self.go_to(self.why_tree.problem.id)
        self.leg = step.leg
        self._draw()

    def answer_as(self, step: GoDeeper) -> None:
        """Begin the answer with what another team said to the same question."""
        if step.key != self.here:
            self.go_to(step.key)
        self.seeing.put(step.text, Link(step.cause, step.session))

    @on(AnswerBox.Parked)
    def _park(self, message: AnswerBox.Parked) -> None:
        message.stop()
        self.answering.park(message.text)

    @on(AnswerBox.Wanted)
    def _wanted_in_box(self, message: AnswerBox.Wanted) -> None:
        message.stop()
        self.wanting.in_box(message.what)

    def back_to_answer(self) -> None:
        """Ask the question again; where the word came from the tree, the keys go there."""
        self.ask(self.here)
        if self.came_from_tree:
            self.came_from_tree = False
            tree = self.query_one(WhyTree)
            tree.focus_at(tree.cursor)

    # -- the tree's keys

    @on(WhyTree.MoveBegun)
    def _move_begun(self, message: WhyTree.MoveBegun) -> None:
        message.stop()
        self.refresh_bindings()
        if message.branch is not None:
            self.hint(MOVING)
        elif self.query_one(HintRow).hint == MOVING:
            self.hint("")

    @on(WhyTree.MoveChosen)
    def _move_chosen(self, message: WhyTree.MoveChosen) -> None:
        message.stop()
        branch, parent = message.branch, message.parent_key
        if self.do(lambda: MoveCause(cause=branch, parent=parent), "Moved. u undoes it."):
            self.query_one(WhyTree).put_cursor(branch)
        self.pass_keys_on(self.query_one(WhyTree))

    def pass_keys_on(self, source: WhyTree | AnswerBox | SeenList) -> None:
        """Give the keys that waited while something was done to what has the focus now."""
        keys, focused = source.keys.release(), self.focused
        if isinstance(focused, WhyTree | AnswerBox | SeenList):
            focused.take_keys(keys)

    @on(WhyTree.Wanted)
    def _wanted_in_tree(self, message: WhyTree.Wanted) -> None:
        message.stop()
        cause = self.why_tree.causes.get(message.key)
        if cause is not None:
            self.wanting.in_tree(message.what, cause)
        self.pass_keys_on(self.query_one(WhyTree))

    def go_to(self, key: UUID) -> None:
        """Ask why of this cause, or of the problem."""
        self.ask(key)
        self.set_focus(self.query_one(AnswerBox))

    @on(WhyTree.EvidenceChosen)
    def _edit_evidence(self, message: WhyTree.EvidenceChosen) -> None:
        message.stop()
        self.word_about(message.key, Purpose.EDIT_EVIDENCE, message.evidence)
        self.pass_keys_on(self.query_one(WhyTree))

    def word_about(self, key: UUID, purpose: Purpose, evidence: UUID | None = None) -> None:
        """Type a word about a cause in the box, then come back to where the keys were."""
        self.came_from_tree = self.query_one(WhyTree).has_focus
        self.ask(key, purpose, evidence)
        self.set_focus(self.query_one(AnswerBox))

    # -- the list of a root

    def list_points(self, cause: Cause) -> None:
        """Go through the points of a root."""
        if not cause.is_root:
            self.hint("That is no root. r marks it, and its list comes with it.")
            return
        self._listed, self._just_rooted = cause.id, None
        self._draw_roots()
        self.set_focus(self.query_one(RootList))

    @on(RootList.Ticked)
    def _ticked(self, message: RootList.Ticked) -> None:
        message.stop()
        key, point, holds = message.key, message.point, message.holds
        self.do(lambda: CheckRoot(cause=key, point=point, held=holds), f"{ROOT_POINTS[point]}.")

    @on(RootList.Left)
    def _left_list(self, message: RootList.Left) -> None:
        message.stop()
        if self.query_one(AnswerBox).purpose is Purpose.ROOT:
            self.set_focus(self.query_one(AnswerBox))
            return
        if self._just_rooted:
            self.offer_points(None)
            self.set_focus(self.query_one(AnswerBox))
            return
        key, self._listed = self._listed, None
        self._draw_roots()
        self.query_one(WhyTree).focus_at(key)

    # -- what was seen before

    @on(SeenList.Taken)
    def _take_seen(self, message: SeenList.Taken) -> None:
        message.stop()
        self.seeing.take(message.seen)
        self.pass_keys_on(self.query_one(SeenList))

    @on(SeenList.Chosen)
    def _look_at_seen(self, message: SeenList.Chosen) -> None:
        message.stop()
        self._draw_beside()
        self.seeing.tell()

    @on(SeenList.Left)
    def _left_seen(self, message: SeenList.Left) -> None:
        message.stop()
        self.set_focus(self.query_one(AnswerBox))
        self.pass_keys_on(self.query_one(SeenList))

    # -- parked ideas

    @on(ParkedIdeas.Used)
    def _use_parked(self, message: ParkedIdeas.Used) -> None:
        message.stop()
        self.ask(self.here)
        self.parked_in_use = message.idea.id
        box = self.query_one(AnswerBox)
        box.set_text(f"{box.text} {message.idea.text}".strip())
        self.set_focus(box)
        self.hint(
            f"Enter gives it as an answer to: {excerpt(self.why_tree.causes[self.here].text)}"
        )

    @on(ParkedIdeas.Dropped)
    def _drop_parked(self, message: ParkedIdeas.Dropped) -> None:
        message.stop()
        if self.only_looks():
            return
        self.do(lambda: DeleteParked(parked=message.key), "Taken away. Undo brings it back.")

    @on(ParkedIdeas.Left)
    def _left_parked(self, message: ParkedIdeas.Left) -> None:
        message.stop()
        self.to_keys()

    # -- elsewhere

    def action_take(self) -> None:
        """Take up what the guide offers."""
        self.guiding.take()

    def action_not_now(self) -> None:
        """Tell the guide not to ask this again."""
        self.guiding.dismiss()

    def action_how(self) -> None:
        """Ask how it happened instead of why, or why again."""
        if self.only_looks():
            return
        cause = self.why_tree.causes[self.here]
        how = how_question(cause.text)
        question = "" if cause.question == how else how
        said = "Asked as how: it draws out the story." if question else "Asked as why."
        self.do(lambda: AskInstead(cause=cause.id, question=question), said)

    def action_library(self) -> None:
        """Go back to the library, or to where one came from; all is saved."""
        self.keep_draft()
        self.dismiss()

    def action_details(self) -> None:
        """Open the facts, place and people of the session."""
        self.going.details()

    def action_read_back(self) -> None:
        """Read the chains back, link by link."""
        self.going.read_back()

    def action_follow_up(self) -> None:
        """Follow up what was promised at the place of this session, or everywhere."""
        self.going.follow_up()

    def action_history(self) -> None:
        """Show what was done to the session, in the tree to the cause under the cursor."""
        self.going.history()

    def action_map(self) -> None:
        """Draw the map of all sessions around the cause in question, or under the tree's cursor."""
        self.going.map()

    def action_summary(self) -> None:
        """Open the summary: what is open, finish, the Markdown."""
        self.going.summary()

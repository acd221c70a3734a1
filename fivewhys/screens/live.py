"""The live session: what each key and each message of a widget does.

Widgets say what happened; the screen does it through the store and draws the tree that comes back
(`sitting.py`).
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, cast
from uuid import UUID

from textual import events, on
from textual.binding import Binding, BindingType

from fivewhys import settings
from fivewhys.facilitation import how_question
from fivewhys.facilitation.lenses import names, usual_lens
from fivewhys.lens_files import all_lenses
from fivewhys.models.commands import (
    Answer,
    AskInstead,
    Categorize,
    CheckRoot,
    Command,
    DeleteParked,
    MoveCause,
    Park,
    UseParked,
)
from fivewhys.models.follow_up import Filter
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.models.words import ROOT_POINTS, Kind, State
from fivewhys.screens.elsewhere import Elsewhere
from fivewhys.screens.guide import AskElse, AskLeg, GoDeeper
from fivewhys.screens.guiding import Guiding
from fivewhys.screens.lens_picker import Chosen, LensPicker
from fivewhys.screens.purposes import WORDINGS, Purpose
from fivewhys.screens.seeing import Seeing
from fivewhys.screens.sitting import Sitting
from fivewhys.screens.tree_acts import act
from fivewhys.screens.widgets.answer_box import AnswerBox, Link
from fivewhys.screens.widgets.bars import HintRow
from fivewhys.screens.widgets.meeting_bar import MeetingBar
from fivewhys.screens.widgets.parked import ParkedIdeas
from fivewhys.screens.widgets.root_list import RootList
from fivewhys.screens.widgets.seen_before import SeenList
from fivewhys.screens.widgets.why_tree import WhyTree
from fivewhys.text import excerpt

if TYPE_CHECKING:
    from fivewhys.app import FiveWhysApp
    from fivewhys.store.store import Store, Undone

MOVING = "Choose what this is a cause of with the arrows; Enter hangs it there."


class LiveScreen(Sitting):
    """One session, live."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "details", "details", id="live.details", tooltip="Facts, place and people"),
        Binding("f3", "summary", "finish", id="live.summary", tooltip="What is open; finish"),
        Binding("f4", "read_back", "read back", show=False, id="live.reading",
                tooltip="Read the chains back from each root: does it follow?"),
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

    def __init__(self, store: "Store", tree: Tree, early: str = "") -> None:
        super().__init__(store, tree)
        self.guiding = Guiding(self)
        self.seeing = Seeing(self)
        self.elsewhere = Elsewhere(self)
        self._early = early
        """Keys that came before there was a box to take them; a newline is Enter."""
        self._begun = False
        self._lens = ""
        """The lens that was used last; the first time, the session's usual one."""

    def on_mount(self) -> None:
        """Begin at the first open question with the drafts of the last time."""
        self._try(self._drafts.load)
        self.set_focus(self.query_one(AnswerBox))
        # The draft is in the box before the box is looked at, or it would be taken as emptied.
        draft = self._drafts.at(Purpose.ANSWER, self.here, self.why_tree)
        self.query_one(AnswerBox).set_text(draft)
        self.ask(self.here)
        if self.why_tree.session.state is State.FINISHED:
            self.hint("This session is finished. Another answer opens it again.")
        else:
            self.guiding.look_at_problem()
        self._begun = True
        self._take_early_keys()

    def on_key(self, event: events.Key) -> None:
        """While nothing has the focus yet, what is typed belongs to the answer."""
        if self.focused is None and (event.key == "enter" or event.is_printable):
            event.stop()
            self._early += "\n" if event.key == "enter" else event.character or ""
            if self._begun:
                self._take_early_keys()

    def _take_early_keys(self) -> None:
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
        self._draw_once()
        purpose, text, target = message.purpose, message.text.strip(), self._target
        box = self.query_one(AnswerBox)
        if not text and not WORDINGS[purpose].may_be_empty:
            if purpose is Purpose.ANSWER:
                self._next_open()
            else:
                self.hint("Say it in a word or two, or leave with Esc.")
            self._pass_keys_on(box)
            return
        if purpose is Purpose.ANSWER:
            self._answer(text, message.stay, message.link)
            return
        said = "Kept."
        if not self._came_from_tree:
            said += " Enter on an empty line goes to the next open question."
        if self.do(lambda: WORDINGS[purpose].command(target, text), said):
            self._forget_draft(purpose, target)
            self._back_to_answer()
            if purpose is Purpose.ROOT:
                self.guiding.look_at_root(target)
                self.elsewhere.root_marked(target)
        else:
            box.put_back(message.text)
        self._pass_keys_on(box)

    def _answer(self, text: str, stay: bool, link: Link | None = None) -> UUID | None:
        """Give the answer; its key, or None where it was not saved."""
        here, idea, leg = self.here, self._parked_in_use, self._leg

        def command() -> Command:
            if idea and any(parked.id == idea for parked in self.why_tree.parked):
                return UseParked(parked=idea, parent=here, text=text)
            return Answer(parent=here, text=text, leg=leg)

        known = set(self.why_tree.children(here))
        said = "Saved. Another cause of the same question?" if stay else ""
        was_finished = self.why_tree.session.state is State.FINISHED
        if was_finished:
            said = f"{said or 'Saved.'} The session is open again."
        if not self.do(command, said, draw=stay):
            box = self.query_one(AnswerBox)
            box.put_back(text)
            if link is not None:
                box.link_to(link)
            return None
        self._forget_draft(Purpose.ANSWER, here)
        self._parked_in_use = None
        new = [key for key in self.why_tree.children(here) if key not in known]
        if new and link is not None:
            self.seeing.given(new[-1], link)
        # Typing may have gone on while the answer was saved: those letters belong to what follows.
        box = self.query_one(AnswerBox)
        typed = box.text
        if not stay:
            if typed:
                # Else they would be kept as a draft of the question before.
                box.set_text("")
            self.ask(new[-1] if new else here)
            if typed:
                box.set_text(typed)
        if not new:
            return None
        if not was_finished:
            # The next question stands before the guide has read the answer.
            self.call_after_refresh(self.guiding.look_at, new[-1])
        return new[-1]

    def give_draft(self) -> UUID | None:
        """Give what is typed as an answer; its key, or None where nothing was given."""
        box = self.query_one(AnswerBox)
        text = box.text.strip()
        if box.purpose is not Purpose.ANSWER or not text:
            return None
        link = box.link
        box.set_text("")
        return self._answer(text, stay=False, link=link)

    def ask_on(self, step: AskElse | AskLeg) -> None:
        """Go where the guide offers to go on asking."""
        if isinstance(step, AskElse):
            self.go_to(step.key)
            return
        self.go_to(self.why_tree.problem.id)
        self._leg = step.leg
        self._draw()

    def answer_as(self, step: GoDeeper) -> None:
        """Begin the answer with what another team said to the same question."""
        if step.key != self.here:
            self.go_to(step.key)
        self.seeing.put(step.text, Link(step.cause, step.session))

    def _next_open(self) -> None:
        cause = self.why_tree.next_open(self.here)
        if cause is None:
            self.hint("No question is open. F3 shows the summary.")
        elif cause.id == self.here:
            self.hint("This is the only open question.")
        else:
            self.go_to(cause.id)

    @on(AnswerBox.Parked)
    def _park(self, message: AnswerBox.Parked) -> None:
        message.stop()
        if self.do(lambda: Park(text=message.text), "Parked. The question stays."):
            self._forget_draft(Purpose.ANSWER, self.here)
        else:
            self.query_one(AnswerBox).put_back(message.text)

    @on(AnswerBox.Wanted)
    def _wanted_in_box(self, message: AnswerBox.Wanted) -> None:
        message.stop()
        box = self.query_one(AnswerBox)
        if message.what == "root":
            self._act("root", self.why_tree.causes[self.here])
            self._pass_keys_on(box)
        elif message.what == "fix":
            self._fix(self.here, box)
        elif message.what == "map":
            self.action_map()
        elif message.what == "back":
            parent = self.why_tree.causes[self.about].parent_id
            if box.purpose is Purpose.ANSWER and parent:
                self.ask(parent)
        elif message.what == "next":
            self._next_open()
        elif message.what == "seen":
            self.seeing.enter()
            self._pass_keys_on(box)
        elif message.what == "undo":
            self._undo()
        elif message.what == "redo":
            self._redo()
        elif message.what == "leave":
            if box.purpose is Purpose.ANSWER:
                self.set_focus(self.query_one(WhyTree))
            else:
                self._forget_draft(box.purpose, self._target)
                box.set_text("")
                self._back_to_answer()

    def _back_to_answer(self) -> None:
        self.ask(self.here)
        if self._came_from_tree:
            self._came_from_tree = False
            tree = self.query_one(WhyTree)
            tree.focus_at(tree.cursor)

    def _undo(self) -> None:
        self._take_back(self.store.undo, "Undid", "There is nothing of yours left to undo.")

    def _redo(self) -> None:
        self._take_back(self.store.redo, "Did again", "There is nothing to do again.")

    def _take_back(self, step: Callable[[Tree], "Undone | None"], did: str, nothing: str) -> None:
        def act() -> None:
            undone = step(self.why_tree)
            if undone is None:
                self.hint(nothing)
                return
            before = self.why_tree
            self._take(undone.tree)
            self._show_what_came(before)
            self.hint(f"{did}: {undone.label}")

        self._try(act)

    def _show_what_came(self, before: Tree) -> None:
        """In the tree, the cursor goes to a branch that was not there before."""
        tree = self.query_one(WhyTree)
        for cause in self.why_tree.causes.values():
            if (
                tree.has_focus
                and cause.id not in before.causes
                and cause.parent_id in before.causes
            ):
                tree.put_cursor(cause.id)
                return

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
        self._pass_keys_on(self.query_one(WhyTree))

    def _pass_keys_on(self, source: WhyTree | AnswerBox | SeenList) -> None:
        """Give the keys that waited while something was done to what has the focus now."""
        keys, focused = source.release(), self.focused
        if isinstance(focused, WhyTree | AnswerBox | SeenList):
            focused.take_keys(keys)

    @on(WhyTree.Wanted)
    def _wanted_in_tree(self, message: WhyTree.Wanted) -> None:
        message.stop()
        cause = self.why_tree.causes.get(message.key)
        if cause is not None:
            self._do_in_tree(message.what, cause)
        self._pass_keys_on(self.query_one(WhyTree))

    def _do_in_tree(self, what: str, cause: Cause) -> None:
        elsewhere: dict[str, Callable[[], None]] = {
            "answer": lambda: self.go_to(cause.id),
            "other": lambda: self.go_to(cause.parent_id or cause.id),
            "back": lambda: self.set_focus(self.query_one(AnswerBox)),
            "undo": self._undo,
            "redo": self._redo,
            "next": self._next_open,
            "library": self.action_library,
            "root_list": lambda: self._list_points(cause),
            "category": lambda: self._categorize(cause),
            "fix": lambda: self._fix(cause.id, self.query_one(WhyTree)),
            "plan": lambda: self._plan(cause.id),
        }
        if what in elsewhere:
            elsewhere[what]()
        elif not self._act(what, cause):
            self.word_about(cause.id, Purpose(what))

    def _act(self, what: str, cause: Cause) -> bool:
        """Do what a key means to a cause; False where it means something else."""
        found = act(what, self.why_tree, cause)
        if found is None:
            return False
        command = found.command
        if command is None:
            self.hint(found.said)
        elif not self.do(lambda: command, found.said):
            return True
        if found.cursor is not None:
            self.query_one(WhyTree).put_cursor(found.cursor)
        if found.word is not None:
            self.word_about(cause.id, found.word)
        return True

    def go_to(self, key: UUID) -> None:
        """Ask why of this cause, or of the problem."""
        self.ask(key)
        self.set_focus(self.query_one(AnswerBox))

    @on(WhyTree.EvidenceChosen)
    def _edit_evidence(self, message: WhyTree.EvidenceChosen) -> None:
        message.stop()
        self.word_about(message.key, Purpose.EDIT_EVIDENCE, message.evidence)
        self._pass_keys_on(self.query_one(WhyTree))

    def word_about(self, key: UUID, purpose: Purpose, evidence: UUID | None = None) -> None:
        """Type a word about a cause in the box, then come back to where the keys were."""
        self._came_from_tree = self.query_one(WhyTree).has_focus
        self.ask(key, purpose, evidence)
        self.set_focus(self.query_one(AnswerBox))

    # -- categories

    def _categorize(self, cause: Cause) -> None:
        if cause.kind is Kind.PROBLEM:
            self.hint("That is the problem itself. Choose one of its causes.")
            return
        # Read again each time: a lens may be mended during the meeting.
        self.lenses = all_lenses(settings.lenses())

        def done(chosen: Chosen | None) -> None:
            if chosen is None:
                return
            lens, category = chosen
            self._lens = lens or self._lens
            said = " / ".join(names(self.lenses.known, lens, category)) if lens else "No category"
            self.do(lambda: Categorize(cause=cause.id, lens=lens, category=category), f"{said}.")

        last = self._lens or usual_lens(self.why_tree)
        picker = LensPicker(self.lenses.known, cause, last, self.lenses.problems)
        self.app.push_screen(picker, done)
        picker.take_keys(self.query_one(WhyTree).release())

    # -- what is done about it

    def _fix(self, key: UUID, source: WhyTree | AnswerBox) -> None:
        """Say what will be done about a cause; the keys that `source` holds are its first words."""
        from fivewhys.screens.countermeasure import CountermeasureScreen

        self.keep_draft()
        form = CountermeasureScreen(self.store, self.why_tree, key)
        self.app.push_screen(form, self._after_plan)
        form.take_keys(source.release())

    def _plan(self, key: UUID) -> None:
        """Open what is done about a cause: the one thing there is, or a list of all."""
        from fivewhys.screens.countermeasure import CountermeasureScreen
        from fivewhys.screens.plan import PlanScreen

        there = self.why_tree.countermeasures(key)
        if not there:
            self._fix(key, self.query_one(WhyTree))
            return
        screen = (
            CountermeasureScreen(self.store, self.why_tree, key, there[0].id)
            if len(there) == 1
            else PlanScreen(self.store, self.why_tree, [key])
        )
        self.app.push_screen(screen, self._after_plan)
        screen.take_keys(self.query_one(WhyTree).release())

    def _after_plan(self, tree: Tree | None) -> None:
        if tree is None or tree is self.why_tree:
            self.hint("")
        else:
            fewer = len(tree.all_countermeasures()) < len(self.why_tree.all_countermeasures())
            self._take(tree)
            self.hint("Deleted. Undo brings it back." if fewer else "Kept. Undo takes it back.")

    # -- the list of a root

    def _list_points(self, cause: Cause) -> None:
        if not cause.is_root:
            self.hint("That is no root. r marks it, and its list comes with it.")
            return
        self._listed = cause.id
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
        key, self._listed = self._listed, None
        self._draw_roots()
        self.query_one(WhyTree).focus_at(key)

    # -- what was seen before

    @on(SeenList.Taken)
    def _take_seen(self, message: SeenList.Taken) -> None:
        message.stop()
        self.seeing.take(message.seen)
        self._pass_keys_on(self.query_one(SeenList))

    @on(SeenList.Chosen)
    def _look_at_seen(self, message: SeenList.Chosen) -> None:
        message.stop()
        self._draw_beside()
        self.seeing.tell()

    @on(SeenList.Left)
    def _left_seen(self, message: SeenList.Left) -> None:
        message.stop()
        self.set_focus(self.query_one(AnswerBox))
        self._pass_keys_on(self.query_one(SeenList))

    # -- parked ideas

    @on(ParkedIdeas.Used)
    def _use_parked(self, message: ParkedIdeas.Used) -> None:
        message.stop()
        self.ask(self.here)
        self._parked_in_use = message.idea.id
        box = self.query_one(AnswerBox)
        box.set_text(f"{box.text} {message.idea.text}".strip())
        self.set_focus(box)
        self.hint(
            f"Enter gives it as an answer to: {excerpt(self.why_tree.causes[self.here].text)}"
        )

    @on(ParkedIdeas.Dropped)
    def _drop_parked(self, message: ParkedIdeas.Dropped) -> None:
        message.stop()
        self.do(lambda: DeleteParked(parked=message.key), "Taken away. Undo brings it back.")

    @on(ParkedIdeas.Left)
    def _left_parked(self, message: ParkedIdeas.Left) -> None:
        message.stop()
        self.set_focus(self.query_one(AnswerBox))

    # -- elsewhere

    def action_take(self) -> None:
        """Take up what the guide offers."""
        self.guiding.take()

    def action_not_now(self) -> None:
        """Tell the guide not to ask this again."""
        self.guiding.dismiss()

    def action_how(self) -> None:
        """Ask how it happened instead of why, or why again."""
        cause = self.why_tree.causes[self.here]
        how = how_question(cause.text)
        question = "" if cause.question == how else how
        said = "Asked as how: it draws out the story." if question else "Asked as why."
        self.do(lambda: AskInstead(cause=cause.id, question=question), said)

    def action_library(self) -> None:
        """Go back to the library; all is saved."""
        self.keep_draft()
        self.dismiss()

    def action_details(self) -> None:
        """Open the facts, place and people of the session."""
        from fivewhys.screens.details import DetailsScreen

        self.app.push_screen(DetailsScreen(self.store, self.why_tree), self._after_details)

    def _after_details(self, tree: Tree | None) -> None:
        if tree is not None:
            self._take(tree)
            self.hint("Details saved.")

    def action_read_back(self) -> None:
        """Read the chains back, link by link."""
        from fivewhys.screens.read_back import ReadBackScreen

        self.keep_draft()
        self.app.push_screen(ReadBackScreen(self.store, self.why_tree), self._after_read_back)

    def _after_read_back(self, _tree: Tree | None) -> None:
        # What was answered there, and what others did meanwhile.
        self._try(lambda: self._take(self.store.refresh(self.why_tree)))
        self.set_focus(self.query_one(AnswerBox))

    def action_follow_up(self) -> None:
        """Follow up what was promised at the place of this session, or everywhere."""
        from fivewhys.screens.follow_up import FollowUpScreen

        self.keep_draft()
        session = self.why_tree.session
        department = "" if session.site else session.department
        here = Filter(site=session.site, department=department)
        self.app.push_screen(FollowUpScreen(self.store, here), self._after_follow_up)

    def _after_follow_up(self, _nothing: None) -> None:
        self._try(lambda: self._take(self.store.refresh(self.why_tree)))
        self.look_back()

    def action_map(self) -> None:
        """Draw the map of all sessions around the cause in question, or under the tree's cursor."""
        from fivewhys.screens.map_view import MapScreen

        self.keep_draft()
        tree = self.query_one(WhyTree)
        key = tree.cursor if tree.has_focus and tree.cursor in self.why_tree.causes else self.here
        screen = MapScreen(self.store, str(key))
        self.app.push_screen(screen, self._after_map)
        screen.keys_in_order.take(self.query_one(AnswerBox).release())

    def _after_map(self, _nothing: None) -> None:
        self._try(lambda: self._take(self.store.refresh(self.why_tree)))

    def action_summary(self) -> None:
        """Open the summary: what is open, finish, the Markdown."""
        from fivewhys.screens.summary import SummaryScreen

        self.keep_draft()
        exports = cast("FiveWhysApp", self.app).exports
        self.app.push_screen(SummaryScreen(self.store, self.why_tree, exports), self._after_summary)

    def _after_summary(self, chosen: "tuple[Tree, UUID | None] | None") -> None:
        if chosen is None:
            self.dismiss()
            return
        _, key = chosen
        # What the summary did, and what others did meanwhile.
        self._try(lambda: self._take(self.store.refresh(self.why_tree)))
        if key is not None and key in self.why_tree.causes:
            self.ask(key)
        self.set_focus(self.query_one(AnswerBox))

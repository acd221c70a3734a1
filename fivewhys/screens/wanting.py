"""What single keys of the answer box and of the tree want done in a live session."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from fivewhys.models.values import Cause
from fivewhys.screens.purposes import Purpose
from fivewhys.screens.tree_acts import act
from fivewhys.screens.widgets.answer_box import AnswerBox
from fivewhys.screens.widgets.why_tree import WhyTree

if TYPE_CHECKING:
    from fivewhys.screens.live import LiveScreen


_LOOKS = frozenset({"answer", "library", "time_line"})
"""What keys of the tree do while one only looks: none of it writes anything."""


class Wanting:
    """Does what keys want in one live session."""

    def __init__(self, live: "LiveScreen") -> None:
        self._live = live

    def in_box(self, what: str) -> None:
        """Do what a key in the answer box wants."""
        live = self._live
        box = live.query_one(AnswerBox)
        looks = {"history": live.action_history, "map": live.action_map}
        if what == "root":
            self.act("root", live.why_tree.causes[live.here])
            live.pass_keys_on(box)
        elif what == "fix":
            live.going.fix(live.here, box)
        elif what in looks:
            looks[what]()
        elif what == "back":
            parent = live.why_tree.causes[live.about].parent_id
            if box.purpose is Purpose.ANSWER and parent:
                live.ask(parent)
        elif what == "next":
            self.next_open()
        elif what == "seen":
            live.seeing.enter()
            live.pass_keys_on(box)
        elif what == "undo":
            live.undoing.undo()
        elif what == "redo":
            live.undoing.redo()
        elif what == "leave":
            if box.purpose is Purpose.ANSWER:
                live.set_focus(live.query_one(WhyTree))
            else:
                live.forget_draft(box.purpose, live.target)
                box.set_text("")
                live.back_to_answer()

    def in_tree(self, what: str, cause: Cause) -> None:
        """Do what a key in the tree wants of a cause."""
        live = self._live
        if live.looked_at is not None and what == "back":
            live.action_library()
            return
        if what not in _LOOKS and live.only_looks():
            return
        elsewhere: dict[str, Callable[[], None]] = {
            "answer": lambda: live.go_to(cause.id),
            "other": lambda: live.go_to(cause.parent_id or cause.id),
            "back": lambda: live.set_focus(live.query_one(AnswerBox)),
            "undo": live.undoing.undo,
            "redo": live.undoing.redo,
            "next": self.next_open,
            "library": live.action_library,
            "root_list": lambda: live.list_points(cause),
            "category": lambda: live.categorizing.ask(cause),
            "fix": lambda: live.going.fix(cause.id, live.query_one(WhyTree)),
            "plan": lambda: live.going.plan(cause.id),
            "time_line": lambda: live.going.time_line(cause.id),
        }
        if what in elsewhere:
            elsewhere[what]()
        elif not self.act(what, cause):
            live.word_about(cause.id, Purpose(what))

    def act(self, what: str, cause: Cause) -> bool:
        """Do what a key means to a cause; False where it means something else."""
        live = self._live
        found = act(what, live.why_tree, cause)
        if found is None:
            return False
        command = found.command
        if command is None:
            live.hint(found.said)
        elif not live.do(lambda: command, found.said):
            return True
        if found.cursor is not None:
            live.query_one(WhyTree).put_cursor(found.cursor)
        if found.word is not None:
            live.word_about(cause.id, found.word)
        return True

    def next_open(self) -> None:
        """Go to the next open question."""
        live = self._live
        cause = live.why_tree.next_open(live.here)
        if cause is None:
            live.hint("No question is open. F3 shows the summary.")
        elif cause.id == live.here:
            live.hint("This is the only open question.")
        else:
            live.go_to(cause.id)

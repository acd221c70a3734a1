"""Taking back in a live session what its person did last, and doing it again."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from fivewhys.models.tree import Tree
from fivewhys.screens.purposes import Purpose
from fivewhys.screens.widgets.answer_box import AnswerBox
from fivewhys.screens.widgets.why_tree import WhyTree

if TYPE_CHECKING:
    from fivewhys.screens.live import LiveScreen
    from fivewhys.store.store import Undone


class Undoing:
    """Undo and redo of one live session."""

    def __init__(self, live: "LiveScreen") -> None:
        self._live = live

    def undo(self) -> None:
        """Take back what this person did last."""
        live = self._live

        def show(before: Tree) -> None:
            new = _first_new(before, live.why_tree)
            if new is not None:
                self._put_cursor(new)

        self._step(live.store.undo, show, "Undid", "There is nothing of yours left to undo.")

    def redo(self) -> None:
        """Do again what was taken back last, and ask what was asked after it."""
        live = self._live

        def show(before: Tree) -> None:
            new = _first_new(before, live.why_tree)
            if new is None or self._put_cursor(new):
                return
            box = live.query_one(AnswerBox)
            if box.purpose is Purpose.ANSWER and not box.text:
                live.ask(_end_of(new, before, live.why_tree))

        self._step(live.store.redo, show, "Did again", "There is nothing to do again.")

    def _step(
        self,
        step: Callable[[Tree], "Undone | None"],
        show: Callable[[Tree], None],
        did: str,
        nothing: str,
    ) -> None:
        live = self._live

        def act() -> None:
            undone = step(live.why_tree)
            if undone is None:
                live.hint(nothing)
                return
            before = live.why_tree
            live.go_on_with(undone.tree)
            show(before)
            live.hint(f"{did}: {undone.label}")

        live.try_to(act)

    def _put_cursor(self, cause: UUID) -> bool:
        """In the tree, the cursor goes to a branch that was not there before."""
        tree = self._live.query_one(WhyTree)
        if tree.has_focus:
            tree.put_cursor(cause)
        return tree.has_focus


def _first_new(before: Tree, after: Tree) -> UUID | None:
    """The top of the first branch that was not there before."""
    return next(
        (
            cause.id
            for cause in after.causes.values()
            if cause.id not in before.causes and cause.parent_id in before.causes
        ),
        None,
    )


def _end_of(new: UUID, before: Tree, after: Tree) -> UUID:
    """How far a branch goes on without parting."""
    while len(below := [key for key in after.children(new) if key not in before.causes]) == 1:
        (new,) = below
    return new

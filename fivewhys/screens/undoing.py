"""Taking back in a live session what its person did last, and doing it again."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from fivewhys.models.tree import Tree
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
        self._step(self._live.store.undo, "Undid", "There is nothing of yours left to undo.")

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._step(self._live.store.redo, "Did again", "There is nothing to do again.")

    def _step(self, step: Callable[[Tree], "Undone | None"], did: str, nothing: str) -> None:
        live = self._live

        def act() -> None:
            undone = step(live.why_tree)
            if undone is None:
                live.hint(nothing)
                return
            before = live.why_tree
            live.go_on_with(undone.tree)
            self._show_what_came(before)
            live.hint(f"{did}: {undone.label}")

        live.try_to(act)

    def _show_what_came(self, before: Tree) -> None:
        """In the tree, the cursor goes to a branch that was not there before."""
        tree = self._live.query_one(WhyTree)
        for cause in self._live.why_tree.causes.values():
            if (
                tree.has_focus
                and cause.id not in before.causes
                and cause.parent_id in before.causes
            ):
                tree.put_cursor(cause.id)
                return

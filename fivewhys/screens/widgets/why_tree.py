"""The tree of a live session: what each key does about the row under the cursor."""

from typing import ClassVar
from uuid import UUID

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from fivewhys.screens.widgets.drawn_tree import WRAPS, DrawnTree
from fivewhys.screens.widgets.waiting_keys import WaitingKeys

_STAYS = frozenset(
    {"verified", "suspected", "delete", "park", "undo", "redo", "earlier", "later", "leg"}
)
"""What is done at once: the next key is one of the tree's again."""

_IN_SIGHT = {
    "want('answer')": "go into it",
    "wrap": "wrap",
    "fold": "fold",
    "want('library')": "back",
}
"""The keys that the bar shows while one only looks, each with its word."""


def _key(key: str, action: str, words: str, tooltip: str, show: bool = True) -> Binding:
    return Binding(key, action, words, id=f"tree.{action}", tooltip=tooltip, show=show)


class WhyTree(DrawnTree, can_focus=True):
    """Shows a tree and says what a person wants of the row under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _key("enter", "want('answer')", "answer here", "Ask why of this and answer"),
        _key("o", "want('other')", "other", "Give another cause to the same question"),
        _key("r", "want('root')", "root", "Mark or unmark a root cause"),
        _key("f", "want('fix')", "to do", "Say what will be done about this cause"),
        _key("F", "want('plan')", "plan", "Open what is done about this cause, or add to it",
             show=False),
        _key("x", "want('rule_out')", "rule out", "Rule out, with the reason; again takes it in"),
        _key("v", "want('verified')", "verified", "Mark verified; again opens it"),
        _key("s", "want('stop')", "stop", "Stop asking here, with the reason; again goes on"),
        _key("e", "want('edit')", "edit", "Edit the words"),
        _key("m", "move", "move", "Move the branch: arrows choose the place, Enter puts it there"),
        _key("d,delete", "want('delete')", "delete", "Delete the branch (undo brings it back)"),
        _key("p", "want('park')", "park", "Park this cause"),
        _key("u", "want('undo')", "undo", "Undo your last step"),
        _key("n", "want('next')", "next open", "Go to the next open question"),
        _key("w", "wrap", "wrap", "Show 3, all or 1 row of each cause"),
        _key("i", "want('evidence')", "evidence", "Add evidence: a note, a number, a link"),
        *(
            Binding(str(n), f"evidence({n})", show=False, id=f"tree.evidence{n}",
                    tooltip="Edit the evidence with this number; emptied, it goes")
            for n in range(1, 10)
        ),
        _key("t", "want('suspected')", "suspected", "Mark suspected; again opens it"),
        _key("c", "want('contributing')", "contributing", "Mark or unmark as contributing"),
        _key("b", "want('root_list')", "root list", "Go through the eight points of a root"),
        _key("g", "want('category')", "category", "Put it in a category, seen through a lens"),
        _key("l", "want('leg')", "leg", "Which question it answers: happened, noticed, system"),
        _key("y", "want('said_by')", "said by", "Keep who said it"),
        _key("a", "want('question')", "ask", "Word the question yourself"),
        _key("H", "want('time_line')", "time line",
             "Show when this cause was found in all sessions, and what was done in between",
             show=False),
        _key("U,ctrl+y", "want('redo')", "redo", "Do again what undo took back"),
        _key("ctrl+z", "want('undo')", "undo", "Undo your last step", show=False),
        _key("space", "fold", "fold", "Fold or unfold the branch"),
        _key("q", "want('library')", "library", "Back to where you came from; all is saved"),
        _key("escape", "want('back')", "back", "Back to the answer"),
        _key("up,k", "cursor(-1)", "up", "The row above", show=False),
        _key("down,j", "cursor(1)", "down", "The row below", show=False),
        _key("left,h", "parent", "parent", "The cause above in the tree", show=False),
        _key("right", "child", "child", "The first answer below", show=False),
        _key("pageup", "page(-1)", "page up", "A page up", show=False),
        _key("pagedown", "page(1)", "page down", "A page down", show=False),
        _key("home", "edge(0)", "top", "The problem", show=False),
        _key("end", "edge(-1)", "bottom", "The last cause", show=False),
        _key("shift+up,K", "want('earlier')", "earlier", "Move up among its siblings", show=False),
        _key("shift+down,J", "want('later')", "later", "Move down among its siblings", show=False),
    ]  # fmt: skip

    class Wanted(Message):
        """What a person wants of the node under the cursor."""

        def __init__(self, what: str, key: UUID) -> None:
            super().__init__()
            self.what = what
            self.key = key

    class MoveChosen(Message):
        """A branch was picked up and put under another node."""

        def __init__(self, branch: UUID, parent: UUID) -> None:
            super().__init__()
            self.branch = branch
            self.parent_key = parent

    class EvidenceChosen(Message):
        """A piece of evidence of a node is to be edited."""

        def __init__(self, key: UUID, evidence: UUID) -> None:
            super().__init__()
            self.key = key
            self.evidence = evidence

    class MoveBegun(Message):
        """A branch was picked up (or, with None, left where it is)."""

        def __init__(self, branch: UUID | None) -> None:
            super().__init__()
            self.branch = branch

    def __init__(self, *, id: str | None = None, is_visited: bool = False) -> None:
        """Where the session `is_visited`, it is only looked at until somebody goes into it."""
        super().__init__(id=id)
        self._only_looks = is_visited
        self.key_in_front = "tree.want('library')" if is_visited else ""
        """The key that the bar shows first: the way back from where one only looks."""
        self._cursor_to_come: UUID | None = None
        self.keys = WaitingKeys(self)

    # -- the focus

    def focus_at(self, key: UUID | None) -> None:
        """Take the focus with the cursor on `key`."""
        if self.has_focus and self.screen.focused is self and key is not None:
            self.put_cursor(key)
            return
        self._cursor_to_come = key
        # At once: a key that comes before the focus would go elsewhere.
        self.screen.set_focus(self)

    def on_focus(self) -> None:
        """The cursor begins at the question asked now, or where somebody wanted it."""
        self.refresh()
        key, self._cursor_to_come = self._cursor_to_come or self.here, None
        if key is not None:
            self.put_cursor(key)

    def on_blur(self) -> None:
        """Leaving the tree puts a carried branch back."""
        self._carry(None)
        self.refresh()

    # -- keys and mouse

    def key_words(self, binding: Binding) -> str:
        """What a key does now, for the key bar: while a branch is carried, two of them count."""
        if self._only_looks:
            return _IN_SIGHT.get(binding.action, "")
        if self.carried is None:
            return "back" if binding.id == self.key_in_front else binding.description
        return {"want('answer')": "hang it here", "want('back')": "leave it"}.get(
            binding.action, ""
        )

    def _tell(self, message: Message) -> None:
        """Ask for something that may take words: the keys that follow at once are its letters.

        They wait until the screen has done its part, and go to whatever has the focus then.
        """
        self.keys.wait()
        self.screen.post_message(message)

    def take_keys(self, keys: list[events.Key]) -> None:
        """Do what keys mean that were pressed before the focus came here."""
        for key in keys:
            self.post_message(key)

    async def _on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        if not self.keys.send_on(event):
            # Left to the app, an action is done after the key that follows it has come here.
            await self._do(event)

    async def _do(self, event: events.Key) -> None:
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            await self.run_action(binding.action)
            return
        event.stop(False)

    def action_want(self, what: str) -> None:
        """Say what is wanted of the node under the cursor."""
        if self.carried is not None and what in ("answer", "back"):
            if what == "answer" and self.cursor not in (None, self.carried):
                assert self.cursor is not None
                self._tell(self.MoveChosen(self.carried, self.cursor))
            self._carry(None)
            return
        if self.cursor is None:
            return
        if what in _STAYS:
            self.screen.post_message(self.Wanted(what, self.cursor))
        else:
            self._tell(self.Wanted(what, self.cursor))

    def action_evidence(self, number: int) -> None:
        """Say that a piece of evidence of the node is to be edited."""
        if self._only_looks:
            self.action_want("evidence")
            return
        items = self.why_tree.evidence(self.cursor) if self.why_tree and self.cursor else ()
        if self.cursor is not None and number <= len(items):
            self._tell(self.EvidenceChosen(self.cursor, items[number - 1].id))

    def action_move(self) -> None:
        """Pick the branch up, or put it back."""
        if self._only_looks:
            self.action_want("move")
            return
        self._carry(None if self.carried else self.cursor)

    def go_into(self) -> None:
        """From now on all keys do what they are for."""
        self._only_looks = False
        self.refresh_bindings()

    def _carry(self, key: UUID | None) -> None:
        if key != self.carried:
            self.carried = key
            self.post_message(self.MoveBegun(key))
            self.refresh()

    def action_wrap(self) -> None:
        """Go round the number of rows that a node may take."""
        self._wrap = (self._wrap + 1) % len(WRAPS)
        self._lay_out()
        if self.cursor is not None:
            self._reveal(self.cursor)
        self.refresh()

    def action_fold(self) -> None:
        """Fold or unfold the branch under the cursor."""
        if self.cursor is not None and self.why_tree and self.why_tree.children(self.cursor):
            self._folded ^= {self.cursor}
            self._lay_out()
            self.refresh()

    def action_cursor(self, by: int) -> None:
        """Move the cursor by rows."""
        self._go(self._place() + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by a page."""
        if self._rows is None:
            return
        top, _ = self._rows.span(self._place())
        row = top + by * max(1, self.inner_height - 2)
        found = self._rows.node_at(max(0, min(row, self._rows.height - 1)))
        if found:
            self._go(found[0])

    def action_edge(self, place: int) -> None:
        """Move the cursor to the first or the last node."""
        if self._rows:
            self._go(place % len(self._rows.order))

    def action_parent(self) -> None:
        """Move the cursor to the node above in the tree."""
        if self.why_tree and self.cursor:
            parent = self.why_tree.causes[self.cursor].parent_id
            if parent is not None:
                self.put_cursor(parent)

    def action_child(self) -> None:
        """Unfold, then move the cursor to the first answer below."""
        if self.why_tree and self.cursor and self.why_tree.children(self.cursor):
            self._folded.discard(self.cursor)
            self.put_cursor(self.why_tree.children(self.cursor)[0])

    def _place(self) -> int:
        if self._rows is None or self.cursor is None:
            return 0
        return self._rows.index_of(self.cursor) or 0

    def _go(self, place: int) -> None:
        if self._rows and self._rows.order:
            self.put_cursor(self._rows.order[max(0, min(place, len(self._rows.order) - 1))])

    async def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; a second one answers there."""
        found = self._rows.node_at(event.y + self.first_row) if self._rows else None
        if found is None or self._rows is None:
            return
        key = self._rows.order[found[0]]
        if self.has_focus:
            self.put_cursor(key)
        else:
            self.focus_at(key)
        if event.chain > 1:
            self._tell(self.Wanted("answer", key))

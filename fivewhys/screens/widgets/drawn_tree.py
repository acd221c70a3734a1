"""The tree of a live session as it is drawn: wrapped rows, the question now in amber, a cursor."""

from collections.abc import Mapping
from typing import Self
from uuid import UUID

from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip

from fivewhys.models.tree import Tree
from fivewhys.models.values import Appearance, Cause
from fivewhys.screens.widgets.lines import LinePane
from fivewhys.screens.widgets.tree_drawing import RowLook, TreePen, guides, state_words
from fivewhys.screens.widgets.tree_rows import TreeRows

WRAPS = (3, 0, 1)
"""How many rows a node may take; 0 is all of them. A key goes round."""

MOST_KEPT = 400
"""Drawn rows that are kept: several screens full."""

_NOTHING: frozenset[UUID] = frozenset()


class DrawnTree(LinePane):
    """Shows a tree. What keys do with it is in `why_tree`."""

    cursor: reactive[UUID | None] = reactive(None, repaint=False)
    """The node that the keys move. A screen watches it, to tell of it in the same frame."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.why_tree: Tree | None = None
        self.here: UUID | None = None
        self.carried: UUID | None = None
        """The branch that is being moved."""
        self._path: frozenset[UUID] = _NOTHING
        self._wrap = 0
        self._folded: set[UUID] = set()
        self._rows: TreeRows | None = None
        self._strips: dict[int, tuple[RowLook | None, Strip]] = {}
        self._looks: dict[int, RowLook | None] = {}
        """How rows are to look; known until something is to be drawn anew."""
        self._shared: Mapping[UUID, tuple[Appearance, ...]] = {}

    # -- what is shown

    def show(self, tree: Tree, here: UUID) -> None:
        """Draw `tree` with the question of `here` as the one asked now, and keep that in view."""
        moved = here != self.here
        # What somebody folded in the tree stays so until it is asked or answered there.
        unfolds = moved or (tree is not self.why_tree and not self.has_focus)
        self.why_tree, self.here = tree, here
        self._path = frozenset(node.id for node in tree.path(here))
        if unfolds:
            self._folded -= self._path - {here}
        if self.cursor not in tree.causes or (moved and not self.has_focus):
            self.cursor = here
        if self.carried not in tree.causes:
            self.carried = None
        self._lay_out()
        if moved or not self.has_focus:
            self._reveal(here)
        self._redraw_changed()

    def show_shared(self, shared: Mapping[UUID, tuple[Appearance, ...]]) -> None:
        """Show after these roots in which other sessions they were found."""
        if shared == self._shared:
            return
        others = {
            key for key in (*self._shared, *shared) if self._shared.get(key) != shared.get(key)
        }
        self._shared = shared
        if self._rows is not None:
            self._rows.tell_anew(others)
            self._lay_out()
            self._redraw_changed()

    def _tail_of(self, tree: Tree, cause: Cause, room: int) -> str:
        return state_words(tree, cause, room, self._shared.get(cause.id, ()))

    def put_cursor(self, key: UUID) -> None:
        """Move the cursor to a node and show it."""
        if self.why_tree is None or key not in self.why_tree.causes:
            return
        hidden = self._folded & {node.id for node in self.why_tree.path(key)[:-1]}
        if hidden:
            self._folded -= hidden
            self._lay_out()
            self.refresh()
        self._reveal(key)
        self.cursor = key

    def watch_cursor(self, before: UUID | None, after: UUID | None) -> None:
        """Draw the row that was left and the one that is now under the cursor."""
        self._redraw(before)
        self._redraw(after)

    def _redraw(self, key: UUID | None) -> None:
        """Draw the rows of one node again."""
        place = self._rows.index_of(key) if self._rows and key else None
        if self._rows is not None and place is not None:
            top, rows = self._rows.span(place)
            self.refresh_rows(top, rows)

    @property
    def wrapped_rows(self) -> int:
        """How many rows a node may take now; 0 is all."""
        return WRAPS[self._wrap]

    def _lay_out(self) -> None:
        if self.why_tree is None or not self.size.width:
            return
        if self._rows is None:
            self._rows = TreeRows(self._tail_of, self.marks.cut)
        self._rows.lay_out(self.why_tree, self.inner_width, self.wrapped_rows, self._folded)
        self.set_rows(self._rows.height)

    def _reveal(self, key: UUID) -> None:
        place = self._rows.index_of(key) if self._rows else None
        if self._rows is None or place is None:
            return
        top, height = self._rows.span(place)
        # A row above and one for the answer to come stay in view.
        self.reveal(max(0, top - 1), height + 2)

    def width_changed(self) -> None:
        """A new width wraps everything anew."""
        self.refresh()
        self._lay_out()
        key = self.cursor if self.has_focus else self.here
        if key is not None:
            self._reveal(key)

    # -- drawing

    def render_line(self, y: int) -> Strip:
        row = y + self.first_row
        if row not in self._looks:
            self._looks[row] = self._look(row)
        look, known = self._looks[row], self._strips.get(row)
        if known is not None and known[0] == look and known[1].cell_length == self.size.width:
            return known[1]
        segments = []
        if look and self._rows:
            pen = TreePen(self.palette, self.marks, self.ground)
            segments = pen.segments(look, self._rows.rows(look.place)[look.part])
        strip = Strip(segments).adjust_cell_length(self.size.width, self.ground)
        if len(self._strips) > MOST_KEPT:
            self._strips.clear()
        self._strips[row] = (look, strip)
        return strip

    def notify_style_update(self) -> None:
        """Another theme draws every row anew."""
        super().notify_style_update()
        self._strips.clear()

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Draw rows anew: something has changed that decides how they look."""
        self._looks.clear()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _redraw_changed(self) -> None:
        """Draw the rows in view that look different now, and no other."""
        first = self.first_row
        looks = {row: self._look(row) for row in range(first, first + self.size.height)}
        unlike = [
            row
            for row, look in looks.items()
            if row not in self._strips or self._strips[row][0] != look
        ]
        if unlike:
            self.refresh(*(self.region_of(row, 1) for row in unlike))
        self._looks = looks

    def _look(self, row: int) -> RowLook | None:
        """What decides how a row is drawn; None below the last one."""
        found = self._rows.node_at(row) if self._rows else None
        if found is None or self._rows is None or self.why_tree is None:
            return None
        (place, part), tree = found, self.why_tree
        key = self._rows.order[place]
        if self.has_focus and key == self.cursor:
            bar = "cursor"
        elif key == self.here:
            bar = "here"
        else:
            bar = "carried" if key == self.carried else ""
        return RowLook(
            tree.causes[key],
            place,
            part,
            self._rows.span(place)[1],
            guides(tree, self._rows, place, self.marks)[1 if part else 0],
            bar,
            key in self._path,
            key in self._folded and bool(tree.children(key)),
            tree.is_open(key),
            self._rows.tail(place)[1:],
            self._rows.level(place),
        )

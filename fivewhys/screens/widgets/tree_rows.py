"""Where each node of a tree stands on the screen: order, indent, wrapped rows. No drawing.

One answer more costs a splice; anything else lays the tree out anew (some 30 ms at 10,000 nodes).
Heights are remembered from one layout to the next; texts are wrapped again when they are drawn.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Set
from itertools import accumulate
from uuid import UUID

from rich.cells import cell_len

from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.screens.look import cut, shown, wrap

STEP = 2
"""Columns of one level's guide."""

LEAST_TEXT = 14
"""Columns that a text keeps however deep it stands; deeper levels share the last indent, and say
which they are."""

Tail = Callable[[Tree, Cause, int], str]


class TreeRows:
    """The visible nodes of `tree` in `width` columns, at most `most` rows each (0: all rows).

    `tail` gives the words after a node's text (its state), which wrap with it; it is told how many
    cells a row has.
    """

    def __init__(self, tail: Tail, ellipsis: str) -> None:
        self._tail = tail
        self._ellipsis = ellipsis
        self.tree: Tree | None = None
        self.order: list[UUID] = []
        self.depths: list[int] = []
        self._tops: list[int] = [0]
        self._index: dict[UUID, int] | None = None
        self._heights: dict[UUID, tuple[Cause, int, int]] = {}
        self._width = 0
        self._most = 0
        self._folded: Set[UUID] = frozenset()
        self._is_stale = False

    @property
    def height(self) -> int:
        """Rows of the whole tree."""
        return self._tops[-1]

    def lay_out(self, tree: Tree, width: int, most: int, folded: Set[UUID]) -> None:
        """Bring the rows up to date with `tree`."""
        self._forget_other_tails(tree)
        same_frame = not self._is_stale and (width, most, folded) == (
            self._width,
            self._most,
            self._folded,
        )
        if most != self._most:
            self._heights.clear()
        self._width, self._most, self._folded = width, most, frozenset(folded)
        self._is_stale = False
        if not (same_frame and self.tree is not None and self._splice(self.tree, tree)):
            self._lay_out_all(tree)
        self.tree = tree

    def tell_anew(self, keys: Iterable[UUID]) -> None:
        """The words after these nodes are others now, though the nodes are not."""
        for key in keys:
            self._heights.pop(key, None)
        self._is_stale = True

    def _forget_other_tails(self, tree: Tree) -> None:
        """What is done about a cause stands after its words, and changes without the cause."""
        old = self.tree
        if old is None or (old.countermeasures_of, old.elsewhere) == ({}, {}) == (
            tree.countermeasures_of,
            tree.elsewhere,
        ):
            return
        for key in (*old.countermeasures_of, *tree.countermeasures_of):
            self._heights.pop(key, None)

    def _lay_out_all(self, tree: Tree) -> None:
        self.order, self.depths, self._index = [], [], None
        heights = []
        stack = [(tree.problem.id, 0)]
        below, folded = tree.below, self._folded
        while stack:
            key, depth = stack.pop()
            self.order.append(key)
            self.depths.append(depth)
            heights.append(self._height(tree, tree.causes[key], depth))
            if key not in folded:
                stack += [(child, depth + 1) for child in reversed(below.get(key, ()))]
        self._tops = list(accumulate(heights, initial=0))

    def _splice(self, old: Tree, new: Tree) -> bool:
        """Take in changes that move no node: changed words, and new answers without any below."""
        if old is new:
            return True
        if old.elsewhere != new.elsewhere:
            # What others found changes what stands after causes that nobody touched here.
            return False
        touched = new.touched
        if len(touched) > 3 or len(new.causes) < len(old.causes):
            return False
        added = [key for key in touched if key not in old.causes]
        if len(new.causes) - len(old.causes) != len(added) or len(added) > 1:
            return False
        for key in touched:
            if key in old.causes:
                before, after = old.causes[key], new.causes[key]
                children = tuple(child for child in new.children(key) if child not in added)
                if before.parent_id != after.parent_id or children != old.children(key):
                    return False
        for key in added:
            parent = new.causes[key].parent_id
            if parent is None or new.children(key) or self._hidden(new, parent):
                return False
            self._insert(new, key, parent)
        for key in touched - set(added):
            place = self.index_of(key)
            if place is not None:
                self._resize(place, self._height(new, new.causes[key], self.depths[place]))
        return True

    def _hidden(self, tree: Tree, key: UUID) -> bool:
        return bool(self._folded) and any(node.id in self._folded for node in tree.path(key))

    def _insert(self, tree: Tree, key: UUID, parent: UUID) -> None:
        """Put a new answer after its elder sibling's branch, or right under its parent."""
        siblings = tree.children(parent)
        at = siblings.index(key)
        last = siblings[at - 1] if at else parent
        while at and tree.children(last) and last not in self._folded:
            last = tree.children(last)[-1]
        place = self.index_of(last)
        assert place is not None
        place += 1
        depth = tree.depth(key)
        self.order.insert(place, key)
        self.depths.insert(place, depth)
        self._tops.insert(place, self._tops[place])
        if self._index is not None:
            self._index[key] = place
        self._resize(place, self._height(tree, tree.causes[key], depth))

    def _resize(self, place: int, rows: int) -> None:
        more = rows - (self._tops[place + 1] - self._tops[place])
        if more:
            self._tops[place + 1 :] = [top + more for top in self._tops[place + 1 :]]

    # -- asking

    def index_of(self, key: UUID) -> int | None:
        """The place of a node among the visible ones."""
        if self._index is None:
            self._index = {key: place for place, key in enumerate(self.order)}
        place = self._index.get(key)
        if place is None:
            return None
        # Answers that were spliced in before it have moved it down by as many places.
        while self.order[place] != key:
            place += 1
        self._index[key] = place
        return place

    def node_at(self, row: int) -> tuple[int, int] | None:
        """Which node stands in `row` of the tree (its place), and which of its rows that is."""
        if not 0 <= row < self.height:
            return None
        place = bisect_right(self._tops, row) - 1
        return place, row - self._tops[place]

    def span(self, place: int) -> tuple[int, int]:
        """The first row of a node and how many it has."""
        return self._tops[place], self._tops[place + 1] - self._tops[place]

    def rows(self, place: int) -> list[str]:
        """The wrapped rows of a node's text and tail."""
        assert self.tree is not None
        cause = self.tree.causes[self.order[place]]
        return self._wrapped(self.tree, cause, self._room(self.depths[place]))

    def tail(self, place: int) -> str:
        """The words after a node's text."""
        assert self.tree is not None
        cause = self.tree.causes[self.order[place]]
        return self._tail(self.tree, cause, self._room(self.depths[place]))

    def indent(self, depth: int) -> int:
        """The columns before a node's mark."""
        most = max(0, (self._width - LEAST_TEXT - 2) // STEP)
        return min(depth, most) * STEP

    def level(self, place: int) -> str:
        """Which why a node answers, where its indent no longer tells and has room for the number.

        A branch of the guides stays beside it.
        """
        depth = self.depths[place]
        indent = self.indent(depth)
        number = str(depth)
        return number if indent < depth * STEP and len(number) <= indent - STEP else ""

    def _room(self, depth: int) -> int:
        return max(4, self._width - self.indent(depth) - 2)

    def _height(self, tree: Tree, cause: Cause, depth: int) -> int:
        room = self._room(depth)
        known = self._heights.get(cause.id)
        if known is not None and known[0] is cause and known[1] == room:
            return known[2]
        height = len(self._wrapped(tree, cause, room))
        self._heights[cause.id] = (cause, room, height)
        return height

    def _wrapped(self, tree: Tree, cause: Cause, room: int) -> list[str]:
        text, tail, most = shown(cause.text), self._tail(tree, cause, room), self._most
        # Far more than the rows can show need not be wrapped to be cut.
        long = bool(most) and len(text) > 2 * most * room
        rows = wrap(text[: 2 * most * room] if long else f"{text}{tail}", room)
        if not most or (len(rows) <= most and not long):
            return rows
        # Accents may make many characters of few columns, so fewer rows than that are possible.
        count = min(most, len(rows))
        # Where a deep row has no room for all that is settled, the end of it is what counts.
        tail = tail[max(0, len(tail) + cell_len(self._ellipsis) - room) :]
        last = cut(rows[count - 1], room - len(tail) - cell_len(self._ellipsis), "").rstrip()
        return [*rows[: count - 1], f"{last}{self._ellipsis}{tail}"]

"""Where the tree's nodes stand: changes taken in one by one lead where a fresh layout leads."""

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from fivewhys.models.commands import EditCause, Refused, SetLeg, SetPart, SetStatus
from fivewhys.models.delta import Operation
from fivewhys.models.tree import Tree
from fivewhys.models.words import Leg, Part, Status
from fivewhys.screens.widgets.drawn_tree import WRAPS
from fivewhys.screens.widgets.tree_drawing import state_words
from fivewhys.screens.widgets.tree_rows import TreeRows
from fivewhys.text import clean
from tests.building import answer, chain, do, fan, moment, session
from tests.reports.hostile import HOSTILE
from tests.store.acts import commands
from tests.store.acts import lines as words

LONG = "the form that the shop ordered in spring was never sent " * 5
ACCENTS = "a" + "\u0323\u0325\u032e" * 200
texts = st.one_of(
    words, st.sampled_from(HOSTILE), st.sampled_from([LONG, ACCENTS]), st.text(max_size=300)
)


def rows_of(tree: Tree, width: int, most: int, folded: frozenset[UUID] = frozenset()) -> TreeRows:
    """A fresh layout."""
    rows = TreeRows(state_words, "…")
    rows.lay_out(tree, width, most, folded)
    return rows


def picture(rows: TreeRows) -> list[tuple[UUID, int, tuple[int, int], list[str]]]:
    """Everything that a layout says."""
    for place, key in enumerate(rows.order):
        assert rows.index_of(key) == place
    return [
        (key, rows.depths[place], rows.span(place), rows.rows(place))
        for place, key in enumerate(rows.order)
    ]


@settings(max_examples=30)
@given(data=st.data())
def test_changes_taken_in_one_by_one_lead_to_the_same_rows(data: st.DataObject) -> None:
    tree = session()
    width, most = data.draw(st.integers(6, 60)), data.draw(st.sampled_from(WRAPS))
    rows = rows_of(tree, width, most)
    folded: frozenset[UUID] = frozenset()
    undo: list[list[Operation]] = []
    for _ in range(data.draw(st.integers(1, 12))):
        operations: list[Operation] = []
        if undo and data.draw(st.integers(0, 4)) == 0:
            operations = [operation.inverse() for operation in reversed(undo.pop())]
        else:
            # Several at once are what others did meanwhile.
            seen = tree
            for _ in range(data.draw(st.integers(1, 2))):
                try:
                    more = data.draw(commands(seen)).plan(seen, moment())
                except Refused:
                    continue
                seen = seen.with_operations(more)
                operations += more
            undo.append(operations)
        tree = tree.with_operations(operations)
        if data.draw(st.integers(0, 3)) == 0:
            key = data.draw(st.sampled_from(sorted(tree.causes)))
            folded = folded ^ {key}
        rows.lay_out(tree, width, most, folded)
        assert picture(rows) == picture(rows_of(tree, width, most, folded))
        assert rows.height == sum(rows.span(place)[1] for place in range(len(rows.order)))


@settings(max_examples=150)
@given(
    text=texts.filter(clean),
    width=st.integers(16, 70),
    most=st.sampled_from(WRAPS),
    depth=st.integers(0, 9),
    leg=st.none() | st.sampled_from(Leg),
    part=st.none() | st.sampled_from(Part),
    status=st.sampled_from(Status),
)
def test_every_row_fits_and_none_is_one_too_many(
    text: str,
    width: int,
    most: int,
    depth: int,
    leg: Leg | None,
    part: Part | None,
    status: Status,
) -> None:
    tree = chain(depth + 1)
    key = list(tree.causes)[-1]
    tree = do(tree, EditCause(cause=key, text=text))
    tree = do(tree, SetLeg(cause=key, leg=leg))
    tree = do(tree, SetPart(cause=key, part=part))
    tree = do(tree, SetStatus(cause=key, status=status, reason="seen"))
    rows = rows_of(tree, width, most)
    place = rows.index_of(key)
    assert place is not None
    found = rows.rows(place)
    assert len(found) == rows.span(place)[1] >= 1
    assert not most or len(found) <= most
    room = width - rows.indent(depth + 1) - 2
    assert max(cell_len(row) for row in found) <= room


def test_rows_that_leave_something_out_say_so_and_keep_the_state() -> None:
    tree, cause = _long()
    tree = do(tree, SetPart(cause=cause, part=Part.ROOT))
    rows = rows_of(tree, 40, 3)
    found = rows.rows(1)
    assert len(found) == 3
    assert "…" in found[-1]
    assert found[-1].replace("\u00a0", " ").endswith(" ROOT ")
    assert "…" not in "".join(rows_of(tree, 40, 0).rows(1))


def _long() -> tuple[Tree, UUID]:
    tree = session()
    tree, cause = answer(tree, tree.problem.id, LONG)
    return tree, cause.id


def test_a_folded_branch_hides_what_is_below_it() -> None:
    tree = chain(4)
    keys = list(tree.causes)
    rows = rows_of(tree, 40, 0, frozenset({keys[2]}))
    assert rows.order == keys[:3]
    assert rows.index_of(keys[4]) is None


def test_every_row_of_the_screen_belongs_to_one_node() -> None:
    tree, _ = _long()
    tree, _ = answer(tree, tree.problem.id, LONG)
    rows = rows_of(tree, 30, 3)
    found = [rows.node_at(row) for row in range(rows.height)]
    assert found == [(place, row) for place in range(3) for row in range(rows.span(place)[1])]
    assert rows.node_at(-1) is None
    assert rows.node_at(rows.height) is None


def test_where_levels_share_an_indent_each_says_which_it_is() -> None:
    told = rows_of(chain(12), 28, 3)
    assert [told.level(place) for place in range(13)] == [
        *[""] * 7,
        *("7", "8", "9", "10", "11", "12"),
    ]
    assert {told.level(place) for place in range(7)} == {""}
    assert {rows_of(chain(12), 60, 3).level(place) for place in range(13)} == {""}
    # Where no guide would be left beside it, there is no number.
    narrow = rows_of(chain(12), 18, 3)
    assert {narrow.level(place) for place in range(13)} == {""}


@pytest.mark.parametrize("tree", [chain(10_000), fan(10_000)], ids=["deep", "wide"])
def test_a_very_large_tree_is_laid_out_and_takes_one_more_answer(tree: Tree) -> None:
    rows = rows_of(tree, 40, 3)
    assert len(rows.order) == 10_001
    last = rows.order[-1]
    grown, cause = answer(tree, last, "one more")
    rows.lay_out(grown, 40, 3, frozenset())
    assert rows.index_of(cause.id) == 10_001
    assert rows.node_at(rows.height - 1) == (10_001, 0)
    assert rows.indent(rows.depths[-1]) + 2 <= 40

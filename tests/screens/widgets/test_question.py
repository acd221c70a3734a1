"""The depth in large letters."""

import pytest
from rich.cells import cell_len

from fivewhys.screens.widgets.question import block_letters


def test_large_letters_are_three_rows_of_one_width() -> None:
    rows = block_letters("WHY 4")
    assert [row.rstrip() for row in rows] == [
        "█   █ █   █ █   █     █  █",
        "█ █ █ █▀▀▀█  ▀▄▀      █▄▄█▄",
        "█▀ ▀█ █   █   █          █",
    ]
    assert len({cell_len(row) for row in rows}) == 1


@pytest.mark.parametrize("depth", [*range(1, 21), 12_345])
def test_every_depth_has_letters(depth: int) -> None:
    rows = block_letters(f"WHY {depth}")
    assert len({cell_len(row) for row in rows}) == 1
    # Each number looks different.
    assert len({tuple(block_letters(str(digit))) for digit in range(10)}) == 10

"""How the review looks: whole screens as text, and the shades of its map."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivewhys.screens import review, review_reading
from fivewhys.screens.look import DARK, LIGHT, Palette
from fivewhys.screens.review_lines import SHADES, VIEWS, Line, Spot, Table, View
from fivewhys.screens.widgets.review_layout import EDGE, laid_out, shade
from fivewhys.screens.widgets.review_list import ReviewList
from tests.screens.driving import Desk, sitting
from tests.screens.reviewing import NOW, TODAY, fill
from tests.screens.test_golden import looks_like, named_size
from tests.screens.test_look import contrast


@pytest.fixture
def _that_day(database: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(review_reading, "now", lambda: NOW)
    monkeypatch.setattr(review_reading, "today", lambda: TODAY)
    monkeypatch.setattr(review, "today", lambda: TODAY)
    monkeypatch.setenv("FIVEWHYS_REVIEW_VIEWS", str(tmp_path / "views.json"))
    monkeypatch.setenv("FIVEWHYS_TARGETS", str(tmp_path / "targets.toml"))
    fill(database)


async def opened(desk: Desk, view: View) -> None:
    await desk.press("r", str(VIEWS.index(view) + 1))
    await desk.until(lambda: bool(desk.app.screen.query_one(ReviewList).lines))


@pytest.mark.usefixtures("_that_day")
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=named_size)
@pytest.mark.parametrize("view", VIEWS)
async def test_views(database: Path, view: View, size: tuple[int, int]) -> None:
    async with sitting(database, size) as desk:
        await opened(desk, view)
        name = view.name.lower()
        if view is View.QUALITY:
            await desk.sees("Evidence for")
        await looks_like(desk, f"review-{name}-{named_size(size)}")


@pytest.mark.usefixtures("_that_day")
async def test_in_plain_characters(database: Path) -> None:
    async with sitting(database, (80, 24), ascii_only=True) as desk:
        await opened(desk, View.HEAT)
        await looks_like(desk, "review-heat-ascii-80x24")
        assert desk.text.isascii()
        await desk.press("1")
        await desk.sees("80 % of all bars")
        assert desk.text.isascii()


@pytest.mark.usefixtures("_that_day")
async def test_what_stands_before_it(database: Path) -> None:
    async with sitting(database, (80, 24)) as desk:
        await opened(desk, View.PARETO)
        await desk.press("enter")
        await desk.sees("S-5")
        await looks_like(desk, "review-sessions-80x24")
        await desk.press("escape", "f")
        await looks_like(desk, "review-filter-80x24")
        await desk.press("escape", "f1")
        await looks_like(desk, "review-counted-80x24")


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=["dark", "light"])
def test_numbers_can_be_read_on_every_shade(palette: Palette) -> None:
    for step in range(1, SHADES):
        look = shade(palette, step)
        assert look.color is not None
        assert look.bgcolor is not None
        text, ground = look.color.get_truecolor().hex, look.bgcolor.get_truecolor().hex
        assert contrast(text, ground) >= 6, (step, text, ground)


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=["dark", "light"])
def test_shades_go_from_the_ground_one_way(palette: Palette) -> None:
    """Told apart by how light they are, they stay in order without colour."""
    apart = []
    for step in range(1, SHADES):
        ground = shade(palette, step).bgcolor
        assert ground is not None
        apart.append(contrast(ground.get_truecolor().hex, palette.ground))
    assert apart == sorted(apart)


@given(
    width=st.integers(24, 220),
    columns=st.integers(1, 30),
    names=st.lists(st.text(min_size=1, max_size=120), min_size=1, max_size=4),
    has_bars=st.booleans(),
    data=st.data(),
)
def test_a_row_never_takes_more_than_the_window(
    width: int, columns: int, names: list[str], has_bars: bool, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, columns - 1))
    titles = tuple(f"column {number}" for number in range(columns))
    lines = tuple(Line(place, name, (Spot("12"),) * columns) for place, name in enumerate(names))
    table = Table(View.HEAT, "", titles, lines, "", has_bars)
    layout = laid_out(table, width, at)
    taken = EDGE + layout.name + layout.bar + sum(layout.widths[one] for one in layout.columns)
    assert taken <= max(width, EDGE + 14 + layout.widths[at])
    assert at in layout.columns
    assert layout.name >= 0
    assert layout.column_at(taken - 1) == layout.columns[-1]

"""Cutting and wrapping by cells, what of a text is shown, and the colours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.color import Color

from fivewhys.reports.marks import MARKS
from fivewhys.screens.look import ASCII, DARK, LIGHT, UNICODE, Palette, cut, cut_inside, shown, wrap
from tests.reports.hostile import HOSTILE, lines

texts = lines | st.sampled_from(HOSTILE) | st.text(max_size=80)


@given(text=texts, width=st.integers(2, 40))
def test_wrapped_rows_fit_and_lose_nothing_but_spaces(text: str, width: int) -> None:
    rows = wrap(text, width)
    assert max(cell_len(row) for row in rows) <= width
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")


def test_words_stay_whole_where_they_can() -> None:
    assert wrap("The price form is incorrect", 12) == ["The price", "form is", "incorrect"]
    assert wrap("overcharged", 4) == ["over", "char", "ged"]
    assert wrap("客户很生气", 4) == ["客户", "很生", "气"]
    assert wrap("", 4) == [""]


@given(text=texts, width=st.integers(0, 40), mark=st.sampled_from(["…", "~", ""]))
def test_a_cut_text_fits(text: str, width: int, mark: str) -> None:
    assert cell_len(cut(text, width, mark)) <= max(0, width)


@given(text=texts, width=st.integers(0, 40), mark=st.sampled_from(["…", "~", ""]))
def test_a_text_cut_inside_fits_and_keeps_its_end(text: str, width: int, mark: str) -> None:
    assert cell_len(cut_inside(text, width, mark)) <= max(0, width)


def test_of_a_text_cut_inside_the_end_says_more_than_the_beginning() -> None:
    assert cut_inside("Written: report.md", 18) == "Written: report.md"
    assert cut_inside("Written: /a/deep/folder/report.md", 22) == "Written: …er/report.md"
    assert cut_inside("There is no such folder", 12) == "The…h folder"
    assert cut_inside("客户很生气", 7) == "客…生气"


def test_a_cut_text_says_that_something_is_left_out() -> None:
    assert cut("overcharged", 11) == "overcharged"
    assert cut("overcharged", 6) == "overc…"
    assert cut("over charged", 6) == "over…"
    assert cut("客户很生气", 5) == "客户…"


@given(text=texts)
def test_joined_glyphs_show_as_the_first_one(text: str) -> None:
    assert "\u200d" not in shown(text)
    assert shown(shown(text)) == shown(text)
    if "\u200d" not in text:
        assert shown(text) == text


def test_a_family_is_one_glyph() -> None:
    assert shown("a 👩‍👩‍👧‍👦 b 🏳️‍🌈 c 👩🏽‍🚀.") == "a 👩 b 🏳️ c 👩🏽."


def test_every_mark_has_a_plain_stand_in_of_the_same_width() -> None:
    for name in _names():
        fancy, plain = getattr(UNICODE, name), getattr(ASCII, name)
        assert plain.isascii(), name
        if name != "so":
            assert cell_len(fancy) == cell_len(plain), name
    for mark in MARKS:
        assert mark.ascii.isascii()
        assert cell_len(mark.shape) == len(mark.ascii) == 1
    assert len({mark.shape for mark in MARKS}) == len({mark.ascii for mark in MARKS}) == len(MARKS)


def _names() -> list[str]:
    """The names of all marks that are characters."""
    return [name for name in UNICODE.__slots__ if isinstance(getattr(UNICODE, name), str)]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 computes it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [part / 255 for part in Color.parse(colour).rgb]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=["dark", "light"])
def test_every_pair_of_text_and_ground_has_a_contrast_of_six(palette: Palette) -> None:
    pairs = [
        (getattr(palette, name), ground)
        for name in ("text", "quiet", "link", "good", "bad", "now")
        for ground in (palette.ground, palette.panel)
    ]
    # The question now, the badge of a root, the row under the cursor.
    pairs += [
        (palette.on_now, palette.now),
        (palette.ground, palette.text),
        (palette.panel, palette.text),
    ]
    for text, ground in pairs:
        assert contrast(text, ground) >= 6, (text, ground)


def test_the_formula_knows_black_and_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)

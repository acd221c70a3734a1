"""The gate for text: what comes through it is safe on every screen and still says the same."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fivewhys.text import clean, clean_lines, excerpt, plain_words, words_number

anything = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(list("\x1b\x9b\x9d\x9c\x07[]mH0;\\\r\n\t\u2028\u202e\u200b\u0301 ")),
    )
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  They are\tovercharged \n", "They are overcharged"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b31mred", "red"),
        ("\x1b[", "["),
        ("a\u202eb\u2066c", "abc"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("nul\x00bell\x07", "nulbell"),
        ("half \ud800 a pair", "half a pair"),
        ("one\r\ntwo\u2028three", "one two three"),
        ("e\u0301", "é"),
        ("👩‍🔧 fixed it", "👩‍🔧 fixed it"),
        ("[/b] `code` <i> | $x", "[/b] `code` <i> | $x"),
        ("価格が古い", "価格が古い"),
        (" \u200b\n", ""),
    ],
)
def test_one_line_is_made_safe(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo", "one\ntwo"),
        ("one  \n\n\n\n  two", "one\n\ntwo"),
        ("\n\n one\ttwo \n", "one two"),
        ("one\x0btwo\u2029three", "one\ntwo\nthree"),
    ],
)
def test_lines_are_kept_where_they_belong(typed: str, kept: str) -> None:
    assert clean_lines(typed) == kept


@given(anything)
@example("\x1b\x1b[31m[0m")
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_lines(clean_lines(text)) == clean_lines(text)


@given(anything)
def test_nothing_that_moves_a_cursor_or_turns_text_round_comes_through(text: str) -> None:
    for character in clean_lines(text).replace("\n", ""):
        assert unicodedata.category(character) not in ("Cc", "Cs")
        assert unicodedata.bidirectional(character) not in ("LRO", "RLO", "LRE", "RLE", "PDF")
    assert "\n" not in clean(text)


@given(anything)
def test_one_line_is_the_lines_in_one(text: str) -> None:
    assert clean(clean_lines(text)) == clean(text)


@given(anything, st.integers(2, 80))
def test_an_excerpt_is_no_longer_than_asked(text: str, length: int) -> None:
    short = excerpt(text, length)
    assert len(short) <= length
    if len(clean(text)) <= length:
        assert short == clean(text)
    else:
        assert short.endswith("…")
        assert clean(text).startswith(short[:-1])


def test_an_excerpt_ends_at_a_word() -> None:
    assert excerpt("They are overcharged, and nobody says so", 30) == "They are overcharged, and…"
    assert excerpt("They are overcharged, and nobody says so", 25) == "They are overcharged…"
    assert excerpt("Donaudampfschifffahrtsgesellschaft", 10) == "Donaudamp…"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The form is old.", "the  FORM is “old”"),
        ("Café closed", "Cafe\u0301 closed"),
        ("check-in failed", "Check in failed!"),
    ],
)
def test_the_same_words_are_the_same_whatever_their_dress(one: str, other: str) -> None:
    assert plain_words(one) == plain_words(other)
    assert words_number(one) == words_number(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("C++", "C#"), ("कि", "के"), ("กิน", "กัน"), ("🙂", "😀"), ("!", "?"), ("5 %", "5")],
)
def test_other_words_stay_other_words(one: str, other: str) -> None:
    assert plain_words(one) != plain_words(other)
    assert words_number(one) != words_number(other)

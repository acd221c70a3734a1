import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import width

from fivewhys.reports.cells import fitted, wrapped
from tests.reports.hostile import lines
from tests.work import work


def test_words_are_wrapped_by_the_columns_they_take() -> None:
    assert wrapped("The till is wrong", 10) == ["The till", "is wrong"]
    assert wrapped("客户很生气", 6) == ["客户很", "生气"]
    assert wrapped("原因：价格表 is wrong", 8) == ["原因：价", "格表 is", "wrong"]
    assert wrapped("a 👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 4) == ["a 👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦"]
    assert wrapped("ab abcdefgh", 4) == ["ab a", "bcde", "fgh"]
    assert wrapped("abc abcdefgh", 4) == ["abc", "abcd", "efgh"]
    assert wrapped("", 4) == [""]
    # By some tables a sign that takes no column alone takes one behind a space.
    assert all(width(line) <= 8 for line in wrapped("S-1 ெ ெ ெ", 8))


@given(text=lines, room=st.integers(2, 60))
def test_wrapping_loses_nothing_and_fits(text: str, room: int) -> None:
    found = wrapped(text, room)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert max(map(width, found)) <= room


@given(text=lines, room=st.integers(2, 60))
def test_a_cell_has_exactly_its_columns(text: str, room: int) -> None:
    assert width(fitted(text, room)) == room


def test_what_is_cut_says_so() -> None:
    assert fitted("客户很生气", 8) == "客户很… "
    assert fitted("angry", 8) == "angry   "
    assert fitted("customers", 6, "...") == "cus..."


@pytest.mark.parametrize(
    "text",
    ["x" * 100_000, "客" * 100_000, "word " * 20_000],
    ids=["one word", "no spaces", "words"],
)
def test_long_sentences_take_work_in_proportion(text: str) -> None:
    # Each version of wcwidth calls other things for a sign; none should look at all for each.
    assert work(lambda: wrapped(text, 80)) < 50 * len(text)
    assert work(lambda: fitted(text, 80)) < 50 * len(text)

"""Whatever is pasted arrives as one paste, and no key is pressed by it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual import events

from fivewhys.screens.pasting import BEGIN, END, PasteParser

NASTY = st.text(st.sampled_from("ab \r\n\x1b\x07\x11\x00[]0;31m~20Oé👩"), max_size=40)


def parsed(*chunks: str) -> list[events.Event]:
    parser = PasteParser()
    return [
        event
        for chunk in chunks
        for event in parser.feed(chunk)
        if isinstance(event, events.Paste | events.Key)
    ]


@given(NASTY, st.integers(0, 60))
@example("A \x1b]0;t\x07B", 9)
@example("A\x1b[31mB\rC\x1b[0mD", 12)
@example("X \x1b]0;t\x11Y\x1b[20", 16)
def test_a_paste_presses_no_key(text: str, cut: int) -> None:
    text = text.replace(END, "").replace(BEGIN, "")
    whole = f"{BEGIN}{text}{END}x"
    # The mark that begins a paste comes whole; after it, a read may end anywhere.
    cut = max(len(BEGIN), min(cut, len(whole) - 1))
    found = parsed(whole[:cut], whole[cut:])
    assert [event.key for event in found if isinstance(event, events.Key)] == ["x"]
    pastes = [event.text for event in found if isinstance(event, events.Paste)]
    assert "\x1b" not in "".join(pastes)


@pytest.mark.parametrize(
    "text", ["one line", "two\nlines", "[/foo] x[/] [$primary]", "👩‍🚒 נ 日本"]
)
def test_plain_text_is_pasted_as_it_is(text: str) -> None:
    (paste,) = parsed(f"{BEGIN}{text}{END}")
    assert isinstance(paste, events.Paste)
    assert paste.text == text


def test_keys_beside_a_paste_are_keys() -> None:
    found = parsed(f"a{BEGIN}b{END}c\r")
    names = [event.key if isinstance(event, events.Key) else "paste" for event in found]
    assert names == ["a", "paste", "c", "enter"]

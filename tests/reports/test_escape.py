import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from fivewhys.reports.escape import MOST_NAME, file_name, is_address, link, markdown, mermaid
from fivewhys.text import clean, clean_lines
from tests.reports.hostile import HOSTILE, lines

READERS = [
    MarkdownIt("commonmark"),
    MarkdownIt("commonmark").enable(["table", "strikethrough"]),
    MarkdownIt("default", {"html": True}),
]


def shown(reader: MarkdownIt, source: str) -> tuple[list[str], str]:
    """The blocks that `source` is made of, and the words that a reader sees."""
    blocks, words = [], []
    for token in reader.parse(source):
        if token.type != "inline":
            blocks.append(token.type)
            continue
        for child in token.children or []:
            if child.type in ("softbreak", "hardbreak"):
                words.append("\n")
            elif child.type == "text":
                words.append(child.content)
            else:
                blocks.append(child.type)
    return blocks, "".join(words)


PLACES = {
    "paragraph": "{}",
    "heading": "# {}",
    "list": "- {}",
    "numbered": "1. {}",
    "quote": "> {}",
    "after words": "said: {}",
    "strong": "1. **{}**",
    "brackets": "word (reason: {}; said by {}) … **(3)**",
    "strong with more": "- **{}**: {} (x)",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("reader", READERS, ids=["commonmark", "github", "default"])
@given(text=lines)
@example("a\\")
@example("a *b")
def test_readers_show_every_character_and_nothing_else(
    reader: MarkdownIt, place: str, text: str
) -> None:
    form = PLACES[place]
    blocks, words = shown(reader, form.replace("{}", markdown(text)))
    plain_blocks, plain_words = shown(reader, form.replace("{}", "ZZZ"))
    assert blocks == plain_blocks
    assert words == plain_words.replace("ZZZ", text)


@given(text=lines)
def test_a_table_cell_stays_one_cell(text: str) -> None:
    reader = READERS[1]
    source = "| a | b |\n| - | - |\n| {} | {} |\n"
    blocks, words = shown(reader, source.replace("{}", markdown(text)))
    assert blocks == shown(reader, source.replace("{}", "word"))[0]
    assert words == f"ab{text}{text}"


@given(text=st.lists(lines, min_size=1, max_size=4).map("\n".join).map(clean_lines))
@example("a | b\n:-")
@example("title\n===")
@example("title\n---")
def test_a_passage_stays_one_paragraph(text: str) -> None:
    for reader in READERS:
        blocks, words = shown(reader, markdown(text))
        assert blocks == ["paragraph_open", "paragraph_close"]
        assert words == text


@pytest.mark.parametrize(
    "text",
    [
        "snake_case stays, and so does C:\\temp",
        "a < b, 3 > 2, R&D, AT&T",
        "~20 minutes at -5 °C, +3 °C",
        "see #12, #C and http://example.com/a_b_c?x=1&y=2",
        "it's “quoted” (really), isn't it? 50 % of 1.5!",
        "@ines asked",
    ],
)
def test_ordinary_text_is_left_readable(text: str) -> None:
    assert markdown(text) == text


def test_what_is_markdown_already_is_left_alone() -> None:
    once = markdown("*a*")
    assert markdown(once) == once == "\\*a\\*"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/a_b*c?x=1&y=2#z",
        "HTTP://EXAMPLE.COM",
        "https://bücher.example:8080/ä",
        "http://[::1]/",
        "mailto:ines@example.com",
    ],
)
def test_a_web_or_mail_address_becomes_a_link(address: str) -> None:
    assert is_address(address)
    for reader in READERS:
        (_, inline, _) = reader.parse(link(address))
        opened, text, _ = inline.children or []
        assert opened.type == "link_open"
        assert str(opened.attrs["href"]).lower().startswith(address.partition(":")[0].lower())
        assert text.content


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,<b>",
        "file:///etc/passwd",
        "ftp://example.com",
        "https://",
        "https:///path",
        "http://[broken",
        "https://bank.example@evil.example/",
        "https://example.com/> <script>",
        "https://example.com/a b",
        "mailto:nobody",
        "ticket 12",
    ],
)
def test_anything_else_stays_text(text: str) -> None:
    for reader in READERS:
        assert shown(reader, link(text)) == (["paragraph_open", "paragraph_close"], text)


@given(text=lines)
def test_mermaid_labels_hold_only_what_mermaid_takes(text: str) -> None:
    for line in mermaid(text).split("<br/>"):
        rest = re.sub(r"#\d+;", "", line.removeprefix("\u200b"))
        assert all(
            char.isalpha() or char.isdecimal() or char in " .,!?/=+'" or ord(char) > 0x2FFF
            for char in rest
        )
        assert not line[:1].isdigit()


@given(text=lines)
def test_mermaid_labels_show_the_words(text: str) -> None:
    label = mermaid(text).replace("<br/>", " ").replace("\u200b", "")
    seen = re.sub(r"#(\d+);", lambda match: chr(int(match[1])), label)
    expected = "".join(char for char in text if unicodedata.category(char) not in ("Cf", "Cc"))
    assert seen.replace(" ", "") == "".join(expected.split())


def test_mermaid_follows_the_rule() -> None:
    assert mermaid('1. "x" [/] `a`') == "\u200b1. #34;x#34; #91;/#93; #96;a#96;"
    assert mermaid("价格表 👩‍👧") == "价格表 👩👧"
    assert mermaid("word " * 20).count("<br/>") == 2


@given(text=lines)
def test_file_names_are_safe_everywhere(text: str) -> None:
    name = file_name(text)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert len(name) <= MOST_NAME
    assert not re.fullmatch(r"con|prn|aux|nul|(com|lpt)\d", name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Customers are angry", "customers-are-angry"),
        ("客户很生气", "ke-hu-hen-sheng-qi"),
        ("🙂", "session"),
        ("CON", "con-session"),
        ("lpt1", "lpt1-session"),
        ("../../etc/passwd", "etc-passwd"),
        ("x" * 100, "x" * 60),
        (
            "The old manager left before it was time to order them and the new one came",
            "the-old-manager-left-before-it-was-time-to-order-them-and",
        ),
    ],
)
def test_file_names_say_what_the_text_says(text: str, name: str) -> None:
    assert file_name(text) == name


def test_long_text_is_quick() -> None:
    for text in HOSTILE:
        long = clean(text * (100_000 // len(text)))
        assert markdown(long)
        assert mermaid(long)
        assert file_name(long)

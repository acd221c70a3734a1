"""The map around one cause as text, SVG, Mermaid and DOT, and that no text breaks out of them."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from wcwidth import width

from fivewhys.patterns.around import around, whole
from fivewhys.patterns.overlay import Map, causal_map, causes_of
from fivewhys.patterns.section import Section
from fivewhys.reports.mermaid import TooLarge
from fivewhys.reports.patterns_dot import quoted, section_dot
from fivewhys.reports.patterns_map import map_md
from fivewhys.reports.patterns_mermaid import section_mermaid
from fivewhys.reports.patterns_svg import section_svg
from fivewhys.reports.patterns_text import section_text
from fivewhys.text import clean
from tests.patterns.six_sessions import six, six_map
from tests.patterns.test_causal_map import node, wide
from tests.reports.hostile import HOSTILE, lines
from tests.reports.test_patterns import hostile

SVG = "{http://www.w3.org/2000/svg}"


def section(text: str = "The new forms were not ordered") -> Section:
    graph = six_map()
    return around(graph, node(graph, text))


def hostile_section(text: str) -> Section:
    """The same around the forms, with `text` for all that people wrote."""
    _, groups, confirmed = six()
    graph: Map = causal_map(hostile(text), groups, confirmed)
    key = next(key for key in graph if len(causes_of(graph, key)) == 3)
    return around(graph, key)


def test_the_text_looks_like_this() -> None:
    assert section_text(section()) == (
        "◆ root: The new forms were not ordered (suggested)\n"
        "  S-1 · Lyon · Jan 2026, S-2 · Turin · Mar 2026 and S-3 · Lyon · Apr 2026\n"
        "\n"
        "It leads to\n"
        "├─ ● The price form is last year's (suggested) [S-1, S-2]\n"
        "│  ├─ ● They are overcharged for this book [S-1]\n"
        "│  │  └─ ! problem: Customers are angry [S-1]\n"
        "│  └─ ! problem: Guests get a wrong bill [S-2]\n"
        "└─ ● The stock of tickets was last year's [S-3]\n"
        "   └─ ! problem: Tickets had run out of date [S-3]\n"
        "\n"
        "It comes from\n"
        "└─ ● The post that orders was empty [S-3]\n"
        "   └─ ◆ root: No rule says who orders when a post is empty (suggested) [S-3]\n"
    )


def test_plain_ascii_looks_like_this() -> None:
    assert section_text(section(), ascii_only=True, width=60) == (
        "# root: The new forms were not ordered (suggested)\n"
        "  S-1 - Lyon - Jan 2026, S-2 - Turin - Mar 2026 and S-3 -\n"
        "  Lyon - Apr 2026\n"
        "\n"
        "It leads to\n"
        "|- * The price form is last year's (suggested) [S-1, S-2]\n"
        "|  |- * They are overcharged for this book [S-1]\n"
        "|  |  `- ! problem: Customers are angry [S-1]\n"
        "|  `- ! problem: Guests get a wrong bill [S-2]\n"
        "`- * The stock of tickets was last year's [S-3]\n"
        "   `- ! problem: Tickets had run out of date [S-3]\n"
        "\n"
        "It comes from\n"
        "`- * The post that orders was empty [S-3]\n"
        "   `- # root: No rule says who orders when a post is empty\n"
        "        (suggested) [S-3]\n"
    )


def test_a_loop_is_drawn_once() -> None:
    drawn = section_text(section("Nobody rings them back"))
    assert "│  └─ ◆ root: Nobody rings them back (confirmed) … as above [S-5]\n" in drawn
    assert drawn.count("as above") == 2


def test_what_is_not_drawn_is_said() -> None:
    cut = replace(section(), left_out=1200)
    assert section_text(cut).endswith("\n\n1,200 more not drawn\n")
    assert "1,200 more not drawn" in section_svg(cut)


@pytest.mark.parametrize("ascii_only", [False, True])
@given(text=lines)
def test_any_text_fits_any_shell(ascii_only: bool, text: str) -> None:
    drawn = section_text(hostile_section(text), ascii_only=ascii_only, width=50)
    assert max(map(width, drawn.split("\n"))) <= 50
    assert drawn.isascii() or not ascii_only
    assert "\x1b" not in drawn


def test_mermaid_tells_states_by_form_and_word() -> None:
    code = section_mermaid(section())
    assert code.startswith(
        'flowchart LR\n    n0{{"#9670; root#58; The new forms were not ordered<br/>'
        '#40;suggested#41;<br/>S#45;1, S#45;2, S#45;3"}}:::centre\n'
    )
    assert '    n0 -->|"S#45;1, S#45;2"| n1\n' in code
    assert code.endswith("    classDef suggested stroke-dasharray:6 4\n")
    assert "fill" not in code


LINE = re.compile(
    r'    n\d+ -->\|"[^"|]*"\| n\d+|    n\d+(\(\[|\{\{|\[)"[^"]*"(\]\)|\}\}|\])(:::\w+)?'
    r"|    classDef \w+ [\w:,\- ]+"
)


@given(text=lines)
def test_no_text_breaks_out_of_its_mermaid_label(text: str) -> None:
    first, *rest = section_mermaid(hostile_section(text)).rstrip("\n").split("\n")
    assert first == "flowchart LR"
    assert all(LINE.fullmatch(line) for line in rest)
    assert len(rest) == len(section_mermaid(section()).rstrip("\n").split("\n")) - 1


def test_a_map_that_mermaid_would_not_draw_is_refused() -> None:
    past, groups = wide(200)
    with pytest.raises(TooLarge, match="too large for one picture"):
        section_mermaid(whole(causal_map(past, groups)))


STRING = r'"(?:[^"\\]|\\.)*"'
DOT_LINE = re.compile(
    rf"  (graph|node|{STRING}( -> {STRING})?) \[\w+=({STRING}|\d+)(, \w+=({STRING}|\d+))*\];"
)


@given(text=lines)
def test_no_text_breaks_out_of_its_dot_string(text: str) -> None:
    first, *rest, last = section_dot(hostile_section(text)).rstrip("\n").split("\n")
    assert (first, last) == ("digraph causal_map {", "}")
    assert all(DOT_LINE.fullmatch(line) for line in rest)
    assert len(rest) == len(section_dot(section()).rstrip("\n").split("\n")) - 2


@pytest.mark.parametrize("text", HOSTILE)
def test_dot_shows_exactly_the_text(text: str) -> None:
    inner = quoted(text)[1:-1]
    shown = re.sub(r"\\(.)", r"\1", inner).replace("&amp;", "&")
    assert shown == clean(text)


def test_dot_has_the_whole_map() -> None:
    graph = six_map()
    code = section_dot(whole(graph))
    assert code.count(" -> ") == graph.number_of_edges()
    assert code.count("tooltip=") == graph.number_of_nodes()
    assert 'style="bold,dashed"' in code
    assert 'style="rounded"' in code


def drawn_texts(code: str) -> str:
    root = ElementTree.fromstring(code)
    return " ".join(" ".join(item.itertext()) for item in root.iter(f"{SVG}text"))


def test_the_picture_has_every_box_and_arrow() -> None:
    drawn = section()
    root = ElementTree.fromstring(section_svg(drawn))
    boxes = [one for one in root.iter(f"{SVG}rect") if "box" in one.attrib["class"]]
    arrows = [one for one in root.iter(f"{SVG}path") if one.attrib["class"] == "arrow"]
    assert (len(boxes), len(arrows)) == (len(drawn.boxes), len(drawn.arrows))
    (middle,) = (one for one in boxes if "centre" in one.attrib["class"])
    assert middle.attrib["class"] == "box root suggested centre"
    assert "root: The new forms were not ordered (suggested)" in drawn_texts(section_svg(drawn))
    assert "prefers-color-scheme: dark" in section_svg(drawn)


@pytest.mark.parametrize("text", ["The new forms were not ordered", "Nobody rings them back"])
def test_no_box_stands_on_another_or_outside_the_picture(text: str) -> None:
    root = ElementTree.fromstring(section_svg(section(text)))
    left, top, wide_, high = map(int, root.attrib["viewBox"].split())
    places = []
    for one in root.iter(f"{SVG}rect"):
        if "box" in one.attrib["class"]:
            x, y, w, h = (int(one.attrib[name]) for name in ("x", "y", "width", "height"))
            assert left <= x < x + w <= left + wide_
            assert top <= y < y + h <= top + high
            places.append((x, y, w, h))
    for at, (x, y, w, h) in enumerate(places):
        for x2, y2, w2, h2 in places[:at]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y


@given(text=lines)
def test_no_text_breaks_out_of_the_picture(text: str) -> None:
    code = section_svg(hostile_section(text))
    root = ElementTree.fromstring(code)
    plain = ElementTree.fromstring(section_svg(hostile_section("x")))
    kinds = {one.tag for one in root.iter()}
    assert kinds == {one.tag for one in plain.iter()}
    assert root.findtext(f"{SVG}title") == f"Around “{clean(text)}”"
    assert "<script" not in code
    assert {name for one in root.iter() for name in one.attrib} == {
        name for one in plain.iter() for name in one.attrib
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_pictures_ask_for_nothing_from_outside(text: str) -> None:
    code = section_svg(hostile_section(clean(text)))
    for one in ElementTree.fromstring(code).iter():
        assert not any("href" in name or "src" in name for name in one.attrib)
    assert "@import" not in code
    assert re.findall(r"url\([^)]*\)", code) == ["url(#head)"] * 8


def test_the_page_has_the_picture_and_the_same_in_words() -> None:
    page = MarkdownIt().parse(map_md(section()))
    assert page[1].content == "What is around: The new forms were not ordered"
    picture, words = (token for token in page if token.type == "fence")
    assert (picture.info, picture.content) == ("mermaid", section_mermaid(section()))
    assert (words.info, words.content) == ("text", section_text(section()))


@given(lines)
def test_no_text_breaks_out_of_the_page(text: str) -> None:
    drawn = hostile_section(text)
    fences = [token for token in MarkdownIt().parse(map_md(drawn)) if token.type == "fence"]
    assert [token.content for token in fences] == [section_mermaid(drawn), section_text(drawn)]


def test_a_map_too_large_for_a_picture_has_the_words() -> None:
    past, groups = wide(200)
    drawn = around(causal_map(past, [set().union(*groups)]), min(groups[0]), steps=9, most=10_000)
    page = map_md(drawn)
    assert "too large for one picture. Draw fewer links." in page
    assert section_text(drawn) in page

"""A review in its three formats: that they say the same, and that no text breaks them."""

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fivewhys.models.words import Severity
from fivewhys.reports import review_json as review_json_module
from fivewhys.reports.review import review_md
from fivewhys.reports.review_causes import MOST_BARS
from fivewhys.reports.review_html import review_html
from fivewhys.reports.review_json import objects, review_json
from fivewhys.reports.review_parts import SHADES, shade
from fivewhys.reports.review_view import asked_words, review_view
from fivewhys.reports.templates import Own
from fivewhys.review.figure import count
from fivewhys.review.period import ReviewFilter
from fivewhys.text import clean
from tests.reports.hostile import HOSTILE, lines
from tests.reports.reviewed import CAUSE, bars, nothing, report
from tests.reports.tables import tables

_DRAWN = re.compile(r" *[█·│]+$|^[░▒▓█] ")
_VOID = {"meta", "link", "rect", "line", "circle", "polyline", "br", "img"}


class Page(HTMLParser):
    """What a browser reads of a page: its elements, and its tables as rows of texts."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.tables: list[list[list[str]]] = []
        self.open: list[str] = []
        self.headings: list[str] = []
        self._cell: list[str] | None = None
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self.open.pop() == tag
        if tag in ("td", "th") and self._cell is not None:
            self.tables[-1][-1].append(" ".join("".join(self._cell).split()))
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None and "svg" not in self.open:
            self._cell.append(data)
        if self.open and self.open[-1] in ("h1", "h2", "h3"):
            self.headings.append(f"{self.open[-1]} {data}")


def in_markdown(text: str) -> list[list[list[str]]]:
    """The tables without what is drawn in them."""
    return [
        [[_DRAWN.sub("", _DRAWN.sub("", one)).strip() for one in row] for row in table]
        for table in tables(text)
    ]


def figures(value: Any) -> list[dict[str, Any]]:
    """Every figure in the JSON."""
    if isinstance(value, dict):
        own = [value] if "unit" in value else []
        return own + [one for part in value.values() for one in figures(part)]
    return [one for part in value for one in figures(part)] if isinstance(value, list) else []


def test_markdown_and_html_have_the_same_tables() -> None:
    found = in_markdown(review_md(report()).text)
    assert len(found) == 15
    assert found == Page(review_html(report())).tables


def test_figures_are_told_as_the_json_has_them() -> None:
    data = objects(report())
    told = {one for table in in_markdown(review_md(report()).text) for row in table for one in row}
    said = review_md(report()).text
    for figure in figures(
        [data[name] for name in ("trend", "clocks", "wounds", "follow_through", "sessions")]
    ):
        assert figure["text"] in told or figure["text"] in said
    assert data["pareto"]["bars"][0]["text"] in told
    for line in data["heat"]["lines"]:
        for cell in line["cells"]:
            assert str(cell["sessions"]) in told


def test_json_is_versioned_and_says_what_its_keys_are() -> None:
    read = json.loads(review_json(report()))
    assert (read["format"], read["version"]) == ("fivewhys-review", 1)
    assert read == objects(report())
    documented = set(re.findall(r"`([a-z_]+)`", review_json_module.__doc__ or ""))
    assert set(read) <= documented
    assert read["trend"]["months"][0]["repeats"] == {
        "value": 2 / 3,
        "unit": "share",
        "of": 3,
        "text": "2 of 3",
        "sessions": [1, 2],
    }
    assert review_json(report()) == review_json(report())


def test_every_panel_says_how_it_is_counted() -> None:
    for panel in review_view(report()).panels:
        assert panel.counted
        assert all(name and sentence.endswith(".") for name, sentence in panel.counted)


def test_a_bar_never_stands_alone() -> None:
    drawn = 0
    for panel in review_view(report()).panels:
        for table in panel.tables:
            for row in table.rows:
                assert len(row) == len(table.columns)
                for cell in row:
                    if cell.bar is not None or cell.shade:
                        drawn += 1
                        assert any(map(str.isdigit, cell.text))
                        assert 0 <= (cell.bar or 0) <= 1
    assert drawn > 20


def test_an_empty_history_has_no_figures() -> None:
    for text in (review_md(nothing()).text, review_html(nothing())):
        assert "There is no session to look at yet." in text
        assert not re.search("nan|None|100 %|0 %", text.partition("<body>")[2] or text)
    assert all(one["value"] in (None, 0) for one in figures(objects(nothing())))
    json.loads(review_json(nothing()), parse_constant=pytest.fail)


def test_panels_without_anything_say_so() -> None:
    sparse = replace(nothing(), sessions=report().sessions)
    text = review_md(sparse).text
    for words in (
        "No root cause has come more than once yet.",
        "No minor session and no major or critical session.",
        "No session says where it happened yet.",
        "No cause carries a category of the lens “Manners” yet.",
        "No step of a session has been reached yet.",
        "No countermeasure has been planned yet.",
    ):
        assert words in text
    assert "100 %" not in text
    Page(review_html(sparse))


def test_steps_before_the_problem_was_noticed_are_not_told_as_missing() -> None:
    steps = tuple(
        replace(step, median=replace(step.median, value=None, of=0))
        for step in report().clocks.steps
    )
    text = review_md(replace(report(), clocks=replace(report().clocks, steps=steps))).text
    assert "Every step that was reached came before the problem was noticed." in text
    assert "No step of a session has been reached yet." not in text


def test_html_needs_nothing_from_outside() -> None:
    source = review_html(report())
    page = Page(source)
    assert page.open == []
    names = {name for name, _ in page.elements}
    assert not names & {"script", "link", "img", "iframe", "object", "base", "form", "video"}
    for _, attributes in page.elements:
        assert not any(name.startswith("on") or name == "src" for name in attributes)
        assert (attributes.get("href") or "#").startswith("#")
    assert "://" not in source
    assert "@import" not in source
    assert re.findall(r"url\((.*?)\)", source) == ["#hatch"]


def test_html_can_be_read_aloud() -> None:
    page = Page(review_html(report()))
    names = [name for name, _ in page.elements]
    assert page.headings[0] == "h1 Review"
    assert names.count("h1") == 1
    assert names.count("h2") == 9
    assert names.count("caption") == names.count("table") == len(page.tables)
    assert all("scope" in attributes for name, attributes in page.elements if name == "th")
    for name, attributes in page.elements:
        if name == "svg":
            assert attributes.get("role") == "img" or attributes.get("aria-hidden") == "true"
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert names.count("title") == 1 + 3


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_people_is_never_markup(text: str) -> None:
    _is_literal(clean(text))


@settings(max_examples=30)
@given(lines)
def test_no_text_breaks_a_format(text: str) -> None:
    _is_literal(text)


def _is_literal(text: str) -> None:
    hostile = replace(
        report(text, text, text),
        narrowed=ReviewFilter(sites=(text,), text=text, owners=(text,)),
    )
    usual = Page(review_html(report()))
    page = Page(review_html(hostile))
    assert [name for name, _ in page.elements if name != "span"] == [
        name for name, _ in usual.elements if name != "span"
    ]
    shown = " ".join(text.split())
    assert any(shown in one for table in page.tables for row in table for one in row)
    markdown = tables(review_md(hostile).text)
    assert [len(table) for table in markdown] == [len(table) for table in usual.tables]
    assert json.loads(review_json(hostile))["pareto"]["bars"][0]["text"] == text


def test_long_lists_are_cut_and_say_so() -> None:
    long = replace(report(), pareto=bars(40))
    text = review_md(long).text
    assert f"{40 - MOST_BARS} shared root causes more; the JSON has all of them." in text
    assert len(objects(long)["pareto"]["bars"]) == 40
    months = tuple(
        replace(report().trend.months[0], first_day=date(2020 + at // 12, at % 12 + 1, 1))
        for at in range(60)
    )
    many = replace(report(), trend=replace(report().trend, months=months))
    assert "The latest 24 months; the JSON has 36 months before." in review_md(many).text
    assert len(objects(many)["trend"]["months"]) == 60


def test_many_sites_are_told_in_several_tables() -> None:
    heat = report().heat
    sites = tuple(replace(heat.lines[0], site=f"Site {at}") for at in range(70))
    text = review_md(replace(report(), heat=replace(heat, lines=sites))).text
    assert "### Departments: North (55 to 60)" in text
    assert "10 sites more; narrow the review to a region to see them." in text


def test_plain_characters_draw_it_too() -> None:
    text = review_md(report(), ascii_only=True).text
    assert not set(text) & set("█░▒▓│")
    assert "| 3 =============== |" in text
    assert "| @ 2 |" in text


def test_own_templates_are_used() -> None:
    page = review_md(report(), Own({"review.md": "{{ view.panels | length }} panels\n"}))
    assert page.text == "7 panels\n"
    broken = review_md(report(), Own({"review.md": "{{ view.nothing.there }}"}))
    assert broken.text == review_md(report()).text
    assert broken.problems[0].startswith("review.md, line 1: ")


def test_what_it_is_narrowed_to_is_told() -> None:
    narrowed = ReviewFilter(
        since=date(2026, 1, 1),
        until=date(2026, 6, 30),
        sites=("harwick",),
        severities=(Severity.MAJOR, None),
        categories=(("manners", "rude"),),
        text="price form",
    )
    assert asked_words(narrowed) == (
        "since 1 January 2026 until 30 June 2026",
        "site harwick",
        "severity major or not said",
        "category manners: rude",
        "with the words “price form”",
    )
    view = review_view(replace(report(), narrowed=narrowed))
    assert view.title == "Review: Harwick"
    assert "site Harwick" in view.headline


@given(st.floats(0, 1e9), st.floats(0, 1e9))
def test_shades_are_few_and_rise(one: float, other: float) -> None:
    most = max(one, other)
    assert 0 <= shade(one, most) <= SHADES
    assert (shade(one, most) == 0) == (one <= 0)
    assert shade(min(one, other), most) <= shade(most, most)
    assert most == 0 or shade(most, most) == SHADES


def test_the_first_cause_is_named() -> None:
    text = review_md(report()).text
    assert f"| 1 | {CAUSE} | 3 ███████████████ | 33 % · the line | 2 | S-2 and S-1 |" in text
    assert f"| 2 | {CAUSE} 1 (suggested) |" in text


def test_sums_that_are_guesses_say_so() -> None:
    for page in (review_md(report()).text, review_html(report())):
        assert "Of these, 2 do not say how many customers; each counts as one." in page
        assert "They do not say how many." in page
    assert objects(report())["wounds"]["without_customers"]["sessions"] == [2, 3]
    found = report().wounds
    one = replace(found, without_customers=replace(found.without_customers, sessions=(2,)))
    said = review_md(replace(report(), wounds=one)).text
    assert "Of these, 1 does not say how many customers; it counts as one." in said
    none = replace(found, without_customers=replace(found.without_customers, sessions=()))
    assert "counts as one." not in review_md(replace(report(), wounds=none)).text


def test_the_pareto_by_weight_says_how_many_sessions_have_no_number() -> None:
    unsaid = replace(report().pareto.unsaid, value=0, sessions=())
    bars_of_sessions = replace(report().pareto, unsaid=unsaid)
    said = review_md(replace(report(), pareto=bars_of_sessions)).text
    assert "Not said: 1; each counts as one by weight." in said


def test_one_countermeasure_is_told_as_one() -> None:
    found = report().follow_through
    one, none = (count("open", "Still to be done", range(number), "How.") for number in (1, 0))
    late = replace(found, open=one, overdue=one)
    (said,) = (
        one
        for one in review_view(replace(report(), follow_through=late)).in_short
        if "still to be done" in one
    )
    assert said == "1 countermeasure is still to be done, and it is overdue."
    in_time = replace(found, open=one, overdue=none)
    view = review_view(replace(report(), follow_through=in_time))
    assert "1 countermeasure is still to be done." in view.in_short


def test_what_comes_back_is_told_with_all_sessions_whenever_they_were() -> None:
    found = report().pareto
    first = replace(found.bars[0], value=1, everywhere=3)
    view = review_view(replace(report(), pareto=replace(found, bars=(first, *found.bars[1:]))))
    assert view.in_short[0].startswith("What comes back most is root in 1 session (3 in all): “")


def test_a_site_without_any_category_has_its_zeros_beside_the_average() -> None:
    heat = report().seen_through
    line = heat.lines[1]
    empty = replace(line, site="Quiet", total=replace(line.total, value=0, sessions=()))
    text = review_md(replace(report(), seen_through=replace(heat, lines=(empty,)))).text
    assert "No cause carries a category" not in text
    assert "| Any of these | 0 | 2.0 |" in text


def test_the_drawing_of_the_few_names_both_of_its_scales() -> None:
    source = review_html(report())
    drawing = source[source.index('<svg class="chart"') :]
    drawing = drawing[: drawing.index("</svg>")]
    for words in (">sessions</text>", ">together</text>", ">0 %</text>", ">100 %</text>"):
        assert words in drawing
    assert "Columns have the scale at the left, in sessions" in source
    assert "the line has that at the right" in source


def test_what_matters_is_said_in_short() -> None:
    said = review_view(report()).in_short
    assert all(sentence.endswith(".") for sentence in said)
    (first, *_) = said
    assert first.startswith("What comes back most is root in ")
    assert f"“{report().pareto.bars[0].text}”" in first
    for page in (review_md(report()).text, review_html(report())):
        assert page.index("What comes back most") < page.index("Root causes that keep coming back")
    assert review_view(nothing()).in_short == (
        "No root cause has come more than once yet.",
        "No countermeasure has been planned yet.",
    )

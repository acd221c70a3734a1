"""What keeps coming back as Markdown: what it says, and that no text breaks it."""

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from fivewhys.models.past import Past
from fivewhys.models.plan_words import Progress
from fivewhys.patterns.findings.everything import all_findings
from fivewhys.patterns.findings.scope import Scope
from fivewhys.patterns.findings.values import Cover, Findings, Step
from fivewhys.patterns.overlay import causal_map
from fivewhys.reports import patterns_words as words
from fivewhys.reports.patterns import MOST_LISTED, patterns_md
from fivewhys.reports.templates import Own
from tests.patterns.six_sessions import History, keys, six, six_map
from tests.patterns.test_findings import contrary
from tests.reports.hostile import lines
from tests.reports.tables import tables

DAY = date(2026, 1, 1)

TOP = """\
# What keeps coming back

6 sessions · 3 sites · Jan 2026 to Jul 2026 · 15 causes

Confirmed: people said that it is the same, or its words are equal. Suggested: the program finds \
it alike, and nobody has said so yet.

**In short:** 2 root causes are shared (1 confirmed), 1 fix was followed by the same cause again \
(confirmed), 2 roots were dug deeper elsewhere (1 confirmed) and 1 loop runs across sessions \
(confirmed).

## Look at these first

1. **The new forms were not ordered**
   - root in 2 sessions at 2 sites · found at another site after a fix · \
S-3 dug deeper (suggested) · leads to 3 problems (suggested)
   - S-1 · Lyon · Jan 2026 and S-2 · Turin · Mar 2026
   - partly confirmed
2. **No rule says who orders when a post is empty**
   - root in 2 sessions at 2 sites (suggested) · leads to 5 problems (suggested) · \
nothing was done about it yet
   - S-3 · Lyon · Apr 2026 and S-5 · Turin · Jun 2026
   - suggested
3. **Nobody rings them back**
   - S-5 dug deeper · leads to 2 problems
   - S-4 · Ghent · May 2026
   - confirmed

## Shared root causes

### 1. No rule says who orders when a post is empty

Root in 2 sessions, in Lyon and Turin, Apr 2026 to Jun 2026 · suggested

- S-3 · Lyon · Apr 2026: “No rule says who orders when a post is empty”
- S-5 · Turin · Jun 2026: “Nobody stands in for a vacant post” (suggested)
- What was done: “Name a deputy for each post” (S-3): planned

### 2. The new forms were not ordered

Root in 2 sessions, in Lyon and Turin, Jan 2026 to Mar 2026 · confirmed

- S-1 · Lyon · Jan 2026: “The new forms were not ordered”
- S-2 · Turin · Mar 2026: “Nobody ordered the new price forms”
- Found on the way, not as root: S-3
- What was done: “Order the forms in November” (S-1): done 1 February 2026; again \
elsewhere in S-2 · Turin · Mar 2026, after 30 days, confirmed

## Came back after the fix

### 1. The new forms were not ordered

Found at another site 30 days after “Order the forms in November” was done · confirmed

- Planned in S-1 · Lyon · Jan 2026: “The new forms were not ordered”
- Found again in S-2 · Turin · Mar 2026: “Nobody ordered the new price forms”
- Found again in S-3 · Lyon · Apr 2026: “No order for new ones had gone out” (suggested)

## The few that cover most

2 causes reach 100 % of 6 problems (the aim is 100 %) · partly confirmed. \
1 of them adds one problem alone and is not listed.

| No. | Cause | More problems | Together | Found in | Root in | Sure |
| ---: | --- | ---: | :--- | --- | --- | --- |
| 1 | No rule says who orders when a post is empty | 5 | █████████████████ 83 % | S-3, S-5 | \
S-3, S-5 | suggested |

## What most problems lead back to
"""

BOTTOM = """\
## Someone dug deeper

### 1. The new forms were not ordered

2 whys deeper elsewhere · suggested

- Stopped here: S-1 · Lyon · Jan 2026: “The new forms were not ordered”
- Stopped here: S-2 · Turin · Mar 2026: “Nobody ordered the new price forms”
- Asked on: S-3 · Lyon · Apr 2026: “No order for new ones had gone out” ← “The post that orders \
was empty” ← “No rule says who orders when a post is empty”

### 2. Nobody rings them back

2 whys deeper elsewhere · confirmed

- Stopped here: S-4 · Ghent · May 2026: “Nobody rings them back”
- Asked on: S-5 · Turin · Jun 2026: “Calls are not returned” ← “The lines are full of people who \
call once more” ← “Nobody stands in for a vacant post”

## Loops across sessions

### 1. The same people ring again and again

2 links that feed each other · confirmed

- S-5 · Turin · Jun 2026: “The lines are full of people who call once more” leads to “Calls are \
not returned”
- S-4 · Ghent · May 2026: “Nobody rings them back” leads to “The same people ring again and again”
"""


@pytest.mark.parametrize(
    ("sites", "said"),
    [
        (("Lyon", "Turin"), "Found at another site 59 days after “Order them” was done"),
        (("Lyon", "Turin", "lyon"), "Back 59 days after “Order them” was done"),
        (("Lyon", ""), "Back 59 days after “Order them” was done"),
        (("", "Turin"), "Back 59 days after “Order them” was done"),
    ],
)
def test_at_another_site_a_fix_may_have_held(sites: tuple[str, ...], said: str) -> None:
    told = History()
    found = [
        told.why(told.session("Customers are angry", date(2026, month, 1), site), "No forms")
        for month, site in enumerate(sites, 1)
    ]
    told.deed(found[0], "Order them", date(2025, 12, 4))
    findings = all_findings(causal_map(told.past(), [keys(*found)]))
    assert f"\n{said} · suggested\n" in patterns_md(findings).text


def test_where_it_is_confirmed_that_it_is_at_another_site_no_suggestion_brings_it_back() -> None:
    told = History()
    found = [
        told.why(told.session("Customers are angry", date(2026, month, 1), site), "No forms")
        for month, site in enumerate(("Lyon", "Turin", "Lyon"), 1)
    ]
    told.deed(found[0], "Order them", date(2025, 12, 4))
    graph = causal_map(told.past(), [keys(*found)], [keys(*found[:2])])
    text = patterns_md(all_findings(graph)).text
    assert "\nFound at another site 59 days after “Order them” was done · confirmed\n" in text


def test_the_report_reads_like_this() -> None:
    page = patterns_md(all_findings(six_map(), share=1))
    assert page.problems == ()
    top, middle, bottom = page.text.partition(TOP)
    assert (top, middle) == ("", TOP)
    assert bottom.endswith(f"\n{BOTTOM}")


def test_what_reaches_most_is_told_with_what_is_sure() -> None:
    _, reach = tables(patterns_md(all_findings(six_map())).text)
    assert reach == [
        ["Cause", "Problems", "Weighted by severity", "Found in", "Root in", "Sure"],
        [
            *("No rule says who orders when a post is empty", "5", "17", "S-3, S-5", "S-3, S-5"),
            "suggested (1 confirmed)",
        ],
        [
            *("The new forms were not ordered", "3", "13", "S-1, S-2, S-3", "S-1, S-2"),
            "suggested (2 confirmed)",
        ],
        ["Nobody rings them back", "2", "4", "S-4, S-5", "S-4", "confirmed"],
        [
            *("The price form is last year's", "2", "4", "S-1, S-2", "nobody called it root"),
            "suggested (1 confirmed)",
        ],
        [
            *("The same people ring again and again", "2", "4", "S-4, S-5"),
            *("nobody called it root", "confirmed"),
        ],
    ]


def test_what_was_asked_about_is_said() -> None:
    scope = Scope("Turin", date(2026, 3, 1), roots_only=True, confirmed_only=True)
    text = patterns_md(all_findings(six_map(), scope)).text
    assert (
        "\n2 sessions · 1 site · Mar 2026 to Jun 2026 · 5 causes · asked about Turin · since "
        "1 March 2026 · only roots · only what is confirmed\n"
    ) in text


def test_causes_of_one_problem_each_are_no_few_that_cover_most() -> None:
    history = History()
    for place in range(5):
        history.why(history.session("Angry", DAY), f"Late {place}", root=True)
    text = patterns_md(all_findings(causal_map(history.past()))).text
    assert text.endswith("no root cause was found in two sessions.\n")


def test_what_several_problems_lead_back_to_need_not_be_root() -> None:
    history = History()
    first = history.why(history.session("Angry", DAY), "Late")
    again = history.why(history.session("Lost", DAY), "So late")
    text = patterns_md(all_findings(causal_map(history.past(), [keys(first, again)]))).text
    assert (
        "\n\nNo root cause was found in two sessions so far. What several problems lead back to "
        "stands below.\n\n## "
    ) in text
    assert "Nothing" not in text.split("\n## ")[0]


def test_nothing_to_tell_is_said() -> None:
    text = patterns_md(all_findings(causal_map(Past()))).text
    assert text == (
        f"# What keeps coming back\n\n0 sessions\n\n{words.LEGEND}\n\n"
        "Nothing keeps coming back so far: no root cause was found in two sessions.\n"
    )


def many(number: int) -> Findings:
    """`number` causes that are root in two sessions each, with a fix that did not hold."""
    history = History()
    groups = []
    for place in range(number):
        first = history.why(history.session("Angry", DAY), f"Late {place}", root=True)
        again = history.session("Lost", DAY + timedelta(days=9))
        groups.append(keys(first, history.why(again, f"So late {place}", root=True)))
        history.deed(first, "Be early", DAY + timedelta(days=3))
    return all_findings(causal_map(history.past(), groups))


def test_long_lists_are_cut_and_say_how_much_is_left_out() -> None:
    text = patterns_md(many(MOST_LISTED + 3)).text
    assert "\n\n3 more are shared; the JSON has all of them.\n\n## Came back" in text
    assert "\n\n3 more came back; the JSON has all of them.\n\n## The few" in text
    assert "\n\n3 more lead to several problems; the JSON has all of them.\n" in text
    assert text.count("### ") == 2 * MOST_LISTED
    assert "\n\n\n" not in text
    assert "more" not in patterns_md(many(MOST_LISTED)).text.replace("More problems", "")


def test_what_was_done_is_told_with_what_came_of_it() -> None:
    history = History()
    first = history.why(history.session("Angry", DAY), "Late", root=True)
    again = history.session("Lost", DAY + timedelta(days=9))
    second = history.why(again, "So late", root=True)
    later = DAY + timedelta(days=20)
    for text, progress, done_on in [
        ("A", Progress.DONE, later),
        ("B", Progress.EFFECTIVE, later),
        ("C", Progress.NOT_EFFECTIVE, None),
        ("D", Progress.REJECTED, None),
        ("E", Progress.DONE, None),
    ]:
        history.deed(second, text, done_on, progress)
    history.deeds.append(
        replace(history.deed(second, "F", progress=Progress.PLANNED), due=date(2026, 2, 1))
    )
    text = patterns_md(all_findings(causal_map(history.past(), [keys(first, second)]))).text
    done = [line for line in text.split("\n") if line.startswith("- What was done: ")]
    assert done == [
        "- What was done: “A” (S-2): done 21 January 2026, held so far",
        "- What was done: “B” (S-2): done 21 January 2026, known to work",
        "- What was done: “C” (S-2): not effective",
        "- What was done: “D” (S-2): considered and not done",
        "- What was done: “E” (S-2): done, the day is not known",
        "- What was done: “F” (S-2): planned",
        "- What was done: “F” (S-2): planned, due 1 February 2026",
    ]


def test_contradictions_are_told_so_that_somebody_looks_again() -> None:
    history, decisions = contrary()
    text = patterns_md(all_findings(causal_map(history.past(), (), (), decisions))).text
    assert "**In short:** 1 decision on what is the same contradicts others." in text
    assert text.endswith(
        """
## Decisions that contradict each other

What was called different stays apart until somebody looks at these again: `d` on the patterns
screen, then `c`.

### 1. Cause 0

Called different, though 2 other decisions make them the same

- S-1 · Lyon · Jan 2026: “Cause 0” and S-2 · Turin · Jan 2026: “Cause 1”: called the same on \
1 May 2026
- S-2 · Turin · Jan 2026: “Cause 1” and S-3 · Ghent · Jan 2026: “Cause 2”: called the same on \
2 May 2026
- S-1 · Lyon · Jan 2026: “Cause 0” and S-3 · Ghent · Jan 2026: “Cause 2”: called different on \
3 May 2026
"""
    )


def test_an_own_template_wins() -> None:
    page = patterns_md(all_findings(six_map()), Own({"patterns.md": "{{ view.in_short }}"}))
    assert page.text.startswith("2 root causes are shared")
    broken = patterns_md(all_findings(six_map()), Own({"patterns.md": "{{ oops }}"}))
    assert broken.text == patterns_md(all_findings(six_map())).text
    assert broken.problems[0].startswith("patterns.md, line 1: 'oops' is undefined.")


def hostile(text: str) -> Past:
    """The six sessions with `text` for all that people wrote."""
    past, _, _ = six()
    return Past(
        tuple(replace(one, problem=text, site=text) for one in past.sessions),
        tuple(replace(one, text=text) for one in past.causes),
        tuple(replace(one, text=text, owner=text) for one in past.deeds),
    )


def shape(source: str) -> list[str]:
    """What a page is made of, without what its words say; one place to break a line is none."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    kinds = []
    for token in reader.parse(source):
        kinds.append(token.type)
        kinds += sorted({part.type for part in token.children or []} - {"text", "softbreak"})
    return kinds


@given(text=lines)
def test_no_text_breaks_the_report(text: str) -> None:
    _, groups, confirmed = six()
    findings = all_findings(causal_map(hostile(text), groups, confirmed), share=1)
    benign = all_findings(causal_map(hostile("x"), groups, confirmed), share=1)
    page = patterns_md(findings).text
    assert shape(page) == shape(patterns_md(benign).text)
    assert {row[1] for row in tables(page)[0][1:]} == {" ".join(text.split())}


def test_reports_load_no_networkx() -> None:
    homes = "patterns, patterns_data, patterns_dot, patterns_mermaid, patterns_svg, patterns_text"
    code = f"import sys; from fivewhys.reports import {homes}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert not set(done.stdout.split()) & {"networkx", "numpy"}


def test_what_rounding_lifts_to_the_aim_is_just_under_it() -> None:
    def told(share: float) -> str:
        step = Step("a", "The forms", (), 1, 1, share, is_root=True, is_confirmed=True)
        return words.reached(Cover(0.8, 1000, (step,), is_roots_only=True))

    assert [told(share) for share in (0.794, 0.796, 0.8, 0.804)] == [
        *("79 %", "just under 80 %", "80 %", "80 %")
    ]


def test_words_say_what_people_say() -> None:
    assert words.listed([]) == ""
    assert words.listed(["a"]) == "a"
    assert words.listed(list("abcdefg")) == "a, b, c, d and 3 more"
    assert words.month(date(2026, 5, 3)) == "May 2026"
    assert words.percent(0.29) == "29 %"
    assert words.percent(0.999) == "99 %"
    assert words.percent(15 / 32) == "47 %"
    assert words.percent(57 / 200) == "29 %"
    assert words.percent(0.001) == "1 %"
    assert words.percent(0) == "0 %"
    assert words.count(1, "why", "whys") == "1 why"
    sessions = six()[0].sessions
    assert words.names(sessions[:5]) == "S-1, S-2, S-3, S-4, S-5"
    assert words.names(sessions) == "S-1, S-2, S-3, S-4 and 2 more"

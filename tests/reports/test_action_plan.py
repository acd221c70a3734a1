"""The action plan in a session's Markdown: the table, what is below it, and the customers."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from fivewhys.models.commands import SetPart, SetStatus
from fivewhys.models.plan_words import CheckResult, Means, Progress
from fivewhys.models.tree import Tree
from fivewhys.models.values import Appearance, WhySession
from fivewhys.models.words import Part, State, Status
from fivewhys.reports.action_plan import Plan
from fivewhys.reports.escape import cell
from fivewhys.reports.markdown import plan
from fivewhys.text import clean
from tests.building import FIRST, answer, do, new_key, session
from tests.reports.full import full
from tests.reports.hostile import HOSTILE, lines
from tests.reports.planned import action, check, planned
from tests.reports.tables import tables

PLAN = """\
## Action plan

| No. | What we do | About which cause | Kind | Strength | Owner | Due | State | How we will know |
| ---: | --- | --- | --- | --- | --- | --- | --- | --- |
| 1 | Paste the right price over the forms | They are overcharged | contain | \
weaker: warning or label | Paul | 21 November 2026 | done 21 November 2026, not all was ready | \
not said yet |
| 2 | Pay the 3.40 back | the problem | correct | – | nobody yet | no date yet | idea | \
not said yet |
| 3 | A line for each order on the handover sheet | No rule says who orders the forms (root) | \
prevent | \
stronger: it cannot be done wrong | Amara | 1 December 2026 | \
not effective (done 30 November 2026) | \
Lines that carry a name: 6 of 6; Orders that went out late: none |

Before this plan is done:

WARNINGS
### How far it is, and how we know

- **1. Paste the right price over the forms**
  - Done, while points of its readiness list are not ticked: the people who do it are trained; \
every place and channel is covered
- **3. A line for each order on the handover sheet**
  - Its cause came back in S-15, 4 January 2027 (Eastmere), 35 days after this was done
  - 60 quiet days are needed to tell that it works: before, its cause came every 20 days
  - Is it being done? Lines that carry a name · before: 0 of 6 · target: 6 of 6 · \
within 30 days after it is done
    - 7 December 2026, met: 6 of 6 (checked by Ines)
  - Did the problem shrink? Orders that went out late · target: none
    - Check planned for 1 March 2027, by Ines
  - Notes: Agreed on Monday.
    The region takes it over.

### Considered and not done

- **Remind the managers of it**: A mail is forgotten by spring.

## What we tell our customers

> We asked 24.90 for a book of 21.50.
>
> That is our mistake.

They are not told yet.

## How long it took

- **Noticed:** 20 November 2026, 08:30 UTC
- **Customers heard that we know and own it:** 20 November 2026, 10:05 UTC (after 1 h 35 min)
- **Root found:** 21 November 2026, 09:00 UTC (after 24 h)
- **Fixed:** not yet
- **Customers heard what happened and what changes:** not yet

"""


def told(page: str) -> str:
    """The part of a page that tells of its plan, before the problem; line ends clean."""
    page = page.replace("  \n", "\n")
    return page[page.index("## Action plan") : page.index("## The problem")]


def of_session(tree: Tree, **facts: object) -> Tree:
    """The tree in a session with other facts."""
    changed: WhySession = replace(tree.session, **facts)  # type: ignore[arg-type]  # its fields
    return replace(tree, session=changed)


def test_a_plan_reads_like_this() -> None:
    page = plan(planned())
    found = told(page)
    warnings = re.search(r"Before this plan is done:\n\n((?:- .*\n)+)", found)
    assert warnings
    # What exactly is called out, in which words, is for the tests of the warnings.
    assert "“Pay the 3.40 back” has no owner yet." in warnings[1]
    assert found.replace(warnings[1], "WARNINGS") == PLAN
    assert "3 countermeasures (1 not effective, 1 done, 1 idea)." in page


def test_roots_are_numbered_as_in_the_summary() -> None:
    causes = {row.cause for row in Plan(full("words")).rows}
    assert causes == {"the problem", "words (root 1)", "words (root 2)"}


def test_the_same_tree_gives_the_same_plan() -> None:
    tree = planned()
    assert plan(tree) == plan(tree)


def test_warnings_know_no_day() -> None:
    tree = session()
    late = action(tree, tree.problem.id, "Call back", due=date(2001, 1, 1), owner="Paul")
    tree = replace(tree, countermeasures_of={tree.problem.id: (late,)})
    assert "1 January 2001" in plan(tree)
    assert not any("was due" in sentence for sentence in Plan(tree).lacks)


def test_a_root_without_a_plan_says_so() -> None:
    tree = session()
    tree, cause = answer(tree, tree.problem.id, "No rule says who orders")
    assert "## Action plan" not in plan(tree)
    tree = do(tree, SetPart(cause=cause.id, part=Part.ROOT))
    page = plan(tree)
    assert "\n## Action plan\n\nNothing is planned yet.\n\n## " in page
    assert "## How long it took" not in page


def test_a_root_where_nothing_helped_is_open_again() -> None:
    tree = planned()
    page = plan(tree)
    again = "Open again, because what was done about it did not help:\n\n- No rule says"
    assert again in page[page.index("## Still open") :]
    assert "**root, open again**: No rule says who orders the forms" in page
    assert "Nobody has answered why yet" not in page
    key = tree.children(tree.children(tree.problem.id)[0])[0]
    new = action(tree, key, "Something else", owner="Lewis")
    of = {**tree.countermeasures_of, key: (*tree.countermeasures(key), new)}
    page = plan(replace(tree, countermeasures_of=of))
    assert "pen again" not in page


def test_only_rejected_ones_are_no_plan() -> None:
    tree = session()
    gone = action(tree, tree.problem.id, "Shout", progress=Progress.REJECTED, reason="It hurts.")
    page = plan(replace(tree, countermeasures_of={tree.problem.id: (gone,)}))
    assert (
        "Nothing is planned yet.\n\n### Considered and not done\n\n- **Shout**: It hurts." in page
    )


@pytest.mark.parametrize(
    ("progress", "ready", "state"),
    [
        (Progress.IDEA, False, "idea"),
        (Progress.IN_PROGRESS, False, "in progress"),
        (Progress.DONE, True, "done 3 March 2026"),
        (Progress.DONE, False, "done 3 March 2026, not all was ready"),
        (Progress.EFFECTIVE, True, "effective (done 3 March 2026)"),
        (Progress.NOT_EFFECTIVE, True, "not effective (done 3 March 2026)"),
    ],
)
def test_states(progress: Progress, ready: bool, state: str) -> None:
    tree = session()
    done_on = date(2026, 3, 3) if progress not in (Progress.IDEA, Progress.IN_PROGRESS) else None
    item = action(tree, tree.problem.id, "x", progress=progress, done_on=done_on, ready_tools=ready)
    (row,) = Plan(replace(tree, countermeasures_of={tree.problem.id: (item,)})).rows
    assert row.state == state


def called(progress: Progress, *days: date, made_on: date | None = None) -> Tree:
    """Overcharged books, whose handover sheet was done on 30 November and found to be so."""
    tree = planned()
    (root,) = tree.roots()
    sheet, remind = tree.countermeasures(root.id)
    sheet = replace(sheet, progress=progress)
    lines, orders = (replace(each, days=30) for each in tree.measures(sheet))
    done, _ = tree.checks_of[root.id]
    again = tuple(Appearance(new_key(), 3, "", on, is_root=False) for on in days)
    last = made_on or date(2026, 12, 30)
    return replace(
        tree,
        countermeasures_of={**tree.countermeasures_of, root.id: (sheet, remind)},
        measures_of={root.id: (lines, orders)},
        checks_of={root.id: (done, check(orders, last, CheckResult.MET, "none"))},
        elsewhere={root.id: again},
    )


def test_what_is_shown_to_work_has_nothing_to_add() -> None:
    page = plan(called(Progress.EFFECTIVE))
    assert "| effective (done 30 November 2026) |" in page
    assert "Called effective" not in page
    assert "called effective" not in page
    assert "    - 30 December 2026, met: none (checked by Ines)\n" in page


def test_until_when_a_cause_has_to_stay_away() -> None:
    words = (
        "  - 60 quiet days are needed to tell that it works, until 29 January 2027: before, its "
        "cause came every 20 days\n"
    )
    assert words in plan(called(Progress.DONE, date(2026, 10, 31)))


def test_called_effective_while_quiet_days_are_needed() -> None:
    """The plan knows no day, so it says from when on it is proven."""
    tree = called(Progress.EFFECTIVE, date(2026, 10, 31))
    assert (
        "  - Called effective, proven only from 29 January 2027 on: before, its cause came every "
        "20 days, so 60 quiet days are needed to tell\n"
    ) in plan(tree)
    assert not any("effective" in sentence for sentence in Plan(tree).lacks)


def test_called_effective_by_an_outcome_of_the_first_days() -> None:
    page = plan(called(Progress.EFFECTIVE, date(2026, 10, 31), made_on=date(2026, 12, 7)))
    why = (
        "“Orders that went out late.” was looked at after 7 of its 30 days, which shows nothing "
        "yet; a check from 2026-12-30 on counts"
    )
    assert f"  - Called effective, not proven yet: {why}\n" in page
    assert (
        "- “A line for each order on the handover sheet” is called effective, and not proven yet: "
        f"{why}.\n"
    ) in page
    assert "  - 60 quiet days are needed to tell that it works, until 29 January 2027:" in page
    early = "    - 7 December 2026, met: none (checked by Ines), before its 30 days were over\n"
    assert early in page
    assert "6 of 6 (checked by Ines)\n" in page


def test_customers_who_were_told() -> None:
    tree = of_session(planned(), told_at=FIRST + timedelta(days=5), told_channel="a letter.")
    assert "\nTold on 26 November 2026: a letter.\n" in plan(tree)
    tree = of_session(tree, acknowledgement="", told_channel="")
    page = plan(tree)
    assert "## What we tell our customers\n\nTold on 26 November 2026.\n" in page
    later = "26 November 2026, 09:00 UTC (after 6 days)"
    assert f"- **Customers heard what happened and what changes:** {later}\n" in page


def test_clocks_run_from_the_opening_where_nobody_noted_more() -> None:
    tree = of_session(planned(), noticed_at=None, acknowledged_at=FIRST, root_found_at=FIRST)
    page = plan(tree)
    assert (
        "- **Session opened (when it was noticed is not known):** 21 November 2026, 09:00 UTC\n"
        "- **Customers heard that we know and own it:** 21 November 2026, 09:00 UTC (at once)\n"
    ) in page


def test_a_root_whose_moment_nobody_noted_is_found_all_the_same() -> None:
    page = plan(of_session(planned(), root_found_at=None))
    assert "- **Root found:** it is not noted when\n" in page


def test_what_is_fixed_has_a_day() -> None:
    tree = session(noticed_at=datetime(2026, 3, 2, 23, tzinfo=UTC))
    for done_on, words in (
        (date(2026, 3, 2), "2 March 2026 (on the same day)"),
        (date(2026, 3, 3), "3 March 2026 (after 1 day)"),
        (date(2026, 3, 20), "20 March 2026 (after 18 days)"),
    ):
        item = action(tree, tree.problem.id, "x", progress=Progress.DONE, done_on=done_on)
        page = plan(replace(tree, countermeasures_of={tree.problem.id: (item,)}))
        assert f"- **Fixed:** {words}\n" in page


@cache
def rows_of_words() -> int:
    """Rows of the table where every field says "words"."""
    return len(tables(plan(full("words")))[0])


@given(text=lines)
def test_no_text_breaks_the_table(text: str) -> None:
    (table,) = tables(plan(full(text)))
    assert len(table) == rows_of_words()
    assert {len(row) for row in table} == {9}
    for row in table[1:]:
        assert row[1] == row[5] == shown(text)


def shown(text: str) -> str:
    """What a reader shows of a cell with these words."""
    return " ".join(text.split())


@given(text=lines | st.lists(lines, min_size=2, max_size=4).map("\n".join))
def test_a_cell_is_one_cell_with_exactly_its_words(text: str) -> None:
    source = f"| a | b |\n| --- | --- |\n| {cell(text)} | end |\n"
    ((_, row),) = tables(source)
    assert row == [shown(text), "end"]


@pytest.mark.parametrize(
    "text", ["x" * 100_000, "| " * 50_000, "`" * 100_000, "שלום " * 20_000, "<b>" * 30_000]
)
def test_very_long_cells_stay_one_cell(text: str) -> None:
    tree = session()
    item = action(tree, tree.problem.id, text.strip(), owner="a\nb | c", means=Means.PLACE)
    (table,) = tables(plan(replace(tree, countermeasures_of={tree.problem.id: (item,)})))
    assert [len(row) for row in table] == [9, 9]
    assert table[1][1] == shown(text)
    assert table[1][5] == "a b | c"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_html_comes_out_of_a_plan(text: str) -> None:
    page = plan(full(clean(text)))
    assert "<script" not in MarkdownIt("commonmark", {"html": True}).render(page)


def test_finished_sessions_keep_their_plan() -> None:
    tree = of_session(planned(), state=State.FINISHED, finished_at=FIRST)
    root = tree.roots()[0]
    assert "## Action plan" in plan(tree)
    out = do(tree, SetStatus(cause=root.id, status=Status.RULED_OUT, reason="It is right"))
    assert "A line for each order on the handover sheet" in plan(out)

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from fivewhys.models.commands import AddEvidence, SetPart, SetStatus
from fivewhys.models.tree import Tree
from fivewhys.models.words import EvidenceKind, Part, Status
from fivewhys.reports.markdown import plan
from fivewhys.text import clean
from tests.building import answer, chain, do, fan, finished, session
from tests.reports.full import full
from tests.reports.hostile import HOSTILE, lines
from tests.work import work

READER = MarkdownIt("default", {"html": True})


def kinds(source: str) -> list[str]:
    """What a page is made of: every block and every inline element, words apart."""
    return [token.type for token in flat(READER.parse(source)) if token.type != "text"]


def flat(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from flat(token.children or [])


def headings(source: str) -> list[str]:
    return re.findall(r"^#+ .*$", source, re.MULTILINE)


BOOKS = """\
# customers are angry

S-12 · opened and finished 21 November 2026 · Harwick, Check-out · \
severity: moderate · facilitator: Ines

**In short:** 1 root cause, 1 open question.

1. No handover rule says who orders forms

In the customer's words:

> Your window says 21.50.
> Your till says 24.90.

## Action plan

Nothing is planned yet.

## The problem

- **Expected:** 21.50
- **Site:** Harwick
- **Department:** Check-out
- **Noticed:** 20 November 2026, 23:30 UTC

## Root causes

1. **No handover rule says who orders forms**
   - Why the team acts on it: It is ours to change.
   - Evidence: <https://example.com/handover>
   - Read back to the problem:
     - *therefore:* They are overcharged
     - *therefore:* customers are angry

## Still open

Nobody has answered why yet:

- The form carries no year

## All causes

- ● They are overcharged
  Evidence: 42 receipts of 24.90
  Evidence against: 1 receipt of 21.50 (said by Paul)
  - ◆ **root**: No handover rule says who orders forms (said by Amara)
  - ○ open: The form carries no year
- ✗ ruled out: The till is wrong

## Ruled out

- **The till is wrong**
  - Reason: 42 receipts agree.

## The tree as a picture

```mermaid
flowchart TD
    n0(["customers are angry"])
    n0 --> n1["They are overcharged"]
    n1 --> n2{{"#9670; root#58; No handover rule says who orders<br/>forms"}}:::rootCause
    n1 --> n3("#9675; open#58; The form carries no year"):::openCause
    n0 -.-> n4>"#10007; ruled out#58; The till is wrong"]:::ruledOutCause
    classDef rootCause stroke-width:4px,font-weight:bold
    classDef openCause stroke-dasharray:6 4
    classDef ruledOutCause stroke-dasharray:2 4
```
"""


def books() -> Tree:
    tree = session(
        number=12,
        customer_words="Your window says 21.50.\nYour till says 24.90.",
        expected="21.50",
        site="Harwick",
        department="Check-out",
        severity="moderate",
        noticed_at=datetime(2026, 11, 21, 1, 30, tzinfo=timezone(timedelta(hours=2))),
    )
    tree, charged = answer(tree, tree.problem.id, "They are overcharged")
    tree = do(tree, AddEvidence(cause=charged.id, text="42 receipts of 24.90"))
    against = AddEvidence(
        cause=charged.id, text="1 receipt of 21.50", supports=False, said_by="Paul"
    )
    tree = do(tree, against)
    tree, root = answer(tree, charged.id, "No handover rule says who orders forms", said_by="Amara")
    tree = do(tree, SetPart(cause=root.id, part=Part.ROOT, reason="It is ours to change."))
    link = AddEvidence(cause=root.id, text="https://example.com/handover", kind=EvidenceKind.LINK)
    tree = do(tree, link)
    tree, _ = answer(tree, charged.id, "The form carries no year")
    tree, till = answer(tree, tree.problem.id, "The till is wrong")
    out = SetStatus(cause=till.id, status=Status.RULED_OUT, reason="42 receipts agree.")
    return finished(do(tree, out))


def test_a_session_reads_like_this() -> None:
    assert plan(books()).replace("  \n", "\n") == BOOKS


def test_a_new_session_is_a_short_page() -> None:
    page = plan(session("The line stood still", facilitator="Marta"))
    assert page == (
        "# The line stood still\n\n"
        "S-1 · open since 21 November 2026 · facilitator: Marta\n\n"
        "**In short:** no root cause yet, 1 open question.\n\n"
        "## Still open\n\nNobody has answered why yet:\n\n- The line stood still\n"
    )


def test_the_order_of_the_sections() -> None:
    assert headings(plan(full("words"))) == [
        "# words",
        "## Action plan",
        "### How far it is, and how we know",
        "### Considered and not done",
        "## What we tell our customers",
        "## How long it took",
        "## The problem",
        "## Root causes",
        "## Contributing causes",
        "## Conditions we keep in mind",
        "## Still open",
        "## All causes",
        "## Ruled out",
        "## Stopped",
        "## Parked",
        "## People",
        "## Notes",
        "## Prompts put aside",
        "## The tree as a picture",
    ]


def test_a_session_without_a_number_leaves_it_out() -> None:
    tree = session(number=0)
    assert "S-0" not in plan(tree)


def test_dates_are_utc_dates() -> None:
    tree = session()
    late = datetime(2026, 11, 22, 0, 30, tzinfo=timezone(timedelta(hours=5)))
    tree = replace(tree, session=replace(tree.session, opened_at=late))
    assert "open since 21 November 2026" in plan(tree)
    assert plan(tree) == plan(
        replace(tree, session=replace(tree.session, opened_at=late.astimezone(UTC)))
    )


def test_a_session_of_several_days_names_both() -> None:
    tree = finished(session())
    later = datetime(2026, 12, 2, 9, tzinfo=UTC)
    tree = replace(tree, session=replace(tree.session, finished_at=later))
    assert "S-1 · opened 21 November 2026, finished 2 December 2026 · " in plan(tree)


def test_whatever_is_known_of_a_cause_is_told_once() -> None:
    tree = session()
    texts = {}
    for name, status, part in (
        ("plain", None, None),
        ("root", Status.STOPPED, Part.ROOT),
        ("helper", Status.STOPPED, Part.CONTRIBUTING),
        ("stop", Status.STOPPED, None),
        ("out", Status.RULED_OUT, None),
    ):
        tree, cause = answer(tree, tree.problem.id, name)
        texts[name] = [f"{name} seen"]
        tree = do(tree, AddEvidence(cause=cause.id, text=f"{name} seen"))
        if status:
            texts[name].append(f"{name} settled")
            tree = do(tree, SetStatus(cause=cause.id, status=status, reason=f"{name} settled"))
        if part:
            texts[name].append(f"{name} weighed")
            tree = do(tree, SetPart(cause=cause.id, part=part, reason=f"{name} weighed"))
    page = plan(tree)
    assert {text: page.count(text) for known in texts.values() for text in known} == {
        text: 1 for known in texts.values() for text in known
    }


def test_lines_end_clean_and_never_more_than_one_is_empty() -> None:
    for page in (plan(books()), plan(full("words", lines="one\n\ntwo\nthree"))):
        assert "\n\n\n" not in page
        assert page.endswith("\n")
        assert not page.endswith("\n\n")
        assert not re.search(r"(?<! ) $|\t", page, re.MULTILINE)


@cache
def kinds_of_words() -> list[str]:
    """What the page is made of where every field says "words"."""
    return kinds(plan(full("words")))


@given(text=lines)
def test_no_text_changes_what_the_page_is_made_of(text: str) -> None:
    assert kinds(plan(full(text))) == kinds_of_words()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_passages_keep_their_lines(text: str) -> None:
    text = clean(text)
    page = plan(full("words", lines=f"{text}\n\n{text}\n{text}"))
    assert kinds(page) == kinds(plan(full("words", lines="words\n\nwords\nwords")))


def test_every_cause_is_in_the_list_however_deep() -> None:
    page = plan(chain(40))
    assert max(token.level for token in flat(READER.parse(page))) < 20
    assert "goes on at **(1)**" in page
    assert "\n\n**(1)** cause 8\n\n- cause 9\n" in page.replace("● ", "").replace("○ open: ", "")
    rendered = MarkdownIt("commonmark").render(page)
    for place in range(1, 41):
        assert re.search(rf"\bcause {place}\b", rendered)


def test_chains_that_share_their_end_are_told_once_where_they_are_long() -> None:
    tree = chain(30)
    *_, above, last = [cause for cause, _ in tree.walk()]
    tree, twin = answer(tree, above.id, "the twin")
    for cause in (last, twin):
        tree = do(tree, SetPart(cause=cause.id, part=Part.ROOT))
    page = plan(tree)
    told = page[page.index("## Root causes") : page.index("## All causes")]
    assert "\n     - *therefore:* cause 29 … and from there as in 1\n" in told
    assert told.count("customers are angry") == 1


def test_numbered_lists_stay_lists_beyond_nine() -> None:
    tree = fan(12)
    for cause, depth in list(tree.walk()):
        if depth:
            tree = do(tree, SetPart(cause=cause.id, part=Part.ROOT, reason="ours"))
    page = plan(tree)
    assert "\n10. **cause 10**\n    - Why the team acts on it: ours\n" in page
    assert kinds(page).count("ordered_list_open") == 2


def test_what_a_root_lacks_is_said() -> None:
    tree = session()
    tree, root = answer(tree, tree.problem.id, "Nobody orders forms")
    tree = do(tree, SetPart(cause=root.id, part=Part.ROOT))
    tree = do(tree, AddEvidence(cause=root.id, text="Lewis does", supports=False))
    assert (
        "1. **Nobody orders forms**\n"
        "   - Why the team acts on it is not said yet\n"
        "   - Evidence against: Lewis does\n"
        "   - No evidence supports it yet\n"
        "   - Read back to the problem:\n"
        "     - *therefore:* customers are angry\n"
    ) in plan(tree)


def test_a_root_in_a_ruled_out_branch_is_told_there_alone() -> None:
    tree = session()
    tree, cause = answer(tree, tree.problem.id, "The form is wrong")
    tree, middle = answer(tree, cause.id, "It is last year's")
    tree, root = answer(tree, middle.id, "Nobody orders forms")
    tree = do(tree, SetPart(cause=middle.id, part=Part.CONTRIBUTING, reason="Made it likelier"))
    tree = do(tree, SetPart(cause=root.id, part=Part.ROOT, reason="Ours to change"))
    tree = do(tree, SetStatus(cause=root.id, status=Status.STOPPED, reason="Deep enough"))
    tree = do(tree, AddEvidence(cause=root.id, text="The drawer was empty"))
    before = plan(tree)
    tree = do(tree, SetStatus(cause=cause.id, status=Status.RULED_OUT, reason="It is right"))
    page = plan(tree)
    assert "**In short:** no root cause yet, no open questions." in page
    assert "## Root causes" not in page
    assert "## Contributing causes" not in page
    assert (
        "- ✗ ruled out: The form is wrong\n"
        "  - ◇ contributing (its branch is ruled out): It is last year's "
        "(what it contributed: Made it likelier)\n"
        "    - ◆ root, stopped (its branch is ruled out): Nobody orders forms "
        "(why the team acted on it: Ours to change)"
    ) in page
    assert "Evidence: The drawer was empty" in page
    assert "## Stopped\n\n- **Nobody orders forms**\n  - Reason: Deep enough\n" in page
    assert page.count("Ours to change") == page.count("The drawer was empty") == 1
    tree = do(tree, SetStatus(cause=cause.id, status=Status.OPEN))
    assert plan(tree) == before


def test_links_with_other_schemes_stay_text() -> None:
    tree = session()
    script = AddEvidence(cause=tree.problem.id, text="javascript:alert(1)", kind=EvidenceKind.LINK)
    assert "link_open" not in kinds(plan(do(tree, script)))


@pytest.mark.parametrize("tree", [chain(10_000), fan(10_000)], ids=["deep", "wide"])
def test_ten_thousand_causes_take_work_in_proportion(tree: Tree) -> None:
    last = [cause for cause, _ in tree.walk()][-1]
    tree = do(tree, SetPart(cause=last.id, part=Part.ROOT))
    pages: list[str] = []
    assert work(lambda: pages.append(plan(tree))) < 1500 * 10_000
    (page,) = pages
    assert len(page) < 1_000_000
    assert "cause 10000" in page


def test_very_long_words_are_kept_whole() -> None:
    text = "long " * 20_000
    page = plan(session(text))
    assert text.strip() in page

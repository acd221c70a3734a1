"""A root that others found too says so, and where another team asked on, the guide offers that."""

import threading
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from fivewhys.models.commands import (
    AddCountermeasure,
    CountermeasureFacts,
    SetPart,
    SetProgress,
    SetStatus,
)
from fivewhys.models.past import Sameness
from fivewhys.models.plan_words import Progress
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part, Status
from fivewhys.patterns.likely import Likely
from fivewhys.screens import elsewhere, seeing, sitting
from fivewhys.screens.seeing import Seeing
from fivewhys.store.store import Store
from tests.screens.conftest import OpenStore, begun
from tests.screens.driving import grow, meeting, named, outline
from tests.screens.remembering import Known
from tests.screens.test_golden import looks_like

TODAY = date(2026, 6, 12)
FORMS = "Nobody was assigned to order the forms while the manager's post was empty"
RULES = "Our handover rules do not say who orders while a post is empty"
LIKE = "Orders of a post lie still while it has no holder"


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (seeing, sitting):
        monkeypatch.setattr(module, "today", lambda: TODAY)
    monkeypatch.setattr(sitting, "DRAFT_SECONDS", 600)
    monkeypatch.setattr(elsewhere, "REST_SECONDS", 0.02)


@pytest.fixture(autouse=True)
def memory(ines: Store, monkeypatch: pytest.MonkeyPatch) -> Known:
    known = Known(ines)
    monkeypatch.setattr(Seeing, "memory", property(lambda _seeing: known))
    return known


def past(store: Store, words: str, site: str, on: date) -> Tree:
    noticed = datetime(on.year, on.month, on.day, tzinfo=UTC)
    return grow(store, begun(store, "soup is cold", site=site, noticed_at=noticed), words)


def root(store: Store, tree: Tree, text: str) -> Tree:
    return store.apply(tree, SetPart(cause=named(tree, text).id, part=Part.ROOT, reason="ours"))


@pytest.fixture
def shared(ines: Store) -> Tree:
    """S-1 has the root; S-2 has it as root too, S-3 as a cause that a person calls the same."""
    tree = root(ines, past(ines, f"overcharged\n  {FORMS}", "Trento", date(2026, 5, 6)), FORMS)
    other = root(ines, past(ines, FORMS.upper(), "Lyon", date(2026, 2, 3)), FORMS.upper())
    key = named(other, FORMS.upper()).id
    facts = CountermeasureFacts(owner="Ana")
    other = ines.apply(other, AddCountermeasure(cause=key, text="a sheet", facts=facts))
    (item,) = other.all_countermeasures()
    on = date(2026, 3, 9)
    ines.apply(other, SetProgress(countermeasure=item.id, progress=Progress.DONE, on=on))
    third = past(ines, "The post was vacant", "Harwick", date(2025, 4, 8))
    ines.decide(named(tree, FORMS).id, named(third, "The post was vacant").id, Sameness.SAME)
    return tree


async def test_a_shared_root_says_so_in_the_tree_beside_it_and_at_the_end(
    database: Path, ines: Store, shared: Tree, memory: Known
) -> None:
    like = past(ines, LIKE, "Trento", date(2026, 1, 7))
    memory.knows("forms", named(like, LIKE).id, Likely.PERHAPS)
    async with meeting(database, (160, 50)) as desk:
        await desk.sees("ROOT  · = also in S-3, S-2")
        await desk.press("escape", "end")
        await desk.reads("#beside", "The same in other sessions")
        told = desk.told("#beside")
        for words in (
            "root · also root in S-2 · also a cause in S-3",
            "= S-2 Lyon · February 2026 · root → a sheet Ana, fixed in March, came back in May",
            "= S-3 Harwick · April 2025 nothing done",
            f"Perhaps the same · {LIKE} perhaps the same · S-4 · Trento · January 2026",
        ):
            assert words in told, told
        await looks_like(desk, "shared-tree-160x50")
        await desk.press("f3")
        await desk.sees("= also root in S-2 · also a cause in S-3")
        await looks_like(desk, "shared-summary-160x50")
        await desk.press("e")
        await desk.sees("Also root in S-2 (Lyon, February 2026); also a cause in S-3 (Harwick,")


@pytest.mark.usefixtures("shared")
async def test_a_narrow_tree_has_fewer_words_for_it(database: Path) -> None:
    async with meeting(database, (80, 24)) as desk:
        await desk.sees("ROOT  · = S-3, S-2")
        await looks_like(desk, "shared-80x24")
        await desk.press("escape", "end")
        await desk.reads("#beside", "also root in S-2")
    async with meeting(database, (80, 24), ascii_only=True) as desk:
        await desk.sees("ROOT  - = S-3, S-2")


async def test_what_others_decide_meanwhile_comes_and_goes(
    database: Path, ines: Store, open_store: OpenStore, shared: Tree
) -> None:
    other = open_store("Bo")
    here = named(shared, FORMS).id
    (lyon,) = [key for key, seen in other.alike([here])[here].items() if seen.site == "Lyon"]
    async with meeting(database, (160, 50)) as desk:
        await desk.sees("= also in S-3, S-2")
        other.decide(here, lyon, Sameness.DIFFERENT)
        await desk.misses("S-3, S-2")
        await desk.sees("= also in S-3")
        other.take_back_decision()
        await desk.sees("= also in S-3, S-2")


async def test_what_is_only_like_it_is_not_in_the_tree_and_not_what_was_decided_already(
    database: Path, ines: Store, angry: Tree, memory: Known
) -> None:
    root(ines, grow(ines, angry, FORMS), FORMS)
    like = past(ines, LIKE, "Trento", date(2026, 1, 7))
    memory.knows("forms", named(like, LIKE).id)
    async with meeting(database, (160, 50)) as desk:
        await desk.press("escape", "end")
        await desk.reads("#beside", "Perhaps the same")
        assert "also in" not in desk.text
        assert "The same in other sessions" not in desk.text


async def test_what_was_decided_is_no_longer_perhaps_the_same(
    database: Path, ines: Store, angry: Tree, memory: Known
) -> None:
    tree = root(ines, grow(ines, angry, f"{FORMS}\n{RULES}"), FORMS)
    keys = []
    for number, text in enumerate((LIKE, "not that", "that of the other"), 1):
        other = past(ines, text, "Trento", date(2026, number, 7))
        keys.append(named(other, text).id)
        memory.knows("forms", keys[-1])
    ines.decide(named(tree, FORMS).id, keys[1], Sameness.DIFFERENT)
    ines.decide(named(tree, RULES).id, keys[2], Sameness.SAME)
    async with meeting(database, (160, 50)) as desk:
        await desk.press("escape", "home", "down")
        await desk.reads("#beside", LIKE)
        for text in ("not that", "that of the other"):
            assert text not in desk.told("#beside")


# Deeper


@pytest.fixture
def deeper(ines: Store, angry: Tree) -> Tree:
    """S-2 has the open cause of S-1 too, and asked on from there."""
    tree = grow(ines, angry, FORMS)
    other = past(ines, f"{FORMS}\n  wrong\n  {RULES}", "Lyon", date(2026, 2, 3))
    wrong = named(other, "wrong").id
    ines.apply(other, SetStatus(cause=wrong, status=Status.RULED_OUT, reason="no"))
    return tree


async def test_the_guide_offers_what_another_team_answered(
    database: Path, ines: Store, deeper: Tree
) -> None:
    async with meeting(database, (80, 24)) as desk:
        await desk.reads("HintRow", f"In S-2 another team asked why of this: “{RULES}” Go on?")
        await looks_like(desk, "deeper-80x24")
        await desk.press("ctrl+t")
        assert desk.box == RULES
        await desk.sees("same as in S-2")
        await desk.type("\r")
        await desk.sees(f"► {RULES[:18]}")
    tree = ines.numbered(1)
    assert outline(tree) == f"{FORMS}\n  {RULES}"
    (decision,) = ines.decisions()
    assert named(tree, RULES).id in (decision.a, decision.b)


async def test_it_offers_it_once_a_cause_is_called_root(
    database: Path, ines: Store, deeper: Tree
) -> None:
    async with meeting(database, (120, 40)) as desk:
        await desk.reads("HintRow", "In S-2 another team asked why")
        await desk.type("half")
        await desk.press("ctrl+g")
        await desk.type("ours\r")
        await desk.sees("ROOT")
        await desk.press(*["backspace"] * 4)
        await desk.press("ctrl+g")
        await desk.misses("ROOT")
        await desk.press("ctrl+g")
        await desk.type("ours\r")
        await desk.reads("HintRow", "In S-2 another team asked why")


async def test_opening_a_session_asks_the_memory_nothing(
    database: Path, deeper: Tree, memory: Known
) -> None:
    async with meeting(database, (80, 24)) as desk:
        await desk.reads("HintRow", "In S-2 another team")
        await desk.restless(0.2)
        assert memory.asked == []


async def test_dismissed_it_is_not_offered_again(database: Path, ines: Store, deeper: Tree) -> None:
    async with meeting(database, (80, 24)) as desk:
        await desk.reads("HintRow", "In S-2 another team")
        await desk.press("ctrl+n")
        await desk.reads("HintRow", "Not asked again.")
    async with meeting(database, (80, 24)) as desk:
        await desk.restless(0.2)
        assert "another team" not in desk.text
    assert ines.decisions() == []


async def test_typing_is_not_interrupted_by_it(
    database: Path, ines: Store, deeper: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = threading.Event()
    alike = Store.alike

    def slow(store: Store, causes: Iterable[UUID]) -> object:
        assert reading.wait(10)
        return alike(store, causes)

    monkeypatch.setattr(Store, "alike", slow)
    async with meeting(database, (80, 24)) as desk:
        await desk.type("The till was shut")
        reading.set()
        await desk.restless(0.2)
        assert "another team" not in desk.text
        await desk.type("\r")
        await desk.sees("► The till was shut")
        await desk.restless(0.2)
        assert "another team" not in desk.text

"""Seen before, while an answer is typed: under the box, taken with a key, never in the way."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fivewhys.memory import Memory, Work
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
from fivewhys.screens import seeing, sitting
from fivewhys.screens.seeing import Seeing, says_enough
from fivewhys.screens.widgets.seen_before import SeenList
from fivewhys.store.store import Store
from tests.screens.conftest import begun
from tests.screens.driving import Desk, grow, meeting, named, outline
from tests.screens.remembering import Known
from tests.screens.test_golden import looks_like

TODAY = date(2026, 6, 12)

FORMS = "Nobody was assigned to order the forms while the manager's post was empty"
LEAVING = (
    "When somebody leaves, our leaving procedure names no one to take on the orders of the post "
    "until a successor starts, and the list of what is ordered once a year hangs in the office"
)
GREASE = "The grease round has no stand-in"
TYPED = "Nobody had to order them while the post was empty"


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (seeing, sitting):
        monkeypatch.setattr(module, "today", lambda: TODAY)
    monkeypatch.setattr(sitting, "DRAFT_SECONDS", 600)
    monkeypatch.setattr(seeing, "STILL_SECONDS", 0.02)
    monkeypatch.setattr(seeing, "AGAIN_SECONDS", 0.05)


@pytest.fixture
def memory(ines: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Known]:
    """What the program remembers."""
    known = Known(ines)
    monkeypatch.setattr(Seeing, "memory", property(lambda _seeing: known))
    yield known
    known.free.set()


def past(store: Store, text: str, site: str, on: date, *, done: date | None = None) -> Tree:
    """An earlier session with one cause, root, about which something was done."""
    noticed = datetime(on.year, on.month, on.day, tzinfo=UTC)
    tree = grow(store, begun(store, "soup is cold", site=site, noticed_at=noticed), text)
    cause = named(tree, text).id
    tree = store.apply(tree, SetPart(cause=cause, part=Part.ROOT, reason="ours"))
    if done is not None:
        facts = CountermeasureFacts(owner="Ana")
        tree = store.apply(
            tree, AddCountermeasure(cause=cause, text="a sheet for each post", facts=facts)
        )
        (item,) = tree.all_countermeasures()
        tree = store.apply(
            tree, SetProgress(countermeasure=item.id, progress=Progress.DONE, on=done)
        )
    return tree


@pytest.fixture
def three(ines: Store, angry: Tree, memory: Known) -> list[Tree]:
    """S-1 is the meeting; S-2 to S-4 found causes that are like what is typed."""
    trees = [
        past(ines, FORMS, "Lyon", date(2026, 2, 3), done=date(2026, 3, 9)),
        past(ines, LEAVING, "Harwick", date(2025, 4, 8), done=date(2025, 5, 2)),
        past(ines, GREASE, "Eastmere", date(2026, 5, 20)),
    ]
    # S-5 has the first one again, in the same words.
    past(ines, FORMS, "Trento", date(2026, 5, 6))
    for tree, text, likely in zip(
        trees, (FORMS, LEAVING, GREASE), (Likely.VERY, Likely.LIKELY, Likely.PERHAPS), strict=True
    ):
        memory.knows("post", named(tree, text).id, likely)
    return trees


def chosen(desk: Desk) -> list[str]:
    """The texts in the list."""
    return [seen.context.cause.text for seen in desk.app.screen.query_one(SeenList).items]


async def listed(desk: Desk, text: str = TYPED) -> None:
    """Type an answer and wait until something like it is shown."""
    await desk.type(text)
    await desk.sees("Seen before", "1 ")
    await desk.until(lambda: bool(chosen(desk)))


# Shown


async def test_similar_causes_come_under_the_answer_and_nothing_else_moves(
    database: Path, three: list[Tree]
) -> None:
    async with meeting(database, (120, 40)) as desk:
        await desk.type(TYPED)
        before = [desk.part(part) for part in ("#question", "#answer", "#tree", "HintRow")]
        regions = [
            desk.app.screen.query_one(part).region
            for part in ("#question", "#answer", "#tree", "#parked", "HintRow")
        ]
        await listed(desk, "")
        told = desk.told("#seen")
        for words in (
            f"1 {FORMS} very likely · ◆ S-2 +1 · Lyon · fixed in March, came back in May",
            "likely · S-3 · Harwick · April 2025 · root · fixed in May 2025",
            f"3 {GREASE} perhaps the same · S-4 · Eastmere · May 2026 · root · nothing done",
        ):
            assert words in told, told
        assert before == [desk.part(part) for part in ("#question", "#answer", "#tree", "HintRow")]
        assert regions == [
            desk.app.screen.query_one(part).region
            for part in ("#question", "#answer", "#tree", "#parked", "HintRow")
        ]
        assert desk.box == TYPED
        await desk.sees("Answers so far")


@pytest.mark.parametrize("text", ["no", "the form", "it is it", "Überstunden"])
def test_a_text_says_enough_with_three_words_or_twelve_letters(text: str) -> None:
    assert says_enough(text) is (len(text.split()) >= 3)
    assert says_enough(f"{text} Überstundenkonto")


async def test_too_little_is_not_looked_for_and_an_emptied_box_has_no_list(
    database: Path, three: list[Tree], memory: Known
) -> None:
    async with meeting(database, (80, 24)) as desk:
        await desk.type("post, post")
        await desk.restless(0.1)
        assert memory.asked == []
        await desk.type(", post")
        await desk.sees("Seen before")
        assert memory.asked == ["post, post, post"]
        await desk.press("ctrl+u")
        assert desk.box == ""
        await desk.misses("Seen before")


async def test_what_is_not_likely_is_not_shown(
    database: Path, ines: Store, angry: Tree, memory: Known
) -> None:
    tree = past(ines, GREASE, "Lyon", date(2026, 2, 3))
    memory.knows("post", named(tree, GREASE).id, Likely.NO)
    async with meeting(database, (80, 24)) as desk:
        await desk.type(TYPED)
        await desk.until(lambda: bool(memory.asked))
        await desk.restless(0.05)
        assert "Seen before" not in desk.text


async def test_typing_waits_for_nothing_and_what_is_late_is_not_shown(
    database: Path, three: list[Tree], memory: Known
) -> None:
    memory.free.clear()
    async with meeting(database, (80, 24)) as desk:
        await desk.type(TYPED)
        await desk.until(lambda: bool(memory.asked))
        await desk.type(" all year\r")
        await desk.sees(f"► {TYPED[:20]}")
        memory.free.set()
        await desk.restless(0.1)
        assert "Seen before" not in desk.text
        assert desk.box == ""


async def test_only_words_about_an_answer_are_looked_for(
    database: Path, ines: Store, three: list[Tree], memory: Known
) -> None:
    async with meeting(database, (80, 24)) as desk:
        await desk.type("overcharged\r")
        await desk.press("ctrl+g")
        await desk.type(TYPED)
        await desk.restless(0.1)
        assert memory.asked == []


async def test_while_the_history_is_read_a_tall_screen_says_so_in_one_row(
    database: Path, three: list[Tree], memory: Known
) -> None:
    memory.is_current, memory.work = False, Work(1_200, 4_000, False)
    async with meeting(database, (120, 40)) as desk:
        await desk.type(TYPED)
        await desk.sees("Seen before   earlier sessions are being read, 30 %")
        await desk.press("down")
        assert desk.box == TYPED
        memory.is_current = True
        await desk.sees(f"1 {FORMS[:40]}")


async def test_a_short_screen_says_nothing_while_it_is_read(
    database: Path, three: list[Tree], memory: Known
) -> None:
    memory.is_current, memory.work = False, Work(0, 0, False)
    async with meeting(database, (80, 24)) as desk:
        await desk.type(TYPED)
        await desk.until(lambda: len(memory.asked) > 1)
        assert "Seen before" not in desk.text


async def test_texts_that_look_like_markup_are_shown_as_they_are(
    database: Path, ines: Store, angry: Tree, memory: Known
) -> None:
    text = "[/foo] the post [$primary] was [bold]empty"
    tree = past(ines, text, "[/]", date(2026, 2, 3))
    memory.knows("post", named(tree, text).id)
    async with meeting(database, (120, 40)) as desk:
        await listed(desk)
        assert text in desk.told("#seen")
        await desk.press("down")
        await desk.reads("#beside", text)
        await desk.press("1")
        assert desk.box == text


async def test_it_goes_while_the_keys_are_in_the_tree_and_is_there_again_after_that(
    database: Path, three: list[Tree], memory: Known
) -> None:
    async with meeting(database, (80, 24)) as desk:
        await listed(desk)
        await desk.press("escape")
        await desk.misses("Seen before")
        await desk.reads("#beside", "In the tree")
        await desk.press("escape")
        await desk.sees("Seen before")
        assert desk.box == TYPED
        assert len(memory.asked) == 1


# Taken


async def test_a_number_takes_one_and_enter_says_that_they_are_the_same(
    database: Path, ines: Store, three: list[Tree]
) -> None:
    async with meeting(database, (80, 24)) as desk:
        await listed(desk)
        await desk.press("down")
        # All that is known of it stands beside.
        await desk.reads("#beside", "In S-2")
        await desk.press("2")
        assert desk.box == LEAVING
        await desk.sees("same as in S-3")
        await desk.misses("Seen before")
        assert ines.decisions() == []
        await desk.type(", near the till\r")
        await desk.misses("same as in S-3")
        await desk.sees("Enter saves and asks why")
    tree = ines.numbered(1)
    answer = named(tree, f"{LEAVING}, near the till")
    (decision,) = ines.decisions()
    assert decision.sameness is Sameness.SAME
    assert {decision.a, decision.b} == {answer.id, named(three[1], LEAVING).id}
    assert [again.name for again in ines.shared(tree)[answer.id]] == ["S-3"]
    # Undoing the answer takes the link along, doing it again brings it back.
    undone = ines.undo(tree)
    assert undone is not None
    assert ines.shared(undone.tree) == {}


async def test_keys_that_come_faster_than_the_screen_land_in_order(
    database: Path, ines: Store, three: list[Tree]
) -> None:
    async with meeting(database, (80, 24)) as desk:
        await listed(desk)
        await desk.burst("down", "down", "down", "up", "enter", "!", "enter", "n", "o")
        assert desk.box == "no"
    assert outline(ines.numbered(1)) == f"{LEAVING}!"
    assert len(ines.decisions()) == 1


async def test_ignoring_it_costs_nothing(database: Path, ines: Store, three: list[Tree]) -> None:
    async with meeting(database, (80, 24)) as desk:
        await listed(desk)
        await desk.type("\r")
        await desk.misses("Seen before")
        assert desk.box == ""
    assert outline(ines.numbered(1)) == TYPED
    assert ines.decisions() == []


@pytest.mark.parametrize("key", ["escape", "up"])
async def test_the_way_back_to_the_answer(database: Path, three: list[Tree], key: str) -> None:
    async with meeting(database, (80, 24)) as desk:
        await listed(desk)
        await desk.press("down", key)
        assert desk.box == TYPED
        await desk.sees("Seen before", "Answers so far")


async def test_what_is_typed_in_the_list_belongs_to_the_answer(
    database: Path, three: list[Tree]
) -> None:
    async with meeting(database, (80, 24)) as desk:
        await listed(desk)
        await desk.press("down")
        await desk.type(" all 24 hours")
        assert desk.box == f"{TYPED} all 24 hours"


async def test_undo_brings_back_what_was_typed_without_a_link_and_redo_takes_it_again(
    database: Path, ines: Store, three: list[Tree]
) -> None:
    async with meeting(database, (80, 24)) as desk:
        await listed(desk)
        await desk.press("down", "1")
        assert desk.box == FORMS
        await desk.sees("Taken from S-2.")
        await desk.press("ctrl+z")
        assert desk.box == TYPED
        assert "same as in" not in desk.text
        await desk.sees("Seen before")
        await desk.misses("Taken from S-2.")
        await desk.press("ctrl+y")
        assert desk.box == FORMS
        await desk.sees("same as in S-2")
        await desk.press("ctrl+z", "enter")
    assert outline(ines.numbered(1)) == TYPED
    assert ines.decisions() == []


async def test_an_emptied_box_and_a_draft_that_was_left_have_no_link(
    database: Path, ines: Store, three: list[Tree]
) -> None:
    grow(ines, ines.numbered(1), "overcharged")
    async with meeting(database, (80, 24)) as desk:
        await listed(desk)
        await desk.press("down", "1")
        await desk.burst(*["backspace"] * len(FORMS))
        assert desk.box == ""
        await desk.type("the till\r")
        assert ines.decisions() == []
        await listed(desk)
        await desk.press("down", "1", "escape", "home", "enter")
        await desk.misses("same as in")
        await desk.press("escape", "down", "down", "enter")
        await desk.until(lambda: desk.box == FORMS)
        await desk.press("enter")
    assert ines.decisions() == []


async def test_down_in_an_empty_box_goes_to_the_next_open_question(
    database: Path, ines: Store, three: list[Tree]
) -> None:
    grow(ines, ines.numbered(1), "overcharged\nlate")
    async with meeting(database, (80, 24)) as desk:
        await desk.sees("► overcharged")
        await desk.press("down")
        await desk.sees("► late")


async def test_a_click_takes_one(database: Path, three: list[Tree]) -> None:
    async with meeting(database, (80, 24)) as desk:
        await listed(desk)
        region = desk.app.screen.query_one("#seen").region
        await desk.pilot.click("#seen", offset=(6, region.height - 1))
        await desk.settled()
        assert desk.box == GREASE
        await desk.sees("same as in S-4")


async def test_an_answer_that_cannot_be_saved_keeps_its_link(
    database: Path, ines: Store, three: list[Tree], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with meeting(database, (80, 24)) as desk:
        await listed(desk)
        await desk.press("down", "1")
        with monkeypatch.context() as patch:
            patch.setattr(Store, "apply", _full)
            await desk.press("enter")
            await desk.until(lambda: desk.box == FORMS)
            await desk.sees("same as in S-2")
        await desk.press("enter")
        await desk.until(lambda: desk.box == "")
    assert len(ines.decisions()) == 1


def _full(*_args: object) -> Tree:
    from fivewhys.store.problems import StoreProblem

    raise StoreProblem("The disk is full.")


async def test_a_cause_that_went_meanwhile_is_told_and_the_answer_stays(
    database: Path, ines: Store, three: list[Tree]
) -> None:
    from fivewhys.models.commands import DeleteSession

    async with meeting(database, (80, 24)) as desk:
        await listed(desk)
        await desk.press("down", "1")
        ines.apply(ines.numbered(2), DeleteSession())
        await desk.press("enter")
        await desk.sees(f"► {FORMS[:18]}")
    assert outline(ines.numbered(1)) == FORMS
    assert ines.decisions() == []


# Looked at


@pytest.mark.parametrize(
    ("size", "name"),
    [((60, 20), "60x20"), ((80, 24), "80x24"), ((120, 40), "120x40"), ((200, 50), "200x50")],
)
async def test_screens(
    database: Path, ines: Store, three: list[Tree], size: tuple[int, int], name: str
) -> None:
    tree = grow(ines, ines.numbered(1), "They got last year's price list\n  It was not ordered")
    ines.apply(tree, SetStatus(cause=named(tree, "It was not ordered").id, status=Status.SUSPECTED))
    async with meeting(database, size) as desk:
        await listed(desk)
        await looks_like(desk, f"seen-{name}")
        await desk.press("down", "down")
        await looks_like(desk, f"seen-list-{name}")


async def test_in_plain_characters(database: Path, three: list[Tree]) -> None:
    async with meeting(database, (80, 24), ascii_only=True) as desk:
        await listed(desk)
        assert all(row.isascii() for row in desk.part("#seen")), desk.part("#seen")


async def test_other_words_for_the_same_cause_are_found_with_the_real_encoder(
    database: Path, ines: Store, angry: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    past(ines, FORMS, "Lyon", date(2026, 2, 3))
    past(ines, "The soup pan is smaller than the hob", "Lyon", date(2026, 2, 4))
    memory = Memory(ines)
    monkeypatch.setattr(Seeing, "memory", property(lambda _seeing: memory))
    try:
        async with meeting(database, (80, 24)) as desk:
            await desk.type("No one had the job of ordering the forms while there was no manager")
            await desk.sees(f"1 {FORMS[:30]}", "S-2 · Lyon")
            assert "soup pan" not in desk.told("#seen")
            await desk.press("down", "1")
            assert desk.box == FORMS
    finally:
        memory.close()

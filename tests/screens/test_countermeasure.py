"""What will be done about a cause: typed in front of the team, changed, shown to work or not."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivewhys.countermeasures.days import said
from fivewhys.models.commands import (
    AddCountermeasure,
    AddMeasure,
    CountermeasureFacts,
    EditCountermeasure,
    MeasureFacts,
    NewPerson,
    PlanCheck,
    SetPart,
    SetProgress,
)
from fivewhys.models.plan_words import (
    CheckResult,
    CountermeasureKind,
    Means,
    MeasureKind,
    Progress,
    Ready,
)
from fivewhys.models.tree import Tree
from fivewhys.models.values import Countermeasure
from fivewhys.models.words import Part
from fivewhys.screens.countermeasure_fields import fact_of, window_of
from fivewhys.screens.facts import NotUnderstood
from fivewhys.store.problems import StoreProblem
from fivewhys.store.store import Store
from fivewhys.text import clean
from tests.reports.hostile import HOSTILE
from tests.screens.conftest import OpenStore, begun
from tests.screens.driving import Desk, grow, meeting, named
from tests.screens.test_details import in_view
from tests.screens.test_golden import BOOKS, looks_like, named_size
from tests.screens.test_hostile import WORST, harmless, stands_in

TODAY = date(2026, 12, 2)
ROOT = "No rule says who orders the forms"
BLOCK = "The till blocks the sale until the form has this year's date"


@pytest.fixture(autouse=True)
def _same_day(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """It is Wednesday, but where something is done, which is done on a day that has come."""
    if "real_day" not in request.fixturenames:
        for place in ("countermeasure", "measuring", "plan", "sitting"):
            monkeypatch.setattr(f"fivewhys.screens.{place}.today", lambda: TODAY)


@pytest.fixture
def real_day() -> date:
    """The day of the store's clock."""
    return datetime.now().astimezone().date()


@pytest.fixture
def tree(ines: Store) -> Tree:
    """A session with a root, another cause, and people in the room."""
    people = (NewPerson(name="Ines"), NewPerson(name="Bo"), NewPerson(name="Dana", here=False))
    tree = begun(ines, "customers are angry", people=people)
    tree = grow(ines, tree, f"overcharged\n  {ROOT}\nnot told")
    return ines.apply(tree, SetPart(cause=named(tree, ROOT).id, part=Part.ROOT, reason="ours"))


def planned(store: Store, tree: Tree, text: str = BLOCK, **facts: object) -> Countermeasure:
    """Something that is done about the root."""
    given = CountermeasureFacts.model_validate({"owner": "Bo", **facts})
    command = AddCountermeasure(cause=named(tree, ROOT).id, text=text, facts=given)
    return store.apply(store.refresh(tree), command).countermeasures(command.cause)[-1]


def only(store: Store) -> Countermeasure:
    """The one thing that is done in S-1."""
    (item,) = store.numbered(1).all_countermeasures()
    return item


async def at_root(desk: Desk) -> None:
    """Put the tree's cursor on the root."""
    await desk.press("escape", "home", "down", "down")


async def at_field(desk: Desk, name: str) -> None:
    """Go to a field with Tab."""
    for _ in range(12):
        focused = desk.app.focused
        if focused is not None and focused.id in (name, f"field-{name}"):
            return
        await desk.press("tab")
    raise AssertionError(f"no way to the field {name}\n{desk.text}")


# -- three fields in front of ten people


async def test_what_who_and_when_typed_in_one_go(database: Path, ines: Store, tree: Tree) -> None:
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.burst("f", *BLOCK, "enter", *"bo", "enter", *"friday", "enter", "k", "e")
        await desk.sees("Enter saves", "ROOT  · →1")
        # The keys after the last Enter were the tree's again.
        assert desk.box == "overcharged"
        await desk.press("escape", "j")
        beside = desk.told("#beside")
        assert "What we do about it f adds, F opens" in beside
        assert f"→ {BLOCK} Bo · due Fri 4 Dec · planned" in beside
    item = only(ines)
    assert (item.text, item.owner, item.due) == (BLOCK, "Bo", date(2026, 12, 4))
    assert (item.progress, item.kind) == (Progress.PLANNED, CountermeasureKind.PREVENT)
    assert item.means is None


async def test_from_the_answer_and_back_to_it(database: Path, ines: Store, tree: Tree) -> None:
    async with meeting(database) as desk:
        await desk.sees("Why: not told?")
        await desk.burst(*"nobody wro", "ctrl+f", *"Write a letter", "ctrl+s", *"te it")
        await desk.sees("Because", "Kept. Undo takes it back.")
        assert desk.box == "nobody wrote it"
        await desk.press("ctrl+u", "ctrl+z")
        assert desk.hint == "Undid: countermeasure: Write a letter"
    assert not ines.numbered(1).all_countermeasures()


async def test_the_day_that_was_understood_stands_beside(database: Path, tree: Tree) -> None:
    async with meeting(database, (80, 24)) as desk:
        await desk.press("ctrl+f", "enter")
        assert desk.hint.startswith("In the room: Ines, Bo. ")
        await desk.press("enter")
        await desk.type("in 2 weeks")
        await desk.sees("Wed 16 Dec 2026")
        await desk.type(" and a half")
        await desk.sees("not a day yet")


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("home", CountermeasureKind.CONTAIN),
        ("down", CountermeasureKind.CORRECT),
        ("end", CountermeasureKind.CORRECT),
    ],
)
async def test_what_it_is_for_follows_from_where_it_is(
    database: Path, ines: Store, tree: Tree, key: str, kind: CountermeasureKind
) -> None:
    async with meeting(database) as desk:
        await desk.press("escape", "home", key, "f")
        await desk.type("Refund")
        await desk.press("ctrl+s")
        await desk.sees("Kept.")
    assert (only(ines).kind, only(ines).progress) == (kind, Progress.IDEA)


async def test_what_is_not_understood_is_told_and_loses_nothing(
    database: Path, ines: Store, tree: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.press("ctrl+f", "ctrl+s")
        assert desk.hint == "Say in a few words what will be done; all the rest may wait."
        await desk.burst(*"Refund", "enter", "enter", *"soon", "enter")
        assert desk.hint.startswith("Due: “soon” is no day. Write for example friday")
        await desk.sees("Refund", "soon")
        await desk.press("backspace", "backspace", "backspace", "backspace")
        await desk.until(lambda: desk.hint == "By when? Enter saves.")
        await desk.burst(*"tomorrow", "enter")
        await desk.sees("Kept.")
    assert only(ines).due == TODAY + timedelta(days=1)


async def test_owners_are_offered(database: Path, ines: Store, tree: Tree) -> None:
    planned(ines, tree, owner="Till team")
    async with meeting(database, (80, 24)) as desk:
        await desk.burst("ctrl+f", *"Refund", "enter")
        await desk.press("t")
        await desk.until(lambda: "ill team" in desk.row_with("Owner"))
        await desk.press("right", "ctrl+s")
        await desk.sees("Kept.")
    assert {item.owner for item in ines.numbered(1).all_countermeasures()} == {"Till team"}


# -- what it works by


async def test_what_it_seems_to_work_by_is_offered_and_one_key_takes_it(
    database: Path, ines: Store, tree: Tree
) -> None:
    async with meeting(database, (80, 24)) as desk:
        await at_root(desk)
        await desk.burst("f", *BLOCK)
        await desk.sees("Suggested: it works by “it cannot be done wrong, stronger”.")
        await desk.sees("suggested: it cannot be done wrong")
        await at_field(desk, "means")
        await desk.press("enter")
        await desk.sees("Stronger: it works even when nobody thinks of it")
        assert "suggested by what is written" in desk.row_with("it cannot be done wrong")
        await desk.press("escape", "ctrl+t", "ctrl+s")
        await desk.sees("Kept.")
    assert only(ines).means is Means.FORCING


async def test_values_are_changed_by_arrows_by_key_and_by_mouse(
    database: Path, ines: Store, tree: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.burst("ctrl+f", *"Refund")
        await at_field(desk, "kind")
        await desk.press("right", "right")
        await desk.sees("< detect >  notices it sooner")
        await desk.press("left", "enter")
        await desk.sees("What is it for?")
        await desk.burst("5")
        await desk.sees("< acknowledge >  owns up to the customers")
        await desk.pilot.click("#field-means")
        await desk.sees("What does it work by?")
        await desk.press("down", "end", "up", "enter")
        await desk.sees("< training >")
        await desk.pilot.click("#field-ready", offset=(2, 1))
        await desk.press("3", "down", "space", "1", "1", "ctrl+s")
        await desk.sees("Kept.")
    item = only(ines)
    assert (item.kind, item.means) == (CountermeasureKind.ACKNOWLEDGE, Means.TRAINING)
    assert item.not_ready == (Ready.PLAN, Ready.IMPACT)


# -- nothing typed is lost


async def test_esc_keeps_what_is_new_as_a_draft(database: Path, ines: Store, tree: Tree) -> None:
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.burst("f", *"Block it", "enter", *"Bo", "escape")
        await desk.sees("In the tree")
        assert not ines.numbered(1).all_countermeasures()
        await desk.press("up", "f")
        assert desk.box == ""
        await desk.press("escape", "down", "f")
        assert desk.box == "Block it"
        assert desk.hint == "What was typed here the last time is here again."
        await desk.press("ctrl+q")
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.press("f")
        await desk.sees("Block it", "Bo")
        await desk.press("ctrl+s", "f")
        assert desk.box == ""
    assert only(ines).owner == "Bo"
    assert not ines.drafts(f"{tree.session.id}/countermeasure/")


async def test_a_draft_is_in_the_database_soon_after_the_last_letter(
    database: Path, ines: Store, tree: Tree
) -> None:
    place = f"{tree.session.id}/countermeasure/"
    async with meeting(database) as desk:
        await desk.burst("ctrl+f", *"Refu")
        await desk.until(lambda: list(ines.drafts(place).values()) == ["Refu"])
        await desk.sees("draft kept")


async def test_a_failing_store_leaves_the_form_as_it_is(
    database: Path, ines: Store, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> Tree:
        raise StoreProblem("The disk is full, so this was not saved.")

    async with meeting(database) as desk:
        await desk.burst("ctrl+f", *"Refund", "enter", *"Bo")
        with monkeypatch.context() as broken:
            broken.setattr(Store, "apply", full)
            await desk.press("ctrl+s")
            await desk.sees("The disk is full, so this was not saved.", "Refund", "Bo")
        await desk.press("ctrl+s")
        await desk.sees("Kept.")
    assert only(ines).owner == "Bo"


async def test_texts_that_break_programs_show_as_they_are(
    database: Path, ines: Store, tree: Tree
) -> None:
    async with meeting(database, (120, 40)) as desk:
        for text in WORST:
            await at_root(desk)
            await desk.press("f")
            await desk.paste(text)
            await desk.press("enter")
            await desk.paste(text)
            await desk.press("ctrl+s")
            harmless(desk)
            item = only(ines)
            assert (item.text, item.owner) == (clean(text), clean(text))
            if len(text) < 400:
                stands_in(desk, "#beside", clean(text))
            await desk.press("F")
            await at_field(desk, "measures")
            await desk.press("a")
            await desk.paste(text)
            await desk.press("ctrl+s")
            await desk.reads("#measures", "process")
            if "\u200d" not in text:
                # While they are typed, joined glyphs stand as they are.
                harmless(desk)
            await desk.press("ctrl+r")
            await desk.press("escape")


@given(st.text() | st.sampled_from(HOSTILE), st.sampled_from(["due", "window"]))
def test_any_text_is_a_day_or_a_sentence(text: str, name: str) -> None:
    try:
        found = fact_of(name, text, TODAY)[name] if name == "due" else window_of(text)
    except NotUnderstood as problem:
        found = str(problem)
    if isinstance(found, str):
        assert found.endswith((".", "?"))
        assert "\n" not in found
    else:
        assert found is None or isinstance(found, date) or found > 0


# -- changing what is there


async def test_only_what_was_changed_is_changed(
    database: Path, ines: Store, tree: Tree, open_store: OpenStore
) -> None:
    item = planned(ines, tree, due=date(2026, 12, 4), notes="by hand\nat first")
    bo = open_store("Bo")
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.press("F")
        await desk.sees("S-1  Countermeasure", "2026-12-04", "Fri 4 Dec 2026", "by hand")
        # Meanwhile another person says who does it.
        edit = EditCountermeasure(countermeasure=item.id, facts=CountermeasureFacts(owner="Rosa"))
        bo.apply(bo.numbered(1), edit)
        await at_field(desk, "due")
        await desk.press("ctrl+u")
        await desk.type("10 Dec")
        await desk.press("escape")
        await desk.sees("Kept.")
        changed = only(ines)
        assert (changed.owner, changed.due) == ("Rosa", date(2026, 12, 10))
        assert changed.notes == "by hand\nat first"
        await desk.press("u")
        assert only(ines).due == date(2026, 12, 4)
        history = ines.history(tree.session.id)
        await desk.press("F", "ctrl+s")
        assert ines.history(tree.session.id) == history


async def test_esc_says_what_cannot_be_saved_and_a_second_one_leaves_it(
    database: Path, ines: Store, tree: Tree
) -> None:
    item = planned(ines, tree)
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.press("F", "tab", "tab")
        await desk.type("soon")
        await desk.press("escape")
        await desk.sees("“soon” is no day.")
        assert desk.hint.startswith("That is not saved yet. Mend it, or Esc again")
        await desk.press("escape")
        await desk.sees("In the tree")
        await desk.press("F")
        await desk.misses("soon")
    assert only(ines) == item


async def test_it_is_deleted_and_undo_brings_it_back(
    database: Path, ines: Store, tree: Tree
) -> None:
    item = planned(ines, tree)
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.press("F", "ctrl+r")
        await desk.misses("→1")
        assert desk.hint == "Deleted. Undo brings it back."
        assert not ines.numbered(1).all_countermeasures()
        await desk.press("u")
        await desk.sees("→1")
    assert only(ines) == item


async def test_undo_in_the_form_keeps_what_it_holds(
    database: Path, ines: Store, tree: Tree
) -> None:
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.burst("f", *"Block it")
        await at_field(desk, "measures")
        # A measure needs something to measure: the form saves it first.
        await desk.press("a", "escape")
        await desk.sees("S-1  Countermeasure")
        assert only(ines).text == "Block it"
        await desk.press("ctrl+z")
        await desk.sees("S-1  New countermeasure", "Undid: countermeasure: Block it", "Block it")
        assert not ines.numbered(1).all_countermeasures()
        await desk.press("ctrl+s")
        await desk.sees("Kept.")
    assert only(ines).text == "Block it"


async def test_undo_in_the_form_never_reaches_behind_it(
    database: Path, ines: Store, tree: Tree
) -> None:
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.press("f", "tab", "ctrl+z")
        await desk.sees("Nothing of this countermeasure is left to undo here.")
        assert ines.numbered(1) == ines.refresh(tree)
        await desk.press("escape")
    planned(ines, tree)
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.press("F", "tab", "ctrl+z")
        await desk.sees("S-1  New countermeasure", "Undid: countermeasure")
        # First what the field held when it was new, then nothing more.
        await desk.press("ctrl+z", "ctrl+z")
        await desk.sees("Nothing of this countermeasure is left to undo here.")
        assert ines.numbered(1).causes == tree.causes


async def test_undo_among_several_never_reaches_behind_them(
    database: Path, ines: Store, tree: Tree
) -> None:
    planned(ines, tree, "One thing")
    planned(ines, tree, "Another thing")
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.press("F")
        await desk.sees("One thing", "Another thing")
        await desk.press("u", "u", "u")
        await desk.sees("No step of yours in the plan is left to undo here.")
    assert ines.numbered(1).causes == tree.causes


async def test_several_are_listed_opened_added_and_deleted(
    database: Path, ines: Store, tree: Tree
) -> None:
    planned(ines, tree, "first", due=date(2026, 12, 1))
    planned(ines, tree, "second", owner="")
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.sees("ROOT  · →2")
        await desk.press("F")
        await desk.sees("What we do about it", "Bo · due yesterday, overdue · planned")
        await desk.sees("no owner · no date · idea")
        await desk.burst("2", *" and more", "ctrl+s")
        await desk.sees("second and more")
        await desk.burst("f", *"third", "ctrl+s")
        await desk.sees("3  third")
        await desk.press("home", "d")
        await desk.misses("first")
        await desk.press("u")
        await desk.sees("Undid: delete countermeasure: first", "1  first")
        await desk.press("escape")
        await desk.sees("→3")
    texts = [item.text for item in ines.numbered(1).all_countermeasures()]
    assert texts == ["first", "second and more", "third"]


# -- how far it is, and whether it worked


async def choose_progress(desk: Desk, number: str) -> None:
    """Say how far it is."""
    await at_field(desk, "progress")
    await desk.press("enter", number)


async def test_done_before_it_is_ready_is_allowed_and_told(
    database: Path, ines: Store, tree: Tree, real_day: date
) -> None:
    planned(ines, tree, ready_plan=True, ready_tools=True)
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.press("F")
        await choose_progress(desk, "5")
        assert desk.hint == "Only what was done can be effective. Say first that it is done."
        await choose_progress(desk, "4")
        assert desk.hint == "Now done. Not today? Choose done once more. ^Z undoes it."
        await desk.reads(
            "#told", "Done, and still to tick: people, places and channels, what customers notice."
        )
        await desk.reads("#told", "Effective? No check has shown yet that it is being done")
        await choose_progress(desk, "5")
        assert desk.hint.startswith("Not effective yet. No check has shown yet")
        await desk.press("ctrl+z")
        await desk.misses("still to tick")
        await choose_progress(desk, "4")
    assert (only(ines).progress, only(ines).done_on) == (Progress.DONE, real_day)


async def test_what_was_done_on_another_day_says_which(
    database: Path, ines: Store, tree: Tree, real_day: date
) -> None:
    planned(ines, tree)
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.press("F")
        await choose_progress(desk, "4")
        assert desk.hint == "Now done. Not today? Choose done once more. ^Z undoes it."
        await choose_progress(desk, "4")
        await desk.sees("Done")
        await desk.burst(*["backspace"] * 10, *"yesterday", "enter")
        await desk.until(lambda: only(ines).done_on == real_day - timedelta(days=1))
        await desk.press("ctrl+z")
        await desk.until(lambda: only(ines).done_on == real_day)


async def test_what_is_rejected_is_kept_with_its_reason(
    database: Path, ines: Store, tree: Tree
) -> None:
    planned(ines, tree)
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.press("F")
        await choose_progress(desk, "7")
        await desk.press("enter")
        assert desk.hint == "Say why it is rejected: the reason is kept with it."
        await desk.burst(*"too dear", "enter")
        await desk.reads("#told", "Rejected: too dear.")
        await desk.press("escape")
        await desk.reads("#beside", "rejected: too dear")
        await desk.misses("→1")
    assert (only(ines).progress, only(ines).reason) == (Progress.REJECTED, "too dear")


async def test_a_check_that_is_not_met_opens_the_root_again(
    database: Path, ines: Store, tree: Tree, real_day: date
) -> None:
    item = planned(ines, tree)
    ines.apply(
        ines.numbered(1),
        SetProgress(countermeasure=item.id, progress=Progress.DONE, on=date(2026, 11, 2)),
    )
    measure = AddMeasure(
        countermeasure=item.id,
        definition="Complaints a week",
        facts=MeasureFacts(kind=MeasureKind.OUTCOME, baseline="14", target="none", days=60),
    )
    ines.apply(ines.numbered(1), measure)
    due = said(real_day + timedelta(days=14), real_day)
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.press("F")
        await desk.reads("#measures", "outcome Complaints a week now 14, target none, over 60 days")
        await at_field(desk, "measures")
        await desk.burst("c", *"in 2 weeks", "enter", *"bo", "enter")
        assert desk.hint == "Bo owns it, so somebody else should check it."
        await desk.press("ctrl+u")
        await desk.burst(*"Dana", "enter")
        await desk.reads("#measures", f"check {due} · Dana")
        await desk.burst("down", "enter", "enter", "2", *"9 on Friday", "enter")
        await desk.reads("#measures", "not met, today · 9 on Friday · Dana")
        await desk.reads("#told", "Not effective: Check not met: Complaints a week (9 on Friday).")
        await desk.press("escape")
        await desk.sees("did not help")
        await desk.reads("#beside", "It did not help, and nothing else is planned.")
    tree = ines.numbered(1)
    (there,) = tree.measures(only(ines))
    (check,) = tree.checks(there)
    assert (check.result, check.made_on) == (CheckResult.NOT_MET, real_day)
    assert only(ines).progress is Progress.NOT_EFFECTIVE


async def test_a_measure_is_typed_changed_and_deleted(
    database: Path, ines: Store, tree: Tree
) -> None:
    planned(ines, tree)
    async with meeting(database, (80, 24)) as desk:
        await at_root(desk)
        await desk.press("F")
        await at_field(desk, "measures")
        await desk.burst("a", *"Share of new forms", "enter", *"0 of 12", "enter", *"all", "enter")
        await desk.burst(*"soon", "enter")
        assert desk.hint.startswith("Window: “soon” is no number of days.")
        await desk.press("ctrl+u")
        await desk.type("8 weeks")
        await desk.sees("56 days")
        await desk.press("enter")
        await desk.reads("#measures", "process Share of new forms now 0 of 12, target all, over 56")
        await desk.press("enter", "shift+tab", "right", "ctrl+s")
        await desk.reads("#measures", "outcome Share of new forms")
        await desk.press("d")
        await desk.reads("#measures", "no measure yet")
        await desk.press("ctrl+z")
        await desk.reads("#measures", "outcome Share of new forms")
    (measure,) = ines.numbered(1).measures(only(ines))
    assert (measure.kind, measure.days) == (MeasureKind.OUTCOME, 56)


async def test_a_planned_check_gets_another_day(database: Path, ines: Store, tree: Tree) -> None:
    item = planned(ines, tree)
    after = ines.apply(ines.numbered(1), AddMeasure(countermeasure=item.id, definition="forms"))
    (measure,) = after.measures(item)
    ines.apply(after, PlanCheck(measure=measure.id, due=date(2026, 12, 9), checked_by="Dana"))
    async with meeting(database) as desk:
        await at_root(desk)
        await desk.press("F")
        await at_field(desk, "measures")
        await desk.press("down", "enter", "shift+tab", "shift+tab", "ctrl+u")
        await desk.type("in 3 weeks")
        await desk.press("ctrl+s")
        await desk.reads("#measures", "check Wed 23 Dec · Dana")
        await desk.press("d")
        await desk.misses("23 Dec")
    assert not ines.numbered(1).checks(measure)


# -- on every screen


async def test_every_field_can_be_reached_on_a_small_screen(
    database: Path, ines: Store, tree: Tree
) -> None:
    item = planned(ines, tree)
    for number in range(6):
        measure = AddMeasure(countermeasure=item.id, definition=f"measure {number}")
        ines.apply(ines.numbered(1), measure)
    async with meeting(database, (60, 20)) as desk:
        await at_root(desk)
        await desk.press("F")
        for name in ("due", "means", "ready", "notes"):
            await at_field(desk, name)
            await desk.until(lambda: in_view(desk), "the field is out of view")
            if name == "ready":
                await desk.sees("1 □ It is planned", "5 □ What customers will notice")
        await desk.press("shift+tab", *["down"] * 5)
        await desk.sees("measure 5")
        await desk.press(*["up"] * 5)
        await desk.sees("measure 0")


@pytest.fixture
def books(ines: Store) -> Tree:
    """The worked example with a root, and a plan in long sentences."""
    people = (NewPerson(name="Ines", role="host"), NewPerson(name="Bo", role="till"))
    tree = grow(ines, begun(ines, "customers are angry", people=people), BOOKS)
    root = named(tree, "The pile has no date on it")
    tree = ines.apply(tree, SetPart(cause=root.id, part=Part.ROOT, reason="Ours to write"))
    text = (
        "Every pile of forms carries the year on a coloured sheet, and whoever opens a new box "
        "takes the old pile away and signs for it on the sheet beside the till"
    )
    facts = CountermeasureFacts(
        owner="Bo", due=date(2026, 11, 20), means=Means.STANDARDISE, ready_plan=True
    )
    tree = ines.apply(tree, AddCountermeasure(cause=root.id, text=text, facts=facts))
    (item,) = tree.all_countermeasures()
    done = SetProgress(countermeasure=item.id, progress=Progress.DONE, on=date(2025, 11, 20))
    tree = ines.apply(tree, done)
    share = "Share of piles at all tills that carry this year's sheet, counted by the shift lead"
    measure = MeasureFacts(kind=MeasureKind.PROCESS, baseline="0 of 12", target="12 of 12", days=30)
    tree = ines.apply(tree, AddMeasure(countermeasure=item.id, definition=share, facts=measure))
    (added,) = tree.measures(item)
    command = PlanCheck(measure=added.id, due=date(2027, 1, 15), checked_by="Dana")
    return ines.apply(tree, command)


async def at_pile(desk: Desk) -> None:
    """Put the tree's cursor on the root of the worked example."""
    await desk.press("escape", "home", *["down"] * 5)
    await desk.reads("#beside", "The pile has no date on it")


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=named_size)
async def test_the_form(database: Path, size: tuple[int, int]) -> None:
    async with meeting(database, size) as desk:
        await at_pile(desk)
        await desk.press("f")
        await looks_like(desk, f"countermeasure-new-{named_size(size)}")
        await desk.press("escape", "F")
        await looks_like(desk, f"countermeasure-{named_size(size)}")


@pytest.mark.usefixtures("books")
async def test_the_form_in_plain_characters(database: Path) -> None:
    async with meeting(database, (80, 24), ascii_only=True) as desk:
        await at_pile(desk)
        await looks_like(desk, "tree-plan-ascii-80x24")
        await desk.press("F")
        await looks_like(desk, "countermeasure-ascii-80x24")


@pytest.mark.usefixtures("books")
async def test_the_tree_the_lists_and_the_small_forms(database: Path) -> None:
    async with meeting(database, (80, 24)) as desk:
        await at_pile(desk)
        await looks_like(desk, "tree-plan-80x24")
        await desk.press("F")
        await at_field(desk, "means")
        await desk.press("enter")
        await looks_like(desk, "means-80x24")
        await desk.press("escape")
        await at_field(desk, "measures")
        await looks_like(desk, "measures-80x24")
        await desk.press("enter")
        await looks_like(desk, "measure-80x24")
        await desk.press("escape", "down", "enter")
        await looks_like(desk, "check-80x24")
        await desk.press("escape", "escape", "f3", "c")
        await looks_like(desk, "plan-80x24")

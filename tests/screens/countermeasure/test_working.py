"""How far it is, and whether it worked."""

from datetime import date, timedelta
from pathlib import Path

from fivewhys.countermeasures.days import said
from fivewhys.models.commands import (
    AddMeasure,
    MeasureFacts,
    PlanCheck,
    SetProgress,
)
from fivewhys.models.plan_words import (
    CheckResult,
    MeasureKind,
    Progress,
)
from fivewhys.models.tree import Tree
from fivewhys.store.store import Store
from tests.screens.countermeasure.planning import at_field, at_root, only, planned
from tests.screens.driving import Desk, meeting


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

"""The form: begin a session with its problem, fill in the facts now or later."""

from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Input, Select

from fivewhys.models.commands import Facts, NewPerson, SetFacts
from fivewhys.models.tree import Tree
from fivewhys.models.words import Severity
from fivewhys.store.problems import StoreProblem
from fivewhys.store.store import Store
from tests.screens.conftest import OpenStore, begun
from tests.screens.driving import Desk, grow, meeting, sitting


async def at_field(desk: Desk, name: str) -> None:
    """Go to a field with Tab."""
    for _ in range(25):
        focused = desk.app.focused
        if focused is not None and focused.id == f"field-{name}":
            return
        await desk.press("tab")
    raise AssertionError(f"no way to the field {name}\n{desk.text}")


async def fill(desk: Desk, name: str, text: str) -> None:
    """Write into a field."""
    await at_field(desk, name)
    await desk.type(text)


async def test_the_problem_alone_begins_a_session(database: Path, ines: Store) -> None:
    async with sitting(database, (80, 24)) as desk:
        await desk.press("n", "enter")
        assert desk.hint == "Say in a few words what happened; all the rest may wait."
        await desk.type("  customers are  angry ")
        await desk.press("enter")
        await desk.sees("Why are customers angry?")
    tree = ines.numbered(1)
    assert tree.problem.text == "customers are angry"
    assert tree.session.facilitator == "Ines"
    # Enter pressed twice begins one session.
    assert ines.counts() == (1, 0)


async def test_two_quick_enters_begin_one_session(database: Path, ines: Store) -> None:
    async with sitting(database) as desk:
        await desk.press("n")
        await desk.burst(*"customers", "enter", "enter")
        await desk.sees("Why: customers?")
    assert ines.counts() == (1, 0)


async def test_everything_else_is_optional_and_kept(database: Path, ines: Store) -> None:
    written = {
        "expected": "the right price",
        "actual": "last year's price",
        "location": "counter 2",
        "since_when": "since Monday",
        "how_much": "12 of 80 orders",
        "site": "Harwick",
        "region": "North",
        "department": "Billing",
        "channel": "counter",
        "facilitator": "Rosa",
        "notes": "call back by Friday",
    }
    async with sitting(database) as desk:
        await desk.press("n")
        await desk.type("customers are angry")
        await fill(desk, "customer_words", "You charged me twice.\nAnd nobody listened.")
        for name, text in written.items():
            await fill(desk, name, text)
        desk.app.screen.query_one("#form").scroll_home(animate=False)
        desk.app.screen.query_one("#field-customer_words").focus()
        await desk.settled()
        await fill(desk, "severity", "")
        await desk.press("enter", "down", "down", "enter")
        await fill(desk, "noticed_at", "yesterday 14:00")
        await fill(desk, "time_box", "45 min")
        await fill(desk, "here", "Ines, host\nBo")
        await fill(desk, "away", "Dana, manager")
        await desk.press("ctrl+s")
        await desk.sees("Why are customers angry?", "00:00 / 45 min")
    tree = ines.numbered(1)
    session = tree.session
    assert {name: getattr(session, name) for name in written} == written
    assert session.customer_words == "You charged me twice.\nAnd nobody listened."
    assert session.severity is not None
    assert session.time_box == 45
    assert session.noticed_at is not None
    before = session.opened_at - timedelta(days=1)
    assert session.noticed_at.date() == before.date()
    assert (session.noticed_at.hour, session.noticed_at.minute) == (14, 0)
    assert [(each.name, each.role, each.here) for each in tree.people] == [
        ("Ines", "host", True),
        ("Bo", "", True),
        ("Dana", "manager", False),
    ]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("time_box", "an hour", "Time box: write the minutes as a number, for example 45."),
        ("time_box", "9" * 5000, "Time box: write the minutes as a number, for example 45."),
        ("noticed_at", "the other day", "is no date."),
    ],
)
async def test_what_is_not_understood_is_told_and_loses_nothing(
    database: Path, ines: Store, name: str, text: str, told: str
) -> None:
    async with sitting(database) as desk:
        await desk.press("n")
        await desk.type("customers are angry")
        await fill(desk, "site", "Harwick")
        await at_field(desk, name)
        await desk.paste(text)
        await desk.press("ctrl+s")
        await desk.sees(told)
        assert ines.counts() == (0, 0)
        field = desk.app.screen.query_one(f"#field-{name}", Input)
        assert field.value == text
        field.value = ""
        await desk.press("ctrl+s")
        await desk.sees("Why are customers angry?")
    assert ines.numbered(1).session.site == "Harwick"


async def test_fields_offer_what_was_written_before(database: Path, ines: Store) -> None:
    begun(ines, "one", site="Harwick", department="Billing")
    begun(ines, "two", site="Harwick")
    begun(ines, "three", site="Hartown")
    async with sitting(database) as desk:
        await desk.press("n")
        await desk.type("four")
        await at_field(desk, "site")
        await desk.press("h", "a", "r")
        # The most used first.
        await desk.until(lambda: "harwick" in desk.row_with("Site").lower())
        await desk.press("right")
        await fill(desk, "department", "b")
        await desk.until(lambda: "illing" in desk.row_with("Department"))
        await desk.press("right", "ctrl+s")
        await desk.sees("Why: four?")
    session = ines.numbered(4).session
    assert (session.site, session.department) == ("Harwick", "Billing")


async def test_f2_shows_what_is_known_and_changes_only_what_was_changed(
    database: Path, ines: Store, open_store: OpenStore
) -> None:
    tree = begun(
        ines,
        "customers are angry",
        people=(NewPerson(name="Ines", role="host"), NewPerson(name="Dana", here=False)),
        site="Harwick",
        department="Billing",
        severity=Severity.MAJOR,
        time_box=45,
        customer_words="You charged me twice.",
    )
    bo = open_store("Bo")
    async with meeting(database, (120, 60)) as desk:
        await desk.press("f2")
        await desk.sees("S-1  Details", "Harwick", "Billing", "major", "45", "Ines, host", "Dana")
        await desk.sees("You charged me twice.")
        # Meanwhile another person fills in another field.
        bo.apply(tree, SetFacts(facts=Facts(department="Front desk", region="North")))
        await at_field(desk, "site")
        await desk.press("end")
        await desk.type(" market")
        await desk.press("ctrl+s")
        assert desk.hint == "Details saved."
    session = ines.numbered(1).session
    assert (session.site, session.department, session.region) == (
        "Harwick market",
        "Front desk",
        "North",
    )
    assert (session.severity, session.time_box) == (Severity.MAJOR, 45)
    assert [each.name for each in ines.numbered(1).people] == ["Ines", "Dana"]


async def test_saving_nothing_changes_nothing(database: Path, ines: Store) -> None:
    begun(ines, "customers are angry", site="Harwick", time_box=45)
    before = ines.history(ines.numbered(1).session.id)
    async with meeting(database) as desk:
        await desk.press("f2", "ctrl+s")
        await desk.sees("Because")
    assert ines.history(ines.numbered(1).session.id) == before


async def test_facts_people_and_problem_can_be_changed_and_undone(
    database: Path, ines: Store
) -> None:
    begun(ines, "customers are angry", people=(NewPerson(name="Ines"),), severity=Severity.MINOR)
    before = ines.numbered(1)
    async with meeting(database, (120, 60)) as desk:
        await desk.press("f2")
        await desk.type(" about prices")
        desk.app.screen.query_one("#field-severity", Select).value = Select.NULL
        await fill(desk, "here", "\nBo, shift lead")
        await desk.press("ctrl+s")
        await desk.sees("S-1  customers are angry about prices")
        tree = ines.numbered(1)
        assert tree.session.severity is None
        assert {each.name for each in tree.people} == {"Ines", "Bo"}
        await desk.press("ctrl+z")
        assert desk.hint == "Undid: session details"
        await desk.misses("about prices")
    after = ines.numbered(1)
    assert (after.session, after.problem, after.people) == (
        before.session,
        before.problem,
        before.people,
    )


async def test_esc_keeps_the_facts_and_undo_takes_them_back(database: Path, ines: Store) -> None:
    begun(ines, "customers are angry", site="Harwick")
    before = ines.numbered(1)
    async with meeting(database) as desk:
        await desk.press("f2", "escape")
        await desk.sees("Because")
        assert ines.numbered(1) == before
        await desk.press("f2")
        await at_field(desk, "site")
        await desk.press("end")
        await desk.type(" market")
        await desk.press("escape")
        await desk.sees("Because", "Details saved.")
        assert ines.numbered(1).session.site == "Harwick market"
        await desk.press("ctrl+z")
        assert ines.numbered(1).session == before.session


async def test_esc_says_what_cannot_be_saved_and_a_second_one_leaves_it(
    database: Path, ines: Store
) -> None:
    begun(ines, "customers are angry", site="Harwick")
    before = ines.numbered(1)
    async with meeting(database) as desk:
        await desk.press("f2")
        await fill(desk, "time_box", "an hour")
        await desk.press("escape")
        await desk.sees("Time box: write the minutes as a number, for example 45.")
        assert desk.hint.startswith("That is not saved yet. Mend it, or Esc again")
        await desk.press("escape")
        await desk.sees("Because")
    assert ines.numbered(1) == before


async def test_the_form_of_a_session_not_begun_is_kept(database: Path, ines: Store) -> None:
    async with sitting(database) as desk:
        await desk.press("n")
        await desk.type("customers are angry")
        await fill(desk, "site", "Harwick")
        await fill(desk, "here", "Ines, host\nBo")
        desk.app.screen.query_one("#field-severity", Select).value = Severity.MAJOR
        await desk.press("escape")
    async with sitting(database) as desk:
        await desk.press("n")
        await desk.sees("customers are angry", "Harwick", "major")
        await desk.press("ctrl+s")
        await desk.sees("Why are customers angry?")
        await desk.press("escape", "q", "n")
        await desk.misses("Harwick")
    tree = ines.numbered(1)
    assert (tree.session.site, tree.session.severity) == ("Harwick", Severity.MAJOR)
    assert len(tree.people) == 2


async def test_an_emptied_problem_is_refused(database: Path, ines: Store) -> None:
    begun(ines, "customers are angry")
    async with meeting(database) as desk:
        await desk.press("f2", "ctrl+u", "ctrl+s")
        assert desk.hint == "Say in a few words what happened; all the rest may wait."
        await desk.paste("\u202e\x1b[0m")
        await desk.press("ctrl+s")
        assert ines.numbered(1).problem.text == "customers are angry"


async def test_a_failing_store_leaves_the_form_as_it_is(
    database: Path, ines: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> Tree:
        raise StoreProblem("The disk is full, so this was not saved.")

    async with sitting(database) as desk:
        await desk.press("n")
        await desk.type("customers are angry")
        await fill(desk, "site", "Harwick")
        with monkeypatch.context() as broken:
            broken.setattr(Store, "start", full)
            await desk.press("ctrl+s")
            await desk.sees("The disk is full, so this was not saved.", "Harwick")
            await desk.sees("customers are angry")
        await desk.press("ctrl+s")
        await desk.sees("Why are customers angry?")
    assert ines.numbered(1).session.site == "Harwick"


async def test_every_field_can_be_reached_on_a_small_screen(database: Path, ines: Store) -> None:
    grow(ines, begun(ines), "overcharged")
    async with meeting(database, (60, 20)) as desk:
        await desk.press("f2")
        for name in ("customer_words", "severity", "time_box", "notes"):
            await at_field(desk, name)
            # The form scrolls after the field has the focus.
            await desk.until(lambda: in_view(desk), "the field is out of view")


def in_view(desk: Desk) -> bool:
    """Whether the focused field stands between the first row and the hint."""
    focused = desk.app.focused
    assert focused is not None
    return focused.region.y > 0 and focused.region.bottom <= desk.app.size.height - 2

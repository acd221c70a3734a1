"""What the guide asks in the reserved row of a live session, and what its keys do."""

from pathlib import Path

import pytest

from fivewhys.models.commands import Facts, NewPerson, SetFacts, StartSession
from fivewhys.models.tree import Tree
from fivewhys.models.words import Leg, Part, RootPoint, Status, StopReason
from fivewhys.screens import guiding
from fivewhys.store.store import Store
from tests.screens.driving import grow, meeting, named, outline, sitting

COMPOUND = "The queue was short one line, and the menu misrouted calls as well"
TWO_LEVELS = "Timed out because the limit is 5 min"


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guide looks at once when the typing stops."""
    monkeypatch.setattr(guiding, "STILL_SECONDS", 0.02)


async def test_a_typed_answer_is_asked_about_once_the_typing_stops(
    database: Path, ines: Store, angry: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.type("Poor communication")
        await desk.until(lambda: "Tell one observed case" in desk.hint)
        assert desk.hint.endswith("^N not now")
        # Nothing moved, nothing is in the way.
        await desk.type(" between shifts\r")
        await desk.sees("► Poor communication between shifts")
        await desk.until(lambda: "Tell one observed case" in desk.hint)
    assert outline(ines.tree(angry.session.id)) == "Poor communication between shifts"


async def test_a_good_answer_is_left_alone(database: Path, angry: Tree) -> None:
    async with meeting(database) as desk:
        await desk.until(lambda: "^N not now" in desk.hint)
        await desk.press("ctrl+n")
        await desk.type("The checklist does not mention refunds")
        await desk.restless(0.1)
        assert "^N not now" not in desk.hint
        await desk.press("enter")
        await desk.restless(0.1)
        assert desk.hint == ""


async def test_two_causes_are_split_with_one_key_and_one_undo(
    database: Path, ines: Store, angry: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.type(f"{COMPOUND}\r")
        await desk.until(lambda: "^T split in two" in desk.hint)
        await desk.press("ctrl+t")
        first, second = outline(ines.tree(angry.session.id)).split("\n")
        assert first == "The queue was short one line"
        assert second.startswith("The menu misrouted calls")
        await desk.press("ctrl+z")
    assert outline(ines.tree(angry.session.id)) == COMPOUND


async def test_what_is_offered_for_a_typed_answer_gives_it_first(
    database: Path, ines: Store, angry: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.type(TWO_LEVELS)
        await desk.until(lambda: "^T two levels" in desk.hint)
        await desk.press("ctrl+t")
        await desk.sees("Why is the limit 5 min?")
        assert desk.box == ""
        # What is done again leads to where it led the first time.
        await desk.press("ctrl+z", "ctrl+z")
        await desk.sees("Why are customers angry?")
        await desk.press("ctrl+y", "ctrl+y")
        await desk.sees("Why is the limit 5 min?")
    assert outline(ines.tree(angry.session.id)) == "Timed out\n  The limit is 5 min"


async def test_a_guess_is_marked_suspected(database: Path, ines: Store, angry: Tree) -> None:
    async with meeting(database) as desk:
        await desk.type("Probably the release broke the menu\r")
        await desk.until(lambda: "^T suspected" in desk.hint)
        await desk.press("ctrl+t")
    cause = named(ines.tree(angry.session.id), "Probably the release broke the menu")
    assert cause.status is Status.SUSPECTED


async def test_what_is_not_ours_becomes_a_condition_and_the_asking_goes_on(
    database: Path, ines: Store, angry: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.type("The vendor changed the API\r")
        await desk.until(lambda: "^T a condition" in desk.hint)
        await desk.press("ctrl+t")
        await desk.sees("Why are customers angry?")
    assert named(ines.tree(angry.session.id), "The vendor changed the API").part is Part.CONDITION


async def test_a_dismissed_question_is_kept_and_not_asked_again(
    database: Path, ines: Store, angry: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.type("Poor communication\r")
        await desk.until(lambda: "Tell one observed case" in desk.hint)
        await desk.press("ctrl+n")
        assert desk.hint == "Not asked again. ^N once more says why."
        await desk.press("ctrl+n")
        await desk.sees("Not asked again because")
        await desk.type("it is the customer's own word\r")
        await desk.press("escape")
        await desk.press("e", "enter")
        await desk.restless(0.1)
        assert "Tell one observed case" not in desk.hint
    tree = ines.tree(angry.session.id)
    (kept,) = tree.dismissals(named(tree, "Poor communication").id)
    assert (kept.rule, kept.reason) == ("vague", "it is the customer's own word")
    assert kept.prompt.startswith("Tell one observed case")
    assert kept.rule_set
    assert kept.said_by == "Ines"


async def test_a_typed_answer_that_was_dismissed_is_not_asked_about_when_it_is_given(
    database: Path, ines: Store, angry: Tree
) -> None:
    async with meeting(database) as desk:
        await desk.type("Poor communication")
        await desk.until(lambda: "Tell one observed case" in desk.hint)
        await desk.press("ctrl+n")
        await desk.type(" in the team\r")
        await desk.sees("► Poor communication in the team")
        await desk.restless(0.1)
        assert "^N" not in desk.hint


async def test_people_in_the_room_are_names(database: Path, ines: Store, angry: Tree) -> None:
    people = (NewPerson(name="Grace"), NewPerson(name="May"))
    ines.apply(angry, SetFacts(facts=Facts(), people=people))
    async with meeting(database) as desk:
        await desk.type("Grace forgot to sign it\r")
        await desk.until(lambda: "What did the process rely on" in desk.hint)


async def test_an_answer_that_repeats_the_problem_is_seen(database: Path, angry: Tree) -> None:
    async with meeting(database) as desk:
        await desk.type("The price form was wrong\rThe customers are angry\r")
        await desk.until(lambda: "A repeat, or a real loop" in desk.hint)


async def test_a_vague_problem_is_asked_about_softly_when_the_session_starts(
    database: Path, ines: Store
) -> None:
    async with sitting(database, (80, 24)) as desk:
        await desk.press("n")
        await desk.type("Bad support\r")
        await desk.until(lambda: "State the gap: expected, actual, where" in desk.hint)
        await desk.press("ctrl+n")
        await desk.restless(0.1)
    tree = ines.numbered(1)
    assert [kept.rule for kept in tree.dismissals(tree.problem.id)] == ["problem"]
    async with meeting(database, (80, 24)) as desk:
        await desk.restless(0.1)
        assert "State the gap" not in desk.hint


async def test_a_measured_problem_is_left_alone(database: Path, ines: Store) -> None:
    ines.start(StartSession(problem="Line 3 stopped for 94 minutes on 12 March"))
    async with meeting(database) as desk:
        await desk.restless(0.1)
        assert desk.hint == ""


async def test_what_else_after_three_single_levels(
    database: Path, ines: Store, angry: Tree
) -> None:
    grow(ines, angry, "the price form was wrong\n  the new form was not ordered")
    async with meeting(database) as desk:
        await desk.sees("Why was the new form not ordered?")
        await desk.type("the order sheet went to the old address\r")
        await desk.until(lambda: "What else had to be true?" in desk.hint)
        await desk.press("ctrl+t")
        await desk.sees("Why was the new form not ordered?")


async def test_a_root_shows_its_list_and_then_the_second_leg(
    database: Path, ines: Store, angry: Tree
) -> None:
    grow(ines, angry, "form\n  not ordered\n    post empty\n      no rule says who orders")
    async with meeting(database, (80, 24)) as desk:
        await desk.press("ctrl+g")
        await desk.sees("Is it a root?", "1 □ a process, design, rule or decision")
        await desk.press("tab", "1", "8")
        await desk.sees("1 ✓ a process", "8 ✓ “what else?” was asked")
        await desk.press("enter")
        await desk.type("it is our rule\r")
        await desk.misses("Is it a root?")
        await desk.until(lambda: "why was it not noticed sooner?" in desk.hint)
        await desk.press("ctrl+t")
        await desk.sees("Why was it not noticed sooner?", "none yet")
        await desk.type("nobody compares the forms\r")
    tree = ines.tree(angry.session.id)
    root = named(tree, "no rule says who orders")
    assert root.is_root
    assert tree.checked_points(root.id) == {RootPoint.PROCESS, RootPoint.WHAT_ELSE}
    second = named(tree, "nobody compares the forms")
    assert (second.leg, second.parent_id) == (Leg.DETECTION, tree.problem.id)


async def test_the_list_of_a_root_waits_after_its_reason(
    database: Path, ines: Store, angry: Tree
) -> None:
    grow(ines, angry, "form\n  not ordered\n    post empty\n      no rule says who orders")
    async with meeting(database, (80, 24)) as desk:
        await desk.press("ctrl+g")
        await desk.type("it is our rule\r")
        await desk.sees("Is it a root?   Tab, then 1-8 ticks")
        await desk.press("tab", "1", "8")
        await desk.sees("1 ✓ a process", "8 ✓ “what else?” was asked")
        await desk.press("enter")
        await desk.misses("Is it a root?")
        await desk.type("the post was cut\r")
        await desk.sees("Why was the post cut?")
        # Whoever goes on without it loses nothing, and it makes room.
        await desk.press("ctrl+g")
        await desk.type("a rule too\r")
        await desk.sees("Is it a root?")
        await desk.type("money was short\r")
        await desk.misses("Is it a root?")
        await desk.sees("Why was money short?")
        await desk.press("ctrl+g")
        await desk.type("ours\r")
        await desk.sees("Is it a root?")
        await desk.press("escape")
        await desk.misses("Is it a root?")
        await desk.sees("In the tree")
    tree = ines.tree(angry.session.id)
    first = named(tree, "no rule says who orders")
    assert tree.checked_points(first.id) == {RootPoint.PROCESS, RootPoint.WHAT_ELSE}
    assert len(tree.roots()) == 3


async def test_the_list_of_a_root_opens_from_the_tree(
    database: Path, ines: Store, angry: Tree
) -> None:
    grow(ines, angry, "form")
    async with meeting(database) as desk:
        await desk.press("escape", "b")
        assert desk.hint == "That is no root. r marks it, and its list comes with it."
        await desk.press("r", "enter", "b")
        await desk.sees("Is it a root?   1-8 ticks, Enter goes on")
        await desk.press("3", "3", "2", "escape")
        await desk.misses("Is it a root?")
        await desk.sees("In the tree")
    tree = ines.tree(angry.session.id)
    assert tree.checked_points(named(tree, "form").id) == {RootPoint.EVIDENCE}


async def test_a_shallow_root_gets_a_hint(database: Path, ines: Store, angry: Tree) -> None:
    grow(ines, angry, "form")
    async with meeting(database) as desk:
        await desk.press("ctrl+g", "enter")
        await desk.until(lambda: "Still an event?" in desk.hint)


@pytest.mark.parametrize(
    ("typed", "stop", "reason"),
    [
        ("2 Dana looks it up by Friday", StopReason.EVIDENCE_PENDING, "Dana looks it up by Friday"),
        ("1", StopReason.OUTSIDE_CONTROL, "outside our control"),
        ("handed over to line 2", StopReason.HANDED_OVER, "handed over to line 2"),
        ("12 weeks of leave", None, "12 weeks of leave"),
        ("we are tired", None, "we are tired"),
    ],
)
async def test_a_branch_stops_for_one_of_the_reasons(
    database: Path, ines: Store, angry: Tree, typed: str, stop: StopReason | None, reason: str
) -> None:
    grow(ines, angry, "form")
    async with meeting(database) as desk:
        await desk.press("escape", "s")
        await desk.type(f"{typed}\r")
        await desk.sees("Kept.")
    cause = named(ines.tree(angry.session.id), "form")
    assert (cause.status, cause.stop, cause.reason) == (Status.STOPPED, stop, reason)


async def test_f5_asks_how_and_why_again(database: Path, ines: Store, angry: Tree) -> None:
    grow(ines, angry, "the belt broke twice")
    async with meeting(database) as desk:
        await desk.press("f5")
        await desk.sees("How did the belt break twice?")
        assert named(ines.tree(angry.session.id), "the belt broke twice").question.startswith("How")
        await desk.press("f5")
        await desk.sees("Why did the belt break twice?")
    assert named(ines.tree(angry.session.id), "the belt broke twice").question == ""

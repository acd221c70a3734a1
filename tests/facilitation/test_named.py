"""Who is known by name in a session, though nobody entered the people in the room."""

from fivewhys.facilitation.lint import findings
from fivewhys.facilitation.named import named
from fivewhys.models.commands import AddEvidence, NewPerson
from tests.building import answer, do, session

PROBLEM = "9 of 20 refunds took 19 days in October instead of 5"


def test_those_in_the_room_come_first_then_whoever_is_written_down() -> None:
    tree = session(PROBLEM, people=(NewPerson(name="Mircea Popa"),))
    tree, cause = answer(tree, tree.problem.id, "The list is long", said_by="Dr Osei")
    tree = do(tree, AddEvidence(cause=cause.id, text="40 lines", said_by="Will Price"))
    found = named(tree)
    assert found[0] == "Mircea Popa"
    assert {"Osei", "Will"} < set(found)
    assert len(found) == len(set(found))


def test_teams_and_notes_are_no_names() -> None:
    tree = session(PROBLEM)
    before = named(tree)
    for who in ("Kitchen", "maintainers", "the night shift", "Somebody Of The Day Shift"):
        tree, _ = answer(tree, tree.problem.id, f"{who} has a list", said_by=who)
    assert named(tree) == before


def test_whoever_said_something_is_known_to_lint() -> None:
    tree = session(PROBLEM)
    tree, _ = answer(tree, tree.problem.id, "The list is long", said_by="Will")
    tree, _ = answer(tree, tree.problem.id, "Will forgot the list")
    assert [one.prompt.rule for one in findings(tree)] == ["blame"]

"""Which commands open a finished session again: those that leave a question open that was not."""

from collections.abc import Callable

import pytest

from fivewhys.models.commands import (
    AddEvidence,
    Answer,
    AskInstead,
    Command,
    DeleteCause,
    DeleteParked,
    EditCause,
    MoveCause,
    Park,
    ParkCause,
    SetFacts,
    SetLeg,
    SetPart,
    SetSaidBy,
    SetStatus,
    UseParked,
)
from fivewhys.models.tree import Tree
from fivewhys.models.words import Leg, Part, State, Status
from tests.building import do, finished
from tests.models.commands.asking import key

Makes = Callable[[Tree], Command]


@pytest.fixture
def done(tree: Tree) -> Tree:
    """bill → {list: root, till: ruled out}, wait → {van: stopped}, one parked idea; finished."""
    tree = do(tree, SetPart(cause=key(tree, "list"), part=Part.ROOT))
    tree = do(tree, SetStatus(cause=key(tree, "till"), status=Status.RULED_OUT, reason="we looked"))
    tree = do(tree, SetStatus(cause=key(tree, "van"), status=Status.STOPPED, reason="not ours"))
    tree = finished(do(tree, Park(text="old prices")))
    assert tree.open_questions() == []
    return tree


@pytest.mark.parametrize(
    "command",
    [
        lambda tree: Answer(parent=key(tree, "bill"), text="x"),
        lambda tree: UseParked(parked=tree.parked[0].id, parent=key(tree, "bill"), text="x"),
        lambda tree: SetStatus(cause=key(tree, "till"), status=Status.OPEN),
        lambda tree: SetStatus(cause=key(tree, "van"), status=Status.SUSPECTED),
        lambda tree: SetPart(cause=key(tree, "list"), part=None),
        lambda tree: SetPart(cause=key(tree, "list"), part=Part.CONTRIBUTING),
        lambda tree: MoveCause(cause=key(tree, "van"), parent=key(tree, "bill")),
        lambda tree: DeleteCause(cause=key(tree, "van")),
        lambda tree: ParkCause(cause=key(tree, "van")),
    ],
    ids=lambda make: "",
)
def test_a_question_that_opens_opens_the_session(done: Tree, command: Makes) -> None:
    after = do(done, command(done))
    assert after.open_questions()
    assert (after.session.state, after.session.finished_at) == (State.OPEN, None)


@pytest.mark.parametrize(
    "command",
    [
        lambda tree: EditCause(cause=key(tree, "list"), text="x"),
        lambda tree: AskInstead(cause=key(tree, "bill"), question="x"),
        lambda tree: SetLeg(cause=key(tree, "list"), leg=Leg.SYSTEM),
        lambda tree: SetSaidBy(cause=key(tree, "list"), name="Bo"),
        lambda tree: AddEvidence(cause=key(tree, "list"), text="x"),
        lambda tree: SetFacts(problem="x"),
        lambda tree: Park(text="x"),
        lambda tree: DeleteParked(parked=tree.parked[0].id),
        lambda tree: SetPart(cause=key(tree, "list"), part=Part.ROOT, reason="ours to change"),
        lambda tree: SetPart(cause=key(tree, "van"), part=Part.CONTRIBUTING),
        lambda tree: SetStatus(cause=key(tree, "list"), status=Status.VERIFIED),
        lambda tree: SetStatus(cause=key(tree, "wait"), status=Status.RULED_OUT, reason="x"),
        lambda tree: MoveCause(
            cause=key(tree, "till"), parent=key(tree, "bill"), before=key(tree, "list")
        ),
        lambda tree: MoveCause(cause=key(tree, "list"), parent=key(tree, "wait")),
        lambda tree: DeleteCause(cause=key(tree, "till")),
        lambda tree: ParkCause(cause=key(tree, "till")),
    ],
    ids=lambda make: "",
)
def test_what_opens_no_question_leaves_it_finished(done: Tree, command: Makes) -> None:
    after = do(done, command(done))
    assert after != done
    assert after.session.state is State.FINISHED


def test_a_question_that_was_open_when_it_was_finished_opens_nothing(tree: Tree) -> None:
    tree = finished(tree)
    for status in (Status.SUSPECTED, Status.VERIFIED):
        tree = do(tree, SetStatus(cause=key(tree, "till"), status=status))
        assert tree.session.state is State.FINISHED


def test_a_session_that_goes_on_stays_as_it_is(tree: Tree) -> None:
    tree = do(tree, SetPart(cause=key(tree, "list"), part=Part.ROOT))
    assert do(tree, SetPart(cause=key(tree, "list"), part=None)).session == tree.session

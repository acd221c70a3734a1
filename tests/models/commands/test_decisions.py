"""What is known of a cause and what part it plays, each with its reason."""

import pytest

from fivewhys.models.commands import SetPart, SetStatus
from fivewhys.models.tree import Tree
from fivewhys.models.words import Part, Status, StopReason
from tests.building import answer, do, moment
from tests.models.commands.asking import key, node, refusal, ruled_out


@pytest.mark.parametrize(
    ("status", "word"), [(Status.RULED_OUT, "ruled out"), (Status.STOPPED, "stopped")]
)
def test_ruling_out_and_stopping_need_a_reason(tree: Tree, status: Status, word: str) -> None:
    assert refusal(tree, SetStatus(cause=key(tree, "till"), status=status)) == (
        f"Say why it is {word}: the reason is kept with it."
    )
    tree = do(tree, SetStatus(cause=key(tree, "till"), status=status, reason="we looked"))
    assert (node(tree, "till").status, node(tree, "till").reason) == (status, "we looked")


def test_a_reason_goes_with_what_it_was_for(tree: Tree) -> None:
    out = SetStatus(cause=key(tree, "till"), status=Status.RULED_OUT, reason="we looked")
    tree = do(do(tree, out), SetStatus(cause=key(tree, "till"), status=Status.VERIFIED, reason="x"))
    assert (node(tree, "till").status, node(tree, "till").reason) == (Status.VERIFIED, "")


def test_a_known_reason_to_stop_needs_no_words(tree: Tree) -> None:
    till = key(tree, "till")
    stopped = SetStatus(cause=till, status=Status.STOPPED, stop=StopReason.OUT_OF_TIME)
    tree = do(tree, stopped)
    assert (node(tree, "till").stop, node(tree, "till").reason) == (StopReason.OUT_OF_TIME, "")
    more = SetStatus(
        cause=till, status=Status.STOPPED, stop=StopReason.EVIDENCE_PENDING, reason="Bo, by Friday"
    )
    tree = do(tree, more)
    assert node(tree, "till").stop is StopReason.EVIDENCE_PENDING
    assert node(tree, "till").reason == "Bo, by Friday"
    tree = do(tree, SetStatus(cause=till, status=Status.STOPPED, reason="enough"))
    assert (node(tree, "till").stop, node(tree, "till").reason) == (None, "enough")


def test_a_reason_to_stop_goes_where_the_asking_goes_on(tree: Tree) -> None:
    till = key(tree, "till")
    stopped = do(tree, SetStatus(cause=till, status=Status.STOPPED, stop=StopReason.TOO_COMPLEX))
    asked, _ = answer(stopped, till, "the roll is empty")
    assert (node(asked, "till").status, node(asked, "till").stop) == (Status.OPEN, None)
    verified = SetStatus(cause=till, status=Status.VERIFIED, stop=StopReason.TOO_COMPLEX)
    assert node(do(stopped, verified), "till").stop is None
    out = SetStatus(cause=till, status=Status.RULED_OUT, stop=StopReason.TOO_COMPLEX)
    assert refusal(tree, out) == "Say why it is ruled out: the reason is kept with it."


def test_a_condition_waits_for_no_why_and_is_no_root(tree: Tree) -> None:
    till = key(tree, "till")
    assert "till" in [cause.text for cause in tree.open_questions()]
    tree = do(tree, SetPart(cause=till, part=Part.CONDITION, reason="it rains there"))
    assert [cause.text for cause in tree.conditions()] == ["till"]
    assert "till" not in [cause.text for cause in tree.open_questions()]
    assert (tree.roots(), tree.contributing()) == ([], [])
    out = SetStatus(cause=key(tree, "bill"), status=Status.RULED_OUT, reason="it is right")
    assert do(tree, out).conditions() == []


def test_a_ruled_out_cause_plays_no_part(tree: Tree) -> None:
    tree = do(tree, SetPart(cause=key(tree, "till"), part=Part.ROOT, reason="ours to change"))
    assert node(tree, "till").part_reason == "ours to change"
    out = SetStatus(cause=key(tree, "till"), status=Status.RULED_OUT, reason="we looked")
    tree = do(tree, out)
    assert (node(tree, "till").part, node(tree, "till").part_reason) == (None, "")
    assert refusal(tree, SetPart(cause=key(tree, "till"), part=Part.ROOT)) == ruled_out("till")
    assert SetPart(cause=key(tree, "till"), part=None).plan(tree, moment()) == []


def test_a_part_can_be_taken_back_with_its_reason(tree: Tree) -> None:
    tree = do(tree, SetPart(cause=key(tree, "till"), part=Part.CONTRIBUTING, reason="a little"))
    tree = do(tree, SetPart(cause=key(tree, "till"), part=None, reason="x"))
    assert (node(tree, "till").part, node(tree, "till").part_reason) == (None, "")


def test_the_first_root_stops_the_sessions_clock(tree: Tree) -> None:
    tree = do(tree, SetPart(cause=key(tree, "till"), part=Part.CONTRIBUTING))
    assert tree.session.root_found_at is None
    tree = do(tree, SetPart(cause=key(tree, "till"), part=Part.ROOT))
    found = tree.session.root_found_at
    assert found is not None
    tree = do(tree, SetPart(cause=key(tree, "till"), part=Part.ROOT, reason="ours to change"))
    tree = do(tree, SetPart(cause=key(tree, "list"), part=Part.ROOT))
    assert tree.session.root_found_at == found
    for text in ("till", "list"):
        tree = do(tree, SetPart(cause=key(tree, text), part=None))
    assert tree.session.root_found_at == found
    tree = do(tree, SetPart(cause=key(tree, "van"), part=Part.ROOT))
    assert tree.session.root_found_at is not None
    assert tree.session.root_found_at > found

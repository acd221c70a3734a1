"""Ideas are kept aside, used and dropped."""

from fivewhys.models.commands import (
    AddEvidence,
    DeleteParked,
    Park,
    ParkCause,
    SetSaidBy,
    SetStatus,
    UseParked,
)
from fivewhys.models.tree import Tree
from fivewhys.models.words import Status
from tests.building import do
from tests.models.commands.asking import key, node, order, refusal, ruled_out


def test_an_idea_is_parked_used_and_dropped(tree: Tree) -> None:
    tree = do(do(tree, Park(text="old prices", said_by="Bo")), Park(text="new prices"))
    old, new = tree.parked
    assert (old.text, new.text) == ("old prices", "new prices")
    use = UseParked(parked=old.id, parent=key(tree, "till"), text="prices are old")
    tree = do(tree, use)
    assert tree.parked == (new,)
    assert node(tree, "prices are old").said_by == "Bo"
    tree = do(tree, DeleteParked(parked=new.id))
    assert tree.parked == ()
    assert refusal(tree, use) == "That idea is no longer parked."
    assert refusal(tree, DeleteParked(parked=new.id)) == "That idea is no longer parked."


def test_an_idea_is_not_used_where_no_answer_would_go(tree: Tree) -> None:
    out = SetStatus(cause=key(tree, "till"), status=Status.RULED_OUT, reason="we looked")
    tree = do(do(tree, out), Park(text="old prices"))
    use = UseParked(parked=tree.parked[0].id, parent=key(tree, "till"), text="old prices")
    assert refusal(tree, use) == ruled_out("till")


def test_a_cause_can_be_parked_while_nothing_hangs_on_it(tree: Tree) -> None:
    said = do(tree, SetSaidBy(cause=key(tree, "till"), name="Bo"))
    parked = do(said, ParkCause(cause=key(tree, "till")))
    assert [(idea.text, idea.said_by) for idea in parked.parked] == [("till", "Bo")]
    assert order(parked, "bill") == ["list"]
    full = "Only a cause with nothing on it can be parked. Move it or rule it out."
    assert refusal(tree, ParkCause(cause=key(tree, "bill"))) == full
    shown = do(tree, AddEvidence(cause=key(tree, "till"), text="12 receipts"))
    assert refusal(shown, ParkCause(cause=key(tree, "till"))) == full

"""Which causes count: what hangs under a ruled-out cause explains nothing until that is undone."""

from fivewhys.models.commands import SetPart, SetStatus
from fivewhys.models.words import Part, Status
from tests.building import answer, chain, do, session


def test_roots_in_a_ruled_out_branch_count_no_more() -> None:
    tree = session()
    tree, form = answer(tree, tree.problem.id, "The form is wrong")
    tree, orders = answer(tree, form.id, "Nobody orders forms")
    tree, rule = answer(tree, orders.id, "There is no rule")
    tree, till = answer(tree, tree.problem.id, "The till is wrong")
    for cause in (rule, till):
        tree = do(tree, SetPart(cause=cause.id, part=Part.ROOT, reason="Ours"))
    tree = do(tree, SetPart(cause=orders.id, part=Part.CONTRIBUTING, reason="Made it likelier"))
    assert [root.id for root in tree.roots()] == [rule.id, till.id]
    out = do(tree, SetStatus(cause=form.id, status=Status.RULED_OUT, reason="It is right"))
    assert [root.id for root in out.roots()] == [till.id]
    assert out.contributing() == []
    assert out.causes[rule.id].is_root
    back = do(out, SetStatus(cause=form.id, status=Status.OPEN))
    assert [root.id for root in back.roots()] == [rule.id, till.id]
    assert [cause.id for cause in back.contributing()] == [orders.id]


def test_ruled_out_causes_in_a_ruled_out_branch_are_still_told() -> None:
    tree = session()
    tree, form = answer(tree, tree.problem.id, "The form is wrong")
    tree, orders = answer(tree, form.id, "Nobody orders forms")
    for cause in (orders, form):
        tree = do(tree, SetStatus(cause=cause.id, status=Status.RULED_OUT, reason="No"))
    assert [cause.id for cause in tree.ruled_out()] == [form.id, orders.id]


def test_root_ten_thousand_whys_below_a_ruled_out_cause() -> None:
    tree = chain(10_000)
    first = tree.children(tree.problem.id)[0]
    tree = do(tree, SetPart(cause=tree.open_questions()[-1].id, part=Part.ROOT))
    assert len(tree.roots()) == 1
    assert do(tree, SetStatus(cause=first, status=Status.RULED_OUT, reason="No")).roots() == []

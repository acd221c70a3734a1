"""How well sessions are analysed, counted from their trees and told without ranking anybody."""

from datetime import UTC, date

from fivewhys.models.commands import (
    AddEvidence,
    AnswerLink,
    CheckRoot,
    DismissPrompt,
    SetLeg,
    SetPart,
    SetStatus,
)
from fivewhys.models.tree import Tree
from fivewhys.models.values import Cause
from fivewhys.models.words import Leg, LinkQuestion, Part, RootPoint, Status, Verdict
from fivewhys.review.counting import Counts, counts
from tests.building import answer, do, session
from tests.review.by_columns import qualities, quality
from tests.review.plain.rows import QualityRow
from tests.review.rows import at

NOTHING = Counts(0, 0, 0, 0, 0, 0, 0, 0, None)


def chain() -> tuple[Tree, Cause, Cause]:
    """Two answers, the second of them root."""
    tree = session("31 customers were overcharged on 3 March")
    tree, form = answer(tree, tree.problem.id, "The price form was that of last year")
    tree, order = answer(tree, form.id, "No rule says who orders the forms")
    return do(tree, SetPart(cause=order.id, part=Part.ROOT, reason="Ours")), form, order


def test_a_session_without_answers_has_nothing_to_count() -> None:
    assert counts(session()) == NOTHING


def test_evidence_points_and_depth_of_roots() -> None:
    tree, form, order = chain()
    tree = do(tree, AddEvidence(cause=order.id, text="The rules, page 4"))
    tree = do(tree, CheckRoot(cause=order.id, point=RootPoint.EVIDENCE, held=True))
    tree = do(tree, CheckRoot(cause=form.id, point=RootPoint.EVIDENCE, held=True))
    found = counts(tree)
    assert (found.causes, found.roots, found.with_evidence, found.points) == (2, 1, 1, 1)
    assert found.depth == 2


def test_evidence_that_contradicts_supports_nothing() -> None:
    tree, _, order = chain()
    tree = do(tree, AddEvidence(cause=order.id, text="The rules, page 4", supports=False))
    assert counts(tree).with_evidence == 0


def test_read_back_and_legs() -> None:
    tree, form, order = chain()
    assert (counts(tree).questions, counts(tree).answered) == (4, 0)
    for cause, question in (
        (order, LinkQuestion.FOLLOWS),
        (form, LinkQuestion.FOLLOWS),
        (order, LinkQuestion.WITHOUT),
        (order, LinkQuestion.ALWAYS),
    ):
        tree = do(tree, AnswerLink(cause=cause.id, question=question, verdict=Verdict.NO))
    assert counts(tree).answered == 4
    tree = do(tree, SetLeg(cause=form.id, leg=Leg.OCCURRENCE))
    tree = do(tree, SetLeg(cause=order.id, leg=Leg.OCCURRENCE))
    assert counts(tree).legs == 1
    tree = do(tree, SetLeg(cause=order.id, leg=Leg.SYSTEM))
    assert counts(tree).legs == 2


def test_blame_stands_until_it_is_reworded_or_put_aside() -> None:
    tree = session("31 customers were overcharged on 3 March")
    tree, blamed = answer(tree, tree.problem.id, "The clerk was careless")
    assert counts(tree).blame == 1
    aside = DismissPrompt(cause=blamed.id, rule="blame", rule_set="1", prompt="What …?", reason="")
    assert counts(do(tree, aside)).blame == 0


def test_nothing_in_a_ruled_out_branch_counts() -> None:
    tree, form, order = chain()
    tree = do(tree, AddEvidence(cause=order.id, text="The rules, page 4"))
    tree = do(tree, SetStatus(cause=form.id, status=Status.RULED_OUT, reason="It was not so"))
    assert counts(tree) == NOTHING


def row(number: int, found: Counts, on: str = "2026-03-01", facilitator: str = "") -> QualityRow:
    return QualityRow(number, at(on), facilitator, found)


WELL = Counts(4, 2, 2, 16, 8, 8, 2, 0, 4)
POOR = Counts(2, 1, 0, 3, 4, 3, 1, 1, 2)


def test_figures_say_how_many_and_open_what_is_missing() -> None:
    found = qualities([row(1, WELL), row(2, POOR), row(3, NOTHING)])
    assert [(figure.text, figure.sessions) for figure in found.figures] == [
        ("2 of 3", (2,)),
        ("1 of 2", (2,)),
        ("79 % of 24", (2,)),
        ("1 of 2", (2,)),
        ("1 of 2", (2,)),
        ("3.0", (1, 2)),
    ]


def test_figures_that_open_the_others_say_what_these_are() -> None:
    found = qualities([])
    assert {figure.name: figure.opens for figure in found.figures if figure.opens} == {
        "evidence": "A root without evidence",
        "read_back": "Not read back to the end",
        "points": "A point that is not ticked",
        "legs": "Fewer than two legs",
    }
    for figure in found.figures:
        assert not figure.opens or "It opens the" in figure.about


def test_months_and_facilitators_in_the_order_of_the_alphabet() -> None:
    rows = [
        row(1, WELL, "2026-03-31", "Tomas"),
        row(2, POOR, "2026-05-01", "ines"),
        row(3, WELL, "2026-05-02", "Ines"),
        row(4, WELL, "2026-05-03", "Ines"),
        row(5, POOR, "2026-05-04", ""),
    ]
    found = quality(rows, 7, UTC)
    assert (found.looked_at, found.of) == (5, 7)
    assert [(one.first_day, one.qualities.sessions.of) for one in found.months] == [
        (date(2026, 3, 1), 1),
        (date(2026, 4, 1), 0),
        (date(2026, 5, 1), 4),
    ]
    assert [one.qualities.evidence.text for one in found.months] == ["2 of 2", "none yet", "4 of 6"]
    assert [(one.name, one.qualities.sessions.sessions) for one in found.facilitators] == [
        ("Ines", (2, 3, 4)),
        ("Tomas", (1,)),
        ("", (5,)),
    ]


def test_nothing() -> None:
    found = quality([], 0, UTC)
    assert {figure.text for figure in found.together.figures} == {"none yet"}
    assert (found.months, found.facilitators) == ((), ())

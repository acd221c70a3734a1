"""The Pareto of shared root causes, on histories small enough to count by hand."""

from fivewhys.models.words import Severity
from fivewhys.review.pareto import Basis
from tests.review.by_columns import pareto
from tests.review.rows import held, key, linked, root, together

FORM, QUEUE = "The form is old.", "Nobody owns the queue"
ROOTS = [
    root(1, 1, FORM, "2026-01-01"),
    root(2, 2, "the form is old", "2026-02-01"),
    root(3, 3, FORM, "2026-03-01"),
    root(4, 3, QUEUE, "2026-03-01"),
    root(5, 4, QUEUE, "2026-04-01"),
    root(6, 5, "Only here", "2026-05-01"),
]
SESSIONS = range(1, 6)


def test_bars_are_sessions_and_the_line_falls_where_they_make_80_percent() -> None:
    found = pareto(SESSIONS, together(ROOTS))
    assert [(bar.value, bar.sessions) for bar in found.bars] == [(3, (1, 2, 3)), (2, (3, 4))]
    assert [(bar.share, bar.cumulative) for bar in found.bars] == [(0.6, 0.6), (0.4, 1)]
    assert (found.total, found.line, found.rest) == (5, 2, 0)
    assert [bar.is_vital for bar in found.bars] == [True, True]
    assert found.recurring.text == "2 of 3"
    assert found.recurring.sessions == (1, 2, 3, 4)


def test_a_line_that_falls_on_a_bar_needs_no_further_one() -> None:
    roots = [*(root(number, number, FORM) for number in range(1, 5))]
    roots += [root(number, number, QUEUE) for number in range(10, 12)]
    sessions = (1, 2, 3, 4, 10)
    found = pareto(sessions, together(roots))
    # 4 of 5 is 80 %.
    assert [bar.value for bar in found.bars] == [4, 1]
    assert found.line == 1


def test_weighted_bars_are_severity_times_customers() -> None:
    sessions = [
        held(1, severity=Severity.MINOR, customers=10),
        held(2, severity=Severity.MINOR),
        held(3, severity=Severity.MAJOR, customers=2),
        held(4, severity=Severity.CRITICAL),
        held(5),
    ]
    found = pareto(sessions, together(ROOTS), Basis.WEIGHT)
    # 9 × 2 + 27, and 10 + 1 + 9 × 2.
    assert [(bar.value, bar.sessions) for bar in found.bars] == [(45, (3, 4)), (29, (1, 2, 3))]
    assert found.unsaid.sessions == (2, 4, 5)


def test_only_sessions_asked_about_count_and_others_make_it_shared() -> None:
    found = pareto((1, 5), together(ROOTS))
    (bar,) = found.bars
    assert (bar.value, bar.sessions, bar.everywhere) == (1, (1,), 3)
    assert found.recurring.text == "1 of 2"


def test_a_session_counts_once_at_each_bar() -> None:
    roots = [*ROOTS, root(7, 1, FORM, "2026-01-01")]
    assert pareto(SESSIONS, together(roots)).bars[0].value == 3


def test_two_roots_of_one_session_are_not_shared() -> None:
    roots = [root(1, 1, FORM), root(2, 1, FORM)]
    found = pareto((1,), together(roots))
    assert (found.bars, found.total, found.line) == ((), 0, 0)
    assert found.recurring.text == "0 of 1"


def test_decisions_join_and_part() -> None:
    joined = linked(ROOTS, same=[(3, 5)], different=[(1, 2)])
    found = pareto(SESSIONS, together(ROOTS, joined))
    # 3 is in the words of 1 and 2 and joins 1, the first; 2 is left alone.
    assert [bar.sessions for bar in found.bars] == [(1, 3, 4)]
    assert found.bars[0].is_confirmed


def test_a_cause_that_is_no_root_connects_and_does_not_count() -> None:
    roots = [root(1, 1, FORM), root(5, 4, QUEUE)]
    known = linked([*roots, root(99, 9, "Something else")], same=[(1, 99), (99, 5)])
    (bar,) = pareto(SESSIONS, together(roots, known)).bars
    assert (bar.sessions, bar.everywhere) == ((1, 4), 2)


def test_suggestions_join_and_say_so() -> None:
    suggested = [{key(1), key(4)}, {key(6), key(77)}, {key(6)}]
    found = pareto(SESSIONS, together(ROOTS, None, (), suggested))
    (bar,) = found.bars
    assert (bar.sessions, bar.is_confirmed) == ((1, 2, 3, 4), False)
    # Three of the four are in equal words; the fourth is only suggested.
    assert (bar.parts, bar.decided) == (2, 3)
    assert found.suggested is not None
    assert (found.suggested.value, found.suggested.sessions) == (1, (1, 2, 3, 4))


def test_what_is_suggested_is_counted_where_it_was_asked_for() -> None:
    assert pareto(SESSIONS, together(ROOTS)).suggested is None
    none_found = pareto(SESSIONS, together(ROOTS, None, (), [{key(6), key(77)}]))
    assert none_found.suggested is not None
    assert (none_found.suggested.value, none_found.suggested.sessions) == (0, ())
    assert [(bar.parts, bar.decided) for bar in none_found.bars] == [(1, 3), (1, 2)]


def test_suggestions_that_meet_make_one() -> None:
    roots = [root(number, number, f"Words {number}") for number in range(1, 6)]
    suggested = [{key(1), key(2)}, {key(3), key(4)}, {key(4), key(2)}]
    found = pareto(SESSIONS, together(roots, None, (), suggested))
    assert [bar.sessions for bar in found.bars] == [(1, 2, 3, 4)]


def test_nothing_is_no_share() -> None:
    found = pareto((), together([]))
    assert (found.bars, found.total, found.line) == ((), 0, 0)
    assert found.recurring.text == "none yet"


def test_a_cause_is_named_as_it_was_first_said_whatever_is_asked_about() -> None:
    roots = [root(9, 1, "first", "2026-01-01"), root(2, 2, "then", "2026-02-01")]
    known = linked(roots, same=[(9, 2)])
    for sessions in ((1, 2), (2,)):
        (bar,) = pareto(sessions, together(roots, known)).bars
        assert bar.key == key(9)


def test_bars_get_their_words() -> None:
    found = pareto(SESSIONS, together(ROOTS))
    texts = {found.bars[0].key: "The form is old"}
    assert [bar.text for bar in found.with_texts(texts).bars] == ["The form is old", ""]

"""Small sessions added up beside the big ones."""

from fivewhys.models.words import Severity
from tests.review.by_columns import wounds
from tests.review.rows import held, key, root, together

SMALL, BIG, MIDDLE = Severity.MINOR, Severity.MAJOR, Severity.MODERATE
SESSIONS = [
    held(1, severity=SMALL, customers=8, site="Lyon", department="Bar", channel="phone"),
    held(2, severity=SMALL, site="Lyon", department="Bar"),
    held(3, severity=SMALL, site="Lyon", department="Spa", channel="phone"),
    held(4, severity=SMALL, site="Trento", department="Bar", channel="web"),
    held(5, severity=BIG, site="Lyon", department="Spa", channel="web"),
    held(6, severity=Severity.CRITICAL, site="Trento", customers=3),
    held(7, severity=MIDDLE, site="Lyon", department="Bar"),
    held(8, site="Lyon", department="Bar"),
]


def test_piles_by_site_department_and_channel() -> None:
    found = wounds(SESSIONS, together([]))
    assert (found.small.text, found.big.text, found.unsaid.sessions) == ("4", "2", (8,))
    (lyon,) = found.by_site
    assert (lyon.name, lyon.small.sessions, lyon.small_weight) == ("Lyon", (1, 2, 3), 10)
    assert (lyon.big.sessions, lyon.big_weight) == ((5,), 9)
    # 10 is more than the 9 of S-5, and less than the 81 of S-6.
    assert lyon.outweighs == 1
    assert [(pile.name, pile.small.sessions) for pile in found.by_place] == [("Lyon · Bar", (1, 2))]
    assert [(pile.name, pile.small.sessions) for pile in found.by_group] == [("phone", (1, 3))]


def test_it_is_told_how_many_of_the_sessions_say_no_number_of_customers() -> None:
    found = wounds(SESSIONS, together([]))
    # S-7 and S-8 are neither minor nor big: no sum rests on them.
    assert found.without_customers.sessions == (2, 3, 4, 5)
    assert (
        wounds([held(1, severity=SMALL, customers=2)], together([])).without_customers.text == "0"
    )


def test_piles_by_root_cause() -> None:
    roots = [root(number, number, "The form is old") for number in (1, 2, 4, 6, 7)]
    roots += [root(20 + number, number, "One small one") for number in (3, 5)]
    found = wounds(SESSIONS, together(roots)).with_texts({key(1): "The form is old"})
    (pile,) = found.by_cause
    assert (pile.name, pile.key) == ("The form is old", key(1))
    assert (pile.small.sessions, pile.big.sessions) == ((1, 2, 4), (6,))
    assert (pile.small_weight, pile.big_weight) == (10, 81)


def test_one_small_session_is_no_pile() -> None:
    found = wounds([held(1, severity=SMALL, site="Lyon", channel="web")], together([]))
    assert (found.by_site, found.by_group, found.by_cause) == ((), (), ())


def test_the_heaviest_pile_stands_first() -> None:
    rows = [held(number, severity=SMALL, site="Lyon") for number in range(1, 4)]
    rows += [held(number, severity=SMALL, site="Aarhus", customers=5) for number in (4, 5)]
    assert [pile.name for pile in wounds(rows, together([])).by_site] == ["Aarhus", "Lyon"]


def test_nothing() -> None:
    found = wounds([], together([]))
    assert (found.small.text, found.by_site) == ("0", ())

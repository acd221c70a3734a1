"""How many customers were hit is read from a fact only where it plainly says so."""

import pytest

from fivewhys.models.words import Severity
from fivewhys.review.rows import customers_in
from tests.review.rows import held


@pytest.mark.parametrize(
    ("fact", "customers"),
    [
        ("31 customers counted at the door, 6 sets sold", 31),
        ("9 of 20 days; 14 guests said something, 3 of them in writing", 14),
        ("412 of 1,960 callers in 20 days; 63 hung up", 412),
        ("7,300 households, 61 emergency buttons", 7300),
        ("12 angry guests", 12),
        ("About 5,100 visits turned away", None),
        ("806 credits, 9,340 euro in all", None),
        ("5.5 customers a day", None),
        ("many customers", None),
        ("", None),
    ],
)
def test_customers(fact: str, customers: int | None) -> None:
    assert customers_in(fact) == customers


def test_a_session_weighs_its_severity_for_each_customer_and_one_at_least() -> None:
    assert held(1, Severity.MAJOR, customers=5).weight == 45
    assert held(1, Severity.MINOR).weight == 1
    assert held(1).weight == 3
    assert held(1, Severity.CRITICAL, customers=0).weight == 27

"""What a review reads besides columns: what people decided of causes, and customers in a fact."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Linked:
    """What people decided of causes that stand in sessions that were not deleted."""

    words: Mapping[bytes, int] = field(default_factory=dict)
    """Every cause in one of the decisions, with its words' number."""
    same: Sequence[tuple[bytes, bytes]] = ()
    different: Sequence[tuple[bytes, bytes]] = ()


_HIT = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[,\u202f\u00a0 ]\d{3})+|\d{1,9})(?![\d.,]*\d)\s+(?:of\s+[\d,]+\s+)?"
    r"(?:[a-z-]+\s+)?(?:customers?|guests?|people|persons?|passengers?|patients?|callers?|"
    r"clients?|visitors?|households?|families|couples|parties|borrowers?|shoppers?|residents?|"
    r"members?|subscribers?|travell?ers?|users?|students?|tenants?)\b",
    re.IGNORECASE,
)


def customers_in(how_much: str) -> int | None:
    """How many customers a fact like “14 guests said something” tells of; None where it does not.

    The first number that stands before a word for people counts, “412 of 1,960 callers” as 412.
    Numbers of other things, “806 credits”, tell nothing of how many people there were.

    >>> customers_in("9 of 20 days; 14 guests said something"), customers_in("806 credits")
    (14, None)
    """
    found = _HIT.search(how_much)
    return int(re.sub(r"\D", "", found[1])) if found else None

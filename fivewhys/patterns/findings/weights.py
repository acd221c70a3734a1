"""How much problems count beside each other when what lies downstream of a cause is added up."""

from collections.abc import Iterable

from fivewhys.models.past import PastSession
from fivewhys.models.words import Severity

WEIGHTS = {
    Severity.MINOR: 1,
    Severity.MODERATE: 3,
    Severity.MAJOR: 9,
    Severity.CRITICAL: 27,
}
"""Three of one severity count as much as one of the next, so that many minor wounds can outrank
one big failure. An own choice of this program; no standard gives such a scale."""

UNKNOWN = WEIGHTS[Severity.MODERATE]
"""Where nobody said how bad it is: not to be passed over, and not to lead the list."""


def weight(session: PastSession) -> int:
    """How much the problem of a session counts."""
    return UNKNOWN if session.severity is None else WEIGHTS[session.severity]


def total(sessions: Iterable[PastSession]) -> int:
    """How much the problems of several sessions count together."""
    return sum(map(weight, sessions))

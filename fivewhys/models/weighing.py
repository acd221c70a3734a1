"""How much problems count beside each other when those of several sessions are added up."""

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


def weight_of(severity: Severity | None) -> int:
    """How much one problem counts.

    >>> weight_of(Severity.MAJOR), weight_of(None)
    (9, 3)
    """
    return UNKNOWN if severity is None else WEIGHTS[severity]

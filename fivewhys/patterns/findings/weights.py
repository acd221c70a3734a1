"""How much problems count beside each other when what lies downstream of a cause is added up."""

from collections.abc import Iterable

from fivewhys.models.past import PastSession
from fivewhys.models.weighing import weight_of
from fivewhys.models.words import Severity


def weight(session: PastSession) -> int:
    """How much the problem of a session counts."""
    return weight_of(session.severity)


def weights(sessions: Iterable[PastSession]) -> list[int]:
    """How much each of many counts."""
    weight_at = {severity: weight_of(severity) for severity in (None, *Severity)}
    return [weight_at[session.severity] for session in sessions]


def total(sessions: Iterable[PastSession]) -> int:
    """How much the problems of several sessions count together."""
    return sum(map(weight, sessions))

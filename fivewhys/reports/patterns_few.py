"""The few causes that matter most, from all findings together, each with the reasons why."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from fivewhys.patterns.findings.values import Findings, Outcome, Sighting
from fivewhys.reports import patterns_words as words

MOST = 5
"""Causes that are told first: what fits on a screen and in a head."""


@dataclass(frozen=True, slots=True)
class Few:
    """One of them."""

    key: str
    text: str
    reasons: tuple[str, ...]
    where: str
    """The sessions in which it is root, or in which it came back."""
    sure: str
    """Whether all of the reasons are confirmed, some, or none."""


@dataclass
class _Case:
    """What speaks for a cause, as it is gathered."""

    text: str
    where: str
    reasons: dict[str, bool] = field(default_factory=dict)
    """Each with whether it is confirmed."""
    remarks: list[str] = field(default_factory=list)
    """What is true either way."""
    points: int = 0

    def add(self, reason: str, is_confirmed: bool) -> None:
        """Add a reason; of two alike the one that is confirmed is kept."""
        self.reasons[reason] = self.reasons.get(reason, False) or is_confirmed

    def told(self, key: str) -> Few:
        """The case as it is told."""
        return Few(
            key=key,
            text=self.text,
            reasons=(
                *(
                    reason if is_confirmed else f"{reason} ({words.SUGGESTED})"
                    for reason, is_confirmed in self.reasons.items()
                ),
                *self.remarks,
            ),
            where=self.where,
            sure=words.certainty(self.reasons.values()),
        )


def few(findings: Findings) -> list[Few]:
    """The causes with most reasons to look at them; of these first what weighs most.

    Only what is shared, came back, or was dug deeper counts: one problem's own cause is that
    session's business, however bad the problem.
    """
    cases = _cases(findings)
    ranked = sorted(
        cases, key=lambda key: (len(cases[key].reasons), cases[key].points), reverse=True
    )
    return [cases[key].told(key) for key in ranked[:MOST]]


def _cases(findings: Findings) -> dict[str, _Case]:
    cases: dict[str, _Case] = {}
    for root in findings.shared_roots:
        case = cases.setdefault(root.key, _Case(root.text, _where(root.roots)))
        case.points = root.weight
        places = f" at {len(root.sites):,} sites" if len(root.sites) > 1 else ""
        case.add(f"root in {words.count(len(root.roots), 'session')}{places}", root.is_confirmed)
        if all(one.outcome in (Outcome.NOT_DONE, Outcome.REJECTED) for one in root.tried):
            case.remarks.append("nothing was done about it yet")
    for back in findings.came_back:
        case = cases.setdefault(back.key, _Case(back.text, _where((back.on, *back.again))))
        again = "found at another site" if back.is_elsewhere else "came back"
        case.add(f"{again} after a fix", back.is_confirmed)
    for deeper in findings.dug_deeper:
        case = cases.setdefault(deeper.key, _Case(deeper.text, _where(deeper.roots)))
        asked_on = words.names([one.seen.session for one in deeper.deeper])
        case.add(f"{asked_on} dug deeper", deeper.is_confirmed)
    for reach in findings.reach:
        if reach.key in cases and len(reach.problems) > 1:
            case = cases[reach.key]
            case.add(f"leads to {len(reach.problems):,} problems", reach.is_confirmed)
            case.points = max(case.points, reach.weight)
    return cases


def _where(seen: Iterable[Sighting]) -> str:
    return words.listed([words.where(one.session) for one in seen])

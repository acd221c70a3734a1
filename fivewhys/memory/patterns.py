"""The history as it was at one moment, with the groups of its causes and what they tell."""

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from fivewhys.models.past import Decision, Past, Sameness

if TYPE_CHECKING:
    from fivewhys.patterns.findings.scope import Scope
    from fivewhys.patterns.findings.values import Findings
    from fivewhys.patterns.grouped import Grouped
    from fivewhys.patterns.overlay import Map
    from fivewhys.patterns.rows import Rows

Pair = tuple[str, str]


class Patterns:
    """The history as it was at one moment, with the groups of its causes.

    Causes are named by `str` of their ids.
    """

    def __init__(
        self,
        rows: "Rows",
        groups: "Grouped",
        suggested: Sequence[Sequence[int]],
        confirmed: Sequence[Sequence[int]],
        decisions: list[Decision],
        before: "Patterns | None" = None,
    ) -> None:
        """`suggested` and `confirmed` are sets of `rows`; `before` is what was known before."""
        self.rows = rows
        """Every cause that counts: neither a problem nor ruled out, nor below what is."""
        self.groups = groups
        """The proposed groups by name, those of one cause too; they honour the decisions."""
        self.decisions = decisions
        self.suggested_rows, self._confirmed = suggested, confirmed
        from fivewhys.patterns.lasting import Lasting

        self._lasting: Lasting = Lasting(None if before is None else before._lasting)
        self._findings: dict[Scope, Findings] = {}

    @property
    def past(self) -> Past:
        """The history."""
        return self.rows.live.past

    @property
    def suggested(self) -> list[frozenset[str]]:
        """What is likely enough the same to be told as a finding, beside what is confirmed."""
        return self._in_keys(self.suggested_rows)

    @property
    def confirmed(self) -> list[frozenset[str]]:
        """What decisions and equal words connect, two causes or more."""
        return self._in_keys(self._confirmed)

    @cached_property
    def map(self) -> "Map":
        """The causal map, with what is confirmed and what is suggested as one."""
        from fivewhys.patterns.nodes import Nodes
        from fivewhys.patterns.overlay import map_of

        suggested, confirmed = (
            [self.rows.places[[*some]].tolist() for some in sets]
            for sets in (self.suggested_rows, self._confirmed)
        )
        return map_of(Nodes(self.rows.live, suggested, confirmed), self._lasting, self.decisions)

    def findings(self, scope: "Scope | None" = None) -> "Findings":
        """All that the map tells about `scope`, or about everything; found once."""
        from fivewhys.patterns.findings.everything import all_findings
        from fivewhys.patterns.findings.scope import EVERYTHING

        scope = scope or EVERYTHING
        if scope not in self._findings:
            self._findings[scope] = all_findings(self.map, scope)
        return self._findings[scope]

    def pairs(self, *sameness: Sameness) -> list[Pair]:
        """What was decided so, as pairs of causes."""
        return pairs_of(self.decisions, *sameness)

    def _in_keys(self, sets: Iterable[Collection[int]]) -> list[frozenset[str]]:
        return [frozenset([self.rows.keys[row] for row in some]) for some in sets]


def pairs_of(decisions: list[Decision], *sameness: Sameness) -> list[Pair]:
    """What was decided so, as pairs of causes."""
    return [(str(item.a), str(item.b)) for item in decisions if item.sameness in sameness]

"""The history as it was at one moment, with the groups of its causes and what they tell."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from fivewhys.models.past import Decision, Past, Sameness

if TYPE_CHECKING:
    from fivewhys.patterns.findings.scope import Scope
    from fivewhys.patterns.findings.values import Findings
    from fivewhys.patterns.live import Ints, Live
    from fivewhys.patterns.overlay import Map
    from fivewhys.patterns.queue import Standing

Pair = tuple[str, str]


class Patterns:
    """The history as it was at one moment, with the groups of its causes.

    Causes are named by `str` of their ids.
    """

    def __init__(
        self,
        past: Past,
        groups: Mapping[str, frozenset[str]],
        suggested: list[frozenset[str]],
        confirmed: list[set[str]],
        decisions: list[Decision],
        standings: "Mapping[str, Standing]",
        keys: Sequence[str],
        words: "Ints",
        live: "Live",
    ) -> None:
        self.past = past
        self.groups = groups
        """The proposed groups by name, those of one cause too; they honour the decisions."""
        self.suggested = suggested
        """What is likely enough the same to be told as a finding, beside what is confirmed."""
        self.confirmed = confirmed
        """What decisions and equal words connect, two causes or more."""
        self.decisions = decisions
        self.standings = standings
        """Every cause that counts: neither a problem nor ruled out, nor below what is."""
        self.keys = keys
        """Their keys, in order."""
        self.words = words
        """The number of the words of each, in the order of `keys`."""
        self.live = live
        """The problems and causes that count, in columns."""
        self._findings: dict[Scope, Findings] = {}

    @cached_property
    def map(self) -> "Map":
        """The causal map, with what is confirmed and what is suggested as one."""
        from fivewhys.patterns.nodes import Nodes
        from fivewhys.patterns.overlay import map_of

        return map_of(Nodes(self.live, self.suggested, self.confirmed))

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


def pairs_of(decisions: list[Decision], *sameness: Sameness) -> list[Pair]:
    """What was decided so, as pairs of causes."""
    return [(str(item.a), str(item.b)) for item in decisions if item.sameness in sameness]

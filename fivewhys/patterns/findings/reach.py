"""Reach: how many problems lie downstream of a cause, also of one that nobody called root."""

from collections.abc import Collection, Hashable, Mapping

from fivewhys.models.past import PastCause, PastSession
from fivewhys.models.words import Kind
from fivewhys.patterns.findings.downstream import Downstream
from fivewhys.patterns.findings.scope import EVERYTHING, Scope
from fivewhys.patterns.findings.sightings import by_day, core_of, sightings
from fivewhys.patterns.findings.values import Reach
from fivewhys.patterns.findings.weights import weight
from fivewhys.patterns.overlay import (
    Ground,
    Map,
    causes_of,
    ground,
    is_confirmed,
    only_confirmed,
    text_of,
)


class Reached:
    """How many problems each cause reaches, and how many by confirmed causes alone.

    It is worked out once for `reach` and `cover`.
    """

    def __init__(self, graph: Map, scope: Scope) -> None:
        self.graph = only_confirmed(graph) if scope.confirmed_only else graph
        self._base = ground(self.graph)
        chosen = [
            (session, cause.id)
            for cause in self._base.live
            if cause.kind is Kind.PROBLEM
            and self.graph.in_degree(str(cause.id))
            and scope.asks_about(session := self._base.sessions[cause.session_id])
        ]
        chosen.sort(key=lambda pair: weight(pair[0]))
        self.problems = len(chosen)
        """How many problems count: those asked about of which a cause is known."""
        self.downstream = Downstream(
            dict(self.graph.adjacency()), {str(key): session for session, key in chosen}
        )
        self.numbers, self.weights = self.downstream.counts(weight)
        self._sure = self.downstream
        self._sure_numbers = self.numbers
        self._is_sure = is_confirmed(self.graph)
        if not self._is_sure:
            problems: dict[Hashable, PastSession] = {key.int: session for session, key in chosen}
            self._sure = Downstream(_sure_effects(self._base), problems)
            self._sure_numbers, _ = self._sure.counts(weight)

    def candidates(self, *, roots_only: bool) -> list[str]:
        """The causes that reach a problem."""
        return [
            node
            for node, data in self.graph.nodes(data=True)
            if data["kind"] is Kind.CAUSE
            and (data["is_root"] or not roots_only)
            and self.numbers[self.downstream.set_of(node)]
        ]

    def number(self, node: str) -> int:
        """How many problems a node reaches."""
        return self.numbers[self.downstream.set_of(node)]

    def confirmed(self, node: str) -> int:
        """How many problems a node reaches by confirmed causes alone."""
        if self._is_sure:
            return self.number(node)
        key = _sure_node(self._base, core_of(self.graph, node))
        return self._sure_numbers[self._sure.set_of(key)]


def _sure_node(base: Ground, cause: PastCause) -> int:
    """A number that causes share if it is confirmed that they are the same."""
    number = base.component.get(cause.id) if base.component else None
    return cause.id.int if number is None else -1 - number


def _sure_effects(base: Ground) -> Mapping[Hashable, Collection[Hashable]]:
    """What leads to what where only confirmed causes are one, without a graph's great weight."""
    nodes = {cause.id.int: _sure_node(base, cause) for cause in base.live}
    found: dict[Hashable, set[Hashable]] = {node: set() for node in nodes.values()}
    for cause in base.live:
        if cause.parent_id is not None:
            node, effect = nodes[cause.id.int], nodes[cause.parent_id.int]
            if node != effect:
                found[node].add(effect)
    return found


def reach(
    graph: Map,
    scope: Scope = EVERYTHING,
    *,
    most: int | None = None,
    reached: Reached | None = None,
) -> list[Reach]:
    """For every cause the distinct problems downstream; `most` gives only the first so many.

    First what weighs most by `weights.WEIGHTS`, then what reaches most problems; at a tie first
    what most sessions found, then roots, then what stands deeper. Problems count where they are
    asked about; the way to them may lead through any session. A loop's causes reach the same.

    For example, S-1 says B led to its problem, and S-2 says C led to B: C reaches both problems.

        [(one.text, len(one.problems)) for one in reach(causal_map(past, groups))]

    `reached` gives what was worked out before for the same map and scope.
    """
    reached = reached or Reached(graph, scope)
    graph, downstream = reached.graph, reached.downstream
    ranked = sorted(
        reached.candidates(roots_only=scope.roots_only),
        key=lambda node: _rank(reached, node),
        reverse=True,
    )[:most]
    members = downstream.members({downstream.set_of(node) for node in ranked})
    problems = {number: tuple(sorted(held, key=by_day)) for number, held in members.items()}
    found = []
    for node in ranked:
        number = downstream.set_of(node)
        found.append(
            Reach(
                key=node,
                text=text_of(graph, node),
                seen=sightings(graph, node),
                problems=problems[number],
                weight=reached.weights[number],
                confirmed=reached.confirmed(node),
                is_root=graph.nodes[node]["is_root"],
                joins=graph.out_degree(node) > 1 or len(causes_of(graph, node)) > 1,
            )
        )
    return found


def _rank(reached: Reached, node: str) -> tuple[int, int, int, bool, int]:
    number = reached.downstream.set_of(node)
    data = reached.graph.nodes[node]
    return (
        reached.weights[number],
        reached.numbers[number],
        len(data["causes"]),
        data["is_root"],
        data["depth"],
    )

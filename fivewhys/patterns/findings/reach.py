"""Reach: how many problems lie downstream of a cause, also of one that nobody called root."""

from collections.abc import Collection, Hashable, Mapping

from fivewhys.models.past import PastCause
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

    It is worked out once for `reach` and `cover`. A way may lead over one suggestion, no more: of
    two guesses in a row one is wrong as often as not, and ways over many of them make every cause
    reach every problem.
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
        self._is_sure = is_confirmed(self.graph)
        effects = _sure_effects(self._base)
        if not self._is_sure:
            effects |= _effects_after_a_guess(self.graph, self._base, effects)
        self.downstream = Downstream(effects, {key.int: session for session, key in chosen})
        self.numbers, self.weights = self.downstream.counts(weight)

    def candidates(self, *, roots_only: bool) -> list[str]:
        """The causes that reach a problem."""
        return [
            node
            for node, data in self.graph.nodes(data=True)
            if data["kind"] is Kind.CAUSE
            and (data["is_root"] or not roots_only)
            and self.number(node)
        ]

    def start(self, node: str) -> Hashable:
        """What stands for a node of the map downstream: the cause that it is about."""
        start = _sure_node(self._base, core_of(self.graph, node))
        return start if self._is_sure else (start,)

    def set_of(self, node: str) -> int:
        """The number of the set of problems that a node reaches."""
        return self.downstream.set_of(self.start(node))

    def number(self, node: str) -> int:
        """How many problems a node reaches."""
        return self.numbers[self.set_of(node)]

    def confirmed(self, node: str) -> int:
        """How many problems a node reaches by confirmed causes alone."""
        start = _sure_node(self._base, core_of(self.graph, node))
        return self.numbers[self.downstream.set_of(start)]


def _sure_node(base: Ground, cause: PastCause) -> int:
    """A number that causes share if it is confirmed that they are the same."""
    number = base.component.get(cause.id) if base.component else None
    return cause.id.int if number is None else -1 - number


def _sure_effects(base: Ground) -> dict[Hashable, Collection[Hashable]]:
    """What leads to what where only confirmed causes are one, without a graph's great weight."""
    nodes = {cause.id.int: _sure_node(base, cause) for cause in base.live}
    found: dict[Hashable, set[Hashable]] = {node: set() for node in nodes.values()}
    for cause in base.live:
        if cause.parent_id is not None:
            node, effect = nodes[cause.id.int], nodes[cause.parent_id.int]
            if node != effect:
                found[node].add(effect)
    return dict(found)


def _effects_after_a_guess(
    graph: Map, base: Ground, effects: Mapping[Hashable, Collection[Hashable]]
) -> dict[Hashable, Collection[Hashable]]:
    """The same causes once more, as `(number,)`: from here one suggestion may still be followed.

    What is suggested to be one leads to the sure effects of all that it may be.
    """
    found: dict[Hashable, Collection[Hashable]] = {
        (node,): [(effect,) for effect in following] or [node]
        for node, following in effects.items()
    }
    for node, data in graph.nodes(data=True):
        if data["is_confirmed"]:
            continue
        alike = {_sure_node(base, cause) for cause in causes_of(graph, node)}
        found[node] = alike
        for one in alike:
            found[(one,)] = [*found[(one,)], node]
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
    asked about; the way to them may lead through any session, and over one suggestion at most.

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
    members = downstream.members({reached.set_of(node) for node in ranked})
    problems = {number: tuple(sorted(held, key=by_day)) for number, held in members.items()}
    found = []
    for node in ranked:
        number = reached.set_of(node)
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
    number = reached.set_of(node)
    data = reached.graph.nodes[node]
    return (
        reached.weights[number],
        reached.numbers[number],
        len(data["causes"]),
        data["is_root"],
        data["depth"],
    )

"""Someone dug deeper: a root of one session that has causes of its own in another."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias
from uuid import UUID

from fivewhys.models.past import PastCause
from fivewhys.patterns.findings.scope import EVERYTHING, Scope
from fivewhys.patterns.findings.sightings import of_one_set, shared_nodes, sightings
from fivewhys.patterns.findings.values import Deeper, DugDeeper
from fivewhys.patterns.overlay import (
    Ground,
    Map,
    causes_of,
    ground,
    only_confirmed,
    sessions_of,
)

Answers: TypeAlias = Mapping[int, Sequence[PastCause]]

MOST_CHAINS = 12
"""Chains of one session that are told: nobody reads more, and its screen shows the rest."""


def dug_deeper(graph: Map, scope: Scope = EVERYTHING) -> list[DugDeeper]:
    """The roots at which a session stopped and another asked on.

    A session that called a cause root and gave causes of it all the same did not stop there; it
    counts among those that asked on. At least one of the sessions that stopped is asked about.
    First what most sessions stopped at, then what was dug deepest.

    For example, S-1 stops at “No one checked the stock”, and S-4 asks on from “The stock was not
    counted” to “The count is nobody's task”:

        found = dug_deeper(causal_map(past, groups))[0]
        found.roots[0].session.name, found.deeper[0].chains    # ("S-1", (("The count is …",),))
    """
    if scope.confirmed_only:
        graph = only_confirmed(graph)
    base = ground(graph)
    answers = _answers(base)
    found = []
    for node in shared_nodes(graph):
        if not graph.nodes[node]["is_root"] or not graph.in_degree(node):
            continue
        asked_on = frozenset[UUID]().union(
            *(sessions_of(graph, below, node) for below in graph.predecessors(node))
        )
        seen = sightings(graph, node)
        causes = causes_of(graph, node)
        chains = {key: below for key in asked_on if (below := _chains(answers, causes, key))}
        roots = tuple(one for one in seen if one.cause.is_root and one.session.id not in chains)
        if not any(scope.asks_about(one.session) for one in roots):
            continue
        deeper = [Deeper(one, chains[one.session.id]) for one in seen if one.session.id in chains]
        if not deeper:
            continue
        deeper.sort(key=lambda one: one.levels, reverse=True)
        is_confirmed = of_one_set(base, [*roots, *(one.seen for one in deeper)])
        found.append(DugDeeper(node, roots[0].cause.text, roots, tuple(deeper), is_confirmed))
    found.sort(key=lambda one: (len(one.roots), one.deeper[0].levels), reverse=True)
    return found


def _chains(
    answers: Answers, causes: tuple[PastCause, ...], session: UUID
) -> tuple[tuple[str, ...], ...]:
    """What a session found below its causes, a chain a branch, the first answers first.

    A chain that comes back to the same cause leads no deeper; what is below that one does.
    """
    found: list[tuple[str, ...]] = []
    same = {cause.id for cause in causes}
    waiting: list[tuple[UUID, tuple[str, ...]]] = [
        (cause.id, ()) for cause in reversed(causes) if cause.session_id == session
    ]
    while waiting and len(found) < MOST_CHAINS:
        key, above = waiting.pop()
        below = answers.get(key.int, ())
        if above and not below:
            found.append(above)
        waiting += [
            (answer.id, (*above, answer.text))
            for answer in reversed(below)
            if answer.id not in same
        ]
    return tuple(found)


def _answers(base: Ground) -> Answers:
    """The causes that count, by what they are a cause of."""
    found: dict[int, list[PastCause]] = {}
    for cause in base.live:
        if cause.parent_id is not None:
            found.setdefault(cause.parent_id.int, []).append(cause)
    return found

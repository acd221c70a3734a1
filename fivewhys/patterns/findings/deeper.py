"""Someone dug deeper: a root of one session that has causes of its own in another."""

from functools import partial
from typing import TypeAlias

import numpy as np

from fivewhys.patterns.collecting import collecting_later
from fivewhys.patterns.findings.scope import EVERYTHING, Scope
from fivewhys.patterns.findings.sightings import of_one_set, places_of, seen_at
from fivewhys.patterns.findings.values import Deeper, DugDeeper
from fivewhys.patterns.live import Ints, Live
from fivewhys.patterns.overlay import Ground, Map, ground, only_confirmed

Chains: TypeAlias = tuple[tuple[str, ...], ...]

MOST_CHAINS = 12
"""Chains of one session that are told: nobody reads more, and its screen shows the rest."""


@collecting_later()
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
    nodes, live = base.nodes, base.nodes.live
    answers = Answers(live, nodes.of)
    has_causes = np.diff(nodes.edges.in_begins) > 0
    found = []
    for node in np.flatnonzero(nodes.is_shared & nodes.is_root & has_causes).tolist():
        told = base.lasting.of(nodes, node, "deeper", partial(_told, base, node, answers))
        if told is not None and any(scope.asks_about(one.session) for one in told.roots):
            found.append(told)
    found.sort(key=lambda one: (len(one.roots), one.deeper[0].levels), reverse=True)
    return found


def _told(base: Ground, node: int, answers: "Answers") -> DugDeeper | None:
    nodes, live = base.nodes, base.nodes.live
    sessions, members = live.session_list, nodes.members_of(node)
    chains = _chains(live, answers, members)
    ended = {sessions[place] for place in members if live.is_root_list[place]}
    if not chains or ended <= chains.keys():
        return None
    roots, deeper, places = [], [], []
    for place, one in zip(places_of(base, node), seen_at(base, node), strict=True):
        session = sessions[place]
        if session in chains:
            deeper.append(Deeper(one, chains[session]))
        elif session in ended:
            roots.append(one)
        else:
            continue
        places.append(place)
    deeper.sort(key=lambda one: one.levels, reverse=True)
    is_confirmed = of_one_set(base, places)
    text = roots[0].cause.text
    return DugDeeper(nodes.keys[node], text, tuple(roots), tuple(deeper), is_confirmed)


class Answers:
    """The causes that count, by what they are a cause of."""

    def __init__(self, live: Live, node_of: Ints) -> None:
        order = np.argsort(live.parents, kind="stable")
        self._order: list[int] = order.tolist()
        parents = live.parents[order]
        self._begins: list[int] = np.searchsorted(parents, np.arange(len(live) + 1)).tolist()
        # Most causes have no answers, or the same cause as one.
        said = np.flatnonzero(live.parents >= 0)
        is_other = node_of[said] != node_of[live.parents[said]]
        has_other = np.zeros(len(live), bool)
        has_other[live.parents[said[is_other]]] = True
        self.has_other: list[bool] = has_other.tolist()
        """Whether a cause has an answer that is another cause, by its place."""

    def to(self, place: int) -> list[int]:
        """The places of the causes of one, in their order."""
        return self._order[self._begins[place] : self._begins[place + 1]]


def _chains(live: Live, answers: Answers, causes: list[int]) -> dict[int, Chains]:
    """What each session found below its causes, for those that found anything.

    A chain a branch, the first answers first. One that comes back to the same cause leads no
    deeper; what is below that one does.
    """
    sessions, has_other, all_causes = live.session_list, answers.has_other, live.causes
    asked_on = {sessions[place] for place in causes if has_other[place]}
    if not asked_on:
        return {}
    same = set(causes)
    of_session: dict[int, list[int]] = {}
    for place in causes:
        if sessions[place] in asked_on:
            of_session.setdefault(sessions[place], []).append(place)
    found: dict[int, Chains] = {}
    for session, mine in of_session.items():
        chains: list[tuple[str, ...]] = []
        waiting: list[tuple[int, tuple[str, ...]]] = [(place, ()) for place in reversed(mine)]
        while waiting and len(chains) < MOST_CHAINS:
            place, above = waiting.pop()
            below, way = answers.to(place), [*above]
            # As long as nothing branches, it is gone down at once.
            while len(below) == 1 and below[0] not in same:
                way.append(all_causes[below[0]].text)
                below = answers.to(below[0])
            if not below and way:
                chains.append(tuple(way))
            for answer in reversed(below):
                if answer not in same:
                    waiting.append((answer, (*way, all_causes[answer].text)))
        if chains:
            found[session] = tuple(chains)
    return found

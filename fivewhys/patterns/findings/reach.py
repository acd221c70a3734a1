"""Reach: how many problems lie downstream of a cause, also of one that nobody called root."""

from functools import cached_property
from heapq import heappop, heappush

import numpy as np

from fivewhys.models.past import PastSession
from fivewhys.patterns.collecting import collecting_later
from fivewhys.patterns.findings.downstream import Downstream
from fivewhys.patterns.findings.scope import EVERYTHING, Scope
from fivewhys.patterns.findings.sightings import by_day, seen_at
from fivewhys.patterns.findings.values import Reach
from fivewhys.patterns.findings.weights import weights
from fivewhys.patterns.live import Ints, distinct
from fivewhys.patterns.nodes import NONE, Nodes
from fivewhys.patterns.overlay import Ground, Map, ground, only_confirmed


class Reached:
    """How many problems each cause reaches, and how many by confirmed causes alone.

    A way may lead over one suggestion, no more: of
    two guesses in a row one is wrong as often as not, and ways over many of them make every cause
    reach every problem.
    """

    def __init__(self, base: Ground, scope: Scope) -> None:
        self.base, self.scope = base, scope
        self.nodes = nodes = base.nodes
        live = nodes.live
        weighed = np.array(weights(live.past.sessions), np.int64)
        is_asked = np.array(scope.asked(live.past.sessions), bool)
        has_causes = np.diff(nodes.edges.in_begins)[nodes.of] > 0
        chosen = np.flatnonzero((live.parents < 0) & has_causes & is_asked[live.sessions])
        chosen = chosen[np.argsort(weighed[live.sessions[chosen]], kind="stable")]
        self.problems = len(chosen)
        """How many problems count: those asked about of which a cause is known."""
        weighed = weighed[live.sessions[chosen]]
        sure = _sure(nodes)
        count, tails, heads = _ways(nodes, sure)
        self.downstream = downstream = Downstream(count, tails, heads, sure[chosen], weighed)
        self._sessions = live.sessions[chosen]
        starts = sure[nodes.cores]
        is_sure = nodes.is_confirmed.all()
        self.sets: Ints = downstream.sets[starts if is_sure else starts + len(live)]
        """The number of the set of problems that each node reaches."""
        self.confirmed_sets: Ints = downstream.sets[starts]
        """The same for what each node reaches by confirmed causes alone."""
        self._most = downstream.most(np.ones_like(weighed))
        self.most_problems: Ints = self._most[self.sets]
        """How many problems each node reaches at most; none where it is 0."""
        self.most_weight: Ints = downstream.most(weighed)[self.sets]
        """How much they weigh at most."""

    def candidates(self, *, roots_only: bool) -> Ints:
        """The causes that reach a problem."""
        is_cause = ~self.nodes.is_problem & (self.most_problems > 0)
        return np.flatnonzero(is_cause & self.nodes.is_root if roots_only else is_cause)

    def counts(self, node: int) -> tuple[int, int]:
        """How many problems a node reaches, and how much they weigh."""
        return self.downstream.counts(int(self.sets[node]))

    def is_confirmed(self, node: int, least: int) -> bool:
        """Whether a node reaches all that it does, `least` or more, by confirmed causes alone."""
        if self.sets[node] == self.confirmed_sets[node]:
            return True
        # What it may reach at most is known for all, and mostly tells.
        may_be = self._most[self.confirmed_sets[node]] >= least
        return bool(may_be) and self.confirmed(node) == self.counts(node)[0]

    def confirmed(self, node: int) -> int:
        """How many problems a node reaches by confirmed causes alone."""
        return self.downstream.counts(int(self.confirmed_sets[node]))[0]

    @cached_property
    def _days(self) -> Ints:
        """The place of each session in the order of their days."""
        sessions = self.nodes.live.past.sessions
        days = np.empty(len(sessions), np.int64)
        days[sorted(range(len(sessions)), key=lambda at: by_day(sessions[at]))] = np.arange(
            len(sessions)
        )
        return days

    def sessions(self, number: int) -> tuple[PastSession, ...]:
        """The sessions of the problems in a set, oldest first."""
        found = self._sessions[self.downstream.problems(number)]
        found = found[np.argsort(self._days[found])]
        return tuple(map(self.nodes.live.past.sessions.__getitem__, found.tolist()))


def reached_in(graph: Map, scope: Scope) -> Reached:
    """The same, worked out once where it is asked for again."""
    if scope.confirmed_only:
        graph = only_confirmed(graph)
    base = ground(graph)
    if base.reached is None or base.reached.scope != scope:
        base.reached = Reached(base, scope)
    return base.reached


def _sure(nodes: Nodes) -> Ints:
    """For each cause, by its place, one that stands for all that are confirmed to be the same."""
    found = np.arange(len(nodes.live))
    numbered = np.flatnonzero(nodes.numbers != NONE)
    _, first, of_set = np.unique(nodes.numbers[numbered], return_index=True, return_inverse=True)
    found[numbered] = numbered[first[of_set]]
    return found


def _ways(nodes: Nodes, sure: Ints) -> tuple[int, Ints, Ints]:
    """What leads to what: how many places there are, and the edges between them.

    The places of causes stand for them where only confirmed ones are one. From the same places
    above `len(live)` one suggestion may still be followed: what is suggested to be one leads to
    the sure effects of all that it may be. Nodes of suggestions have places above these.
    """
    live, count = nodes.live, len(nodes.live)
    said = np.flatnonzero(live.parents >= 0)
    edges = _pairs(count, sure[said], sure[live.parents[said]])
    tails, heads = np.divmod(edges, count)
    is_edge = tails != heads
    tails, heads = tails[is_edge], heads[is_edge]
    if nodes.is_confirmed.all():
        return count, tails, heads
    is_end = np.zeros(count, bool)
    is_end[sure] = True
    is_end[tails] = False
    ends = np.flatnonzero(is_end)
    guessed = np.flatnonzero(~nodes.is_confirmed[nodes.of])
    suggestions, alike = np.divmod(_pairs(count, nodes.of[guessed], sure[guessed]), count)
    suggestions += 2 * count
    all_tails = (tails, tails + count, ends + count, suggestions, alike + count)
    all_heads = (heads, heads + count, ends, alike, suggestions)
    return 2 * count + len(nodes), np.concatenate(all_tails), np.concatenate(all_heads)


def _pairs(count: int, first: Ints, second: Ints) -> Ints:
    """Each pair of numbers once, as one number; `second` are below `count`."""
    return distinct(first * count + second)


@collecting_later()
def reach(graph: Map, scope: Scope = EVERYTHING, *, most: int | None = None) -> list[Reach]:
    """For every cause the distinct problems downstream; `most` gives only the first so many.

    First what weighs most by `weights.WEIGHTS`, then what reaches most problems; at a tie first
    what most sessions found, then roots, then what stands deeper. Problems count where they are
    asked about; the way to them may lead through any session, and over one suggestion at most.

    For example, S-1 says B led to its problem, and S-2 says C led to B: C reaches both problems.

        [(one.text, len(one.problems)) for one in reach(causal_map(past, groups))]
    """
    reached = reached_in(graph, scope)
    nodes, base = reached.nodes, reached.base
    ranked = _first(reached, reached.candidates(roots_only=scope.roots_only), most)
    problems = {number: reached.sessions(number) for number in set(reached.sets[ranked].tolist())}
    edges = np.diff(nodes.edges.out_begins)
    return [
        Reach(
            key=nodes.keys[node],
            text=nodes.live.causes[nodes.heads[node]].text,
            seen=seen_at(base, node),
            problems=problems[int(reached.sets[node])],
            weight=reached.counts(node)[1],
            confirmed=reached.confirmed(node),
            is_root=bool(nodes.is_root[node]),
            joins=bool(edges[node] > 1 or nodes.sizes[node] > 1),
        )
        for node in ranked
    ]


def _first(reached: Reached, found: Ints, most: int | None) -> list[int]:
    """The first `most` of the nodes `found`, in the order that `reach` gives."""
    nodes = reached.nodes
    columns = (
        reached.most_weight[found],
        reached.most_problems[found],
        nodes.sizes[found],
        nodes.is_root[found],
        nodes.depths[found],
    )
    order = np.lexsort([-column.astype(np.int64) for column in reversed(columns)])
    bounds = zip(*(column[order].tolist() for column in columns), strict=True)
    best: list[tuple[int, ...]] = []
    for node, bound in zip(found[order].tolist(), bounds, strict=True):
        # What comes now reaches no more than this, and neither does what comes after it.
        if most is not None and len(best) >= most and bound < best[0][:-1]:
            break
        count, weighed = reached.counts(node)
        heappush(best, (weighed, count, *bound[2:], -node))
        if most is not None and len(best) > most:
            heappop(best)
    return [-rank[-1] for rank in sorted(best, reverse=True)]

"""The few that cover most: the smallest set of causes that reaches most of the problems.

The exact smallest set is out of reach (set cover is NP-hard). The greedy one takes the cause that
adds most, again and again, and never needs more than ln(n) + 1 times as many causes as the smallest
(V. Chvátal, A Greedy Heuristic for the Set-Covering Problem, 1979). What a cause adds can only
become less, so a count made earlier is a bound, and few are made again (M. Minoux, 1978).
"""

from heapq import heapify, heappop, heappush

import numpy as np

from fivewhys.patterns.collecting import collecting_later
from fivewhys.patterns.findings.reach import Reached, reached_in
from fivewhys.patterns.findings.scope import EVERYTHING, Scope
from fivewhys.patterns.findings.sightings import seen_at
from fivewhys.patterns.findings.values import Cover, Step
from fivewhys.patterns.live import Ints
from fivewhys.patterns.overlay import Map

SHARE = 0.8
"""The share of the problems to be reached unless another is asked for."""

_ROUNDING = 1e-9
_MOST_TRIES = 200
"""Causes that are looked at before it is counted anew for all what they may add at most."""


@collecting_later()
def cover(graph: Map, share: float = SHARE, scope: Scope = EVERYTHING) -> Cover:
    """The few causes that reach `share` (0 to 1) of the problems asked about, and the curve.

    Problems of which no cause is known do not count. Many causes reach exactly the same, so which
    of them is taken matters: first one that was called root, by most sessions; then the one that
    most sessions found, then the deepest, then one that is confirmed. That way the list names what
    people can act on, and not the direct answer to each problem.

    For example, “The forms were not ordered” reaches three of four problems and “The till is old”
    the fourth:

        [(step.text, step.gain, step.share) for step in cover(causal_map(past, groups)).steps]
        # [("The forms were not ordered", 3, 0.75), ("The till is old", 1, 1.0)]

    Raises ValueError where `share` is not from 0 to 1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"A share is from 0 to 1, not {share}.")
    reached = reached_in(graph, scope)
    nodes, base, downstream = reached.nodes, reached.base, reached.downstream
    problems = reached.problems
    enough = share * problems - _ROUNDING
    best = _best(reached, roots_only=scope.roots_only)
    sets = reached.sets[best]
    is_left = np.ones(problems, np.int64)
    at_most = downstream.most(is_left)[sets]
    waiting = _waiting(at_most)
    covered: set[int] = set()
    passed: set[int] = set()
    steps: list[Step] = []
    total = tries = looked_at = 0
    while waiting and total < enough:
        # Where nothing was taken since, the same guesses would come again, and for ever.
        if tries > _MOST_TRIES and total > looked_at:
            np.minimum(at_most, downstream.most(is_left)[sets], out=at_most)
            waiting, tries, looked_at = _waiting(at_most), 0, total
        tries += 1
        place = heappop(waiting) % len(best)
        inside = downstream.left(int(sets[place]), passed, covered)
        gain = at_most[place] = len(inside)
        if not gain:
            continue
        if waiting and place - len(best) * gain > waiting[0]:
            heappush(waiting, place - len(best) * gain)
            continue
        node = int(best[place])
        covered |= inside
        passed |= downstream.walk([int(sets[place])], passed)
        is_left[[*inside]] = 0
        total += gain
        at_most[place] = 0
        steps.append(
            Step(
                key=nodes.keys[node],
                text=nodes.live.causes[nodes.heads[node]].text,
                seen=seen_at(base, node),
                gain=gain,
                reached=total,
                share=total / problems,
                is_root=bool(nodes.is_root[node]),
                is_confirmed=reached.is_confirmed(node, gain),
            )
        )
    return Cover(share, problems, tuple(steps), scope.roots_only)


def _waiting(most: Ints) -> list[int]:
    """A heap of places, those that may add most in front: one number sorts by that and by place."""
    places = np.flatnonzero(most)
    found: list[int] = (places - len(most) * most[places]).tolist()
    heapify(found)
    return found


def _best(reached: Reached, *, roots_only: bool) -> Ints:
    """For each set of problems the best cause that reaches it; the best of all in front."""
    nodes = reached.nodes
    found = reached.candidates(roots_only=roots_only)
    ranks = (
        ~nodes.is_confirmed[found],
        -nodes.depths[found],
        -nodes.found_in[found],
        -nodes.root_in[found],
    )
    found = found[np.lexsort(ranks)]
    _, first = np.unique(reached.sets[found], return_index=True)
    return found[np.sort(first)]

"""The few that cover most: the smallest set of causes that reaches most of the problems.

The exact smallest set is out of reach (set cover is NP-hard). The greedy one takes the cause that
adds most, again and again, and never needs more than ln(n) + 1 times as many causes as the smallest
(V. Chvátal, A Greedy Heuristic for the Set-Covering Problem, 1979). What a cause adds can only
become less, so a count made earlier is a bound, and few are made again (M. Minoux, 1978).
"""

from heapq import heapify, heappop, heappush

from fivewhys.patterns.findings.reach import Reached
from fivewhys.patterns.findings.scope import EVERYTHING, Scope
from fivewhys.patterns.findings.sightings import sightings
from fivewhys.patterns.findings.values import Cover, Step
from fivewhys.patterns.overlay import Map, text_of

SHARE = 0.8
"""The share of the problems to be reached unless another is asked for."""

_ROUNDING = 1e-9


def cover(
    graph: Map,
    share: float = SHARE,
    scope: Scope = EVERYTHING,
    *,
    reached: Reached | None = None,
) -> Cover:
    """The few causes that reach `share` (0 to 1) of the problems asked about, and the curve.

    Problems of which no cause is known do not count. Many causes reach exactly the same, so which
    of them is taken matters: first one that was called root, by most sessions; then the one that
    most sessions found, then the deepest, then one that is confirmed. That way the list names what
    people can act on, and not the direct answer to each problem.

    For example, “The forms were not ordered” reaches three of four problems and “The till is old”
    the fourth:

        [(step.text, step.gain, step.share) for step in cover(causal_map(past, groups)).steps]
        # [("The forms were not ordered", 3, 0.75), ("The till is old", 1, 1.0)]

    `reached` gives what was worked out before for the same map and scope. Raises ValueError where
    `share` is not from 0 to 1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"A share is from 0 to 1, not {share}.")
    reached = reached or Reached(graph, scope)
    graph, downstream = reached.graph, reached.downstream
    problems = reached.problems
    enough = share * problems - _ROUNDING
    waiting = _bounds(reached, roots_only=scope.roots_only)
    covered: set[int] = set()
    steps: list[Step] = []
    total = 0
    while waiting and total < enough:
        _, rank, node = heappop(waiting)
        gain = downstream.gain(reached.start(node), covered)
        if not gain:
            continue
        if waiting and (-gain, rank, node) > waiting[0]:
            heappush(waiting, (-gain, rank, node))
            continue
        downstream.cover(reached.start(node), covered)
        total += gain
        steps.append(
            Step(
                key=node,
                text=text_of(graph, node),
                seen=sightings(graph, node),
                gain=gain,
                reached=total,
                share=total / problems,
                is_root=graph.nodes[node]["is_root"],
                is_confirmed=reached.confirmed(node) == reached.number(node),
            )
        )
    return Cover(share, problems, tuple(steps), scope.roots_only)


Rank = tuple[int, int, int, bool, int]


def _bounds(reached: Reached, *, roots_only: bool) -> list[tuple[int, Rank, str]]:
    """For each set of problems the best cause that reaches it, as a heap: what adds most first."""
    best: dict[int, tuple[Rank, str]] = {}
    for order, node in enumerate(reached.candidates(roots_only=roots_only)):
        number = reached.set_of(node)
        rank = _rank(reached.graph, node, order)
        if number not in best or rank < best[number][0]:
            best[number] = rank, node
    heap = [(-reached.numbers[number], rank, node) for number, (rank, node) in best.items()]
    heapify(heap)
    return heap


def _rank(graph: Map, node: str, order: int) -> Rank:
    """The lower, the better; of two alike the one that was found first."""
    data = graph.nodes[node]
    causes = data["causes"]
    if len(causes) == 1:
        return -int(data["is_root"]), -1, -data["depth"], False, order
    roots = {cause.session_id for cause in causes if cause.is_root}
    sessions = {cause.session_id for cause in causes}
    return -len(roots), -len(sessions), -data["depth"], not data["is_confirmed"], order

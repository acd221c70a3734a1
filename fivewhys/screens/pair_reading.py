"""Which pairs are to be decided, read from the memory and the store in a thread. No widgets."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from fivewhys.models.past import Context, Decision, Sameness
from fivewhys.patterns.findings.values import Reach, Step
from fivewhys.screens import knowing
from fivewhys.screens.long_read import Tell
from fivewhys.screens.memories import Memory
from fivewhys.screens.pair_queue import Asked, Pair, Settled, said_of, sorted_pair
from fivewhys.screens.pattern_lines import PatternLine
from fivewhys.text import words_number

if TYPE_CHECKING:
    from fivewhys.patterns.agreement import Contradiction
    from fivewhys.patterns.overlay import Map
    from fivewhys.store.store import Store


Groups = Collection[frozenset[str]]
"""The keys of causes that are taken for the same, set by set."""


MOST = 1000
"""Pairs that are gone through before the next are read: a key must not wait for all of them."""


@dataclass(frozen=True, slots=True)
class ToDecide:
    """What the queue needs."""

    asked: Sequence[Asked]
    """The most useful first; not all of them where there are very many."""
    more: int
    """How many more there are that nobody left for later."""
    said: dict[Pair, Sameness]
    """What was said of any pairs."""
    contradictions: int


def to_decide(store: "Store", memory: Memory, narrowed: Groups, tell: Tell) -> ToDecide:
    """All open pairs, or those within the groups `narrowed`, which are connected by them."""
    questions = knowing.read_questions(memory, tell)
    decisions = store.decisions()
    said = said_of(decisions)
    settled = Settled(said)
    group_of = {key: number for number, group in enumerate(narrowed) for key in group}
    asked = [
        Asked(UUID(one.a), UUID(one.b), one.likely.value, one.is_skipped)
        for one in questions
        if not narrowed or (one.a in group_of and group_of[one.a] == group_of.get(one.b))
    ]
    asked = [one for one in asked if not settled.knows(one.a, one.b)]
    for group in narrowed:
        keys = sorted(UUID(key) for key in group)
        asked += _links(store.context(keys).values(), asked, settled)
    more = sum(not one.is_skipped for one in asked[MOST:])
    return ToDecide(asked[:MOST], more, said, len(contradictions_of(decisions)))


def suggested(graph: "Map", line: PatternLine) -> Groups:
    """What a finding takes for the same though nobody has said so: the causes, set by set.

    What a cause leads to may hang on suggestions further down the way.
    """
    from fivewhys.patterns.overlay import causes_of, ground

    merged = ground(graph).merged
    nodes = dict.fromkeys(merged.get(node, node) for node in line.nodes)
    if isinstance(line.finding, Reach | Step):
        waiting = [*nodes]
        while waiting:
            following = [node for node in graph.successors(waiting.pop()) if node not in nodes]
            nodes |= dict.fromkeys(following)
            waiting += following
    return [
        frozenset(str(cause.id) for cause in causes_of(graph, node))
        for node in nodes
        if not graph.nodes[node]["is_confirmed"]
    ]


def contradictions_of(decisions: Iterable[Decision]) -> "list[Contradiction]":
    """Where decisions say that two causes are the same, by way of others, and different."""
    from fivewhys.patterns.agreement import contradictions

    pairs: dict[Sameness, list[tuple[str, str]]] = {sameness: [] for sameness in Sameness}
    for decision in decisions:
        pairs[decision.sameness].append((str(decision.a), str(decision.b)))
    return contradictions(pairs[Sameness.SAME], pairs[Sameness.DIFFERENT])


def _links(contexts: Iterable[Context], asked: Sequence[Asked], settled: Settled) -> list[Asked]:
    """Pairs that nobody would be asked about otherwise, and without which a finding stays open.

    A group may hold two causes that are alike only by way of a third, or each of them somewhat.
    """
    first_in: dict[int, Context] = {}
    causes = [*contexts]
    for context in causes:
        first = first_in.setdefault(words_number(context.cause.text), context)
        if not settled.knows(first.cause.id, context.cause.id):
            settled.join(first.cause.id, context.cause.id)
    for one in asked:
        settled.join(one.a, one.b)
    found: list[Asked] = []
    for context in causes[1:]:
        for before in causes:
            if before is context:
                break
            a, b = before.cause.id, context.cause.id
            if before.session.id != context.session.id and not settled.knows(a, b):
                found.append(Asked(*sorted_pair(a, b), "perhaps"))
                settled.join(a, b)
                break
    return found

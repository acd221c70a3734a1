"""The causal map and the queue in the plainest way, to compare the quick ways with."""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

import networkx as nx

from fivewhys.models.past import Past, PastCause
from fivewhys.models.words import Kind, Status
from fivewhys.patterns.contraction import contracted
from fivewhys.patterns.likely import BUILT_IN
from fivewhys.patterns.overlay import Map
from fivewhys.patterns.queue import Standing

Pair = tuple[str, str]


def plain_map(
    past: Past, groups: Sequence[Collection[str]], confirmed: Sequence[Collection[str]]
) -> Map:
    """What `causal_map` gives, cause by cause."""
    live, depths = _live(past)
    label, sure = _labels(live, groups, confirmed)
    rank = {session.id: place for place, session in enumerate(past.sessions)}
    together: dict[object, list[PastCause]] = {}
    for cause in live.values():
        together.setdefault(label[str(cause.id)], []).append(cause)
    node_of: dict[UUID, str] = {}
    for causes in together.values():
        causes.sort(key=lambda cause: rank[cause.session_id])
        node_of |= {cause.id: str(causes[0].id) for cause in causes}
    graph: Map = nx.DiGraph()
    for cause in live.values():
        causes = together[label[str(cause.id)]]
        if causes[0] is cause:
            sets = {sure.get(str(other.id)) for other in causes}
            graph.add_node(
                str(cause.id),
                kind=cause.kind,
                text=cause.text,
                causes=tuple(causes),
                depth=max(depths[other.id] for other in causes),
                is_root=any(other.is_root for other in causes),
                is_confirmed=len(causes) == 1 or (len(sets) == 1 and None not in sets),
            )
    for cause in live.values():
        if cause.parent_id is not None and node_of[cause.id] != node_of[cause.parent_id]:
            here, effect = node_of[cause.id], node_of[cause.parent_id]
            said = graph.get_edge_data(here, effect, {"sessions": frozenset()})["sessions"]
            graph.add_edge(here, effect, sessions=said | {cause.session_id})
    return graph


def _live(past: Past) -> tuple[dict[UUID, PastCause], dict[UUID, int]]:
    """What counts, and how many whys below its problem it stands."""
    live: dict[UUID, PastCause] = {}
    depths: dict[UUID, int] = {}
    for cause in past.causes:
        is_there = cause.parent_id is None or cause.parent_id in live
        if is_there and cause.status is not Status.RULED_OUT:
            live[cause.id] = cause
            depths[cause.id] = 0 if cause.parent_id is None else depths[cause.parent_id] + 1
    return live, depths


def _labels(
    live: dict[UUID, PastCause],
    groups: Sequence[Collection[str]],
    confirmed: Sequence[Collection[str]],
) -> tuple[dict[str, object], dict[str, int]]:
    """What causes share that are one, and the numbers of the confirmed sets."""
    own = {str(cause.id): ("alone", str(cause.id)) for cause in live.values()}
    known = {str(cause.id) for cause in live.values() if cause.kind is Kind.CAUSE}
    label: dict[str, object] = dict(own)
    for number, group in enumerate(groups):
        for key in group:
            if key in known and label[key] == own[key]:
                label[key] = number
    sure: dict[str, int] = {}
    for number, members in enumerate(confirmed):
        some = [key for key in members if key in known]
        if len(some) > 1:
            votes = Counter(label[key] for key in some if label[key] != own[key])
            best = min(votes, key=lambda one: (-votes[one], str(one)), default=("set", number))
            for key in some:
                label[key], sure[key] = best, number
    return label, sure


def plain_queue(
    pairs: Sequence[tuple[str, str, float]],
    causes: Mapping[str, Standing],
    groups: Sequence[Collection[str]],
    told: Sequence[Collection[str]],
    same: Sequence[Pair],
    different: Sequence[Pair],
    skipped: Sequence[Pair],
) -> list[tuple[str, str, bool]]:
    """Keys and whether it was skipped of each question that `queue` asks, pair by pair."""
    keys = sorted(causes)
    row_of = {key: row for row, key in enumerate(keys)}
    equal: dict[int, list[int]] = {}
    for key, row in row_of.items():
        equal.setdefault(causes[key].words, []).append(row)
    units = contracted(row_of, equal.values(), same, different)
    decided = {frozenset(pair) for pair in (*same, *different)}
    put_off = {frozenset(pair) for pair in skipped}
    best: dict[frozenset[int], tuple[float, str, str]] = {}
    left: set[frozenset[int]] = set()
    for one, other, score in pairs:
        a, b = sorted((one, other))
        if a not in causes or b not in causes or frozenset((a, b)) in decided:
            continue
        of = frozenset((units.unit(row_of[a]), units.unit(row_of[b])))
        if causes[a].session == causes[b].session or len(of) == 1 or units.is_barred(*sorted(of)):
            continue
        if frozenset((a, b)) in put_off:
            left.add(of)
        best[of] = min(best.get(of, (-score, a, b)), (-score, a, b))
    grouped = {key: len(group) for group in groups for key in group}

    def worth(of: frozenset[int]) -> float:
        score, *pair = best[of]
        probability = BUILT_IN.probability(-score)
        bits = -sum(p * math.log2(p) for p in (probability, 1 - probability) if p > 0)
        hangs = sum(
            (1 + math.log2(causes[key].weight)) * (2 if causes[key].is_root else 1) for key in pair
        )
        size = 1 + math.log2(max(grouped.get(key, 1) for key in pair))
        settles = 1 + sum(math.log2(len(units.rows(unit))) for unit in of)
        return (
            bits * hangs * size * settles * (4 if any({*pair} <= {*some} for some in told) else 1)
        )

    order = sorted(best, key=lambda of: (of in left, -round(worth(of), 9), best[of][1:]))
    joined: nx.Graph[int] = nx.Graph()
    joined.add_nodes_from(range(len(keys)))
    follows = {}
    for of in order:
        follows[of] = nx.has_path(joined, *of)
        joined.add_edge(*of)
    order.sort(key=lambda of: (of in left, follows[of]))
    return [(*best[of][1:], of in left) for of in order]

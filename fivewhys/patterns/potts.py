"""Correlation clustering by local moves: what belongs together more than apart, without chains.

Two units in one cluster count for their cosine less a threshold: more than nothing when they are
alike, less when they are not. The clusters with the highest sum over all pairs are looked for, so
that a unit joins a cluster only if it is alike with most of it, and not because it is close to one
that is close to another. That is the constant Potts model (Traag, Van Dooren and Nesterov 2011) on
the whole graph; as the cosines with a cluster add up to one product with the sum of its vectors,
the near neighbours are needed only to know which clusters to try. With a logistic calibration the
sum is the logarithm of how likely the clusters are, up to a factor.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.live import Ints
from fivewhys.patterns.near_units import Vectors

Floats = NDArray[np.float32]

MOST_ROUNDS = 8
"""Rounds of moves and merges after which it is left as it is; two or three are the rule."""

_MOST_WAVES = 40
_GAIN = 1e-5
"""What a move must bring for each pair, so that rounding makes nothing move to and fro."""


class Links(Protocol):
    """Which units lie near a unit."""

    def near(self, unit: int) -> Sequence[int]:
        """The units near this one, nearest first."""


class Clusters:
    """Units in clusters, each named by a number. Moves keep apart what is barred.

    `rows` are the vectors' rows of those units that have several, and `barred` are the units that
    must not share a cluster; `cluster_of` says how they stand now, -1 for what is no unit. Whatever
    a cluster loses or gains, it keeps its number; `changed` has the numbers of all that did.
    """

    def __init__(
        self,
        vectors: Vectors,
        rows: Mapping[int, Sequence[int]],
        barred: Mapping[int, set[int]],
        cluster_of: Ints,
        threshold: float,
    ) -> None:
        self._vectors = vectors
        self._rows = rows
        self._barred = barred
        self._threshold = threshold
        self.cluster_of: list[int] = cluster_of.tolist()
        self.changed: set[int] = set()
        self._next = int(cluster_of.max(initial=-1)) + 1
        self._order = np.argsort(cluster_of, kind="stable")
        self._ordered = cluster_of[self._order]
        self._members: dict[int, set[int]] = {}
        """Those that were looked at; most never are."""
        self._sums: dict[int, Floats] = {}
        self._unit_sums: dict[int, Floats] = {}
        self._sizes: dict[int, int] = {}

    def members(self, cluster: int) -> set[int]:
        """The units in a cluster; none where there is no such cluster any more."""
        found = self._members.get(cluster)
        if found is None:
            ends = np.searchsorted(self._ordered, [cluster, cluster + 1])
            found = self._members[cluster] = {*self._order[slice(*ends)].tolist()}
        return found

    def settle(
        self, units: Iterable[int], links: Links, told: Callable[[float], None] | None = None
    ) -> None:
        """Move `units`, and what their moves set going, until nothing gets better.

        `told` is called with the share of the first round that is done.
        """
        for turn in range(MOST_ROUNDS):
            changed = self._move(sorted(units), links, told if turn == 0 else None)
            units = self._merge(sorted(changed), links)
            if not units:
                break

    def part(self, a: int, b: int) -> None:
        """Take out of the cluster that `a` and `b` share the one that is less like the rest."""
        whole = self._sum(self.cluster_of[a])
        if self._likeness(a, whole) < self._likeness(b, whole):
            b = a
        self._put(b, self._new())

    def _likeness(self, unit: int, whole: Floats) -> float:
        vector = self._sum_of_unit(unit)
        return float(vector @ (whole - vector)) / self._size_of_unit(unit)

    # -- single units

    def _move(
        self, units: Sequence[int], links: Links, told: Callable[[float], None] | None
    ) -> set[int]:
        """Move single units; the clusters that lost or gained some are returned."""
        changed: set[int] = set()
        wave, waves = list(units), 0
        while wave and waves < _MOST_WAVES:
            following: dict[int, None] = {}
            for number, unit in enumerate(wave):
                own, best = self.cluster_of[unit], self._best(unit, links)
                if best != own:
                    self._put(unit, best)
                    changed |= {own, best}
                    for other in links.near(unit):
                        if self.cluster_of[other] != best:
                            following[other] = None
                if told is not None and waves == 0 and number % 1024 == 0:
                    told(number / len(wave))
            wave, waves = sorted(following), waves + 1
        return {*filter(self.members, changed)}

    def _best(self, unit: int, links: Links) -> int:
        """The cluster in which the unit counts for most; a new one where it counts for less than
        nothing in each."""
        own = self.cluster_of[unit]
        is_alone = len(self.members(own)) == 1
        vector, size = self._sum_of_unit(unit), self._size_of_unit(unit)
        best, most = own, 0.0
        if not is_alone:
            within = float(vector @ (self._sum(own) - vector))
            most = within - self._threshold * size * (self._size(own) - size)
        shut = {self.cluster_of[other] for other in self._barred.get(unit, ())}
        tried = {own}
        cluster_of, sums, sizes = self.cluster_of, self._sums, self._sizes
        for other in links.near(unit):
            cluster = cluster_of[other]
            if cluster in tried:
                continue
            tried.add(cluster)
            if cluster in shut:
                continue
            whole = sums.get(cluster)
            if whole is None:
                whole = self._sum(cluster)
            pairs = size * (sizes.get(cluster) or self._size(cluster))
            worth = float(vector @ whole) - self._threshold * pairs
            if worth > most + _GAIN * pairs:
                best, most = cluster, worth
        if most < -_GAIN * size and not is_alone:
            return self._new()
        return best

    # -- whole clusters

    def _merge(self, clusters: Iterable[int], links: Links) -> set[int]:
        """Merge clusters that count for more as one; the units of those are returned."""
        merged: set[int] = set()
        wave = [*filter(self.members, clusters)]
        while wave:
            following: set[int] = set()
            for cluster in wave:
                if not self.members(cluster):
                    continue
                other = self._nearest_cluster(cluster, links)
                if other is None:
                    continue
                kept, gone = cluster, other
                if (self._size(gone), -gone) > (self._size(kept), -kept):
                    kept, gone = gone, kept
                for unit in sorted(self.members(gone)):
                    self._put(unit, kept)
                following.add(kept)
            wave = sorted(filter(self.members, following))
            merged |= following
        return {unit for cluster in merged for unit in self.members(cluster)}

    def _nearest_cluster(self, cluster: int, links: Links) -> int | None:
        members = sorted(self.members(cluster))
        shut = {self.cluster_of[other] for unit in members for other in self._barred.get(unit, ())}
        tried = {cluster}
        best, most = None, 0.0
        for unit in members:
            for near in links.near(unit):
                other = self.cluster_of[near]
                if other in tried:
                    continue
                tried.add(other)
                if other in shut:
                    continue
                pairs = self._size(cluster) * self._size(other)
                worth = float(self._sum(cluster) @ self._sum(other)) - self._threshold * pairs
                if worth > most + _GAIN * pairs:
                    best, most = other, worth
        return best

    # -- the books

    def _new(self) -> int:
        self._members[self._next] = set()
        self._next += 1
        return self._next - 1

    def _put(self, unit: int, cluster: int) -> None:
        own = self.cluster_of[unit]
        vector, size = self._sum_of_unit(unit), self._size_of_unit(unit)
        if self.members(cluster):
            grown = self._sum(cluster) + vector, self._size(cluster) + size
        else:
            grown = vector, size
        left = self.members(own)
        if len(left) > 1:
            self._sums[own] = self._sum(own) - vector
            self._sizes[own] = self._size(own) - size
        else:
            self._sums.pop(own, None)
            self._sizes.pop(own, None)
        left.remove(unit)
        self.members(cluster).add(unit)
        self.cluster_of[unit] = cluster
        self._sums[cluster], self._sizes[cluster] = grown
        self.changed |= {own, cluster}

    def _sum(self, cluster: int) -> Floats:
        """The sum of the vectors in a cluster, added up when first asked for."""
        found = self._sums.get(cluster)
        if found is None:
            members = self.members(cluster)
            if len(members) == 1:
                (unit,) = members
                return self._sum_of_unit(unit)
            rows = [row for unit in sorted(members) for row in self._rows.get(unit, (unit,))]
            found = self._sums[cluster] = self._vectors[rows].sum(axis=0)
        return found

    def _size(self, cluster: int) -> int:
        found = self._sizes.get(cluster)
        if found is None:
            found = sum(map(self._size_of_unit, self.members(cluster)))
            self._sizes[cluster] = found
        return found

    def _sum_of_unit(self, unit: int) -> Floats:
        rows = self._rows.get(unit)
        if rows is None:
            return self._vectors[unit]
        found = self._unit_sums.get(unit)
        if found is None:
            found = self._unit_sums[unit] = self._vectors[[*rows]].sum(axis=0)
        return found

    def _size_of_unit(self, unit: int) -> int:
        rows = self._rows.get(unit)
        return 1 if rows is None else len(rows)

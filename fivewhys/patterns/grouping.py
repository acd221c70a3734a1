"""Which causes are the same: groups that the program proposes and people's decisions rule.

What was called the same, or has the same words, is never taken apart; what was called different
never comes into one group, not through others either. Where the two contradict each other,
*different* holds, and `agreement` tells people of it. Everything else is a proposal from how close
the vectors lie: a place to look for what to ask. What is told as a finding meets a stricter bar,
that of `suggesting`.

The same causes and decisions give the same groups, in whatever order they come.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.contraction import Units, contracted, equal_rows
from fivewhys.patterns.encoder import encode
from fivewhys.patterns.likely import TOGETHER
from fivewhys.patterns.near import Near
from fivewhys.patterns.near_units import NearUnits, Vectors
from fivewhys.patterns.neighbours import Progress
from fivewhys.patterns.potts import Clusters
from fivewhys.text import words_number

Numbers = NDArray[np.int64]
Groups = Mapping[str, Collection[str]]
"""Groups by name: as a rule the key of a cause that was in it when the group came up."""

_NONE = -1
_MOST_ASKED = 0.3
"""The share of new causes from which on it is quicker to compare all with all."""
_SHARE_OF_NEIGHBOURS = 0.8
"""The part of the time that comparing takes, of a grouping from scratch."""


def group(
    texts: Mapping[str, str],
    same: Iterable[tuple[str, str]] = (),
    different: Iterable[tuple[str, str]] = (),
) -> list[set[str]]:
    """The proposed groups of the same cause: every key of `texts` is in exactly one.

    A cause that is like no other is a group of its own. The largest groups come first, those of
    one size by their smallest key. Pairs with a key that is not in `texts` are passed over.

    >>> texts = {"a": "The forms were not ordered", "b": "the forms were not ordered!",
    ...          "c": "The printer jams", "d": "Nobody trained the new staff"}
    >>> [sorted(found) for found in group(texts)]
    [['a', 'b'], ['c'], ['d']]
    >>> [sorted(found) for found in group(texts, same=[("a", "d")], different=[("a", "b")])]
    [['a', 'd'], ['b'], ['c']]
    """
    keys = sorted(texts)
    ordered = [texts[key] for key in keys]
    found = regrouped(keys, encode(ordered), [*map(words_number, ordered)], same, different)
    return sorted(map(set, found.values()), key=lambda members: (-len(members), min(members)))


def regrouped(
    keys: Sequence[str],
    vectors: Vectors,
    words: Sequence[int] | Numbers,
    same: Iterable[tuple[str, str]] = (),
    different: Iterable[tuple[str, str]] = (),
    *,
    near: Near | None = None,
    before: Groups | None = None,
    touched: Iterable[str] = (),
    threshold: float = TOGETHER,
    progress: Progress | None = None,
) -> dict[str, frozenset[str]]:
    """The proposed groups of causes whose vectors are known, each under its name.

    `keys`, `vectors` (unit vectors, one row a cause) and `words` (`text.words_number`: equal for
    equal words) go together; it is quickest when the keys are sorted. Every key is in one group.
    `near` has the neighbours of all wordings, where they are known.

    With `before`, the groups of the last time, only this is looked at again: causes that are new,
    that stood with one that is gone, that decisions now join or part, those in `touched` (the
    causes of decisions taken back, or whose words changed), and what those set going. A group
    keeps the name of the group before with which it shares most causes.

    `threshold` is the mean cosine from which on causes belong together. `progress` is told the
    share done, and ends the work by raising; nothing is left behind then.
    """
    if not keys:
        return {}
    if [*keys] != sorted(keys):
        order = sorted(range(len(keys)), key=keys.__getitem__)
        keys, vectors = [keys[row] for row in order], vectors[order]
        words = [words[row] for row in order]
    numbers = np.asarray(words, np.int64)
    row_of = {key: row for row, key in enumerate(keys)}
    units = contracted(row_of, equal_rows(numbers), same, different)
    links = NearUnits(vectors, numbers, units, threshold, near)
    stand = _standing(units, row_of, before, touched)
    barred = units.all_barred()
    clusters = Clusters(vectors, units.larger(), barred, stand.clusters, threshold)
    parted = _parted(clusters, barred)
    found = stand.new | parted
    if before is None or len(found) > _MOST_ASKED * len(keys):
        links.find_all(_part(progress, 0, _SHARE_OF_NEIGHBOURS))
    else:
        links.find(found)
    waiting = {unit for number in stand.shaken for unit in stand.clusters.get(number, ())}
    clusters.settle(waiting | found, links, _part(progress, _SHARE_OF_NEIGHBOURS, 1))
    if progress is not None:
        progress(1)
    changed = clusters.changed | stand.shaken
    rows = {
        cluster: sorted(row for unit in clusters.members[cluster] for row in units.rows(unit))
        for cluster in changed & clusters.members.keys()
    }
    groups = (
        {}
        if before is None
        else {
            name: frozenset(before[name])
            for number, name in enumerate(stand.names)
            if number not in changed
        }
    )
    names = _names(rows, changed, stand, keys, set(groups))
    for cluster, name in names.items():
        groups[name] = frozenset(keys[row] for row in rows[cluster])
    return dict(sorted(groups.items()))


def _part(progress: Progress | None, begin: float, end: float) -> Progress | None:
    """Tells a part of the work as what it is of the whole."""
    if progress is None:
        return None
    tell = progress
    return lambda share: tell(begin + (end - begin) * share)


@dataclass(slots=True)
class _Standing:
    """How units stand before anything moves."""

    clusters: dict[int, set[int]]
    new: set[int]
    """Units that are to find their place: new ones, those joined anew and those touched."""
    names: list[str]
    """Names of the clusters that were there before."""
    number_of: list[int]
    """The cluster that each row was in before, or `_NONE`."""
    shaken: set[int]
    """Clusters that lost or gained something already, new ones too."""


def _standing(
    units: Units, row_of: Mapping[str, int], before: Groups | None, touched: Iterable[str]
) -> _Standing:
    number_of = [_NONE] * len(row_of)
    if before is None:
        alone = {unit: {unit} for unit in units.all()}
        return _Standing(alone, set(alone), [], number_of, set(alone))
    names = sorted(before)
    known = {key: number for number, name in enumerate(names) for key in before[name]}
    number_of = [known.get(key, _NONE) for key in row_of]
    placed = np.array(number_of, np.int64)
    left = np.bincount(placed[placed != _NONE], minlength=len(names)).tolist()
    shaken = {number for number, name in enumerate(names) if left[number] < len(before[name])}
    order = np.argsort(placed, kind="stable").tolist()
    clusters: dict[int, set[int]] = {}
    begin = len(order) - sum(left)
    for number, many in enumerate(left):
        clusters[number] = {*order[begin : begin + many]}
        begin += many
    new = {units.unit(row_of[key]) for key in touched if key in row_of}
    for unit, rows in units.larger().items():
        for row in rows:
            if number_of[row] != _NONE:
                clusters[number_of[row]].discard(row)
        numbers = Counter(number_of[row] for row in rows)
        has_new = numbers.pop(_NONE, 0) > 0
        if len(numbers) > 1 or has_new:
            new.add(unit)
            shaken |= numbers.keys()
        if numbers:
            clusters[min(numbers, key=lambda one: (-numbers[one], one))].add(unit)
    following = len(names)
    for row in np.flatnonzero(placed == _NONE).tolist():
        unit = units.unit(row)
        if unit != row or any(number_of[other] != _NONE for other in units.rows(unit)):
            continue
        clusters[following] = {unit}
        new.add(unit)
        shaken.add(following)
        following += 1
    clusters = {number: members for number, members in clusters.items() if members}
    return _Standing(clusters, new, names, number_of, shaken)


def _parted(clusters: Clusters, barred: Mapping[int, set[int]]) -> set[int]:
    """Part what must not stand together; the units that had to be parted are returned."""
    parted: set[int] = set()
    for unit, others in barred.items():
        for other in sorted(others):
            if clusters.cluster_of[unit] == clusters.cluster_of[other]:
                clusters.part(unit, other)
                parted |= {unit, other}
    return parted


def _names(
    rows: Mapping[int, Sequence[int]],
    changed: set[int],
    stand: _Standing,
    keys: Sequence[str],
    taken: set[str],
) -> dict[int, str]:
    """A name for each of these clusters: that of the group it shares most with, or a new one."""
    names: dict[int, str] = {}
    shared = sorted(
        (-many, number, cluster)
        for cluster in rows
        for number, many in Counter(stand.number_of[row] for row in rows[cluster]).items()
        if number != _NONE and number in changed
    )
    left = {number for number in changed if number < len(stand.names)}
    for _, number, cluster in shared:
        if number in left and cluster not in names:
            names[cluster] = stand.names[number]
            left.remove(number)
    taken |= set(names.values())
    for cluster in sorted(rows.keys() - names.keys(), key=lambda cluster: rows[cluster][0]):
        own = (keys[row] for row in rows[cluster])
        # When all its causes lent their names to groups that they have left since, numbers help.
        further = (f"{keys[rows[cluster][0]]} {number}" for number in count(2))
        names[cluster] = next(name for name in chain(own, further) if name not in taken)
        taken.add(names[cluster])
    return names

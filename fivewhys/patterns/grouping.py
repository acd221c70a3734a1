"""Which causes are the same: groups that the program proposes and people's decisions rule.

What was called the same, or has the same words, is never taken apart; what was called different
never comes into one group, not through others either. Where the two contradict each other,
*different* holds, and `agreement` tells people of it. Everything else is a proposal from how close
the vectors lie: a place to look for what to ask. What is told as a finding meets a stricter bar,
that of `suggesting`.

The same causes and decisions give the same groups, in whatever order they come.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count

import numpy as np

from fivewhys.patterns.contraction import Units, contracted
from fivewhys.patterns.encoder import encode
from fivewhys.patterns.equal_words import EqualWords
from fivewhys.patterns.grouped import Grouped
from fivewhys.patterns.likely import TOGETHER
from fivewhys.patterns.live import Ints, column
from fivewhys.patterns.near import Near
from fivewhys.patterns.near_units import NearUnits, Vectors
from fivewhys.patterns.neighbours import Progress
from fivewhys.patterns.places import NONE, Places, aligned
from fivewhys.patterns.potts import Clusters
from fivewhys.text import words_number

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

    A group is a place to look for what to ask people, cut so that few of the same causes are
    parted. Reports tell less as a finding: what people called the same, and what `suggesting`
    takes as likely enough.

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
    words: Sequence[int] | Ints | EqualWords,
    same: Iterable[tuple[str, str]] = (),
    different: Iterable[tuple[str, str]] = (),
    *,
    near: Near | None = None,
    before: Grouped | None = None,
    touched: Iterable[str] = (),
    threshold: float = TOGETHER,
    progress: Progress | None = None,
) -> Grouped:
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
        return Grouped.of({})
    if [*keys] != sorted(keys):
        order = sorted(range(len(keys)), key=keys.__getitem__)
        keys, vectors = [keys[row] for row in order], vectors[order]
        words = (words.words if isinstance(words, EqualWords) else np.asarray(words))[order]
    said = words if isinstance(words, EqualWords) else EqualWords(np.asarray(words, np.int64))
    row_of = Places(keys)
    units = contracted(row_of, said.several, same, different)
    links = NearUnits(vectors, said, units, threshold, near)
    if not before:
        stand = _apart(units, len(keys))
    else:
        rows = [row_of[key] for key in touched if key in row_of]
        stand = _standing(units, aligned(keys, before.keys_in_order), before, rows)
    barred = units.all_barred()
    clusters = Clusters(vectors, units.larger(), barred, stand.cluster_of, threshold)
    parted = _parted(clusters, barred)
    found = stand.new | parted
    if not before or len(found) > _MOST_ASKED * len(keys):
        links.find_all(_part(progress, 0, _SHARE_OF_NEIGHBOURS))
    else:
        links.find(found)
    waiting = {unit for number in stand.shaken for unit in clusters.members(number)}
    clusters.settle(waiting | found, links, _part(progress, _SHARE_OF_NEIGHBOURS, 1))
    if progress is not None:
        progress(1)
    changed = clusters.changed | stand.shaken
    return _told(keys, units, clusters, stand, changed)


def _part(progress: Progress | None, begin: float, end: float) -> Progress | None:
    """Tells a part of the work as what it is of the whole."""
    if progress is None:
        return None
    tell = progress
    return lambda share: tell(begin + (end - begin) * share)


@dataclass(frozen=True, slots=True)
class _Standing:
    """How units stand before anything moves."""

    cluster_of: Ints
    """The cluster of each unit, by its row; `NONE` for rows that are no units."""
    new: set[int]
    """Units that are to find their place: new ones, those joined anew and those touched."""
    names: Sequence[str]
    """Names of the clusters that were there before."""
    number_of: Ints
    """The cluster that each row was in before, or `NONE`."""
    shaken: set[int]
    """Clusters that lost or gained something already, new ones too."""


def _apart(units: Units, count: int) -> _Standing:
    """Each unit in a cluster of its own."""
    alone = units.all()
    cluster_of = np.full(count, NONE, np.int64)
    cluster_of[alone] = alone
    return _Standing(cluster_of, {*alone}, (), np.full(count, NONE, np.int64), {*alone})


def _standing(units: Units, at: Ints, before: Grouped, touched: Iterable[int]) -> _Standing:
    """As they stood before; `at` has the place of each row there, or `NONE`."""
    number_of = np.where(at == NONE, NONE, before.number_of[at])
    left = np.bincount(number_of[number_of != NONE], minlength=len(before))
    shaken: set[int] = {*np.flatnonzero(left < before.sizes).tolist()}
    cluster_of = number_of.copy()
    new = {units.unit(row) for row in touched}
    for unit, rows in units.larger().items():
        cluster_of[rows] = NONE
        numbers = Counter(number_of[rows].tolist())
        has_new = numbers.pop(NONE, 0) > 0
        if len(numbers) > 1 or has_new:
            new.add(unit)
            shaken |= numbers.keys()
        if numbers:
            cluster_of[unit] = min(numbers, key=lambda one: (-numbers[one], one))
    following = len(before)
    for row in np.flatnonzero(number_of == NONE).tolist():
        unit = units.unit(row)
        if unit != row or (number_of[[*units.rows(unit)]] != NONE).any():
            continue
        cluster_of[row] = following
        new.add(unit)
        shaken.add(following)
        following += 1
    return _Standing(cluster_of, new, before.names, number_of, shaken)


def _parted(clusters: Clusters, barred: Mapping[int, set[int]]) -> set[int]:
    """Part what must not stand together; the units that had to be parted are returned."""
    parted: set[int] = set()
    for unit, others in barred.items():
        for other in sorted(others):
            if clusters.cluster_of[unit] == clusters.cluster_of[other]:
                clusters.part(unit, other)
                parted |= {unit, other}
    return parted


def _told(
    keys: Sequence[str], units: Units, clusters: Clusters, stand: _Standing, changed: set[int]
) -> Grouped:
    """The groups as they stand now, of which only these clusters have `changed`."""
    rows = {
        cluster: sorted(row for unit in units_of for row in units.rows(unit))
        for cluster in changed
        if (units_of := clusters.members(cluster))
    }
    number_of = stand.number_of.copy()
    for cluster, some in rows.items():
        number_of[some] = cluster
    is_kept = np.ones(len(stand.names), bool)
    is_kept[[number for number in changed if number < len(stand.names)]] = False
    kept: list[int] = np.flatnonzero(is_kept).tolist()
    names = [stand.names[number] for number in kept]
    new = _names(rows, changed, stand, keys, {*names})
    numbers, names = column([*kept, *new]), [*names, *new.values()]
    order = sorted(range(len(names)), key=names.__getitem__)
    place_of = np.full(numbers.max(initial=0) + 1, NONE, np.int64)
    place_of[numbers[order]] = np.arange(len(order))
    return Grouped(keys, [names[at] for at in order], place_of[number_of])


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
        for number, many in Counter(stand.number_of[rows[cluster]].tolist()).items()
        if number != NONE and number in changed
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

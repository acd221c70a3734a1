"""Which causes are the same, over all sessions: by decisions and by equal words.

The rule is that of `fivewhys.models.same`. It is asked only of the causes that decisions are about:
a cause in their words that nobody decided on joins the first of them, and all others are the same
where their words are, for which sorting them is enough.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from fivewhys.models.plan_words import CountermeasureKind
from fivewhys.models.same import components
from fivewhys.review.columns import KINDS, NO_DAY, NO_WORDS, Column, Rows, Sessions, places_in
from fivewhys.review.figure import DAY
from fivewhys.review.rows import Linked

_PARTS = 2**20
"""Into so many parts words are sorted to leave out most that are not looked for."""


Suggested = Sequence[Collection[bytes]]
"""Sets of causes that may be the same, by the bytes of their keys."""


def suggested_by(groups: Iterable[Collection[str]]) -> Suggested:
    """What proposed groups of causes suggest; causes go by `str` of their ids there."""
    return [
        [bytes.fromhex(key.replace("-", "")) for key in group] for group in groups if len(group) > 1
    ]


class Sameness:
    """Which causes are the same.

    What stands for all causes that are the same is a number: that of their words or, where people
    decided on some of them, one that no words have.
    """

    def __init__(self, linked: Linked) -> None:
        self._of_cause: dict[bytes, int] = {}
        self.apart: dict[bytes, set[bytes]] = {}
        """Each cause → those of which people said that they are different from it."""
        for one, other in linked.different:
            self.apart.setdefault(one, set()).add(other)
            self.apart.setdefault(other, set()).add(one)
        # As text: their order is that of the keys, and making these costs more than all else.
        words = {key.hex(): number for key, number in linked.words.items()}
        used = set(linked.words.values())
        # Words have numbers all over the range; the lowest are left to them by chance alone.
        free = (number for number in range(-(2**63), 0) if number not in used)
        for part in components(words, _pairs(linked.same), _pairs(linked.different)):
            self._of_cause |= dict.fromkeys(map(bytes.fromhex, part), next(free))
        of_words: dict[int, int] = {}
        for key in sorted(linked.words):
            of_words.setdefault(linked.words[key], self._of_cause[key])
        self.words = np.array(sorted(of_words), np.int64)
        """The words of causes that were decided on."""
        self._of_words = np.array([of_words[number] for number in sorted(of_words)], np.int64)
        self._ends = np.unique(_ends(np.array(list(self._of_cause), "V16")))

    def labels(self, words: Column, keys: Column) -> Column:
        """What stands for each cause, with these words and keys, and all that are the same."""
        found = self.labels_of_words(words)
        for at in self.decided(keys).tolist():
            found[at] = self._of_cause[keys[at].tobytes()]
        return found

    def labels_of_words(self, words: Column) -> Column:
        """The same for causes that nobody decided on."""
        found: Column = words.copy()
        worded = np.flatnonzero(is_in(words, self.words))
        found[worded] = self._of_words[np.searchsorted(self.words, words[worded])]
        return found

    def decided(self, keys: Column) -> Column:
        """The places of the causes among these that decisions are about."""
        likely = np.flatnonzero(is_in(_ends(keys), self._ends)).tolist()
        is_decided = (at for at in likely if keys[at].tobytes() in self._of_cause)
        return np.fromiter(is_decided, np.int64)

    def apart_from(self, key: Column) -> set[bytes]:
        """The causes of which people said that they are different from one."""
        return self.apart.get(key.tobytes(), set())


def _ends(keys: Column) -> Column:
    """The second halves of keys, which few share: they were drawn by chance."""
    return keys.view(np.int64).reshape(-1, 2)[:, 1]


def _pairs(pairs: Iterable[tuple[bytes, bytes]]) -> Iterable[tuple[str, str]]:
    return ((one.hex(), other.hex()) for one, other in pairs)


def is_in(words: Column, wanted: Column) -> Column:
    """Which of many words are among some, which are in order."""
    # Looking up each of a million words takes ten times as long as this.
    hit = np.zeros(_PARTS, bool)
    hit[wanted & (_PARTS - 1)] = True
    found: Column = hit[words & (_PARTS - 1)]
    likely = np.flatnonzero(found)
    found[likely] = places_in(wanted, words[likely]) >= 0
    return found


@dataclass(frozen=True)
class Fixes:
    """What was done that could keep a cause from coming back."""

    action: Column
    """The place of each among all countermeasures."""
    cause: Column
    words: Column
    number: Column
    """Of its session."""
    done_on: Column

    @staticmethod
    def of(sessions: Sessions, actions: Rows) -> "Fixes":
        """Those of all countermeasures that are done and do more than tell customers."""
        is_fix = (actions["done_on"] != NO_DAY) & (actions["words"] != NO_WORDS)
        is_fix &= actions["kind"] != KINDS.index(CountermeasureKind.ACKNOWLEDGE)
        fixes = actions.where(is_fix)
        number = sessions.number[fixes.session]
        return Fixes(
            np.flatnonzero(is_fix), fixes["cause"], fixes["words"], number, fixes["done_on"]
        )


@dataclass(frozen=True)
class Roots:
    """All root causes, those that are the same together as a group; in a group the oldest first.

    The groups go by numbers from 0.
    """

    group: Column
    """Of each root, ascending."""
    session: Column
    """The place of its session."""
    number: Column
    """The number of its session."""
    at: Column
    key: Column
    part: Column
    """Which part of its group it is of: that is what decisions and equal words alone connect."""
    is_confirmed: Column
    """Of each group, whether decisions and equal words alone connect it; else suggestions do."""
    fix_group: Column
    """Of each fix that is about one of these causes, ascending; in a group the oldest first."""
    fix_number: Column
    fix_done_on: Column

    @property
    def groups(self) -> int:
        """How many different root causes there are."""
        return len(self.is_confirmed)

    def pairs(self) -> tuple[Column, Column]:
        """Each group and the place of each session that has a root of it, each two once."""
        # Roots of one session have one moment, so those in a group stand beside each other.
        group, session = self.group, self.session
        is_new = np.ones(len(group), bool)
        is_new[1:] = (group[1:] != group[:-1]) | (session[1:] != session[:-1])
        return group[is_new], session[is_new]

    @property
    def first(self) -> Column:
        """Of each group the place of its oldest root."""
        return np.searchsorted(self.group, np.arange(self.groups))

    @property
    def last(self) -> Column:
        """Of each group the place of its latest root."""
        return np.searchsorted(self.group, np.arange(self.groups), "right") - 1


def roots_together(
    sessions: Sessions,
    roots: Rows,
    sameness: Sameness,
    fixes: Fixes | None = None,
    suggested: Suggested = (),
) -> Roots:
    """All root causes, those that are the same together.

    `suggested` are sets of the keys of causes that may be the same: they join what nobody has
    joined, and the result says so.
    """
    key = roots["key"]
    labels, group = np.unique(sameness.labels(roots["words"], key), return_inverse=True)
    part = group = group.reshape(-1)
    of_label = np.arange(len(labels))
    is_confirmed = np.ones(len(labels), bool)
    suggested = [keys for keys in suggested if len(keys) > 1]
    if suggested:
        of_label, is_confirmed = _joined(key, group, len(labels), suggested)
        group = of_label[group]
    at = sessions.at[roots.session]
    # Those of one session stand in the order of their keys already.
    order = np.argsort(group * len(sessions) + sessions.age[roots.session], kind="stable")
    nothing = np.zeros(0, np.int64)
    fixed = nothing, nothing, nothing
    if fixes is not None:
        places = places_in(labels, sameness.labels(fixes.words, fixes.cause))
        about = places >= 0
        fix_group = of_label[places[about]]
        number, done_on = fixes.number[about], fixes.done_on[about]
        in_order = np.lexsort((number, done_on, fix_group))
        fixed = fix_group[in_order], number[in_order], done_on[in_order]
    session = roots.session[order]
    number = sessions.number[session]
    of_root = group[order], session, number, at[order], key[order], part[order]
    return Roots(*of_root, is_confirmed, *fixed)


def _joined(key: Column, group: Column, length: int, suggested: Suggested) -> tuple[Column, Column]:
    """The group of each label once suggestions have joined them, and which are not joined."""
    above: dict[int, int] = {}

    def top(label: int) -> int:
        while (higher := above.get(label)) is not None:
            # Half of the way is enough the next time.
            above[label] = above.get(higher, higher)
            label = higher
        return label

    of_key = dict(zip(key.tolist(), group.tolist(), strict=True))
    for keys in suggested:
        first, *others = [of_key[one] for one in keys if one in of_key] or [0]
        for other in others:
            if top(other) != top(first):
                above[top(other)] = top(first)
    of_label = np.arange(length)
    # Most labels are joined by nothing.
    for label in above:
        of_label[label] = top(label)
    tops, joined = np.unique(of_label, return_inverse=True)
    joined = joined.reshape(-1)
    return joined, np.bincount(joined, minlength=len(tops)) == 1


def came_back(
    sessions: Sessions, fixes: Fixes, found: Rows, decided: Rows, sameness: Sameness
) -> Column:
    """Which fixes are of a cause that was found again after the day on which they were done.

    As `fivewhys.models.recurrence`: in another session, on a later day (UTC). `found` are the
    causes that were not ruled out, those of them that decisions are about are `decided` too, which
    have keys. A person's word that two are different stands above all.
    """
    labels = sameness.labels(fixes.words, fixes.cause)
    wanted = np.unique(labels)
    words, session = found["words"], found.session
    # Of a long history most causes are in words of which nothing was done.
    near = is_in(words, np.union1d(fixes.words, sameness.words))
    near[_places_of(decided, words, session)] = False
    words, session = words[near], session[near]
    label = sameness.labels_of_words(words)
    keyed = sameness.labels(decided["words"], decided["key"])
    label = np.concatenate((label, keyed))
    session = np.concatenate((session, decided.session))
    group = places_in(wanted, label)
    known = np.flatnonzero(group >= 0)
    order = known[np.argsort(group[known] * len(sessions) + sessions.age[session[known]])]
    group, session = group[order], session[order]
    day, number = sessions.at[session] // DAY, sessions.number[session]
    place = np.searchsorted(wanted, labels)
    back = _found_later(group, day, number, len(wanted), place, fixes)
    keys = {key.tobytes(): at for at, key in enumerate(decided["key"], len(label) - len(keyed))}
    for at in sameness.decided(fixes.cause).tolist():
        apart = [keys[key] for key in sameness.apart_from(fixes.cause[at]) if key in keys]
        if back[at] and apart:
            of_group = slice(*np.searchsorted(group, (place[at], place[at] + 1)))
            counts = (number[of_group] != fixes.number[at]) & ~np.isin(order[of_group], apart)
            back[at] = bool((counts & (day[of_group] > fixes.done_on[at])).any())
    return back


def _found_later(
    group: Column, day: Column, number: Column, groups: int, place: Column, fixes: Fixes
) -> Column:
    """Which fixes are of a group that another session has after the day on which they were done.

    The first three tell of the causes found, in order; `place` is the group of each fix.
    """
    # Whichever session the fix is of, the last day of another one is among these two.
    last, before = np.full(groups, NO_DAY), np.full(groups, NO_DAY)
    latest = np.zeros(groups, np.int64)
    # Of several for one group the last one stays, which is the latest.
    last[group], latest[group] = day, number
    other = number != latest[group]
    before[group[other]] = day[other]
    back: Column = (last[place] > fixes.done_on) & (latest[place] != fixes.number)
    return back | (before[place] > fixes.done_on)


def _places_of(decided: Rows, words: Column, session: Column) -> list[int]:
    """Where causes that decisions are about stand among others."""
    left = Counter(zip(decided.session.tolist(), decided["words"].tolist(), strict=True))
    held = np.zeros(int(session.max(initial=-1)) + 1, bool)
    held[decided.session] = True
    found = []
    for at in np.flatnonzero(is_in(words, np.unique(decided["words"])) & held[session]).tolist():
        one = int(session[at]), int(words[at])
        if left[one]:
            # Which of several in the same words it is makes no difference.
            left[one] -= 1
            found.append(at)
    return found

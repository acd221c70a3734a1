"""Which causes are likely enough the same to be told as a finding before anybody has said so.

A proposed group (`grouping`) is a place to look: it is cut so that few of the same causes are
parted. A finding is read by somebody who was not there, so it rests on what people confirmed, and
beyond that on what is more likely the same than not, by some way. Neighbours are looked at again
for it: how close they lie, against how crowded it is around both beside what they are grouped with
(see `second_look`); whether they say enough to be told apart; and where they were said: what stands
in one session is the same only if somebody says so. Sets are joined by the mean of what is known of
their parts (average linkage, Sokal and Michener 1958), so that what is like one of them is not told
with all; of what people called the same, the wording that comes closest counts.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.contraction import Units
from fivewhys.patterns.equal_words import EqualWords
from fivewhys.patterns.linking import Odds, connected, linked
from fivewhys.patterns.live import Bools, Ints, are_in, column, distinct
from fivewhys.patterns.near import Near, VectorsOf
from fivewhys.patterns.second_look import Weighing
from fivewhys.patterns.stems import stems

Known = tuple[bytes | tuple[int, ...] | tuple[tuple[int, int], ...], ...]

SUGGESTING = Weighing(cosine=19.56, asked=-16.11, found=-16.11, start=4.36, least=0.531)
"""For the encoder that comes with the package: what `training/calibrate.py` printed. Fitted on all
near pairs of histories in which most causes are said once, so it says less than that of a search,
where somebody looks for something."""

SURE = 0.7
"""The probability from which on it is told that two causes may be the same. On fields left out,
with encoders that know less, .56 of what is told is right, and .26 of what is only grouped."""

SURE_OF_ROOTS = 0.35
"""The same for two that were both called root. What happened is told in detail, and differs;
what teams end at are rules that are missing and tasks that are nobody's, and these come back. The
training data do not say what is root, so this was chosen by eye: of 82 published analyses the two
roots that come closest and are not the same have .27."""

FEW = 2
"""A text with no more stems than this says so little that another has to share them all: “The
alarm did not ring” is close to “The alarm did not fire”, and a clock is no smoke detector."""

_OF_OTHERS, _OF_ROOTS = (math.log(least / (1 - least)) for least in (SURE, SURE_OF_ROOTS))
"""The same as log-odds."""

_UNKNOWN = -1

_NEVER = -99.0
"""Log-odds of what is never told: as good as nought, and still a number to take the mean of."""


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """The causes of a history, in columns, in the order of their keys."""

    said: EqualWords
    """Their words."""
    sessions: Ints
    """A number for the session of each."""
    is_root: Bools
    groups: Ints
    """A number for the proposed group of each."""
    text_of: Callable[[int], str]
    """The text of a cause by its place."""


class Suggestions:
    """The sets of causes that are suggested to be the same, two units or more each.

    What was linked is kept, so that after a change only what it touches is linked again; it is the
    same as if all were new.
    """

    def __init__(self, weighing: Weighing = SUGGESTING) -> None:
        self._weighing = weighing
        self._linked: dict[Known, list[list[int]]] = {}
        """What was linked of what was known of parts, as places in them."""
        self._little = column([]), np.zeros(0, np.int8)
        """The numbers of all words, in order, and which have few stems, as far as it is known."""

    def of(self, causes: Told, units: Units, near: Near, vectors_of: VectorsOf) -> list[list[int]]:
        """The sets, in the order of the first cause of each, as places among `causes`.

        `units` are the causes that count as one already, by decision or equal words, and which must
        not (see `contraction`); they stay whole. `near` has the neighbours of all wordings, and
        of no others, and `vectors_of` gives the unit vectors of wordings.
        """
        look = _Look(causes, units, near, vectors_of, self._weighing, self._little)
        found, before, self._linked = [], self._linked, {}
        for part in connected(*look.pairs()):
            sets = [[*range(2)]]
            if len(part) > 2:
                known = look.known(part)
                sets = before.get(known) or linked(range(len(part)), look.odds(part))
                self._linked[known] = sets
            for places in sets:
                if len(places) > 1:
                    found.append(sorted(row for at in places for row in units.rows(part[at])))
        self._little = causes.said.numbers, look.little
        return sorted(found)


class _Look:
    """Looks at units again that lie near each other."""

    def __init__(
        self,
        causes: Told,
        units: Units,
        near: Near,
        vectors_of: VectorsOf,
        weighing: Weighing,
        known_little: tuple[Ints, NDArray[np.int8]],
    ) -> None:
        self._causes, self._units, self._near = causes, units, near
        self.little = _carried(*known_little, causes.said.numbers)
        """Which wordings have few stems, or `_UNKNOWN` where none has asked."""
        self._vectors_of, self._weighing = vectors_of, weighing
        self._barred = units.all_barred()
        self._larger = units.larger()
        self._row_of: Ints = causes.said.first
        """Of equal words the first cause stands for all."""
        self._crowds = near.crowds(causes.groups[self._row_of])
        self._unit_of = units.of_rows()
        self._is_root = causes.is_root.copy()
        """Whether any cause of a unit is root."""
        self._is_special = np.zeros(len(causes.said), bool)
        """Which units have several causes, or must not stand with some other."""
        self._is_special[[*self._larger, *self._barred]] = True
        for unit, rows in self._larger.items():
            self._is_root[unit] = causes.is_root[rows].any()
        self._facts = np.column_stack(
            [causes.said.words, causes.sessions, self._crowds[causes.said.of].view(np.int32)]
        )

    def pairs(self) -> tuple[Ints, Ints]:
        """The units that are likely enough the same, two and two."""
        near, weighing = self._near, self._weighing
        # Where it is emptiest a pair need not lie closer than this.
        emptiest = (weighing.asked + weighing.found) * weighing.least + weighing.start
        a, b, cosines = near.pairs((min(_OF_OTHERS, _OF_ROOTS) - emptiest) / weighing.cosine)
        odds = weighing.log_odds(cosines, self._crowds[a], self._crowds[b])
        one, other = self._row_of[a], self._row_of[b]
        of_one, of_other = self._unit_of[one], self._unit_of[other]
        sessions = self._causes.sessions
        is_told = odds > self._least(of_one, of_other)
        is_told &= (sessions[one] != sessions[other]) & (of_one != of_other)
        # Most causes stand alone, and most say enough; the others are looked at again.
        asked = np.flatnonzero(is_told & (self._is_special[of_one] | self._is_special[of_other]))
        is_told[asked] = self._may_be(of_one[asked], of_other[asked])
        is_asked = np.zeros(len(self.little), bool)
        is_asked[a[is_told]] = is_asked[b[is_told]] = True
        for place in np.flatnonzero(is_asked & (self.little == _UNKNOWN)).tolist():
            self._says_little(int(self._row_of[place]))
        says_little = self.little == 1
        for at in np.flatnonzero(is_told & (says_little[a] | says_little[b])).tolist():
            is_told[at] = self._say_enough(int(one[at]), int(other[at]))
        return of_one[is_told], of_other[is_told]

    def known(self, part: Sequence[int]) -> Known:
        """All that what is linked of some units hangs on."""
        units = np.array(part)
        roots = self._is_root[units].tobytes()
        if not self._is_special[units].any():
            return self._facts[units].tobytes(), roots
        rows = [row for unit in part for row in self._units.rows(unit)]
        barred = tuple(
            (at, place)
            for at, unit in enumerate(part)
            if unit in self._barred
            for place, other in enumerate(part)
            if other in self._barred[unit]
        )
        sizes = tuple(len(self._units.rows(unit)) for unit in part)
        return self._facts[rows].tobytes(), roots, sizes, barred

    def odds(self, part: Sequence[int]) -> Odds:
        """The log-odds, above the least that is told, of each two of some units: (n, n)."""
        causes = self._causes
        rows = np.array([row for unit in part for row in self._units.rows(unit)], np.int64)
        begins = np.cumsum([0, *(len(self._units.rows(unit)) for unit in part[:-1])])
        vectors = self._vectors_of(causes.said.words[rows].tolist())
        crowds = self._crowds[causes.said.of[rows]]
        odds = self._weighing.log_odds(vectors @ vectors.T, crowds[:, None], crowds[None])
        places = rows.tolist()
        for at, row in enumerate(places):
            if self._says_little(row):
                for to, other in enumerate(places):
                    if not self._say_enough(row, other):
                        odds[at, to] = odds[to, at] = _NEVER
        sessions = causes.sessions[rows]
        is_one = sessions[:, None] == sessions
        for axis in (0, 1):
            odds = np.maximum.reduceat(odds, begins, axis=axis)
            is_one = np.logical_or.reduceat(is_one, begins, axis=axis)
        units = np.array(part)
        odds -= self._least(units[:, None], units)
        odds[is_one] = _NEVER
        for at, unit in enumerate(part):
            for place, other in enumerate(part if unit in self._barred else ()):
                if other in self._barred[unit]:
                    odds[at, place] = _NEVER
        return odds

    def _least(self, one: Ints, other: Ints) -> Odds:
        are_roots = self._is_root[one] & self._is_root[other]
        return np.where(are_roots, _OF_ROOTS, _OF_OTHERS)

    def _may_be(self, one: Ints, other: Ints) -> Bools:
        """Which units can be one, two and two: nobody said that they are not, and no session has
        both.
        """
        sizes = np.bincount(self._unit_of)
        is_less = sizes[one] <= sizes[other]
        less, more = np.where(is_less, one, other), np.where(is_less, other, one)
        may_be = ~self._meet(less, more)
        is_barred = np.zeros(len(self._unit_of), bool)
        is_barred[[*self._barred]] = True
        for at in np.flatnonzero(is_barred[one] & is_barred[other]).tolist():
            may_be[at] &= int(other[at]) not in self._barred[int(one[at])]
        return may_be

    def _meet(self, one: Ints, other: Ints) -> Bools:
        """Whether a session has causes of both units, two and two."""
        sessions = self._causes.sessions
        size = int(sessions.max(initial=0)) + 1
        places = distinct(self._unit_of * size + sessions)
        begins = np.searchsorted(places, one * size)
        many = np.searchsorted(places, (one + 1) * size) - begins
        pair = np.repeat(np.arange(len(one)), many)
        turn = np.arange(len(pair)) - np.repeat(np.cumsum(many) - many, many)
        asked = other[pair] * size + places[begins[pair] + turn] % size
        found = np.zeros(len(one), bool)
        found[pair[are_in(asked, places)]] = True
        return found

    def _say_enough(self, row: int, other: int) -> bool:
        fewer, more = sorted((self._carry(row), self._carry(other)), key=len)
        return len(fewer) > FEW or (len(fewer) > 0 and fewer <= more)

    def _says_little(self, row: int) -> bool:
        place = self._causes.said.of[row]
        if self.little[place] == _UNKNOWN:
            self.little[place] = len(self._carry(row)) <= FEW
        return bool(self.little[place])

    def _carry(self, row: int) -> frozenset[str]:
        return stems(self._causes.text_of(row))


def _carried(numbers: Ints, known: NDArray[np.int8], wanted: Ints) -> NDArray[np.int8]:
    """What is known of numbers, which are in order, for others."""
    found = np.full(len(wanted), _UNKNOWN, np.int8)
    if len(numbers):
        at = np.minimum(np.searchsorted(numbers, wanted), len(numbers) - 1)
        is_known = numbers[at] == wanted
        found[is_known] = known[at[is_known]]
    return found

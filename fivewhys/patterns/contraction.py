"""Causes that count as one: what people called the same, and what has the same words.

Pure bookkeeping on row numbers, the same wherever it is asked: for groups, for what is confirmed,
and for what is left to ask. Decisions count for more than equal words, *different* for more than
*same*. Where decisions contradict each other, *same* holds for the smaller rows first.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from fivewhys.patterns.live import Ints

Pair = tuple[int, int]


def contracted(
    row_of: Mapping[str, int],
    equal: Iterable[list[int]],
    same: Iterable[tuple[str, str]],
    different: Iterable[tuple[str, str]],
) -> "Units":
    """The units that decisions and equal words make of causes.

    `row_of` numbers the keys in their order from 0, `equal` are the rows that share their words,
    smallest first; those come first of which somebody decided on the smallest, so that causes that
    no decision names change nothing. Pairs with other keys connect and part nothing. The order of
    what is given does not matter.
    """
    apart, together = [*different], [*same]
    units = Units(len(row_of), _rows(apart, row_of))
    for a, b in _rows(together, row_of):
        units.join(a, b)
    decided = {row_of[key] for pair in (*apart, *together) for key in pair if key in row_of}

    def first_decided(rows: list[int]) -> int:
        return next(filter(decided.__contains__, rows), len(row_of))

    for rows in sorted(equal, key=first_decided):
        units.join_equal(rows)
    return units


def _rows(pairs: Iterable[tuple[str, str]], row_of: Mapping[str, int]) -> list[Pair]:
    found = {
        (min(row_of[a], row_of[b]), max(row_of[a], row_of[b]))
        for a, b in pairs
        if a in row_of and b in row_of and a != b
    }
    return sorted(found)


class Units:
    """Sets of rows that no grouping takes apart; different ones never come together.

    Units are joined one pair at a time; a pair that would bring together what is decided to be
    different is passed over, so that the order decides which of two contrary words holds.
    """

    def __init__(self, count: int, different: Iterable[Pair]) -> None:
        self._above = list(range(count))
        self._rows: dict[int, list[int]] = {}
        self._barred: dict[int, set[int]] = {}
        for a, b in different:
            self._barred.setdefault(a, set()).add(b)
            self._barred.setdefault(b, set()).add(a)

    def unit(self, row: int) -> int:
        """The unit of a row: the smallest of its rows."""
        above = self._above
        while above[row] != row:
            above[row] = above[above[row]]
            row = above[row]
        return row

    def rows(self, unit: int) -> Sequence[int]:
        """All rows of a unit."""
        return self._rows.get(unit, (unit,))

    def barred(self, unit: int) -> set[int]:
        """Units that must not stand in one group with this one."""
        return {self.unit(row) for row in self._barred.get(unit, ())}

    def is_barred(self, a: int, b: int) -> bool:
        """Whether two units must not stand in one group."""
        return a in self._barred and b in self.barred(a)

    def all_barred(self) -> dict[int, set[int]]:
        """For each unit that must not stand with some other: those others."""
        return {unit: self.barred(unit) for unit in sorted(self._barred)}

    def join(self, a: int, b: int) -> bool:
        """Make the units of two rows one; False, and nothing done, where that is barred."""
        a, b = sorted((self.unit(a), self.unit(b)))
        if a == b:
            return True
        if self.is_barred(a, b):
            return False
        self._above[b] = a
        self._rows.setdefault(a, [a]).extend(self.rows(b))
        self._rows.pop(b, None)
        if b in self._barred:
            self._barred.setdefault(a, set()).update(self._barred.pop(b))
        return True

    def join_equal(self, rows: Iterable[int]) -> None:
        """Make rows with the same words one unit, or as few units as the barred pairs allow."""
        heads: list[int] = []
        for row in rows:
            if not any(self.join(head, row) for head in heads):
                heads.append(row)

    def of_rows(self) -> Ints:
        """The unit of each row."""
        found = np.arange(len(self._above))
        for unit, rows in self._rows.items():
            found[rows] = unit
        return found

    def all(self) -> list[int]:
        """All units, smallest row first."""
        return [row for row, above in enumerate(self._above) if row == above]

    def larger(self) -> dict[int, list[int]]:
        """The rows of units that have more than one."""
        return self._rows

"""The groups of the last time on the disk, so that a new start need not compare everything anew.

Whatever is wrong with the file, it is as if it were not there: groups can be made again.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.array_file import Arrays, read_arrays, write_arrays
from fivewhys.patterns.grouped import Grouped
from fivewhys.patterns.likely import TOGETHER
from fivewhys.patterns.live import Ints
from fivewhys.patterns.places import NONE, aligned
from fivewhys.patterns.rows import Rows

Pair = tuple[str, str]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """Groups, and what they were made from."""

    groups: Grouped
    words: Ints
    """The number of the words of each cause, in the order of their keys."""
    same: Collection[Pair] = ()
    different: Collection[Pair] = ()

    def __eq__(self, other: object) -> bool:
        """Whether the same was made from the same."""
        if not isinstance(other, Grouping):
            return NotImplemented
        mine, others = self.groups, other.groups
        return (
            [*mine.keys_in_order] == [*others.keys_in_order]
            and np.array_equal(self.words, other.words)
            and [*mine.names] == [*others.names]
            and np.array_equal(mine.number_of, others.number_of)
            and [*self.same] == [*other.same]
            and [*self.different] == [*other.different]
        )

    __hash__ = None  # type: ignore[assignment]  # arrays have none

    def changed(
        self, rows: Rows, same: Collection[Pair], different: Collection[Pair]
    ) -> Iterator[str]:
        """The causes that have other words now, and those of which a decision was taken back."""
        for then, now in ((self.same, same), (self.different, different)):
            yield from chain.from_iterable(set(then) - set(now))
        at = aligned(rows.keys, self.groups.keys_in_order)
        known = np.flatnonzero(at != NONE)
        for row in known[self.words[at[known]] != rows.said.words[known]].tolist():
            yield rows.keys[row]


class GroupFile:
    """The file at `path`, for groups by the vectors of one encoder."""

    def __init__(self, path: Path, encoder: str) -> None:
        self._path = path
        # Groups of another encoder, or cut at another threshold, would be taken for good ones.
        self._made_by = f"1 {encoder} {TOGETHER}"

    def read(self) -> Grouping | None:
        """What was written last; None where there is nothing whole of this encoder."""
        return read_arrays(self._path, self._made_by, _grouping)

    def write(self, grouping: Grouping) -> None:
        """Keep `grouping` in place of what was there. Raises OSError."""
        groups = grouping.groups
        arrays = {
            "keys": _joined(groups.keys_in_order),
            "names": _joined(groups.names),
            "numbers": groups.number_of.astype(np.int32),
            "words": grouping.words,
            "same": _joined(chain.from_iterable(grouping.same)),
            "different": _joined(chain.from_iterable(grouping.different)),
        }
        write_arrays(self._path, self._made_by, arrays)


def _grouping(found: Arrays) -> Grouping:
    keys, names = _lines(found["keys"]), _lines(found["names"])
    numbers, words = (found[name].astype(np.int64) for name in ("numbers", "words"))
    is_each = len(keys) == len(numbers) == len(words)
    if not is_each or ((numbers < 0) | (numbers >= len(names))).any():
        raise ValueError("Not every cause has a group.")
    return Grouping(
        Grouped(keys, names, numbers), words, _pairs(found["same"]), _pairs(found["different"])
    )


def _joined(keys: Iterable[str]) -> Bytes:
    return np.frombuffer("\n".join(keys).encode(), np.uint8)


def _lines(data: Bytes) -> list[str]:
    return data.tobytes().decode().split("\n") if len(data) else []


def _pairs(data: Bytes) -> list[Pair]:
    keys = _lines(data)
    return list(zip(keys[::2], keys[1::2], strict=True))

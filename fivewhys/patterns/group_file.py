"""The groups of the last time on the disk, so that a new start need not compare everything anew.

Whatever is wrong with the file, it is as if it were not there: groups can be made again.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.array_file import Arrays, read_arrays, write_arrays
from fivewhys.patterns.likely import TOGETHER

Pair = tuple[str, str]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups, and what they were made from."""

    words: Mapping[str, int]
    """For each cause the number of its words."""
    groups: Mapping[str, Collection[str]]
    """By name; each cause is in one."""
    same: Collection[Pair] = ()
    different: Collection[Pair] = ()


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
        number_of = {
            key: number for number, group in enumerate(grouping.groups.values()) for key in group
        }
        keys = list(grouping.words)
        arrays = {
            "keys": _joined(keys),
            "names": _joined(grouping.groups),
            "numbers": np.array([number_of[key] for key in keys], np.int32),
            "words": np.array(list(grouping.words.values()), np.int64),
            "same": _joined(chain.from_iterable(grouping.same)),
            "different": _joined(chain.from_iterable(grouping.different)),
        }
        write_arrays(self._path, self._made_by, arrays)


def _grouping(found: Arrays) -> Grouping:
    keys, names = _lines(found["keys"]), _lines(found["names"])
    members: list[list[str]] = [[] for _ in names]
    for key, number in zip(keys, found["numbers"].tolist(), strict=True):
        members[number].append(key)
    return Grouping(
        dict(zip(keys, found["words"].tolist(), strict=True)),
        {name: frozenset(group) for name, group in zip(names, members, strict=True)},
        _pairs(found["same"]),
        _pairs(found["different"]),
    )


def _joined(keys: Iterable[str]) -> Bytes:
    return np.frombuffer("\n".join(keys).encode(), np.uint8)


def _lines(data: Bytes) -> list[str]:
    return data.tobytes().decode().split("\n") if len(data) else []


def _pairs(data: Bytes) -> list[Pair]:
    keys = _lines(data)
    return list(zip(keys[::2], keys[1::2], strict=True))

"""The keys of an index's rows in little room: 16 bytes each, and which row a key has.

Keys are mostly UUIDs, whose 16 bytes say all. Any other string is told by 16 bytes of its digest,
and is kept whole elsewhere (in the index's names).
"""

import re
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.uint64]
"""Two words for each key, (n, 2)."""

Rows = NDArray[np.int64]

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}").fullmatch
_FEW = 20_000
"""New rows that may wait in a dictionary before all keys are sorted anew."""

_ODD = np.uint64(0x9E3779B97F4A7C15)


def is_uuid(key: str) -> bool:
    """Whether `key` is a UUID exactly as Python writes one."""
    return _UUID(key) is not None


def ids_of(keys: Sequence[str]) -> Ids:
    """The 16 bytes of each key."""
    joined = b"".join(
        bytes.fromhex(key.replace("-", ""))
        if _UUID(key)
        else blake2b(name_of(key), digest_size=16).digest()
        for key in keys
    )
    return np.frombuffer(joined, "<u8").reshape(-1, 2)


def name_of(key: str) -> bytes:
    """The bytes of a key that is no UUID; any string has some."""
    return key.encode("utf-8", "surrogatepass")


def key_of_name(name: bytes) -> str:
    """The key again."""
    return name.decode("utf-8", "surrogatepass")


def key_of_id(number: bytes) -> str:
    """The UUID again from its 16 bytes."""
    text = number.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


class KeyRows:
    """Which row a key has: a sorted array for most keys, a dictionary for the newest rows."""

    def __init__(self) -> None:
        self._hashes = np.empty(0, np.uint64)
        self._rows = np.empty(0, np.uint32)
        self._newest: dict[bytes, int] = {}
        self._sorted = 0
        self._known = 0

    def find(self, wanted: Ids, ids: Ids, is_there: NDArray[np.bool_]) -> Rows:
        """The row of each wanted id, or -1.

        `ids` and `is_there` tell of all rows; of rows with the same id at most one is there.
        """
        self._learn(ids, is_there)
        found = np.full(len(wanted), -1, np.int64)
        if len(self._hashes):
            hashes = _mixed(wanted)
            places = np.searchsorted(self._hashes, hashes)
            left = np.arange(len(wanted))
            # Different ids with one hash stand side by side.
            while len(left):
                left = left[places[left] < len(self._hashes)]
                left = left[self._hashes[places[left]] == hashes[left]]
                rows = self._rows[places[left]]
                is_it = (ids[rows] == wanted[left]).all(axis=1) & is_there[rows]
                found[left[is_it]] = rows[is_it]
                left = left[~is_it]
                places[left] += 1
        if self._newest:
            for at, number in enumerate(_bytes_of(wanted)):
                row = self._newest.get(number)
                if row is not None and is_there[row]:
                    found[at] = row
        return found

    def _learn(self, ids: Ids, is_there: NDArray[np.bool_]) -> None:
        """Take in the rows that came since the last time."""
        count = len(ids)
        if count - self._sorted > max(_FEW, self._sorted // 16):
            rows = np.flatnonzero(is_there[:count])
            hashes = _mixed(ids[rows])
            order = np.argsort(hashes)
            self._hashes, self._rows = hashes[order], rows[order].astype(np.uint32)
            self._newest = {}
            self._sorted = self._known = count
        elif count > self._known:
            numbers = _bytes_of(ids[self._known :])
            self._newest.update(zip(numbers, range(self._known, count), strict=True))
            self._known = count


def _mixed(ids: Ids) -> NDArray[np.uint64]:
    mixed: NDArray[np.uint64] = ids[:, 0] * _ODD ^ ids[:, 1]
    return mixed


def _bytes_of(ids: Ids) -> list[bytes]:
    joined = ids.tobytes()
    return [joined[at : at + 16] for at in range(0, len(joined), 16)]

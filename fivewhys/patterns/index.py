"""An index in memory: which vector belongs to which key, and the nearest rows.

The vectors themselves lie in memory or in files (`index_files`); codes, keys and what else a row
has are kept here, about 100 bytes a row.
"""

import struct
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.codes import Codes, Rows, sign_codes
from fivewhys.patterns.commits import Commit
from fivewhys.patterns.encoder import DIMENSIONS
from fivewhys.patterns.index_files import (
    CHECK,
    CODE,
    COLUMNS,
    ID,
    NAME,
    TEXT,
    Damaged,
    Halves,
    IndexFiles,
    Step,
    Words,
)
from fivewhys.patterns.keys import (
    KeyRows,
    ids_of,
    is_uuid,
    key_of_id,
    key_of_name,
    name_of,
)

Floats = NDArray[np.float32]

RANKED = 500
"""Rows whose vectors are compared exactly. Of a million rows the true first ten were all among them
(`tests/benchmarks/recall.py`); a text like no other may lose some that are hardly near."""

_AT_ONCE = 8192
"""Rows whose vectors are read at once."""

_KEPT = (ID, ID + 1, TEXT, NAME, CHECK)
_KEPT_TEXT, _KEPT_NAME, _KEPT_CHECK = 2, 3, 4
_LENGTH = struct.Struct("<I")

# Odd, so that one changed word always changes the sum; all different, so that two that changed
# places do too.
_WEIGHTS = (np.arange(1, DIMENSIONS // 4 + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)) | 1
_NOT_NOTHING = np.uint64(0x5DEECE66D)


class IsOver(Exception):
    """Another index has taken the place of this one."""


class Index:
    """The rows of one index; on files where some are given.

    Searching is safe while another thread adds; adding is for one thread at a time.
    """

    def __init__(self, files: IndexFiles | None = None) -> None:
        self.files = files
        self.is_damaged = False
        self.commit = Commit()
        self._log_state: tuple[int, int, int] | None = None
        self._codes = Codes()
        self._count = 0
        self._kept = np.empty((0, len(_KEPT)), np.uint64)
        self._is_there = np.empty(0, np.bool_)
        self._names = bytearray()
        self._key_rows = KeyRows()
        # Where there are no files, the vectors are the filled part of this room.
        self._room: Halves = np.empty((0, DIMENSIONS), np.float16)
        self._vectors: Halves = self._room

    @classmethod
    def opened(cls, files: IndexFiles) -> "Index":
        """The index in these files; as much of it as is whole, where they are damaged.

        Raises `IsOver`.
        """
        index = cls(files)
        try:
            index.refresh()
        except Damaged:
            index = cls(files)
            index._take(files.proven())
            index.is_damaged = True
        return index

    def __len__(self) -> int:
        return self.commit.rows - self.commit.gone

    def refresh(self) -> None:
        """Take in what was finished since the last time, by whoever. Cheap where nothing was.

        Raises `IsOver` where there is another index now, and `Damaged`.
        """
        if self.files is None or self.is_damaged:
            return
        try:
            state = self.files.log_state()
        except OSError as error:
            raise IsOver from error
        known = self._log_state
        if state == known:
            return
        if known is not None and (state[0] != known[0] or state[1] < known[1]):
            raise IsOver
        newest = self.files.newest()
        if newest.is_over:
            raise IsOver
        self._take(newest)
        self._log_state = state

    def finish(self, step: Step, mark: str | None) -> None:
        """Bring a step to the disk, where there are files; `refresh` or `take` then takes it in."""
        if self.files is not None:
            self.files.add(self.commit, step, mark)

    def take(self, step: Step, mark: str | None) -> None:
        """Take in a step that was just finished."""
        if self.files is not None:
            self.refresh()
            return
        count = self._count + len(step.rows)
        room = self._room
        if count > len(room):
            room = np.empty((max(count, 2 * self._count), DIMENSIONS), np.float16)
            room[: self._count] = self._vectors
            self._room = room
        room[self._count : count] = step.vectors
        self._vectors = room[:count]
        self._names += step.names
        self._append(step.rows)
        self._is_there[step.gone] = False
        self.commit = self.commit.next(
            rows=count,
            names=len(self._names),
            gone=self.commit.gone + len(step.gone),
            mark=self.commit.mark if mark is None else mark,
        )

    def step(
        self, keys: Sequence[str], numbers: NDArray[np.int64], vectors: NDArray[np.floating]
    ) -> Step:
        """The step that gives each of `keys`, all different, its text's number and its vector."""
        ids = ids_of(keys)
        halves = vectors.astype(np.float16)
        rows = np.zeros((len(keys), COLUMNS), np.uint64)
        rows[:, ID : ID + 2] = ids
        rows[:, CODE:TEXT] = sign_codes(halves)
        rows[:, TEXT] = numbers.view(np.uint64)
        rows[:, CHECK] = _checks(halves)
        names = bytearray()
        for at, key in enumerate(keys):
            if not is_uuid(key):
                rows[at, NAME] = self.commit.names + len(names) + 1
                name = name_of(key)
                names += _LENGTH.pack(len(name)) + name
        old = self.find(ids)
        return Step(rows, halves, bytes(names), old[old >= 0].astype(np.uint32))

    def removal(self, keys: Sequence[str]) -> Step:
        """The step that takes out those of `keys`, all different, that are there."""
        rows = self.find(ids_of(keys))
        return self.without(rows[rows >= 0])

    @staticmethod
    def without(rows: Rows) -> Step:
        """The step that takes out these rows, which are there."""
        no_rows, no_vectors = np.empty((0, COLUMNS)), np.empty((0, DIMENSIONS))
        gone = rows.astype(np.uint32)
        return Step(no_rows.astype(np.uint64), no_vectors.astype(np.float16), b"", gone)

    def find(self, ids: NDArray[np.uint64]) -> Rows:
        """The row of each key, given by its 16 bytes, or -1."""
        count = self._count
        return self._key_rows.find(ids, self._kept[:count, :2], self._is_there)

    def there(self, since: int = 0, until: int | None = None) -> Rows:
        """The rows that are there, the oldest first."""
        return since + np.flatnonzero(
            self._is_there[since : self._count if until is None else until]
        )

    def are_there(self, rows: Rows) -> NDArray[np.bool_]:
        """Which of these rows are there."""
        return self._is_there[rows]

    def key(self, row: int) -> str:
        """The key of a row."""
        kept = self._kept[row]
        place = int(kept[_KEPT_NAME])
        if not place:
            return key_of_id(kept[:2].tobytes())
        (length,) = _LENGTH.unpack_from(self._names, place - 1)
        begin = place - 1 + _LENGTH.size
        return key_of_name(bytes(self._names[begin : begin + length]))

    def numbers(self, rows: Rows) -> NDArray[np.int64]:
        """The numbers of these rows' texts."""
        numbers: NDArray[np.int64] = self._kept[rows, _KEPT_TEXT].view(np.int64)
        return numbers

    def whole(self, rows: Rows) -> tuple[Rows, Halves]:
        """Those of `rows` whose vectors are as they were written, and these vectors."""
        vectors = self._vectors
        if self.files is not None and not self.files.has_vectors(len(vectors)):
            self.is_damaged = True
            return rows[:0], vectors[:0]
        found = np.asarray(vectors[rows])
        is_whole = _checks(found) == self._kept[rows, _KEPT_CHECK]
        if not is_whole.all():
            self.is_damaged = True
            rows, found = rows[is_whole], found[is_whole]
        return rows, found

    def parts(self, rows: Rows) -> Iterator[tuple[Rows, Halves]]:
        """Those of `rows` that are whole with their vectors, some at a time."""
        for begin in range(0, len(rows), _AT_ONCE):
            yield self.whole(rows[begin : begin + _AT_ONCE])

    def nearest(self, vector: Floats, k: int) -> tuple[Rows, Floats]:
        """The `k` rows whose vectors have the highest cosine with a unit vector, best first."""
        rows, _, scores = self.compared(vector, k)
        order = np.argsort(-scores, kind="stable")[:k]
        return rows[order], scores[order]

    def compared(self, vector: Floats, k: int) -> tuple[Rows, Floats, Floats]:
        """The rows that a search for the nearest `k` compares exactly, in no particular order.

        With their vectors and cosines; they are `RANKED` or some more, where there are so many.
        """
        is_there = self._is_there[: len(self._vectors)]
        code = sign_codes(vector[None])[0]
        rows, found = self.whole(self._codes.nearest(code, max(RANKED, 2 * k), is_there))
        vectors = found.astype(np.float32)
        return rows, vectors, vectors @ vector

    def _take(self, until: Commit) -> None:
        files, since = self.files, self.commit
        if files is None or until.number <= since.number:
            return
        names, gone = files.names(since, until), files.gone(since, until)
        vectors = files.vectors(until.rows)
        parts = files.rows(since, until)
        if since.number:
            # Others use what is there already, so all that comes must be whole before it counts.
            parts = iter(list(parts))
        self._names += names
        for part in parts:
            self._append(part)
        self._vectors = vectors
        self._is_there[gone] = False
        self.commit = until

    def _append(self, rows: Words) -> None:
        count = self._count + len(rows)
        if count > len(self._kept):
            room = count + count // 8
            kept, is_there = np.empty((room, len(_KEPT)), np.uint64), np.zeros(room, np.bool_)
            kept[: self._count] = self._kept[: self._count]
            is_there[: self._count] = self._is_there[: self._count]
            self._kept, self._is_there = kept, is_there
        self._kept[self._count : count] = rows[:, _KEPT]
        self._codes.extend(rows[:, CODE:TEXT])
        self._is_there[self._count : count] = True
        self._count = count


def _checks(vectors: Halves) -> NDArray[np.uint64]:
    """A checksum of each vector that any one changed word changes."""
    words = np.ascontiguousarray(vectors).view(np.uint64)
    return words @ _WEIGHTS + _NOT_NOTHING

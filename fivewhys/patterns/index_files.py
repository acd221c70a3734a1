"""The files of one index, which only ever grow, and how a step that was cut off leaves no trace.

A folder holds `rows` (one record a row, see `Rows`), `vectors` (float16, one row each), `names`
(keys that are no UUIDs), `gone` (numbers of rows that were taken out) and the `log`. What a step
adds is brought to the disk before its commit is; so whatever the last commit covers is whole, and
what lies behind was cut off and is overwritten. The caller sees to it that one writes at a time.
"""

import os
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.codes import WORDS
from fivewhys.patterns.commits import HEADER, RECORD, Commit, commit_in, encoder_in, header
from fivewhys.patterns.encoder import DIMENSIONS

Halves = NDArray[np.float16]
Words = NDArray[np.uint64]

ID, CODE, TEXT, NAME, CHECK = 0, 2, 2 + WORDS, 3 + WORDS, 4 + WORDS
"""Columns of a record: key (2 words), code, number of the text, name (its place + 1, or 0 where the
key is a UUID), checksum of the vector."""

COLUMNS = CHECK + 1

_ROW = 8 * COLUMNS
_VECTOR = 2 * DIMENSIONS
_AT_ONCE = 1 << 15
"""Rows that are read at once."""


class Damaged(Exception):
    """Files of an index are not what was written, or some are missing."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one step adds: rows with their vectors, names, and rows that go."""

    rows: Words
    vectors: Halves
    names: bytes
    gone: NDArray[np.uint32]


class IndexFiles:
    """The files in `folder`, which are there."""

    def __init__(self, folder: Path) -> None:
        """Raises `Damaged`, also where there is nothing."""
        self.folder = folder
        self._log = folder / "log"
        try:
            with self._log.open("rb") as file:
                encoder = encoder_in(file.read(HEADER))
        except OSError as error:
            raise Damaged(str(error)) from error
        if encoder is None:
            raise Damaged("the beginning of the log")
        self.encoder = encoder

    @classmethod
    def made(cls, folder: Path, encoder: str) -> "IndexFiles":
        """A new index without rows in a new folder."""
        beginning = header(encoder)
        folder.mkdir(parents=True)
        for name in ("rows", "vectors", "names", "gone"):
            (folder / name).touch()
        _write(folder / "log", 0, beginning)
        return cls(folder)

    def log_state(self) -> tuple[int, int, int]:
        """Changes whenever a step was finished. Raises FileNotFoundError where the log is gone."""
        known = self._log.stat()
        # The time tells where a record takes the place of one that a power cut left empty.
        return known.st_ino, known.st_size, known.st_mtime_ns

    def newest(self) -> Commit:
        """The last commit. Raises `Damaged` where it, or a file that it covers, is not whole."""
        count, tail = self._last_record()
        commit = commit_in(tail, count) if count else Commit()
        if commit is None:
            if any(tail):
                raise Damaged("the last record of the log")
            # After a power cut a file may have grown without its bytes: nothing was finished.
            return self.proven()
        for name, size in self._sizes(commit).items():
            try:
                is_short = (self.folder / name).stat().st_size < size
            except OSError as error:
                raise Damaged(str(error)) from error
            if is_short:
                raise Damaged(f"{name} is shorter than {size} bytes")
        return commit

    def proven(self) -> Commit:
        """The last commit up to which everything can be shown to be whole."""
        best = Commit()
        with ExitStack() as opened:
            try:
                data = self._log.read_bytes()[HEADER:]
                vectors = (self.folder / "vectors").stat().st_size
                files = {
                    name: opened.enter_context((self.folder / name).open("rb"))
                    for name in ("rows", "names", "gone")
                }
            except OSError:
                return best
            for number in range(1, len(data) // RECORD + 1):
                commit = commit_in(data[(number - 1) * RECORD : number * RECORD], number)
                if commit is None:
                    continue
                before, after = self._sizes(best), self._sizes(commit)
                sums = {
                    name: zlib.crc32(file.read(after[name] - before[name]), _sum(best, name))
                    for name, file in files.items()
                }
                is_whole = all(_sum(commit, name) == found for name, found in sums.items())
                if not is_whole or vectors < after["vectors"]:
                    break
                best = commit
        return best

    def rows(self, since: Commit, until: Commit) -> Iterator[Words]:
        """Records of the rows that came after `since`, some at a time.

        Raises `Damaged` after the last where they are not what was written.
        """
        found = since.rows_sum
        with _opened(self.folder / "rows") as file:
            file.seek(since.rows * _ROW)
            for begin in range(since.rows, until.rows, _AT_ONCE):
                data = file.read(min(_AT_ONCE, until.rows - begin) * _ROW)
                found = zlib.crc32(data, found)
                if len(data) % _ROW:
                    break
                yield np.frombuffer(data, "<u8").reshape(-1, COLUMNS)
        if found != until.rows_sum:
            raise Damaged("rows")

    def names(self, since: Commit, until: Commit) -> bytes:
        """The names that came after `since`. Raises `Damaged`."""
        return self._part("names", since, until)

    def gone(self, since: Commit, until: Commit) -> NDArray[np.uint32]:
        """The rows that were taken out after `since`. Raises `Damaged`."""
        return np.frombuffer(self._part("gone", since, until), "<u4")

    def vectors(self, count: int) -> Halves:
        """The first `count` vectors, read from the disk where they are looked at.

        Raises `Damaged` where the file is shorter: looking there would end the program.
        """
        path = self.folder / "vectors"
        if not count:
            return np.empty((0, DIMENSIONS), np.float16)
        try:
            return np.memmap(path, "<f2", "r", shape=(count, DIMENSIONS)).view(np.ndarray)
        except (OSError, ValueError) as error:
            raise Damaged(str(error)) from error

    def has_vectors(self, count: int) -> bool:
        """Whether the file of vectors is still as long as `count` of them."""
        try:
            return (self.folder / "vectors").stat().st_size >= count * _VECTOR
        except OSError:
            return False

    def add(self, since: Commit, step: Step, mark: str | None = None) -> Commit:
        """Finish a step after `since`, which must be the newest commit; returns its own.

        When this returns, the step is on the disk. Where it is cut off, nothing of it counts.
        """
        rows, gone = step.rows.tobytes(), step.gone.tobytes()
        commit = since.next(
            rows=since.rows + len(step.rows),
            names=since.names + len(step.names),
            gone=since.gone + len(step.gone),
            rows_sum=zlib.crc32(rows, since.rows_sum),
            names_sum=zlib.crc32(step.names, since.names_sum),
            gone_sum=zlib.crc32(gone, since.gone_sum),
            mark=since.mark if mark is None else mark,
        )
        record = commit.packed()
        sizes = self._sizes(since)
        parts = {
            "vectors": step.vectors.tobytes(),
            "rows": rows,
            "names": step.names,
            "gone": gone,
        }
        for name, data in parts.items():
            if data:
                _write(self.folder / name, sizes[name], data)
        _write(self._log, HEADER + since.number * RECORD, record)
        return commit

    def close(self, since: Commit) -> None:
        """Say that another index has taken the place of this one."""
        _write(self._log, HEADER + since.number * RECORD, since.next(is_over=True).packed())

    def _part(self, name: str, since: Commit, until: Commit) -> bytes:
        begin, end = self._sizes(since)[name], self._sizes(until)[name]
        with _opened(self.folder / name) as file:
            file.seek(begin)
            data = file.read(end - begin)
        if zlib.crc32(data, _sum(since, name)) != _sum(until, name):
            raise Damaged(name)
        return data

    def _last_record(self) -> tuple[int, bytes]:
        """How many whole records the log has, and the last."""
        with _opened(self._log) as file:
            count = (file.seek(0, os.SEEK_END) - HEADER) // RECORD
            if count <= 0:
                return 0, b""
            file.seek(HEADER + (count - 1) * RECORD)
            return count, file.read(RECORD)

    @staticmethod
    def _sizes(commit: Commit) -> dict[str, int]:
        return {
            "rows": commit.rows * _ROW,
            "vectors": commit.rows * _VECTOR,
            "names": commit.names,
            "gone": commit.gone * 4,
        }


def _sum(commit: Commit, name: str) -> int:
    return {"rows": commit.rows_sum, "names": commit.names_sum, "gone": commit.gone_sum}[name]


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise Damaged(str(error)) from error


def _write(path: Path, begin: int, data: bytes) -> None:
    """Write `data` from byte `begin` on, drop what was behind, and wait until it is on the disk."""
    with path.open("r+b" if path.exists() else "xb") as file:
        if file.seek(0, os.SEEK_END) < begin:
            raise Damaged(f"{path.name} is shorter than {begin} bytes")
        file.truncate(begin)
        file.seek(begin)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())

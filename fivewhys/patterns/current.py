"""The index that counts now, in memory or of a folder: opened when first used, and kept up to date.

It knows vectors, not texts.
"""

import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path

import numpy as np

from fivewhys.patterns.codes import Rows
from fivewhys.patterns.index import Index, IsOver
from fivewhys.patterns.index_files import Damaged, IndexFiles, Step
from fivewhys.patterns.keys import ids_of
from fivewhys.patterns.shelf import Shelf

PATIENCE = 5.0
"""Seconds to wait for another program that writes: a step takes a fraction of one."""

GONE_LEAST = 10_000
"""Rows that may be gone before packing is worth while, however few are left."""

_TRIES = 4
_PAUSE = 0.01


class State(StrEnum):
    """What was found in the files."""

    READY = "ready"
    MISSING = "missing"
    """There is no index yet. Adding makes one."""
    DAMAGED = "damaged"
    """Files are not what was written. What is whole is searched; adding saves that first."""
    OTHER_ENCODER = "other encoder"
    """Vectors of another encoder, which cannot be compared. Adding begins anew."""


class Current:
    """The index in `folder`, or one in memory, for vectors of the encoder of that name."""

    def __init__(self, folder: Path | None, encoder: str) -> None:
        self.shelf = None if folder is None else Shelf(folder)
        # Whoever adds holds the second for long, and the first only to take in what is finished.
        self.lock, self._writing = threading.RLock(), threading.RLock()
        self._encoder = encoder
        self._index = Index() if folder is None else None
        self._state = State.MISSING
        self._opened: Path | None = None
        self._has_looked = False
        self.repairs = 0
        """How often this saved what was whole of damaged files; what a mark said is over then."""

    @property
    def state(self) -> State:
        """What is in the files now."""
        with self.lock:
            index = self.look()
            if index is None:
                return self._state
            return State.DAMAGED if index.is_damaged else State.READY

    @property
    def has_met_damage(self) -> bool:
        """Whether the files were not what was written, as far as they were read. Reads nothing."""
        index = self._index
        return index is not None and index.is_damaged

    def look(self) -> Index | None:
        """The index as it is now, or None where there is none that can be used.

        Where nothing changed since the last time, that is seen in some microseconds.
        """
        with self.lock:
            for tried in range(_TRIES):
                try:
                    if self.shelf is not None and not self._is_newest(self.shelf):
                        self._open(self.shelf)
                    elif self._index is not None:
                        self._index.refresh()
                    return self._index
                except IsOver:
                    self._forget()
                except Damaged:
                    # It may be that another program is just writing the last record.
                    if tried + 1 < _TRIES:
                        time.sleep(_PAUSE)
                    elif self._index is not None:
                        self._index.is_damaged = True
            return self._index

    def find(self, keys: Sequence[str]) -> tuple[Index | None, Rows]:
        """The index, and the row of each key, or -1."""
        with self.lock:
            index = self.look()
            if index is None or not keys:
                return index, np.full(len(keys), -1, np.int64)
            return index, index.find(ids_of(keys))

    @contextmanager
    def to_write(self) -> Iterator[Index]:
        """The index, which nobody else changes meanwhile, made or saved first where it must be.

        Raises `shelf.Busy` and OSError.
        """
        with self._writing:
            if self.shelf is None:
                yield self._usable(None)
                return
            with self.shelf.only_writer(PATIENCE):
                yield self._usable(self.shelf)

    def finish(self, index: Index, step: Step, mark: str | None = None) -> None:
        """Finish a step of the index that `to_write` gave."""
        index.finish(step, mark)
        with self.lock:
            try:
                index.take(step, mark)
            except IsOver:
                # What a power cut had left behind was cut off, or somebody removed the files.
                self._forget()

    @property
    def wants_packing(self) -> bool:
        """Whether more rows are gone than are left, and many."""
        index = self.look()
        return index is not None and index.commit.gone > max(GONE_LEAST, len(index))

    def pack(self) -> None:
        """Give back the room of rows that are gone. Others may search and add meanwhile.

        Raises `shelf.Busy` where another program makes an index, and OSError.
        """
        shelf = self.shelf
        if shelf is None:
            with self.to_write() as source:
                packed = Index()
                _copy(source, packed, source.there())
                packed.take(packed.without(np.empty(0, np.int64)), source.commit.mark)
                with self.lock:
                    self._index = packed
            return
        with shelf.only_maker():
            first = self.look()
            if first is None:
                return
            made = shelf.beside("packed")
            target = self._new(made)
            until = first.commit.rows
            copied = _copy(first, target, first.there(until=until))
            with self.to_write() as source:
                if source is not first:
                    # It was damaged, or another program was quicker.
                    return
                # What changed while the most was copied.
                copied = np.concatenate([copied, _copy(source, target, source.there(since=until))])
                gone = target.without(np.flatnonzero(~source.are_there(copied)))
                target.finish(gone, "" if source.is_damaged else source.commit.mark)
                del target
                self._put(shelf, made, source)

    def take_over(self, fresh: "Current") -> None:
        """Let the index of `fresh`, in memory too or on the same disk, count from now on.

        `fresh` has none any more. Raises `shelf.Busy` and OSError.
        """
        with fresh.to_write() as index, self._writing:
            if self.shelf is None or index.files is None:
                with self.lock:
                    self._index = index
                return
            made = index.files.folder
            del index
            fresh._forget()
            with self.shelf.only_writer(PATIENCE):
                self._put(self.shelf, made, self.look())

    def _is_newest(self, shelf: Shelf) -> bool:
        """Whether the newest index is the one that was opened, as far as a reader must know."""
        if self._index is not None and not self._index.is_damaged:
            return True
        return self._has_looked and shelf.newest() == self._opened

    def _open(self, shelf: Shelf) -> None:
        self._forget()
        folder = shelf.newest()
        state, index = State.MISSING, None
        if folder is not None:
            try:
                files = IndexFiles(folder)
            except Damaged:
                state = State.DAMAGED
            else:
                if files.encoder == self._encoder:
                    state, index = State.READY, Index.opened(files)
                else:
                    state = State.OTHER_ENCODER
        self._state, self._index, self._opened, self._has_looked = state, index, folder, True

    def _forget(self) -> None:
        if self.shelf is not None:
            self._index, self._opened, self._has_looked = None, None, False

    def _usable(self, shelf: Shelf | None) -> Index:
        """The index for the only writer."""
        if shelf is not None:
            with self.lock:
                if shelf.newest() != self._opened:
                    self._forget()
        index = self.look()
        if shelf is not None and (index is None or index.is_damaged):
            made = shelf.beside("made")
            target = self._new(made)
            if index is not None:
                _copy(index, target, index.there())
                self.repairs += 1
            del target
            self._put(shelf, made, index)
            index = self.look()
        if index is None:
            raise Damaged("what was just made")
        return index

    def _new(self, folder: Path) -> Index:
        shutil.rmtree(folder, ignore_errors=True)
        return Index(IndexFiles.made(folder, self._encoder))

    def _put(self, shelf: Shelf, made: Path, old: Index | None) -> None:
        """Let the index in `made` count, and `old` no more. For the only writer."""
        shelf.place(made)
        with self.lock:
            self._forget()
        if old is not None and old.files is not None:
            with suppress(OSError, Damaged):
                old.files.close(old.commit)
        shelf.tidy()


def _copy(source: Index, target: Index, rows: Rows) -> Rows:
    """Add these rows to `target`, which has none of their keys; returns those that were whole."""
    copied = [np.empty(0, np.int64)]
    for some, vectors in source.parts(rows):
        step = target.step(
            [source.key(row) for row in some.tolist()], source.numbers(some), vectors
        )
        target.finish(step, None)
        target.take(step, None)
        copied.append(some)
    return np.concatenate(copied)

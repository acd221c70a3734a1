"""The folder of a recall: the index that counts now, one that is being made, and who may write.

An index lies in a folder with a number for a name, and the highest number counts. A new one is made
under another name and gets its number when it is whole, so a reader finds the old or the new one,
never half of one.
"""

import errno
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_PAUSE = 0.001


class Busy(Exception):
    """Another program is writing to the same files; nothing was changed."""


class Shelf:
    """The folder, which need not be there yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def newest(self) -> Path | None:
        """The folder of the index that counts now."""
        numbers = self._numbers()
        return self.folder / f"{numbers[-1]:08}" if numbers else None

    def beside(self, name: str) -> Path:
        """The folder of an index that does not count yet."""
        return self.folder / name

    def place(self, made: Path) -> Path:
        """Let the index in the folder `made` count from now on. For the only writer."""
        numbers = self._numbers()
        placed = self.folder / f"{(numbers[-1] if numbers else 0) + 1:08}"
        made.rename(placed)
        return placed

    def tidy(self) -> None:
        """Remove the indexes that count no more. For the only writer."""
        for number in self._numbers()[:-1]:
            # Some systems keep files that another program has open; the next time, then.
            shutil.rmtree(self.folder / f"{number:08}", ignore_errors=True)

    @contextmanager
    def only_writer(self, patience: float) -> Iterator[None]:
        """Nobody else adds or removes meanwhile. Raises `Busy` after `patience` seconds."""
        with self._only("writing.lock", patience):
            yield

    @contextmanager
    def only_maker(self) -> Iterator[None]:
        """Nobody else makes a new index meanwhile. Raises `Busy`."""
        with self._only("making.lock", 0):
            yield

    @contextmanager
    def _only(self, name: str, patience: float) -> Iterator[None]:
        self._make()
        # The system lets go of it when the program ends, however that happens.
        with (self.folder / name).open("ab") as file:
            tries = 1 + round(patience / _PAUSE)
            while not _locked(file):
                tries -= 1
                if tries <= 0:
                    raise Busy(f"another program is writing to {self.folder}")
                time.sleep(_PAUSE)
            try:
                yield
            finally:
                _unlock(file)

    def _make(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            places = (self.folder, *self.folder.parents)
            file = next((place for place in places if os.path.lexists(place)), self.folder)
            why = "an index is kept in a folder, and this is none: name another, or move it away"
            raise NotADirectoryError(errno.ENOTDIR, why, str(file)) from error

    def _numbers(self) -> list[int]:
        with suppress(FileNotFoundError, NotADirectoryError):
            return sorted(int(path.name) for path in self.folder.iterdir() if path.name.isdecimal())
        return []


if sys.platform == "win32":
    import msvcrt

    def _locked(file: BinaryIO) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _locked(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)

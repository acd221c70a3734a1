"""The neighbours of all wordings on the disk, so that a new start compares only what is new.

Whatever is wrong with the file, it is as if it were not there: all can be compared again.
"""

from pathlib import Path

import numpy as np

from fivewhys.patterns.array_file import Arrays, read_arrays, write_arrays
from fivewhys.patterns.near import Near
from fivewhys.patterns.neighbours import NEIGHBOURS, NONE


class NearFile:
    """The file at `path`, for neighbours by the vectors of one encoder."""

    def __init__(self, path: Path, encoder: str) -> None:
        self._path = path
        self._made_by = f"2 {encoder} {NEIGHBOURS}"

    def read(self) -> Near | None:
        """What was written last; None where there is nothing whole of this encoder."""
        return read_arrays(self._path, self._made_by, _near)

    def write(self, near: Near) -> None:
        """Keep `near` in place of what was there. Raises OSError."""
        is_there = near.rows != NONE
        arrays = {
            "least": np.array(near.least),
            "words": near.words,
            "counts": is_there.sum(axis=1).astype(np.uint8),
            "rows": near.rows[is_there],
            "scores": near.scores[is_there],
        }
        write_arrays(self._path, self._made_by, arrays)


def _near(found: Arrays) -> Near:
    near = Near(float(found["least"]))
    near.words = found["words"]
    is_there = np.arange(NEIGHBOURS) < found["counts"][:, None]
    near.rows = np.full(is_there.shape, NONE, np.int32)
    near.scores = np.full(is_there.shape, -1, np.float32)
    near.rows[is_there], near.scores[is_there] = found["rows"], found["scores"]
    return near

"""Arrays in one file (NumPy's zipped ones, each with its checksum), written whole or not at all."""

import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

T = TypeVar("T")

Arrays = Mapping[str, Any]
"""Arrays by their names."""


def read_arrays(path: Path, made_by: str, made_of: Callable[[Arrays], T]) -> T | None:
    """What `made_of` makes of the arrays that were written last.

    None where there is nothing whole that says `made_by`.
    """
    try:
        with path.open("rb") as file, np.load(file) as found:
            if str(found["made_by"]) != made_by:
                return None
            return made_of(found)
    except Exception:  # damage shows in many ways, none of which matters
        return None


def write_arrays(path: Path, made_by: str, arrays: Arrays) -> None:
    """Keep `arrays` in place of what was there. Raises OSError."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f"{path.name}.", delete=False) as file:
        try:
            np.savez(file, made_by=np.array(made_by), **arrays)
            file.close()
            Path(file.name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(file.name).unlink()
            raise

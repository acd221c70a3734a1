"""Where the index of a history lies."""

import os
from hashlib import blake2b
from pathlib import Path

from fivewhys import __name__ as name


def beside(where: str) -> Path:
    """The folder for the index of the history at `where`: a file, or the address of a server.

    It lies beside a file, and for a server in the place where this system keeps what can be made
    again. Nothing is made.
    """
    if "://" not in where:
        path = Path(where)
        return path.with_name(f"{path.name}.recall")
    from platformdirs import user_cache_path

    digest = blake2b(where.encode(), digest_size=8).hexdigest()
    return user_cache_path(name, appauthor=False) / "recall" / digest


def in_the_way(folder: Path) -> str:
    """Why nothing can be kept in `folder`, and what to do, in a sentence; empty where it can.

    Nothing is made, so a full disk is not seen.
    """
    there = folder
    while not os.path.lexists(there) and there != there.parent:
        there = there.parent
    if not there.is_dir():
        problem, mend = f"{there} is no folder", "Move it away"
    elif not os.access(there, os.W_OK | os.X_OK):
        problem, mend = f"{there} may not be written to", "Allow that"
    else:
        return ""
    return (
        f"The index of causes is made again at each start, because {problem}. {mend}, and it is "
        "kept."
    )

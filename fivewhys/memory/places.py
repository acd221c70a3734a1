"""Where the index of a history lies."""

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

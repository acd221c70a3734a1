"""Being a person without rights for a moment: root may write anything, which proves nothing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


@contextmanager
def without_rights() -> Iterator[None]:
    """Only what everybody may do is allowed inside; does nothing where that is so anyway."""
    if not hasattr(os, "seteuid") or os.geteuid() != 0:
        yield
        return
    groups, group = os.getgroups(), os.getegid()
    os.setgroups([])
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(group)
        os.setgroups(groups)


@contextmanager
def only_readable(*paths: Path) -> Iterator[None]:
    """Nobody without special rights may write `paths` inside."""
    before = [(path, path.stat().st_mode) for path in paths]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        with without_rights():
            yield
    finally:
        for path, mode in before:
            path.chmod(mode)

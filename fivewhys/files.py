"""Files that the program writes for people: never half a file, never over another unasked.

Text is written to a file beside the target, brought to the disk, and renamed.
"""

import contextlib
import errno
import os
import secrets
from datetime import UTC
from pathlib import Path

from fivewhys.models.tree import Tree


class NotWritten(Exception):
    """A file was not written, and nothing was changed; the text says why and what to do."""


def export_name(tree: Tree, suffix: str = "md") -> str:
    """The file name of a session: its date (UTC) and problem, 2026-11-21-customers-are-angry.md."""
    # Deferred: the transliteration tables take a while to load.
    from fivewhys.reports.escape import file_name

    date = tree.session.opened_at.astimezone(UTC).date().isoformat()
    return f"{date}-{file_name(tree.problem.text)}.{suffix.lstrip('.')}"


def free_path(folder: Path, name: str) -> Path:
    """`name` in `folder`, or `…-2`, `…-3` where it is taken. Somebody may yet be faster."""
    path = folder / name
    stem, suffix = path.stem, path.suffix
    number = 1
    while os.path.lexists(path):
        number += 1
        path = folder / f"{stem}-{number}{suffix}"
    return path


def write(path: Path, text: str, *, replace: bool = False, make_folders: bool = True) -> Path:
    """Write `text` to `path` as UTF-8 with newlines as they are, and return `path`.

    Missing folders are made with `make_folders`. A file that is there already is only replaced with
    `replace`, even where it appears in the very same moment; a pipe or a device is never replaced
    but written into. Raises `NotWritten`.
    """
    try:
        _write(path.resolve() if replace else path, text, replace, make_folders)
    except (OSError, ValueError, RuntimeError) as error:
        raise NotWritten(_sentence(error, path)) from error
    return path


def _write(path: Path, text: str, replace: bool, make_folders: bool) -> None:
    data = text.encode("utf-8")
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a folder")
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    if not replace and os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, "exists")
    if make_folders:
        path.parent.mkdir(parents=True, exist_ok=True)
    # A short name of its own, because the target's name may already be as long as names can be.
    beside = path.parent / f".fivewhys-{secrets.token_hex(8)}.tmp"
    try:
        _write_through(beside, data)
        if replace:
            if path.exists():
                beside.chmod(path.stat().st_mode & 0o7777)
            beside.replace(path)
        else:
            _name_newly(beside, path)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()
    _keep_folder(path.parent)


def _write_through(path: Path, data: bytes) -> None:
    """Make `path`, which is not there, and wait until its bytes are on the disk."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _name_newly(beside: Path, path: Path) -> None:
    """Give the file `beside` the name `path`, which nothing may have."""
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        # Memory sticks and some network drives have no hard links: take the name first, then
        # put the whole file in its place.
        path.open("xb").close()
        try:
            beside.replace(path)
        except OSError:
            path.unlink()
            raise


def _keep_folder(folder: Path) -> None:
    """Bring the new name to the disk too, where the system lets one open a folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def no_folder(folder: Path) -> str:
    """The beginning of a sentence about a folder that is not there."""
    from fivewhys.text import clean

    return f"There is no folder “{clean(str(folder))}”"


_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def _sentence(error: Exception, path: Path) -> str:
    """What is wrong, with the path as a person can read it, whatever is in its name."""
    from fivewhys.text import clean

    name = f"“{clean(str(path))}”"
    if isinstance(error, IsADirectoryError):
        return f"{name} is a folder, so no file can be written there. Add a file name."
    if isinstance(error, FileExistsError) and path.parent.is_dir():
        return f"{name} is there already and was left as it is. Choose another name or replace it."
    if isinstance(error, FileNotFoundError):
        return f"{no_folder(path.parent)}, so nothing was written. Make it first, or name another."
    if isinstance(error, NotADirectoryError | FileExistsError):
        return f"{name} cannot be written: a part of its path is a file, not a folder."
    if isinstance(error, PermissionError):
        return f"{name} may not be written by you. Choose another folder, or ask for the right to."
    if isinstance(error, OSError) and error.errno in _NO_SPACE:
        return f"There is no room left for {name}. Free some space and try again."
    if isinstance(error, OSError) and error.errno == errno.EROFS:
        return f"{name} is on a disk that may only be read. Choose another folder."
    if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
        return f"The name {name[:80]}… is too long. Choose a shorter one."
    if isinstance(error, UnicodeEncodeError):
        return f"{name} was not written: it has characters that no file can hold."
    detail = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"{name} is no path that can be used ({detail}). Choose another."

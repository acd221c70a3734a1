"""The log of an index: a record for each step that was finished, which says how far files are good.

Records have one length and carry a checksum, so that one that was half written is told from one
that was damaged. All numbers are little-endian.
"""

import json
import struct
import zlib
from dataclasses import dataclass, replace

HEADER = 512
"""Bytes of the log before its first record."""

RECORD = 128
"""Bytes of a record; a whole number of them fills a page of the disk."""

MOST_MARK = 60
"""Bytes that a mark may have."""

_KIND = "fivewhys recall 1"
_LAYOUT = struct.Struct("<4sI4Q3II60s")
_SUM = struct.Struct("<I")
_GOES_ON, _IS_OVER = b"5why", b"over"


@dataclass(frozen=True, slots=True)
class Commit:
    """How much of each file belongs to the index, and the checksums (CRC-32) of all of that."""

    number: int = 0
    """How many commits came before."""
    rows: int = 0
    names: int = 0
    """Bytes."""
    gone: int = 0
    """Rows that were taken out, each counted once."""
    rows_sum: int = 0
    names_sum: int = 0
    gone_sum: int = 0
    mark: str = ""
    """What the index's owner wants to know of it again, such as how far it had read."""
    is_over: bool = False
    """Another index has taken the place of this one."""

    def next(self, **changes: int | str | bool) -> "Commit":
        """The commit after this one."""
        return replace(self, number=self.number + 1, **changes)  # type: ignore[arg-type]

    def packed(self) -> bytes:
        """The record. Raises ValueError where the mark is too long."""
        mark = self.mark.encode()
        if len(mark) > MOST_MARK:
            raise ValueError(f"a mark has at most {MOST_MARK} bytes: {self.mark!r}")
        body = _LAYOUT.pack(
            _IS_OVER if self.is_over else _GOES_ON,
            len(mark),
            self.number,
            self.rows,
            self.names,
            self.gone,
            self.rows_sum,
            self.names_sum,
            self.gone_sum,
            0,
            mark,
        )
        body = body.ljust(RECORD - _SUM.size, b"\0")
        return body + _SUM.pack(zlib.crc32(body))


def commit_in(record: bytes, number: int) -> Commit | None:
    """The commit of a record that stands as the `number`th in its log, or None if it is broken."""
    body, (checksum,) = record[: -_SUM.size], _SUM.unpack(record[-_SUM.size :])
    if zlib.crc32(body) != checksum:
        return None
    kind, length, stands, rows, names, gone, rows_sum, names_sum, gone_sum, _, mark = (
        _LAYOUT.unpack_from(body)
    )
    if kind not in (_GOES_ON, _IS_OVER) or stands != number:
        return None
    return Commit(
        number,
        rows,
        names,
        gone,
        rows_sum,
        names_sum,
        gone_sum,
        mark[:length].decode(),
        kind == _IS_OVER,
    )


def header(encoder: str) -> bytes:
    """The beginning of a log. Raises ValueError where the encoder's name is too long."""
    body = f"{_KIND}\n{json.dumps({'encoder': encoder})}\n".encode()
    if len(body) > HEADER - _SUM.size:
        raise ValueError(f"the encoder's name is too long: {encoder!r}")
    body = body.ljust(HEADER - _SUM.size)
    return body + _SUM.pack(zlib.crc32(body))


def encoder_in(data: bytes) -> str | None:
    """The encoder that a log's beginning names, or None if it is broken or of another kind."""
    if len(data) != HEADER or _SUM.pack(zlib.crc32(data[: -_SUM.size])) != data[-_SUM.size :]:
        return None
    kind, _, rest = data[: -_SUM.size].decode("utf-8", "replace").partition("\n")
    return str(json.loads(rest)["encoder"]) if kind == _KIND else None

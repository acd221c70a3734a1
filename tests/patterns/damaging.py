"""Damaging what was written."""


def damaged(data: bytes, at: int, byte: int, *, is_cut: bool) -> bytes:
    """`data` cut off at `at`, or with the bits of `byte` flipped there.

    A place beyond the end counts on from the beginning.
    """
    at %= len(data)
    return data[:at] if is_cut else data[:at] + bytes([data[at] ^ byte]) + data[at + 1 :]

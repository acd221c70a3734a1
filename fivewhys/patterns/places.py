"""Keys in their order, and the place of each: without a table of all, which takes long to make."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from fivewhys.patterns.live import Ints

NONE = -1

_AT_ONCE = 256


class Places(Mapping[str, int]):
    """The place of each of `keys`, which are in order. Quick to make; a look takes a few steps."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = keys

    def __getitem__(self, key: str) -> int:
        at = bisect_left(self._keys, key)
        if at == len(self._keys) or self._keys[at] != key:
            raise KeyError(key)
        return at

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def aligned(keys: Sequence[str], before: Sequence[str]) -> Ints:
    """For each of `keys` its place in `before`, or `NONE`; both are in order.

    Quick where they differ in few places, and nearly as quick where they are the same objects.
    """
    found = np.full(len(keys), NONE, np.int64)
    now = then = 0
    while now < len(keys) and then < len(before):
        some = keys[now : now + _AT_ONCE]
        if some == before[then : then + _AT_ONCE]:
            found[now : now + len(some)] = np.arange(then, then + len(some))
            now, then = now + len(some), then + len(some)
            continue
        end = now + len(some)
        while now < end and then < len(before):
            if keys[now] == before[then]:
                found[now] = then
                now, then = now + 1, then + 1
            elif keys[now] < before[then]:
                now += 1
            else:
                then += 1
    return found

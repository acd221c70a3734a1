"""A mapping whose values are made when they are first asked for."""

from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from typing import Generic, TypeVar

V = TypeVar("V")


class Lazy(MutableMapping[str, V], Generic[V]):
    """Keys in their order, each with what `make` gives for its place; none of it is None.

    It can be changed like a dictionary; everything is made then. Threads may read at once.
    """

    def __init__(
        self, keys: Sequence[str], place_of: Mapping[str, int], make: Callable[[int], V]
    ) -> None:
        self._keys = keys
        self._place_of = place_of
        self._make = make
        self._made: dict[str, V] = {}
        self._is_whole = False

    def __getitem__(self, key: str) -> V:
        found = self._made.get(key)
        if found is not None:
            return found
        if self._is_whole:
            raise KeyError(key)
        return self._made.setdefault(key, self._make(self._place_of[key]))

    def __contains__(self, key: object) -> bool:
        return key in (self._made if self._is_whole else self._place_of)

    def __iter__(self) -> Iterator[str]:
        return iter(self._made if self._is_whole else self._keys)

    def __len__(self) -> int:
        return len(self._made if self._is_whole else self._keys)

    def __setitem__(self, key: str, value: V) -> None:
        self._settle()
        self._made[key] = value

    def __delitem__(self, key: str) -> None:
        self._settle()
        del self._made[key]

    def _settle(self) -> None:
        if not self._is_whole:
            self._made = {key: self[key] for key in self._keys}
            self._is_whole = True

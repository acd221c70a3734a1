"""A mapping whose values are made when they are first asked for."""

from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from typing import Generic, Protocol, TypeVar

V = TypeVar("V")


class Named(Protocol):
    """Keys in their order; they are asked for when they are used, and not before."""

    @property
    def keys(self) -> Sequence[str]:
        """The keys."""

    @property
    def place_of(self) -> Mapping[str, int]:
        """The place of each."""

    def __len__(self) -> int:
        """How many there are."""


class Lazy(MutableMapping[str, V], Generic[V]):
    """Keys in their order, each with what `make` gives for its place; none of it is None.

    It can be changed like a dictionary; everything is made then. Threads may read at once.
    """

    def __init__(self, named: Named, make: Callable[[int], V]) -> None:
        self._named = named
        self._make = make
        self._made: dict[str, V] = {}
        self._is_whole = False

    def __getitem__(self, key: str) -> V:
        found = self._made.get(key)
        if found is not None:
            return found
        if self._is_whole:
            raise KeyError(key)
        return self._made.setdefault(key, self._make(self._named.place_of[key]))

    def __contains__(self, key: object) -> bool:
        return key in (self._made if self._is_whole else self._named.place_of)

    def __iter__(self) -> Iterator[str]:
        return iter(self._made if self._is_whole else self._named.keys)

    def __len__(self) -> int:
        return len(self._made if self._is_whole else self._named)

    def __setitem__(self, key: str, value: V) -> None:
        self._settle()
        self._made[key] = value

    def __delitem__(self, key: str) -> None:
        self._settle()
        del self._made[key]

    def _settle(self) -> None:
        if not self._is_whole:
            self._made = {key: self[key] for key in self._named.keys}
            self._is_whole = True

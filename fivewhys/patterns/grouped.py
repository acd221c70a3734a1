"""The proposed groups of causes in columns: with 100,000 causes, sets of keys take long to make."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from fivewhys.patterns.live import Ints


class Grouped(Mapping[str, frozenset[str]]):
    """Groups by name, in the order of their names; every cause is in one."""

    def __init__(self, keys: Sequence[str], names: Sequence[str], number_of: Ints) -> None:
        self.keys_in_order = keys
        """The causes."""
        self.names = names
        """As a rule a name is the key of a cause that was in the group when it came up."""
        self.number_of = number_of
        """The place among `names` of the group of each cause."""

    @classmethod
    def of(cls, groups: Mapping[str, Collection[str]]) -> "Grouped":
        """The same from sets of keys."""
        names = sorted(groups)
        number_of = {key: number for number, name in enumerate(names) for key in groups[name]}
        keys = sorted(number_of)
        return cls(keys, names, np.array([number_of[key] for key in keys], np.int64))

    def __getitem__(self, name: str) -> frozenset[str]:
        return self._sets[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    @property
    def sizes(self) -> Ints:
        """How many causes each group has."""
        return np.bincount(self.number_of, minlength=len(self.names))

    @cached_property
    def _sets(self) -> Mapping[str, frozenset[str]]:
        members: list[list[str]] = [[] for _ in self.names]
        for key, number in zip(self.keys_in_order, self.number_of.tolist(), strict=True):
            members[number].append(key)
        return {name: frozenset(some) for name, some in zip(self.names, members, strict=True)}

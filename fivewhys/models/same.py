"""Which causes are the same: by decisions, and by equal words where nobody said otherwise.

One rule for the whole program. It is pure, and knows causes by any keys that can be sorted.
"""

from collections.abc import Hashable, Iterable, Mapping
from itertools import chain
from typing import Generic, TypeVar
from uuid import UUID

K = TypeVar("K", UUID, str)


def components(
    words: Mapping[K, Hashable],
    same: Iterable[tuple[K, K]] = (),
    different: Iterable[tuple[K, K]] = (),
) -> list[set[K]]:
    """The causes that are the same, all in exactly one set; the sets of the smallest keys first.

    `words` has all causes, each with something that equal wordings share. What people called the
    same is connected, also by way of others; but what they called *different* never comes into one
    set. Where the two contradict each other, the *same* of the smaller keys holds until a person
    solves it. Equal words then connect what they may: a cause joins the first others in its words,
    by their keys, among which nobody found one different from any of its own. Of several words
    those come first of which people decided on the smallest key: so it does not matter how many
    causes are looked at that no decision names. Pairs with a cause that is not in `words` connect
    and part nothing: that cause was deleted.
    """
    parts = _Parts(words)
    apart: list[tuple[K, K]] = list(different)
    together: list[tuple[K, K]] = sorted({(min(pair), max(pair)) for pair in same})
    for a, b in apart:
        if a in words and b in words:
            parts.part(a, b)
    for a, b in together:
        if a in words and b in words:
            parts.join_where_nobody_parts([a, b])
    in_words: dict[Hashable, list[K]] = {}
    for key, wording in words.items():
        in_words.setdefault(wording, []).append(key)
    named: set[K] = set(chain.from_iterable(apart + together))
    for one in sorted(named & words.keys()):
        parts.join_where_nobody_parts(sorted(in_words.pop(words[one], ())))
    for keys in in_words.values():
        parts.join_where_nobody_parts(sorted(keys))
    return parts.sets()


class _Parts(Generic[K]):
    """Sets that grow together, and which of them may not."""

    def __init__(self, keys: Iterable[K]) -> None:
        self._above: dict[K, K] = {key: key for key in keys}
        self._apart: dict[K, set[K]] = {}
        """The top of a set → one cause of each set that is different from it."""

    def top(self, key: K) -> K:
        """The cause that stands for the whole set of `key`."""
        above = self._above
        while above[key] != key:
            above[key] = above[above[key]]
            key = above[key]
        return key

    def join(self, a: K, b: K) -> K:
        """Make one set of those of `a` and `b`; returns its top."""
        a, b = self.top(a), self.top(b)
        if a == b:
            return a
        if b < a:
            a, b = b, a
        self._above[b] = a
        if b in self._apart:
            self._apart.setdefault(a, set()).update(self._apart.pop(b))
        return a

    def part(self, a: K, b: K) -> None:
        """Remember that the sets of `a` and `b` are different, unless they are one."""
        a, b = self.top(a), self.top(b)
        if a != b:
            self._apart.setdefault(a, set()).add(b)
            self._apart.setdefault(b, set()).add(a)

    def join_where_nobody_parts(self, keys: list[K]) -> None:
        """Join each of `keys` to the first others before it from which it is not different."""
        grown: list[K] = []
        for key in keys:
            for place, other in enumerate(grown):
                if not self._are_apart(key, other):
                    grown[place] = self.join(key, other)
                    break
            else:
                grown.append(key)

    def sets(self) -> list[set[K]]:
        """All sets, those of the smallest keys first."""
        found: dict[K, set[K]] = {}
        for key in self._above:
            found.setdefault(self.top(key), set()).add(key)
        return [found[top] for top in sorted(found)]

    def _are_apart(self, a: K, b: K) -> bool:
        a, b = self.top(a), self.top(b)
        if a == b or not self._apart:
            return False
        return any(self.top(other) == b for other in self._apart.get(a, ()))

"""Names that people spell with other capitals are one name, told as most of them spell it."""

from collections import Counter
from collections.abc import Iterable


class Spelling:
    """Which spellings belong together, and how each is told."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        """`known` are spellings that outrank all others."""
        self._folded: dict[str, str] = {}
        self._known = {name.casefold(): name for name in known}
        self._counts: dict[str, Counter[str]] = {}

    def __call__(self, name: str, times: int = 1) -> str:
        """What stands for all spellings of `name`, which was written so many times."""
        folded = self._folded.get(name)
        if folded is None:
            folded = self._folded[name] = name.casefold()
            self._counts.setdefault(folded, Counter())
        self._counts[folded][name] += times
        return folded

    def name(self, folded: str) -> str:
        """How most people spell it; of several the first of the alphabet."""
        if folded in self._known:
            return self._known[folded]
        counts = self._counts.get(folded)
        if not counts:
            return folded
        return min(counts, key=lambda name: (-counts[name], name))

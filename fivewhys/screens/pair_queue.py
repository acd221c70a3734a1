"""The pairs that a person goes through: what was decided here, then what is open. No widgets.

What follows from decisions is not asked: where a = b and b = c were said, a and c are settled.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from fivewhys.models.past import Decision, Sameness

Pair = tuple[UUID, UUID]

Said = Mapping[Pair, Sameness]
"""What holds of any two causes, the smaller key first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Two causes that may be the same."""

    a: UUID
    b: UUID
    likely: str = ""
    """How likely it is that they are, in words; empty where nobody can say."""
    is_skipped: bool = False
    said: Sameness | None = None
    """What was said of them here."""

    @property
    def pair(self) -> Pair:
        """Both keys, the smaller one first."""
        return sorted_pair(self.a, self.b)


def sorted_pair(a: UUID, b: UUID) -> Pair:
    """Both keys, the smaller one first."""
    return (a, b) if a <= b else (b, a)


class Settled:
    """What decisions say of any two causes, directly or by way of others."""

    def __init__(self, said: Said) -> None:
        self._above: dict[UUID, UUID] = {}
        self._said = said
        for (a, b), sameness in said.items():
            if sameness is Sameness.SAME:
                self._above[self.top(a)] = self.top(b)
        self._apart = {
            sorted_pair(self.top(a), self.top(b))
            for (a, b), sameness in said.items()
            if sameness is Sameness.DIFFERENT
        }

    def top(self, key: UUID) -> UUID:
        """The cause that stands for all that are the same as `key`."""
        above = self._above
        while (over := above.get(key, key)) != key:
            above[key] = above.get(over, over)
            key = over
        return key

    def join(self, a: UUID, b: UUID) -> None:
        """Take two causes for the same from now on."""
        self._above[self.top(a)] = self.top(b)

    def knows(self, a: UUID, b: UUID) -> bool:
        """Whether it is settled how two causes stand to each other."""
        tops = sorted_pair(self.top(a), self.top(b))
        said = self._said.get(sorted_pair(a, b))
        return tops[0] == tops[1] or tops in self._apart or said in _WORDS


_WORDS = (Sameness.SAME, Sameness.DIFFERENT)


def said_of(decisions: Iterable[Decision]) -> dict[Pair, Sameness]:
    """What holds of each two causes."""
    return {(decision.a, decision.b): decision.sameness for decision in decisions}


class PairQueue:
    """The pairs, with one of them before the person."""

    def __init__(self) -> None:
        self._done: list[Asked] = []
        """What was decided here, in that order."""
        self._all: list[Asked] = []
        """What there is to ask, settled or not, the most useful first."""
        self._open: list[Asked] = []
        self._place = 0

    @property
    def here(self) -> Asked | None:
        """The pair that is shown."""
        rows = [*self._done, *self._open]
        return rows[self._place] if self._place < len(rows) else None

    @property
    def decided(self) -> int:
        """How many were decided here."""
        return len(self._done)

    @property
    def left(self) -> int:
        """How many are open and were not left for later."""
        return sum(not asked.is_skipped for asked in self._open)

    @property
    def later(self) -> int:
        """How many were left for later."""
        return len(self._open) - self.left

    @property
    def number(self) -> int:
        """The place of the pair that is shown among those that are open, from 1; below, decided."""
        return self._place - len(self._done) + 1

    def take(self, found: Sequence[Asked], said: Said) -> None:
        """Go on with these as what there is; the pair that is shown stays, unless it is decided.

        What a person looks at must not change before a key reaches it.
        """
        here = self.here
        self._all = [*found]
        if here is not None and here.said is None and said.get(here.pair) not in _WORDS:
            known = {asked.pair for asked in found}
            if here.pair not in known:
                self._all.insert(max(0, self.number - 1), here)
        else:
            here = here if here is not None and here.said is not None else None
        self._sift(said, here)
        self._go_to(here)

    def look(self, by: int) -> bool:
        """Show the pair so far ahead, or back; says whether there is one."""
        place = self._place + by
        if not 0 <= place < len(self._done) + len(self._open):
            return False
        self._place = place
        return True

    def decide(self, sameness: Sameness, said: Said) -> None:
        """Take what was said of the pair that is shown, and show the next that is open.

        `said` is all that holds, this too.
        """
        here = self.here
        if here is None:
            return
        ahead = max(0, self.number - 1)
        self._done = [asked for asked in self._done if asked.pair != here.pair]
        if sameness is Sameness.SKIPPED:
            self._all = [asked for asked in self._all if asked.pair != here.pair]
            self._all.append(replace(here, is_skipped=True, said=None))
        else:
            self._done.append(replace(here, said=sameness))
        self._sift(said)
        self._place = len(self._done) + max(0, min(ahead, len(self._open) - 1))

    def take_back(self, pair: Pair, said: Said) -> None:
        """A decision was taken back: its pair is shown again."""
        known = [asked for asked in (*self._done, *self._all) if asked.pair == pair]
        again = replace(known[0] if known else Asked(*pair), is_skipped=False, said=None)
        self._done = [asked for asked in self._done if asked.pair != pair]
        self._all = [again, *(asked for asked in self._all if asked.pair != pair)]
        self._sift(said, again)
        self._place = len(self._done)

    def drop(self, asked: Asked) -> None:
        """Leave a pair out: one of its causes is gone."""
        for rows in (self._done, self._all, self._open):
            rows[:] = [other for other in rows if other.pair != asked.pair]
        if self._place >= len(self._done) + len(self._open):
            self._place = len(self._done)

    def _sift(self, said: Said, besides: Asked | None = None) -> None:
        """What is open: what was not decided here, and does not follow from what was said."""
        settled, done = Settled(said), {asked.pair for asked in self._done}
        self._open = [
            asked
            for asked in self._all
            if asked.pair not in done
            and (
                (besides is not None and asked.pair == besides.pair)
                or not settled.knows(asked.a, asked.b)
            )
        ]

    def _go_to(self, asked: Asked | None) -> None:
        rows = [*self._done, *self._open]
        same = [at for at, other in enumerate(rows) if asked and other.pair == asked.pair]
        # Behind the last one stands that it was the last.
        self._place = same[0] if same else len(self._done)

"""Which causes are the same, in loops."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fivewhys.models.same import components
from fivewhys.review.figure import DAY
from fivewhys.review.period import days_since_1970
from fivewhys.review.rows import Linked
from tests.review.plain.rows import FixRow, FoundRow

Label = bytes | int


class Sameness:
    """Which causes are the same."""

    def __init__(self, linked: Linked) -> None:
        self._of_cause: dict[bytes, Label] = {}
        self._of_words: dict[int, Label] = {}
        self.apart: dict[bytes, set[bytes]] = {}
        """Each cause → those of which people said that they are different from it."""
        for one, other in linked.different:
            self.apart.setdefault(one, set()).add(other)
            self.apart.setdefault(other, set()).add(one)
        if not linked.words:
            return
        words = {UUID(bytes=key): number for key, number in linked.words.items()}
        for part in components(words, _pairs(linked.same), _pairs(linked.different)):
            first = min(part).bytes
            self._of_cause |= dict.fromkeys((key.bytes for key in part), first)
        for key in sorted(linked.words):
            self._of_words.setdefault(linked.words[key], self._of_cause[key])

    def label(self, key: bytes, words: int) -> Label:
        """What stands for a cause with these words and all that are the same."""
        return self._of_cause.get(key) or self._of_words.get(words, words)


def _pairs(pairs: Iterable[tuple[bytes, bytes]]) -> Iterable[tuple[UUID, UUID]]:
    return ((UUID(bytes=one), UUID(bytes=other)) for one, other in pairs)


@dataclass(frozen=True, slots=True)
class Shared:
    """Root causes that are the same: two or more, or one about which something was done."""

    roots: tuple[FoundRow, ...]
    """Oldest first."""
    is_confirmed: bool
    """Whether decisions and equal words alone connect them; else suggestions do."""
    fixes: tuple[FixRow, ...] = ()
    """What was done about the same cause, in whichever part it played."""

    @property
    def sessions(self) -> set[int]:
        """The numbers of all sessions that it was root in."""
        return {root.number for root in self.roots}


@dataclass(frozen=True, slots=True)
class Roots:
    """All root causes, those that are the same together."""

    shared: tuple[Shared, ...] = ()
    single: tuple[FoundRow, ...] = ()
    """Those that are like no other, with nothing done about them that counts."""


def roots_together(
    roots: Iterable[FoundRow],
    sameness: Sameness,
    fixes: Iterable[FixRow] = (),
    suggested: Iterable[Collection[UUID]] = (),
) -> Roots:
    """All root causes, those that are the same together; in no order.

    `suggested` are sets of causes that may be the same: they join what nobody has joined, and the
    result says so.
    """
    label = sameness.label
    by_label: dict[Label, list[FoundRow]] = {}
    for root in roots:
        of = label(root[0], root[3])
        if of in by_label:
            by_label[of].append(root)
        else:
            by_label[of] = [root]
    done: dict[Label, list[FixRow]] = {}
    for fix in fixes:
        done.setdefault(label(fix.cause, fix.words), []).append(fix)
    together: list[Shared] = []
    single: list[FoundRow] = []
    for labels in _joined(by_label, suggested):
        first, *others = labels
        same, fixed = by_label[first], done.get(first, [])
        for other in others:
            same, fixed = same + by_label[other], fixed + done.get(other, [])
        if len(same) > 1 or fixed:
            in_order = tuple(sorted(same, key=_age))
            together.append(Shared(in_order, not others, tuple(fixed)))
        else:
            single += same
    return Roots(tuple(together), tuple(single))


def came_back(fixes: Iterable[FixRow], found: Iterable[FoundRow], sameness: Sameness) -> set[bytes]:
    """The keys of the countermeasures whose cause was found again after the day they were done.

    As `fivewhys.models.recurrence`: in another session, on a later day (UTC). `found` are the
    causes that could be the same and were not ruled out; a person's word that two are different
    stands above all.
    """
    label, apart = sameness.label, sameness.apart
    fixes = list(fixes)
    singled = {label(fix.cause, fix.words) for fix in fixes if fix.cause in apart}
    of_singled: dict[Label, list[FoundRow]] = {}
    latest: dict[Label, tuple[FoundRow, FoundRow | None]] = {}
    """The last time each was found, and the last time in another session than that."""
    for row in found:
        of = label(row[0], row[3])
        before = latest.get(of)
        if before is None:
            latest[of] = row, None
        else:
            last, other = before
            if row.at > last.at:
                latest[of] = row, other if last.number == row.number else last
            elif row.number != last.number and (other is None or row.at > other.at):
                latest[of] = last, row
        if of in singled:
            of_singled.setdefault(of, []).append(row)
    back = set()
    for fix in fixes:
        of = label(fix.cause, fix.words)
        after = days_since_1970(fix.done_on)
        if fix.cause in apart:
            rows: Sequence[FoundRow | None] = [
                row for row in of_singled.get(of, ()) if row.key not in apart[fix.cause]
            ]
        else:
            rows = latest.get(of, ())
        if any(row and row.number != fix.number and row.at // DAY > after for row in rows):
            back.add(fix.action)
    return back


def _age(root: FoundRow) -> tuple[int, int, bytes]:
    return root.at, root.number, root.key


def _joined(
    by_label: Mapping[Label, Sequence[FoundRow]], suggested: Iterable[Collection[UUID]]
) -> Iterable[list[Label]]:
    """The labels, those together that a suggestion has causes of."""
    above: dict[Label, Label] = {}

    def top(label: Label) -> Label:
        while above.get(label, label) != label:
            label = above[label]
        return label

    suggested = [keys for keys in suggested if len(keys) > 1]
    if suggested:
        of_key = {root.key: label for label, roots in by_label.items() for root in roots}
        for keys in suggested:
            labels = [top(of_key[key.bytes]) for key in keys if key.bytes in of_key]
            for other in labels[1:]:
                if top(other) != top(labels[0]):
                    above[top(other)] = top(labels[0])
    if not above:
        return ([label] for label in by_label)
    together: dict[Label, list[Label]] = {}
    for label in by_label:
        together.setdefault(top(label), []).append(label)
    return together.values()

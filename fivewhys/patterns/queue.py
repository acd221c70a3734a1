"""In which order people are asked whether two causes are the same: what an answer is worth.

A pair is asked once for all that is implied: where a = b and b = c were decided, a and c are not
asked about, and of two sets that are the same each only the most alike pair is shown.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from fivewhys.models.past import Past
from fivewhys.models.words import Kind, Status
from fivewhys.patterns.contraction import contracted
from fivewhys.patterns.findings.weights import weight
from fivewhys.patterns.likely import BUILT_IN, LEAST, Calibration, Likely, in_words
from fivewhys.patterns.neighbours import NONE, Floats, Progress, all_neighbours
from fivewhys.text import words_number

Pair = tuple[str, str]

ROOT = 2.0
"""A cause that was called root counts as much as two that were not: roots are acted on."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What makes it worth asking about a cause."""

    session: UUID
    words: int
    """`text.words_number` of its text; equal words count as the same unless decided otherwise."""
    is_root: bool = False
    weight: int = 1
    """How much the problem of its session counts: 1 for a minor one."""


@dataclass(frozen=True, slots=True)
class Question:
    """A pair to be decided."""

    a: str
    b: str
    """The keys; `a` is the smaller."""
    score: float
    """The cosine."""
    probability: float
    likely: Likely
    is_skipped: bool
    """Whether somebody left it for later; such pairs come last."""
    worth: float
    """What the order goes by, within those that were skipped and those that were not."""

    @property
    def pair(self) -> Pair:
        """Both keys."""
        return self.a, self.b


def standings(past: Past) -> dict[str, Standing]:
    """The causes of a history by `str` of their id, without problems and what was ruled out.

    What lies below a cause that was ruled out is left out with it.
    """
    sessions = {session.id: session for session in past.sessions}
    out: set[UUID] = set()
    found = {}
    for cause in past.causes:
        if cause.status is Status.RULED_OUT or cause.parent_id in out:
            out.add(cause.id)
        elif cause.kind is Kind.CAUSE:
            found[str(cause.id)] = Standing(
                cause.session_id,
                words_number(cause.text),
                cause.is_root,
                weight(sessions[cause.session_id]),
            )
    return found


def near_pairs(
    causes: Mapping[str, Standing],
    vectors: Floats,
    calibration: Calibration = BUILT_IN,
    progress: Progress | None = None,
) -> list[tuple[str, str, float]]:
    """Pairs of causes that may be the same, with their cosines: those worth a look.

    `vectors` are unit vectors in the order of `causes`. Of every cause the nearest are looked at,
    in its own group and beyond its border; of equal words the first stands for all.
    """
    first = {cause.words: row for row, cause in reversed([*enumerate(causes.values())])}
    rows_asked = sorted(first.values())
    keys = list(causes)
    names = [keys[row] for row in rows_asked]
    if len(names) < len(keys):
        vectors = vectors[rows_asked]
    least = calibration.score(LEAST[Likely.PERHAPS])
    found = all_neighbours(vectors, least, progress=progress)
    pairs = {}
    for key, rows, scores in zip(names, found.rows.tolist(), found.scores.tolist(), strict=True):
        for row, score in zip(rows, scores, strict=True):
            if row != NONE:
                pairs[min(key, names[row]), max(key, names[row])] = score
    return [(a, b, score) for (a, b), score in pairs.items()]


def queue(
    pairs: Iterable[tuple[str, str, float]],
    causes: Mapping[str, Standing],
    groups: Iterable[Collection[str]] = (),
    same: Iterable[Pair] = (),
    different: Iterable[Pair] = (),
    skipped: Iterable[Pair] = (),
    calibration: Calibration = BUILT_IN,
) -> list[Question]:
    """What to ask, the most useful first, of `pairs` of causes with their cosines.

    Left out are pairs within a session, pairs that were decided, what follows from decisions, and
    causes that are not in `causes`. Those in `skipped` come after all others.

    Worth is what an answer tells, in bits; times the pairs of causes that it settles; times what
    hangs on it: roots and severe problems more, and large `groups` (the proposed ones) more. What
    would follow if all that stands before it were answered “same” comes after what would not.
    """
    decided = _Decided(causes, list(same), list(different))
    group_of = {key: len(members) for members in groups for key in members}
    hangs = {key: _importance(cause) for key, cause in causes.items()}
    left = {_sorted(*pair) for pair in skipped}
    best: dict[tuple[int, int], tuple[float, Pair]] = {}
    put_off: set[tuple[int, int]] = set()
    for one, other, score in pairs:
        pair = _sorted(one, other)
        units = decided.open(pair)
        if units is None:
            continue
        if pair in left:
            put_off.add(units)
        known = best.get(units)
        if known is None or (-score, pair) < (-known[0], known[1]):
            best[units] = score, pair
    asked = []
    for units, (score, (a, b)) in best.items():
        probability = calibration.probability(score)
        size = 1 + math.log2(max(group_of.get(a, 1), group_of.get(b, 1)))
        settled = 1 + math.log2(decided.size(units[0]) * decided.size(units[1]))
        worth = _bits(probability) * (hangs[a] + hangs[b]) * size * settled
        is_skipped = units in put_off
        likely = in_words(probability)
        asked.append(Question(a, b, score, probability, likely, is_skipped, worth))
    asked.sort(key=lambda question: (question.is_skipped, -question.worth, question.a, question.b))
    return _implied_last(asked, decided)


def _importance(cause: Standing) -> float:
    # Severe problems count more, but a hundred small ones shall not wait for a big one.
    return (1 + math.log2(cause.weight)) * (ROOT if cause.is_root else 1)


def _bits(probability: float) -> float:
    """What a yes or no tells that is expected with this probability (Shannon's entropy)."""
    rest = 1 - probability
    if min(probability, rest) <= 0:
        return 0
    return -probability * math.log2(probability) - rest * math.log2(rest)


def _implied_last(asked: list[Question], decided: "_Decided") -> list[Question]:
    """The same questions; those that earlier ones would answer go behind the others of a kind."""
    following: dict[bool, list[Question]] = {False: [], True: []}
    first: dict[bool, list[Question]] = {False: [], True: []}
    for question in asked:
        joins = decided.suppose(question.pair)
        (first if joins else following)[question.is_skipped].append(question)
    return [*first[False], *following[False], *first[True], *following[True]]


class _Decided:
    """What is decided already, and what follows from it."""

    def __init__(
        self, causes: Mapping[str, Standing], same: list[Pair], different: list[Pair]
    ) -> None:
        keys = sorted(causes)
        self._causes = causes
        self._row_of = row_of = {key: row for row, key in enumerate(keys)}
        self._pairs = {_sorted(*pair) for pair in (*same, *different)}
        equal: dict[int, list[int]] = {}
        for key, row in row_of.items():
            equal.setdefault(causes[key].words, []).append(row)
        self._units = contracted(row_of, equal.values(), same, different)
        self._supposed: dict[int, int] = {}

    def open(self, pair: Pair) -> tuple[int, int] | None:
        """The units of a pair that may be asked about; None where it may not."""
        a, b = pair
        of_a, of_b = self._causes.get(a), self._causes.get(b)
        if of_a is None or of_b is None or pair in self._pairs or of_a.session == of_b.session:
            return None
        first, second = self._units.unit(self._row_of[a]), self._units.unit(self._row_of[b])
        if first > second:
            first, second = second, first
        if first == second or self._units.is_barred(first, second):
            return None
        return first, second

    def size(self, unit: int) -> int:
        """How many causes are in a unit."""
        return len(self._units.rows(unit))

    def suppose(self, pair: Pair) -> bool:
        """Suppose that a pair is the same; False where that followed from what was supposed."""
        a = self._top(self._units.unit(self._row_of[pair[0]]))
        b = self._top(self._units.unit(self._row_of[pair[1]]))
        self._supposed[max(a, b)] = min(a, b)
        return a != b

    def _top(self, unit: int) -> int:
        supposed = self._supposed
        while (above := supposed.get(unit, unit)) != unit:
            supposed[unit] = supposed.get(above, above)
            unit = above
        return unit


def _sorted(a: str, b: str) -> Pair:
    return (a, b) if a <= b else (b, a)

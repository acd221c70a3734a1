"""In which order people are asked whether two causes are the same: what an answer is worth.

A pair is asked once for all that is implied: where a = b and b = c were decided, a and c are not
asked about, and of two sets that are the same each only the most alike pair is shown.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from fivewhys.patterns.contraction import contracted
from fivewhys.patterns.equal_words import EqualWords
from fivewhys.patterns.findings.weights import weights
from fivewhys.patterns.grouped import Grouped
from fivewhys.patterns.likely import BUILT_IN, LEAST, Calibration, Likely
from fivewhys.patterns.live import Ints, Live
from fivewhys.patterns.near import Near
from fivewhys.patterns.neighbours import Floats, Progress
from fivewhys.patterns.questions import ALONE, Causes, Pairs, Question, Questions, questions

__all__ = ["Question", "Questions", "Standing", "asked", "near_pairs", "queue"]

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """What makes it worth asking about a cause."""

    session: UUID
    words: int
    """`text.words_number` of its text; equal words count as the same unless decided otherwise."""
    is_root: bool = False
    weight: int = 1
    """How much the problem of its session counts: 1 for a minor one."""


def near_pairs(
    causes: Mapping[str, Standing],
    vectors: Floats,
    calibration: Calibration = BUILT_IN,
    progress: Progress | None = None,
) -> list[tuple[str, str, float]]:
    """Pairs of causes that may be the same, with their cosines: those worth a look.

    `vectors` are unit vectors in the order of `causes`. Of every cause the nearest are looked at,
    in its own group and beyond its border; of equal words the first key stands for all.
    """
    words = [cause.words for cause in causes.values()]
    row_of = {number: row for row, number in enumerate(words)}
    least = least_score(calibration)
    near = Near(least)
    near.bring(
        np.array([*row_of], np.int64),
        lambda some: vectors[[row_of[number] for number in some]],
        progress,
    )
    keys = sorted(causes)
    pairs = pairs_of(near, least, _equal_words([causes[key] for key in keys]))
    columns = (pairs.a.tolist(), pairs.b.tolist(), pairs.scores.tolist())
    return [(keys[a], keys[b], score) for a, b, score in zip(*columns, strict=True)]


def least_score(calibration: Calibration) -> float:
    """The cosine from which on a pair is worth asking about."""
    return calibration.score(LEAST[Likely.PERHAPS])


def pairs_of(near: Near, least: float, said: EqualWords) -> Pairs:
    """The pairs of `near` with a cosine of `least` or more, as places of causes with its words.

    Of equal words the first cause stands for all.
    """
    a, b, scores = near.pairs(least)
    one, other = said.first[a], said.first[b]
    return Pairs(np.minimum(one, other), np.maximum(one, other), scores.astype(float))


def queue(
    pairs: Iterable[tuple[str, str, float]],
    causes: Mapping[str, Standing],
    groups: Iterable[Collection[str]] = (),
    told: Iterable[Collection[str]] = (),
    same: Iterable[Pair] = (),
    different: Iterable[Pair] = (),
    skipped: Iterable[Pair] = (),
    calibration: Calibration = BUILT_IN,
) -> list[Question]:
    """What to ask, the most useful first, of `pairs` of causes with their cosines.

    Left out are pairs within a session, pairs that were decided, what follows from decisions, and
    causes that are not in `causes`. Those in `skipped` come after all others.

    Worth is what an answer tells, in bits; times the pairs of causes that it settles; times what
    hangs on it: roots and severe problems more, large `groups` (the proposed ones) more, and more
    by far what findings take for one already: the sets in `told`. What would follow if all that
    stands before it were answered “same” comes after what would not.
    """
    keys = sorted(causes)
    row_of = {key: row for row, key in enumerate(keys)}
    known = [causes[key] for key in keys]
    rows = [
        (row_of[min(a, b)], row_of[max(a, b)], score)
        for a, b, score in pairs
        if a in row_of and b in row_of
    ]
    first, second, scores = zip(*rows, strict=True) if rows else ((), (), ())
    sessions = {cause.session: number for number, cause in enumerate(known)}
    columns = Causes(
        keys,
        np.array([sessions[cause.session] for cause in known], np.int64),
        np.array([cause.is_root for cause in known], bool),
        np.array([cause.weight for cause in known], np.int64),
        group_sizes(row_of, groups),
        numbered(len(keys), ([row_of[key] for key in some if key in row_of] for some in told)),
    )
    found = asked(
        Pairs(np.array(first, np.int64), np.array(second, np.int64), np.array(scores, float)),
        columns,
        _equal_words(known),
        row_of,
        [*same],
        [*different],
        [*skipped],
        calibration,
    )
    return [*found]


def asked(
    pairs: Pairs,
    causes: Causes,
    said: EqualWords,
    row_of: Mapping[str, int],
    same: Collection[Pair],
    different: Collection[Pair],
    skipped: Collection[Pair],
    calibration: Calibration,
) -> Questions:
    """The same for causes in columns, by their words and with `row_of`, the place of a key."""
    units = contracted(row_of, said.several, same, different)
    decided, left = (
        np.array(
            [
                min(row_of[a], row_of[b]) * len(row_of) + max(row_of[a], row_of[b])
                for a, b in some
                if a in row_of and b in row_of
            ],
            np.int64,
        )
        for some in ([*same, *different], skipped)
    )
    return questions(pairs, causes, units, decided, left, calibration)


def columns(
    live: Live, places: Ints, groups: Grouped, told: Iterable[Sequence[int]] = ()
) -> Causes:
    """The causes in `groups`, at these `places` of a history, in columns.

    `told` are those that findings take for one, by their rows in the columns.
    """
    sessions = live.sessions[places]
    weighed = np.array(weights(live.past.sessions), np.int64)
    return Causes(
        groups.keys_in_order,
        sessions,
        live.is_root[places],
        weighed[sessions],
        groups.sizes[groups.number_of],
        numbered(len(places), told),
    )


def numbered(count: int, sets: Iterable[Sequence[int]]) -> Ints:
    """The number of the set of each of `count` things, or `ALONE`."""
    found = np.full(count, ALONE, np.int64)
    for number, some in enumerate(sets):
        found[[*some]] = number
    return found


def _equal_words(causes: Iterable[Standing]) -> EqualWords:
    return EqualWords(np.array([cause.words for cause in causes], np.int64))


def group_sizes(row_of: Mapping[str, int], groups: Iterable[Collection[str]]) -> Ints:
    """How many causes the group of each has; 1 where it is in none."""
    found = np.ones(len(row_of), np.int64)
    for members in groups:
        if len(members) > 1:
            found[[row_of[key] for key in members if key in row_of]] = len(members)
    return found

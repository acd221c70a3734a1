"""What was seen before: causes of earlier sessions that say nearly what is being typed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from fivewhys.memory.wordings import Wordings, number_of
from fivewhys.models.past import Context
from fivewhys.models.values import Appearance
from fivewhys.patterns.likely import BUILT_IN, LEAST, Calibration, Likely
from fivewhys.store.batches import in_batches
from fivewhys.store.store import Store
from fivewhys.text import plain_words

if TYPE_CHECKING:
    from fivewhys.patterns.recall import Match

SPARE = 4
"""Wordings that are looked at for each that is shown: some are ruled out, or of this session."""

OF_EACH = 3
"""Causes in the same words that are looked at: the first that stands is shown."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A cause of an earlier session that may be what a text says."""

    context: Context
    score: float
    """How like the two texts are, from -1 to 1 (see `patterns.recall.Match`)."""
    likely: Likely
    again: tuple[Appearance, ...]
    """The other sessions in which this cause was found, by decisions and equal words; by day."""


def seen(
    store: Store,
    wordings: Wordings,
    text: str,
    k: int,
    besides: UUID | None,
    calibration: Calibration = BUILT_IN,
    least: float = LEAST[Likely.PERHAPS],
) -> list[Seen]:
    """Up to `k` causes that may be the same, likeliest first, none of the session `besides`.

    `least` is the probability, from 0 to 1, below which nothing is shown.

    Causes in the same words, or that people called the same, are one: the root among them is
    shown, or else that of the latest session. Deleted and ruled-out causes are left out.
    """
    if not plain_words(text):
        return []
    matches = [
        match
        for match in wordings.search(text, k * SPARE)
        if calibration.probability(match.score) >= least
    ]
    if not matches:
        return []
    found: list[Seen] = []
    shown: set[UUID] = set()
    # Mostly the first few are enough, and each takes the database some time.
    for some in in_batches(_candidates(store, matches, besides), k + 1):
        standing = _standing(store, some)
        alike = store.alike(context.cause.id for _, context in standing)
        for match, context in standing:
            others = alike.get(context.cause.id, {})
            if context.cause.id not in shown and len(found) < k:
                shown |= others.keys()
                again = _again(others, context.session.id, besides)
                found.append(Seen(context, match.score, calibration.likely(match.score), again))
        if len(found) == k:
            break
    return found


def _standing(
    store: Store, candidates: "list[tuple[Match, list[UUID]]]"
) -> "list[tuple[Match, Context]]":
    """Each candidate with its first cause that stands, or that was called root."""
    contexts = store.context(key for _, keys in candidates for key in keys)
    standing = []
    for match, keys in candidates:
        here = [contexts[key] for key in keys if key in contexts and not contexts[key].is_out]
        if here:
            standing.append((match, max(here, key=lambda context: context.cause.is_root)))
    return standing


def _candidates(
    store: Store, matches: "list[Match]", besides: UUID | None
) -> "Iterator[tuple[Match, list[UUID]]]":
    """Each match with some causes in its words, those of the latest sessions first."""
    causes = store.catching_up.causes_in_words(number_of(match.key) for match in matches)
    for match in matches:
        here = causes.get(number_of(match.key), ())
        keys = [cause for cause, session in here if session != besides]
        if keys:
            yield match, keys[:OF_EACH]


def _again(
    others: dict[UUID, Appearance], session: UUID, besides: UUID | None
) -> tuple[Appearance, ...]:
    """Each other session once, as one in which it was root if it was so there."""
    sessions: dict[UUID, Appearance] = {}
    for again in sorted(others.values(), key=lambda item: (item.on, item.number, item.is_root)):
        if again.session_id not in (session, besides):
            sessions[again.session_id] = again
    return tuple(sessions.values())

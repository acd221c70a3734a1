"""Rules about how much an answer holds: two levels, too little; two causes are in `causes`."""

from collections.abc import Sequence

from fivewhys.facilitation.language import Tag
from fivewhys.facilitation.rules.lists import words as listed
from fivewhys.facilitation.rules.parts import Parts, parts_of
from fivewhys.facilitation.rules.reading import Reading
from fivewhys.facilitation.rules.table import SHORTEST_ANSWER
from fivewhys.facilitation.rules.words import Word

_DATES = listed("dates")
_NOW = listed("now")
_OPENERS = listed("openers")

_PRESENT = frozenset([Tag.BASE, Tag.PRESENT, Tag.MODAL])
_NO_REASON_AFTER_AS = listed("no_reason_after_as")
_COMPARING = listed("comparing")
_LINKING = frozenset(["as", "because", "having", "since", "so"])


def two_levels(reading: Reading) -> Parts | None:
    """R9: an effect and its own cause in one answer, as (effect, cause) texts.

    >>> from fivewhys.facilitation.rules.reading import read
    >>> two_levels(read("Timed out because the limit is 5 min"))
    Parts(first='Timed out', second='the limit is 5 min')
    >>> two_levels(read("Because the limit is 5 min")) is None
    True
    """
    words = reading.words
    for first, end in reading.said("link"):
        if _describes(words, first):
            continue
        if _says_something(words[:first]) and (parts := parts_of(reading, first, end)):
            return parts
    for first, end in reading.said("link_forward"):
        if _says_something(words[:first]) and (parts := parts_of(reading, first, end)):
            return Parts(parts.second, parts.first)
    for index, word in enumerate(words):
        if word.low in ("since", "as") and _gives_reason(words, index):
            return parts_of(reading, index, index + 1)
    return None


def _says_something(words: Sequence[Word]) -> bool:
    return any(not word.is_break and word.low not in _OPENERS for word in words)


def _describes(words: Sequence[Word], first: int) -> bool:
    """Whether the link is in words that tell which one: “callers whose line is down to billing”."""
    return words[first].is_a("BE") and any(
        word.low in ("whose", "which", "who") for word in words[max(0, first - 4) : first]
    )


def _gives_reason(words: Sequence[Word], index: int) -> bool:
    """Whether since or as opens a clause that is a reason, no time and no comparison."""
    end = next(
        (place for place in range(index + 1, len(words)) if words[place].is_break), len(words)
    )
    rest = words[index + 1 : min(end, index + 9)]
    is_as = words[index].low == "as"
    if len(rest) < 3 or (is_as and rest[0].low in _NO_REASON_AFTER_AS):
        return False
    if index and words[index - 1].low in _COMPARING:
        return False
    if not any(map(rest[0].is_a, ("DET", "PRONOUN", "NOUN", "NOBODY"))):
        return False
    verb = next((place for place, word in enumerate(rest) if word.is_finite), None)
    if verb is None or not any(word.is_finite for word in words[:index]):
        return False
    if is_as and verb == 1 and rest[0].is_a("NOUN") and index and words[index - 1].is_a("VERB"):
        # “complaints lay as paper slips”: what looks like a verb is a noun.
        return False
    if any(word.tag is Tag.PRONOUN for word in rest[1:verb]):
        # “since summer it is about costs”: the verb belongs to another clause.
        return False
    present = rest[verb].tag in _PRESENT or rest[verb].low in _NOW
    if not is_as:
        return present or any(word.is_a("NOT") for word in rest)
    chained = sum(word.low in _LINKING for word in words) > 1
    return present or chained or rest[0].tag is Tag.PRONOUN or rest[0].is_a("NOBODY")


def is_too_short(reading: Reading) -> bool:
    """R20: fewer than four words and no verb, number or state: “boiler off” is clear."""
    if not 0 < reading.count < SHORTEST_ANSWER or reading.has_verb:
        return False
    first, last = reading.words[0], reading.words[-1]
    is_state = first.is_noun and last.is_a("AILING") and not last.is_noun
    is_figure = reading.count == SHORTEST_ANSWER - 1 and "NUMBER" in reading.kinds
    return not (is_state or is_figure)


def is_measured(reading: Reading) -> bool:
    """Whether a problem statement holds a number, a place or a date (R21)."""
    words = reading.words
    if any(word.is_a("NUMBER") or word.low.lower() in _DATES for word in words):
        return True
    return reading.has_place

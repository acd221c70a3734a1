"""Rules about how much an answer holds: two causes, two levels, too little, too much."""

from collections.abc import Sequence
from dataclasses import dataclass

from fivewhys.facilitation.language import Tag
from fivewhys.facilitation.rules.lists import words as listed
from fivewhys.facilitation.rules.phrases import Span
from fivewhys.facilitation.rules.reading import Reading
from fivewhys.facilitation.rules.table import SHORTEST_ANSWER
from fivewhys.facilitation.rules.words import Word

_DATES = listed("dates")
_NOW = listed("now")
_OPENERS = listed("openers")

_PRESENT = frozenset([Tag.BASE, Tag.PRESENT, Tag.MODAL])
_POINTING = frozenset(["it", "its", "they", "this", "that", "he", "she", "their"])
_NO_REASON_AFTER_AS = listed("no_reason_after_as")
_COMPARING = listed("comparing")
_LINKING = frozenset(["as", "because", "having", "since", "so"])
_LONGEST_CAUSE = 25
"""Words on either side of an “and” that are looked at."""
_LONGEST_BARE = 6
"""Words that a faulty thing named without a verb may take."""
_LOOSE = " ,;:.–—-"
"""Marks that may stand at the edges of a part and belong to neither."""


@dataclass(frozen=True, slots=True)
class Parts:
    """An answer in two: texts that stand in it, without the words that join them."""

    first: str
    second: str


def _parts(reading: Reading, end: int, start: int) -> Parts | None:
    """The text before word `end` and from word `start` on."""
    words = reading.words
    if not 0 < end <= start < len(words):
        return None
    first = reading.text[: words[end - 1].end].strip(_LOOSE)
    second = reading.text[words[start].start :].strip(_LOOSE)
    return Parts(first, second) if first and second else None


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
        if _says_something(words[:first]) and (parts := _parts(reading, first, end)):
            return parts
    for first, end in reading.said("link_forward"):
        if _says_something(words[:first]) and (parts := _parts(reading, first, end)):
            return Parts(parts.second, parts.first)
    for index, word in enumerate(words):
        if word.low in ("since", "as") and _gives_reason(words, index):
            return _parts(reading, index, index + 1)
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


def two_causes(reading: Reading) -> Parts | None:
    """R8: two causes joined in one answer, as their two texts.

    >>> from fivewhys.facilitation.rules.reading import read
    >>> two_causes(read("The card was faulty and the plan had the wrong depot"))
    Parts(first='The card was faulty', second='the plan had the wrong depot')
    >>> two_causes(read("The aisle is 2.6 m and the truck needs 2.8")) is None
    True
    """
    words = reading.words
    for span in reading.said("added"):
        joint = _joint(words, span) if span[0] else None
        if joint and _is_whole(words, 0, joint[0]) and _is_whole(words, joint[1], len(words)):
            return _parts(reading, *joint)
    for index in range(1, len(words) - 1):
        if words[index].low in ("and", ";"):
            left = words[max(0, index - _LONGEST_CAUSE) : index]
            right = words[index + 1 : index + 1 + _LONGEST_CAUSE]
            if _is_cause(left) and _is_cause(right) and not _belong_together(left, right):
                end = index - 1 if words[index - 1].is_break else index
                return _parts(reading, end, index + 1)
    return None


def _joint(words: Sequence[Word], span: Span) -> Span | None:
    """Where the first cause ends and the second begins, given where the adding words stand."""
    first, last = span
    if words[first].low in ("too", "well", "as") and words[last - 1].ends_clause:
        joints = (i for i in range(first - 1, 0, -1) if words[i].low in ("and", ";", ",", "."))
        index = next(joints, 0)
        last = index + 1
        first = index
    while first > 0 and (
        words[first - 1].is_break or words[first - 1].low in ("and", "then", "there")
    ):
        first -= 1
    while last < len(words) and words[last].is_break:
        last += 1
    return (first, last) if first else None


def _is_whole(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether the words say something by themselves; “plus 12,” is a sum."""
    said = [word for word in words[start:end] if not word.is_break]
    acts = any(word.is_finite for word in said)
    if len(said) < 2 or (acts and not _has_subject(said)):
        return False
    return not (said[0].is_a("NUMBER") and words[start + 1].is_break)


def _is_cause(words: Sequence[Word]) -> bool:
    """Whether the clause tells, with subject and verb, of something wrong by itself."""
    if _is_bare_fault(words):
        return True
    opening = words[0]
    if opening.tag is Tag.PREPOSITION or opening.is_a("NOBODY") or not _has_subject(words):
        return False
    return any(word.is_a("AILING") or word.is_a("FAULTY") for word in words)


def _is_bare_fault(words: Sequence[Word]) -> bool:
    """Whether it is a faulty thing without a verb: “a broken ramp”, “old computers”."""
    if len(words) > _LONGEST_BARE or any(word.is_finite or word.is_break for word in words):
        return False
    faulty = next((place for place, word in enumerate(words[:2]) if word.is_a("AILING")), None)
    return faulty is not None and any(word.is_noun for word in words[faulty + 1 :])


def _has_subject(words: Sequence[Word]) -> bool:
    subject = False
    for word in words:
        if word.is_finite and subject:
            return True
        subject = subject or word.is_a("NOUN") or word.tag is Tag.PRONOUN
    return False


def _belong_together(left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Whether two clauses tell of one thing, or compare two figures."""
    if right[0].low in _POINTING:
        return True
    if any(w.is_a("NUMBER") for w in left) and any(w.is_a("NUMBER") for w in right):
        return True
    nouns = {word.lemma for word in left if word.is_noun}
    return any(word.is_noun and word.lemma in nouns for word in right)


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

"""Rules about what was there or missing: a remedy, training, resources, the world outside."""

from collections.abc import Sequence

from fivewhys.facilitation.language import Tag
from fivewhys.facilitation.language.english.closed import CLAUSE_TAKERS
from fivewhys.facilitation.rules.lists import words as listed
from fivewhys.facilitation.rules.people import is_subject
from fivewhys.facilitation.rules.reading import Reading
from fivewhys.facilitation.rules.words import Word

_ABSTRACT = listed("abstract")
_DENYING = listed("denying")
_NO_REMEDY = listed("no_remedy")
_OURSELVES = listed("ourselves")
_REMEDIES = listed("remedies")
_REMEDY_MODIFIERS = listed("remedy_modifiers")

_ENDS_NOUNS = frozenset(
    [Tag.PREPOSITION, Tag.COORDINATOR, Tag.SUBORDINATOR, Tag.PRONOUN, Tag.WH, Tag.TO, Tag.MODAL,
     Tag.AUXILIARY]
)  # fmt: skip
_KINDS = frozenset(["sort", "kind", "type", "form"])
_RELATES = frozenset(["that", "which", "who"])
_ENDS_PHRASE = _RELATES | frozenset(
    ["and", "but", "or", "so", "because", "nobody", "when", "if", "while", "where", "unless"]
)
_NOT_A_THING = frozenset(["there", "it", "what", "all"])
_OUTSIDE = frozenset(["PARTNER", "CUSTOMER", "FORCE"])
_US = frozenset(["us", "our"])
_FAILS_OVER = ("fail", "over")
"""What a system does so that it goes on."""
_REACH = 4
"""Words after someone outside in which what they do must begin."""


def lacks_training(reading: Reading) -> bool:
    """R11: untrained, unaware, did not know how.

    >>> from fivewhys.facilitation.rules.reading import read
    >>> lacks_training(read("The clerks did not know how to reset it"))
    True
    >>> lacks_training(read("The drive does not know how fast the belt runs"))
    False
    """
    words = reading.words
    return any(
        not _is_said_of_thing(words, first) and not _is_news(words, first, end)
        for first, end in reading.said("training")
    )


def _is_news(words: Sequence[Word], first: int, end: int) -> bool:
    """Whether what was not known is an event, “that it had moved”: nothing one learns."""
    for place in range(first, end):
        if words[place].lemma in ("know", "aware", "unaware"):
            for word in words[place + 1 : place + 6]:
                if word.is_break or word.tag is Tag.WH:
                    return False
                if word.tag is Tag.PAST or word.low in ("was", "were", "had", "did"):
                    return True
    return False


def lacks_resources(reading: Reading) -> bool:
    """R12: no time, no budget, no people.

    >>> from fivewhys.facilitation.rules.reading import read
    >>> lacks_resources(read("There was no time to test")), lacks_resources(read("No time stamp"))
    (True, False)
    """
    words = reading.words
    return any(
        words[first].low not in _DENYING or not _is_said_of_thing(words, first)
        for first, _ in reading.said("resources")
    )


def wishes_remedy(reading: Reading) -> bool:
    """R10: what is named as the cause is that a tool, a check or a programme is not there.

    A gap in something that is there, “the list has no line for refunds”, is a fact.

    >>> from fivewhys.facilitation.rules.reading import read
    >>> wishes_remedy(read("Lack of alerting")), wishes_remedy(read("The alert has no owner"))
    (True, False)
    """
    words = reading.words
    if any(not _is_gap_in_thing(words, first) for first, _ in reading.said("nothing_guards")):
        return True
    for place, first in reading.said("absent"):
        last = _head(words, first)
        if (
            last is not None
            and not (words[first].is_a("CUSTOMER") or words[first].is_a("PERSON"))
            and _is_remedy(words, first, last)
            and not _is_said_of_thing(words, place)
            and not _is_gap_in_thing(words, place)
            and not _is_subject_of_more(words, last)
        ):
            return True
    return False


def _head(words: Sequence[Word], first: int) -> int | None:
    """The index of the last noun of the noun phrase that begins at `first`."""
    last = None
    for index in range(first, min(first + 7, len(words))):
        word = words[index]
        before = words[index - 1].low
        if word.low == "of" and before in _KINDS:
            continue
        if word.low in _KINDS and index + 1 < len(words) and words[index + 1].low == "of":
            continue
        if word.is_break or word.tag in _ENDS_NOUNS or word.low in _RELATES:
            break
        is_remedy = word.is_a("REMEDY")
        is_gerund = word.tag is Tag.GERUND
        if word.is_a("VERB") and last is not None and not (is_gerund or is_remedy):
            break
        if word.is_noun or is_gerund or is_remedy:
            last = index
    return last


def _is_remedy(words: Sequence[Word], first: int, last: int) -> bool:
    head = words[last]
    low = head.low.lower()
    if low in _NO_REMEDY or head.lemma in _NO_REMEDY:
        return False
    if low.endswith(("ing", "tion", "sion")) and len(low) > 6 and low not in _ABSTRACT:
        return True
    for word in words[first : last + 1]:
        parts = {word.low.lower(), word.lemma, *word.low.lower().split("-")}
        if not parts.isdisjoint(_REMEDIES) or not parts.isdisjoint(_REMEDY_MODIFIERS):
            return True
    return False


def _is_subject_of_more(words: Sequence[Word], last: int) -> bool:
    """Whether a finite verb makes the phrase a subject: “no label is printed on the slip”."""
    before = words[last]
    for word in words[last + 1 : last + 6]:
        if word.is_break or word.low in _ENDS_PHRASE:
            return False
        happens = word.tag is Tag.PARTICIPLE and word.is_a("STATE")
        if before.tag is Tag.PREPOSITION and word.is_a("PP"):
            # “for missed jabs”: what looks like a verb goes with the next noun.
            continue
        before = word
        if word.is_finite or happens or word.tag in (Tag.WH, Tag.PRONOUN, Tag.DETERMINER):
            return word.is_finite or word is words[last + 1]
    return False


def _is_said_of_thing(words: Sequence[Word], place: int) -> bool:
    """Whether a thing is the subject just before `place`: “the chart app has no offline mode”."""
    back = place - 1
    while back >= 0 and (
        words[back].is_adverb
        or words[back].is_helper
        or words[back].lemma in ("have", "be", "get")
        or words[back].low in ("with", "'s")
    ):
        back -= 1
    if back < 0 or words[back].is_break:
        return False
    if back == place - 1 and not words[place].is_finite:
        return False
    word = words[back]
    if word.is_a("PERSON") or word.is_a("WE") or word.lemma in _OURSELVES:
        return False
    return word.low == "which" or (word.is_a("NOUN") and word.low not in _NOT_A_THING)


def _is_gap_in_thing(words: Sequence[Word], place: int) -> bool:
    """Whether a thing holds, or tells of, nothing there: “the sheet has a box and no limit”."""
    before = words[place - 1] if place else None
    if before is None or not (before.low in ("and", "but") or before.is_a("VERB")):
        return False
    verb = next((index for index, word in enumerate(words[:place]) if word.is_finite), None)
    if verb is None:
        return False
    subject = words[:verb]
    return any(word.is_a("NOUN") and word.lemma not in _OURSELVES for word in subject) and not any(
        word.is_break or word.is_a("PERSON") or word.is_a("WE") or word.is_a("NOBODY")
        for word in subject
    )


def is_outside(reading: Reading) -> bool:
    """R13: weather, market, vendor, regulator, what customers do.

    >>> from fivewhys.facilitation.rules.reading import read
    >>> is_outside(read("The vendor changed the API"))
    True
    >>> is_outside(read("The vendor portal is our own tool"))
    False
    """
    if reading.said("outside_alone"):
        return True
    if reading.kinds.isdisjoint(_OUTSIDE):
        return False
    words = reading.words
    deeds = {first for first, _ in reading.said("outside_does")}
    of_forces = deeds | {first for first, _ in reading.said("force_does")}
    for index, word in enumerate(words):
        if word.keys.isdisjoint(_OUTSIDE) or not is_subject(words, index):
            continue
        if _is_object(words, index):
            continue
        for place in range(index + 1, min(index + 1 + _REACH, len(words))):
            here = words[place]
            if here.is_break or here.low in _RELATES or _is_passive(words, place):
                break
            if place in (of_forces if word.is_a("FORCE") else deeds):
                return True
            if word.is_a("PARTNER") and _does_to_us(words, index, place):
                return True
            if here.is_a("DET") or here.is_a("VERB"):
                break
    return False


def _is_object(words: Sequence[Word], index: int) -> bool:
    """Whether something is done to whom `index` stands for: “the menu sends callers to billing”."""
    before = words[index - 1] if index else None
    return (
        before is not None
        and before.tag in (Tag.PRESENT, Tag.PAST)
        and before.is_a("DUTY")
        and before.lemma not in CLAUSE_TAKERS
        and any(word.is_noun for word in words[: index - 1])
    )


def _does_to_us(words: Sequence[Word], index: int, place: int) -> bool:
    """Whether the partner at `index` did something, or does it to us: “sends us damp paper”."""
    here = words[place]
    after = words[place + 1] if place + 1 < len(words) else None
    if not here.is_a("DUTY") or (after is not None and (here.lemma, after.low) == _FAILS_OVER):
        return False
    start = index
    while start and (words[start - 1].is_noun or words[start - 1].is_a("DET")):
        start -= 1
    if not words[start].opens:
        return False
    took = here.tag is Tag.PARTICIPLE and after is not None and after.is_a("DET")
    return (
        here.tag is Tag.PAST
        or took
        or any(word.low in _US for word in words[place + 1 : place + 3])
    )


def _is_passive(words: Sequence[Word], place: int) -> bool:
    """Whether a passive begins at `place`: “was never told”."""
    return words[place].is_a("BE") and any(
        word.tag is Tag.PARTICIPLE for word in words[place + 1 : place + 3]
    )


def is_habit_of_customers_only(reading: Reading) -> bool:
    """Whether nothing but what customers do is outside our control here."""
    return not any(word.is_a("PARTNER") or word.is_a("FORCE") for word in reading.words)

"""Rules about how an answer is said: without a fact, without certainty, without measure."""

from collections.abc import Sequence

from fivewhys.facilitation.rules.lists import words as listed
from fivewhys.facilitation.rules.reading import Reading
from fivewhys.facilitation.rules.words import Word

_ABSTRACT = listed("abstract")
_ABSTRACT_ALONE = listed("abstract_alone")
_FILLERS = listed("fillers")
_HEDGES = listed("hedges")
_JUDGEMENTS = listed("judgements")
_PLACES = listed("departments") | listed("ourselves")
_FACTS = frozenset(["NUMBER", "QUOTE"])
_MATTERS = frozenset(["thing", "things", "stuff", "issue", "issues"])

_MOST_VAGUE_WORDS = 12
"""A longer clause holds something that can be looked at."""


def is_vague(reading: Reading) -> bool:
    """R5: a wide noun and a judgement, no fact.

    >>> from fivewhys.facilitation.rules.reading import read
    >>> is_vague(read("Poor communication")), is_vague(read("Poor solder on joint 5"))
    (True, False)
    """
    words = reading.words
    if not reading.kinds.isdisjoint(_FACTS):
        return False
    end = next((place for place, word in enumerate(words) if word.is_break and place), len(words))
    return _says_nothing(words[:end], alone=reading.count == 1) or bool(reading.said("vague"))


def _says_nothing(words: Sequence[Word], alone: bool) -> bool:
    """Whether no word here is a fact: only wide nouns, judgements and small words."""
    wide = said = 0
    judged = False
    for word in words:
        forms = {word.low.lower(), word.lemma.lower()}
        if word.is_break or not forms.isdisjoint(_HEDGES):
            continue
        said += 1
        if not forms.isdisjoint(_ABSTRACT):
            wide += 1
            judged = judged or not forms.isdisjoint(_ABSTRACT_ALONE)
        elif not forms.isdisjoint(_JUDGEMENTS):
            judged = True
        elif forms.isdisjoint(_FILLERS) and not word.is_a("ROLE") and word.low not in _PLACES:
            return False
    if not wide or said > _MOST_VAGUE_WORDS:
        return False
    # It takes two wide nouns to say nothing without a judgement: “governance issues”.
    matters = any(word.low in _MATTERS for word in words)
    return judged or (not alone and (wide > 1 or (matters and said > 1)))


def hedges(reading: Reading) -> bool:
    """R6: probably, maybe, I think, must have.

    >>> from fivewhys.facilitation.rules.reading import read
    >>> hedges(read("Probably the release")), hedges(read("The check for 'likely' is on"))
    (True, False)
    """
    if reading.said("hedge"):
        return True
    return any(
        all(word.low != "only" for word in reading.words[first:end])
        for first, end in reading.said("hedge_but_for_only")
    )


def generalises(reading: Reading) -> bool:
    """R7: everyone, always, nobody ever, said of people's habits.

    >>> from fivewhys.facilitation.rules.reading import read
    >>> generalises(read("Nobody ever reads it")), generalises(read("Nobody was assigned to it"))
    (True, False)
    """
    return bool(reading.said("absolute"))

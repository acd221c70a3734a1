"""What a word by itself may stand for: a person, a written rule, a denial, something done wrongly.

Where it stands in the answer is looked at in `words`.
"""

from functools import lru_cache

from fivewhys.facilitation.language import Tag
from fivewhys.facilitation.rules.lists import sections
from fivewhys.facilitation.rules.lists import words as listed

_DEEDS = frozenset([Tag.BASE, Tag.PRESENT, Tag.PAST, Tag.PARTICIPLE, Tag.GERUND])
_NOT_A_DUTY = listed("not_a_duty")
_NOT_A_HABIT = listed("not_a_habit")
_PLAIN_ADJECTIVES = listed("plain_adjectives")
_SAME_IN_PAST = listed("same_in_past")
_SLIPS = listed("slips")
_WRONGLY = ("mis", "over", "under")
_SHORTEST_WRONGLY = 7
_NOT_WRONGLY = listed("not_wrongly")
"""Beginnings of verbs for what is done wrongly, and verbs that only look like it."""
_NONE: frozenset[str] = frozenset()
_QUOTES = frozenset([Tag.QUOTE, Tag.ASIDE])
_QUOTED = frozenset(["QUOTE", "NOUN"])


def _by_word(kinds: dict[str, str]) -> dict[str, frozenset[str]]:
    """For each word, the kinds whose section of the word list holds it."""
    found: dict[str, set[str]] = {}
    for kind, section in kinds.items():
        for word in listed(section):
            found.setdefault(word, set()).add(kind)
    return {word: frozenset(its) for word, its in found.items()}


_ANYWHERE = _by_word(
    {
        "NOT": "denials",
        "NOBODY": "nobody",
        "POSS": "possessives",
        "DET": "possessives",
        "FAULTY": "faulty_people",
        "FAULTY_IF_SAID": "faulty_if_said",
        "FAULT": "fault_nouns",
        "INSULT": "insults",
        "NUMBER": "numbers",
        "WE": "we",
        "STAFFTIME": "staff_and_time",
        "AILING": "ailments",
        "ROLE": "roles",
        "ABSTRACT": "abstract",
    }
)
"""What a word may be wherever it stands."""

AS_HEAD = _by_word(
    {
        "CUSTOMER": "customers",
        "PARTNER": "partners",
        "FORCE": "forces",
        "RULE": "rule_nouns",
        "REMEDY": "remedies",
        "RESOURCE": "resources",
        "TIMEMONEY": "time_and_money",
        "PERSON": "roles",
        "OURS": "ourselves",
        "PEOPLE": "kinds_of_people",
    }
)
"""What a word may be where it is the head of a noun phrase."""

_BY_TAG = {
    Tag.DETERMINER: "DET",
    Tag.NUMBER: "NUMBER",
    Tag.PRONOUN: "PRONOUN",
    Tag.POSSESSIVE: "POSS",
    Tag.NOUN: "NOUN",
    Tag.NAME: "NOUN",
}
_EXACT = frozenset(
    item[1:]
    for lines in sections("phrases.txt").values()
    for line in lines
    for item in line.replace("?", "").replace("|", " ").split()
    if item.startswith("=")
)
"""Words that some phrase asks for in that form only."""


@lru_cache(maxsize=4096)
def kinds_anywhere(low: str, lemma: str, tag: Tag) -> frozenset[str]:
    """What a phrase may call the word, wherever it stands."""
    if tag in _QUOTES:
        return _QUOTED
    keys = {low, lemma}
    if low in _EXACT:
        keys.add("=" + low)
    keys |= _ANYWHERE.get(low, _NONE)
    keys |= _ANYWHERE.get(lemma, _NONE)
    if tag is Tag.PRONOUN:
        keys.discard("ABSTRACT")  # “it” is no department here
    if tag in _BY_TAG:
        keys.add(_BY_TAG[tag])
    elif tag is Tag.AUXILIARY:
        keys.add("BE" if lemma == "be" or low == "'s" else "HAVE" if lemma == "have" else "DO")
        if low in ("do", "does"):
            keys.add("HABIT")
        elif low in ("done", "had", "been"):
            keys.add("PP")
    elif tag in _DEEDS:
        keys |= _kinds_of_deed(low, lemma, tag)
    elif tag is Tag.ADJECTIVE and low not in _PLAIN_ADJECTIVES:
        keys.add("JUDGED")
    return frozenset(keys)


def _kinds_of_deed(low: str, lemma: str, tag: Tag) -> set[str]:
    kinds = {"VERB", "STATE" if lemma in _NOT_A_DUTY else "DUTY"}
    if tag is Tag.GERUND:
        kinds.add("_ing")
    elif is_slip(lemma):
        kinds.add("SLIP")
    if tag in (Tag.PAST, Tag.PARTICIPLE) or low in _SAME_IN_PAST:
        kinds.add("PP")
    if tag in (Tag.BASE, Tag.PRESENT) and lemma not in _NOT_A_HABIT:
        kinds.add("HABIT")
    return kinds


def is_slip(lemma: str) -> bool:
    """Whether the verb tells of something done wrongly: “forget”, “mislabel”, “overfill”."""
    if lemma in _SLIPS:
        return True
    wrongly = lemma.startswith(_WRONGLY) and len(lemma) > _SHORTEST_WRONGLY
    return wrongly and lemma not in _NOT_WRONGLY

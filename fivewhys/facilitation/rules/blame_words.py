"""Which answers can be about blame at all, told from their words before they are read.

Reading an answer costs many times as much as cutting it into words. Every turn of speech that
blames has a word that it cannot do without; who is blamed for a deed is named besides. Where no
such word stands, in whichever form, no rule about blame can fire: nothing else is decided here.
"""

from collections.abc import Iterator
from functools import cache, lru_cache

from fivewhys.facilitation.language.tokens import MOST_READ, Token, tokens_of
from fivewhys.facilitation.rules.kinds import is_slip
from fivewhys.facilitation.rules.lists import sections
from fivewhys.facilitation.rules.lists import words as listed
from fivewhys.facilitation.rules.naming import is_name_like
from fivewhys.facilitation.rules.typos import mended

_OF_CHARACTER = (
    listed("fault_nouns") | listed("faulty_people") | listed("faulty_if_said") | listed("insults")
)
_OF_DEEDS = frozenset(
    [
        "badly",
        "improperly",
        "incorrectly",
        "instead",
        "mistaken",
        "never",
        "not",
        "wrong",
        "wrongly",
    ]
)
"""What the rule about deeds looks for beside its phrases."""
_PEOPLE = frozenset(["i", "they", "we"]).union(
    *map(listed, ("roles", "departments", "groups", "given_names", "titles"))
)
"""Who can be said to do something; names that are in no list are words that nobody knows."""
_SHORT_FORMS = frozenset(["be", "had", "have", "is", "not", "us", "will", "would"])
"""What “n't”, “'d” and the like stand for."""
_COMMON = listed("common") | frozenset(["can", "do", "no", "nobody", "was"])
"""Words that stand in so many answers that hardly any could be told by them."""
_SLIP = "SLIP"


def may_blame(text: str, names: frozenset[str]) -> bool:
    """Whether a rule about blame may fire on `text`; `names` are parts of names, in lower case.

    >>> may_blame("The price form is that of last year", frozenset())
    False
    """
    deed = person = False
    for token in tokens_of(text[:MOST_READ])[0]:
        keys, of_character, of_deed, of_person = _stands_for(token)
        if of_character:
            return True
        deed |= of_deed
        person |= of_person or not keys.isdisjoint(names)
    return deed and person


@lru_cache(maxsize=8192)
def _stands_for(token: Token) -> tuple[frozenset[str], bool, bool, bool]:
    """What a word may be, and whether that is of a reproach of character, of a deed, a person."""
    keys = frozenset(_keys(token))
    character, deeds = _needed(("blame",)), _needed(_DEEDS)
    may_slip = any(map(is_slip, keys))
    return (
        keys,
        not keys.isdisjoint(_OF_CHARACTER) or not keys.isdisjoint(character),
        may_slip or not keys.isdisjoint(_OF_DEEDS) or not keys.isdisjoint(deeds),
        (not token.known and is_name_like(token.text)) or not keys.isdisjoint(_PEOPLE),
    )


_DEEDS = ("blame_of_person", "refuses", "slip_of_anyone")


def _keys(token: Token) -> Iterator[str]:
    """All that the rules may take a word for: as it is written, its base form, without a slip."""
    yield from (token.lower, token.lemma.lower())
    if "'" in token.lower or "’" in token.lower:
        yield from _SHORT_FORMS
    if token.lower == "one":
        yield "nobody"  # “no one”
    if not token.known and (right := mended(token.lower)) != token.lower:
        meant = tokens_of(right)[0][0]
        yield from (meant.lower, meant.lemma.lower())


@cache
def _needed(names: tuple[str, ...]) -> frozenset[str]:
    """For each phrase of some sections the words of which one must stand in an answer with it."""
    return frozenset(
        word
        for name in names
        for line in sections("phrases.txt")[name]
        for word in _needed_by(line)
    )


def _needed_by(phrase: str) -> frozenset[str]:
    """The fewest words that stand at one place of a phrase. Raises ValueError for one of kinds."""
    places = [
        frozenset(word.removeprefix("=") for word in part.split("|"))
        for part in phrase.split()
        if part not in ("_", "..") and not part.startswith("-") and not part.endswith("?")
    ]
    # Kinds have many words; the only one that stands alone is looked at by itself.
    plain = [words for words in places if not any(word.isupper() for word in words)]
    if not plain and [*places] != [frozenset([_SLIP])]:
        raise ValueError(f"no word is needed for “{phrase}”")
    return min(plain, key=_share, default=frozenset())


def _share(words: frozenset[str]) -> int:
    """Roughly how many answers have one of these words."""
    return sum(50 if word in _COMMON else 1 for word in words)

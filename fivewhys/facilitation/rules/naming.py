"""Which words are likely the name of a person whom no list of people in the room holds.

Names are without number, and products, firms and places have capitals too. So a word is taken for
a person's name where it is a usual one, where it follows such a one, or where what is told of it
is what people do: to forget, to fail to tell someone, to miss a meeting.
"""

import re
from collections.abc import Sequence
from typing import Protocol

from fivewhys.facilitation.language import Tag
from fivewhys.facilitation.rules.lists import words as listed

_GIVEN_NAMES = listed("given_names")
_TITLES = listed("titles")
_PRODUCTS = listed("products")
_ONLY_PEOPLE = listed("only_people")
_ONLY_BY_PEOPLE = listed("missed_by_people")
_FORGETTING = frozenset(["forget", "neglect"])
_NAME = re.compile(r"(?:Mc|Mac|[A-Z]['’])?[A-Z][a-zß-öø-ÿ]+(?:-[A-Z][a-zß-öø-ÿ]+)?")
"""One capital, or one for each half: what has others inside is a product."""
_FURTHEST = 4
"""Words after a name in which it is told what was not done: “did not even once tell”."""


class Told(Protocol):
    """What is looked at of a word."""

    low: str
    lemma: str
    tag: Tag
    is_name_like: bool
    is_known: bool

    @property
    def is_adverb(self) -> bool:
        """Whether it can be passed over."""
        ...


def is_name_like(text: str) -> bool:
    """Whether the word is written like a name of a person.

    >>> is_name_like("Priya"), is_name_like("O'Hara"), is_name_like("GitHub"), is_name_like("it")
    (True, True, False, False)
    """
    return _NAME.fullmatch(text) is not None


def is_usual_name(words: Sequence[Told], index: int) -> bool:
    """Whether a usual given name stands at `index`, or the second name behind one or a title."""
    word = words[index]
    if not word.is_name_like:
        return False
    before = words[index - 1] if index else None
    if before is not None and before.tag in (Tag.DETERMINER, Tag.ADJECTIVE):
        return False  # “the Victoria”
    if word.low.lower() in _GIVEN_NAMES:
        return True
    return before is not None and (
        before.low.lower() in _TITLES
        or (before.is_name_like and before.low.lower() in _GIVEN_NAMES)
    )


def may_be_name(word: Told) -> bool:
    """Whether the word may name a person: no word of the language, no known product or firm."""
    return (
        word.is_name_like
        and not word.is_known
        and word.tag is Tag.NAME
        and word.low.lower() not in _PRODUCTS
    )


def does_as_people_do(words: Sequence[Told], index: int) -> bool:
    """Whether what may be a name at `index` leaves undone what only people do."""
    if index and words[index - 1].tag in (Tag.DETERMINER, Tag.ADJECTIVE, Tag.NOUN, Tag.POSSESSIVE):
        return False
    if not may_be_name(words[index]):
        return False
    after = [word for word in words[index + 1 : index + 1 + _FURTHEST] if not word.is_adverb]
    if not after:
        return False
    verb, rest = after[0], after[1:]
    if verb.lemma in _FORGETTING:
        return True
    if verb.lemma == "miss":
        return any(_ONLY_BY_PEOPLE & {word.low, word.lemma} for word in rest)
    if verb.lemma == "fail" and len(rest) > 1 and rest[0].low == "to":
        return rest[1].lemma in _ONLY_PEOPLE
    if verb.low in ("did", "does", "never"):
        return any(word.lemma in _ONLY_PEOPLE for word in rest[:2] or after[1:2])
    return False

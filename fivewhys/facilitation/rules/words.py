"""The words of one answer, and what kind of thing each of them stands for.

The language layer says what a word is in its sentence; here it is said what it means to the rules:
a person, a written rule, a denial. Quotations and titles mean nothing: they are someone else's
text.
"""

from collections.abc import Sequence
from functools import lru_cache

from fivewhys.facilitation import language
from fivewhys.facilitation.language import Tag, Token
from fivewhys.facilitation.rules.kinds import AS_HEAD, is_slip, kinds_anywhere
from fivewhys.facilitation.rules.lists import words as listed
from fivewhys.facilitation.rules.naming import (
    does_as_people_do,
    is_name_like,
    is_usual_name,
    may_be_name,
)
from fivewhys.facilitation.rules.table import SHORTEST_ANSWER
from fivewhys.facilitation.rules.typos import mended

_NOUNS = frozenset([Tag.NOUN, Tag.NAME])
_NOUN_LIKE = frozenset([Tag.NOUN, Tag.ADJECTIVE, Tag.ADVERB])
_FINITE = frozenset([Tag.AUXILIARY, Tag.MODAL, Tag.BASE, Tag.PRESENT, Tag.PAST])
_HELPERS = frozenset([Tag.AUXILIARY, Tag.MODAL])
_QUOTES = frozenset([Tag.QUOTE, Tag.ASIDE])
_BREAKS = frozenset([Tag.MARK, Tag.OTHER])
_OF_ITS_OWN = frozenset([Tag.PAST, Tag.PARTICIPLE, Tag.PRESENT, Tag.AUXILIARY])


_NONE: frozenset[str] = frozenset()
_REMEDY = frozenset(["REMEDY"])
_PERSON = frozenset(["PERSON", "WE"])
_NAMED = frozenset(["NAMED"])
_PARTNER = frozenset(["PARTNER"])
_WHOSE = frozenset(["WHOSE"])
_RULE = frozenset(["RULE"])

_DENIALS = listed("denials")
_DEPARTMENTS = listed("departments")
_GROUPS = listed("groups")
_JOINERS = listed("joiners")
_MACHINE_MODIFIERS = listed("machine_modifiers")
_MACHINE_ROLES = listed("machine_roles")
_CLOSERS = listed("closers")
_OPENERS = listed("openers")
_ORGANISATIONS = listed("organisations")
_OUTER = listed("outer")
_PARTNERS = listed("partners")
_REMEDIES = listed("remedies")
_RULE_NOUNS = listed("rule_nouns")
_RULE_SHEETS = listed("rule_sheets")
_ROLES = listed("roles")
_SHIFTS = listed("shifts") | _DEPARTMENTS
_HEADS = frozenset(AS_HEAD) | _DEPARTMENTS | _GROUPS | _ORGANISATIONS | _RULE_SHEETS
"""Words that stand for something as the head of a noun phrase."""


_OF_TAG = {
    tag: (tag in _BREAKS, tag in _NOUNS, tag in _FINITE, tag in _HELPERS)
    for tag in (getattr(Tag, name) for name in Tag.__annotations__)
}


class Word:
    """A word of an answer."""

    __slots__ = (
        "end", "ends_clause", "is_adverb", "is_break", "is_capital", "is_finite", "is_helper",
        "is_known", "is_name_like", "is_noun", "keys", "lemma", "low", "opens", "start", "tag",
    )  # fmt: skip

    def __init__(self, start: int, end: int, low: str, lemma: str, tag: Tag) -> None:
        self.start = start
        self.end = end
        self.low = low
        self.lemma = lemma
        self.tag = tag
        self.is_break, self.is_noun, self.is_finite, self.is_helper = _OF_TAG[tag]
        self.is_adverb = tag is Tag.ADVERB and low not in _DENIALS
        self.is_capital = False
        self.is_known = True
        self.is_name_like = False
        self.opens = False
        """Whether it stands first in its clause, but for small words."""
        self.ends_clause = False
        self.keys: frozenset[str] = _NONE
        """What a phrase may call this word: as written, its base form, its kinds."""

    def is_a(self, kind: str) -> bool:
        """Whether the word is of `kind`, for example PERSON."""
        return kind in self.keys


def words_of(text: str, names: frozenset[str], end: int) -> list[Word]:
    """The words of `text` before the character `end`, with their kinds.

    `names` are those of the people in the room.
    """
    words = _cut(text, end)
    last = len(words) - 1
    before: Word | None = None
    for index, word in enumerate(words):
        after = words[index + 1] if index < last else None
        word.opens = (
            before is None
            or before.is_break
            or before.low in _JOINERS
            or (before.opens and before.low in _OPENERS)
        )
        word.ends_clause = after is None or after.is_break or after.low in _CLOSERS
        low = word.low
        word.keys = kinds_anywhere(low, word.lemma, word.tag)
        if after is not None and after.tag is Tag.POSSESSIVE:
            word.keys |= _kinds_of_owner(words, index, names)
        elif (word.is_name_like or _is_listed_head(low, word.lemma) or low.lower() in names) and (
            after is None or not after.is_noun or _is_code(after.low)
        ):
            word.keys |= _kinds_of_head(words, index, names)
        before = word
    return words


def _cut(text: str, last: int) -> list[Word]:
    words: list[Word] = []
    reading = language.read(text)
    tokens = reading.tokens
    before = ""
    for token, start in zip(tokens, reading.starts, strict=True):
        if start >= last:
            break
        end = start + len(token.text)
        low, lemma, tag = token.lower, token.lemma, token.tag
        if not token.known and (right := mended(low)) != low:
            meant = language.read(right).tokens[0]
            low, lemma, tag = meant.lower, meant.lemma, meant.tag
        if low == "n't":
            low = lemma = "not"
        elif low == "'d":
            low = lemma = "would"
        if low == "one" and before == "no":
            words[-1] = Word(words[-1].start, end, "nobody", "nobody", Tag.PRONOUN)
            before = "nobody"
            continue
        if token.text[0].isupper() and _is_title(text, start, token):
            low = lemma = token.text
            tag = Tag.NAME
        elif before in ("never", "always") and tag in _NOUN_LIKE and Tag.BASE in token.could_be:
            tag = Tag.BASE
        elif tag is Tag.PRESENT and token.nounness == 2 and 1 < len(tokens) < SHORTEST_ANSWER:
            # “cut-off times” is a name of things, no sentence.
            tag = Tag.NOUN
        word = Word(start, end, low, lemma, tag)
        if token.text[0].isupper():
            word.is_capital = token.text.isupper()
            word.is_known = token.known
            word.is_name_like = is_name_like(token.text)
        words.append(word)
        before = low
    return words


def _is_title(text: str, start: int, token: Token) -> bool:
    """Whether the word is written as part of a name or title in the middle of a sentence."""
    if token.text.isupper() or token.tag in _QUOTES:
        return False
    before = text[:start].rstrip()
    return bool(before) and before[-1] not in ".:!?"


def _kinds_of_owner(words: Sequence[Word], index: int, names: frozenset[str]) -> frozenset[str]:
    """What the word at `index` stands for before “'s”."""
    word = words[index]
    kinds = _PARTNER if word.lemma in _PARTNERS else _NONE
    is_person = (
        word.lemma in _ROLES
        or word.low.lower() in names
        or (word.is_name_like and (is_usual_name(words, index) or may_be_name(word)))
    )
    return kinds | _WHOSE if is_person else kinds


@lru_cache(maxsize=4096)
def _is_listed_head(low: str, lemma: str) -> bool:
    return lemma.lower() in _HEADS or low.lower() in _HEADS


def _is_code(low: str) -> bool:
    return any(map(str.isdigit, low))


def _kinds_of_head(words: Sequence[Word], index: int, names: frozenset[str]) -> frozenset[str]:
    """What the word stands for where it is the head of its noun phrase."""
    word = words[index]
    low, lemma = word.low, word.lemma
    if word.is_name_like and low.lower() not in names and _is_unlisted_person(words, index):
        return _PERSON
    if word.is_finite and low in names:
        return _PERSON if _next_verb_is(words, index, _OF_ITS_OWN) else _NONE
    if word.is_finite or word.tag is Tag.GERUND:
        if low in _DEPARTMENTS and _acts(words, index):
            return _PERSON  # “purchasing forgot to order”
        return _REMEDY if low in _REMEDIES or lemma in _REMEDIES else _NONE
    kinds = AS_HEAD.get(low.lower(), _NONE)
    if not low.endswith("ing"):  # “marketing” is no market
        kinds |= AS_HEAD.get(lemma.lower(), _NONE)
    if lemma in _MACHINE_ROLES and _is_machine(words, index):
        return kinds - _PERSON
    if low in _GROUPS and index and words[index - 1].low in _SHIFTS:
        return kinds | _PERSON
    if lemma in _ORGANISATIONS and index and words[index - 1].low in _OUTER:
        return (kinds - _PERSON) | _PARTNER
    if lemma in _RULE_SHEETS and index and words[index - 1].lemma in _RULE_NOUNS:
        kinds |= _RULE
    if "PERSON" in kinds or (
        (low.lower() in names or _is_department(word)) and _acts(words, index)
    ):
        kinds |= _PERSON
    elif low.lower() in names and word.tag is Tag.NAME:
        kinds |= _NAMED
    return kinds


def _is_unlisted_person(words: Sequence[Word], index: int) -> bool:
    """Whether someone does something at `index` who is in no list of people in the room."""
    if is_usual_name(words, index):
        return _acts(words, index)
    return does_as_people_do(words, index)


def _acts(words: Sequence[Word], index: int) -> bool:
    """Whether the name at `index` does something; “sales over-promised” has no other verb."""
    if _next_verb_is(words, index, _FINITE):
        return True
    after = words[index + 1] if index + 1 < len(words) else None
    return after is not None and after.tag is Tag.PARTICIPLE and is_slip(after.lemma)


def _is_machine(words: Sequence[Word], index: int) -> bool:
    """Whether a word for a person tells of a program here: “the match operator”."""
    return index > 0 and words[index - 1].low in _MACHINE_MODIFIERS


def _is_department(word: Word) -> bool:
    return word.low in _DEPARTMENTS and (word.low != "it" or word.is_capital)


def _next_verb_is(words: Sequence[Word], index: int, tags: frozenset[Tag]) -> bool:
    """Whether the word at `index` does something: a verb of `tags` follows, perhaps after adverbs.

    That tells a person from a word (“Mark forgot”, “mark new accounts”) and the people of a
    department from its name.
    """
    for word in words[index + 1 :]:
        if word.tag in tags:
            return True
        if not (word.is_adverb or word.low in _DENIALS or word.tag is Tag.PARTICIPLE):
            return False
    return False

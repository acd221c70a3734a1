"""The words of one answer, and what kind of thing each of them stands for.

The language layer says what a word is in its sentence; here it is said what it means to the rules:
a person, a written rule, a denial. Quotations and titles mean nothing: they are someone else's
text.
"""

from collections.abc import Sequence

from fivewhys.facilitation import language
from fivewhys.facilitation.language import Tag, Token
from fivewhys.facilitation.rules.lists import sections
from fivewhys.facilitation.rules.lists import words as listed
from fivewhys.facilitation.rules.table import SHORTEST_ANSWER

_NOUNS = frozenset([Tag.NOUN, Tag.NAME])
_NOUN_LIKE = frozenset([Tag.NOUN, Tag.ADJECTIVE, Tag.ADVERB])
_DEEDS = frozenset([Tag.BASE, Tag.PRESENT, Tag.PAST, Tag.PARTICIPLE, Tag.GERUND])
_FINITE = frozenset([Tag.AUXILIARY, Tag.MODAL, Tag.BASE, Tag.PRESENT, Tag.PAST])
_HELPERS = frozenset([Tag.AUXILIARY, Tag.MODAL])
_QUOTES = frozenset([Tag.QUOTE, Tag.ASIDE])
_BREAKS = frozenset([Tag.MARK, Tag.OTHER])
_OF_ITS_OWN = frozenset([Tag.PAST, Tag.PARTICIPLE, Tag.PRESENT, Tag.AUXILIARY])


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
        "NUMBER": "numbers",
        "WE": "we",
        "STAFFTIME": "staff_and_time",
        "AILING": "ailments",
        "ROLE": "roles",
    }
)
"""What a word may be wherever it stands."""

_AS_HEAD = _by_word(
    {
        "CUSTOMER": "customers",
        "PARTNER": "partners",
        "FORCE": "forces",
        "RULE": "rule_nouns",
        "REMEDY": "remedies",
        "RESOURCE": "resources",
        "TIMEMONEY": "time_and_money",
        "PERSON": "roles",
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
_NONE: frozenset[str] = frozenset()
_QUOTED = frozenset(["QUOTE", "NOUN"])
_REMEDY = frozenset(["REMEDY"])
_PERSON = frozenset(["PERSON", "WE"])

_EXACT = frozenset(
    item[1:]
    for lines in sections("phrases.txt").values()
    for line in lines
    for item in line.replace("?", "").replace("|", " ").split()
    if item.startswith("=")
)
"""Words that some phrase asks for in that form only."""

_DENIALS = listed("denials")
_DEPARTMENTS = listed("departments")
_JOINERS = listed("joiners")
_CLOSERS = listed("closers")
_NOT_A_DUTY = listed("not_a_duty")
_NOT_A_HABIT = listed("not_a_habit")
_OPENERS = listed("openers")
_ORGANISATIONS = listed("organisations")
_OUTER = listed("outer")
_PARTNERS = listed("partners")
_REMEDIES = listed("remedies")
_ROLES = listed("roles")
_SAME_IN_PAST = listed("same_in_past")
_SLIPS = listed("slips")


class Word:
    """A word of an answer."""

    __slots__ = (
        "end", "ends_clause", "is_adverb", "is_break", "is_capital", "is_finite", "is_helper",
        "is_noun", "keys", "lemma", "low", "opens", "start", "tag",
    )  # fmt: skip

    def __init__(self, start: int, end: int, low: str, lemma: str, tag: Tag) -> None:
        self.start = start
        self.end = end
        self.low = low
        self.lemma = lemma
        self.tag = tag
        self.is_break = tag in _BREAKS
        self.is_adverb = tag is Tag.ADVERB and low not in _DENIALS
        self.is_noun = tag in _NOUNS
        self.is_finite = tag in _FINITE
        self.is_helper = tag in _HELPERS
        self.is_capital = False
        self.opens = False
        """Whether it stands first in its clause, but for small words."""
        self.ends_clause = False
        self.keys: frozenset[str] | set[str] = _NONE
        """What a phrase may call this word: as written, its base form, its kinds."""

    def is_a(self, kind: str) -> bool:
        """Whether the word is of `kind`, for example PERSON."""
        return kind in self.keys


def words_of(text: str, names: frozenset[str]) -> list[Word]:
    """The words of `text` with their kinds; `names` are those of the people in the room."""
    words = _cut(text)
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
        word.keys = _keys(words, index, names)
        before = word
    return words


def _cut(text: str) -> list[Word]:
    words: list[Word] = []
    tokens = language.read(text).tokens
    for token in tokens:
        low, lemma, tag = token.lower, token.lemma, token.tag
        before = words[-1].low if words else ""
        if low == "n't":
            low = lemma = "not"
        elif low == "'d":
            low = lemma = "would"
        if low == "one" and before == "no":
            words[-1] = Word(words[-1].start, token.end, "nobody", "nobody", Tag.PRONOUN)
            continue
        if _is_title(text, token):
            low = lemma = token.text
            tag = Tag.NAME
        elif before in ("never", "always") and tag in _NOUN_LIKE and Tag.BASE in token.could_be:
            tag = Tag.BASE
        elif tag is Tag.PRESENT and token.nounness == 2 and 1 < len(tokens) < SHORTEST_ANSWER:
            # “cut-off times” is a name of things, no sentence.
            tag = Tag.NOUN
        word = Word(token.start, token.end, low, lemma, tag)
        word.is_capital = token.text.isupper()
        words.append(word)
    return words


def _is_title(text: str, token: Token) -> bool:
    """Whether the word is written as part of a name or title in the middle of a sentence."""
    word = token.text
    if not word[0].isupper() or word.isupper() or token.tag in _QUOTES:
        return False
    before = text[: token.start].rstrip()
    return bool(before) and before[-1] not in ".:!?"


def _keys(words: Sequence[Word], index: int, names: frozenset[str]) -> frozenset[str] | set[str]:
    word = words[index]
    tag = word.tag
    if tag in _QUOTES:
        return _QUOTED
    low, lemma = word.low, word.lemma
    keys = {low, lemma}
    if low in _EXACT:
        keys.add("=" + low)
    keys |= _ANYWHERE.get(low, _NONE)
    keys |= _ANYWHERE.get(lemma, _NONE)
    if tag in _BY_TAG:
        keys.add(_BY_TAG[tag])
    elif tag is Tag.AUXILIARY:
        keys.add("BE" if lemma == "be" or low == "'s" else "HAVE" if lemma == "have" else "DO")
        if low in ("do", "does"):
            keys.add("HABIT")
        elif low in ("done", "had", "been"):
            keys.add("PP")
    elif tag in _DEEDS:
        keys |= _kinds_of_deed(word)
    after = words[index + 1] if index + 1 < len(words) else None
    if after is not None and after.tag is Tag.POSSESSIVE:
        if lemma in _PARTNERS:
            keys.add("PARTNER")
        if lemma in _ROLES or low.lower() in names:
            keys.add("WHOSE")
    elif after is None or not after.is_noun or _is_code(after.low):
        keys |= _kinds_of_head(words, index, names)
    return keys


def _is_code(low: str) -> bool:
    return any(map(str.isdigit, low))


def _kinds_of_deed(word: Word) -> set[str]:
    kinds = {"VERB", "STATE" if word.lemma in _NOT_A_DUTY else "DUTY"}
    if word.tag is Tag.GERUND:
        kinds.add("_ing")
    elif word.lemma in _SLIPS:
        kinds.add("SLIP")
    if word.tag in (Tag.PAST, Tag.PARTICIPLE) or word.low in _SAME_IN_PAST:
        kinds.add("PP")
    if word.tag in (Tag.BASE, Tag.PRESENT) and word.lemma not in _NOT_A_HABIT:
        kinds.add("HABIT")
    return kinds


def _kinds_of_head(words: Sequence[Word], index: int, names: frozenset[str]) -> frozenset[str]:
    """What the word stands for where it is the head of its noun phrase."""
    word = words[index]
    low, lemma = word.low, word.lemma
    if word.is_finite and low in names:
        return _PERSON if _next_verb_is(words, index, _OF_ITS_OWN) else _NONE
    if word.is_finite or word.tag is Tag.GERUND:
        return _REMEDY if low in _REMEDIES or lemma in _REMEDIES else _NONE
    kinds = _AS_HEAD.get(lemma, _NONE) | _AS_HEAD.get(low, _NONE)
    if lemma in _ORGANISATIONS and index and words[index - 1].low in _OUTER:
        kinds |= {"PARTNER"}
    if "PERSON" in kinds or (
        (low.lower() in names or _is_department(word)) and _next_verb_is(words, index, _FINITE)
    ):
        kinds |= _PERSON
    return kinds


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

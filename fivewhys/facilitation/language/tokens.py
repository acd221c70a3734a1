"""Cutting an answer into words, quotations, numbers, asides and marks, with their places."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from fivewhys.facilitation.language.english import closed
from fivewhys.facilitation.language.lexicon import Entry, entry, is_plural_form
from fivewhys.facilitation.language.tags import Tag

MOST_READ = 1_500
"""Characters read of one answer: twice the longest real ones (120 words)."""

_WORD = r"[^\W\d_](?:[\w]|[.&/+@_’'´`-](?=\w)|[+#](?!\w))*"
_PIECE = re.compile(
    # As many plain words at once as there are, for that is quicker than one by one.
    r"(?P<plain>[A-Za-z](?:[A-Za-z ]*[A-Za-z])?)(?:\s+|(?=[,;!?])|\Z)"
    r"|(?P<address>https?://[^\s,;]*[^\s,;.!?)]|www\.[^\s,;]*[^\s,;.!?)]|~?(?:/[\w.*-]+)+/?|[A-Z]:\\[^\s,;]+)"
    r"|(?P<title>(?:Mr|Mrs|Ms|Dr|Prof|St|vs|dept)\.(?=\s\S)|[Nn][or]\.(?=\s?\d)|(?:[A-Za-z]\.){2,})"
    r"|(?P<about>(?:[Aa]pprox|[Mm]ax|[Mm]in|incl|excl|est)\.(?=\s[a-z\d]))"
    rf"|(?P<word>{_WORD}|_\w+)"
    r"|(?P<number>[~<>±+-]?[€$£#¥]?\d(?:[\d.,:/×-]*\d)?(?:\s?(?:%|°[CF]?|€|\$)|[^\W\d_][\w/-]*|[\w/-]+)?)"
    r"|(?P<mark>[.!?…]+|--|[–—,;:-]|→|->)"
    r"|(?P<quote>\"[^\"\s][^\"]{0,120}\"|“[^”]{1,120}”|„[^“”]{1,120}[“”]|«[^»]{1,120}»"
    r"|`[^`]{1,120}`|(?<!\w)['‘](?=\w)[^'‘’]{1,80}['’](?!\w))"
    r"|(?P<aside>\([^()]{1,200}\)|\[[^\[\]]{1,200}\])"
    r"|(?P<other>\S)"
)
_SPLIT = re.compile(r"^(.+?)(n't|'(?:s|re|ve|ll|d|m))$")
_OF_GROUP = {
    kind: (tag, frozenset([tag]))
    for kind, tag in (
        ("quote", Tag.QUOTE),
        ("aside", Tag.ASIDE),
        ("address", Tag.NAME),
        ("title", Tag.NAME),
        ("about", Tag.ADVERB),
        ("number", Tag.NUMBER),
        ("mark", Tag.MARK),
        ("other", Tag.OTHER),
    )
}

_Kind = tuple[Tag, str, frozenset[Tag], int, bool]
"""Tag, lemma, possible tags and nounness of a word, and whether a list holds it."""


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """One word, number, quotation, aside or mark, wherever it stands.

    “didn't” is two tokens, “did” and “n't”. A token does not know its place: so the same word is
    looked up and made once, and all texts share it.
    """

    text: str
    lower: str
    """In lower case, with straight apostrophes."""
    tag: Tag
    """What it is here."""
    lemma: str
    """The base of a verb, the singular of a noun, else the word in lower case."""
    could_be: frozenset[Tag]
    """What it might be elsewhere."""
    nounness: int = 2
    """How much rather a noun than a verb: 0 never, 1 less often, 2 more often."""
    known: bool = True

    def may(self, *tags: Tag) -> bool:
        """Whether the word can be one of `tags`."""
        return not self.could_be.isdisjoint(tags)


def tokens_of(text: str) -> tuple[list[Token], list[int]]:
    """The tokens of `text`, each with the likeliest tag it has on its own, and where each begins.

    A token is as long as its text.
    """
    found: list[Token] = []
    starts: list[int] = []
    shouted = is_shouted(text)
    starts_sentence = True
    for match in _PIECE.finditer(text):
        kind = match.lastgroup or "other"
        piece = match[kind]
        start = match.start()
        if kind in ("plain", "word"):
            for word in piece.split(" "):
                if word:
                    place = start
                    for part in _parts(word, starts_sentence or shouted):
                        found.append(part)
                        starts.append(place)
                        place += len(part.text)
                    starts_sentence = False
                start += len(word) + 1
        else:
            found.append(_other(kind, piece))
            starts.append(start)
            starts_sentence = kind in ("mark", "other") and piece not in (",", "-", "--")
    return found, starts


@lru_cache(maxsize=8192)
def retagged(token: Token, tag: Tag) -> Token:
    """The same word as `tag`."""
    return replace(token, tag=tag)


@lru_cache(maxsize=2048)
def settled_as(token: Token, tag: Tag, lemma: str) -> Token:
    """The same word where it can be nothing but `tag`, with another lemma."""
    return replace(token, tag=tag, lemma=lemma, could_be=frozenset([tag]))


def is_shouted(text: str) -> bool:
    """Whether `text` is written in capitals throughout."""
    return text.isupper() and sum(map(str.isalpha, text)) > 5 and " " in text.strip()


@lru_cache(maxsize=2048)
def _other(kind: str, piece: str) -> Token:
    """What is no word: a number, a mark, a quotation."""
    tag, tags = _OF_GROUP[kind]
    low = piece.lower()
    return Token(piece, low, tag, low, tags)


@lru_cache(maxsize=8192)
def _parts(piece: str, starts_sentence: bool) -> tuple[Token, ...]:
    """The words that are written as one."""
    if len(piece) > 3:
        piece = piece.rstrip("+")
    low = piece.lower()
    if not low.isalpha():
        low = low.replace("’", "'").replace("´", "'").replace("`", "'")
    if low in closed.NOT_CONTRACTIONS:
        stem, ending = closed.NOT_CONTRACTIONS[low], "n't"
        cut = len(piece) - 2
    elif low in closed.JOINED:
        stem, ending = closed.JOINED[low]
        cut = len(stem)
    elif match := _SPLIT.match(low):
        stem, ending = match[1], match[2]
        cut = len(stem)
        if ending == "n't":
            stem = closed.NOT_STEMS.get(stem, stem)
    else:
        return (Token(piece, low, *_classified(piece, low, starts_sentence)),)
    first, second = piece[:cut], piece[cut:]
    if "'" in stem:  # “couldn't've”
        head = _parts(first, starts_sentence)
    else:
        head = (Token(first, stem, *_classified(first, stem, starts_sentence)),)
    return *head, Token(second, ending, *_classified(second, ending, starts_sentence=False))


def _classified(text: str, low: str, starts_sentence: bool) -> _Kind:
    """Tag, lemma, possible tags, nounness of a word, and whether a list holds it."""
    if (pair := _CLOSED.get(low)) and (starts_sentence or text not in _CAPITAL_NAMES):
        tag, lemma = pair
        more: frozenset[Tag] = frozenset([tag])
        if low in _ALSO_OPEN:
            more |= entry(low).tags - {Tag.NOUN}
        return tag, lemma, more, 0, True
    if "-" in low and all(part in _COUNTED for part in low.split("-")):
        return Tag.NUMBER, low, _ONLY_NUMBER, 0, True
    capital = text[:1].isupper()
    name = capital and not starts_sentence
    if name and text.isupper() and len(text) > 1:
        return Tag.NAME, low, _ONLY_NAME, 2, True
    known = entry(low)
    if not known.known and "-" in low and (last := entry(low.rpartition("-")[2])).known:
        known = Entry(last.tags, low, last.nounness)
    if (
        not known.known
        and starts_sentence
        and text[1:].islower()
        and low not in closed.PRODUCTS
        and _is_compound(low)
    ):
        known = Entry(known.tags, known.lemma, known.nounness)
    if not known.known and (capital or _is_code(text)):
        return Tag.NAME, low, _ONLY_NAME, 2, False
    tags = known.tags
    if name or (capital and low in closed.COMMON_NAMES):
        tags |= _ONLY_NAME
    return _likeliest(known.tags, known.nounness), known.lemma, tags, known.nounness, known.known


_ONLY_NAME = frozenset([Tag.NAME])
_ONLY_NUMBER = frozenset([Tag.NUMBER])
_COUNTED = closed.NUMBER_WORDS - {"second", "seconds"} | {"one"}
_CAPITAL_NAMES = frozenset(["IT", "US", "OR", "AM", "WHO", "NO", "MAY", "May", "Will"])
"""Words in capitals that are names of departments, countries and bodies, not pronouns."""
_ALSO_OPEN = closed.OPEN_ADVERBS | frozenset(
    (
        "like",
        "past",
        "following",
        "including",
        "second",
        "first",
        "will",
        "may",
        "no",
        "down",
        "off",
    )
)


def _closed_table() -> dict[str, tuple[Tag, str]]:
    table: dict[str, tuple[Tag, str]] = {}
    for tag, members in (
        (Tag.ADVERB, closed.ADVERBS | closed.HEDGES),
        (Tag.PREPOSITION, closed.PREPOSITIONS | closed.PARTICLES),
        (Tag.SUBORDINATOR, closed.SUBORDINATORS),
        (Tag.WH, closed.WH),
        (Tag.COORDINATOR, closed.COORDINATORS),
        (Tag.PRONOUN, closed.PRONOUNS),
        (Tag.DETERMINER, closed.DETERMINERS - closed.WH),
        (Tag.MODAL, closed.MODALS | {"'ll"}),
        (Tag.NEGATION, closed.NEGATIONS),
    ):
        table.update({low: (tag, low) for low in members})
    table.update(dict.fromkeys(closed.BE | {"'re", "'m"}, (Tag.AUXILIARY, "be")))
    table.update(dict.fromkeys(closed.HAVE | {"'ve"}, (Tag.AUXILIARY, "have")))
    table.update(dict.fromkeys(closed.DO, (Tag.AUXILIARY, "do")))
    table["'s"] = (Tag.POSSESSIVE, "'s")
    table["'d"] = (Tag.MODAL, "'d")
    table["to"] = (Tag.TO, "to")
    table["there"] = (Tag.THERE, "there")
    table["'"] = (Tag.MARK, "'")
    for low in closed.NUMBER_WORDS:
        table[low] = (Tag.NUMBER, low)
    table.update({low: (Tag.NAME, low) for low in closed.ABBREVIATIONS})
    for low in closed.OPEN_ADVERBS:
        table[low] = (Tag.ADVERB, low)
    return table


def _is_compound(low: str) -> bool:
    """Whether a word that no list holds is two known ones: “nameplate”, “handover”."""
    return any(
        entry(low[:cut]).known and (entry(low[cut:]).known or low[cut:] in closed.PARTICLES)
        for cut in range(3, len(low) - 1)
    )


def _is_code(text: str) -> bool:
    """Whether `text` is an id or a camelCase word rather than an ordinary one."""
    return any(char in "_./@\\" or char.isdigit() for char in text) or any(
        char.isupper() for char in text[1:]
    )


def _likeliest(tags: frozenset[Tag], nounness: int) -> Tag:
    if Tag.NOUN in tags and nounness == 2:
        return Tag.ADJECTIVE if Tag.ADJECTIVE in tags and Tag.BASE not in tags else Tag.NOUN
    for tag in (
        Tag.ADJECTIVE, Tag.PAST, Tag.PARTICIPLE, Tag.GERUND, Tag.PRESENT, Tag.BASE, Tag.ADVERB,
    ):  # fmt: skip
        if tag in tags:
            return tag
    return Tag.NOUN


def is_plural(token: Token) -> bool:
    """Whether the noun `token` can stand with a plural verb."""
    return token.lower in closed.PLURALS or is_plural_form(token.lower)


_CLOSED = _closed_table()

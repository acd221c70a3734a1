"""Rules about an answer that says again what stands above it."""

from functools import lru_cache
from typing import NamedTuple

from fivewhys.facilitation import language
from fivewhys.facilitation.language import Tag, Token
from fivewhys.facilitation.language.lexicon import entry
from fivewhys.facilitation.rules.lists import sections
from fivewhys.facilitation.rules.lists import words as listed
from fivewhys.facilitation.rules.reading import Reading

_LIGHT = listed("light")
_SAME = {word: line.split()[0] for line in sections("words.txt")["same"] for word in line.split()}
_ENDINGS = tuple(sections("words.txt")["endings"][0].split())
_NO_CONTENT = frozenset([Tag.MARK, Tag.OTHER, Tag.QUOTE, Tag.ASIDE])
_SHORTEST_STEM = 3
_LONGEST_KEPT = 512
"""Texts whose content words are kept: those of a session, answers as they are typed."""

_LONGEST_SHARE = 3
_SLACK = 60
"""An answer longer than this many times what stands above it, and some characters, adds to it."""
_LEAST = ((0, 2, 0.4), (1, 3, 0.55), (1, 2, 0.6), (2, 4, 0.65))
"""New words that a paraphrase may bring, with the common words and the share it then needs."""
_BRINGS_MEANS = frozenset(
    ["by", "under", "behind", "without", "from", "for", "with", "until", "after", "before"]
)
_WORDS_OF_MEANS = 3
"""What brings a fact that a paraphrase does not have, and how many words on it may stand."""
_FEWEST_FOR_NEW = 3
"""Words that the text above must have before a paraphrase of it may bring new ones."""
_SMALL = 0.5
"""What a number counts beside another word of the text above: a paraphrase may leave it out."""
_ONE = "1"
"""No figure to speak of: the article, “single” and “one” come and go."""
_HOURS = 12
"""Hours on a clock: people say six for 18:00."""
_ALIKE = 4
"""Letters from which on words with the same beginning may be the same: “sort”, “sorting”."""
_MOST_ADDED = 3


def says_again(answer: Reading, above: str) -> bool:
    """Whether `answer` adds nothing to `above`, whatever the order and small words.

    >>> from fivewhys.facilitation.rules.reading import read
    >>> says_again(read("Customers wait too long"), "Customers waited too long")
    True
    >>> says_again(read("Customers wait for a refund"), "Customers waited too long")
    False
    """
    if answer.end > _LONGEST_SHARE * len(above) + _SLACK:
        return False
    content = _content(answer.text, answer.end)
    said, before = content.words, _content(above, len(above)).words
    if not said or not before or len(said) > len(before) + _LEAST[-1][0] + 1:
        return False
    common = said & before
    if not common:
        return False
    added, left = said - common, before - common
    for word in tuple(added):
        if twin := next((other for other in left if _is_alike(word, other)), None):
            added -= {word}
            left -= {twin}
            common |= {twin}
    added -= {_ONE}
    if any(map(_is_number, added)) or not added.isdisjoint(content.means):
        # A figure that is not above is a fact of its own, and so is by what it comes.
        return False
    if added and (len(before) < _FEWEST_FOR_NEW or _names_rule(answer, added)):
        return False
    share = _weight(common) / (_weight(common) + _weight(left))
    if not added and len(before) == 1:
        return True
    return any(
        len(added) == new and len(common) >= least and share >= needed
        for new, least, needed in _LEAST
    )


def _names_rule(answer: Reading, added: frozenset[str]) -> bool:
    """Whether a written rule is among what is new: what it says, or does not, is a fact."""
    return "RULE" in answer.kinds and any(
        word.is_a("RULE") and _group(word.lemma) in added for word in answer.words
    )


def _is_number(word: str) -> bool:
    return word[0].isdigit()


def _weight(words: frozenset[str]) -> float:
    return sum(_SMALL if _is_number(word) else 1 for word in words)


def _is_alike(word: str, other: str) -> bool:
    """Whether two stems are the same word in other clothes: one goes on where the other ends."""
    short, long = sorted((word, other), key=len)
    if len(short) < _ALIKE or len(long) - len(short) > _MOST_ADDED:
        return False
    return long.startswith(short) or (len(short) > _ALIKE + 1 and long.startswith(short[:-1]))


class _Content(NamedTuple):
    """The stems of the words of a text that carry content; words that people swap are one."""

    words: frozenset[str]
    means: frozenset[str]
    """Those that tell by what, for whom or when: “by mail”, “without oil”, “for a refund”."""


@lru_cache(maxsize=_LONGEST_KEPT)
def _content(text: str, end: int) -> _Content:
    stems: set[str] = set()
    means: set[str] = set()
    before = ""
    last_of_means = -1
    reading = language.read(text)
    for at, token in enumerate(reading.tokens):
        if reading.starts[at] >= end:
            break
        if token.lower in _BRINGS_MEANS:
            last_of_means = at + _WORDS_OF_MEANS
        for part in _carried(token):
            if before + part in _SAME:
                # “post code” is a postcode.
                stems.discard(_group(before))
                before += part
            else:
                before = part
            stems.add(_group(before))
            if at <= last_of_means:
                means.add(_group(before))
    return _Content(frozenset(stems), frozenset(means))


@lru_cache(maxsize=8192)
def _carried(token: Token) -> tuple[str, ...]:
    """What the token says that carries content, in base forms; mostly one word or none."""
    if token.tag in _NO_CONTENT or token.lower in _LIGHT or token.lemma in _LIGHT:
        return ()
    if token.tag is Tag.NUMBER:
        return (_figure(token.lemma),)
    parts = token.lemma.replace("-", " ").replace("'", " ").split()
    return tuple(part for part in parts if part not in _LIGHT)


def _figure(text: str) -> str:
    """A number as it is compared: “18:00” is six, “50%” is 50."""
    hour, colon, minutes = text.partition(":")
    if colon and minutes == "00" and hour.isdigit():
        return str(int(hour) % _HOURS or _HOURS)
    return text.rstrip("% ")


@lru_cache(maxsize=4096)
def _group(word: str) -> str:
    """What stands for the word and all that people say for it."""
    stem = _stem(word)
    return _SAME.get(word) or _SAME.get(stem, stem)


def _stem(word: str) -> str:
    if word.startswith("un") and entry(word[2:]).known:
        # Denials count for nothing here: “unsigned” is what is not signed.
        word = word[2:]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word

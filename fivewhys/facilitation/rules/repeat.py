"""Rules about an answer that says again what stands above it."""

from functools import lru_cache

from fivewhys.facilitation.language.tags import Tag
from fivewhys.facilitation.language.tokens import MOST_READ, tokens_of
from fivewhys.facilitation.rules.lists import sections
from fivewhys.facilitation.rules.lists import words as listed

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
_LEAST = ((0, 2, 0.4), (1, 3, 0.55), (1, 2, 0.7), (2, 4, 0.65))
"""New words that a paraphrase may bring, with the common words and the share it then needs."""
_FEWEST_FOR_NEW = 3
"""Words that the text above must have before a paraphrase of it may bring new ones."""
_SMALL = 0.5
"""What a number counts beside another word of the text above: a paraphrase may leave it out."""
_ONE = "1"
"""No figure to speak of: the article, “single” and “one” come and go."""
_ALIKE = 4
"""Letters from which on words with the same beginning may be the same: “sort”, “sorting”."""
_MOST_ADDED = 3


def says_again(answer: str, above: str) -> bool:
    """Whether `answer` adds nothing to `above`, whatever the order and small words.

    >>> says_again("Customers wait too long", "Customers waited too long")
    True
    >>> says_again("Customers wait for a refund", "Customers waited too long")
    False
    """
    if len(answer) > _LONGEST_SHARE * len(above) + _SLACK:
        return False
    said, before = _content(answer), _content(above)
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
    if any(map(_is_number, added)):
        # A figure that is not above is a fact of its own.
        return False
    if added and len(before) < _FEWEST_FOR_NEW:
        return False
    share = _weight(common) / (_weight(common) + _weight(left))
    if not added and len(before) == 1:
        return True
    return any(
        len(added) == new and len(common) >= least and share >= needed
        for new, least, needed in _LEAST
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


@lru_cache(maxsize=_LONGEST_KEPT)
def _content(text: str) -> frozenset[str]:
    """The stems of the words of `text` that carry content; words that people swap are one."""
    stems: set[str] = set()
    before = ""
    # Clauses do not matter here, and reading them for every ancestor would take the most time.
    for token in tokens_of(text[:MOST_READ]):
        if token.tag in _NO_CONTENT or token.lower in _LIGHT or token.lemma in _LIGHT:
            continue
        for part in token.lemma.removesuffix(":00").replace("-", " ").replace("'", " ").split():
            if part not in _LIGHT:
                if before + part in _SAME:
                    # “post code” is a postcode.
                    stems.discard(_group(before))
                    before += part
                else:
                    before = part
                stems.add(_group(before))
    return frozenset(stems)


def _group(word: str) -> str:
    """What stands for the word and all that people say for it."""
    stem = _stem(word)
    return _SAME.get(word) or _SAME.get(stem, stem)


@lru_cache(maxsize=2048)
def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word

"""Rules about an answer that says again what stands above it."""

from functools import lru_cache

from fivewhys.facilitation import language
from fivewhys.facilitation.language import Tag
from fivewhys.facilitation.rules.lists import sections
from fivewhys.facilitation.rules.lists import words as listed

_LIGHT = listed("light")
_SAME = {word: line.split()[0] for line in sections("words.txt")["same"] for word in line.split()}
_ENDINGS = tuple(sections("words.txt")["endings"][0].split())
_NO_CONTENT = frozenset([Tag.MARK, Tag.OTHER, Tag.QUOTE, Tag.ASIDE])
_SHORTEST_STEM = 3

_PARENT_SHARE = 0.5
"""How much of the text above an answer without any new word must hold to say it again."""
_MOSTLY = ((1, 3, 0.6), (2, 5, 0.7))
"""New words that a paraphrase may bring, with the common words and the share it then needs."""


def says_again(answer: str, above: str) -> bool:
    """Whether `answer` adds nothing to `above`, whatever the order and small words.

    >>> says_again("Customers wait too long", "Customers waited too long")
    True
    >>> says_again("Customers wait for a refund", "Customers waited too long")
    False
    """
    said, before = _content(answer), _content(above)
    if not said or not before:
        return False
    common = len(said & before)
    share = common / len(before)
    new = len(said) - common
    if not new:
        return common >= min(2, len(before)) and share >= _PARENT_SHARE
    return any(
        new == words and common >= least and share >= enough for words, least, enough in _MOSTLY
    )


@lru_cache(maxsize=256)
def _content(text: str) -> frozenset[str]:
    """The stems of the words of `text` that carry content; words that people swap are one."""
    stems = set()
    for token in language.read(text).tokens:
        if token.tag in _NO_CONTENT or token.lower in _LIGHT or token.lemma in _LIGHT:
            continue
        for part in token.lemma.replace("-", " ").replace("'", " ").split():
            if part not in _LIGHT:
                stem = _stem(part)
                stems.add(_SAME.get(part) or _SAME.get(stem, stem))
    return frozenset(stems)


@lru_cache(maxsize=2048)
def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word

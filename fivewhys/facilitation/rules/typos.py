"""Slips of the finger in the long words that the rules know: “comunication”, “managment”."""

from collections.abc import Iterator
from functools import cache, lru_cache

from fivewhys.facilitation.rules.lists import sections

SHORTEST = 7
"""Letters of a typed word from which on it is mended; shorter ones are too easily another word."""
_SHORTEST_CHANGED = 9
"""The same where a letter is another one: “stacker” is no “slacker”."""


@lru_cache(maxsize=4096)
def mended(word: str) -> str:
    """The word of the rules' lists that is one slip away from the lower-case `word`, or itself.

    >>> mended("comunication"), mended("mangaement"), mended("gasket")
    ('communication', 'management', 'gasket')
    """
    if len(word) < SHORTEST or not word.isascii() or not word.isalpha():
        return word
    known = _shortened()
    for short in (word, *_without_one(word)):
        for right in known.get(short, ()):
            if (right[0], right[-1]) == (word[0], word[-1]) and _is_one_slip(word, right):
                return right
    return word


def _without_one(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))


@cache
def _shortened() -> dict[str, list[str]]:
    """The long words of the lists, by themselves and by what is left without one letter."""
    listed = {
        word
        for name in ("words.txt", "phrases.txt")
        for lines in sections(name).values()
        for line in lines
        for word in line.replace("|", " ").replace("?", " ").replace("=", " ").split()
        if len(word) >= SHORTEST and word.isalpha() and word.islower()
    }
    found: dict[str, list[str]] = {}
    for word in sorted(listed):
        for short in (word, *_without_one(word)):
            found.setdefault(short, []).append(word)
    return found


def _is_one_slip(word: str, right: str) -> bool:
    """Whether one letter is missing, too many, another one, or two have changed places."""
    start = 0
    while start < min(len(word), len(right)) and word[start] == right[start]:
        start += 1
    rest, wanted = word[start:], right[start:]
    return (
        rest[1:] == wanted
        or rest == wanted[1:]
        or (rest[1:] == wanted[1:] and len(word) >= _SHORTEST_CHANGED)
        or (rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:])
    )

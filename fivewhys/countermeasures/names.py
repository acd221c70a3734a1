"""Whether two ways to write a name may mean one person: “Jo Bell”, “J. Bell”, “Bell, Jo”, “JB”.

It only ever gives rise to a soft word: two people may well share their initials.
"""

from fivewhys.text import plain_words

_MOST_INITIALS = 4


def may_be_one(name: str, other: str) -> bool:
    """Whether two names are the same, a part of one another, or one in the other's initials.

    >>> may_be_one("Jo Bell", "J. Bell"), may_be_one("Jo Bell", "JB"), may_be_one("Jo Bell", "Ana")
    (True, True, False)
    """
    words, others = _words(name), _words(other)
    if not words or not others:
        return False
    return (
        _is_part(words, others)
        or _is_part(others, words)
        or _are_initials(name, others)
        or _are_initials(other, words)
    )


def _words(name: str) -> list[str]:
    """The words of a name, the first name in front: “Bell, Jo” is Jo Bell."""
    last, comma, first = name.partition(",")
    if comma and "," not in first:
        return [*plain_words(first).split(), *plain_words(last).split()]
    return plain_words(name).split()


def _is_part(words: list[str], others: list[str]) -> bool:
    """Whether each of `words` is one of `others`, or the initial of one; a number tells two apart.

    Jo is a part of Jo Bell; “Shift” and “Shift 2” are two.
    """
    left = list(others)
    # Whole words first, so that an initial is left what it may stand for.
    for word in sorted(words, key=len, reverse=True):
        found = next((each for each in left if _agree(word, each)), None)
        if found is None:
            return False
        left.remove(found)
    return not any(map(str.isdigit, "".join(left)))


def _agree(word: str, other: str) -> bool:
    if word == other:
        return True
    short, long = sorted((word, other), key=len)
    return len(short) == 1 and short.isalpha() and len(long) > 1 and long.startswith(short)


def _are_initials(name: str, words: list[str]) -> bool:
    """Whether a name is one word of initials, of all of `words` or of the first and the last."""
    letters = plain_words(name)
    # “Al” is a name, “AL” and “al” may be initials.
    if name.istitle() or not letters.isalpha() or not 2 <= len(letters) <= _MOST_INITIALS:
        return False
    initials = "".join(word[0] for word in words)
    return len(words) > 1 and letters in (initials, initials[0] + initials[-1])

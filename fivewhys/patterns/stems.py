"""The stems of the words that carry a sentence: “orders”, “ordered” and “Ordering” are one.

English, roughly: what stays of a word without its ending says whether two texts share it, and
nothing is ever shown of it.
"""

import re
from functools import lru_cache

_WORD = re.compile(r"[a-z]{2,}|\d+")
_ENDINGS = ("ings", "ing", "ied", "ies", "ed", "es", "ly", "s")
_LEAST = 3
"""Letters that an ending leaves at least."""
_KEPT = 50_000
"""Texts whose stems are kept: the same ones are asked for after every session."""
_LETTERS = 6
"""Letters of a stem: what follows mostly tells parts of speech apart."""
_LITTLE = frozenset(
    (  # noqa: SIM905 (a list of so many would fill two screens)
        "am an and any are as at be been being but by can cannot could did do does doing done each "
        "every for from had has have having he her him his how if in into is it its just may might "
        "more most must my never no nobody none nor not nothing of off on one only onto or other "
        "our out over per shall she should so some such than that the their them then there these "
        "they this those through to too under until up upon us very was we were what when where "
        "which while who whom whose why will with without would you your yet all also about after "
        "again another because before both own same don didn doesn isn wasn weren couldn wouldn "
        "hadn hasn haven"
    ).split()
)
"""Words that join others, or only say how sure or how much."""


@lru_cache(maxsize=_KEPT)
def stems(text: str) -> frozenset[str]:
    """The stems of the words in `text` that say what it is about.

    >>> sorted(stems("The new forms were not ordered"))
    ['form', 'new', 'order']
    """
    words = _WORD.findall(text.casefold())
    return frozenset(_stem(word) for word in words if word not in _LITTLE)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            word = word.removesuffix(ending)
            break
    return word[:_LETTERS]

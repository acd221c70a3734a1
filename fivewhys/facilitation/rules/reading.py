"""One answer as the rules see it: its words, and which of the known turns of speech are in it."""

from collections.abc import Iterable
from functools import cache, cached_property, lru_cache

from fivewhys.facilitation.language import Tag
from fivewhys.facilitation.rules.lists import sections
from fivewhys.facilitation.rules.lists import words as listed
from fivewhys.facilitation.rules.phrases import PhraseBook, Span
from fivewhys.facilitation.rules.words import words_of

_TELLING = frozenset([Tag.AUXILIARY, Tag.MODAL, Tag.PRESENT, Tag.PAST, Tag.PARTICIPLE])
_TITLES = listed("titles")
_PLACE = "place"


class Reading:
    """An answer, up to the character `end`, with its words and the phrases in it."""

    def __init__(self, text: str, people: Iterable[str], end: int) -> None:
        self.text = text
        self.end = end
        self.words = words_of(text, name_parts(tuple(people)), end)
        self.count = len({word.start for word in self.words if not word.is_break})
        """How many words there are; “didn't” is two of them."""
        self.kinds = frozenset[str]().union(*(word.keys for word in self.words))
        """The kinds that any of the words is of."""
        self.has_verb = any(w.tag in _TELLING or w.tag is Tag.PRONOUN for w in self.words)

    @cached_property
    def _phrases(self) -> dict[str, list[Span]]:
        return _book().find(self.words, self.kinds)

    def said(self, section: str) -> list[Span]:
        """Where the phrases of one section of `phrases.txt` stand, in order."""
        return self._phrases.get(section, [])

    @property
    def has_place(self) -> bool:
        """Whether it tells where something is; only asked of a problem."""
        return bool(_places().find(self.words, self.kinds))


def read(text: str, people: Iterable[str] = (), end: int | None = None) -> Reading:
    """`text` as the rules see it; `people` are the names of those in the room.

    Rules see nothing beyond the character `end`. The text is read as a whole all the same, for it
    is once more when the next question is formed, and then need not be read again.
    """
    return Reading(text, people, len(text) if end is None else end)


@cache
def _book() -> PhraseBook:
    return PhraseBook({name: s for name, s in sections("phrases.txt").items() if name != _PLACE})


@cache
def _places() -> PhraseBook:
    return PhraseBook({_PLACE: sections("phrases.txt")[_PLACE]})


@lru_cache(maxsize=64)
def name_parts(people: tuple[str, ...]) -> frozenset[str]:
    """The single names of people, in lower case and without titles."""
    parts = (part.lower() for name in people for part in name.split())
    return frozenset(part for part in parts if part not in _TITLES)

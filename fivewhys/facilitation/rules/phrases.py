"""Phrases: a small pattern language over words, so that turns of speech can be kept as data.

What a phrase may hold is told at the top of `english/phrases.txt`. Matching never goes over a
punctuation mark, and passes over adverbs by itself. A phrase is looked for only where its rarest
word is in the answer: with a thousand phrases that is what keeps it quick.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fivewhys.facilitation.rules.lists import words as listed
from fivewhys.facilitation.rules.words import Word

Span = tuple[int, int]
"""Where something stands: the index of its first word, and of the first word after it."""

_LONGEST_GAP = 3
"""Words that `..` may stand for."""
_COMMON = listed("common")
"""Words and kinds too common to look for a phrase by."""


@dataclass(frozen=True, slots=True)
class _Item:
    """One place of a phrase and the words or kinds that may stand there."""

    words: frozenset[str]
    forbids: bool = False
    is_any: bool = False


_GAP = _Item(frozenset([".."]))
_START = _Item(frozenset(["START"]))
_END = _Item(frozenset(["END"]))


@dataclass(frozen=True, slots=True)
class _Phrase:
    list: str
    items: tuple[_Item, ...]
    opens: bool
    """Whether it must stand first in its clause."""


class PhraseBook:
    """Lists of phrases, ready to be looked for all at once."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._by_anchor: dict[str, list[_Phrase]] = {}
        for name, lines in lists.items():
            for line in lines:
                for items in _variants(line.split()):
                    opens = items[0] is _START
                    phrase = _Phrase(name, items[1:] if opens else items, opens)
                    for word in _anchor(phrase.items):
                        self._by_anchor.setdefault(word, []).append(phrase)

    def find(self, words: Sequence[Word]) -> dict[str, list[Span]]:
        """Where phrases of each list stand, those of one list in order."""
        places: dict[str, list[int]] = {}
        for index, word in enumerate(words):
            for key in word.keys:
                places.setdefault(key, []).append(index)
        found: dict[str, set[Span]] = {}
        by_anchor = self._by_anchor
        for key in places.keys() & by_anchor.keys():
            for phrase in by_anchor[key]:
                first = phrase.items[0]
                for begin in first.words:
                    for index in places.get(begin, ()):
                        if phrase.opens and not words[index].opens:
                            continue
                        end = _match(words, index + 1, phrase.items, 1)
                        if end is not None:
                            found.setdefault(phrase.list, set()).add((index, end))
        return {name: sorted(spans) for name, spans in found.items()}


def _anchor(items: tuple[_Item, ...]) -> frozenset[str]:
    """The words of the place that the fewest answers fill."""
    places = [item.words for item in items if item.words and not item.forbids and not item.is_any]
    return min((words for words in places if ".." not in words and "END" not in words), key=_share)


def _share(words: frozenset[str]) -> int:
    return sum(50 if word in _COMMON else 10 if word.isupper() else 1 for word in words)


def _variants(parts: list[str]) -> list[tuple[_Item, ...]]:
    """The phrase written out for each choice of what may be missing."""
    variants: list[tuple[_Item, ...]] = [()]
    for part in parts:
        item = _item(part.removesuffix("?"))
        longer = [(*variant, item) for variant in variants]
        variants = variants + longer if part.endswith("?") else longer
    return variants


def _item(part: str) -> _Item:
    fixed = {"..": _GAP, "START": _START, "END": _END}
    if part in fixed:
        return fixed[part]
    if part.startswith("-"):
        return _Item(frozenset(part[1:].split("|")), forbids=True)
    words = frozenset(part.split("|"))
    return _Item(words, is_any="_" in words)


def _match(words: Sequence[Word], index: int, items: tuple[_Item, ...], place: int) -> int | None:
    """The end of the phrase's rest, from `place` on, where it stands at `index`; else None."""
    count = len(words)
    for place in range(place, len(items)):  # noqa: B020, PLR1704
        item = items[place]
        if item is _GAP:
            return _match_gap(words, index, items, place + 1)
        if item is _END:
            if not words[index - 1].ends_clause:
                return None
        elif item.forbids:
            if index < count and not item.words.isdisjoint(words[index].keys):
                return None
        else:
            while index < count and not _takes(item, words[index]):
                if not words[index].is_adverb:
                    return None
                index += 1
            if index >= count:
                return None
            index += 1
    return index


def _match_gap(
    words: Sequence[Word], index: int, items: tuple[_Item, ...], place: int
) -> int | None:
    for start in range(index, min(index + _LONGEST_GAP, len(words)) + 1):
        end = _match(words, start, items, place)
        if end is not None:
            return end
        if start < len(words) and words[start].is_break:
            return None
    return None


def _takes(item: _Item, word: Word) -> bool:
    return not item.words.isdisjoint(word.keys) or (item.is_any and not word.is_break)

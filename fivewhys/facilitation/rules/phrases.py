"""Phrases: a small pattern language over words, so that turns of speech can be kept as data.

What a phrase may hold is told at the top of `english/phrases.txt`. Matching never goes over a
punctuation mark, and passes over adverbs by itself. A phrase is looked for only where its first
two words stand or, if there is no such pair, its rarest word: with a thousand phrases that is what
keeps it quick.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fivewhys.facilitation.rules.lists import words as listed
from fivewhys.facilitation.rules.words import Word

Span = tuple[int, int]
"""Where something stands: the index of its first word, and of the first word after it."""

_PAIRS_KEPT = 8192
"""Pairs of words whose phrases are kept: an answer is read again with every letter typed."""
_LONGEST_GAP = 3
"""Words that `..` may stand for."""
_COMMON = listed("common")
"""Words and kinds too common to look for a phrase by."""


@dataclass(frozen=True, slots=True, eq=False)
class _Item:
    """One place of a phrase and the words or kinds that may stand there."""

    words: frozenset[str]
    forbids: bool = False
    is_any: bool = False
    is_plain: bool = False
    """Whether one of the words must stand there."""


_GAP = _Item(frozenset([".."]))
_START = _Item(frozenset(["START"]))
_END = _Item(frozenset(["END"]))


@dataclass(frozen=True, slots=True, eq=False)
class _Phrase:
    list: str
    items: tuple[_Item, ...]
    opens: bool
    """Whether it must stand first in its clause."""


class PhraseBook:
    """Lists of phrases, ready to be looked for all at once."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._by_two: dict[str, dict[str, list[_Phrase]]] = {}
        """Phrases by what stands first and second in them."""
        self._by_rarest: dict[str, list[_Phrase]] = {}
        """Those whose second place is open, by the place that the fewest answers fill."""
        self._pairs = lru_cache(maxsize=_PAIRS_KEPT)(self._begun_by)
        for name, lines in lists.items():
            for line in lines:
                for items in _variants(line.split()):
                    opens = items[0] is _START
                    self._add(_Phrase(name, items[1:] if opens else items, opens))

    def _add(self, phrase: _Phrase) -> None:
        second = _second(phrase.items)
        if second is None:
            for word in _rarest(phrase.items):
                self._by_rarest.setdefault(word, []).append(phrase)
            return
        for word in phrase.items[0].words:
            seconds = self._by_two.setdefault(word, {})
            for other in second:
                seconds.setdefault(other, []).append(phrase)

    def find(self, words: Sequence[Word], kinds: frozenset[str]) -> dict[str, list[Span]]:
        """Where phrases of each list stand, those of one list in order.

        `kinds` are the keys of all the words.
        """
        open_ones = self._open_ones(kinds)
        found: dict[str, set[Span]] = {}
        for index, (word, behind) in enumerate(zip(words, _behind(words), strict=True)):
            candidates = self._pairs(word.keys, behind)
            if not word.keys.isdisjoint(open_ones):
                candidates = candidates.union(*(open_ones[k] for k in word.keys if k in open_ones))
            for phrase in candidates:
                if word.opens or not phrase.opens:
                    end = _match(words, index + 1, phrase.items, 1)
                    if end is not None:
                        found.setdefault(phrase.list, set()).add((index, end))
        return {name: sorted(spans) for name, spans in found.items()}

    def _begun_by(self, first: frozenset[str], second: frozenset[str]) -> frozenset[_Phrase]:
        """The phrases that words with these keys, one behind the other, may begin."""
        return frozenset(
            phrase
            for key in first & self._by_two.keys()
            for other in second & self._by_two[key].keys()
            for phrase in self._by_two[key][other]
        )

    def _open_ones(self, said: frozenset[str]) -> dict[str, set[_Phrase]]:
        """By its first words, each phrase with an open second place that can be in the answer."""
        found: dict[str, set[_Phrase]] = {}
        for key in said & self._by_rarest.keys():
            for phrase in self._by_rarest[key]:
                for first in phrase.items[0].words & said:
                    found.setdefault(first, set()).add(phrase)
        return found


def _second(items: tuple[_Item, ...]) -> frozenset[str] | None:
    """What must stand behind the first word, adverbs aside; None where that is open."""
    second = items[1] if len(items) > 1 else _GAP
    return second.words if second.is_plain else None


def _behind(words: Sequence[Word]) -> list[frozenset[str]]:
    """For each word the keys of what may count as the next one: adverbs can be passed over."""
    found: list[frozenset[str]] = []
    keys: frozenset[str] = frozenset()
    for word in reversed(words):
        found.append(keys)
        keys = word.keys | keys if word.is_adverb else word.keys
    found.reverse()
    return found


def _rarest(items: tuple[_Item, ...]) -> frozenset[str]:
    """The words of the place that the fewest answers fill."""
    return min((item.words for item in items if item.is_plain), key=_share)


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
    is_any = "_" in words
    return _Item(words, is_any=is_any, is_plain=not is_any)


def _match(words: Sequence[Word], index: int, items: tuple[_Item, ...], place: int) -> int | None:
    """The end of the phrase's rest, from `place` on, where it stands at `index`; else None."""
    count = len(words)
    for at in range(place, len(items)):
        item = items[at]
        if item.is_plain:
            wanted = item.words
            while index < count:
                word = words[index]
                index += 1
                if not wanted.isdisjoint(word.keys):
                    break
                if not word.is_adverb:
                    return None
            else:
                return None
        elif item is _GAP:
            return _match_gap(words, index, items, at + 1)
        elif item is _END or item.forbids:
            if not _may_go_on(item, words, index):
                return None
        elif index < count and not words[index].is_break:
            index += 1
        else:
            return None
    return index


def _may_go_on(item: _Item, words: Sequence[Word], index: int) -> bool:
    """Whether what must or must not be at `index` allows the phrase, which takes no word there."""
    if item is _END:
        return words[index - 1].ends_clause
    return index >= len(words) or item.words.isdisjoint(words[index].keys)


def _match_gap(
    words: Sequence[Word], index: int, items: tuple[_Item, ...], place: int
) -> int | None:
    item = items[place]
    count = len(words)
    for start in range(index, min(index + _LONGEST_GAP, count) + 1):
        word = words[start] if start < count else None
        if not item.is_plain or (word and (word.is_adverb or not item.words.isdisjoint(word.keys))):
            end = _match(words, start, items, place)
            if end is not None:
                return end
        if word is None or word.is_break:
            return None
    return None

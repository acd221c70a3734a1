"""Cutting a text into the word pieces that the encoder knows.

The scheme is WordPiece as BERT uses it: lower case, accents off, punctuation and Chinese signs
apart, then the longest known piece first. (Devlin et al. 2019; Wu et al. 2016.)
"""

import unicodedata
import zlib
from collections.abc import Mapping
from functools import lru_cache

START, END = "[CLS]", "[SEP]"

LONGEST_WORD = 100
"""Characters of a word beyond which it is not looked at piece by piece."""

UNKNOWN_LETTERS = 3
"""Letters of an unknown word that one stand-in stands for."""

_CHINESE = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


class Pieces:
    """The known pieces, each with its number; `##` begins one that continues a word."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self._numbers = numbers
        self._start, self._end = numbers[START], numbers[END]
        self._longest = max(map(len, numbers))
        # The same words come again and again in a history.
        self._word = lru_cache(maxsize=20_000)(self._cut)

    def numbers(self, text: str, most: int) -> list[int]:
        """The numbers of a text's pieces between start and end, at most `most` in all."""
        found = [self._start]
        for word in words(text):
            found += self._word(word)
            if len(found) >= most:
                break
        return [*found[: most - 1], self._end]

    def _cut(self, word: str) -> tuple[int, ...]:
        if len(word) > LONGEST_WORD:
            return self._stand_ins(word)
        found: list[int] = []
        begin = 0
        while begin < len(word):
            mark = "##" if begin else ""
            for end in range(min(len(word), begin + self._longest), begin, -1):
                number = self._numbers.get(mark + word[begin:end])
                if number is not None:
                    break
            else:
                return self._stand_ins(word)
            found.append(number)
            begin = end
        return tuple(found)

    def _stand_ins(self, word: str) -> tuple[int, ...]:
        """Pieces for a word in letters that the encoder does not know, drawn by its letters.

        They mean nothing, but the same word has the same ones and another word has others. With
        one piece for all unknown words, every two texts in such a script were the same cause.
        """
        parts = [word[at : at + UNKNOWN_LETTERS] for at in range(0, len(word), UNKNOWN_LETTERS)]
        return tuple(self._drawn(part) for part in parts)

    def _drawn(self, part: str) -> int:
        common = len(self._numbers) // 8
        return common + zlib.crc32(part.encode()) % (len(self._numbers) - common)


def words(text: str) -> list[str]:
    """The words and signs of a text, in lower case and without accents.

    >>> words("The café's form wasn't ordered.")
    ['the', 'cafe', "'", 's', 'form', 'wasn', "'", 't', 'ordered', '.']
    """
    apart = "".join(map(_with_room, text))
    plain = unicodedata.normalize("NFD", apart.lower())
    return "".join(map(_without_accent, plain)).split()


@lru_cache(maxsize=10_000)
def _with_room(sign: str) -> str:
    if sign in "\t\n\r" or unicodedata.category(sign) == "Zs":
        return " "
    if sign in "\0\ufffd" or unicodedata.category(sign)[0] == "C":
        return ""
    if any(first <= ord(sign) <= last for first, last in _CHINESE):
        return f" {sign} "
    return sign


@lru_cache(maxsize=10_000)
def _without_accent(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == "Mn":
        return ""
    is_symbol = sign.isascii() and sign.isprintable() and not sign.isalnum() and sign != " "
    return f" {sign} " if is_symbol or category[0] == "P" else sign

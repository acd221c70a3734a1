"""Words as search compares them, and how well a text answers them.

Capitals and accents do not count, and scripts without spaces are cut into pairs of letters. One
rule for what the index holds, for what is asked, and for what is marked. It is pure.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

MOST_LETTERS = 64
"""Letters of a word that count: beyond them no two words of people differ."""

MOST_TERMS = 16
"""Words of a question that count: who pastes a page is served by its first line."""

BEGINNING = 3
"""Letters from which on a word also finds those that begin with it."""

K1, B = 1.2, 0.75
"""BM25's usual saturation and share of the length (Robertson and Zaragoza, 2009). How rare a word
is does not count: whatever is found holds every word that was asked for."""

USUAL_LENGTH = 25
"""Words of a usual answer: the median of real ones is 20 to 35."""

BEGINS = 0.7
"""What a word counts that only begins as was asked."""

IN_ORDER = 1.5
"""How much more a text counts that has the words side by side, as they were asked."""

# Scripts that write no spaces between words: Thai, Lao, Myanmar, Khmer, kana and Han.
_WITHOUT_SPACES = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{_WITHOUT_SPACES}]+")
_PLAIN_WORD = re.compile("[0-9A-Za-z]+")
_PUNCTUATION = re.compile("[\x00-/:-@\\[-`{-\x7f]+")
_NO_PARTS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"}
)
"""Letters that people type without their stroke, and that no table of Unicode takes apart."""


class Piece(NamedTuple):
    """A word of a text, a symbol, or a run of letters without spaces."""

    start: int
    end: int
    """Where it stands in the text, in characters."""
    folded: str
    is_run: bool


class Term(NamedTuple):
    """What one word of a question asks for."""

    folded: str
    is_run: bool
    """Whether it is a run of letters without spaces, which is found inside of others."""
    begins: bool
    """Whether words are found that only begin so."""

    @property
    def indexed(self) -> tuple[str, ...]:
        """The words of the index that a text with it has, all of them."""
        return _pairs(self.folded) if self.is_run else (self.folded,)


def indexed(text: str) -> Iterable[str]:
    """The words under which `text` is found, some of them more than once."""
    if text.isascii():
        return (word[:MOST_LETTERS] for word in _words(text))
    # The last letter of a run begins no pair.
    return (
        word
        for piece in pieces(text)
        for word in ((*_pairs(piece.folded), piece.folded[-1]) if piece.is_run else (piece.folded,))
    )


def asked(question: str) -> tuple[Term, ...]:
    """What a question asks for, each once and in order; at most `MOST_TERMS`."""
    words = dict.fromkeys((piece.folded, piece.is_run) for piece in pieces(question[:2000]))
    # A single letter of a run is the beginning of a pair in the index.
    return tuple(
        Term(word, is_run, len(word) == 1 if is_run else len(word) >= BEGINNING)
        for word, is_run in words
    )[:MOST_TERMS]


def pieces(text: str) -> Iterator[Piece]:
    """The words of a text in order, without capitals and accents."""
    word = _PLAIN_WORD if text.isascii() else _any_word()
    for found in word.finditer(text):
        start, whole = found.start(), found[0]
        if whole.isascii():
            yield Piece(start, found.end(), whole.lower()[:MOST_LETTERS], False)
        else:
            for begins, ends, folded, is_run in _parts(whole):
                yield Piece(start + begins, start + ends, folded, is_run)


def scores(texts: Sequence[str], terms: Sequence[Term]) -> list[float] | None:
    """How well each of `texts`, which belong together, answers; None where a term is in none.

    The scores are 0 or more and compare only among answers to the same terms.
    """
    words = list(map(_words, texts))
    counted = [[_count(here, term) for term in terms] for here in words]
    if not terms or not texts or not all(map(sum, zip(*counted, strict=True))):
        return None
    length = sum(
        len(here) if text.isascii() else _length(here)
        for text, here in zip(texts, words, strict=True)
    )
    room = K1 * (1 - B + B * length / USUAL_LENGTH)
    return [
        sum(count * (K1 + 1) / (count + room) for count in counts)
        * (IN_ORDER if all(counts) and _stand_in_order(here, terms) else 1.0)
        for here, counts in zip(words, counted, strict=True)
    ]


def hits(text: str, terms: Iterable[Term]) -> tuple[tuple[int, int], ...]:
    """Where in `text` the terms stand: from and to in characters, in order; none overlap."""
    wanted = tuple(terms)
    places = sorted(
        place for piece in pieces(text) for term in wanted for place in _places(piece, term)
    )
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _words(text: str) -> list[str]:
    """The words of a text as they compare; a run without spaces is one."""
    if text.isascii():
        return _PLAIN_WORD.findall(text.lower())
    return [piece.folded for piece in pieces(text)]


def _count(words: Sequence[str], term: Term) -> float:
    """How often a text has a term; a word that only begins so counts less than one."""
    wanted, is_run, begins = term
    if is_run:
        return float(sum(word.count(wanted) for word in words))
    count = words.count(wanted)
    if not begins:
        return float(count)
    return count + BEGINS * (sum([word.startswith(wanted) for word in words]) - count)


def _length(words: Sequence[str]) -> int:
    """How many words a text has; two letters of a run are about as much as one."""
    return sum((len(word) + 1) // 2 if _RUN.match(word) else 1 for word in words)


def _stand_in_order(words: Sequence[str], terms: Sequence[Term]) -> bool:
    """Whether several terms stand side by side, as they were asked."""
    if len(terms) < 2:
        return False
    first, *rest = terms
    return any(
        _is(word, first) and all(map(_is, words[at:], rest))
        for at, word in enumerate(words[: len(words) - len(rest)], 1)
    )


def _is(word: str, term: Term) -> bool:
    """Whether a word of a text is what a term asks for."""
    wanted, is_run, begins = term
    if is_run:
        return wanted in word
    return word.startswith(wanted) if begins else word == wanted


def _places(piece: Piece, term: Term) -> Iterator[tuple[int, int]]:
    if not _is(piece.folded, term):
        return
    # Where folding changed the length, which letter is which is not known: all of it is marked.
    if not piece.is_run or len(piece.folded) != piece.end - piece.start:
        yield piece.start, piece.end
        return
    at = piece.folded.find(term.folded)
    while at >= 0:
        yield piece.start + at, piece.start + at + len(term.folded)
        at = piece.folded.find(term.folded, at + len(term.folded))


def _pairs(run: str) -> tuple[str, ...]:
    """Each two letters that stand together; of one letter, itself."""
    return tuple(map("".join, pairwise(run))) or (run,)


@lru_cache(maxsize=20_000)
def _parts(word: str) -> tuple[Piece, ...]:
    """A word with more than plain letters, cut where a run without spaces begins or ends."""
    parts: list[Piece] = []
    at = 0
    while at < len(word):
        run = _RUN.match(word, at)
        following = _RUN.search(word, at)
        end = run.end() if run else following.start() if following else len(word)
        folded = _folded(word[at:end])
        if folded:
            parts.append(Piece(at, end, folded if run else folded[:MOST_LETTERS], bool(run)))
        at = end
    return tuple(parts)


@cache
def _any_word() -> re.Pattern[str]:
    """Letters and digits of any script with their marks, or one symbol: 🔥, €."""
    # Python's own classes leave a mark outside the word that it stands on.
    kinds: dict[str, list[str]] = {}
    for code in range(0x80, 0xFFFF):
        kinds.setdefault(unicodedata.category(chr(code))[0], []).append(chr(code))
    marks, symbols = (re.escape("".join(kinds[kind])) for kind in "MS")
    # Pictures apart: with one of them in it, a class of letters is searched one by one.
    picture = "\U0001f000-\U0001faff"
    return re.compile(f"[^\\W_]+(?:[{marks}]+[^\\W_]*)*|[{symbols}]|[{picture}]")


def _folded(word: str) -> str:
    """A word without capitals and accents, in letters that no index splits."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(letter for letter in apart if not _is_accent(letter))
    plain = unicodedata.normalize("NFC", plain.casefold()).translate(_NO_PARTS)
    return _PUNCTUATION.sub("", plain)


def _is_accent(letter: str) -> bool:
    """Whether a mark only colours a letter; others make another letter of it: が is not か."""
    place = unicodedata.combining(letter)
    return 10 <= place <= 35 or place >= 200

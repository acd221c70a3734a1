"""The live recall: which known causes say nearly what a new text says.

    recall = Recall(folder)
    recall.add(["S-3/7"], ["The new forms were not ordered"])
    recall.search("Nobody ordered the forms")

Vectors are kept in memory, or in files beside the database, from which everything can be made
again: they are thrown away rather than trusted. What is near is never said to be the same.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns import encoder as own
from fivewhys.patterns.codes import Rows
from fivewhys.patterns.comparison import Comparison
from fivewhys.patterns.current import Current, State
from fivewhys.patterns.index import Floats, Index
from fivewhys.patterns.likely import Likely, likely
from fivewhys.patterns.nearest import nearest
from fivewhys.patterns.second_look import FIRST, looked_again
from fivewhys.patterns.shelf import Busy
from fivewhys.text import has_words, words_number

__all__ = ["Busy", "Match", "Recall", "State"]

Encode = Callable[[Sequence[str]], Floats]

_STEP = 2048
"""Texts that are encoded and added at once: what is lost when a long work is cut off."""

_NOTHING = np.empty(0, np.int64)

_ONE_BY_ONE = 16
"""Queries up to which searching for each is quicker than comparing all vectors at once."""


@dataclass(frozen=True, slots=True)
class Match:
    """A known text that is near to the one that was searched for."""

    key: str
    score: float
    """How like they are, from -1 to 1: the cosine of their vectors, or after a second look the one
    that would say as much."""
    likely: Likely
    """How likely it is that both say the same."""


class Recall:
    """Known texts by their keys, and the nearest of them to any text.

    Without a `path` everything is in memory. With one, a folder that is made when it is needed,
    what `add` and `remove` did is on the disk when they return. Several programs may use one
    folder: they take turns in writing, and each finds at once what the others added. Nothing is
    read, and next to no memory taken, before the first use. All methods may be called from any
    thread; a search does not wait for one that adds.

    `encode` and `encoder`, the name that tells its vectors from others', take the place of the
    encoder of this package.

    What writes raises NotADirectoryError where `path`, or what it lies in, is a file; what only
    looks finds nothing there.

    >>> recall = Recall()
    >>> recall.add(["a", "b"], ["The forms were not ordered", "The phone menu was never tested"])
    2
    >>> [match.key for match in recall.search("Nobody ordered the forms", k=1)]
    ['a']
    """

    def __init__(
        self, path: Path | None = None, *, encode: Encode | None = None, encoder: str = ""
    ) -> None:
        self._encode: Encode = own.encode if encode is None else encode
        self._encoder = encoder or (own.name() if encode is None else "given")
        self._current = Current(path, self._encoder)
        self._fresh: Recall | None = None

    @property
    def state(self) -> State:
        """What is in the files now. The first time they are read, about a second for a million."""
        return self._current.state

    @property
    def has_met_damage(self) -> bool:
        """Whether any read found that the files are not what was written; `repair` mends them."""
        return self._current.has_met_damage

    @property
    def repairs(self) -> int:
        """How often damaged files were repaired here; each time some texts may be lost."""
        return self._current.repairs

    @property
    def mark(self) -> str:
        """The mark that was given last, or "" where there is none or not all rows are left.

        An owner notes how far it had read; where that is not what it expects, the index is stale.
        """
        with self._current.lock:
            index = self._current.look()
            return "" if index is None or index.is_damaged else index.commit.mark

    def __len__(self) -> int:
        index = self._current.look()
        return 0 if index is None else len(index)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and bool(self._current.find([key])[1][0] >= 0)

    def __iter__(self) -> Iterator[str]:
        """The keys, in the order in which their texts were added."""
        with self._current.lock:
            index = self._current.look()
            rows = [] if index is None else index.there().tolist()
        for row in rows:
            if index is not None:
                yield index.key(row)

    def add(self, keys: Sequence[str], texts: Sequence[str], *, mark: str | None = None) -> int:
        """Let each key have its text; returns how many were new or had other words.

        A key that is there gets the new text; one that has the same words already (see
        `fivewhys.text.plain_words`) costs nothing. Where the files cannot be used, an index is
        begun, or what is whole of it saved, with the mark "". Raises ValueError where there are
        not as many texts as keys, `Busy` where another program writes for long, and OSError.
        """
        if len(keys) != len(texts):
            raise ValueError(f"{len(keys)} keys, but {len(texts)} texts")
        # Of a key that comes twice, the last text counts.
        wanted = list(dict(zip(keys, texts, strict=True)).items())
        parts = [wanted[begin : begin + _STEP] for begin in range(0, len(wanted), _STEP)]
        repairs = self.repairs
        added = sum(self._add(dict(part)) for part in parts)
        self._tidy(mark if self.repairs == repairs else None)
        return added

    def remove(self, keys: Sequence[str], *, mark: str | None = None) -> int:
        """Forget these keys; returns how many were there. Raises `Busy` and OSError."""
        different = list(dict.fromkeys(keys))
        removed, repairs = 0, self.repairs
        if (self._current.find(different)[1] >= 0).any():
            with self._current.to_write() as index:
                with self._current.lock:
                    step = index.removal(different)
                self._current.finish(index, step)
                removed = len(step.gone)
        if self._fresh is not None:
            self._fresh.remove(different)
        self._tidy(mark if self.repairs == repairs else None)
        return removed

    def set_mark(self, mark: str) -> None:
        """Note something, of at most 60 bytes, that stays with the index.

        Where damage had to be repaired for it, some of what it is about may be lost, and the mark
        stays "".
        """
        if mark != self.mark:
            repairs = self.repairs
            with self._current.to_write() as index:
                if self.repairs == repairs:
                    self._current.finish(index, index.without(_NOTHING), mark)

    def search(self, text: str, k: int = 5) -> list[Match]:
        """The `k` likeliest texts, the likeliest first; fewer where there are fewer.

        A text without any letter or digit says nothing, and nothing is like it.
        They are the nearest, in the order of a second look (`second_look`); for vectors that are
        not of this package's encoder, in that of their cosines.
        """
        index = self._searched()
        if index is None or k < 1 or not has_words(text):
            return []
        (vector,) = self._encode([text])
        if self._encode is not own.encode:
            return _matches(index, *index.nearest(vector, k))
        count = max(k, FIRST)
        rows, vectors, cosines = index.compared(vector, count)
        words = index.numbers(rows)
        places, scores = looked_again(cosines, vectors, words, own_words=_number(text), count=count)
        return _matches(index, rows[places[:k]], scores[:k])

    def search_many(
        self, queries: Sequence[str] | NDArray[np.floating], k: int = 5
    ) -> list[list[Match]]:
        """The `k` nearest of each of many texts, or unit vectors (n, dimensions), nearest first.

        Of a text without any letter or digit, none.
        """
        index = self._searched()
        found: list[list[Match]] = [[] for _ in range(len(queries))]
        if index is None or k < 1:
            return found
        if isinstance(queries, np.ndarray):
            return _near(index, queries, k)
        telling = [at for at, text in enumerate(queries) if has_words(text)]
        if telling:
            vectors = self._encode([queries[at] for at in telling])
            for at, matches in zip(telling, _near(index, vectors, k), strict=True):
                found[at] = matches
        return found

    def vectors(self, keys: Sequence[str]) -> Floats:
        """The unit vectors of these keys, (n, dimensions). Raises KeyError where one is unknown."""
        index, rows = self._current.find(keys)
        vectors = np.empty((len(keys), own.DIMENSIONS), np.float32)
        for begin in range(0, len(keys), _STEP):
            some = rows[begin : begin + _STEP]
            if index is None or (some < 0).any():
                raise KeyError(keys[begin + int(np.argmax(some < 0))])
            whole, halves = index.whole(some)
            if len(whole) < len(some):
                raise KeyError(keys[begin + int(np.argmax(~np.isin(some, whole)))])
            vectors[begin : begin + _STEP] = halves
        return vectors

    def comparison(self) -> Comparison:
        """Compares what is known now with what should be, to find what changed meanwhile."""
        return Comparison(self._current)

    def check(self, told: Callable[[float], None] = lambda part: None) -> State:
        """Read all vectors once, which finds damage, and makes the next searches quick.

        `told` hears how far it is, from 0 to 1; an error that it raises ends the work.
        """
        index = self._current.look()
        if index is not None:
            rows = index.there()
            read = 0
            for some, _ in index.parts(rows):
                read += len(some)
                told(read / len(rows))
        return self.state

    def repair(self) -> None:
        """Save what is whole of damaged files into new ones, or begin anew; no encoding is needed.

        A comparison tells then what was lost. About 10 µs a row. Raises `Busy` and OSError.
        """
        if self.state is not State.READY:
            with self._current.to_write():
                pass

    def pack(self) -> None:
        """Give back the room of what was removed or replaced; others may go on meanwhile.

        `add` and `remove` do it by themselves where more is gone than left. Raises `Busy`.
        """
        self._current.pack()

    @contextmanager
    def renewal(self) -> Iterator["Recall"]:
        """A new index beside this one, to be filled and then put in its place with `take_over`.

        Meanwhile this one is searched, or the new one as soon as it has more; what this one is
        told to add or remove, the new one is told too. Left without `take_over`, the new one stays
        as it is, and the next renewal goes on with it. Raises `Busy` where another program renews.
        """
        shelf = self._current.shelf
        folder = None if shelf is None else shelf.beside("renewal")
        with nullcontext() if shelf is None else shelf.only_maker():
            self._fresh = Recall(folder, encode=self._encode, encoder=self._encoder)
            try:
                yield self._fresh
            finally:
                self._fresh = None

    def take_over(self, fresh: "Recall") -> None:
        """Let what a renewal made count from now on, for all programs. Raises `Busy`, OSError."""
        self._current.take_over(fresh._current)

    def _add(self, texts: Mapping[str, str], known: Mapping[str, Floats] | None = None) -> int:
        keys, vectors = list(texts), dict(known or {})
        numbers = np.array([_number(text) for text in texts.values()], np.int64)
        wanting = self._wanting(keys, numbers)
        if len(wanting):
            # Encoding takes long, and nobody should wait for it.
            self._encode_all([texts[keys[at]] for at in wanting], vectors)
            with self._current.to_write() as index:
                wanting = self._wanting(keys, numbers)
                some = [keys[at] for at in wanting]
                # Another program may have taken some out since.
                self._encode_all([texts[key] for key in some], vectors)
                if some:
                    found = np.stack([vectors[texts[key]] for key in some])
                    with self._current.lock:
                        step = index.step(some, numbers[wanting], found)
                    self._current.finish(index, step)
        if self._fresh is not None:
            self._fresh._add(texts, vectors)
        return len(wanting)

    def _wanting(self, keys: Sequence[str], numbers: NDArray[np.int64]) -> Rows:
        """The places of keys that are unknown or have another text than the one of that number."""
        index, rows = self._current.find(keys)
        is_wanting = rows < 0
        if index is not None:
            is_wanting[~is_wanting] = index.numbers(rows[~is_wanting]) != numbers[~is_wanting]
        return np.flatnonzero(is_wanting)

    def _encode_all(self, texts: Sequence[str], vectors: dict[str, Floats]) -> None:
        """Put the vectors of these texts to those that are known, each text encoded once."""
        new = [text for text in dict.fromkeys(texts) if text not in vectors]
        if new:
            vectors.update(zip(new, self._encode(new), strict=True))

    def _tidy(self, mark: str | None) -> None:
        if mark is not None:
            self.set_mark(mark)
        if self._current.wants_packing:
            with suppress(Busy):
                self._current.pack()

    def _searched(self) -> Index | None:
        """The index that knows most now, if it knows anything."""
        index = self._current.look()
        fresh = self._fresh
        if fresh is not None:
            other = fresh._current.look()
            if other is not None and (index is None or len(other) > len(index)):
                index = other
        return index if index is not None and len(index) else None


def _number(text: str) -> int:
    try:
        return words_number(text)
    except UnicodeEncodeError:
        # Half a sign, which no text that went through `clean` has.
        return words_number(text.encode("utf-8", "backslashreplace").decode())


def _near(index: Index, vectors: NDArray[np.floating], k: int) -> list[list[Match]]:
    """The `k` nearest of each of these unit vectors."""
    vectors = np.asarray(vectors, np.float32)
    if len(vectors) <= _ONE_BY_ONE:
        return [_matches(index, *index.nearest(vector, k)) for vector in vectors]
    found = nearest(vectors, index.parts(index.there()), k)
    return [_matches(index, rows, scores) for rows, scores in zip(*found, strict=True)]


def _matches(index: Index, rows: Rows, scores: Floats) -> list[Match]:
    """Rows may be -1, which stands for none."""
    found = zip(rows.tolist(), np.clip(scores, -1, 1).tolist(), strict=True)
    return [Match(index.key(row), score, likely(score)) for row, score in found if row >= 0]

"""The index of all wordings: on files, and in memory where files cannot be written.

It holds each wording once, whichever causes have it, under the number of its words. Every method
may be called from any thread.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fivewhys.patterns.group_file import GroupFile
    from fivewhys.patterns.near_file import NearFile
    from fivewhys.patterns.recall import Match, Recall
    from fivewhys.patterns.vectors import Gathered

Encode = Callable[[Sequence[str]], Any]
"""Texts as unit vectors, one row each."""

COMPARED = 20_000
"""Wordings that are compared with the index at once."""

GROUPS, NEAR = "groups.npz", "near.npz"

_UNSIGNED = 2**64


class Wordings:
    """The index in `folder`, or in memory; `encode`, named `encoder`, replaces the usual one."""

    def __init__(
        self, folder: Path | None, encode: Encode | None = None, encoder: str = ""
    ) -> None:
        self._folder = folder
        self._encode = encode
        self._encoder = encoder
        self._recall: Recall | None = None
        self._extra: Recall | None = None
        self._opening = Lock()
        self._given_up = 0
        """How often damaged files were left for memory."""

    @property
    def mends(self) -> int:
        """How often damage was mended, by whichever way; each time some wordings may be lost."""
        return self._given_up + (0 if self._recall is None else self._recall.repairs)

    @property
    def is_damaged(self) -> bool:
        """Whether a read has found that the files are not what was written. Reads nothing."""
        return self._recall is not None and self._recall.has_met_damage

    def mend(self) -> None:
        """Save what is whole of damaged files; what is lost is not known then."""
        recall = self._recall
        if recall is None:
            return
        try:
            recall.repair()
        except OSError:
            # The place may only be read, or is full: everything is read again, into memory.
            from fivewhys.patterns.recall import Recall

            self._recall = self._made(Recall, None)
            self._given_up += 1 + recall.repairs

    @property
    def is_open(self) -> bool:
        """Whether it was opened; until then it finds nothing."""
        return self._recall is not None

    def open(self) -> None:
        """Read what is there, and the encoder: a second or two for a million wordings, once."""
        with self._opening:
            if self._recall is None:
                self._recall = self._opened()

    def _opened(self) -> "Recall":
        from fivewhys.patterns.recall import Recall

        if self._encode is None:
            from fivewhys.patterns import encoder

            encoder.load()
        try:
            recall = self._made(Recall, self._folder)
            len(recall)
        except OSError:
            recall = self._made(Recall, None)
        return recall

    def __len__(self) -> int:
        return sum(len(recall) for recall in self._recalls())

    @property
    def mark(self) -> str:
        """What was noted last, where everything is in the files."""
        return self._recall.mark if self._recall is not None and self._extra is None else ""

    def note(self, mark: str) -> None:
        """Note how far the index is; in memory alone it means nothing."""
        if self._recall is not None and self._extra is None:
            try:
                self._recall.set_mark(mark)
            except OSError:
                self._use_memory()

    def wanting(self, numbers: Iterable[int]) -> list[int]:
        """Which of all `numbers` that there are the index does not have; others it forgets."""
        recall = self._recall
        assert recall is not None
        comparison = recall.comparison()
        found: list[int] = []
        rest = iter(numbers)
        while some := list(islice(rest, COMPARED)):
            keys = [*map(key_of, some)]
            is_wanting = comparison.wanting(keys, some).tolist()
            found += [number for number, wants in zip(some, is_wanting, strict=True) if wants]
        gone = list(comparison.left_over())
        if gone:
            self._write(lambda known: known.remove(gone))
        extra = self._extra
        if extra is not None:
            found = [number for number in found if key_of(number) not in extra]
        return found

    def unknown(self, numbers: Iterable[int]) -> list[int]:
        """Which of some `numbers` the index does not have."""
        left = list(numbers)
        for recall in self._recalls():
            is_unknown = recall.comparison().wanting([*map(key_of, left)], left).tolist()
            left = [number for number, wants in zip(left, is_unknown, strict=True) if wants]
        return left

    def add(self, texts: Mapping[int, str]) -> None:
        """Take in wordings, each by its number, with a text in these words."""
        keys, values = [*map(key_of, texts)], list(texts.values())
        self._write(lambda known: known.add(keys, values))

    def search(self, text: str, k: int) -> "list[Match]":
        """The `k` likeliest wordings, likeliest first; `number_of` gives the number of a match."""
        found = [match for recall in self._recalls() for match in recall.search(text, k)]
        return sorted(found, key=lambda match: -match.score)[:k]

    def gathered(self) -> "Gathered":
        """An empty table for vectors of this index, to be filled by `gather`."""
        from fivewhys.patterns.vectors import Gathered

        return Gathered(key_of)

    def gather(self, table: "Gathered", numbers: Sequence[int]) -> None:
        """Read the vectors of `numbers` into `table`. Raises KeyError where one is unknown."""
        table.read(self._recalls(), numbers)

    def group_file(self) -> "GroupFile | None":
        """Where groups of these wordings are kept; None where nothing is kept on files."""
        from fivewhys.patterns import encoder
        from fivewhys.patterns.group_file import GroupFile

        if self._folder is None or self._extra is not None:
            return None
        return GroupFile(self._folder / GROUPS, self._encoder or encoder.name())

    def near_file(self) -> "NearFile | None":
        """Where the neighbours of these wordings are kept, likewise."""
        from fivewhys.patterns import encoder
        from fivewhys.patterns.near_file import NearFile

        if self._folder is None or self._extra is not None:
            return None
        return NearFile(self._folder / NEAR, self._encoder or encoder.name())

    def _write(self, do: "Callable[[Recall], object]") -> None:
        from fivewhys.patterns.recall import Busy

        if self._extra is None and self._recall is not None:
            try:
                do(self._recall)
            except Busy:
                raise
            except OSError:
                # The place may only be read, or is full: what is there still counts.
                self._use_memory()
        if self._extra is not None:
            do(self._extra)

    def _use_memory(self) -> None:
        from fivewhys.patterns.recall import Recall

        self._extra = self._made(Recall, None)

    def _made(self, recall: "type[Recall]", folder: Path | None) -> "Recall":
        if self._encode is None:
            return recall(folder)
        return recall(folder, encode=self._encode, encoder=self._encoder)

    def _recalls(self) -> "list[Recall]":
        return [recall for recall in (self._recall, self._extra) if recall is not None]


def key_of(number: int) -> str:
    """The key of a wording in the index: written as a UUID, which takes the least room there."""
    text = f"{number % _UNSIGNED:016x}"
    return f"00000000-0000-0000-{text[:4]}-{text[4:]}"


def number_of(key: str) -> int:
    """The number of the words again."""
    number = int(key[-17:].replace("-", ""), 16)
    return number - _UNSIGNED if number >= _UNSIGNED // 2 else number

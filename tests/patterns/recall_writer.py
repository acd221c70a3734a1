"""A recall whose vectors only the text decides, and a program that adds to one until it is killed.

    python -m tests.patterns.recall_writer FOLDER NAME

It prints each key that was added. Every third key is removed again, which is printed with a minus.
"""

import hashlib
import sys
from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.recall import Busy, Recall


def of_text(text: str) -> NDArray[np.float32]:
    """A unit vector that only the text decides; two are at right angles, or nearly so."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    vector = np.random.default_rng(int.from_bytes(digest[:8], "big")).standard_normal(384)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """Stands for the encoder, a thousand times as fast."""
    return np.stack([of_text(text) for text in texts])


def a_recall(path: Path | None = None, encoder: str = "test") -> Recall:
    """A recall with that encoder."""
    return Recall(path, encode=encode, encoder=encoder)


def found(recall: Recall, text: str, k: int = 1) -> list[str]:
    """The keys of the nearest texts."""
    return [match.key for match in recall.search(text, k)]


def main() -> None:
    """Add and remove; a key's text is the key."""
    folder, name = sys.argv[1:]
    recall = a_recall(Path(folder))
    for number in count():
        keys = [f"{name}-{number}-{part}" for part in range(1 + number % 4)]
        recall.add(keys, keys)
        print(*keys, sep="\n", flush=True)
        if number % 3 == 2:
            recall.remove(keys[:1])
            print(f"-{keys[0]}", flush=True)
        if number % 20 == 19:
            # The other may be at it.
            with suppress(Busy):
                recall.pack()


if __name__ == "__main__":
    main()

"""An encoder for tests: texts are as near as they share words. No weights, no waiting."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from fivewhys.text import plain_words

DIMENSIONS = 384


def by_words(texts: Sequence[str]) -> NDArray[np.float32]:
    """Unit vectors: the sum of a fixed random direction for each word."""
    vectors = np.empty((len(texts), DIMENSIONS), np.float32)
    for row, text in enumerate(texts):
        words = plain_words(text).split() or [""]
        vectors[row] = sum(_direction(word) for word in words)
    norms: NDArray[np.float32] = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / norms


def _direction(word: str) -> NDArray[np.float32]:
    seed = int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")
    return np.random.default_rng(seed).standard_normal(DIMENSIONS, np.float32)

"""Vectors out of several indexes as one array."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fivewhys.patterns.encoder import DIMENSIONS
from fivewhys.patterns.recall import Recall


def gathered(recalls: Sequence[Recall], keys: Sequence[str]) -> NDArray[np.float32]:
    """The unit vectors of `keys`, (n, dimensions), each from the first index that has it.

    Raises KeyError where none has one.
    """
    if len(recalls) == 1:
        return recalls[0].vectors(keys)
    vectors = np.empty((len(keys), DIMENSIONS), np.float32)
    left = list(range(len(keys)))
    for recall in recalls:
        here = [at for at in left if keys[at] in recall]
        vectors[here] = recall.vectors([keys[at] for at in here])
        left = sorted(set(left) - set(here))
    if left:
        raise KeyError(keys[left[0]])
    return vectors

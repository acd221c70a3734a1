"""A share in whole per cent, the same wherever one is told."""

from math import floor

_FLOAT = 1e-9
"""What floating point may take off a share: 100 × 0.285 is a little less than 28.5."""


def percent(share: float) -> int:
    """A share from 0 to 1 in whole per cent, a half rounded up; 0 and 100 only for none and all.

    >>> [percent(share) for share in (0, 0.001, 15 / 32, 0.285, 0.999, 1)]
    [0, 1, 47, 29, 99, 100]
    """
    if share <= 0:
        return 0
    return 100 if share >= 1 else min(max(floor(100 * share + 0.5 + _FLOAT), 1), 99)

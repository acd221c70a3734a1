"""Long lists in pieces: a statement takes only so many values at once."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

AT_A_TIME = 500
"""Values of one statement. More are hardly quicker, and engines have their limits."""

T = TypeVar("T")


def in_batches(items: Iterable[T], size: int = AT_A_TIME) -> Iterator[list[T]]:
    """The items in their order, at most `size` at a time."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch

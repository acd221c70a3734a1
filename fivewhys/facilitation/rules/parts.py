"""An answer in two parts, for a prompt that offers to split it."""

from dataclasses import dataclass

from fivewhys.facilitation.rules.reading import Reading

_LOOSE = " ,;:.–—-"
"""Marks that may stand at the edges of a part and belong to neither."""


@dataclass(frozen=True, slots=True)
class Parts:
    """An answer in two: texts that stand in it, without the words that join them."""

    first: str
    second: str


def parts_of(reading: Reading, end: int, start: int) -> Parts | None:
    """The text before word `end` and from word `start` on."""
    words = reading.words
    if not 0 < end <= start < len(words):
        return None
    first = reading.text[: words[end - 1].end].strip(_LOOSE)
    second = reading.text[words[start].start :].strip(_LOOSE)
    return Parts(first, second) if first and second else None

"""What a rule asks back, and what one key can do about it."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class SplitCauses:
    """Make two causes of the answer, side by side."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class SplitLevels:
    """Make two levels of the answer: the effect, and below it its cause."""

    effect: str
    cause: str


@dataclass(frozen=True, slots=True)
class MarkSuspected:
    """Mark the answer as suspected."""


@dataclass(frozen=True, slots=True)
class MarkCondition:
    """Keep the answer as a condition that is not ours to change."""


Offer: TypeAlias = SplitCauses | SplitLevels | MarkSuspected | MarkCondition


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question that a rule asks back."""

    rule: str
    """The rule's name in the rulebook, for example blame."""
    id: str
    """Its number in the rulebook, for example R1."""
    text: str
    """The question to show."""
    offers: tuple[Offer, ...] = ()
    """What one key can do about it; the first prompt of an answer also offers another's split."""

"""The cells of an action plan's table, the same for one session and for all of them."""

from collections.abc import Iterable
from datetime import date

from fivewhys.models.plan_words import (
    FINISHED,
    MEANS_WORDS,
    PROGRESS_WORDS,
    STRENGTH_OF,
    Means,
    Progress,
)
from fivewhys.models.values import Appearance, Measure
from fivewhys.reports.dates import day

NOBODY = "nobody yet"
NO_DATE = "no date yet"
NOT_SAID = "not said yet"
NOTHING = "–"


def strength(means: Means | None) -> str:
    """How much it leaves to memory and care, and what it works by; a dash where nobody said."""
    return f"{STRENGTH_OF[means].value}: {MEANS_WORDS[means]}" if means else NOTHING


def due(on: date | None) -> str:
    """The day on which it is due."""
    return day(on) if on else NO_DATE


def state(standing: Progress, done_on: date | None, *, not_ready: bool) -> str:
    """Where it stands and when it was done, and whether something was not ready then."""
    words = PROGRESS_WORDS[standing]
    if standing not in FINISHED:
        return words
    if done_on:
        words += f" {day(done_on)}" if standing is Progress.DONE else f" (done {day(done_on)})"
    return f"{words}, not all was ready" if not_ready else words


def known(measures: Iterable[Measure]) -> str:
    """How it will be known that it works: what is looked at, and what it should be."""
    return "; ".join(map(_aim, measures)) or NOT_SAID


def _aim(measure: Measure) -> str:
    definition = measure.definition.rstrip(".")
    return f"{definition}: {measure.target.rstrip('.')}" if measure.target else definition


def came_back(again: Appearance) -> str:
    """Where and when the same cause was found again."""
    return f"came back in {again.name}, {day(again.on)}"

"""What was done about a cause that was found again: one rule for rows, lines and the past."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from fivewhys.models.plan_words import FINISHED, CountermeasureKind, Progress
from fivewhys.models.values import Appearance


class Deed(Protocol):
    """A countermeasure in any of its forms."""

    @property
    def kind(self) -> CountermeasureKind:
        """What it is for."""

    @property
    def progress(self) -> Progress:
        """Where it stands."""

    @property
    def done_on(self) -> date | None:
        """When it was carried out, where that is known."""


def tested_since(deed: Deed) -> date | None:
    """The day after which a recurrence of its cause tells that it did not help; None for none.

    On the day itself the fix may not have been there yet. Telling the customers keeps no cause from
    coming back, so nothing is held against that.
    """
    if deed.progress not in FINISHED or deed.kind is CountermeasureKind.ACKNOWLEDGE:
        return None
    return deed.done_on


def recurrences(deed: Deed, again: Iterable[Appearance]) -> list[Appearance]:
    """Those of `again`, where else its cause was found, that came after it was done."""
    since = tested_since(deed)
    return [] if since is None else [found for found in again if found.on > since]

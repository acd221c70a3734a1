"""What a search says of itself: what it was narrowed to, and that nothing was found. It is pure."""

from dataclasses import dataclass
from datetime import date

from fivewhys.models.past import PastSession
from fivewhys.reports.dates import day
from fivewhys.text import excerpt

LONGEST_NAME = 60
"""Letters of a site's name that are repeated in a sentence."""


@dataclass(frozen=True, slots=True)
class Within:
    """The sessions that are searched: at a site, whatever its capitals, and since a day."""

    site: str = ""
    since: date | None = None

    def __contains__(self, session: PastSession) -> bool:
        at = not self.site or session.site.casefold() == self.site.casefold()
        return at and (self.since is None or session.on >= self.since)

    @property
    def words(self) -> str:
        """What it is narrowed to, to stand behind a noun; empty for everything."""
        at = f" at {excerpt(self.site, LONGEST_NAME)}" if self.site else ""
        return at + (f" since {day(self.since)}" if self.since else "")


EVERYWHERE = Within()


def nothing_has(within: Within = EVERYWHERE) -> str:
    """That nothing has all of the words, and what finds more."""
    return (
        f"Nothing{within.words} has all of these words. Fewer words, or only their beginnings, "
        "find more."
    )

"""Which part of the history is asked about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fivewhys.models.past import PastSession


@dataclass(frozen=True, slots=True)
class Scope:
    """What the findings are narrowed to; the defaults narrow nothing.

    A place and a day narrow which sessions are *asked about*. What other sessions know is told
    beside them: whoever asks for one site wants to hear that another found the same, or dug
    deeper, and what came back since March was fixed before March.
    """

    site: str = ""
    """Only sessions at this site, whatever its capitals."""
    since: date | None = None
    """Only sessions of this day or later."""
    roots_only: bool = False
    """Only causes that some session called root."""
    confirmed_only: bool = False
    """Only what people decided or what has equal words; suggestions join nothing."""

    def asks_about(self, session: PastSession) -> bool:
        """Whether a session is asked about."""
        return (self.since is None or session.on >= self.since) and (
            not self.site or session.site.casefold() == self.site.casefold()
        )

    def asked(self, sessions: Sequence[PastSession]) -> list[bool]:
        """The same for each of some sessions."""
        if self.since is None and not self.site:
            return [True] * len(sessions)
        return [*map(self.asks_about, sessions)]


EVERYTHING = Scope()

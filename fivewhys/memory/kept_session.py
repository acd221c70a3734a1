"""A session as it is kept in memory, with what is made of it alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from fivewhys.models.past import Past, PastCause, PastDeed, PastSession

if TYPE_CHECKING:
    from fivewhys.patterns.live import Counted
    from fivewhys.patterns.queue import Standing


@dataclass
class KeptSession:
    """What is kept of one session."""

    session: PastSession
    causes: list[PastCause] = field(default_factory=list)
    deeds: list[PastDeed] = field(default_factory=list)

    @cached_property
    def counted(self) -> "Counted":
        """Its causes that count."""
        from fivewhys.patterns.live import counted

        return counted(self.causes)

    @cached_property
    def standings(self) -> "Mapping[str, Standing]":
        """What makes it worth asking about them."""
        from fivewhys.patterns.queue import standings

        return standings(Past((self.session,), tuple(self.causes)))


def by_session(past: Past) -> dict[UUID, KeptSession]:
    """The sessions of a history by their ids."""
    found = {session.id: KeptSession(session) for session in past.sessions}
    session_of = {}
    for cause in past.causes:
        found[cause.session_id].causes.append(cause)
        session_of[cause.id] = cause.session_id
    for deed in past.deeds:
        found[session_of[deed.cause_id]].deeds.append(deed)
    return found
